//! Names that follow from what they name: the same report exported twice is the same instance, so that
//! no archive and no server holds it twice.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A UUID version 8 (RFC 9562, section 5.8) of these words.
pub(crate) fn uuid(words: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(b"medibridge derived v1");
    for word in words {
        hash.update((word.len() as u64).to_le_bytes());
        hash.update(word);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// That UUID as a DICOM UID (PS3.5 B.2).
pub(crate) fn uid(words: &[&str]) -> String {
    format!("2.25.{}", uuid(words).as_u128())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_their_words_and_where_one_ends() {
        assert_eq!(uid(&["a", "b"]), uid(&["a", "b"]));
        assert_ne!(uid(&["ab", ""]), uid(&["a", "b"]));
        assert!(uid(&["a"]).len() <= 64);
        assert_eq!(uuid(&["a"]).get_version_num(), 8);
    }
}
