//! Feedback as the screens show it.

use basics::{PatientId, Phi, ScanId, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A share with its 95 % interval (Wilson 1927).
#[derive(Clone, Debug, Serialize, TS)]
pub struct ShareView {
    /// Key: a class, or a DICOM modality.
    pub key: String,
    /// Shown name, where it has one.
    pub name: Option<String>,
    /// Of how many.
    pub of: u32,
    /// How many.
    pub hits: u32,
    /// Lower end of the interval, 0–1.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Cohen's kappa with its 95 % interval.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KappaView {
    /// 1 is full agreement, 0 as much as chance gives.
    pub kappa: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Verdicts that name a class of the model.
    pub of: u32,
}

/// How often the model said one class and the clinician another, or the same.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PairCount {
    /// The model's class.
    pub said: String,
    /// The clinician's; none where it is in their own words.
    pub doctor: Option<String>,
    /// How often.
    pub count: u32,
}

/// A class of a model.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClassName {
    /// Key.
    pub id: String,
    /// Shown name.
    pub name: String,
}

/// How often clinicians agreed with one version of a model, in every way it is told.
#[derive(Debug, Serialize, TS)]
pub struct VersionAgreement {
    /// Pack.
    pub model_id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Readings in all.
    pub readings: u32,
    /// Of which not assessed.
    pub not_assessed: u32,
    /// All verdicts.
    pub all: ShareView,
    /// By the class that the model held most probable.
    pub by_class: Vec<ShareView>,
    /// By DICOM modality.
    pub by_modality: Vec<ShareView>,
    /// None where it says nothing: too few verdicts, or all of one class.
    pub kappa: Option<KappaView>,
    /// Its classes.
    pub classes: Vec<ClassName>,
    /// What the model and the clinician said, each against the other.
    pub pairs: Vec<PairCount>,
}

/// What a population stability index is worth, by the usual rule of thumb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Drift {
    /// Not enough readings yet.
    TooFew,
    /// Below 0.1.
    Stable,
    /// From 0.1 to 0.25.
    Watch,
    /// Above 0.25.
    Moved,
}

/// Scores of some readings in a row, against the first ones.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DriftWindow {
    /// Its first reading, from 1.
    pub from: u32,
    /// Its last.
    pub to: u32,
    /// Population stability index.
    pub psi: f64,
    /// Mean score, 0–1.
    pub mean: f64,
}

/// Whether the scores of one version of a model have moved.
#[derive(Debug, Serialize, TS)]
pub struct VersionDrift {
    /// Pack.
    pub model_id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Assessed readings.
    pub readings: u32,
    /// How many of the first ones are compared with, and how many each window holds.
    pub first: u32,
    /// Mean score of the first ones; none where there are too few.
    pub first_mean: Option<f64>,
    /// Windows after them, oldest first; the last may reach back into the one before.
    pub windows: Vec<DriftWindow>,
    /// What the newest window says.
    pub drift: Drift,
}

/// Scans with a verdict that could be given away.
#[derive(Debug, Serialize, TS)]
pub struct FeedbackList {
    /// Newest verdict first.
    pub rows: Vec<FeedbackRow>,
    /// Verdicts in the clinician's own words: no class of the model, so nothing to train on.
    pub own_words: u32,
}

/// A scan with a verdict on a reading.
#[derive(Debug, Serialize, TS)]
pub struct FeedbackRow {
    /// Scan.
    pub scan_id: ScanId,
    /// Whose.
    pub patient_id: PatientId,
    /// Their number.
    pub patient_number: String,
    /// Their name.
    pub patient_name: Phi<String>,
    /// DICOM modality.
    pub modality: String,
    /// Pack.
    pub model_id: String,
    /// Version.
    pub version: String,
    /// The class that the model held most probable.
    pub said: String,
    /// The clinician's class.
    pub label: String,
    /// The clinician agreed.
    pub agrees: bool,
    /// The clinician drew a region.
    pub region: bool,
    /// Names may be burned into the picture: a person must look before it leaves.
    pub look: bool,
    /// When the verdict was given.
    pub at: Timestamp,
}

/// Writes a pack.
#[derive(Debug, Deserialize, TS)]
pub struct ExportFeedbackRequest {
    /// Into this folder; the pack gets one of its own in it.
    pub folder: String,
    /// Which scans.
    pub scans: Vec<ScanId>,
    /// In which of them a person looked and found no name in the picture.
    pub looked_at: Vec<ScanId>,
    /// The asker's password, again.
    pub password: Secret<String>,
}

/// A pack that was written.
#[derive(Debug, Serialize, TS)]
pub struct ExportedFeedback {
    /// Its folder.
    pub folder: String,
    /// Images in it.
    pub images: u32,
    /// Scans that were asked for and left out, because nobody looked for names in the picture.
    pub not_looked_at: u32,
    /// Scans that were asked for and could not be read.
    pub unreadable: u32,
}
