//! The recovery phrase: words on paper that open the record when every password is lost.

use bip39::{Language, Mnemonic};
use seal::Key;
use zeroize::Zeroizing;

use crate::error::{ClinicError, Result};

const PHRASE: &str = "medibridge 2026-11 recovery phrase";

/// How many words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhraseLength {
    /// 12 words, 128 bits.
    #[default]
    Twelve,
    /// 24 words, 256 bits.
    TwentyFour,
}

/// Words of the BIP-39 English list; the last holds a checksum.
pub struct RecoveryPhrase(Mnemonic);

impl RecoveryPhrase {
    /// A new random phrase.
    pub(crate) fn make(length: PhraseLength) -> Result<Self> {
        let entropy = Zeroizing::new(seal::random::<32>()?);
        let used = match length {
            PhraseLength::Twelve => &entropy[..16],
            PhraseLength::TwentyFour => &entropy[..],
        };
        let words = Mnemonic::from_entropy_in(Language::English, used);
        words.map(Self).map_err(|_| ClinicError::Internal("phrase"))
    }

    /// Reads words as a person types them: any case, any white space between.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let words: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
        let text = Zeroizing::new(words.join(" "));
        let phrase = Mnemonic::parse_in_normalized(Language::English, &text);
        match phrase {
            Ok(phrase) if phrase.word_count() >= 12 => Ok(Self(phrase)),
            _ => Err(ClinicError::WrongPhrase),
        }
    }

    /// The words, in order.
    pub fn words(&self) -> Vec<&'static str> {
        self.0.words().collect()
    }

    /// The key that it stands for. Its entropy is at least 128 bits, so no stretching is needed.
    pub(crate) fn key(&self) -> Key {
        let entropy = Zeroizing::new(self.0.to_entropy());
        let mut padded = Zeroizing::new([0u8; 32]);
        padded[..entropy.len().min(32)].copy_from_slice(&entropy[..entropy.len().min(32)]);
        let length = [u8::try_from(entropy.len()).unwrap_or(u8::MAX)];
        Key::from_bytes(*padded).derive(PHRASE, &length)
    }
}

impl std::fmt::Debug for RecoveryPhrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryPhrase(…)")
    }
}
