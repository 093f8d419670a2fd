//! Search over what was said in consultations, signed notes and signed reports, by word and by meaning.
//!
//! The index is written in the transaction that writes the fact, from the fact's own rows. A page asks
//! FTS5 for keys, newest first and never by rank (on a common word that takes seconds); whether the
//! asker may see a row is decided by the rules of reading it, before anything of it is loaded.

mod excerpt;
mod index;
mod meaning;
mod page;
mod place;
mod question;
mod sources;
mod tokens;

use basics::{
    ConsultationId, Language, MessageId, NoteId, PatientId, Phi, Provenance, ReportId, Timestamp,
};
use serde::{Deserialize, Serialize};

use super::{consultations::ParticipantKind, patients::Sex, reports::ReportState};
use crate::access::{Permission, Role, reach};

pub use excerpt::{Excerpt, Piece};
pub(crate) use index::refresh;
pub use meaning::{MEANING_SPAN, MeaningState, ToEmbed, Vector};

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// What was said, with its translations and what was written down of a voice note.
    Message,
    /// Signed notes of consultations.
    Note,
    /// Signed reports.
    Report,
}

/// A question.
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    /// Words, each the beginning of one in the text; `"words in a row"` as they stand. At most 400
    /// characters.
    pub words: Phi<String>,
    /// Only these; empty for all.
    pub kinds: Vec<SearchKind>,
    /// Only this patient's; a patient's account finds its own whatever stands here.
    pub patient_id: Option<PatientId>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
}

/// A page of what was found, newest first. It may be short although more follows: only `next` says.
#[derive(Clone, Debug)]
pub struct SearchPage {
    /// They.
    pub rows: Vec<SearchRow>,
    /// Hand it back for the next page; none at the end.
    pub next: Option<String>,
}

/// Something that was found.
#[derive(Clone, Debug)]
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
    /// The part of the text that answers.
    pub excerpt: Excerpt,
}

/// Where something was found.
#[derive(Clone, Debug)]
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
        kind: ParticipantKind,
        /// The words were written down from a voice note.
        spoken: bool,
    },
    /// In the signed note of a consultation.
    Note {
        /// Which.
        note_id: NoteId,
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

/// Something that the index knows; whoever writes it inside a change says
/// [`crate::Change::searched`] with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// A message: said, translated, or written down.
    Message {
        /// Row of its consultation.
        consultation: i64,
        /// Its number there.
        n: i64,
    },
    /// A note.
    Note {
        /// Its row.
        key: i64,
    },
    /// A report.
    Report {
        /// Its row.
        key: i64,
    },
}

impl SearchKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Message, Self::Note, Self::Report];

    /// Whether this role may read any of this kind: the search opens nothing that its own permission
    /// does not.
    pub fn is_read_by(self, role: Role) -> bool {
        let readers: &[Permission] = match self {
            Self::Message => &[
                Permission::HostConsultations,
                Permission::ReadOwnConsultations,
            ],
            Self::Note => &[Permission::HostConsultations],
            Self::Report => &[Permission::ReadReports, Permission::ReadOwnReports],
        };
        let searches = reach(role, Permission::SearchRecords);
        searches.is_some()
            && readers
                .iter()
                .any(|permission| reach(role, *permission) == searches)
    }

    fn number(self) -> i64 {
        match self {
            Self::Message => 1,
            Self::Note => 2,
            Self::Report => 3,
        }
    }
}

impl Source {
    fn kind(self) -> SearchKind {
        match self {
            Self::Message { .. } => SearchKind::Message,
            Self::Note { .. } => SearchKind::Note,
            Self::Report { .. } => SearchKind::Report,
        }
    }

    /// As `search_entries` keeps it.
    fn row(self) -> (i64, i64, i64) {
        let kind = self.kind().number();
        match self {
            Self::Message { consultation, n } => (kind, consultation, n),
            Self::Note { key } | Self::Report { key } => (kind, key, 0),
        }
    }

    fn from_row(kind: i64, source: i64, n: i64) -> Option<Self> {
        let kind = SearchKind::ALL
            .into_iter()
            .find(|known| known.number() == kind)?;
        Some(match kind {
            SearchKind::Message => Self::Message {
                consultation: source,
                n,
            },
            SearchKind::Note => Self::Note { key: source },
            SearchKind::Report => Self::Report { key: source },
        })
    }
}
