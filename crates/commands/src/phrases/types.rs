//! What the screens ask and get about the phrasebook.

use basics::{Language, Phi, PhraseUse, Provenance, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::session::Role;

/// A page of phrases, in the book's order.
#[derive(Debug, Deserialize, TS)]
pub struct PhrasesRequest {
    /// What a patient says, or else what a doctor says; what both say is in either.
    pub for_patient: bool,
    /// Only of this situation.
    pub situation: Option<String>,
    /// Only those with all of these words in one of the two languages; empty for all.
    pub query: String,
    /// What the speaker reads.
    pub language: Language,
    /// What the listener reads.
    pub reading_language: Language,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 500.
    pub limit: u32,
}

/// A page of phrases.
#[derive(Debug, Serialize, TS)]
pub struct PhrasesPage {
    /// They.
    pub rows: Vec<PhraseView>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// Every situation of the book.
    pub situations: Vec<SituationView>,
}

/// A situation.
#[derive(Debug, Serialize, TS)]
pub struct SituationView {
    /// Its key.
    pub key: String,
    /// Its title in the speaker's language.
    pub title: String,
    /// How many phrases it has for the one who speaks.
    pub phrases: u32,
}

/// A phrase in two languages.
#[derive(Debug, Serialize, TS)]
pub struct PhraseView {
    /// Its key.
    pub key: String,
    /// Key of its situation.
    pub situation: String,
    /// `question`, `answer`, `instruction`, `consent`, `emergency` or `greeting`.
    pub kind: String,
    /// In the speaker's language, slots as `{name}`.
    pub text: String,
    /// In the listener's language, the same slots.
    pub translation: String,
    /// Who stands behind the translation.
    pub provenance: Provenance,
    /// Its slots.
    pub slots: Vec<SlotView>,
}

/// A blank in a phrase.
#[derive(Debug, Serialize, TS)]
pub struct SlotView {
    /// Its name in the text.
    pub name: String,
    /// What it takes; empty for a number: digits as typed.
    pub values: Vec<SlotValueView>,
}

/// Something that fills a blank.
#[derive(Debug, Serialize, TS)]
pub struct SlotValueView {
    /// Its key.
    pub key: String,
    /// In the speaker's language.
    pub text: String,
    /// In the listener's language.
    pub translation: String,
}

/// Asks for phrases that come close to a text.
#[derive(Debug, Deserialize, TS)]
pub struct SuggestRequest {
    /// The text.
    pub text: Phi<String>,
    /// What it is written in.
    pub language: Language,
    /// What the listener reads.
    pub reading_language: Language,
    /// At most 10.
    pub limit: u32,
}

/// A phrase that comes close.
#[derive(Debug, Serialize, TS)]
pub struct SuggestionView {
    /// The phrase, with the slots that the text filled.
    pub phrase: PhraseUse,
    /// In the speaker's language; slots that are not filled as `{name}`.
    pub text: String,
    /// In the listener's language.
    pub translation: String,
    /// Who stands behind the translation.
    pub provenance: Provenance,
}

/// A page of phrases to review.
#[derive(Debug, Deserialize, TS)]
pub struct ReviewPageRequest {
    /// The language to review against English.
    pub language: Language,
    /// Only those that nobody stands behind yet.
    pub only_open: bool,
    /// Only those with all of these words; empty for all.
    pub query: String,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of phrases to review.
#[derive(Debug, Serialize, TS)]
pub struct ReviewPage {
    /// They.
    pub rows: Vec<ReviewRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// The languages that the one who asks was named for.
    pub progress: Vec<ReviewProgress>,
}

/// How far the review of a language has come.
#[derive(Debug, Serialize, TS)]
pub struct ReviewProgress {
    /// Which language.
    pub language: Language,
    /// Phrases in the book.
    pub phrases: u32,
    /// Of these by a professional translator.
    pub professional: u32,
    /// Of the others approved here.
    pub approved: u32,
}

/// A phrase to review.
#[derive(Debug, Serialize, TS)]
pub struct ReviewRow {
    /// Its key.
    pub phrase: String,
    /// Key of its situation.
    pub situation: String,
    /// In English.
    pub english: String,
    /// In the language.
    pub text: String,
    /// SHA-256 of exactly these texts and of what fills their blanks, hexadecimal.
    pub hash: String,
    /// Who stands behind it.
    pub standing: Standing,
}

/// Who stands behind a phrase in a language.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// Nobody yet.
    Unreviewed,
    /// A professional translator.
    Professional {
        /// Where the translation is from.
        source: String,
    },
    /// A reviewer of this clinic.
    Approved {
        /// Who.
        by: Phi<String>,
        /// When.
        at: Timestamp,
    },
    /// Approved once; the text is another now.
    Changed {
        /// By whom it was.
        by: Phi<String>,
        /// When.
        at: Timestamp,
    },
}

/// Approves a phrase in a language.
#[derive(Debug, Deserialize, TS)]
pub struct ApproveRequest {
    /// Its key.
    pub phrase: String,
    /// Which language.
    pub language: Language,
    /// The hash of what was shown.
    pub hash: String,
}

/// Takes an approval back.
#[derive(Debug, Deserialize, TS)]
pub struct WithdrawRequest {
    /// The phrase's key.
    pub phrase: String,
    /// Which language.
    pub language: Language,
}

/// An account, and the languages whose phrases it may approve.
#[derive(Debug, Serialize, TS)]
pub struct ReviewerView {
    /// Who.
    pub user_id: UserId,
    /// Shown name.
    pub name: Phi<String>,
    /// Role.
    pub role: Role,
    /// Languages; none: no reviewer.
    pub languages: Vec<Language>,
}

/// Says which languages' phrases somebody may approve.
#[derive(Debug, Deserialize, TS)]
pub struct SetReviewerRequest {
    /// Who.
    pub user_id: UserId,
    /// These and no others; none: no reviewer any more.
    pub languages: Vec<Language>,
}
