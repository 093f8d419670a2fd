//! `card.toml`: what a pack is, what it was measured to do, and what it must not be used for.
//!
//! Reading a card yields a card that can be used: an unknown schema, a missing threshold or one that
//! belongs to another model file is an error here and is not looked for again later.

use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    measure::Measure,
    outcome::{Band, Kind, ModelRef},
    pack::Run,
};

/// The newest card schema that this release understands.
pub(crate) const SCHEMA: u32 = 1;

/// A model pack's card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Schema of this file.
    pub schema: u32,
    /// The folder's name.
    pub id: String,
    /// Semantic version; a changed weight, threshold or label is a new one.
    pub version: String,
    /// Shown name.
    pub name: String,
    /// What the pack does.
    pub role: Role,
    /// Kind of scan that it reads; for a gate, `other`.
    pub reads: Kind,
    /// Whether it is read by default where several packs read one kind.
    pub default: bool,
    /// Off until an administrator accepts the licence.
    pub research_only: bool,
    /// One sentence.
    pub intended_use: String,
    /// One sentence.
    pub not_for: String,
    /// Licence of the weights.
    pub licence: String,
    /// The model file.
    pub model: ModelFile,
    /// Classes, in the order of the logits.
    pub labels: Vec<Label>,
    /// What a measuring pack outlines and derives; no other pack has it.
    pub measure: Option<Measure>,
    /// Temperature and figures of calibration.
    pub calibration: Calibration,
    /// When to abstain; a gate has none.
    pub outlier: Option<Outlier>,
    /// The self-test.
    pub golden: Golden,
    /// Where the data came from.
    pub sources: Vec<Source>,
    /// Measured figures.
    pub metrics: Vec<Metric>,
    /// On whom or what it is known to fail, a sentence each.
    pub failures: Vec<String>,
    /// How it was made.
    pub training: Training,
}

/// What a pack does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Says which kind of scan it is.
    Gate,
    /// Gives class probabilities and maps.
    Classifier,
    /// Outlines parts on a picture and measures a series.
    Measure,
}

/// The model file and what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Name in the pack's folder.
    pub file: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Input is grey float32 `[N, 1, size, size]` in 0..=1.
    pub size: u32,
    /// Rows and columns of the maps, or of a measuring pack's parts; `[0, 0]` where the pack gives none.
    pub grid: [u32; 2],
}

/// A class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Key.
    pub id: String,
    /// Shown name, English.
    pub name: String,
    /// Counts towards urgency.
    pub abnormal: bool,
    /// How much, 0..=1.
    pub urgency: f32,
    /// Operating points, lower then upper; every abnormal class has them. For a gate, the upper one
    /// of a kind of scan is the certainty that admits it.
    pub thresholds: Option<[f32; 2]>,
}

/// Calibration on the validation split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The logits are divided by it.
    pub temperature: f32,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// SHA-256 of the model file that temperature, thresholds and outlier score belong to.
    pub for_model: String,
    /// Expected calibration error on the test split, 15 bins, before.
    pub ece_before: f32,
    /// And after.
    pub ece_after: f32,
}

/// The score above which a picture is unlike what the pack was trained on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlier {
    /// What the model's output `outlier` is.
    pub method: String,
    /// Above it, nothing is assessed.
    pub threshold: f32,
    /// Share of the validation split that is refused by it.
    pub refused: f32,
}

/// A stored input and its stored answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Golden {
    /// `size * size` bytes, grey, 0..=255, row-major.
    pub input: String,
    /// JSON: `logits`, `maps`, `outlier`, `probabilities`; those of a measuring pack are the mean of each
    /// part over the picture, and it has no maps.
    pub output: String,
    /// Largest difference allowed in any probability.
    pub tolerance: f32,
}

/// A source of data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name.
    pub name: String,
    /// Licence of the data.
    pub licence: String,
    /// Pictures trained on.
    pub train: u32,
    /// Pictures calibrated on.
    pub val: u32,
    /// Pictures measured on.
    pub test: u32,
}

/// A measured figure with its 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// Which, e.g. `AUROC`.
    pub name: String,
    /// On what, e.g. `test` or `test: kermany`.
    pub set: String,
    /// Pictures.
    pub n: u32,
    /// Value.
    pub value: f64,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// How the pack was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// One command.
    pub command: String,
    /// Random seed.
    pub seed: u64,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Names and versions of the libraries.
    pub versions: String,
    /// CPU time of training, in seconds.
    pub cpu_seconds: u32,
}

/// Only this is read of a card whose schema is not known.
#[derive(Deserialize)]
struct Schema {
    schema: u32,
}

