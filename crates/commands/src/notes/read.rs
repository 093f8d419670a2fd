//! Handlers: show a note, a version of it, its history.

use ::clinic::{Clinic, ClinicError, Consultation, Note, NoteKind, Permit};
use ::language::scribe::FEWEST_WORDS;
use basics::ConsultationId;

use super::{
    NoteDesk, NoteRequest, NoteStepView, NoteVersionRequest, NoteVersionView, NoteView, content,
    heard,
};
use crate::{dispatch::Call, error::CommandError, live::ConsultationRequest};

pub(super) fn of(call: &Call<'_>, request: ConsultationRequest) -> Result<NoteDesk, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let patient = clinic
        .consultation(permit, request.consultation_id)?
        .patient
        .id;
    clinic.note_read(permit, call.verb(), Some(patient))?;
    desk(call, request.consultation_id)
}

pub(super) fn history(
    call: &Call<'_>,
    request: NoteRequest,
) -> Result<Vec<NoteStepView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    seen(&clinic, permit, call.verb(), &request)?;
    let mut steps: Vec<NoteStepView> = Vec::new();
    for step in clinic.note_history(permit, request.note_id)? {
        let versions = match steps.last() {
            Some(last) if step.kind == NoteKind::Edited && last.kind == super::NoteKind::Edited => {
                last.versions + 1
            }
            _ => 1,
        };
        if versions > 1 {
            steps.pop();
        }
        steps.push(NoteStepView {
            version: step.version,
            kind: step.kind.into(),
            by: step.by_name,
            at: step.at,
            reason: step.reason,
            versions,
        });
    }
    steps.reverse();
    Ok(steps)
}

pub(super) fn version(
    call: &Call<'_>,
    request: NoteVersionRequest,
) -> Result<NoteVersionView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let of = NoteRequest {
        note_id: request.note_id,
    };
    seen(&clinic, permit, call.verb(), &of)?;
    let version = clinic.note_version(permit, request.note_id, request.version)?;
    content::view(&version)
}

/// Journals that a note was read.
pub(super) fn seen(
    clinic: &Clinic,
    permit: &Permit,
    verb: &str,
    request: &NoteRequest,
) -> Result<(), CommandError> {
    let patient = clinic.note_by_id(permit, request.note_id)?.patient_id;
    Ok(clinic.note_read(permit, verb, Some(patient))?)
}

/// The consultation, if it is the asker's own: nobody else writes its note.
pub(super) fn own(call: &Call<'_>, id: ConsultationId) -> Result<Consultation, CommandError> {
    let permit = call.permit()?;
    let consultation = call.clinic()?.consultation(permit, id)?;
    match consultation.doctor == permit.user() {
        true => Ok(consultation),
        false => Err(ClinicError::Forbidden {
            permission: permit.permission(),
        }
        .into()),
    }
}

/// Everything the screen shows.
pub(super) fn desk(call: &Call<'_>, id: ConsultationId) -> Result<NoteDesk, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let consultation = clinic.consultation(permit, id)?;
    let whole = heard::conversation(&clinic, permit, id)?;
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(NoteDesk {
        consultation_id: id,
        mine: consultation.doctor == permit.user(),
        patient: consultation.patient.into(),
        started: consultation.started,
        ended: consultation.ended,
        note: clinic.note_of(permit, id)?.map(note).transpose()?,
        words: count(whole.conversation.words()),
        needed: count(FEWEST_WORDS),
        unwritten: whole.unwritten,
        engine: (call.inner().engines.chat()).map(|chat| chat.name().to_owned()),
        drafting: call.inner().scribing.of(id),
    })
}

fn note(note: Note) -> Result<NoteView, CommandError> {
    Ok(NoteView {
        id: note.id,
        author: note.author_name,
        newest: content::view(&note.newest)?,
        signed: note.signed.as_ref().map(content::view).transpose()?,
    })
}
