//! A file sealed in chunks, so that it is never whole in memory and no chunk can be changed,
//! dropped, moved or taken from another file.
//!
//! ```text
//! file  = header ‖ chunk 0 ‖ … ‖ chunk n
//! header= "MBS" ‖ version (1 byte, 1) ‖ salt (24 bytes, random)
//! key   = BLAKE3 derive_key("medibridge 2026-11 sealed file", key ‖ header ‖ associated data)
//! chunk = XChaCha20-Poly1305(key, nonce, up to 65,536 bytes)      16 bytes longer than its content
//! nonce = zeros (15 bytes) ‖ chunk number (8 bytes, big-endian) ‖ last (1 byte: 1 for chunk n)
//! ```
//!
//! This is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
//! Nonce-Reuse Misuse-Resistance, 2015, section 7) under a key made for this one file: the salt makes
//! the key new for each sealing, the header and the associated data are bound through the key, the
//! number binds the order, and the flag shows that the end is the end. There is always one chunk; only the only chunk may
//! be empty.

use std::io::{ErrorKind, Read, Write};

use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{AeadInOut, KeyInit},
};
use zeroize::Zeroizing;

use crate::{Key, SealError, random};

/// Bytes of content in every chunk but the last.
pub const CHUNK: usize = 64 * 1024;

const MAGIC: [u8; 4] = *b"MBS\x01";
const SALT: usize = 24;
const TAG: usize = 16;
const CONTEXT: &str = "medibridge 2026-11 sealed file";

/// Seals everything that `content` gives; returns the bytes of content.
///
/// `associated` is not stored: whoever opens must give the same, e.g. the file's name.
///
/// # Errors
/// [`SealError::NoRandom`]; [`SealError::Io`].
pub fn seal(
    key: &Key,
    associated: &[u8],
    content: &mut dyn Read,
    sealed: &mut dyn Write,
) -> Result<u64, SealError> {
    seal_with_salt(key, associated, random()?, content, sealed)
}

/// Opens what [`seal`] made; returns the bytes of content.
///
/// Each chunk is checked before it is written, but only `Ok` says that none is missing: on an
/// error, throw away what was written.
///
/// # Errors
/// [`SealError::UnknownFormat`]; [`SealError::Broken`]; [`SealError::Io`].
pub fn open(
    key: &Key,
    associated: &[u8],
    sealed: &mut dyn Read,
    content: &mut dyn Write,
) -> Result<u64, SealError> {
    let mut header = [0; MAGIC.len() + SALT];
    if read_up_to(sealed, &mut header)? < header.len() || header[..MAGIC.len()] != MAGIC {
        return Err(SealError::UnknownFormat);
    }
    let cipher = cipher(key, associated, &header);
    let mut total = 0;
    for_each_chunk(sealed, CHUNK + TAG, |number, last, chunk| {
        cipher
            .decrypt_in_place(&nonce(number, last).into(), b"", chunk)
            .map_err(|_| SealError::Broken)?;
        if chunk.is_empty() && number > 0 {
            return Err(SealError::Broken);
        }
        total += chunk.len() as u64;
        Ok(content.write_all(chunk)?)
    })?;
    Ok(total)
}

/// How long the sealed file of so many bytes is.
pub fn sealed_len(content: u64) -> u64 {
    let chunks = content.div_ceil(CHUNK as u64).max(1);
    (MAGIC.len() + SALT) as u64 + content + chunks * TAG as u64
}

fn seal_with_salt(
    key: &Key,
    associated: &[u8],
    salt: [u8; SALT],
    content: &mut dyn Read,
    sealed: &mut dyn Write,
) -> Result<u64, SealError> {
    let mut header = [0; MAGIC.len() + SALT];
    header[..MAGIC.len()].copy_from_slice(&MAGIC);
    header[MAGIC.len()..].copy_from_slice(&salt);
    sealed.write_all(&header)?;
    let cipher = cipher(key, associated, &header);
    let mut total = 0;
    for_each_chunk(content, CHUNK, |number, last, chunk| {
        total += chunk.len() as u64;
        cipher
            .encrypt_in_place(&nonce(number, last).into(), b"", chunk)
            .map_err(|_| SealError::Broken)?;
        Ok(sealed.write_all(chunk)?)
    })?;
    Ok(total)
}

fn cipher(key: &Key, associated: &[u8], header: &[u8]) -> XChaCha20Poly1305 {
    let mut bound = header.to_vec();
    bound.extend_from_slice(associated);
    XChaCha20Poly1305::new(key.derive(CONTEXT, &bound).expose().into())
}

fn nonce(number: u64, last: bool) -> [u8; 24] {
    let mut nonce = [0; 24];
    nonce[15..23].copy_from_slice(&number.to_be_bytes());
    nonce[23] = u8::from(last);
    nonce
}

/// Cuts `source` into chunks of `size` bytes; looks one byte ahead to know which is the last.
fn for_each_chunk(
    source: &mut dyn Read,
    size: usize,
    mut act: impl FnMut(u64, bool, &mut Vec<u8>) -> Result<(), SealError>,
) -> Result<(), SealError> {
    let mut ahead = Zeroizing::new(vec![0; size]);
    let mut chunk = Zeroizing::new(Vec::with_capacity(size + TAG));
    let mut len = read_up_to(source, &mut ahead)?;
    let mut number = 0;
    loop {
        chunk.clear();
        chunk.extend_from_slice(&ahead[..len]);
        len = if chunk.len() == size {
            read_up_to(source, &mut ahead)?
        } else {
            0
        };
        let last = len == 0;
        act(number, last, &mut chunk)?;
        if last {
            return Ok(());
        }
        number += 1;
    }
}

/// Fills `buffer` as far as `source` goes.
fn read_up_to(source: &mut dyn Read, buffer: &mut [u8]) -> Result<usize, SealError> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors that must never change: old files always open.
    #[test]
    fn files_sealed_by_the_first_version_open_forever() {
        let vectors = include_str!("../tests/vectors.txt");
        for line in vectors.lines().filter(|line| !line.starts_with('#')) {
            let [length, digest]: [&str; 2] =
                line.split(' ').collect::<Vec<_>>().try_into().unwrap();
            let content: Vec<u8> = (0..length.parse::<usize>().unwrap())
                .map(|at| (at % 251) as u8)
                .collect();
            let mut sealed = Vec::new();
            let key = Key::from_bytes([1; 32]);
            seal_with_salt(&key, b"name", [2; SALT], &mut &content[..], &mut sealed).unwrap();
            assert_eq!(blake3::hash(&sealed).to_hex().as_str(), digest, "{length}");
            assert_eq!(sealed.len() as u64, sealed_len(content.len() as u64));
        }
    }
}
