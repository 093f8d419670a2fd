//! The wire as it is written. A golden that changes is a new version of the wire.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use protocol::{
    Bytes, Closed, Enrol, Enrolled, FromClient, FromRelay, Greeting, Health, Knocked, Refusal,
    Role, Sender, limits,
};
use serde_json::{Value, json};
use uuid::Uuid;

const STREAM: Uuid = Uuid::from_u128(1);
const KEY: Uuid = Uuid::from_u128(2);
const ONE: &str = "00000000-0000-0000-0000-000000000001";
const TWO: &str = "00000000-0000-0000-0000-000000000002";

/// Every frame of a client, and how it is written.
fn from_client() -> Vec<(FromClient, Value)> {
    let (stream, key) = (STREAM, KEY);
    let (door, token) = ("door".to_owned(), "token".to_owned());
    vec![
        (
            FromClient::Hello {
                v: 1,
                token: token.clone(),
            },
            json!({"t": "hello", "v": 1, "token": "token"}),
        ),
        (
            FromClient::Renew { token },
            json!({"t": "renew", "token": "token"}),
        ),
        (
            FromClient::OpenDoor {
                door: door.clone(),
                greeting: vec![1, 255].into(),
                lasts_s: 60,
            },
            json!({"t": "open_door", "door": "door", "greeting": "Af8", "lasts_s": 60}),
        ),
        (
            FromClient::CloseDoor { door },
            json!({"t": "close_door", "door": "door"}),
        ),
        (
            FromClient::Subscribe { stream, after: 7 },
            json!({"t": "subscribe", "stream": ONE, "after": 7}),
        ),
        (
            FromClient::Unsubscribe { stream },
            json!({"t": "unsubscribe", "stream": ONE}),
        ),
        (
            FromClient::Append {
                stream,
                key,
                envelope: vec![0, 251, 255].into(),
            },
            json!({"t": "append", "stream": ONE, "key": TWO, "envelope": "APv_"}),
        ),
        (
            FromClient::Admit { stream },
            json!({"t": "admit", "stream": ONE}),
        ),
        (
            FromClient::CloseStream { stream },
            json!({"t": "close_stream", "stream": ONE}),
        ),
    ]
}

/// Every frame of the relay, and how it is written.
fn from_relay() -> Vec<(FromRelay, Value)> {
    let (stream, key, door) = (STREAM, KEY, "door".to_owned());
    let mut frames = vec![
        (
            FromRelay::Welcome {
                v: 1,
                role: Role::Guest,
                lasts_s: 7200,
                stream: Some(stream),
            },
            json!({"t": "welcome", "v": 1, "role": "guest", "lasts_s": 7200, "stream": ONE}),
        ),
        (
            FromRelay::Welcome {
                v: 1,
                role: Role::Host,
                lasts_s: 300,
                stream: None,
            },
            json!({"t": "welcome", "v": 1, "role": "host", "lasts_s": 300, "stream": null}),
        ),
        (
            FromRelay::Renewed { lasts_s: 9 },
            json!({"t": "renewed", "lasts_s": 9}),
        ),
        (
            FromRelay::DoorOpened {
                door: door.clone(),
                stream,
            },
            json!({"t": "door_opened", "door": "door", "stream": ONE}),
        ),
        (
            FromRelay::DoorClosed { door: door.clone() },
            json!({"t": "door_closed", "door": "door"}),
        ),
        (
            FromRelay::Subscribed { stream, head: 3 },
            json!({"t": "subscribed", "stream": ONE, "head": 3}),
        ),
        (
            FromRelay::Stored {
                stream,
                key,
                seq: 4,
            },
            json!({"t": "stored", "stream": ONE, "key": TWO, "seq": 4}),
        ),
        (
            FromRelay::Presence {
                stream,
                host: true,
                guest: false,
            },
            json!({"t": "presence", "stream": ONE, "host": true, "guest": false}),
        ),
        (
            FromRelay::Admitted { stream },
            json!({"t": "admitted", "stream": ONE}),
        ),
        (FromRelay::Draining, json!({"t": "draining"})),
    ];
    for (from, name) in [
        (Sender::Host, "host"),
        (Sender::Guest, "guest"),
        (Sender::Relay, "relay"),
    ] {
        frames.push((
            FromRelay::Entry { stream, seq: 5, key, from, at: 6, envelope: vec![1].into() },
            json!({"t": "entry", "stream": ONE, "seq": 5, "key": TWO, "from": name, "at": 6, "envelope": "AQ"}),
        ));
    }
    for (why, name) in [(Closed::ByHost, "by_host"), (Closed::Expired, "expired")] {
        frames.push((
            FromRelay::Closed { stream, why },
            json!({"t": "closed", "stream": ONE, "why": name}),
        ));
    }
    for (why, name) in [
        (Refusal::Token, "token"),
        (Refusal::Version, "version"),
        (Refusal::NotFound, "not_found"),
        (Refusal::Closed, "closed"),
        (Refusal::Taken, "taken"),
        (Refusal::TooLarge, "too_large"),
        (Refusal::TooMany, "too_many"),
        (Refusal::KeyReused, "key_reused"),
        (Refusal::Storage, "storage"),
    ] {
        frames.push((
            FromRelay::Refused {
                why,
                stream: Some(stream),
                key: Some(key),
                door: Some(door.clone()),
                retry_ms: Some(5),
            },
            json!({"t": "refused", "why": name, "stream": ONE, "key": TWO, "door": "door", "retry_ms": 5}),
        ));
    }
    frames
}

