//! Model packs and what their cards say.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ErrorView;

/// A model pack on the shelf.
#[derive(Debug, Serialize, TS)]
pub struct ModelView {
    /// Id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Kind of scan it reads.
    pub reads: String,
    /// Shown names of its classes.
    pub classes: Vec<String>,
    /// One sentence on what it is for.
    pub intended_use: String,
    /// Licence of the weights.
    pub licence: String,
    /// Off until the licence is accepted.
    pub research_only: bool,
    /// Whether it can be used, and if not why.
    pub state: ModelState,
    /// Switched on by an administrator.
    pub enabled: bool,
    /// Read by default where several fit.
    pub default: bool,
}

/// Whether a pack can be used.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ModelState {
    /// Yes.
    Ready,
    /// No.
    Unusable {
        /// Why.
        problem: ErrorView,
    },
}

/// Names a pack.
#[derive(Debug, Deserialize, TS)]
pub struct ModelRequest {
    /// Which.
    pub id: String,
}

/// Switches a pack on or off.
#[derive(Debug, Deserialize, TS)]
pub struct EnableModelRequest {
    /// Which.
    pub id: String,
    /// On.
    pub enabled: bool,
    /// The licence was shown and accepted; needed for a research licence.
    pub accept_licence: bool,
}

/// A pack's card: what a reader should know before trusting it.
#[derive(Debug, Serialize, TS)]
pub struct CardView {
    /// The pack.
    pub model: ModelView,
    /// What it must not be used for.
    pub not_for: String,
    /// Where the training data came from.
    pub sources: Vec<SourceView>,
    /// Measured figures, each with its interval.
    pub metrics: Vec<MetricView>,
    /// Known to fail on.
    pub failure_groups: Vec<String>,
    /// When it was calibrated.
    pub calibrated: Option<String>,
    /// MODEL_CARD.md.
    pub markdown: String,
}

/// A source of training data.
#[derive(Debug, Serialize, TS)]
pub struct SourceView {
    /// Name.
    pub name: String,
    /// Licence.
    pub licence: String,
    /// Images used.
    pub images: u32,
}

/// A measured figure.
#[derive(Debug, Serialize, TS)]
pub struct MetricView {
    /// Which, e.g. `AUROC`.
    pub name: String,
    /// On what, e.g. `test`, `test: kermany`.
    pub set: String,
    /// Images.
    pub n: u32,
    /// Value.
    pub value: f64,
    /// 95 % interval, lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}
