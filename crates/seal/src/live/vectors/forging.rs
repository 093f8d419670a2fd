//! Makes the hostile vectors: each case says by what it must be refused, whatever the program does.

use std::collections::BTreeMap;

use super::super::blob::seal_blob_with;
use super::super::*;
use super::hostile::{
    BadLink, BlobCase, ChannelCase, Forged, HelloCase, Hostile, SpokenCase, Step,
};
use super::made::{self, say, spoken};
use super::{Fixed, Hex, Session, pattern};
use crate::Key;

const EPOCH: u32 = 7;

pub(super) fn make() -> Hostile {
    let host = HostKey::from_bytes(&Key::from_bytes(pattern("host"))).unwrap();
    let stream = pattern("stream");
    let (session, mut guest, _) = made::session(
        &host,
        &stream,
        EPOCH,
        1,
        r#"{"name":"","language":"es","commit":"","have":0}"#,
    );
    let spoken = spoken(&host);
    let mut envelopes = BTreeMap::new();
    let mut put = |name: &str, bytes: &Hex| envelopes.insert(name.to_string(), bytes.clone());
    put("hello", &session.envelope);
    // The session's own four, then on to 130: only those that a case needs are kept.
    for (at, said) in session.guest_says.iter().enumerate() {
        put(&format!("guest {}", at + 1), &said.envelope);
    }
    for counter in 5..=130 {
        let said = say(&mut guest, "later");
        if counter == 130 {
            put("guest 130", &said.envelope);
        }
    }
    put("host 1", &session.host_says[0].envelope);
    let nearby = |stream, epoch, id| {
        made::session(&host, &stream, epoch, id, "").0.guest_says[0]
            .envelope
            .clone()
    };
    put("elsewhere", &nearby(pattern("elsewhere"), EPOCH, 1));
    put("next epoch", &nearby(stream, EPOCH + 1, 1));
    put("other secret", &nearby(stream, EPOCH, 2));
    put("rekey", &Hex(rekey_envelope()));
    put("pake guest", &spoken.guest_message);
    put("pake host", &spoken.host_message);
    for (name, code, at) in [
        ("pake other pin", "0471 982 054", stream),
        ("pake elsewhere", "0471 982 053", pattern("elsewhere")),
    ] {
        let waiting = SpokenHost::new(SpokenCode::parse(code).unwrap(), host.public());
        let random: [u8; 64] = pattern("host scalar");
        put(
            name,
            &Hex(waiting
                .answer_with(&mut Fixed(random.to_vec()), &at, &spoken.guest_message.0)
                .unwrap()
                .0),
        );
    }
    let guest_share = &spoken.guest_message.0[14..];
    put(
        "pake reflected",
        &Hex([
            &spoken.guest_message.0[..14],
            guest_share,
            &spoken.host_message.0[46..],
        ]
        .concat()),
    );
    for (name, byte) in [("zeros", 0), ("ones", 0xff)] {
        let share = [byte; 32];
        put(
            &format!("pake guest {name}"),
            &Hex([&spoken.guest_message.0[..14], &share].concat()),
        );
        put(
            &format!("pake host {name}"),
            &Hex([
                &spoken.host_message.0[..14],
                &share,
                &spoken.host_message.0[46..],
            ]
            .concat()),
        );
    }
    let blob_key = Key::from_bytes(pattern("blob"));
    put(
        "blob",
        &Hex(seal_blob_with(&blob_key, b"breathing sounds").unwrap()),
    );
    let wrong_host = HostKey::from_bytes(&Key::from_bytes(pattern("somebody else"))).unwrap();
    let long = spoken.host_message.0.len();
    Hostile {
        hellos: hellos(&session, &wrong_host),
        channels: channels(session.guest_says[0].envelope.0.len()),
        spoken_answers: spoken_answers(long),
        links: links(&JoinLink::kept(
            "door".to_string(),
            Key::from_bytes(pattern("link")),
            &host,
        )),
        wrong_host: Hex::of(wrong_host.public()),
        greetings: greetings(&host),
        codes: [
            "",
            "047198205",
            "04719820530",
            "0471 98205x",
            "0471+982053",
            "०४७१९८२०५",
        ]
        .map(str::to_string)
        .to_vec(),
        blobs: blobs(envelopes["blob"].0.len()),
        blob_key: Hex::of(blob_key.expose()),
        session,
        spoken,
        envelopes,
    }
}

fn of(of: &str) -> Forged {
    Forged {
        of: of.to_string(),
        ..Forged::default()
    }
}
fn cut(name: &str, len: usize) -> Forged {
    Forged {
        cut: Some(len),
        ..of(name)
    }
}
fn flip(name: &str, at: usize, mask: u8) -> Forged {
    Forged {
        flip: Some((at, mask)),
        ..of(name)
    }
}
fn add(name: &str, zeros: usize) -> Forged {
    Forged {
        add: Some(zeros),
        ..of(name)
    }
}
fn bits(bytes: std::ops::Range<usize>) -> impl Iterator<Item = (usize, u8)> {
    bytes.flat_map(|at| (0..8).map(move |bit| (at, 1 << bit)))
}

