//! Frames of the socket `/v1/live`: JSON text, tagged by `t`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Bytes;

/// A stream: an append-only log of envelopes, numbered from 1 without gaps.
pub type StreamId = Uuid;

/// What a workstation or a phone says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case", deny_unknown_fields)]
pub enum FromClient {
    /// The first frame, within [`crate::limits::HELLO`].
    Hello {
        /// [`crate::VERSION`].
        v: u8,
        /// A workstation's JWT, or a guest's capability token (base64url).
        token: String,
    },
    /// A fresh token before the old one ends, on the same socket; a guest sends its own again.
    Renew {
        /// As in `Hello`.
        token: String,
    },
    /// Opens a door, or finds one's own again. Workstations only.
    OpenDoor {
        /// Its public code.
        door: String,
        /// What a guest reads there.
        greeting: Bytes,
        /// Seconds until it closes by itself.
        lasts_s: u64,
    },
    /// Closes a door; streams of guests who already knocked stay. Workstations only.
    CloseDoor {
        /// Its code.
        door: String,
    },
    /// Asks for everything after `after`, then what comes. A door's stream holds the ids (16 bytes) of
    /// the streams of those who knocked.
    Subscribe {
        /// A door's or guest's stream.
        stream: StreamId,
        /// The last sequence number already held; 0 for all.
        after: u64,
    },
    /// Stops it.
    Unsubscribe {
        /// Which.
        stream: StreamId,
    },
    /// Adds an envelope. Sent again with the same key, it is stored once and acknowledged alike.
    Append {
        /// Where.
        stream: StreamId,
        /// Made by the client, for this envelope alone.
        key: Uuid,
        /// The sealed envelope.
        envelope: Bytes,
    },
    /// The guest may stay: the limits of a knock no longer hold. Workstations only.
    Admit {
        /// The guest's stream.
        stream: StreamId,
    },
    /// Ends a stream and its guest's token; it can be read until it expires by its host alone.
    /// Workstations only.
    CloseStream {
        /// Which.
        stream: StreamId,
    },
}

/// What the relay says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case", deny_unknown_fields)]
pub enum FromRelay {
    /// The token is good.
    Welcome {
        /// [`crate::VERSION`].
        v: u8,
        /// As whom.
        role: Role,
        /// Seconds until the token ends.
        lasts_s: u64,
        /// A guest's own stream.
        stream: Option<StreamId>,
    },
    /// The new token is good.
    Renewed {
        /// Seconds until it ends.
        lasts_s: u64,
    },
    /// The door is open.
    DoorOpened {
        /// Its code.
        door: String,
        /// Where knocks are told.
        stream: StreamId,
    },
    /// The door is closed.
    DoorClosed {
        /// Its code.
        door: String,
    },
    /// Entries after the cursor follow, then what comes.
    Subscribed {
        /// Which.
        stream: StreamId,
        /// The newest sequence number now.
        head: u64,
    },
    /// The envelope is on disk.
    Stored {
        /// Where.
        stream: StreamId,
        /// The client's key.
        key: Uuid,
        /// Its place.
        seq: u64,
    },
    /// One envelope; everyone subscribed gets it, its sender too.
    Entry {
        /// Where.
        stream: StreamId,
        /// Its place; always one more than the entry before.
        seq: u64,
        /// Its sender's key for it.
        key: Uuid,
        /// Who appended it.
        from: Sender,
        /// When, milliseconds since 1970 by the relay's clock.
        at: i64,
        /// The sealed envelope.
        envelope: Bytes,
    },
    /// Who is connected to this stream changed.
    Presence {
        /// Which.
        stream: StreamId,
        /// Its workstation.
        host: bool,
        /// Its guest.
        guest: bool,
    },
    /// The guest may stay.
    Admitted {
        /// Whose stream.
        stream: StreamId,
    },
    /// Nothing more comes on this stream.
    Closed {
        /// Which.
        stream: StreamId,
        /// Why.
        why: Closed,
    },
    /// A frame was not carried out; the connection lives on unless the relay ends it.
    Refused {
        /// Why.
        why: Refusal,
        /// The stream it was about.
        stream: Option<StreamId>,
        /// The append it was about.
        key: Option<Uuid>,
        /// The door it was about.
        door: Option<String>,
        /// Milliseconds to wait before trying again, where that helps.
        retry_ms: Option<u64>,
    },
    /// The relay is about to stop: reconnect in a moment.
    Draining,
}

/// As whom a client is connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// An enrolled workstation.
    Host,
    /// A guest with a capability for one stream.
    Guest,
}

/// Who appended an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// The workstation.
    Host,
    /// The guest.
    Guest,
    /// The relay itself: a knock on a door.
    Relay,
}

/// Why nothing more comes on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// Its host closed it.
    ByHost,
    /// Its time is over.
    Expired,
}

/// Why a frame was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The token is wrong, expired or revoked. The connection ends.
    Token,
    /// This version is not spoken here. The connection ends.
    Version,
    /// Not yours, or not there: the answer is the same.
    NotFound,
    /// The stream or door was closed.
    Closed,
    /// The code belongs to another's door.
    Taken,
    /// An envelope, greeting, code or lifetime beyond its limit.
    TooLarge,
    /// Too many at once; see `retry_ms`.
    TooMany,
    /// The same key came with other bytes.
    KeyReused,
    /// The relay's disk is full or failing; nothing was stored.
    Storage,
}
