//! Readings: what a model said of a scan. A re-run is a new reading.

use basics::{PatientId, ReadingId, ScanId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Which model, exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// Against the operating points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below the lower one.
    Below,
    /// Between them.
    Indeterminate,
    /// Above the upper one.
    Above,
}

/// One class of a reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassResult {
    /// Key.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Calibrated probability, 0–1.
    pub probability: f32,
    /// Lower operating point.
    pub lower: Option<f32>,
    /// Upper operating point.
    pub upper: Option<f32>,
    /// Against the operating points.
    pub band: Option<Band>,
    /// Counts towards urgency.
    pub abnormal: bool,
    /// The map is zero everywhere.
    pub map_empty: bool,
}

/// What a model said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// Probabilities.
    Assessed {
        /// In the card's order.
        classes: Vec<ClassResult>,
        /// 0–1.
        urgency: f32,
        /// Shown name of the class that the urgency comes from.
        because: String,
    },
    /// None, and why.
    NotAssessed {
        /// Key of the reason.
        reason: String,
    },
}

/// What the gate saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// Kind of scan.
    pub kind: String,
    /// Probability of that kind.
    pub confidence: f32,
    /// Remarks on quality.
    pub quality: Vec<String>,
}

/// Milliseconds of a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Millis {
    /// Decoding and windowing.
    pub decode: f64,
    /// The model with all maps.
    pub model: f64,
    /// From file to answer.
    pub total: f64,
}

/// The maps of a reading: `classes` grids of `rows` × `columns`, one after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Maps {
    /// Grids.
    pub classes: u32,
    /// Rows of a grid.
    pub rows: u32,
    /// Columns of a grid.
    pub columns: u32,
    /// `classes * rows * columns` values, each finite and ≥ 0.
    pub values: Vec<f32>,
}

/// A reading to be kept.
#[derive(Clone, Debug)]
pub struct NewReading {
    /// Of which scan.
    pub scan_id: ScanId,
    /// Frame, from 0.
    pub frame: u32,
    /// By which model.
    pub model: ModelRef,
    /// What the gate saw.
    pub gate: Gate,
    /// What the model said.
    pub answer: Answer,
    /// Its maps; none where it was not assessed.
    pub maps: Option<Maps>,
    /// Milliseconds.
    pub ms: Millis,
}

/// A reading.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Id.
    pub id: ReadingId,
    /// Whose.
    pub patient_id: PatientId,
    /// Of which scan.
    pub scan_id: ScanId,
    /// Frame, from 0.
    pub frame: u32,
    /// By which model.
    pub model: ModelRef,
    /// What the gate saw.
    pub gate: Gate,
    /// What the model said.
    pub answer: Answer,
    /// Rows and columns of the maps' grid.
    pub grid: Option<(u32, u32)>,
    /// Milliseconds.
    pub ms: Millis,
    /// Who asked for it.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: basics::Phi<String>,
    /// When.
    pub at: Timestamp,
}

/// How often clinicians agreed with one version of a model.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Pack.
    pub model_id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Readings with a verdict; of each reading the newest verdict counts.
    pub verdicts: u32,
    /// Of which agreed.
    pub agreed: u32,
    /// Readings in all.
    pub readings: u32,
    /// Of which not assessed.
    pub not_assessed: u32,
}
