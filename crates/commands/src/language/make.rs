//! Makes engines of what the record holds, and hands them to the translator and to [`super::Engines`].

use std::{path::PathBuf, sync::Arc, time::Duration};

use ::clinic::{
    ActiveSession, Clinic, EngineService, Permission, Permit, SecretName, Services, SpeechModel,
    SpeechService, authorize,
};
use ::language::{
    Chat, Embedder, Engine, Error, State, Transcriber,
    engines::{
        openai::{OpenAi, OpenAiChat, OpenAiEmbedder, OpenAiTranscriber, Settings},
        whisper::{Model, Whisper},
    },
};
use basics::Secret;

use super::engines::Set;
use crate::{error::CommandError, phrases, workstation::Inner};

/// A whole note, or from one piece of a streamed answer to the next.
const WRITING: Duration = Duration::from_secs(120);
/// A batch of texts.
const MEANING: Duration = Duration::from_secs(60);
/// Eight minutes of sound on a slow server.
const SPEECH: Duration = Duration::from_secs(600);
/// Where speech models lie, in the clinic's folder.
const FOLDER: &str = "speech";

/// Brings the engines up with whoever signs in: after a start nobody has asked the record yet. Those
/// that are up stay, and with them what they owe.
pub(crate) fn take_up(inner: &Inner, active: &ActiveSession) {
    let brought_up = || -> Result<(), CommandError> {
        let permit = authorize(active, Permission::AskAssistant)?;
        if inner.engines.are_unknown() {
            let services = inner.clinic()?.services(&permit)?;
            renew(inner, &permit, &services)?;
        }
        Ok(())
    };
    if let Err(error) = brought_up() {
        tracing::warn!(%error, "the engines cannot be brought up");
    }
}

/// Tells the translator of the engine and the approvals that the record holds.
///
/// # Errors
/// Those of the record; an engine that cannot be made is left out and logged.
pub(crate) fn refresh(inner: &Inner, clinic: &Clinic, permit: &Permit) -> Result<(), CommandError> {
    let translator = inner.translator()?;
    translator.set_approvals(phrases::approvals(clinic, permit)?);
    match (translator.state(), clinic.services(permit)?.engine) {
        (State::None, Some(service)) => {
            let key = kept(clinic, permit, SecretName::EngineKey);
            match key.and_then(|key| Ok(translation(&service, key)?)) {
                Ok(engine) => translator.set_engine(Some(engine)),
                Err(error) => tracing::warn!(%error, "the translation engine cannot be used"),
            }
        }
        (State::Ready { .. } | State::Failing { .. }, None) => translator.set_engine(None),
        _ => {}
    }
    Ok(())
}

/// Makes all but the translator's anew.
pub(super) fn renew(
    inner: &Inner,
    permit: &Permit,
    services: &Services,
) -> Result<(), CommandError> {
    let clinic = inner.clinic()?;
    let key = kept(&clinic, permit, SecretName::EngineKey)?;
    let speech_key = kept(&clinic, permit, SecretName::SpeechKey)?;
    let set = Set {
        chat: usable(writing(services, key.clone())),
        embedder: usable(meaning(services, key.clone())),
        transcriber: usable(speech(inner, services, key, speech_key)),
    };
    inner.engines.replace(set);
    Ok(())
}

/// What translates.
pub(super) fn translation(
    service: &EngineService,
    key: Option<Secret<String>>,
) -> Result<Arc<dyn Engine>, Error> {
    let timeout = Duration::from_secs(service.timeout_s.into());
    let settings = settings(&service.base_url, key, &service.model, timeout);
    Ok(Arc::new(OpenAi::new(&Settings {
        fallback_model: service.fallback_model.clone(),
        ..settings
    })?))
}

/// What writes notes and answers questions, if anything is to.
pub(super) fn writing(
    services: &Services,
    key: Option<Secret<String>>,
) -> Result<Option<Arc<dyn Chat>>, Error> {
    let Some((service, model)) = part(services, |service| service.writing_model.as_ref()) else {
        return Ok(None);
    };
    let made = OpenAiChat::new(&settings(&service.base_url, key, model, WRITING))?;
    Ok(Some(Arc::new(made)))
}

/// What places texts by meaning, if anything is to.
pub(super) fn meaning(
    services: &Services,
    key: Option<Secret<String>>,
) -> Result<Option<Arc<dyn Embedder>>, Error> {
    let Some((service, model)) = part(services, |service| service.meaning_model.as_ref()) else {
        return Ok(None);
    };
    let made = OpenAiEmbedder::new(&settings(&service.base_url, key, model, MEANING))?;
    Ok(Some(Arc::new(made)))
}

/// What writes down voice notes, if anything is to.
pub(super) fn speech(
    inner: &Inner,
    services: &Services,
    key: Option<Secret<String>>,
    speech_key: Option<Secret<String>>,
) -> Result<Option<Arc<dyn Transcriber>>, Error> {
    let settings = match (&services.speech, &services.engine) {
        (None, _) => return Ok(None),
        (Some(SpeechService::Device), _) => {
            let Some(model) = &services.speech_model else {
                return Ok(None);
            };
            let model = installed(inner, model);
            return Ok(Some(Arc::new(Whisper::new(model)?)));
        }
        (Some(SpeechService::Engine { .. }), None) => return Ok(None),
        (Some(SpeechService::Engine { model }), Some(engine)) => {
            settings(&engine.base_url, key, model, SPEECH)
        }
        (Some(SpeechService::Server { base_url, model }), _) => {
            settings(base_url, speech_key, model, SPEECH)
        }
    };
    Ok(Some(Arc::new(OpenAiTranscriber::new(&settings)?)))
}

/// The installed model with its place, which hangs on nothing but its hash.
pub(super) fn installed(inner: &Inner, model: &SpeechModel) -> Model {
    Model {
        name: model.name.clone(),
        path: folder(inner).join(format!("{}.bin", model.sha256)),
        sha256: model.sha256.clone(),
        bytes: model.bytes,
    }
}

/// Where speech models lie.
pub(super) fn folder(inner: &Inner) -> PathBuf {
    inner.options.data_dir.join(FOLDER)
}

/// A key, if one is kept.
pub(super) fn kept(
    clinic: &Clinic,
    permit: &Permit,
    name: SecretName,
) -> Result<Option<Secret<String>>, CommandError> {
    let kept = clinic.secret(permit, name)?;
    let text = kept.map(|bytes| String::from_utf8(bytes.expose().clone()));
    Ok(text
        .transpose()
        .map_err(|_| Error::Settings { field: "key" })?
        .map(Secret::new))
}

fn settings(
    base_url: &str,
    key: Option<Secret<String>>,
    model: &str,
    timeout: Duration,
) -> Settings {
    Settings {
        base_url: base_url.into(),
        key,
        model: model.into(),
        fallback_model: None,
        timeout,
    }
}

fn part(
    services: &Services,
    model: impl Fn(&EngineService) -> Option<&String>,
) -> Option<(&EngineService, &str)> {
    let service = services.engine.as_ref()?;
    Some((service, model(service)?))
}

/// One that cannot be made is none; the settings say why when they are tested.
fn usable<T>(made: Result<Option<T>, Error>) -> Option<T> {
    made.unwrap_or_else(|error| {
        tracing::warn!(%error, "an engine cannot be used");
        None
    })
}
