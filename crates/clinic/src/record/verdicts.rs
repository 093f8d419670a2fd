//! Verdicts and priorities by clinicians, apart from what the AI said.

use basics::{PatientId, Phi, ReadingId, ScanId, Timestamp, UserId, VerdictId};

/// A verdict to be recorded.
#[derive(Clone, Debug)]
pub struct NewVerdict {
    /// Of which scan.
    pub scan_id: ScanId,
    /// The reading that was on screen.
    pub reading_id: Option<ReadingId>,
    /// Agrees with it.
    pub agrees: bool,
    /// The right class (its key), or the clinician's own words; at most 200 characters.
    pub class: Option<Phi<String>>,
    /// Corners of the region, `[column, row]` in pixels of the stored image.
    pub region: Option<Vec<[f64; 2]>>,
    /// Words; at most 1 MiB.
    pub comment: Phi<String>,
}

/// A verdict.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Id.
    pub id: VerdictId,
    /// Whose scan.
    pub patient_id: PatientId,
    /// As recorded.
    pub verdict: NewVerdict,
    /// By whom.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}

/// The clinician's priority.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// In its turn.
    #[default]
    Routine,
    /// Before the others.
    Urgent,
    /// Now.
    Immediate,
}
