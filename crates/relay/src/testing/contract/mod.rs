//! What every [`Log`] keeps. An implementation's tests say
//! `relay::log_contract!(make)`, where `make` makes an empty one with [`LIMITS`].

mod doors;
mod streams;

use std::{
    any::Any,
    sync::{Arc, Mutex},
};

use protocol::{Closed, StreamId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::log::{Append, Door, Entry, Hash, Log, LogError, News, Party, Tell};

pub use doors::*;
pub use streams::*;

/// The limits that the contract is checked with.
pub const LIMITS: Quotas = Quotas {
    stream_bytes: 256 * 1024,
    blob_bytes: 1024,
    doors_per_host: 3,
};

/// A log's own limits.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    /// Bytes of envelopes in one stream.
    pub stream_bytes: u64,
    /// Bytes of blobs in one stream.
    pub blob_bytes: u64,
    /// Open doors of one workstation.
    pub doors_per_host: u32,
}

/// A log, what it has told, and whatever must live as long.
pub struct Made {
    log: Arc<dyn Log>,
    news: Arc<Mutex<Vec<News>>>,
    _keep: Box<dyn Any + Send>,
}

impl Made {
    /// Opens a log with a listener.
    pub fn new(keep: impl Any + Send, open: impl FnOnce(Tell) -> Arc<dyn Log>) -> Self {
        let news = Arc::<Mutex<Vec<News>>>::default();
        let heard = Arc::clone(&news);
        Self {
            log: open(Arc::new(move |told| heard.lock().unwrap().extend(told))),
            news,
            _keep: Box::new(keep),
        }
    }

    fn entries(&self, of: StreamId) -> Vec<Entry> {
        let news = self.news.lock().unwrap();
        let entry = |news: &News| match news {
            News::Entry(entry) if entry.stream == of => Some(entry.clone()),
            _ => None,
        };
        news.iter().filter_map(entry).collect()
    }

    fn closings(&self, of: StreamId) -> Vec<Closed> {
        let news = self.news.lock().unwrap();
        let closed = |news: &News| match news {
            News::Closed(stream, why) if *stream == of => Some(*why),
            _ => None,
        };
        news.iter().filter_map(closed).collect()
    }

    async fn door(&self, host: Uuid, code: &str) -> StreamId {
        self.log.open_door(host, door(code), NOW).await.unwrap()
    }

    async fn knock(&self, code: &str, token: u8) -> StreamId {
        let knock = self
            .log
            .knock(code.to_owned(), [token; 32], NOW + HOUR, NOW);
        knock.await.unwrap()
    }

    /// A workstation with a guest whom it admitted.
    async fn admitted(&self) -> (Uuid, StreamId) {
        let host = Uuid::new_v4();
        self.door(host, "door").await;
        let stream = self.knock("door", 1).await;
        self.log.admit(host, stream).await.unwrap();
        (host, stream)
    }

    async fn append(&self, by: Party, stream: StreamId, bytes: &[u8]) -> Result<u64, LogError> {
        self.log
            .append(append(by, stream, Uuid::new_v4(), bytes))
            .await
    }
}

const NOW: i64 = 1_700_000_000_000;
const HOUR: i64 = 3_600_000;
const WEEK: i64 = 7 * 24 * HOUR;

fn door(code: &str) -> Door {
    Door {
        code: code.to_owned(),
        greeting: code.as_bytes().to_vec(),
        ends: NOW + HOUR,
    }
}

fn append(by: Party, stream: StreamId, key: Uuid, bytes: &[u8]) -> Append {
    Append {
        by,
        stream,
        key,
        envelope: bytes.to_vec(),
        at: NOW,
    }
}

fn blob(byte: u8, size: usize) -> (Hash, Vec<u8>) {
    let bytes = vec![byte; size];
    (Sha256::digest(&bytes).into(), bytes)
}

/// Makes one test of each part of the contract.
#[macro_export]
macro_rules! log_contract {
    ($make:expr) => {
        $crate::log_contract!(@each $make;
            places_are_without_gaps_and_told_in_order
            the_same_key_is_stored_once
            a_key_with_other_bytes_is_refused
            a_cursor_finds_exactly_what_comes_after
            nobody_reaches_anothers_stream
            a_door_is_one_workstations
            a_door_has_its_limits
            a_knock_is_told_at_the_door
            a_knock_has_its_limits
            a_guests_token_ends
            a_closed_stream_takes_nothing_more
            envelopes_have_their_limits
            a_blob_is_reached_through_its_stream
            what_has_had_its_time_is_removed
        );
    };
    (@each $make:expr; $($name:ident)*) => {
        $(#[tokio::test]
        async fn $name() {
            $crate::testing::contract::$name($make()).await;
        })*
    };
}
