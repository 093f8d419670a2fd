//! One guest's stream as the host sees it, from the knock on.

use std::collections::{BTreeMap, VecDeque};

use basics::{InvitationId, Language, MessageId, ParticipantId, Phi, Timestamp};
use protocol::{FromClient, StreamId};
use seal::{
    Key,
    live::{Channel, Commitment, Psk, PskId, SasNumber},
};

use super::{
    Effect, Guest, Said,
    saved::{KeyText, SavedPeer},
};
use crate::{
    content::{Blob, FromHost, Sound},
    due::Due,
    outbox::Outbox,
};

/// Sounds and files remembered for each guest, so that a reload does not send them to the relay again.
const BLOBS: usize = 1000;

pub(super) struct Peer {
    pub(super) id: ParticipantId,
    pub(super) stream: StreamId,
    pub(super) door: InvitationId,
    pub(super) stage: Stage,
    /// The invitation's secret; of a spoken code, once the PAKE is done.
    pub(super) psk: Option<Psk>,
    pub(super) resume: Option<Key>,
    /// The guest showed that it has the resume key: the invitation is of no use here any more.
    pub(super) confirmed: bool,
    pub(super) name: Phi<String>,
    pub(super) language: Language,
    pub(super) since: Timestamp,
    pub(super) here: bool,
    /// The highest epoch that was used; saved before anything is sealed in it.
    pub(super) epoch: u32,
    pub(super) channel: Option<Channel>,
    /// The counter of the last envelope that opened in this epoch.
    pub(super) heard: u64,
    pub(super) compare: Option<Compare>,
    /// The last entry that was taken into the inbox.
    pub(super) cursor: u64,
    /// The stream's newest entry when it was subscribed to.
    pub(super) head: Option<u64>,
    pub(super) inbox: VecDeque<Vec<u8>>,
    /// The inbox was full: the rest waits at the relay.
    pub(super) paused: bool,
    /// What the record is asked to keep; the inbox waits for its answer.
    pub(super) keeping: Option<(MessageId, Option<Sound>)>,
    pub(super) rekey: Rekey,
    pub(super) outbox: Outbox,
    /// Every message up to this number was sealed for the guest in this epoch or is with it.
    pub(super) sent: u64,
    /// The relay has every message up to this number.
    pub(super) stored: u64,
    pub(super) seen: u64,
    pub(super) pending: VecDeque<Said>,
    pub(super) asked: Option<Asked>,
    pub(super) blobs: BTreeMap<MessageId, Option<Blob>>,
    pub(super) blob_asked: Option<MessageId>,
    pub(super) people_due: bool,
    pub(super) caught_up_due: bool,
    /// From this message on words were told anew, which the guest may have missed: a guest that has all
    /// messages does not know that one of them changed.
    pub(super) retold: Option<u64>,
    /// The relay knows that the guest may stay.
    pub(super) stays: bool,
    /// Subscribing was refused for now.
    pub(super) again: Option<Due>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Has not said hello yet.
    Knocking,
    /// Stands in the waiting room.
    Waiting,
    /// Was let in.
    Inside,
}

/// What the short string is made of.
pub(super) struct Compare {
    pub(super) commitment: Commitment,
    pub(super) number: SasNumber,
    pub(super) code: Option<[usize; 4]>,
}

/// Whether the guest must be asked to say hello again.
#[derive(Clone, Copy)]
pub(super) enum Rekey {
    No,
    /// When this moment has come.
    Later(Due),
    /// It was asked on this connection.
    Asked,
}

/// Messages that the record was asked for.
pub(super) struct Asked {
    pub(super) after: u64,
    /// Something changed meanwhile: the answer does not count.
    pub(super) stale: bool,
}

/// Where a host's effects collect.
#[derive(Default)]
pub(super) struct Out {
    pub(super) effects: VecDeque<Effect>,
    pub(super) connected: bool,
}

impl Out {
    /// Without a connection nothing is sent; what matters is said again on the next.
    pub(super) fn send(&mut self, frame: FromClient) {
        if self.connected {
            self.effects.push_back(Effect::Send(frame));
        }
    }
}

impl Peer {
    pub(super) fn knocked(
        stream: StreamId,
        door: InvitationId,
        psk: Option<Psk>,
        now: Timestamp,
    ) -> Self {
        Self {
            id: ParticipantId::new(),
            stream,
            door,
            stage: Stage::Knocking,
            psk,
            resume: None,
            confirmed: false,
            name: Phi::new(String::new()),
            language: Language::En,
            since: now,
            here: false,
            epoch: 0,
            channel: None,
            heard: 0,
            compare: None,
            cursor: 0,
            head: None,
            inbox: VecDeque::new(),
            paused: false,
            keeping: None,
            rekey: Rekey::No,
            outbox: Outbox::default(),
            sent: 0,
            stored: 0,
            seen: 0,
            pending: VecDeque::new(),
            asked: None,
            blobs: BTreeMap::new(),
            blob_asked: None,
            people_due: false,
            caught_up_due: false,
            retold: None,
            stays: false,
            again: None,
        }
    }

