//! One row of the journal as bytes, and the hash that binds it to the row before.
//!
//! ```text
//! hash(n) = BLAKE3(version 1 ‖ number ‖ at ‖ workstation ‖ user ‖ verb ‖ subjects ‖ outcome ‖ code ‖ hash(n-1))
//! ```
//! Numbers are 8 bytes, little-endian; every text is its length (8 bytes) and its bytes, so that no
//! two rows have the same bytes; a missing field is length 2⁶⁴-1. hash(0) is 32 zeros.

use seal::Key;

use super::{Outcome, Subject};

/// BLAKE3 of a row and everything before it.
pub(crate) type Hash = [u8; 32];

/// hash(0).
pub(crate) const START: Hash = [0; 32];

/// A row without its hash.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) number: i64,
    pub(crate) at: i64,
    pub(crate) workstation: &'a [u8],
    pub(crate) user: Option<&'a [u8]>,
    pub(crate) verb: &'a str,
    pub(crate) subjects: &'a str,
    pub(crate) outcome: i64,
    pub(crate) code: Option<&'a str>,
}

impl Entry<'_> {
    /// The row's hash after `before`.
    pub(crate) fn hash(&self, before: &Hash) -> Hash {
        let mut bytes = Vec::with_capacity(256);
        bytes.push(1);
        bytes.extend(self.number.to_le_bytes());
        bytes.extend(self.at.to_le_bytes());
        text(&mut bytes, Some(self.workstation));
        text(&mut bytes, self.user);
        text(&mut bytes, Some(self.verb.as_bytes()));
        text(&mut bytes, Some(self.subjects.as_bytes()));
        bytes.extend(self.outcome.to_le_bytes());
        text(&mut bytes, self.code.map(str::as_bytes));
        bytes.extend(before);
        *blake3::hash(&bytes).as_bytes()
    }
}

fn text(bytes: &mut Vec<u8>, text: Option<&[u8]>) {
    bytes.extend(
        text.map_or(u64::MAX, |text| text.len() as u64)
            .to_le_bytes(),
    );
    bytes.extend(text.unwrap_or_default());
}

/// What the head's signature covers: everything up to and with row `number`.
pub(crate) fn head_bytes(workstation: &[u8], number: i64, hash: &Hash) -> Vec<u8> {
    let mut bytes = b"medibridge journal head v1".to_vec();
    text(&mut bytes, Some(workstation));
    bytes.extend(number.to_le_bytes());
    bytes.extend(hash);
    bytes
}

/// The journal's key pair from its sealed seed.
pub(crate) fn signing_key(seed: &Key) -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(seed.expose())
}

/// Subjects as the row stores them: `kind:id`, separated by spaces.
pub(crate) fn join(subjects: &[Subject]) -> String {
    let texts: Vec<_> = subjects.iter().map(ToString::to_string).collect();
    texts.join(" ")
}

/// The 16 bytes of each id in [`join`]'s text.
pub(crate) fn ids(subjects: &str) -> impl Iterator<Item = [u8; 16]> + '_ {
    subjects
        .split(' ')
        .filter_map(|subject| subject.split_once(':'))
        .filter_map(|(_, id)| uuid::Uuid::parse_str(id).ok())
        .map(uuid::Uuid::into_bytes)
}

/// How the row stores an outcome.
pub(crate) fn outcome_number(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Done => 0,
        Outcome::Refused => 1,
        Outcome::Failed => 2,
    }
}
