//! The worklist, readings and verdicts.

use basics::{JobId, PatientId, Phi, ReadingId, ScanId, Timestamp, VerdictId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::measured::{MeasuredSummary, MeasuredView};
use crate::{clinic::PatientRow, error::ErrorView};

/// Where a scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Kept, not read.
    Imported,
    /// Read by a model; no verdict.
    Read,
    /// A clinician gave a verdict.
    Verified,
    /// A report was signed.
    Reported,
    /// The report was delivered.
    Delivered,
}

/// The clinician's priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
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

/// A page of the worklist: the clinician's priority first, then the AI's urgency, then age.
#[derive(Debug, Deserialize, TS)]
pub struct WorklistRequest {
    /// Only these.
    pub status: Option<Status>,
    /// Only this DICOM modality.
    pub modality: Option<String>,
    /// Words of the patient's name, or a number.
    pub query: String,
    /// Only this patient.
    pub patient_id: Option<PatientId>,
    /// Only scans that a model put above its operating point and nobody gave a verdict on.
    #[serde(default)]
    pub only_above: bool,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of the worklist.
#[derive(Debug, Serialize, TS)]
pub struct WorklistPage {
    /// Scans.
    pub rows: Vec<WorklistRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// How many scans stand where, before the filter by status.
    pub counts: StatusCounts,
}

/// How many scans stand where.
#[derive(Debug, Default, Serialize, TS)]
pub struct StatusCounts {
    /// Imported.
    pub imported: u32,
    /// Read.
    pub read: u32,
    /// Verified.
    pub verified: u32,
    /// Reported.
    pub reported: u32,
    /// Delivered.
    pub delivered: u32,
}

/// A scan on the worklist.
#[derive(Debug, Serialize, TS)]
pub struct WorklistRow {
    /// Scan.
    pub scan_id: ScanId,
    /// Whose.
    pub patient: PatientRow,
    /// Modality.
    pub modality: String,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// When it was imported.
    pub imported: Timestamp,
    /// Frames.
    pub frames: u32,
    /// Where it stands.
    pub status: Status,
    /// The clinician's priority.
    pub priority: Priority,
    /// Why it has that priority.
    pub priority_reason: Option<Phi<String>>,
    /// The newest reading in short.
    pub reading: Option<ReadingSummary>,
    /// The newest verdict in short.
    pub verdict: Option<VerdictSummary>,
}

/// A reading in short.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum ReadingSummary {
    /// The model gave probabilities, or measured, or both.
    Assessed {
        /// 0–1; the probability that the abnormal classes have together; none without classes.
        urgency: Option<f32>,
        /// The three most probable classes; empty where a picture was outlined and its series not measured.
        top: Vec<ClassSummary>,
        /// The urgency comes from this class; empty without classes.
        because: String,
        /// Of a measuring model.
        measured: Option<MeasuredSummary>,
    },
    /// The model gave none.
    NotAssessed {
        /// Key of the reason (`not-assessed.<reason>`).
        reason: String,
    },
}

/// A class in short.
#[derive(Debug, Serialize, TS)]
pub struct ClassSummary {
    /// Shown name.
    pub name: String,
    /// Calibrated probability.
    pub probability: f32,
    /// Against the operating points; none for classes without one.
    pub band: Option<Band>,
}

/// A verdict in short.
#[derive(Debug, Serialize, TS)]
pub struct VerdictSummary {
    /// Agrees with the reading.
    pub agrees: bool,
    /// The corrected class, shown name.
    pub class: Option<String>,
    /// Shown name of the clinician.
    pub by: String,
}

/// Against the operating point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below.
    Below,
    /// Between the two operating points.
    Indeterminate,
    /// Above.
    Above,
}

/// Reads a scan in the background.
#[derive(Debug, Deserialize, TS)]
pub struct ReadScanRequest {
    /// Which.
    pub scan_id: ScanId,
    /// Frame, from 0.
    pub frame: u32,
    /// A pack by name; none for the default one.
    pub model_id: Option<String>,
    /// Made by the caller, so that no event is missed.
    pub job: JobId,
}

/// How far a reading has come; the payload of the event `reading.progress`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReadingProgress {
    /// Which.
    pub job: JobId,
    /// Of which scan.
    pub scan_id: ScanId,
    /// Where it is.
    pub stage: ReadingStage,
}