    pub(super) fn restored(saved: SavedPeer) -> Self {
        let mut peer = Self::knocked(
            saved.stream,
            saved.door,
            saved.psk.and_then(super::saved::psk),
            saved.since,
        );
        peer.id = saved.id;
        peer.stage = match (saved.inside, saved.epoch) {
            (true, _) => Stage::Inside,
            (false, 0) => Stage::Knocking,
            (false, _) => Stage::Waiting,
        };
        peer.resume = saved.resume.map(|key| key.0);
        peer.confirmed = saved.confirmed;
        peer.name = saved.name;
        peer.language = saved.language;
        peer.epoch = saved.epoch;
        peer.cursor = saved.cursor;
        peer.seen = saved.seen;
        peer.retold = saved.retold;
        peer.blobs = saved
            .blobs
            .into_iter()
            .map(|(id, blob)| (id, Some(blob)))
            .collect();
        peer
    }

    pub(super) fn to_saved(&self) -> SavedPeer {
        let blobs = self
            .blobs
            .iter()
            .filter_map(|(id, blob)| Some((*id, blob.clone()?)));
        SavedPeer {
            id: self.id,
            stream: self.stream,
            door: self.door,
            psk: self
                .psk
                .as_ref()
                .map(|psk| (psk.id as u8, KeyText(psk.key.clone()))),
            resume: self.resume.clone().map(KeyText),
            confirmed: self.confirmed,
            inside: self.is_inside(),
            name: self.name.clone(),
            language: self.language,
            since: self.since,
            epoch: self.epoch,
            cursor: self.cursor,
            seen: self.seen,
            retold: self.retold,
            blobs: blobs.collect(),
        }
    }

    pub(super) fn is_inside(&self) -> bool {
        self.stage == Stage::Inside
    }

    /// The secret of this kind that the guest may say hello with now.
    pub(super) fn secret(&self, id: PskId) -> Option<Key> {
        match id {
            PskId::Resume => self.resume.clone(),
            _ if self.confirmed => None,
            _ => self
                .psk
                .as_ref()
                .filter(|psk| psk.id == id)
                .map(|psk| psk.key.clone()),
        }
    }

    /// A new epoch begins: nothing of the old one is worth sending.
    pub(super) fn begin(&mut self, channel: Channel) {
        self.epoch = channel.epoch();
        self.channel = Some(channel);
        self.heard = 0;
        self.rekey = Rekey::No;
        self.outbox.clear();
        self.rewind(0);
    }

    /// Messages after this number are taken from the record again.
    pub(super) fn rewind(&mut self, after: u64) {
        self.sent = after;
        self.stored = self.stored.min(after);
        self.pending.clear();
        if let Some(asked) = &mut self.asked {
            asked.stale = true;
        }
    }

    /// Seals and posts; false where it is too large or there are no keys.
    pub(super) fn say(&mut self, out: &mut Out, content: &FromHost, n: u64) -> bool {
        let Some(channel) = &mut self.channel else {
            return false;
        };
        let Ok(json) = serde_json::to_vec(content) else {
            return false;
        };
        let Ok(envelope) = channel.seal(&json) else {
            return false;
        };
        self.post(out, envelope, n);
        true
    }

    pub(super) fn post(&mut self, out: &mut Out, envelope: Vec<u8>, n: u64) {
        if let Some(append) = self.outbox.post(self.stream, envelope, n) {
            out.send(append);
        }
    }

    pub(super) fn subscribe(&mut self, out: &mut Out) {
        self.head = None;
        self.paused = false;
        self.again = None;
        out.send(FromClient::Subscribe {
            stream: self.stream,
            after: self.cursor,
        });
    }

    /// The host has no keys: the guest shall say hello again.
    pub(super) fn ask_for_hello(&mut self, out: &mut Out) {
        self.channel = None;
        self.outbox.clear();
        self.rekey = Rekey::Asked;
        self.post(out, seal::live::rekey_envelope(), 0);
    }

    /// Remembers where a sound or file lies in this stream; `None` where it can never be put there.
    pub(super) fn remember(&mut self, message: MessageId, blob: Option<Blob>) {
        self.blobs.insert(message, blob);
        while self.blobs.len() > BLOBS {
            self.blobs.pop_first();
        }
    }

    pub(super) fn view(&self) -> Guest {
        Guest {
            id: self.id,
            stream: self.stream,
            name: self.name.clone(),
            language: self.language,
            here: self.here,
            stored: self.stored,
            seen: self.seen,
        }
    }
}
