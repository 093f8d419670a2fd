//! What each side makes is read by the other: hello, both directions, epochs, spoken code, link, short string, blob.

use super::super::hello::guest_hello_with;
use super::super::*;
use super::{
    Blob, Fixed, Hex, Link, Made, Said, Session, ShortString, SpokenRun, pattern, read,
    same_as_committed,
};
use crate::Key;

#[test]
fn rust_makes_the_same_vectors_as_ever() {
    same_as_committed("made-by-rust.json", &make());
}

#[test]
fn what_rust_made_opens() {
    check(&read("made-by-rust.json"));
}

#[test]
fn what_typescript_made_opens() {
    check(&read("made-by-typescript.json"));
}

fn make() -> Made {
    let host = HostKey::from_bytes(&Key::from_bytes(pattern("host"))).unwrap();
    let hellos = [
        r#"{"name":"María","language":"es","commit":"AAAA","have":0}"#.to_string(),
        r#"{"name":"ليلى","language":"ar","commit":"AAAA","have":0}"#.to_string(),
        r#"{"name":"","language":"es","commit":"","have":17}"#.to_string(),
        // Exactly one block, and one byte more: the padding must add a block.
        "x".repeat(255),
        "x".repeat(256),
    ];
    let sessions = hellos
        .iter()
        .zip([(1, 1), (2, 1), (3, 2), (3, 0x0102_0304), (3, u32::MAX)]);
    Made {
        sessions: sessions
            .map(|(hello, (id, epoch))| session(&host, &pattern("stream"), epoch, id, hello).0)
            .collect(),
        spoken: spoken(&host),
        links: ["AbCd", "x1rJ0B2n8f3yQp-_Zk7aVw"]
            .into_iter()
            .map(|door| link(&host, door))
            .collect(),
        short_strings: (0..8).map(short_string).collect(),
        blobs: ["", "a", &"voice".repeat(300)]
            .into_iter()
            .map(blob)
            .collect(),
    }
}

/// A session with fixed randomness, and the guest's channel to go on with.
pub(super) fn session(
    host: &HostKey,
    stream: &Stream,
    epoch: u32,
    id: u8,
    hello: &str,
) -> (Session, Channel, Channel) {
    let ephemeral: [u8; 32] = pattern(&format!("ephemeral {epoch}"));
    let psk = Psk {
        id: psk_id(id),
        key: Key::from_bytes(pattern(&format!("psk {id}"))),
    };
    let public = HostPublic::kept(host.public());
    let (envelope, mut guest) = guest_hello_with(
        &mut Fixed(ephemeral.to_vec()),
        stream,
        epoch,
        &psk,
        &public,
        hello.as_bytes(),
    )
    .unwrap();
    let mut opened = host_open_hello(host, stream, &envelope, epoch - 1, |_| {
        Some(psk.key.clone())
    })
    .unwrap();
    let words = [
        r#"{"t":"leave"}"#,
        "",
        r#"{"t":"say","text":"Me duele aquí, ¿qué hago?"}"#,
        &"é".repeat(200),
    ];
    let session = Session {
        host_private: Hex::of(host.to_bytes().expose()),
        host_public: Hex::of(host.public()),
        stream: Hex::of(stream),
        epoch,
        psk_id: id,
        psk: Hex::of(psk.key.expose()),
        ephemeral: Hex::of(ephemeral),
        hello: hello.to_string(),
        envelope: Hex::of(&envelope),
        sas_secret: Hex::of(guest.sas_secret().expose()),
        guest_says: words.map(|said| say(&mut guest, said)).to_vec(),
        host_says: words.map(|said| say(&mut opened.channel, said)).to_vec(),
    };
    (session, guest, opened.channel)
}

pub(super) fn say(channel: &mut Channel, content: &str) -> Said {
    Said {
        content: content.to_string(),
        envelope: Hex(channel.seal(content.as_bytes()).unwrap()),
    }
}

pub(super) fn psk_id(id: u8) -> PskId {
    [PskId::Link, PskId::Spoken, PskId::Resume][usize::from(id) - 1]
}

pub(super) fn spoken(host: &HostKey) -> SpokenRun {
    let (code, stream) = ("0471 982 053", pattern("stream"));
    let (guest_random, host_random): ([u8; 64], [u8; 64]) =
        (pattern("guest scalar"), pattern("host scalar"));
    let parsed = SpokenCode::parse(code).unwrap();
    let (_, guest_message) =
        SpokenGuest::knock_with(&mut Fixed(guest_random.to_vec()), &parsed, &stream).unwrap();
    let waiting = SpokenHost::new(parsed, host.public());
    let (host_message, psk) = waiting
        .answer_with(&mut Fixed(host_random.to_vec()), &stream, &guest_message)
        .unwrap();
    SpokenRun {
        code: code.to_string(),
        stream: Hex::of(stream),
        host_public: Hex::of(host.public()),
        guest_random: Hex::of(guest_random),
        host_random: Hex::of(host_random),
        guest_message: Hex(guest_message),
        host_message: Hex(host_message),
        psk: Hex::of(psk.key.expose()),
    }
}

