//! Blobs (voice notes): a key for each, which travels inside a message; the relay keeps the sealed bytes
//! under their SHA-256.

use sha2::{Digest, Sha256};

use super::envelope::TAG;
use super::{Error, gcm};
use crate::Key;

/// Bytes of a sealed blob at most.
pub const BLOB: usize = 16 * 1024 * 1024;

const AAD: &[u8] = b"medibridge blob v1";

/// Seals under a key made for this one blob.
///
/// # Errors
/// [`Error::TooLarge`] if the sealed bytes were more than [`BLOB`], [`Error::NoRandom`].
pub fn seal_blob(content: &[u8]) -> Result<(Key, Vec<u8>), Error> {
    if content.len() > BLOB - TAG {
        return Err(Error::TooLarge);
    }
    let key = Key::make().map_err(|_| Error::NoRandom)?;
    let sealed = seal_blob_with(&key, content)?;
    Ok((key, sealed))
}

/// Under a key that seals nothing else: nonce 0.
pub(super) fn seal_blob_with(key: &Key, content: &[u8]) -> Result<Vec<u8>, Error> {
    let mut sealed = Vec::with_capacity(content.len() + TAG);
    sealed.extend_from_slice(content);
    gcm::seal(key, [0; 12], AAD, &mut sealed)?;
    Ok(sealed)
}

/// Opens a blob.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Truncated`], [`Error::Broken`]; in this order.
pub fn open_blob(key: &Key, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    if sealed.len() > BLOB {
        return Err(Error::TooLarge);
    }
    if sealed.len() < TAG {
        return Err(Error::Truncated);
    }
    gcm::open(key, [0; 12], AAD, sealed)
}

/// The name of a sealed blob at the relay: its SHA-256.
pub fn blob_name(sealed: &[u8]) -> [u8; 32] {
    Sha256::digest(sealed).into()
}
