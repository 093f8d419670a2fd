//! Who stands behind a phrase in a language. Nobody is told that a text was checked when it was not.
//!
//! English is the text that all others translate. A language is *professional* where the phrase's file
//! names the source (a test compares every such text with the source itself), and *approved* where a
//! bilingual reviewer of the clinic approved exactly this text: the approval holds the text's hash.

use std::collections::HashSet;

use basics::{Language, PhraseUse, Provenance};
use sha2::{Digest, Sha256};

use super::Phrasebook;
use crate::error::Result;

/// A reviewer's approval, as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Approval {
    /// The phrase's key.
    pub phrase: String,
    /// Its language.
    pub language: Language,
    /// What was approved: [`Phrasebook::hash`] at that time.
    pub hash: String,
}

/// The approvals that the clinic has given and not withdrawn.
#[derive(Clone, Debug, Default)]
pub struct Approvals(HashSet<Approval>);

/// Who stands behind a phrase in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the English text itself.
    Source,
    /// A professional translator.
    Professional {
        /// Where the translation is from, e.g. `tico-19`.
        source: String,
    },
    /// A reviewer of the clinic.
    Approved,
    /// Nobody qualified yet.
    Unreviewed,
}

impl FromIterator<Approval> for Approvals {
    fn from_iter<I: IntoIterator<Item = Approval>>(approvals: I) -> Self {
        Self(approvals.into_iter().collect())
    }
}

impl Standing {
    /// Whether somebody qualified stands behind it.
    pub fn is_verified(&self) -> bool {
        *self != Self::Unreviewed
    }
}

impl Phrasebook {
    /// What an approval is bound to: SHA-256, in hexadecimal, of the English text, the text in this
    /// language, and both texts of every value that its slots may take.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchPhrase`].
    pub fn hash(&self, key: &str, language: Language) -> Result<String> {
        let phrase = self.phrase(key)?;
        let mut parts = vec![key.to_owned(), language.tag().to_owned()];
        for language in [Language::En, language] {
            parts.push(phrase.text(language));
        }
        for (name, kind) in &phrase.slots {
            parts.push(name.clone());
            for (value, texts) in self.values(kind) {
                parts.push(value.clone());
                parts.extend(
                    [Language::En, language].map(|of| texts.get(&of).cloned().unwrap_or_default()),
                );
            }
        }
        let mut hash = Sha256::new();
        for part in parts {
            // Its length in front keeps two parts from reading as one.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Ok(hex::encode(hash.finalize()))
    }

    /// Who stands behind the phrase in this language.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchPhrase`].
    pub fn standing(
        &self,
        key: &str,
        language: Language,
        approvals: &Approvals,
    ) -> Result<Standing> {
        let phrase = self.phrase(key)?;
        if language == Language::En {
            return Ok(Standing::Source);
        }
        if let Some(source) = phrase.professional.get(&language) {
            let source = source.clone();
            return Ok(Standing::Professional { source });
        }
        let approval = Approval {
            phrase: key.into(),
            language,
            hash: self.hash(key, language)?,
        };
        Ok(match approvals.0.contains(&approval) {
            true => Standing::Approved,
            false => Standing::Unreviewed,
        })
    }

    /// What a reader of the phrase is told. Between two languages that are both not English, somebody
    /// must stand behind either.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchPhrase`].
    pub fn provenance(
        &self,
        key: &str,
        from: Language,
        to: Language,
        approvals: &Approvals,
    ) -> Result<Provenance> {
        if from == to {
            return Ok(Provenance::SameLanguage);
        }
        for language in [from, to] {
            if !self.standing(key, language, approvals)?.is_verified() {
                return Ok(Provenance::UnreviewedPhrase);
            }
        }
        Ok(Provenance::VerifiedPhrase)
    }

    /// The phrase in the reader's language, and what the reader is told of it.
    ///
    /// # Errors
    /// As [`Phrasebook::render`].
    pub fn translate(
        &self,
        used: &PhraseUse,
        from: Language,
        to: Language,
        approvals: &Approvals,
    ) -> Result<(String, Provenance)> {
        let text = self.render(used, to)?;
        Ok((text, self.provenance(&used.phrase, from, to, approvals)?))
    }
}