fn hellos(session: &Session, wrong_host: &HostKey) -> Vec<HelloCase> {
    let long = session.envelope.0.len();
    let case = |forged, why: &str| HelloCase {
        forged,
        why: why.to_string(),
        ..HelloCase::default()
    };
    let mut cases = Vec::new();
    for len in 0..long {
        cases.push(case(
            cut("hello", len),
            if len < 14 + 1 + 65 + 16 {
                "truncated"
            } else {
                "broken"
            },
        ));
    }
    for (at, mask) in bits(0..14) {
        let why = match at {
            0 => "unknown-version",
            // The kind becomes rekey, which knows no epoch.
            1 if mask == 2 => "malformed",
            1 => "unknown-kind",
            2..6 if EPOCH ^ u32::from(mask) << (8 * (5 - at)) < EPOCH => "stale-epoch",
            2..6 => "broken",
            _ => "malformed",
        };
        cases.push(case(flip("hello", at, mask), why));
    }
    cases.extend((0..8).map(|bit| case(flip("hello", 14, 1 << bit), "unknown-psk")));
    cases.extend((15..80).map(|at| case(flip("hello", at, 1), "bad-key")));
    // Hybrid form of a point: some libraries read it.
    cases.push(case(flip("hello", 15, 2), "bad-key"));
    cases.push(case(flip("hello", 15, 3), "bad-key"));
    cases.extend((80..long).map(|at| case(flip("hello", at, 0x80), "broken")));
    cases.push(case(add("hello", 1), "broken"));
    cases.push(case(add("hello", ENVELOPE), "too-large"));
    for other in ["guest 1", "rekey", "pake guest"] {
        cases.push(case(of(other), "wrong-kind"));
    }
    let again = |last| HelloCase {
        last: Some(last),
        ..case(of("hello"), "stale-epoch")
    };
    cases.extend([again(EPOCH), again(EPOCH + 1), again(u32::MAX)]);
    cases.push(HelloCase {
        stream: Some(Hex::of(pattern::<16>("elsewhere"))),
        ..case(of("hello"), "broken")
    });
    cases.push(HelloCase {
        host_private: Some(Hex::of(wrong_host.to_bytes().expose())),
        ..case(of("hello"), "broken")
    });
    let held = |secret: Hex| HelloCase {
        secret: Some(secret),
        ..case(of("hello"), "broken")
    };
    cases.push(held(Hex::of(pattern::<32>("another psk"))));
    // The right secret under another id: the id is bound as well.
    cases.push(HelloCase {
        forged: flip("hello", 14, 2),
        ..held(session.psk.clone())
    });
    cases.push(HelloCase {
        why: "unknown-psk".to_string(),
        ..held(Hex(Vec::new()))
    });
    cases
}

fn channels(long: usize) -> Vec<ChannelCase> {
    let steps = |name: &str, side: &str, steps: Vec<(Forged, &str)>| ChannelCase {
        name: name.to_string(),
        side: side.to_string(),
        steps: steps
            .into_iter()
            .map(|(forged, gives)| Step {
                forged,
                gives: gives.to_string(),
            })
            .collect(),
    };
    let one = |name: &str, forged, gives| steps(name, "host", vec![(forged, gives)]);
    let mut cases = Vec::new();
    for len in 0..long {
        cases.push(one(
            "truncated",
            cut("guest 1", len),
            if len < 30 { "truncated" } else { "broken" },
        ));
    }
    for (at, mask) in bits(0..14) {
        let why = match (at, mask) {
            (0, _) => "unknown-version",
            (1, 1) => "malformed",
            (1, _) => "unknown-kind",
            (2..6, _) => "wrong-epoch",
            (13, 1) => "malformed",
            _ => "broken",
        };
        cases.push(one("a bit of the header", flip("guest 1", at, mask), why));
    }
    cases.extend((14..long).map(|at| one("a bit of the body", flip("guest 1", at, 4), "broken")));
    cases.push(one(
        "kind swapped: a hello has no counter",
        flip("guest 1", 1, 3),
        "malformed",
    ));
    cases.push(one(
        "kind swapped: a message of the PAKE has no epoch",
        flip("guest 1", 1, 6),
        "malformed",
    ));
    cases.push(one("an extra byte", add("guest 1", 1), "broken"));
    cases.push(one("oversized", add("guest 1", ENVELOPE), "too-large"));
    for (name, other, why) in [
        ("a hello again", "hello", "wrong-kind"),
        ("rekey", "rekey", "wrong-kind"),
        ("a message of the PAKE", "pake guest", "wrong-kind"),
        ("wrong stream", "elsewhere", "broken"),
        ("wrong epoch", "next epoch", "wrong-epoch"),
        ("wrong key", "other secret", "broken"),
        ("wrong direction", "host 1", "broken"),
    ] {
        cases.push(one(name, of(other), why));
    }
    cases.push(steps(
        "wrong direction",
        "guest",
        vec![(of("guest 1"), "broken"), (of("host 1"), "opens")],
    ));
    cases.push(steps(
        "replayed",
        "host",
        vec![(of("guest 1"), "opens"), (of("guest 1"), "replayed")],
    ));
    let order = [3, 1, 4, 2, 3, 1, 4, 2].map(|n| of(&format!("guest {n}")));
    let gives = ["opens"; 4].into_iter().chain(["replayed"; 4]);
    cases.push(steps(
        "reordered: each opens once",
        "host",
        order.into_iter().zip(gives).collect(),
    ));
    let old = [
        ("guest 130", "opens"),
        ("guest 3", "opens"),
        ("guest 2", "too-old"),
        ("guest 1", "too-old"),
        ("guest 3", "replayed"),
    ];
    cases.push(steps(
        "too old for the window",
        "host",
        old.map(|(name, gives)| (of(name), gives)).into(),
    ));
    let forged = vec![
        (flip("guest 1", 6, 0x80), "broken"),
        (flip("guest 1", 12, 1), "broken"),
        (of("guest 1"), "opens"),
    ];
    cases.push(steps(
        "what does not open does not move the window",
        "host",
        forged,
    ));
    cases
}

