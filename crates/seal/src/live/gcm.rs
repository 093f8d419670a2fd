//! AES-256-GCM (NIST SP 800-38D) with the errors of this module.

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};

use super::Error;
use crate::Key;

/// Seals `buffer` in place and appends the tag of 16 bytes. A nonce must never come twice under a key.
pub(super) fn seal(
    key: &Key,
    nonce: [u8; 12],
    aad: &[u8],
    buffer: &mut Vec<u8>,
) -> Result<(), Error> {
    Aes256Gcm::new(key.expose().into())
        .encrypt_in_place(&Nonce::from(nonce), aad, buffer)
        .map_err(|_| Error::TooLarge)
}

/// Opens what ends in its tag.
pub(super) fn open(
    key: &Key,
    nonce: [u8; 12],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, Error> {
    let mut buffer = sealed.to_vec();
    Aes256Gcm::new(key.expose().into())
        .decrypt_in_place(&Nonce::from(nonce), aad, &mut buffer)
        .map_err(|_| Error::Broken)?;
    Ok(buffer)
}
