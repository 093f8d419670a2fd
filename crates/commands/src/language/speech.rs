//! Handlers of what writes down voice notes: set it, install and remove the model on this machine.

use std::{fs, io::ErrorKind, path::Path};

use ::clinic::{ClinicError, SecretName, Services, SpeechModel, SpeechService};
use ::language::{Error, engines::whisper};

use super::{
    EngineSettingsView, InstallSpeechModelRequest, InstallingEvent, SetSpeechRequest, SpeechBy,
    act::{keep, shown, trimmed},
    make,
};
use crate::{dispatch::Call, error::CommandError, workstation::Inner};

/// Bytes between two words about an installation: some hundred for a large model.
const STEP: u64 = 8 << 20;

pub(super) fn set(
    call: &Call<'_>,
    request: SetSpeechRequest,
) -> Result<EngineSettingsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let model = request.model.trim().to_owned();
    let speech = match request.by {
        SpeechBy::None => None,
        SpeechBy::Device => Some(SpeechService::Device),
        SpeechBy::Engine => Some(SpeechService::Engine { model }),
        SpeechBy::Server => Some(SpeechService::Server {
            base_url: request.base_url.trim().into(),
            model,
        }),
    };
    let services = Services {
        speech,
        ..clinic.services(permit)?
    };
    match request.by {
        SpeechBy::Device if services.speech_model.is_none() => {
            return Err(CommandError::Invalid { field: "model" });
        }
        SpeechBy::Engine if services.engine.is_none() => return Err(Error::NoEngine.into()),
        _ => {}
    }
    let given = trimmed(request.key);
    let own = match &given {
        Some(key) => Some(key.clone()).filter(|key| !key.expose().is_empty()),
        None => make::kept(&clinic, permit, SecretName::SpeechKey)?,
    };
    // What cannot work is refused before anything is kept.
    let key = make::kept(&clinic, permit, SecretName::EngineKey)?;
    make::speech(call.inner(), &services, key, own)?;
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.set_speech(services.speech.as_ref())?;
        let needed = request.by == SpeechBy::Server;
        keep(change, SecretName::SpeechKey, needed, given.as_ref())
    })?;
    make::renew(call.inner(), permit, &services)?;
    shown(call)
}

pub(super) fn install(
    call: &Call<'_>,
    request: InstallSpeechModelRequest,
) -> Result<EngineSettingsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let installing = call.inner().engines.installing()?;
    let mut next = 0;
    let told = |done: u64, all: u64| {
        if done >= next || done == all {
            next = done + STEP;
            let event = InstallingEvent { done, all };
            call.inner()
                .tell(call.window, "language.installing", &event);
        }
    };
    let folder = make::folder(call.inner());
    let model = whisper::install(
        Path::new(&request.path),
        &folder,
        told,
        installing.stopped(),
    )?;
    let before = clinic.services(permit)?;
    let services = Services {
        speech: Some(SpeechService::Device),
        speech_model: Some(SpeechModel {
            name: model.name,
            sha256: model.sha256,
            bytes: model.bytes,
        }),
        ..before.clone()
    };
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.set_speech_model(services.speech_model.as_ref())?;
        change.set_speech(services.speech.as_ref())
    })?;
    make::renew(call.inner(), permit, &services)?;
    if before.speech_model != services.speech_model {
        delete(call.inner(), before.speech_model.as_ref());
    }
    shown(call)
}

pub(super) fn stop(call: &Call<'_>, (): ()) -> Result<(), CommandError> {
    call.inner().engines.stop_installing();
    Ok(())
}

pub(super) fn remove(call: &Call<'_>, (): ()) -> Result<EngineSettingsView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let before = clinic.services(permit)?;
    let services = Services {
        // Nothing takes its place by itself: that would send voice notes to somewhere nobody chose.
        speech: before
            .speech
            .clone()
            .filter(|speech| *speech != SpeechService::Device),
        speech_model: None,
        ..before.clone()
    };
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.set_speech(services.speech.as_ref())?;
        change.set_speech_model(None)
    })?;
    make::renew(call.inner(), permit, &services)?;
    delete(call.inner(), before.speech_model.as_ref());
    shown(call)
}

/// Deletes a model that the record no longer names.
fn delete(inner: &Inner, model: Option<&SpeechModel>) {
    let Some(model) = model.map(|model| make::installed(inner, model)) else {
        return;
    };
    if let Err(error) = fs::remove_file(&model.path)
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!(%error, "a speech model stays behind");
    }
}
