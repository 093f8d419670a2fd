//! What opens a sealed report: six words drawn by chance, or words of the person's own.
//!
//! PDF 2.0 (ISO 32000-2, 7.6.4.3.3) prepares a passphrase by SASLprep (RFC 4013) and reads the first 127
//! bytes of it. Both is done here, once, so that what is kept and shown is what every reader takes.

use std::{collections::BTreeSet, fmt};

use basics::Secret;
use bip39::Language;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// Words of a drawn passphrase: 6 × 11 bits.
const WORDS: usize = 6;
/// Characters that a chosen one has at least, unless it has [`FEWEST_WORDS`].
const FEWEST_CHARACTERS: usize = 12;
/// Words that a chosen one has at least, unless it has [`FEWEST_CHARACTERS`].
const FEWEST_WORDS: usize = 4;
/// Different characters that a chosen one has at least: no `aaaaaaaaaaaa`.
const FEWEST_DIFFERENT: usize = 5;
/// Bytes that PDF reads.
const LONGEST: usize = 127;

/// A passphrase as PDF readers take it. Shown once; never in the same message as the file.
#[derive(Clone)]
pub struct Passphrase(Secret<String>);

impl Passphrase {
    /// Six words of the BIP-39 English list, drawn by the operating system: 66 bits.
    ///
    /// # Errors
    /// [`Error::Randomness`] where the system has none.
    pub fn generate() -> Result<Self> {
        let mut drawn = Zeroizing::new([0_u8; WORDS * 2]);
        getrandom::fill(&mut drawn[..]).map_err(|_| Error::Randomness)?;
        let list = Language::English.word_list();
        // 2048 divides 65536: every word is equally likely.
        let words: Vec<&str> = drawn
            .chunks_exact(2)
            .map(|pair| list[usize::from(u16::from_le_bytes([pair[0], pair[1]])) % list.len()])
            .collect();
        Ok(Self(Secret::new(words.join(" "))))
    }

    /// One that a person made up: at least 12 characters, or at least 4 words of two characters; not
    /// fewer than five different characters; in the form of RFC 4013 at most 127 bytes.
    ///
    /// # Errors
    /// [`Error::PassphraseShort`], [`Error::PassphraseLong`], [`Error::PassphraseCharacter`].
    pub fn chosen(text: Secret<String>) -> Result<Self> {
        let passphrase = Self::given(text)?;
        let text = passphrase.expose();
        let words = text.split_whitespace().filter(|w| w.chars().count() > 1);
        let different: BTreeSet<char> = text.chars().collect();
        let long = text.chars().count() >= FEWEST_CHARACTERS || words.count() >= FEWEST_WORDS;
        match long && different.len() >= FEWEST_DIFFERENT {
            true => Ok(passphrase),
            false => Err(Error::PassphraseShort),
        }
    }

    /// One that exists already, to open a file with or as the record keeps it. White space at its ends
    /// is no part of it.
    ///
    /// # Errors
    /// [`Error::PassphraseLong`], [`Error::PassphraseCharacter`]; [`Error::PassphraseShort`] when empty.
    pub fn given(text: Secret<String>) -> Result<Self> {
        let trimmed = text.expose().trim();
        // RFC 4013 maps an old control letter or a soft hyphen to nothing: empty is checked after.
        let prepared = stringprep::saslprep(trimmed).map_err(|_| Error::PassphraseCharacter)?;
        match prepared.len() {
            0 => Err(Error::PassphraseShort),
            1..=LONGEST => Ok(Self(Secret::new(prepared.into_owned()))),
            _ => Err(Error::PassphraseLong),
        }
    }

    /// The words, to be shown once or handed to a reader.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// For the record.
    pub fn secret(&self) -> &Secret<String> {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Result<String> {
        Passphrase::chosen(Secret::new(text.into())).map(|p| p.expose().into())
    }

    #[test]
    fn six_different_words_each_time() {
        let all: BTreeSet<String> = (0..64)
            .map(|_| Passphrase::generate().unwrap().expose().to_owned())
            .collect();
        assert_eq!(all.len(), 64);
        let list = Language::English.word_list();
        for one in &all {
            let words: Vec<&str> = one.split(' ').collect();
            assert_eq!(words.len(), 6);
            assert!(words.iter().all(|word| list.contains(word)));
            assert!(chosen(one).is_ok(), "a drawn one satisfies the rules");
        }
        assert!((list.len() as f64).log2() * 6.0 >= 66.0);
    }

    #[test]
    fn short_or_monotonous_is_refused() {
        for bad in [
            "",
            "   ",
            "short",
            "elevenchars",
            "a b c d",
            "aaaaaaaaaaaaaaaa",
            "ab ab ab ab",
        ] {
            assert!(
                matches!(chosen(bad), Err(Error::PassphraseShort)),
                "{bad:?}"
            );
        }
        assert_eq!(chosen(" twelve-chars ").unwrap(), "twelve-chars");
        assert_eq!(chosen("ni hao ma wo").unwrap(), "ni hao ma wo");
    }

    #[test]
    fn prepared_as_pdf_readers_prepare_it() {
        // RFC 4013, section 3: soft hyphen to nothing, compatibility forms composed, odd spaces to a space.
        assert_eq!(
            chosen("I\u{ad}X \u{2168}\u{a0}corridor").unwrap(),
            "IX IX corridor"
        );
        assert_eq!(
            chosen("caf\u{65}\u{301} au lait").unwrap(),
            "caf\u{e9} au lait"
        );
        assert_eq!(chosen("मेरा लंबा गुप्त वाक्य").unwrap(), "मेरा लंबा गुप्त वाक्य");
        assert!(chosen("كلمة سر طويلة جدا").is_ok());
        let mixed = chosen("عربي and latin words");
        assert!(
            matches!(mixed, Err(Error::PassphraseCharacter)),
            "RFC 4013, 2.3"
        );
        assert!(matches!(
            chosen("bell\u{7}bell\u{7}bell"),
            Err(Error::PassphraseCharacter)
        ));
    }

    #[test]
    fn what_a_reader_would_cut_is_refused() {
        let long: String = ('a'..='z').cycle().take(LONGEST).collect();
        assert!(chosen(&long).is_ok());
        assert!(matches!(
            chosen(&format!("{long}x")),
            Err(Error::PassphraseLong)
        ));
        assert!(matches!(
            chosen(&"語".repeat(43)),
            Err(Error::PassphraseLong)
        ));
    }

    #[test]
    fn debug_shows_no_word() {
        let one = Passphrase::given(Secret::new("correct horse".into())).unwrap();
        assert!(!format!("{one:?}").contains("horse"));
    }
}
