//! What a workstation and a guest can do with a stream.

use std::collections::BTreeSet;

use protocol::{Closed, FromClient, FromRelay, Refusal, Role, Sender, close, limits};
use relay::testing::Heard;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::house;

#[tokio::test]
async fn a_guest_knocks_is_admitted_and_both_hear_each_other() {
    let house = house::open().await;
    let workstation = house.host(1).await;
    let mut host = house.dial.host(&workstation).await;
    let at = host.open_door("door").await;
    host.subscribe(at, 0).await;
    let knocked = house.dial.knock("door").await;
    let (_, told) = host.entry(at).await;
    assert_eq!(told, knocked.stream.as_bytes());

    let stream = knocked.stream;
    let (mut guest, welcome) = house
        .dial
        .hello(&relay::testing::text(&knocked.token))
        .await;
    let Heard::Frame(FromRelay::Welcome {
        role,
        stream: own,
        lasts_s,
        ..
    }) = welcome
    else {
        panic!("{welcome:?}");
    };
    assert_eq!((role, own), (Role::Guest, Some(stream)));
    assert!((7190..=7200).contains(&lasts_s));
    host.subscribe(stream, 0).await;
    guest.subscribe(stream, 0).await;
    let both = |frame: &FromRelay| match frame {
        FromRelay::Presence {
            host: true,
            guest: true,
            ..
        } => Some(()),
        _ => None,
    };
    host.until(both).await;
    guest.until(both).await;
    let key = Uuid::new_v4();
    assert_eq!(guest.append(stream, key, b"hola").await, 1);
    let heard = host.until(|frame| match frame {
        FromRelay::Entry {
            seq,
            key,
            from,
            envelope,
            ..
        } => Some((*seq, *key, *from, envelope.0.clone())),
        _ => None,
    });
    assert_eq!(heard.await, (1, key, Sender::Guest, b"hola".to_vec()));
    assert_eq!(host.append(stream, Uuid::new_v4(), b"hello").await, 2);
    assert_eq!(
        guest.entry(stream).await,
        (1, b"hola".to_vec()),
        "one's own comes too"
    );
    assert_eq!(guest.entry(stream).await, (2, b"hello".to_vec()));

    drop(guest);
    let gone = |frame: &FromRelay| match frame {
        FromRelay::Presence { guest, .. } => Some(*guest),
        _ => None,
    };
    assert!(!host.until(gone).await);
}

#[tokio::test]
async fn a_listener_who_comes_while_others_write_misses_nothing_and_hears_nothing_twice() {
    let house = house::open_with(|config| config.limits.host_appends_per_second = 10_000).await;
    let mut pair = house.pair().await;
    let stream = pair.knocked.stream;
    let writer = tokio::spawn(async move {
        for number in 0..600_u32 {
            pair.host
                .push(stream, Uuid::new_v4(), &number.to_be_bytes())
                .await;
        }
        pair.host
    });
    let mut listeners = Vec::new();
    for after in [0, 1, 50, 500] {
        let mut guest = house.dial.guest(&pair.knocked).await;
        listeners.push(tokio::spawn(async move {
            let head = guest.subscribe(stream, after).await;
            // A cursor beyond the head means the head.
            let start = after.min(head);
            for place in start + 1..=600 {
                let (seq, envelope) = guest.entry(stream).await;
                assert_eq!(seq, place);
                assert_eq!(envelope, (u32::try_from(place).unwrap() - 1).to_be_bytes());
            }
        }));
    }
    for listener in listeners {
        listener.await.unwrap();
    }
    drop(writer.await.unwrap());
}

#[tokio::test]
async fn the_same_key_is_stored_once_and_another_text_under_it_is_refused() {
    let house = house::open().await;
    let mut pair = house.pair().await;
    let (stream, key) = (pair.knocked.stream, Uuid::new_v4());
    for _ in 0..3 {
        assert_eq!(pair.guest.append(stream, key, b"once").await, 1);
    }
    pair.guest.push(stream, key, b"other").await;
    assert_eq!(pair.guest.refusal().await, Refusal::KeyReused);
    assert_eq!(pair.host.subscribe(stream, 0).await, 1);
}

