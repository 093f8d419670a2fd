//! Handlers: show, set, try; and what makes the translator know of it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ::clinic::{Clinic, ClinicError, EngineService, Permit, SecretName};
use ::language::{
    Engine, Error, State,
    engines::openai::{OpenAi, Settings},
};
use basics::Secret;

use super::{EnginePreset, EngineSettingsView, EngineTestView, SetEngineRequest};
use crate::{
    dispatch::Call,
    error::{CommandError, ErrorView},
    phrases,
    workstation::Inner,
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
        fallback_model: (request.fallback_model.as_deref().map(str::trim))
            .filter(|model| !model.is_empty())
            .map(String::from),
        timeout_s: request.timeout_s,
    });
    let given = request
        .key
        .map(|key| Secret::new(key.expose().trim().to_owned()));
    let key = match &given {
        Some(key) => Some(key.clone()).filter(|key| !key.expose().is_empty()),
        None => kept_key(&clinic, permit)?,
    };
    // What cannot work is refused before anything is kept.
    let engine = service
        .as_ref()
        .map(|service| engine(service, key))
        .transpose()?;
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.set_engine(service.as_ref())?;
        match &given {
            _ if service.is_none() => change.forget_secret(SecretName::EngineKey),
            None => Ok(()),
            Some(key) if key.expose().is_empty() => change.forget_secret(SecretName::EngineKey),
            Some(key) => {
                let bytes = Secret::new(key.expose().clone().into_bytes());
                change.keep_secret(SecretName::EngineKey, &bytes)
            }
        }
    })?;
    call.inner().translator()?.set_engine(engine);
    shown(call)
}

pub(super) fn test(call: &Call<'_>, (): ()) -> Result<EngineTestView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let service = clinic.services(permit)?.engine.ok_or(Error::NoEngine)?;
    let engine = engine(&service, kept_key(&clinic, permit)?)?;
    let started = Instant::now();
    let outcome = call.inner().runtime()?.block_on(engine.check());
    let ms = started.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
    let problem = outcome.err().map(ErrorView::from);
    Ok(EngineTestView {
        ok: problem.is_none(),
        message_id: problem.as_ref().map(|problem| problem.message_id.clone()),
        args: problem.map(|problem| problem.args).unwrap_or_default(),
        ms,
    })
}

/// Tells the translator of the engine and the approvals that the record holds: after a start nobody
/// has yet. An engine that is set stays, and with it what it owes.
///
/// # Errors
/// Those of the record; an engine that cannot be made is left out and logged.
pub(crate) fn refresh(inner: &Inner, clinic: &Clinic, permit: &Permit) -> Result<(), CommandError> {
    let translator = inner.translator()?;
    translator.set_approvals(phrases::approvals(clinic, permit)?);
    match (translator.state(), clinic.services(permit)?.engine) {
        (State::None, Some(service)) => {
            let made = kept_key(clinic, permit).and_then(|key| Ok(engine(&service, key)?));
            match made {
                Ok(engine) => translator.set_engine(Some(engine)),
                Err(error) => tracing::warn!(%error, "the translation engine cannot be used"),
            }
        }
        (State::Ready { .. } | State::Failing { .. }, None) => translator.set_engine(None),
        _ => {}
    }
    Ok(())
}

fn engine(service: &EngineService, key: Option<Secret<String>>) -> Result<Arc<dyn Engine>, Error> {
    let engine = OpenAi::new(&Settings {
        base_url: service.base_url.clone(),
        key,
        model: service.model.clone(),
        fallback_model: service.fallback_model.clone(),
        timeout: Duration::from_secs(service.timeout_s.into()),
    })?;
    Ok(Arc::new(engine))
}

fn kept_key(clinic: &Clinic, permit: &Permit) -> Result<Option<Secret<String>>, CommandError> {
    let kept = clinic.secret(permit, SecretName::EngineKey)?;
    let text = kept.map(|bytes| String::from_utf8(bytes.expose().clone()));
    Ok(text
        .transpose()
        .map_err(|_| Error::Settings { field: "key" })?
        .map(Secret::new))
}

fn shown(call: &Call<'_>) -> Result<EngineSettingsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let has_key = clinic.secret(permit, SecretName::EngineKey)?.is_some();
    Ok(match clinic.services(permit)?.engine {
        Some(service) => EngineSettingsView {
            preset: EnginePreset::from_key(&service.preset),
            base_url: service.base_url,
            model: service.model,
            fallback_model: service.fallback_model,
            has_key,
            timeout_s: service.timeout_s,
        },
        None => EngineSettingsView {
            preset: EnginePreset::None,
            base_url: String::new(),
            model: String::new(),
            fallback_model: None,
            has_key,
            timeout_s: TIMEOUT,
        },
    })
}
