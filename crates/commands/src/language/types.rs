//! What the settings ask and get about the translation engine.

use std::collections::BTreeMap;

use basics::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the engine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EnginePreset {
    /// None: what is no phrase is not translated.
    None,
    /// OpenAI.
    OpenAi,
    /// A server of the clinic's own that speaks the same protocol.
    OwnServer,
}

/// How the engine is set.
#[derive(Debug, Serialize, TS)]
pub struct EngineSettingsView {
    /// Where it is.
    pub preset: EnginePreset,
    /// Its address; empty where none is set.
    pub base_url: String,
    /// Its model.
    pub model: String,
    /// Asked where that one fails.
    pub fallback_model: Option<String>,
    /// Whether a key is kept; it is never shown.
    pub has_key: bool,
    /// Seconds for one text.
    pub timeout_s: u32,
}

/// Sets the engine.
#[derive(Debug, Deserialize, TS)]
pub struct SetEngineRequest {
    /// Where it is; with `none` the rest does not count, and the key is forgotten.
    pub preset: EnginePreset,
    /// `https://…`; `http://` only on this machine.
    pub base_url: String,
    /// Its model.
    pub model: String,
    /// Asked where that one fails.
    pub fallback_model: Option<String>,
    /// A new key; empty to forget the one kept, none to leave it.
    pub key: Option<Secret<String>>,
    /// Seconds for one text: 1–600.
    pub timeout_s: u32,
}

/// One try.
#[derive(Debug, Serialize, TS)]
pub struct EngineTestView {
    /// Whether it translated.
    pub ok: bool,
    /// Sentence of what failed, from the catalogue.
    pub message_id: Option<String>,
    /// What fills its places.
    pub args: BTreeMap<String, String>,
    /// How long it took, milliseconds.
    pub ms: u64,
}

impl EnginePreset {
    /// How the record keeps it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::OpenAi => "open_ai",
            Self::OwnServer => "own_server",
        }
    }

    pub(super) fn from_key(key: &str) -> Self {
        match key {
            "open_ai" => Self::OpenAi,
            "own_server" => Self::OwnServer,
            _ => Self::None,
        }
    }
}
