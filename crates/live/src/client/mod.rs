//! The way to a relay: HTTP for enrolment and sounds, one socket for everything else.
//!
//! ```text
//! let relay = Relay::new(&address, Trust::Platform)?;
//! let enrolment = relay.enrol(&code, &key, &name).await?;
//! let (link, mut events) = Socket::open(relay, Pass::Workstation(minter));
//! while let Some(event) = events.recv().await { … }
//! ```

use std::sync::Arc;

use basics::Secret;
use protocol::{FromClient, FromRelay, Greeting, Health, Knocked, StreamId};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::{Error, Result, content::Sound};

/// Which certificates are good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Those that the operating system trusts.
    Platform,
    /// This one alone, by the SHA-256 of its DER.
    Pinned([u8; 32]),
}

/// A workstation's Ed25519 key.
#[derive(Clone)]
pub struct WorkstationKey(Secret<[u8; 32]>);

/// Who this workstation is at a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The workstation's id.
    pub workstation: Uuid,
    /// The relay's id.
    pub relay: Uuid,
}

/// As whom to connect.
#[derive(Clone)]
pub enum Pass {
    /// An enrolled workstation: tokens of five minutes are made as they are needed.
    Workstation(WorkstationKey, Enrolment),
    /// A guest's capability.
    Guest(Secret<Vec<u8>>),
}

/// A relay's HTTP side. Cheap to clone.
#[derive(Clone)]
pub struct Relay {}

/// The socket; dropping it closes the connection.
pub struct Socket {}

/// What happens on the socket.
pub enum Event {
    /// The relay knows us. Frames are sent on this line; it is of no use after the next event of this kind or `Disconnected`.
    Connected(Line),
    /// It said something (never `Welcome`, `Renewed` or `Draining`).
    Frame(FromRelay),
    /// The connection is lost or did not come about; it is tried again by itself until the socket is dropped.
    Disconnected(Error),
}

/// One connection's way out.
#[derive(Clone)]
pub struct Line(#[allow(dead_code)] mpsc::UnboundedSender<FromClient>);

impl WorkstationKey {
    /// A new key.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn generate() -> Result<Self> {
        Err(Error::NoRandom)
    }
    /// The key with this seed, as kept.
    pub fn from_bytes(seed: Secret<[u8; 32]>) -> Self {
        Self(seed)
    }
    /// The seed, to be kept encrypted.
    pub fn to_bytes(&self) -> Secret<[u8; 32]> {
        self.0.clone()
    }
    /// The public key.
    pub fn public(&self) -> [u8; 32] {
        [0; 32]
    }
}

impl Relay {
    /// A relay at `https://host[:port]`; `http` only on this machine.
    ///
    /// # Errors
    /// [`Error::Address`].
    pub fn new(_address: &str, _trust: Trust) -> Result<Self> {
        Ok(Self {})
    }
    /// How it is; also tells whether there is one.
    ///
    /// # Errors
    /// What failed: address, certificate, not a relay, draining.
    pub async fn health(&self) -> Result<Health> {
        Err(Error::Unreachable)
    }
    /// Introduces this workstation.
    ///
    /// # Errors
    /// [`Error::WrongCode`] and those of the way there.
    pub async fn enrol(
        &self,
        _code: &str,
        _key: &WorkstationKey,
        _name: &str,
    ) -> Result<Enrolment> {
        Err(Error::Unreachable)
    }
    /// Goes the whole way – address, certificate, health, token – and says how long it took, or what failed.
    ///
    /// # Errors
    /// The first thing that failed.
    pub async fn test(&self, _pass: &Pass) -> Result<std::time::Duration> {
        Err(Error::Unreachable)
    }
    /// What hangs on a door.
    ///
    /// # Errors
    /// [`Error::NotFound`] and those of the way there.
    pub async fn greeting(&self, _door: &str) -> Result<Greeting> {
        Err(Error::Unreachable)
    }
    /// Knocks at a door.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooMany`] and those of the way there.
    pub async fn knock(&self, _door: &str) -> Result<Knocked> {
        Err(Error::Unreachable)
    }
    /// Seals a sound and puts it into a stream. `progress` gets bytes sent, of how many.
    ///
    /// # Errors
    /// [`Error::TooLarge`] and those of the way there.
    pub async fn put_sound(
        &self,
        _pass: &Pass,
        _stream: StreamId,
        _wav: &[u8],
        _ms: u64,
        _progress: Arc<dyn Fn(u64, u64) + Send + Sync>,
    ) -> Result<Sound> {
        Err(Error::Unreachable)
    }
    /// Fetches a sound out of a stream and opens it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unopenable`], [`Error::TooLarge`] and those of the way there.
    pub async fn fetch_sound(
        &self,
        _pass: &Pass,
        _stream: StreamId,
        _sound: &Sound,
        _progress: Arc<dyn Fn(u64, u64) + Send + Sync>,
    ) -> Result<Vec<u8>> {
        Err(Error::Unreachable)
    }
}

impl Socket {
    /// Connects, and stays connected as well as it can. Must be called inside a tokio runtime.
    pub fn open(_relay: Relay, _pass: Pass) -> (Self, mpsc::Receiver<Event>) {
        (Self {}, mpsc::channel(1).1)
    }
}

impl Line {
    /// Says something; dropped silently when this connection is over.
    pub fn send(&self, frame: FromClient) {
        let _ = self.0.send(frame);
    }
}