#[test]
fn every_frame_is_written_so_and_read_again() {
    for (frame, written) in from_client() {
        assert_eq!(serde_json::to_value(&frame).unwrap(), written);
        let text = written.to_string();
        assert_eq!(serde_json::from_str::<FromClient>(&text).unwrap(), frame);
    }
    for (frame, written) in from_relay() {
        assert_eq!(serde_json::to_value(&frame).unwrap(), written);
        let text = written.to_string();
        assert_eq!(serde_json::from_str::<FromRelay>(&text).unwrap(), frame);
    }
}

#[test]
fn a_frame_with_a_field_too_many_or_too_few_is_refused() {
    for (frame, written) in from_client() {
        let mut more = written.clone();
        more["more"] = json!(1);
        assert!(
            serde_json::from_value::<FromClient>(more).is_err(),
            "{frame:?}"
        );
        let fields: Vec<String> = written.as_object().unwrap().keys().cloned().collect();
        for field in fields {
            let mut fewer = written.clone();
            fewer.as_object_mut().unwrap().remove(&field);
            assert!(
                serde_json::from_value::<FromClient>(fewer).is_err(),
                "{frame:?} without {field}"
            );
        }
    }
    for (frame, mut more) in from_relay()
        .into_iter()
        .filter(|(frame, _)| *frame != FromRelay::Draining)
    {
        more["more"] = json!(1);
        assert!(
            serde_json::from_value::<FromRelay>(more).is_err(),
            "{frame:?}"
        );
    }
}

#[test]
fn garbage_is_no_frame() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "\"hello\"",
        "{\"t\":\"hello\"}",
        "{\"t\":\"nothing\"}",
        "{\"t\":\"hello\",\"v\":1,\"token\":\"x\"} {}",
        "{\"t\":\"hello\",\"v\":256,\"token\":\"x\"}",
        "{\"t\":\"hello\",\"v\":1,\"v\":1,\"token\":\"x\"}",
        "{\"t\":\"subscribe\",\"stream\":\"00000000-0000-0000-0000-000000000001\",\"after\":-1}",
        "{\"t\":\"unsubscribe\",\"stream\":\"1\"}",
    ] {
        assert!(serde_json::from_str::<FromClient>(text).is_err(), "{text}");
    }
}

#[test]
fn bytes_have_one_way_to_be_written() {
    let read = |text: &str| serde_json::from_value::<Bytes>(json!(text));
    assert_eq!(read("-_8").unwrap().0, [0xfb, 0xff]);
    // Padding, the other alphabet, blanks, and bits beyond the last byte.
    for other in ["-_8=", "+/8", "-_ 8", "-_9", "A"] {
        assert!(read(other).is_err(), "{other}");
    }
}

#[test]
fn the_largest_envelope_fits_into_a_frame() {
    let frame = FromRelay::Entry {
        stream: Uuid::from_u128(u128::MAX),
        seq: u64::MAX,
        key: Uuid::from_u128(u128::MAX),
        from: Sender::Guest,
        at: i64::MIN,
        envelope: vec![0; limits::ENVELOPE].into(),
    };
    assert!(serde_json::to_string(&frame).unwrap().len() <= limits::FRAME);
}

#[test]
fn the_bodies_of_requests_are_written_so() {
    let (relay, stream) = (STREAM, STREAM);
    let health = Health {
        status: "ok".to_owned(),
        version: "1".to_owned(),
        relay,
    };
    assert_eq!(
        serde_json::to_value(health).unwrap(),
        json!({"status": "ok", "version": "1", "relay": ONE})
    );
    let enrol = Enrol {
        code: "A-B".to_owned(),
        key: vec![1].into(),
        name: "Ward".to_owned(),
    };
    assert_eq!(
        serde_json::to_value(enrol).unwrap(),
        json!({"code": "A-B", "key": "AQ", "name": "Ward"})
    );
    let enrolled = Enrolled {
        workstation: KEY,
        relay,
    };
    assert_eq!(
        serde_json::to_value(enrolled).unwrap(),
        json!({"workstation": TWO, "relay": ONE})
    );
    let greeting = Greeting {
        greeting: vec![1].into(),
    };
    assert_eq!(
        serde_json::to_value(greeting).unwrap(),
        json!({"greeting": "AQ"})
    );
    let knocked = Knocked {
        stream,
        token: vec![1].into(),
        lasts_s: 7,
    };
    assert_eq!(
        serde_json::to_value(knocked).unwrap(),
        json!({"stream": ONE, "token": "AQ", "lasts_s": 7})
    );
}

proptest! {
    #[test]
    fn any_envelope_arrives_as_it_was_sent(
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
        stream in any::<u128>(),
        key in any::<u128>(),
        seq in any::<u64>(),
        at in any::<i64>(),
    ) {
        let (stream, key) = (Uuid::from_u128(stream), Uuid::from_u128(key));
        let append = FromClient::Append { stream, key, envelope: bytes.clone().into() };
        let text = serde_json::to_string(&append).unwrap();
        prop_assert_eq!(serde_json::from_str::<FromClient>(&text).unwrap(), append);
        let entry = FromRelay::Entry { stream, seq, key, from: Sender::Host, at, envelope: bytes.into() };
        let text = serde_json::to_string(&entry).unwrap();
        prop_assert_eq!(serde_json::from_str::<FromRelay>(&text).unwrap(), entry);
    }

    #[test]
    fn nothing_that_is_read_can_break_the_reader(text in ".{0,200}") {
        let _ = serde_json::from_str::<FromClient>(&text);
    }
}
