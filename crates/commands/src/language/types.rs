//! What the settings ask and get about the engines.

use std::collections::BTreeMap;

use basics::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the engine for texts is.
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

/// What an engine does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EnginePart {
    /// Translates.
    Translation,
    /// Writes notes and answers questions.
    Writing,
    /// Places texts by meaning, for the search.
    Meaning,
    /// Writes down voice notes.
    Speech,
}

/// What writes down voice notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpeechBy {
    /// Nothing: a voice note stays sound.
    None,
    /// This machine, by an installed model.
    Device,
    /// The engine for texts, by another model.
    Engine,
    /// A server of its own.
    Server,
}

/// How the engines are set.
#[derive(Debug, Serialize, TS)]
pub struct EngineSettingsView {
    /// Where the one for texts is.
    pub preset: EnginePreset,
    /// Its address; empty where none is set.
    pub base_url: String,
    /// The model that translates.
    pub model: String,
    /// Asked where that one fails.
    pub fallback_model: Option<String>,
    /// The model that writes notes and answers questions; none where nothing does.
    pub writing_model: Option<String>,
    /// The model that places texts by meaning; none where nothing does.
    pub meaning_model: Option<String>,
    /// Whether a key is kept; it is never shown.
    pub has_key: bool,
    /// Seconds for one text.
    pub timeout_s: u32,
    /// What writes down voice notes.
    pub speech: SpeechSettingsView,
}

/// What writes down voice notes, as it is set.
#[derive(Debug, Serialize, TS)]
pub struct SpeechSettingsView {
    /// Who.
    pub by: SpeechBy,
    /// Address of a server of its own; empty otherwise.
    pub base_url: String,
    /// The model, where a server does it; empty otherwise.
    pub model: String,
    /// Whether a key for a server of its own is kept; it is never shown.
    pub has_key: bool,
    /// The model on this machine, also while something else writes.
    pub installed: Option<SpeechModelView>,
}

/// A speech model on this machine.
#[derive(Debug, Serialize, TS)]
pub struct SpeechModelView {
    /// What its file was called.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its hash when it was installed.
    pub sha256: String,
}

/// Sets the engine for texts.
#[derive(Debug, Deserialize, TS)]
pub struct SetEngineRequest {
    /// Where it is; with `none` the rest does not count, and the key is forgotten.
    pub preset: EnginePreset,
    /// `https://…`; `http://` only on this machine.
    pub base_url: String,
    /// The model that translates.
    pub model: String,
    /// Asked where that one fails.
    pub fallback_model: Option<String>,
    /// The model that writes notes and answers questions; none for nothing.
    #[serde(default)]
    pub writing_model: Option<String>,
    /// The model that places texts by meaning; none for nothing.
    #[serde(default)]
    pub meaning_model: Option<String>,
    /// A new key; empty to forget the one kept, none to leave it.
    pub key: Option<Secret<String>>,
    /// Seconds for one text: 1–600.
    pub timeout_s: u32,
}

/// Sets what writes down voice notes.
#[derive(Debug, Deserialize, TS)]
pub struct SetSpeechRequest {
    /// Who; with anything but `server` the key is forgotten.
    pub by: SpeechBy,
    /// Address of a server of its own: `https://…`; `http://` only on this machine.
    pub base_url: String,
    /// The model, where a server does it.
    pub model: String,
    /// A new key for a server of its own; empty to forget the one kept, none to leave it.
    pub key: Option<Secret<String>>,
}

/// Installs a speech model.
#[derive(Debug, Deserialize, TS)]
pub struct InstallSpeechModelRequest {
    /// Where the file lies.
    pub path: String,
}

/// How far an installation has come; event `language.installing`.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct InstallingEvent {
    /// Bytes copied.
    pub done: u64,
    /// Bytes in all.
    pub all: u64,
}

/// Tries one part.
#[derive(Debug, Deserialize, TS)]
pub struct TestEngineRequest {
    /// Which.
    pub part: EnginePart,
}

/// One try.
#[derive(Debug, Serialize, TS)]
pub struct EngineTestView {
    /// Whether it did what it is for.
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
