//! What the guard found in a translation: kept with it, and confirmed by the doctor.
//!
//! A translation with findings is held: it goes to no phone and to nobody across the desk before the
//! doctor read both texts and confirmed it.

use std::time::Duration;

use ::clinic::{ClinicError, Finding, NewTranslation};
use ::language::{Error, Said, guard::Guard};
use basics::{ConsultationId, Language, MessageId, Phi, Provenance};

use super::{
    BackTranslationView, ConfirmTranslationRequest, MessageView, TranslateRequest, act::room, views,
};
use crate::{dispatch::Call, error::CommandError};

/// How long a back-translation may take, with its tries.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the guard finds in a machine's translation; a person's is not doubted.
pub(super) fn findings(words: &Phi<String>, from: Language, new: &NewTranslation) -> Vec<Finding> {
    if new.provenance != Provenance::Machine {
        return Vec::new();
    }
    let found = Guard::shared().compare(words.expose(), from, new.text.expose(), new.language);
    let finding = |flag: ::language::guard::Flag| Finding {
        kind: flag.kind.key().into(),
        source: flag.source.into(),
        target: flag.target.into(),
    };
    found.into_iter().map(finding).collect()
}

pub(super) fn confirm(
    call: &Call<'_>,
    request: ConfirmTranslationRequest,
) -> Result<MessageView, CommandError> {
    let room = room(call, request.consultation_id)?;
    let mut state = room.state();
    let id = in_room(call, request.consultation_id, request.message_id)?;
    let message =
        call.clinic()?
            .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
                change.confirm_translation(id, request.language, &request.text)
            })?;
    let newest = message
        .translations
        .iter()
        .find(|one| one.language == request.language);
    if let Some(newest) = newest {
        // Phones had it without words: one that is away now must not miss them.
        state.host.retell(message.n);
        state
            .host
            .translation(message.n, id, &views::sent(newest.clone()));
    }
    room.tell_message(&state, id);
    room.carry_out(&mut state);
    Ok(views::message(message, &state.pending, &state.held))
}

/// By the engine only: a phrase of the book would say nothing about this translation.
pub(super) fn back(
    call: &Call<'_>,
    request: TranslateRequest,
) -> Result<BackTranslationView, CommandError> {
    let room = room(call, request.consultation_id)?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let message = clinic.message(
        permit,
        in_room(call, request.consultation_id, request.message_id)?,
    )?;
    let translation = message
        .translations
        .into_iter()
        .find(|one| one.language == request.language && !one.text.expose().is_empty())
        .ok_or(CommandError::NotFound {
            what: "translation",
        })?;
    clinic.note(permit, call.verb(), &[room.patient.into(), room.id.into()])?;
    let said = Said {
        text: translation.text,
        language: translation.language,
        phrase: None,
        context: None,
    };
    let pending = call
        .inner()
        .translator()?
        .by_engine(&said, message.language)?;
    let answer = call.inner().runtime()?.block_on(async {
        tokio::time::timeout(PATIENCE, pending)
            .await
            .unwrap_or(Err(Error::TimedOut))
    })?;
    Ok(BackTranslationView { text: answer.text })
}

/// The message, if it was said in this consultation.
pub(super) fn in_room(
    call: &Call<'_>,
    consultation: ConsultationId,
    message: MessageId,
) -> Result<MessageId, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let message = clinic.message(permit, message)?;
    let people = clinic.participants(permit, consultation)?;
    match people
        .iter()
        .any(|person| person.id == message.participant_id)
    {
        true => Ok(message.id),
        false => Err(CommandError::NotFound { what: "message" }),
    }
}
