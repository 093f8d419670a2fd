//! Bodies of the HTTP requests beside the socket.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `GET /health` | – | [`Health`] |
//! | `POST /v1/enrol` | [`Enrol`] | [`Enrolled`]; 403 for a wrong or spent code |
//! | `GET /v1/doors/{door}` | – | [`Greeting`]; 404 when closed, expired or never opened |
//! | `POST /v1/doors/{door}/knock` | – | [`Knocked`]; 404; 429 when too many stand there |
//! | `PUT /v1/streams/{stream}/blobs/{sha256}` | the sealed bytes | 201; 413; 422 when the hash differs |
//! | `GET /v1/streams/{stream}/blobs/{sha256}` | – | the sealed bytes |
//!
//! Blobs need `Authorization: Bearer` with a token that reaches the stream. Any request may be
//! answered 429 with `Retry-After`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Bytes, StreamId};

/// How the relay is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Health {
    /// `ok`, or `draining` when it is about to stop.
    pub status: String,
    /// The program's version.
    pub version: String,
    /// The relay's id, made once; the audience of tokens.
    pub relay: Uuid,
}

/// A workstation introduces itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Enrol {
    /// The one-time code that the relay printed.
    pub code: String,
    /// Its Ed25519 public key, 32 bytes.
    pub key: Bytes,
    /// What the operator of the relay sees in a list.
    pub name: String,
}

/// It may come in from now on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Enrolled {
    /// The workstation's id: the issuer of its tokens.
    pub workstation: Uuid,
    /// The relay's id: their audience.
    pub relay: Uuid,
}

/// What hangs on a door.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Greeting {
    /// The host's own bytes (docs/consultation.md, "Greeting").
    pub greeting: Bytes,
}

/// A guest's own stream.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Knocked {
    /// Where the guest and the host speak.
    pub stream: StreamId,
    /// The guest's capability for this one stream: 256 random bits.
    pub token: Bytes,
    /// Seconds that it lasts unless renewed.
    pub lasts_s: u64,
}
