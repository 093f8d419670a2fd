//! Handlers of a patient's own record.

use basics::PatientId;

use crate::{
    clinic::{AccessRow, OwnScanView, PatientView},
    dispatch::Call,
    error::CommandError,
    reading::VerdictView,
};

pub(super) fn identity(call: &Call<'_>, (): ()) -> Result<PatientView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let own = own(call)?;
    clinic.note_read(permit, call.verb(), Some(own))?;
    Ok(clinic.patient(permit, own)?.into())
}

pub(super) fn scans(call: &Call<'_>, (): ()) -> Result<Vec<OwnScanView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let own = own(call)?;
    clinic.note_read(permit, call.verb(), Some(own))?;
    clinic
        .studies(permit, own)?
        .into_iter()
        .flat_map(|(_, scans)| scans)
        .map(|scan| {
            let verdict = clinic.verdicts(permit, scan.id)?.into_iter().next();
            Ok(OwnScanView {
                scan: scan.into(),
                verdict: verdict.map(|verdict| without_ai(verdict.into())),
            })
        })
        .collect()
}

pub(super) fn who_saw(call: &Call<'_>, (): ()) -> Result<Vec<AccessRow>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), Some(own(call)?))?;
    let rows = clinic.who_saw_own_record(permit)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Whose record the account is bound to.
fn own(call: &Call<'_>) -> Result<PatientId, CommandError> {
    call.permit()?
        .patient()
        .ok_or(CommandError::NotFound { what: "patient" })
}

/// The doctor's words, and nothing that stems from a reading: what was agreed with is the AI's.
fn without_ai(verdict: VerdictView) -> VerdictView {
    VerdictView {
        reading_id: None,
        region: None,
        class: verdict.class.filter(|_| !verdict.agrees),
        ..verdict
    }
}