/// Where a reading is.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReadingStage {
    /// Waiting.
    Queued,
    /// At work.
    Running,
    /// Kept in the record.
    Done {
        /// Which.
        reading_id: ReadingId,
    },
    /// Nothing was kept.
    Failed {
        /// Why.
        problem: ErrorView,
    },
    /// The person stopped it.
    Cancelled,
}

/// A reading.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReadingView {
    /// Id.
    pub id: ReadingId,
    /// Of which scan.
    pub scan_id: ScanId,
    /// Frame, from 0.
    pub frame: u32,
    /// When.
    pub at: Timestamp,
    /// Shown name of who asked for it.
    pub by: String,
    /// By which model.
    pub model: ModelRef,
    /// What the gate saw.
    pub gate: GateView,
    /// What the model said.
    pub answer: Answer,
    /// Milliseconds.
    pub ms: MillisView,
}

/// Which model, exactly.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ModelRef {
    /// Pack.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Research licence.
    pub research_only: bool,
}

/// What the gate saw.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GateView {
    /// Kind of scan: `chest_film`, `lung_ct`, `cardiac_mr`, `other`.
    pub kind: String,
    /// Probability of that kind.
    pub confidence: f32,
    /// Remarks on quality (`quality.<key>`).
    pub quality: Vec<String>,
}

/// What a model said.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// Probabilities, or outlines and measured values, or both.
    Assessed {
        /// In the card's order; `map/<grant>/<reading>/<index>` is the map of each. Empty where a picture was
        /// outlined and its series not measured.
        classes: Vec<ClassView>,
        /// Rows of the map's grid; 0 for a measuring model, which has none.
        grid_rows: u32,
        /// Columns of the map's grid.
        grid_columns: u32,
        /// 0–1; none without classes.
        urgency: Option<f32>,
        /// Of a measuring model.
        measured: Option<MeasuredView>,
    },
    /// None, and why.
    NotAssessed {
        /// Key of the reason (`not-assessed.<reason>`).
        reason: String,
    },
}

/// One class of a reading.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ClassView {
    /// Key.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Calibrated probability, 0–1.
    pub probability: f32,
    /// Lower operating point (90 % sensitivity on the validation set), 0–1; none for classes without one.
    pub lower: Option<f32>,
    /// Upper operating point, 0–1.
    pub upper: Option<f32>,
    /// Against the operating points.
    pub band: Option<Band>,
    /// Counts towards urgency.
    pub abnormal: bool,
    /// The map is zero everywhere: no positive evidence.
    pub map_empty: bool,
}

/// Milliseconds of a reading.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct MillisView {
    /// Decoding and windowing.
    pub decode: f64,
    /// The model with all maps.
    pub model: f64,
    /// From file to answer.
    pub total: f64,
}

/// Records a clinician's verdict, apart from what the AI said.
#[derive(Debug, Deserialize, TS)]
pub struct RecordVerdictRequest {
    /// Of which scan.
    pub scan_id: ScanId,
    /// The reading that was on screen; none where nothing was read.
    pub reading_id: Option<ReadingId>,
    /// Agrees with it. Without a reading: false, and a class or comment is due.
    pub agrees: bool,
    /// The right class (its key), or the clinician's own words.
    pub class: Option<String>,
    /// Corners of the region, `[column, row]` in pixels of the stored image.
    pub region: Option<Vec<[f64; 2]>>,
    /// Words.
    pub comment: Phi<String>,
}

/// A clinician's verdict.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VerdictView {
    /// Id.
    pub id: VerdictId,
    /// Of which scan.
    pub scan_id: ScanId,
    /// About which reading.
    pub reading_id: Option<ReadingId>,
    /// Agrees.
    pub agrees: bool,
    /// The right class.
    pub class: Option<String>,
    /// Region.
    pub region: Option<Vec<[f64; 2]>>,
    /// Words.
    pub comment: Phi<String>,
    /// Shown name of the clinician.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Sets the clinician's priority.
#[derive(Debug, Deserialize, TS)]
pub struct SetPriorityRequest {
    /// Of which scan.
    pub scan_id: ScanId,
    /// How soon.
    pub priority: Priority,
    /// Why; may be empty for routine.
    pub reason: Phi<String>,
}

/// How often clinicians agreed with one version of a model.
#[derive(Debug, Serialize, TS)]
pub struct AgreementRow {
    /// Pack.
    pub model_id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Verdicts given.
    pub verdicts: u32,
    /// Of which agreed.
    pub agreed: u32,
    /// 95 % interval of the share, lower end (Wilson 1927).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Readings in all.
    pub readings: u32,
    /// Of which not assessed.
    pub not_assessed: u32,
}