fn spoken_answers(long: usize) -> Vec<SpokenCase> {
    let case = |side: &str, forged, why: &str| SpokenCase {
        side: side.to_string(),
        forged,
        why: why.to_string(),
    };
    let mut cases = Vec::new();
    for (side, message, len) in [("host", "pake guest", 46), ("guest", "pake host", long)] {
        cases.extend((0..len).map(|len| case(side, cut(message, len), "truncated")));
        for (at, mask) in bits(0..14) {
            let why = match at {
                0 => "unknown-version",
                1 => "unknown-kind",
                _ => "malformed",
            };
            cases.push(case(side, flip(message, at, mask), why));
        }
        cases.push(case(side, add(message, 1), "malformed"));
        cases.push(case(side, add(message, ENVELOPE), "too-large"));
        cases.push(case(side, of("guest 1"), "wrong-kind"));
        for bad in ["zeros", "ones"] {
            cases.push(case(side, of(&format!("{message} {bad}")), "bad-key"));
        }
    }
    // The host's key and its proof.
    cases.extend((46..long).map(|at| case("guest", flip("pake host", at, 1), "wrong-code")));
    for other in ["pake other pin", "pake elsewhere", "pake reflected"] {
        cases.push(case("guest", of(other), "wrong-code"));
    }
    cases
}

fn links(good: &JoinLink) -> Vec<BadLink> {
    let whole = good.to_fragment().expose().clone();
    let mut fragments: Vec<String> = (0..whole.len())
        .map(|len| whole[..len].to_string())
        .collect();
    fragments.extend(["A", "=", "#", " ", "é"].map(|more| format!("{whole}{more}")));
    fragments.extend(["+", "/", "=", " ", "é"].map(|other| format!("{other}{}", &whole[1..])));
    let doors = [
        "",
        "abc",
        "a/bc",
        "ab c",
        "dóor",
        "abcdefghijklmnopqrstuvwxyz0123456",
    ];
    let bad = |door: &str, fragment: &str| BadLink {
        door: door.to_string(),
        fragment: fragment.to_string(),
    };
    let fragments = fragments.iter().map(|fragment| bad("door", fragment));
    fragments
        .chain(doors.iter().map(|door| bad(door, &whole)))
        .collect()
}

fn greetings(host: &HostKey) -> Vec<Hex> {
    let good = Greeting::Link(host.public()).to_bytes();
    let longer = [&good[..], &[0]].concat();
    let bad: [&[u8]; 9] = [
        &[],
        &[1],
        &[1, 1],
        &good[..66],
        &longer,
        &[1, 3],
        &[2, 2],
        &[1, 2, 0],
        &[0, 1],
    ];
    bad.map(Hex::of).to_vec()
}

fn blobs(long: usize) -> Vec<BlobCase> {
    let case = |forged, why: &str| BlobCase {
        forged,
        why: why.to_string(),
    };
    let cuts = (0..long).map(|len| {
        case(
            cut("blob", len),
            if len < 16 { "truncated" } else { "broken" },
        )
    });
    let flips = bits(0..long).map(|(at, mask)| case(flip("blob", at, mask), "broken"));
    cuts.chain(flips)
        .chain([
            case(add("blob", 1), "broken"),
            case(of("guest 1"), "broken"),
        ])
        .collect()
}