fn link(host: &HostKey, door: &str) -> Link {
    let secret = Key::from_bytes(pattern(door));
    let link = JoinLink::kept(door.to_string(), secret.clone(), host);
    Link {
        door: door.to_string(),
        secret: Hex::of(secret.expose()),
        host_public: Hex::of(host.public()),
        fragment: link.to_fragment().expose().clone(),
        greeting: Hex(Greeting::Link(host.public()).to_bytes()),
    }
}

fn short_string(n: u8) -> ShortString {
    let [secret, guest, host] =
        ["secret", "ng", "nh"].map(|of| pattern::<32>(&format!("{of} {n}")));
    let places = sas(&Key::from_bytes(secret), &guest, &host);
    ShortString {
        secret: Hex::of(secret),
        guest: Hex::of(guest),
        host: Hex::of(host),
        commitment: Hex::of(Commitment::to(&guest).to_bytes()),
        places,
        emoji: places.map(|place| EMOJI[place]).concat(),
    }
}

fn blob(content: &str) -> Blob {
    let key = Key::from_bytes(pattern(&format!("blob {}", content.len())));
    let sealed = super::super::blob::seal_blob_with(&key, content.as_bytes()).unwrap();
    Blob {
        key: Hex::of(key.expose()),
        content: Hex::of(content),
        name: Hex::of(blob_name(&sealed)),
        sealed: Hex(sealed),
    }
}

/// Makes everything again from its ingredients, and opens everything, from both sides.
fn check(made: &Made) {
    assert!(!made.sessions.is_empty());
    for session in &made.sessions {
        check_session(session);
    }
    check_spoken(&made.spoken);
    for link in &made.links {
        let read = JoinLink::parse(&link.door, &link.fragment).unwrap();
        assert_eq!(read.psk().key.expose()[..], link.secret.0);
        assert_eq!(read.to_fragment().expose(), &link.fragment);
        let Greeting::Link(public) = Greeting::parse(&link.greeting.0).unwrap() else {
            unreachable!()
        };
        assert_eq!(
            read.host(public).unwrap().to_bytes()[..],
            link.host_public.0
        );
    }
    for string in &made.short_strings {
        let guest: SasNumber = string.guest.array();
        assert_eq!(
            sas(&string.secret.key(), &guest, &string.host.array()),
            string.places
        );
        assert!(Commitment::from_bytes(string.commitment.array()).holds(&guest));
        assert_eq!(
            string.places.map(|place| EMOJI[place]).concat(),
            string.emoji
        );
    }
    for blob in &made.blobs {
        assert_eq!(
            open_blob(&blob.key.key(), &blob.sealed.0).unwrap(),
            blob.content.0
        );
        assert_eq!(blob_name(&blob.sealed.0)[..], blob.name.0);
    }
}

fn check_session(session: &Session) {
    let (mut guest, mut host) = open_session(session);
    assert_eq!(guest.sas_secret().expose()[..], session.sas_secret.0);
    assert_eq!(host.sas_secret().expose()[..], session.sas_secret.0);
    for said in &session.guest_says {
        assert_eq!(
            guest.seal(said.content.as_bytes()).unwrap(),
            said.envelope.0
        );
        assert_eq!(
            host.open(&said.envelope.0).unwrap(),
            said.content.as_bytes()
        );
    }
    for said in &session.host_says {
        assert_eq!(host.seal(said.content.as_bytes()).unwrap(), said.envelope.0);
        assert_eq!(
            guest.open(&said.envelope.0).unwrap(),
            said.content.as_bytes()
        );
    }
}

/// Both ends of a session, from its ingredients.
pub(super) fn open_session(session: &Session) -> (Channel, Channel) {
    let host = HostKey::from_bytes(&session.host_private.key()).unwrap();
    let psk = Psk {
        id: psk_id(session.psk_id),
        key: session.psk.key(),
    };
    let mut random = Fixed(session.ephemeral.0.clone());
    let public = HostPublic::kept(session.host_public.array());
    let stream = session.stream.array();
    let (envelope, guest) = guest_hello_with(
        &mut random,
        &stream,
        session.epoch,
        &psk,
        &public,
        session.hello.as_bytes(),
    )
    .unwrap();
    assert_eq!(envelope, session.envelope.0);
    let opened = host_open_hello(&host, &stream, &envelope, session.epoch - 1, |id| {
        (id == psk.id).then_some(psk.key)
    })
    .unwrap();
    assert_eq!(opened.hello, session.hello.as_bytes());
    (guest, opened.channel)
}

fn check_spoken(run: &SpokenRun) {
    let stream = run.stream.array();
    let code = SpokenCode::parse(&run.code).unwrap();
    let (guest, message) =
        SpokenGuest::knock_with(&mut Fixed(run.guest_random.0.clone()), &code, &stream).unwrap();
    assert_eq!(message, run.guest_message.0);
    let host = SpokenHost::new(code, run.host_public.array());
    let (answer, psk) = host
        .answer_with(&mut Fixed(run.host_random.0.clone()), &stream, &message)
        .unwrap();
    assert_eq!(answer, run.host_message.0);
    assert_eq!(psk.key.expose()[..], run.psk.0);
    let spoken = guest.finish(&answer).unwrap();
    assert_eq!(spoken.psk.key.expose()[..], run.psk.0);
    assert_eq!(spoken.host.to_bytes()[..], run.host_public.0);
}