impl Card {
    /// Reads a card; `folder` is the name that the pack's id must have.
    pub fn parse(folder: &str, text: &str) -> Result<Self> {
        let invalid = |what: String| Error::Card {
            id: folder.to_owned(),
            what,
        };
        let toml_error = |error: toml::de::Error| invalid(error.message().to_owned());
        let Schema { schema } = toml::from_str(text).map_err(toml_error)?;
        if schema > SCHEMA {
            return Err(Error::NewerSchema {
                id: folder.to_owned(),
                found: schema,
                known: SCHEMA,
            });
        }
        let card: Self = toml::from_str(text).map_err(toml_error)?;
        match card.fault(folder) {
            Some(fault) => Err(invalid(fault.to_owned())),
            None => Ok(card),
        }
    }

    /// The first rule that the card breaks.
    fn fault(&self, folder: &str) -> Option<&'static str> {
        let plain = |name: &str| !name.is_empty() && !name.contains(['/', '\\']) && name != "..";
        let local = |path: &str| path.split('/').all(plain);
        let unit = |value: f32| (0.0..=1.0).contains(&value);
        let mut ids: Vec<&str> = self.labels.iter().map(|label| label.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let rules = [
            (self.schema == SCHEMA, "unknown schema"),
            (self.id == folder, "id is not the folder's name"),
            (plain(&self.model.file), "model.file is not a plain name"),
            (
                local(&self.golden.input) && local(&self.golden.output),
                "golden files lie outside the pack",
            ),
            (
                self.model.sha256.len() == 64,
                "model.sha256 is not a SHA-256",
            ),
            (
                self.calibration.for_model == self.model.sha256,
                "calibrated for another model file",
            ),
            (
                (16..=1024).contains(&self.model.size),
                "model.size is out of range",
            ),
            (
                self.labels.len() >= 2 && ids.len() == self.labels.len(),
                "labels are not distinct",
            ),
            (
                self.labels.iter().all(|label| unit(label.urgency)),
                "urgency is not within 0..=1",
            ),
            (
                self.calibration.temperature.is_finite() && self.calibration.temperature > 0.0,
                "temperature is not positive",
            ),
            (
                self.golden.tolerance > 0.0 && self.golden.tolerance <= 0.01,
                "golden.tolerance",
            ),
            (
                self.labels
                    .iter()
                    .filter_map(|label| label.thresholds)
                    .all(|[lower, upper]| unit(lower) && unit(upper) && lower <= upper),
                "thresholds are not lower, upper within 0..=1",
            ),
            (
                self.role == Role::Gate
                    || self
                        .labels
                        .iter()
                        .all(|l| !l.abnormal || l.thresholds.is_some()),
                "an abnormal class has no thresholds",
            ),
            (
                self.role == Role::Gate
                    || self
                        .outlier
                        .as_ref()
                        .is_some_and(|outlier| outlier.threshold.is_finite()),
                "no outlier threshold",
            ),
            (
                match self.role {
                    Role::Gate => true,
                    Role::Classifier => self.model.grid.iter().all(|&n| (1..=64).contains(&n)),
                    Role::Measure => self.model.grid == [self.model.size; 2],
                },
                "model.grid is out of range",
            ),
            (
                self.measure.is_some() == (self.role == Role::Measure),
                "a measuring pack, and no other, says what it measures",
            ),
        ];
        let broken = rules
            .into_iter()
            .find(|(kept, _)| !kept)
            .map(|(_, rule)| rule);
        broken.or_else(|| self.measure.as_ref()?.fault(self.labels.len()))
    }

    /// Whether a picture is too unlike the training data to be assessed.
    pub(crate) fn is_far(&self, run: &Run) -> bool {
        let score = self.outlier.as_ref().zip(run.outlier);
        score.is_some_and(|(outlier, score)| score > outlier.threshold)
    }

    /// A gate's certainty below which a scan of this kind is not admitted.
    pub fn certainty(&self, kind: Kind) -> Option<f32> {
        let label = self.labels.iter().find(|label| label.id == kind.key())?;
        label.thresholds.map(|[_, upper]| upper)
    }

    /// How a reading names this model.
    pub fn model_ref(&self) -> ModelRef {
        ModelRef {
            id: self.id.clone(),
            name: self.name.clone(),
            version: self.version.clone(),
            sha256: self.model.sha256.clone(),
            research_only: self.research_only,
        }
    }
}

impl Label {
    /// Where a probability stands against the operating points.
    pub fn band(&self, probability: f32) -> Option<Band> {
        self.thresholds.map(|[lower, upper]| {
            if probability < lower {
                Band::Below
            } else if probability < upper {
                Band::Indeterminate
            } else {
                Band::Above
            }
        })
    }
}
