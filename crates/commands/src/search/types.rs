//! Search: what is asked, and what is shown.

use basics::{
    ConsultationId, Language, MessageId, PatientId, Phi, Provenance, ReportId, Timestamp,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{clinic::Sex, live::PersonKind, reports::ReportState};

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// What was said, with its translations and what was written down of a voice note.
    Message,
    /// Signed notes of consultations.
    Note,
    /// Signed reports.
    Report,
}

/// What a search is limited to.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SearchLimits {
    /// Only these; empty for all.
    pub kinds: Vec<SearchKind>,
    /// Only this patient's; a patient finds their own only.
    pub patient_id: Option<PatientId>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
}

/// A page of what holds all the words, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct SearchRequest {
    /// Words, each the beginning of one in the text; `"words in a row"` as they stand. At most 400
    /// characters.
    pub words: Phi<String>,
    /// What it is limited to.
    pub limits: SearchLimits,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// What means much the same as the words.
#[derive(Debug, Deserialize, TS)]
pub struct SearchMeaningRequest {
    /// Words or a sentence, at most 400 characters. They go to the engine that is set.
    pub words: Phi<String>,
    /// What it is limited to.
    pub limits: SearchLimits,
}

/// A page of what was found. It may be short although more follows: only `next` says.
#[derive(Debug, Serialize, TS)]
pub struct SearchPage {
    /// What was found.
    pub rows: Vec<SearchRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
}

/// Something that was found.
#[derive(Debug, Serialize, TS)]
pub struct SearchRow {
    /// Where it is.
    pub place: FoundAt,
    /// Whose.
    pub patient_id: PatientId,
    /// The clinic's own number of the patient.
    pub patient_number: String,
    /// The patient's name.
    pub patient_name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Restricted record.
    pub restricted: bool,
    /// When it was said or signed.
    pub at: Timestamp,
    /// Language of the excerpt; none for a note.
    pub language: Option<Language>,
    /// Who stands behind it, where the excerpt is from a translation.
    pub provenance: Option<Provenance>,
    /// Something stands before the excerpt.
    pub cut_before: bool,
    /// The part of the text that answers, piece by piece.
    pub pieces: Vec<SearchPiece>,
    /// Something stands after it.
    pub cut_after: bool,
}

/// A piece of a text as it stands.
#[derive(Debug, Serialize, TS)]
pub struct SearchPiece {
    /// The words.
    pub text: Phi<String>,
    /// They are what was asked for.
    pub found: bool,
}

/// Where something was found.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FoundAt {
    /// In a consultation.
    Message {
        /// Which.
        consultation_id: ConsultationId,
        /// Which message.
        message_id: MessageId,
        /// Its number there.
        n: u64,
        /// Who said it.
        by: Phi<String>,
        /// How they take part.
        person: PersonKind,
        /// The words were written down from a voice note.
        spoken: bool,
    },
    /// In the signed note of a consultation.
    Note {
        /// Of which consultation.
        consultation_id: ConsultationId,
        /// Who signed it.
        by: Phi<String>,
    },
    /// In a signed report.
    Report {
        /// Which.
        report_id: ReportId,
        /// As people call it, e.g. `R-000123`.
        number: String,
        /// What lists call it.
        title: Phi<String>,
        /// Where it stands.
        state: ReportState,
        /// Who signed it last.
        by: Phi<String>,
    },
}

/// How far the search has come.
#[derive(Debug, Serialize, TS)]
pub struct SearchStateView {
    /// Older texts are still being added; what is new is found at once.
    pub behind: bool,
    /// The search by meaning; none where no engine for it is set, and then there are words only.
    pub meaning: Option<MeaningView>,
}

/// The search by meaning.
#[derive(Debug, Serialize, TS)]
pub struct MeaningView {
    /// The engine's model.
    pub engine: String,
    /// Texts that it can find, among the newest.
    pub ready: u64,
    /// The newest texts.
    pub of: u64,
    /// The engine did not answer; it is asked again by itself.
    pub failing: bool,
}
