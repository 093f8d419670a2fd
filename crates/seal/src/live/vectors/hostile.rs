//! What must not open, and by which name it is refused. Both languages run these cases.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::super::*;
use super::made::{open_session, psk_id};
use super::{Fixed, Hex, Session, SpokenRun, forging, read, same_as_committed};
use crate::Key;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct Hostile {
    pub(super) session: Session,
    pub(super) spoken: SpokenRun,
    /// What the cases are made of, by name.
    pub(super) envelopes: BTreeMap<String, Hex>,
    pub(super) hellos: Vec<HelloCase>,
    /// A fresh pair of channels for each in which something opens; the others change nothing.
    pub(super) channels: Vec<ChannelCase>,
    pub(super) spoken_answers: Vec<SpokenCase>,
    pub(super) links: Vec<BadLink>,
    pub(super) wrong_host: Hex,
    pub(super) greetings: Vec<Hex>,
    pub(super) codes: Vec<String>,
    pub(super) blob_key: Hex,
    pub(super) blobs: Vec<BlobCase>,
}

/// An envelope, changed: cut to a length, one byte XORed, zeros added; in this order.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Forged {
    pub(super) of: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cut: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) flip: Option<(usize, u8)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) add: Option<usize>,
}

/// A hello to a host that has seen `last`, and holds the session's secret unless said otherwise.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct HelloCase {
    #[serde(flatten)]
    pub(super) forged: Forged,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stream: Option<Hex>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) host_private: Option<Hex>,
    /// The secret held for whatever id is asked; empty: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) secret: Option<Hex>,
    pub(super) why: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ChannelCase {
    pub(super) name: String,
    /// Who opens: `host` or `guest`.
    pub(super) side: String,
    pub(super) steps: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Step {
    #[serde(flatten)]
    pub(super) forged: Forged,
    /// `opens`, or the refusal.
    pub(super) gives: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SpokenCase {
    pub(super) side: String,
    #[serde(flatten)]
    pub(super) forged: Forged,
    pub(super) why: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct BadLink {
    pub(super) door: String,
    pub(super) fragment: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct BlobCase {
    #[serde(flatten)]
    pub(super) forged: Forged,
    pub(super) why: String,
}

#[test]
fn the_hostile_vectors_are_those_that_this_program_makes() {
    same_as_committed("hostile.json", &forging::make());
}

#[test]
fn nothing_hostile_opens_and_each_is_refused_by_its_name() {
    let hostile: Hostile = read("hostile.json");
    assert!(hostile.hellos.len() > 500 && hostile.channels.len() > 600);
    for case in &hostile.hellos {
        let get = |own: &Option<Hex>, default: &Hex| own.clone().unwrap_or_else(|| default.clone());
        let session = &hostile.session;
        let host =
            HostKey::from_bytes(&get(&case.host_private, &session.host_private).key()).unwrap();
        let stream = get(&case.stream, &session.stream).array();
        let secret = |id| match &case.secret {
            None => (id == psk_id(session.psk_id)).then(|| session.psk.key()),
            Some(own) => (!own.0.is_empty()).then(|| own.key()),
        };
        let last = case.last.unwrap_or(session.epoch - 1);
        expect(
            &case.why,
            &case.forged,
            host_open_hello(&host, &stream, &hostile.bytes(&case.forged), last, secret),
        );
    }
    let (mut guest, mut host) = open_session(&hostile.session);
    for case in &hostile.channels {
        if case.steps.iter().any(|step| step.gives == "opens") {
            (guest, host) = open_session(&hostile.session);
        }
        let channel = if case.side == "host" {
            &mut host
        } else {
            &mut guest
        };
        for step in &case.steps {
            expect(
                &step.gives,
                &step.forged,
                channel.open(&hostile.bytes(&step.forged)),
            );
        }
    }
    for case in &hostile.spoken_answers {
        let run = &hostile.spoken;
        let (stream, code) = (run.stream.array(), SpokenCode::parse(&run.code).unwrap());
        let message = hostile.bytes(&case.forged);
        if case.side == "host" {
            expect(
                &case.why,
                &case.forged,
                SpokenHost::new(code, run.host_public.array()).answer(&stream, &message),
            );
        } else {
            let (guest, _) =
                SpokenGuest::knock_with(&mut Fixed(run.guest_random.0.clone()), &code, &stream)
                    .unwrap();
            expect(&case.why, &case.forged, guest.finish(&message));
        }
    }
    for BadLink { door, fragment } in &hostile.links {
        assert_eq!(
            JoinLink::parse(door, fragment).map(|_| ()),
            Err(Error::BadLink),
            "{door} {fragment}"
        );
    }
    let host = HostKey::from_bytes(&hostile.session.host_private.key()).unwrap();
    let link = JoinLink::kept("door".to_string(), Key::from_bytes([1; 32]), &host);
    assert_eq!(link.host(hostile.wrong_host.array()), Err(Error::WrongHost));
    for greeting in &hostile.greetings {
        assert_eq!(Greeting::parse(&greeting.0), Err(Error::BadGreeting));
    }
    for code in &hostile.codes {
        assert_eq!(
            SpokenCode::parse(code).map(|_| ()),
            Err(Error::BadCode),
            "{code}"
        );
    }
    for case in &hostile.blobs {
        expect(
            &case.why,
            &case.forged,
            open_blob(&hostile.blob_key.key(), &hostile.bytes(&case.forged)),
        );
    }
}

fn expect<T>(why: &str, forged: &impl Debug, result: Result<T, Error>) {
    assert_eq!(
        result.map_or_else(Error::name, |_| "opens"),
        why,
        "{forged:?}"
    );
}

impl Debug for Forged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} cut {:?} flip {:?} add {:?}",
            self.of, self.cut, self.flip, self.add
        )
    }
}

impl Hostile {
    fn bytes(&self, forged: &Forged) -> Vec<u8> {
        let mut bytes = self.envelopes[&forged.of].0.clone();
        if let Some(len) = forged.cut {
            bytes.truncate(len);
        }
        if let Some((at, mask)) = forged.flip {
            bytes[at] ^= mask;
        }
        bytes.resize(bytes.len() + forged.add.unwrap_or(0), 0);
        bytes
    }
}
