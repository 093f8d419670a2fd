//! Where streams are kept: the one seam under the relay.
//!
//! Today an SQLite file ([`sqlite::SqliteLog`]); the trait is written so that an engine of many nodes
//! (NATS JetStream) can stand here too. Whatever stands here keeps `testing::contract`. Time is passed
//! in: a log has no clock.

pub mod sqlite;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use protocol::{Closed, FromRelay, Refusal, Sender, StreamId};
use uuid::Uuid;

/// An answer that comes once the act is durable.
pub type Answer<T> = BoxFuture<'static, Result<T, LogError>>;
/// Takes what has become durable: each stream's news in order, each once. It must not block.
pub type Tell = Arc<dyn Fn(Vec<News>) + Send + Sync>;
/// SHA-256.
pub type Hash = [u8; 32];

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// A workstation.
    Host(Uuid),
    /// The guest of this stream.
    Guest(StreamId),
}

/// A door to open.
#[derive(Clone, Debug)]
pub struct Door {
    /// Its public code.
    pub code: String,
    /// What a guest reads there.
    pub greeting: Vec<u8>,
    /// When it closes by itself, milliseconds since 1970.
    pub ends: i64,
}

/// What a guest's token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The one stream.
    pub stream: StreamId,
    /// When the token ends, milliseconds since 1970.
    pub ends: i64,
}

/// An envelope to add.
#[derive(Clone, Debug)]
pub struct Append {
    /// Who adds it.
    pub by: Party,
    /// Where.
    pub stream: StreamId,
    /// The client's own key for it.
    pub key: Uuid,
    /// The sealed bytes.
    pub envelope: Vec<u8>,
    /// Now, milliseconds since 1970.
    pub at: i64,
}

/// An envelope in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where.
    pub stream: StreamId,
    /// Its place, from 1 without gaps.
    pub seq: u64,
    /// Its sender's key for it.
    pub key: Uuid,
    /// Who added it.
    pub from: Sender,
    /// When, milliseconds since 1970.
    pub at: i64,
    /// The sealed bytes.
    pub envelope: Vec<u8>,
}

/// A piece of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// In order; the next piece follows after the last.
    pub entries: Vec<Entry>,
    /// The newest sequence number.
    pub head: u64,
    /// Whether nothing more comes.
    pub closed: Option<Closed>,
}

/// What has become durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// One more envelope.
    Entry(Entry),
    /// A stream has ended.
    Closed(StreamId, Closed),
}

/// What a log refuses, or cannot do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// Not there, or another's: the answer is the same.
    #[error("not there, or not yours")]
    NotFound,
    /// Closed.
    #[error("closed")]
    Closed,
    /// The code is another's door.
    #[error("taken")]
    Taken,
    /// Beyond a size.
    #[error("too large")]
    TooLarge,
    /// Beyond a count or a quota.
    #[error("too many")]
    TooMany,
    /// The same key came with other bytes.
    #[error("this key came with other bytes")]
    KeyReused,
    /// The disk is full or failing; nothing was stored.
    #[error("nothing was stored: {0}")]
    Storage(String),
}

impl From<Entry> for FromRelay {
    fn from(entry: Entry) -> Self {
        Self::Entry {
            stream: entry.stream,
            seq: entry.seq,
            key: entry.key,
            from: entry.from,
            at: entry.at,
            envelope: entry.envelope.into(),
        }
    }
}

impl LogError {
    /// As the wire says it.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::NotFound => Refusal::NotFound,
            Self::Closed => Refusal::Closed,
            Self::Taken => Refusal::Taken,
            Self::TooLarge => Refusal::TooLarge,
            Self::TooMany => Refusal::TooMany,
            Self::KeyReused => Refusal::KeyReused,
            Self::Storage(_) => Refusal::Storage,
        }
    }
}

/// Streams, doors and blobs, durable.
///
/// An act takes its place when its method is *called*; its answer can be awaited later. So calls of
/// one connection keep their order however their answers come.
pub trait Log: Send + Sync + 'static {
    /// Opens a door, or finds one's own again (with a new greeting and end); answers its stream.
    fn open_door(&self, host: Uuid, door: Door, now: i64) -> Answer<StreamId>;
    /// Closes a door and its own stream; streams of those who knocked stay.
    fn close_door(&self, host: Uuid, code: String) -> Answer<()>;
    /// What a guest reads at an open door.
    fn greeting(&self, code: String, now: i64) -> Answer<Vec<u8>>;
    /// Makes a stream for a guest, known by the hash of its token, and tells it on the door's stream.
    fn knock(&self, code: String, token: Hash, ends: i64, now: i64) -> Answer<StreamId>;
    /// Who has stood at a door since before a time, neither admitted nor closed, oldest first.
    fn standing(&self, code: String, before: i64) -> Answer<Vec<StreamId>>;
    /// Whose token this is, if it has not ended.
    fn guest(&self, token: Hash, now: i64) -> Answer<Guest>;
    /// Lets a token that has not ended last until `ends`.
    fn renew(&self, token: Hash, ends: i64, now: i64) -> Answer<Guest>;
    /// The limits of a knock no longer hold.
    fn admit(&self, host: Uuid, stream: StreamId) -> Answer<()>;
    /// Ends a guest's stream and its token.
    fn close(&self, host: Uuid, stream: StreamId) -> Answer<()>;
    /// Ends a stream of someone who stood at a door and went away.
    fn give_up(&self, stream: StreamId) -> Answer<()>;
    /// Adds an envelope and answers its place; the same key again is stored once.
    fn append(&self, append: Append) -> Answer<u64>;
    /// At most `most` entries after a place, or fewer when they are large; empty only at the end.
    fn read(&self, by: Party, stream: StreamId, after: u64, most: u32) -> Answer<Piece>;
    /// Keeps a blob under its hash (which the caller has checked).
    fn put_blob(&self, by: Party, stream: StreamId, hash: Hash, bytes: Vec<u8>) -> Answer<()>;
    /// A blob that this stream has.
    fn blob(&self, by: Party, stream: StreamId, hash: Hash) -> Answer<Vec<u8>>;
    /// Removes doors and streams whose time is over, with their envelopes and blobs; answers how many.
    fn expire(&self, now: i64) -> Answer<u64>;
    /// Answers once everything asked before is durable.
    fn flush(&self) -> Answer<()>;
}
