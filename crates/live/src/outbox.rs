//! Sealed envelopes that the relay has not acknowledged yet, in their order. Sent again with the same
//! key they are stored once; a new epoch drops them, for what they said is said again under its keys.

use std::collections::VecDeque;

use basics::Timestamp;
use protocol::{FromClient, StreamId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::due::Due;

/// Of one stream.
#[derive(Default)]
pub(crate) struct Outbox {
    letters: VecDeque<Letter>,
    /// The relay refused one for now: everything from it on waits, so that order is kept.
    again: Option<Due>,
}

/// A sealed envelope and its key at the relay.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) key: Uuid,
    pub(crate) envelope: protocol::Bytes,
    /// The number of the message in it; 0 for anything else.
    pub(crate) n: u64,
}

impl Letter {
    pub(crate) fn new(envelope: Vec<u8>, n: u64) -> Self {
        Self {
            key: Uuid::now_v7(),
            envelope: envelope.into(),
            n,
        }
    }

    pub(crate) fn append(&self, stream: StreamId) -> FromClient {
        FromClient::Append {
            stream,
            key: self.key,
            envelope: self.envelope.clone(),
        }
    }
}

impl Outbox {
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Takes an envelope; returns what to send now, nothing while an earlier one waits.
    pub(crate) fn post(
        &mut self,
        stream: StreamId,
        envelope: Vec<u8>,
        n: u64,
    ) -> Option<FromClient> {
        let letter = Letter::new(envelope, n);
        let append = self.again.is_none().then(|| letter.append(stream));
        self.letters.push_back(letter);
        append
    }

    /// The relay has it; returns the letter if it was one of these.
    pub(crate) fn stored(&mut self, key: Uuid) -> Option<Letter> {
        let place = self.letters.iter().position(|letter| letter.key == key)?;
        self.letters.remove(place)
    }

    /// The relay will not take it now; false if it is none of these.
    pub(crate) fn refused(&mut self, key: Uuid, due: Due) -> bool {
        let mine = self.letters.iter().any(|letter| letter.key == key);
        if mine {
            self.again = Some(due);
        }
        mine
    }

    /// Everything in its order, after a reconnect or when the time has come.
    pub(crate) fn again(&mut self, stream: StreamId) -> Vec<FromClient> {
        self.again = None;
        self.letters
            .iter()
            .map(|letter| letter.append(stream))
            .collect()
    }

    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        self.again.is_some_and(|due| due.is_past(now))
    }

    pub(crate) fn clear(&mut self) {
        self.letters.clear();
        self.again = None;
    }

    pub(crate) fn into_letters(self) -> VecDeque<Letter> {
        self.letters
    }
}
