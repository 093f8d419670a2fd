//! What a reading says: calibrated probabilities with maps, or why there are none.

use serde::{Deserialize, Serialize};

use crate::measure::Measured;

/// Which kind of scan it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Frontal radiograph of the chest.
    ChestFilm,
    /// Axial CT slice of the lungs.
    LungCt,
    /// Short-axis slice of a cardiac MR cine.
    CardiacMr,
    /// Anything else.
    Other,
}

impl Kind {
    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::ChestFilm => "chest_film",
            Self::LungCt => "lung_ct",
            Self::CardiacMr => "cardiac_mr",
            Self::Other => "other",
        }
    }
}

/// A remark on the picture's quality. Only some of them stop a reading; see [`Reason`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quality {
    /// Black and white are exchanged.
    Inverted,
    /// Nearly all pixels have one grey.
    LowContrast,
    /// Fewer pixels than the model was trained on.
    TooSmall,
    /// Much longer than wide, or wide than long: a strip or a crop.
    Cropped,
    /// A large part is plain black or white.
    LargelyEmpty,
}

impl Quality {
    /// The stable word for it, the end of the catalogue key `quality.<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Inverted => "inverted",
            Self::LowContrast => "low-contrast",
            Self::TooSmall => "too-small",
            Self::Cropped => "cropped",
            Self::LargelyEmpty => "largely-empty",
        }
    }
}

/// Why nothing was assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The gate does not see the kind of scan that the model reads.
    WrongKind,
    /// The file's header names a modality that the model does not read.
    WrongModality,
    /// The file's header names a part of the body that the model does not read.
    WrongBodyPart,
    /// No model that is switched on reads this kind of scan.
    NoModelForKind,
    /// Black and white are exchanged.
    Inverted,
    /// Nearly all pixels have one grey.
    LowContrast,
    /// Too few pixels.
    TooSmall,
    /// A strip or a crop, not a whole film.
    Cropped,
    /// It looks like the right kind of scan, yet unlike what the model was trained on.
    OutOfDistribution,
    /// The file has several frames; this model reads single images.
    MultiFrame,
    /// The model or the runtime cannot be used; the error says why.
    ModelUnavailable,
}

impl Reason {
    /// The stable word for it, the end of the catalogue key `not-assessed.<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::WrongKind => "wrong-kind",
            Self::WrongModality => "wrong-modality",
            Self::WrongBodyPart => "wrong-body-part",
            Self::NoModelForKind => "no-model-for-kind",
            Self::Inverted => "inverted",
            Self::LowContrast => "low-contrast",
            Self::TooSmall => "too-small",
            Self::Cropped => "cropped",
            Self::OutOfDistribution => "out-of-distribution",
            Self::MultiFrame => "multi-frame",
            Self::ModelUnavailable => "model-unavailable",
        }
    }
}

/// What the gate saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GateVerdict {
    /// The most probable kind.
    pub kind: Kind,
    /// Its probability, 0..=1; 0 where the gate was not asked.
    pub confidence: f32,
    /// Remarks on quality.
    pub quality: Vec<Quality>,
    /// Which gate; none where it was not asked.
    pub model: Option<ModelRef>,
}

/// A class probability against the class's two operating points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below the lower operating point.
    Below,
    /// Between the two.
    Indeterminate,
    /// At or above the upper one.
    Above,
}

/// A Grad-CAM map, row-major, on the model's last grid. It may be zero everywhere: then there is no
/// positive evidence for the class, and that is what must be shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// Rows.
    pub rows: u32,
    /// Columns.
    pub columns: u32,
    /// `rows * columns` values, each at least 0, not normalised.
    pub values: Vec<f32>,
}

impl Grid {
    /// Whether no place speaks for the class.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(|&value| value <= 0.0)
    }
}

/// One class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Key.
    pub id: String,
    /// Shown name, English.
    pub name: String,
    /// Calibrated probability, 0..=1; those of all classes sum to 1.
    pub probability: f32,
    /// Operating point at 90 % sensitivity on the validation set, or the smaller of the two.
    pub lower: Option<f32>,
    /// Best Youden index on the validation set, or the larger of the two.
    pub upper: Option<f32>,
    /// Against them; none for classes without operating points.
    pub band: Option<Band>,
    /// Whether it counts towards urgency.
    pub abnormal: bool,
    /// Where the evidence lies; without cells where a measuring pack derived the class from a series.
    pub map: Grid,
}

/// Probabilities, maps and urgency, or what was measured, or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessed {
    /// In the card's order; empty where a picture was outlined and its series not measured.
    pub findings: Vec<Finding>,
    /// 0..=1: probability of the abnormal classes, each times its weight in the card; none without findings.
    pub urgency: Option<f32>,
    /// Key of the class that adds most to the urgency; empty without findings.
    pub because: String,
    /// Of a measuring pack.
    pub measured: Option<Measured>,
}

/// The model's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// Probabilities.
    Assessed(Assessed),
    /// None, because …
    NotAssessed {
        /// Why.
        reason: Reason,
    },
}

/// Which model, exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelRef {
    /// Pack.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, lower-case hex.
    pub sha256: String,
    /// Research licence.
    pub research_only: bool,
}

/// Time taken, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Millis {
    /// Opening, decoding and windowing; 0 where the caller did it.
    pub decode: f64,
    /// Resizing and the gate's run.
    pub gate: f64,
    /// Resizing, the model's run with all maps, and calibration.
    pub model: f64,
    /// From file to answer.
    pub total: f64,
}

/// One reading of one picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What the gate saw.
    pub gate: GateVerdict,
    /// What the model said.
    pub answer: Answer,
    /// Which model answered or would have; none where no pack reads this kind.
    pub model: Option<ModelRef>,
    /// How long it took.
    pub ms: Millis,
}
