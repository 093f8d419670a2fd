//! Whose word a translation is, and how a phrase was used: the record keeps them, the consultation
//! sends them, the translator makes them.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who stands behind a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The reader's language is what it was said in.
    SameLanguage,
    /// A phrase with a professional translation, or approved by the clinic's bilingual reviewer.
    VerifiedPhrase,
    /// A phrase of the phrasebook that nobody qualified has reviewed yet.
    UnreviewedPhrase,
    /// A translation engine.
    Machine,
    /// Nobody: there is no translation.
    NotTranslated,
}

/// A phrase of the phrasebook as somebody used it.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct PhraseUse {
    /// Its key.
    pub phrase: String,
    /// What fills its slots, by name: digits, or the key of a slot's value.
    pub slots: BTreeMap<String, String>,
}

/// What people say is never printed.
impl fmt::Debug for PhraseUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhraseUse(…)")
    }
}
