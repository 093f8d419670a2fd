//! The engines that the clinic uses: what translates, writes and places by meaning, and what writes down
//! voice notes. Names and addresses only; keys lie in [`super::secrets`].

use serde::{Deserialize, Serialize};

use super::services::{ENGINE, SPEECH, SPEECH_MODEL};
use crate::{
    access::Permission,
    error::{ClinicError, Result},
    limits,
    write::Change,
};

/// An engine for texts; its key is [`crate::SecretName::EngineKey`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineService {
    /// Key of the preset it was made from.
    pub preset: String,
    /// Where it answers.
    pub base_url: String,
    /// The model that translates.
    pub model: String,
    /// The model to ask where that one fails.
    pub fallback_model: Option<String>,
    /// Seconds until a translation counts as none: 1–600.
    pub timeout_s: u32,
    /// The model that writes notes and answers questions; none where nothing shall.
    #[serde(default)]
    pub writing_model: Option<String>,
    /// The model that places texts by meaning; none where nothing shall.
    #[serde(default)]
    pub meaning_model: Option<String>,
}

/// What writes down voice notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum SpeechService {
    /// The engine for texts, by another model of it.
    Engine {
        /// The model.
        model: String,
    },
    /// A server of its own; its key is [`crate::SecretName::SpeechKey`].
    Server {
        /// Where it answers.
        base_url: String,
        /// The model.
        model: String,
    },
    /// This machine, by the model file that was installed.
    Device,
}

/// A speech model that was installed on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeechModel {
    /// What its file was called.
    pub name: String,
    /// Its hash then, in hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

impl Change<'_> {
    /// Sets or forgets the engine.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for empty texts or seconds out of range; the limits.
    pub fn set_engine(&mut self, engine: Option<&EngineService>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        if let Some(engine) = engine {
            limits::name("preset", &engine.preset)?;
            limits::name("model", &engine.model)?;
            limits::optional("fallback_model", engine.fallback_model.as_ref())?;
            limits::optional("writing_model", engine.writing_model.as_ref())?;
            limits::optional("meaning_model", engine.meaning_model.as_ref())?;
            address(&engine.base_url)?;
            if !(1..=600).contains(&engine.timeout_s) {
                return Err(ClinicError::Invalid {
                    field: "timeout_s",
                    rule: "range",
                });
            }
        }
        self.set_service(ENGINE, engine)
    }

    /// Sets what writes down voice notes, or that nothing does.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for empty texts; the limits.
    pub fn set_speech(&mut self, speech: Option<&SpeechService>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        match speech {
            Some(SpeechService::Engine { model }) => limits::name("model", model)?,
            Some(SpeechService::Server { base_url, model }) => {
                limits::name("model", model)?;
                address(base_url)?;
            }
            Some(SpeechService::Device) | None => {}
        }
        self.set_service(SPEECH, speech)
    }

    /// Notes the speech model that was installed, or that it was removed.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for a hash that is none; the limits.
    pub fn set_speech_model(&mut self, model: Option<&SpeechModel>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        if let Some(model) = model {
            limits::name("name", &model.name)?;
            let digits = model.sha256.bytes().all(|b| b.is_ascii_hexdigit());
            if model.sha256.len() != 64 || !digits {
                return Err(ClinicError::Invalid {
                    field: "sha256",
                    rule: "hash",
                });
            }
        }
        self.set_service(SPEECH_MODEL, model)
    }
}

fn address(base_url: &str) -> Result<()> {
    match base_url.trim().is_empty() {
        true => Err(ClinicError::Invalid {
            field: "base_url",
            rule: "required",
        }),
        false => limits::characters("base_url", base_url, 2_000),
    }
}
