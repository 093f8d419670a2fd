//! The words of a voice note come, are corrected, or are asked for again: in the record first, then on
//! every screen, then in each language.

use std::sync::Arc;

use ::clinic::{Change, ClinicError, NewTranscript, Permit, WaitingNote};
use ::live::content;
use basics::{ConsultationId, MessageId};

use super::{
    CorrectRequest, MessageEvent, MessageView, Room, WriteDownRequest, checking::in_room,
    phase_two, room::State, views,
};
use crate::{
    dispatch::Call,
    error::CommandError,
    workstation::{Inner, lock},
};

pub(super) fn write_down(
    call: &Call<'_>,
    request: WriteDownRequest,
) -> Result<MessageView, CommandError> {
    let inner = call.inner();
    if inner.engines.transcriber().is_none() {
        return Err(::language::Error::NoEngine.into());
    }
    let id = in_room(call, request.consultation_id, request.message_id)?;
    let note = (request.consultation_id, id);
    let shown = settle(inner, call.permit()?, call.verb(), note, |change| {
        change.want_transcript(id)
    })?;
    // Whoever asks now does not want to wait until the engine has rested.
    inner.transcribing.now();
    Ok(shown)
}

pub(super) fn correct(
    call: &Call<'_>,
    request: CorrectRequest,
) -> Result<MessageView, CommandError> {
    let id = in_room(call, request.consultation_id, request.message_id)?;
    let note = (request.consultation_id, id);
    let new = NewTranscript::Corrected { text: request.text };
    settle(call.inner(), call.permit()?, call.verb(), note, |change| {
        change.add_transcript(id, &new).map(drop)
    })
}

/// What became of a note that waited.
pub(super) fn answered(
    inner: &Inner,
    permit: &Permit,
    note: &WaitingNote,
    new: &NewTranscript,
) -> Result<(), CommandError> {
    let id = note.message_id;
    let kept = settle(
        inner,
        permit,
        "live.written_down",
        (note.consultation_id, id),
        |change| change.add_transcript(id, new).map(drop),
    );
    match kept {
        // A person wrote it down meanwhile: their words stand, and it waits no longer.
        Err(CommandError::Clinic(ClinicError::Conflict { .. })) => {
            settle(
                inner,
                permit,
                "live.written_down",
                (note.consultation_id, id),
                |change| change.forget_wanted(id),
            )?;
            Ok(())
        }
        kept => kept.map(drop),
    }
}

/// Changes the record, and tells whoever sees the note.
fn settle(
    inner: &Inner,
    permit: &Permit,
    verb: &str,
    (consultation_id, id): (ConsultationId, MessageId),
    change: impl FnOnce(&mut Change<'_>) -> Result<(), ClinicError>,
) -> Result<MessageView, CommandError> {
    let clinic = inner.clinic()?;
    let room = lock(&inner.rooms).get(&consultation_id).cloned();
    match room.filter(|room| room.doctor == permit.user()) {
        Some(room) => {
            let mut state = room.state();
            clinic.write::<_, ClinicError>(permit, verb, change)?;
            let told = room.words_changed(&mut state, id);
            room.carry_out(&mut state);
            told?;
            let message = clinic.message(permit, id)?;
            Ok(views::message(message, &state.pending, &state.held))
        }
        // It has ended: the words stand in the chart as they were said.
        None => {
            clinic.write::<_, ClinicError>(permit, verb, change)?;
            let message = clinic.message(permit, id)?;
            let message = views::message(message, &Default::default(), &Default::default());
            let event = MessageEvent {
                consultation_id,
                message: message.clone(),
            };
            inner.tell_user(permit.user(), "live.message", &event);
            Ok(message)
        }
    }
}

impl Room {
    /// A voice note has other words than before.
    fn words_changed(
        self: &Arc<Self>,
        state: &mut State,
        id: MessageId,
    ) -> Result<(), CommandError> {
        let message = self.clinic.message(&self.permit, id)?;
        // What an engine still owes is of the words before.
        state.pending.retain(|(of, _)| *of != id);
        let transcript = message
            .sound
            .as_ref()
            .and_then(|sound| sound.transcript.as_ref());
        let told = content::Transcript {
            id,
            language: message.language,
            text: message.text.expose().clone(),
            writing: views::writing(transcript),
        };
        state.host.transcript(message.n, &told);
        for language in self.languages(state)? {
            phase_two::again(self, state, &message, language)?;
        }
        self.tell_message(state, id);
        Ok(())
    }
}
