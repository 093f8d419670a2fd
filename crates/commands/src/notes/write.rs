//! Handlers: keep what the doctor wrote, sign it.

use ::clinic::{ClinicError, NewNoteVersion};

use super::{
    NoteContent, NoteDesk, SaveNoteRequest, SignNoteRequest, SignedNote, content, heard, read,
};
use crate::{clinic::confirm_identity, dispatch::Call, error::CommandError};

/// Sentences of a note, at most.
const SENTENCES: usize = 500;

pub(super) fn save(call: &Call<'_>, request: SaveNoteRequest) -> Result<NoteDesk, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let id = request.consultation_id;
    read::own(call, id)?;
    if request.lines.len() > SENTENCES {
        return Err(CommandError::Invalid { field: "lines" });
    }
    let before = match (clinic.note_of(permit, id)?, request.over) {
        // What was on the screen; whether it is still the newest, the record checks.
        (Some(note), Some(over)) => {
            NoteContent::read(&clinic.note_version(permit, note.id, over)?)?
        }
        _ => NoteContent::empty(
            heard::conversation(&clinic, permit, id)?
                .conversation
                .language,
        ),
    };
    let after = before.clone().with(&request.lines);
    if after != before {
        let new = NewNoteVersion {
            drafted: false,
            over: request.over,
            text: after.text()?,
        };
        clinic
            .write::<_, ClinicError>(permit, call.verb(), |change| change.write_note(id, &new))?;
    }
    read::desk(call, id)
}

pub(super) fn sign(call: &Call<'_>, request: SignNoteRequest) -> Result<NoteDesk, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let note = clinic.note_by_id(permit, request.note_id)?;
    confirm_identity(call, note.patient_id, &request.confirmed)?;
    let proof = clinic.check_password(&call.active()?, &request.password)?;
    let reason = basics::Phi::new(request.reason.expose().trim().to_owned());
    clinic.write(permit, call.verb(), |change| {
        change.sign_note(proof, request.note_id, request.version, &reason, |leave| {
            let content = NoteContent::read(&leave.newest)?;
            if content.words(None).trim().is_empty() {
                return Err(CommandError::NoteEmpty);
            }
            let signed = SignedNote {
                note_id: leave.note_id,
                consultation_id: leave.consultation_id,
                patient_id: note.patient_id,
                version: leave.version,
                signed_by: leave.by,
                signed_at: leave.at,
                reason: reason.clone(),
                supersedes: leave.supersedes.map(hex::encode),
                content,
            };
            content::text(&signed.content, &signed)
        })
    })?;
    read::desk(call, note.consultation_id)
}
