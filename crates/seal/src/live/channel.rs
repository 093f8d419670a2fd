//! What is said after a hello: one key for each direction, counters for nonces, a replay window.

use super::envelope::{HEADER, Header, Kind, TAG, header, pad, peek, unpad};
use super::window::Window;
use super::{Error, Stream, gcm};
use crate::Key;

/// The last counter that a key seals under: far below what AES-GCM bears, far above any consultation.
const LAST: u64 = u32::MAX as u64;

/// One side of one epoch of one guest's stream. It cannot be copied nor restored: a counter that came
/// twice under a key would give both messages away.
///
/// ```compile_fail,E0599
/// fn twice(channel: &seal::live::Channel) -> seal::live::Channel {
///     channel.clone()
/// }
/// ```
pub struct Channel {
    stream: Stream,
    epoch: u32,
    sending: Key,
    sent: u64,
    receiving: Key,
    window: Window,
    sas: Key,
}

/// Which end of the stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Guest,
    Host,
}

/// The keys of an epoch.
pub(super) struct Keys {
    /// Guest to host.
    pub(super) guest: Key,
    /// Host to guest.
    pub(super) host: Key,
    /// The short string's secret.
    pub(super) sas: Key,
}

impl Channel {
    pub(super) fn new(stream: Stream, epoch: u32, side: Side, keys: Keys) -> Self {
        let Keys { guest, host, sas } = keys;
        let (sending, receiving) = match side {
            Side::Guest => (guest, host),
            Side::Host => (host, guest),
        };
        Self {
            stream,
            epoch,
            sending,
            sent: 0,
            receiving,
            window: Window::default(),
            sas,
        }
    }

    /// Seals what is said into an envelope.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`super::CONTENT`], [`Error::Exhausted`] after 2³² − 1 envelopes.
    pub fn seal(&mut self, content: &[u8]) -> Result<Vec<u8>, Error> {
        let mut body = pad(content)?;
        if self.sent == LAST {
            return Err(Error::Exhausted);
        }
        self.sent += 1;
        let mut envelope = header(Header {
            kind: Kind::Sealed,
            epoch: self.epoch,
            counter: self.sent,
        })
        .to_vec();
        gcm::seal(
            &self.sending,
            nonce(self.sent),
            &aad(&envelope, &self.stream),
            &mut body,
        )?;
        envelope.append(&mut body);
        Ok(envelope)
    }

    /// Opens an envelope of the other side, once.
    ///
    /// # Errors
    /// Those of [`peek`], then [`Error::WrongKind`], [`Error::WrongEpoch`], [`Error::TooOld`], [`Error::Replayed`],
    /// [`Error::Truncated`], [`Error::Broken`], [`Error::Malformed`]; in this order.
    pub fn open(&mut self, envelope: &[u8]) -> Result<Vec<u8>, Error> {
        let head = peek(envelope)?;
        if head.kind != Kind::Sealed {
            return Err(Error::WrongKind);
        }
        if head.epoch != self.epoch {
            return Err(Error::WrongEpoch);
        }
        self.window.check(head.counter)?;
        let (header, body) = envelope.split_at(HEADER);
        if body.len() < TAG {
            return Err(Error::Truncated);
        }
        let padded = gcm::open(
            &self.receiving,
            nonce(head.counter),
            &aad(header, &self.stream),
            body,
        )?;
        // Only what opened may move the window: otherwise anyone could push it past what is on its way.
        self.window.take(head.counter)?;
        unpad(padded)
    }

    /// The secret of the short string ([`super::sas`]).
    pub fn sas_secret(&self) -> &Key {
        &self.sas
    }

    /// The epoch.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The stream.
    pub fn stream(&self) -> &Stream {
        &self.stream
    }
}

fn nonce(counter: u64) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[4..].copy_from_slice(&counter.to_be_bytes());
    nonce
}

fn aad(header: &[u8], stream: &Stream) -> Vec<u8> {
    [header, stream].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(side: Side) -> Channel {
        let key = |byte| Key::from_bytes([byte; 32]);
        Channel::new(
            [7; 16],
            1,
            side,
            Keys {
                guest: key(1),
                host: key(2),
                sas: key(3),
            },
        )
    }

    #[test]
    fn a_key_without_counters_left_seals_nothing_more() {
        let mut guest = channel(Side::Guest);
        guest.sent = LAST - 1;
        let last = guest.seal(b"the last").unwrap();
        assert_eq!(guest.seal(b"one more"), Err(Error::Exhausted));
        assert_eq!(channel(Side::Host).open(&last).unwrap(), b"the last");
    }

    #[test]
    fn what_does_not_open_does_not_move_the_window() {
        let (mut guest, mut host) = (channel(Side::Guest), channel(Side::Host));
        let first = guest.seal(b"first").unwrap();
        guest.sent = 5000;
        let mut forged = guest.seal(b"far ahead").unwrap();
        forged[20] ^= 1;
        assert_eq!(host.open(&forged), Err(Error::Broken));
        assert_eq!(host.open(&first).unwrap(), b"first");
    }
}
