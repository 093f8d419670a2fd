//! Handlers of what is said: say it, read it again, have it translated.

use std::collections::HashSet;

use ::clinic::{NewMessage, ParticipantKind};

use super::{
    MessageView, MessagesPage, MessagesRequest, SayRequest, TranslateRequest, act::room,
    checking::in_room, phase_two, views,
};
use crate::{dispatch::Call, error::CommandError, workstation::lock};

pub(super) fn messages(
    call: &Call<'_>,
    request: MessagesRequest,
) -> Result<MessagesPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let id = request.consultation_id;
    let patient = clinic.consultation(permit, id)?.patient.id;
    clinic.note_read(permit, call.verb(), Some(patient))?;
    let page = clinic.messages(permit, id, request.before, request.limit)?;
    let running = lock(&call.inner().rooms).get(&id).cloned();
    let (pending, held) = match &running {
        Some(room) => {
            let state = room.state();
            (state.pending.clone(), state.held.clone())
        }
        None => (HashSet::new(), HashSet::new()),
    };
    let rows = page.rows.into_iter();
    Ok(MessagesPage {
        messages: rows
            .map(|row| views::message(row, &pending, &held))
            .collect(),
        more: page.more,
    })
}

pub(super) fn say(call: &Call<'_>, request: SayRequest) -> Result<MessageView, CommandError> {
    let id = request.consultation_id;
    let room = room(call, id)?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let speaker = clinic
        .participants(permit, id)?
        .into_iter()
        .find(|person| person.id == request.participant_id)
        .filter(|person| person.kind != ParticipantKind::Guest)
        .ok_or(CommandError::NotFound {
            what: "participant",
        })?;
    let new = NewMessage {
        id: request.message_id,
        consultation_id: id,
        participant_id: speaker.id,
        language: speaker.language,
        text: request.text,
        phrase: request.phrase.clone(),
        sound: None,
    };
    let mut state = room.state();
    let (said, fresh) = room.say(&mut state, call.verb(), &new, request.phrase)?;
    let message = said.id;
    if fresh {
        state.host.deliver(said);
        room.carry_out(&mut state);
    }
    Ok(views::message(
        clinic.message(permit, message)?,
        &state.pending,
        &state.held,
    ))
}

pub(super) fn translate(
    call: &Call<'_>,
    request: TranslateRequest,
) -> Result<MessageView, CommandError> {
    let room = room(call, request.consultation_id)?;
    let mut state = room.state();
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    // One that was said elsewhere must not reach the phones of this consultation.
    let id = in_room(call, request.consultation_id, request.message_id)?;
    let message = clinic.message(permit, id)?;
    clinic.note(permit, call.verb(), &[room.patient.into(), room.id.into()])?;
    phase_two::again(&room, &mut state, &message, request.language)?;
    room.carry_out(&mut state);
    Ok(views::message(
        clinic.message(permit, request.message_id)?,
        &state.pending,
        &state.held,
    ))
}
