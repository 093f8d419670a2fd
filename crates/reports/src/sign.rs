//! The clinic's signature of a report: Ed25519 (RFC 8032) over the canonical document, which names every
//! image by the hash of its pixels. It proves that the clinic's key signed this content. It is no PDF
//! signature (PAdES): a PDF reader does not show it; `medibridge-cli report verify` does.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{Error, Result};

/// What stands before the canonical form when it is signed, so that no other thing that the key may
/// sign reads as a report.
const CONTEXT: &[u8] = b"medibridge report v1\0";
/// Name of the one way of signing.
const WAY: &str = "Ed25519, medibridge report v1";

/// The bytes that the clinic's key signs.
pub fn signing_bytes(canonical: &[u8]) -> Vec<u8> {
    [CONTEXT, canonical].concat()
}

/// A signature and the public key that it is checked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Over [`signing_bytes`].
    pub signature: [u8; 64],
    /// The clinic's report key. Whose it is, no file can prove: compare it with what the clinic says.
    pub key: [u8; 32],
}

/// `report.sig`, as it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    key: String,
    signature: String,
    way: String,
}

impl Signed {
    /// Signs with a key that is drawn for this one call and kept nowhere: for samples, which say so. A
    /// clinic's reports are signed by the record.
    ///
    /// # Errors
    /// [`Error::Randomness`] where the system has none.
    pub fn by_throw_away_key(canonical: &[u8]) -> Result<Self> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(&mut seed[..]).map_err(|_| Error::Randomness)?;
        let key = SigningKey::from_bytes(&seed);
        Ok(Self {
            signature: key.sign(&signing_bytes(canonical)).to_bytes(),
            key: key.verifying_key().to_bytes(),
        })
    }

    /// Whether the signature belongs to this canonical form and this key. Strict: keys of small order
    /// and other encodings of the same signature do not hold.
    pub fn holds(&self, canonical: &[u8]) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        VerifyingKey::from_bytes(&self.key).is_ok_and(|key| {
            key.verify_strict(&signing_bytes(canonical), &signature)
                .is_ok()
        })
    }

    /// As it is attached to the PDF.
    pub(crate) fn to_bytes(self) -> Result<Vec<u8>> {
        let written = Written {
            key: hex::encode(self.key),
            signature: hex::encode(self.signature),
            way: WAY.into(),
        };
        serde_json_canonicalizer::to_vec(&written).map_err(|_| Error::NotCanonical)
    }

    /// Reads the attachment.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(bytes).ok()?;
        let mut signed = Self {
            signature: [0; 64],
            key: [0; 32],
        };
        hex::decode_to_slice(&written.signature, &mut signed.signature).ok()?;
        hex::decode_to_slice(&written.key, &mut signed.key).ok()?;
        (written.way == WAY).then_some(signed)
    }
}
