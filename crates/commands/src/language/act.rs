//! Handlers of the engine for texts: show, set, try.

use std::time::{Duration, Instant};

use ::clinic::{Change, ClinicError, EngineService, SecretName, Services, SpeechService};
use ::language::Error;
use basics::Secret;

use super::{
    EnginePart, EnginePreset, EngineSettingsView, EngineTestView, SetEngineRequest, SpeechBy,
    SpeechModelView, SpeechSettingsView, TestEngineRequest, make,
};
use crate::{
    dispatch::Call,
    error::{CommandError, ErrorView},
};

/// Seconds for one text where nothing is set.
const TIMEOUT: u32 = 20;

pub(super) fn view(call: &Call<'_>, (): ()) -> Result<EngineSettingsView, CommandError> {
    call.clinic()?
        .note_read(call.permit()?, call.verb(), None)?;
    shown(call)
}

pub(super) fn set(
    call: &Call<'_>,
    request: SetEngineRequest,
) -> Result<EngineSettingsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let service = (request.preset != EnginePreset::None).then(|| EngineService {
        preset: request.preset.key().into(),
        base_url: request.base_url.trim().into(),
        model: request.model.trim().into(),
        fallback_model: filled(request.fallback_model),
        timeout_s: request.timeout_s,
        writing_model: filled(request.writing_model),
        meaning_model: filled(request.meaning_model),
    });
    let given = trimmed(request.key);
    let key = match &given {
        Some(key) => Some(key.clone()).filter(|key| !key.expose().is_empty()),
        None => make::kept(&clinic, permit, SecretName::EngineKey)?,
    };
    // What cannot work is refused before anything is kept.
    let translation = service
        .as_ref()
        .map(|service| make::translation(service, key.clone()))
        .transpose()?;
    let services = Services {
        engine: service,
        ..clinic.services(permit)?
    };
    make::writing(&services, key.clone())?;
    make::meaning(&services, key)?;
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.set_engine(services.engine.as_ref())?;
        keep(
            change,
            SecretName::EngineKey,
            services.engine.is_some(),
            given.as_ref(),
        )
    })?;
    call.inner().translator()?.set_engine(translation);
    make::renew(call.inner(), permit, &services)?;
    shown(call)
}

pub(super) fn test(
    call: &Call<'_>,
    request: TestEngineRequest,
) -> Result<EngineTestView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let services = clinic.services(permit)?;
    let key = make::kept(&clinic, permit, SecretName::EngineKey)?;
    let runtime = call.inner().runtime()?;
    let started = Instant::now();
    let outcome: Result<Duration, Error> = match request.part {
        EnginePart::Translation => {
            let service = services.engine.as_ref().ok_or(Error::NoEngine)?;
            runtime.block_on(make::translation(service, key)?.check())
        }
        EnginePart::Writing => {
            let engine = make::writing(&services, key)?.ok_or(Error::NoEngine)?;
            runtime.block_on(engine.check())
        }
        EnginePart::Meaning => {
            let engine = make::meaning(&services, key)?.ok_or(Error::NoEngine)?;
            runtime.block_on(engine.check())
        }
        EnginePart::Speech => {
            // The one that is up, so that a model on this machine is not loaded twice.
            let engine = call.inner().engines.transcriber().ok_or(Error::NoEngine)?;
            runtime.block_on(engine.check())
        }
    };
    let ms = started.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
    let problem = outcome.err().map(ErrorView::from);
    Ok(EngineTestView {
        ok: problem.is_none(),
        message_id: problem.as_ref().map(|problem| problem.message_id.clone()),
        args: problem.map(|problem| problem.args).unwrap_or_default(),
        ms,
    })
}

/// A text that says something.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// A key as it was typed or pasted.
pub(super) fn trimmed(key: Option<Secret<String>>) -> Option<Secret<String>> {
    key.map(|key| Secret::new(key.expose().trim().to_owned()))
}

/// Keeps a given key, forgets it where it is empty or no longer needed, leaves it where none is given.
pub(super) fn keep(
    change: &mut Change<'_>,
    name: SecretName,
    needed: bool,
    given: Option<&Secret<String>>,
) -> Result<(), ClinicError> {
    match given {
        _ if !needed => change.forget_secret(name),
        None => Ok(()),
        Some(key) if key.expose().is_empty() => change.forget_secret(name),
        Some(key) => {
            let bytes = Secret::new(key.expose().clone().into_bytes());
            change.keep_secret(name, &bytes)
        }
    }
}

/// How everything is set.
pub(super) fn shown(call: &Call<'_>) -> Result<EngineSettingsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let has = |name| -> Result<bool, CommandError> { Ok(clinic.secret(permit, name)?.is_some()) };
    let services = clinic.services(permit)?;
    let speech = speech(&services, has(SecretName::SpeechKey)?);
    let has_key = has(SecretName::EngineKey)?;
    Ok(match services.engine {
        Some(service) => EngineSettingsView {
            preset: EnginePreset::from_key(&service.preset),
            base_url: service.base_url,
            model: service.model,
            fallback_model: service.fallback_model,
            writing_model: service.writing_model,
            meaning_model: service.meaning_model,
            has_key,
            timeout_s: service.timeout_s,
            speech,
        },
        None => EngineSettingsView {
            preset: EnginePreset::None,
            base_url: String::new(),
            model: String::new(),
            fallback_model: None,
            writing_model: None,
            meaning_model: None,
            has_key,
            timeout_s: TIMEOUT,
            speech,
        },
    })
}

fn speech(services: &Services, has_key: bool) -> SpeechSettingsView {
    let (by, base_url, model) = match &services.speech {
        None => (SpeechBy::None, "", ""),
        Some(SpeechService::Device) => (SpeechBy::Device, "", ""),
        Some(SpeechService::Engine { model }) => (SpeechBy::Engine, "", model.as_str()),
        Some(SpeechService::Server { base_url, model }) => {
            (SpeechBy::Server, base_url.as_str(), model.as_str())
        }
    };
    SpeechSettingsView {
        by,
        base_url: base_url.into(),
        model: model.into(),
        has_key,
        installed: services.speech_model.clone().map(|model| SpeechModelView {
            name: model.name,
            bytes: model.bytes,
            sha256: model.sha256,
        }),
    }
}
