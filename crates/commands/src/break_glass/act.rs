//! Handlers of whoever opens.

use ::clinic::{ClinicError, OwnOpening, SealedPatient, Wanted};

use super::{BreakGlassRequest, BreakReason, FindSealedRequest, OwnOpeningView, SealedPatientView};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn find(
    call: &Call<'_>,
    request: FindSealedRequest,
) -> Result<Vec<SealedPatientView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let wanted = match request {
        FindSealedRequest::Number { number } => Wanted::Number(number),
        FindSealedRequest::Person { name, birth_date } => Wanted::Person { name, birth_date },
    };
    let found = clinic.find_sealed(permit, &wanted)?;
    // That somebody looked for the record is kept with it, found or not.
    match found.is_empty() {
        true => clinic.note_read(permit, call.verb(), None)?,
        false => clinic.note_reads(permit, call.verb(), found.iter().map(|one| one.id))?,
    }
    Ok(found.into_iter().map(Into::into).collect())
}

pub(super) fn open(
    call: &Call<'_>,
    request: BreakGlassRequest,
) -> Result<OwnOpeningView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let proof = clinic.check_password(&call.active()?, &request.password)?;
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        let reason = request.reason.into();
        change.break_glass(proof, request.patient_id, reason, &request.words)
    })?;
    current(call, ())?.ok_or(CommandError::Defect)
}

pub(super) fn current(call: &Call<'_>, (): ()) -> Result<Option<OwnOpeningView>, CommandError> {
    let own = call.clinic()?.own_opening(call.permit()?)?;
    Ok(own.map(Into::into))
}

pub(super) fn end(call: &Call<'_>, (): ()) -> Result<(), CommandError> {
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.end_break_glass()
        })?;
    // What was decoded for it is not kept either.
    call.inner().pictures.clear();
    call.inner().previews.clear();
    Ok(())
}

impl From<SealedPatient> for SealedPatientView {
    fn from(patient: SealedPatient) -> Self {
        Self {
            id: patient.id,
            number: patient.number,
            name: patient.name,
            birth_date: patient.birth_date,
            sex: patient.sex.into(),
            treating: patient.treating.map(|name| name.expose().clone()),
        }
    }
}

impl From<OwnOpening> for OwnOpeningView {
    fn from(own: OwnOpening) -> Self {
        Self {
            id: own.id,
            patient_id: own.patient_id,
            patient_number: own.patient_number,
            patient_name: own.patient_name,
            left_ms: u32::try_from(own.left.as_millis()).unwrap_or(u32::MAX),
        }
    }
}

impl From<BreakReason> for ::clinic::BreakReason {
    fn from(reason: BreakReason) -> Self {
        match reason {
            BreakReason::Emergency => Self::Emergency,
            BreakReason::TreatingAbsent => Self::TreatingAbsent,
            BreakReason::PatientAsks => Self::PatientAsks,
            BreakReason::Law => Self::Law,
            BreakReason::Other => Self::Other,
        }
    }
}

impl From<::clinic::BreakReason> for BreakReason {
    fn from(reason: ::clinic::BreakReason) -> Self {
        use ::clinic::BreakReason as Kept;
        match reason {
            Kept::Emergency => Self::Emergency,
            Kept::TreatingAbsent => Self::TreatingAbsent,
            Kept::PatientAsks => Self::PatientAsks,
            Kept::Law => Self::Law,
            Kept::Other => Self::Other,
        }
    }
}
