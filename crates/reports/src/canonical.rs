//! The canonical form of a document: what is signed, kept by the record, and carried inside the PDF.
//!
//! JSON after RFC 8785 (JCS): keys sorted, numbers as ECMAScript writes them, no white space. Two
//! programs that agree on the content agree on every byte, so that a signature over the bytes is a
//! signature over the content.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{Document, Error, FORMAT, Result};

/// Largest canonical form, in bytes. A long report has 20 kB.
pub(crate) const LARGEST: usize = 1 << 20;

/// The canonical form of a document.
///
/// # Errors
/// [`Error::NotCanonical`] where a number in it is not finite: JSON has no such thing.
pub fn canonical(document: &Document) -> Result<Vec<u8>> {
    let bytes = serde_json_canonicalizer::to_vec(document).map_err(|_| Error::NotCanonical)?;
    // JSON writes what is not finite as `null`, which does not read back as a number.
    match parse_canonical(&bytes) {
        Ok(back) if back == *document => Ok(bytes),
        Err(too_large @ Error::TooLarge { .. }) => Err(too_large),
        _ => Err(Error::NotCanonical),
    }
}

/// Reads a canonical form back, strictly: nothing unknown, nothing missing, not a byte that another
/// writer would place elsewhere.
///
/// # Errors
/// [`Error::UnknownFormat`] for a document of a newer program; [`Error::NotCanonical`];
/// [`Error::TooLarge`] above 1 MiB.
pub fn parse_canonical(bytes: &[u8]) -> Result<Document> {
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge { what: "document" });
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Error::NotCanonical)?;
    if head.format != FORMAT {
        return Err(Error::UnknownFormat(head.format));
    }
    let document: Document = serde_json::from_slice(bytes).map_err(|_| Error::NotCanonical)?;
    match serde_json_canonicalizer::to_vec(&document) {
        Ok(again) if again == bytes => Ok(document),
        _ => Err(Error::NotCanonical),
    }
}

/// SHA-256 (hex) of a canonical form: the fingerprint of a revision.
pub fn fingerprint(canonical: &[u8]) -> String {
    hex::encode(Sha256::digest(canonical))
}
