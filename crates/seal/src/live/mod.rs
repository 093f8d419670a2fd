//! The end-to-end envelopes of a live consultation, as docs/consultation.md says them: no socket, no clock,
//! no JSON. `ui/src/seal` is the same for the phone, and both run `tests/fixtures/seal`.
//!
//! A guest comes to trust a host by a [`JoinLink`] or a spoken code ([`SpokenGuest`]), says hello
//! ([`guest_hello`]), and both go on with a [`Channel`]; people compare the [`sas`].

mod blob;
mod channel;
mod drawn;
mod envelope;
mod error;
mod gcm;
mod hello;
mod host;
mod link;
mod sas;
mod spoken;
#[cfg(test)]
mod vectors;
mod window;

pub use blob::{BLOB, blob_name, open_blob, seal_blob};
pub use channel::Channel;
pub use envelope::{CONTENT, ENVELOPE, Header, Kind, peek, rekey_envelope};
pub use error::Error;
pub use hello::{HostOpened, Psk, PskId, guest_hello, host_open_hello};
pub use host::{HostKey, HostPublic};
pub use link::{Greeting, JoinLink};
pub use sas::{Commitment, EMOJI, EMOJI_NAMES, SasNumber, sas, sas_number};
pub use spoken::{Spoken, SpokenCode, SpokenGuest, SpokenHost};

/// A stream at the relay, the 16 bytes of its id: everything sealed is bound to it.
pub type Stream = [u8; 16];