#[tokio::test]
async fn a_closed_stream_is_read_by_its_host_and_left_by_its_guest() {
    let house = house::open().await;
    let mut pair = house.pair().await;
    let stream = pair.knocked.stream;
    pair.guest.subscribe(stream, 0).await;
    pair.guest.append(stream, Uuid::new_v4(), b"last").await;
    pair.host.say(&FromClient::CloseStream { stream }).await;
    let closed = |frame: &FromRelay| match frame {
        FromRelay::Closed { why, .. } => Some(*why),
        _ => None,
    };
    assert_eq!(pair.host.until(closed).await, Closed::ByHost);
    assert_eq!(pair.guest.until(closed).await, Closed::ByHost);
    assert_eq!(pair.guest.end().await, Some(close::TOKEN));
    let token = relay::testing::text(&pair.knocked.token);
    let (_, again) = house.dial.hello(&token).await;
    assert!(matches!(
        again,
        Heard::Frame(FromRelay::Refused {
            why: Refusal::Token,
            ..
        })
    ));

    pair.host.subscribe(stream, 0).await;
    assert_eq!(pair.host.entry(stream).await, (1, b"last".to_vec()));
    assert_eq!(pair.host.until(closed).await, Closed::ByHost);
    pair.host.push(stream, Uuid::new_v4(), b"x").await;
    assert_eq!(pair.host.refusal().await, Refusal::Closed);
}

#[tokio::test]
async fn a_slow_listener_is_cut_off_and_finds_everything_from_its_cursor() {
    let house = house::open_with(|config| {
        config.limits.queue_frames = 32;
        config.limits.host_appends_per_second = 10_000;
    })
    .await;
    let mut pair = house.pair().await;
    let stream = pair.knocked.stream;
    let mut slow_dial = house.dial.clone();
    slow_dial.buffer = 4096;
    let mut slow = slow_dial.guest(&pair.knocked).await;
    slow.subscribe(stream, 0).await;
    let envelope = vec![7; limits::ENVELOPE];
    for _ in 0..400 {
        pair.host.append(stream, Uuid::new_v4(), &envelope).await;
    }
    let mut found = BTreeSet::new();
    let mut last = 0;
    let code = loop {
        match slow.hear().await {
            Heard::Frame(FromRelay::Entry { seq, .. }) => {
                assert!(found.insert(seq), "twice");
                last = seq;
            }
            Heard::Frame(_) => {}
            Heard::End(code) => break code,
        }
    };
    assert!(last < 400, "it was cut off");
    assert!([Some(close::SLOW), None].contains(&code), "{code:?}");
    let mut again = house.dial.guest(&pair.knocked).await;
    assert_eq!(again.subscribe(stream, last).await, 400);
    while last < 400 {
        let (seq, bytes) = again.entry(stream).await;
        assert_eq!((seq, bytes.len()), (last + 1, limits::ENVELOPE));
        last = seq;
    }
}

#[tokio::test]
async fn a_voice_note_goes_through_the_stream_that_has_it_alone() {
    let house = house::open().await;
    let pair = house.pair().await;
    let other = house.dial.knock("door").await;
    let sound = vec![9; 300_000];
    let hash = hex::encode(Sha256::digest(&sound));
    let path = format!("/v1/streams/{}/blobs/{hash}", pair.knocked.stream);
    let as_guest = relay::testing::text(&pair.knocked.token);
    let put = |token: String, path: String, body: Vec<u8>| {
        let request = house
            .dial
            .request("PUT", &path)
            .bearer_auth(token)
            .body(body);
        async { request.send().await.unwrap().status().as_u16() }
    };
    let get = |token: String, path: String| {
        let request = house.dial.request("GET", &path).bearer_auth(token);
        async { request.send().await.unwrap() }
    };
    assert_eq!(put(as_guest.clone(), path.clone(), vec![1]).await, 422);
    assert_eq!(
        put(as_guest.clone(), path.clone(), sound.clone()).await,
        201
    );
    let host = get(pair.workstation.token(), path.clone()).await;
    assert_eq!(host.bytes().await.unwrap(), sound);
    let as_other = relay::testing::text(&other.token);
    assert_eq!(get(as_other.clone(), path.clone()).await.status(), 404);
    let elsewhere = format!("/v1/streams/{}/blobs/{hash}", other.stream);
    assert_eq!(
        get(pair.workstation.token(), elsewhere.clone())
            .await
            .status(),
        404
    );
    assert_eq!(put(as_other, elsewhere, sound).await, 403, "not admitted");
    assert_eq!(
        house
            .dial
            .request("GET", &path)
            .send()
            .await
            .unwrap()
            .status(),
        401
    );
    let large = vec![0; limits::BLOB + 1];
    let name = hex::encode(Sha256::digest(&large));
    let path = format!("/v1/streams/{}/blobs/{name}", pair.knocked.stream);
    assert_eq!(put(as_guest, path, large).await, 413);
}
