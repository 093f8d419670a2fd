//! The outside of an envelope: its header, which anyone can read, and the padding, so that a relay
//! cannot tell which phrase was sent by counting bytes.

use super::Error;

/// Bytes of an envelope at most.
pub const ENVELOPE: usize = 64 * 1024;
/// Bytes that may be said in one envelope: the largest padded content, less the byte that ends it.
pub const CONTENT: usize = (ENVELOPE - HEADER - 1 - ENC - TAG) / PAD * PAD - 1;

pub(super) const VERSION: u8 = 1;
pub(super) const HEADER: usize = 14;
pub(super) const ENC: usize = 65;
pub(super) const TAG: usize = 16;
/// Contents are padded to a multiple of this many bytes.
pub(super) const PAD: usize = 256;

/// What an envelope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A guest's first word of an epoch.
    Hello = 1,
    /// Something said.
    Sealed = 2,
    /// The host has no keys: say hello again.
    Rekey = 3,
    /// A message of the PAKE.
    Pake = 4,
}

/// What anyone can read of an envelope. Nothing vouches for it before the envelope is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it is.
    pub kind: Kind,
    /// From 1; 0 where the kind knows no epochs.
    pub epoch: u32,
    /// From 1 in sealed envelopes; 0 in all others.
    pub counter: u64,
}

/// Reads the header.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Truncated`], [`Error::UnknownVersion`], [`Error::UnknownKind`], [`Error::Malformed`]; in
/// this order.
pub fn peek(envelope: &[u8]) -> Result<Header, Error> {
    if envelope.len() > ENVELOPE {
        return Err(Error::TooLarge);
    }
    let (header, body) = envelope
        .split_first_chunk::<HEADER>()
        .ok_or(Error::Truncated)?;
    let [version, kind, e0, e1, e2, e3, counter @ ..] = *header;
    if version != VERSION {
        return Err(Error::UnknownVersion);
    }
    let kind = match kind {
        1 => Kind::Hello,
        2 => Kind::Sealed,
        3 => Kind::Rekey,
        4 => Kind::Pake,
        _ => return Err(Error::UnknownKind),
    };
    let epoch = u32::from_be_bytes([e0, e1, e2, e3]);
    let counter = u64::from_be_bytes(counter);
    let whole = match kind {
        Kind::Hello => epoch > 0 && counter == 0,
        Kind::Sealed => epoch > 0 && counter > 0,
        Kind::Rekey => epoch == 0 && counter == 0 && body.is_empty(),
        Kind::Pake => epoch == 0 && counter == 0,
    };
    if whole {
        Ok(Header {
            kind,
            epoch,
            counter,
        })
    } else {
        Err(Error::Malformed)
    }
}

/// The host's "I have no keys for you, say hello again". Not authenticated: all it can do is ask.
pub fn rekey_envelope() -> Vec<u8> {
    header(Header {
        kind: Kind::Rekey,
        epoch: 0,
        counter: 0,
    })
    .to_vec()
}

/// The header's bytes.
pub(super) fn header(header: Header) -> [u8; HEADER] {
    let mut bytes = [0; HEADER];
    bytes[0] = VERSION;
    bytes[1] = header.kind as u8;
    bytes[2..6].copy_from_slice(&header.epoch.to_be_bytes());
    bytes[6..].copy_from_slice(&header.counter.to_be_bytes());
    bytes
}

/// The content, a byte that ends it, and zeros (ISO/IEC 9797-1, method 2).
pub(super) fn pad(content: &[u8]) -> Result<Vec<u8>, Error> {
    if content.len() > CONTENT {
        return Err(Error::TooLarge);
    }
    let mut padded = Vec::with_capacity((content.len() / PAD + 1) * PAD + TAG);
    padded.extend_from_slice(content);
    padded.push(0x80);
    padded.resize((content.len() / PAD + 1) * PAD, 0);
    Ok(padded)
}

/// The content without its padding. Both ends hold the key: there is nobody to hide the padding from.
pub(super) fn unpad(mut padded: Vec<u8>) -> Result<Vec<u8>, Error> {
    let end = padded
        .iter()
        .rposition(|byte| *byte != 0)
        .ok_or(Error::Malformed)?;
    if !padded.len().is_multiple_of(PAD) || padded[end] != 0x80 {
        return Err(Error::Malformed);
    }
    padded.truncate(end);
    Ok(padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_tell_only_how_many_blocks_were_said() {
        for len in [0, 1, 254, 255, 256, 257, CONTENT] {
            let content = vec![0x80; len];
            let padded = pad(&content).unwrap();
            assert_eq!(padded.len(), (len / PAD + 1) * PAD);
            assert_eq!(unpad(padded).unwrap(), content);
        }
        assert_eq!(pad(&vec![0; CONTENT + 1]), Err(Error::TooLarge));
        assert_eq!(HEADER + 1 + ENC + CONTENT + 1 + TAG, 65_376);
        for broken in [vec![], vec![0; PAD], vec![1; PAD], vec![0x80; PAD + 1]] {
            assert_eq!(unpad(broken), Err(Error::Malformed));
        }
    }
}
