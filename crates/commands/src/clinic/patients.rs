//! Handlers of patients.

use ::clinic::{ClinicError, Patient};

use super::{
    ChartView, CorrectPatientRequest, CreatePatientAccountRequest, CreatePatientRequest,
    CreatePatientResponse, PatientRequest, PatientView, PatientsPage, PatientsPageRequest,
    SetAllergiesRequest, SetRestrictedRequest, StudyView, UserView,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn page(
    call: &Call<'_>,
    request: PatientsPageRequest,
) -> Result<PatientsPage, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    let limit = request.limit.clamp(1, 200);
    let page = clinic.patients(
        call.permit()?,
        &request.query,
        request.cursor.as_deref(),
        limit,
    )?;
    Ok(PatientsPage {
        rows: page.rows.into_iter().map(Into::into).collect(),
        next: page.next,
    })
}

pub(super) fn create(
    call: &Call<'_>,
    request: CreatePatientRequest,
) -> Result<CreatePatientResponse, CommandError> {
    let clinic = call.clinic()?;
    let details = request.details.into();
    if !request.not_a_duplicate {
        let found = clinic.candidates(call.permit()?, &details, None)?;
        if !found.is_empty() {
            let shown = found.iter().map(|one| one.patient.id);
            clinic.note_reads(call.permit()?, "patients.candidates", shown)?;
            let candidates = found.into_iter().map(Into::into).collect();
            return Ok(CreatePatientResponse::Similar { candidates });
        }
    }
    let patient = clinic.write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
        change.create_patient(&details, false)
    })?;
    Ok(CreatePatientResponse::Created {
        patient: patient.into(),
    })
}

pub(super) fn open(call: &Call<'_>, request: PatientRequest) -> Result<ChartView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let patient = clinic.patient(permit, request.id)?;
    clinic.note_read(permit, call.verb(), Some(request.id))?;
    let studies = clinic
        .studies(permit, request.id)?
        .into_iter()
        .map(|(study, scans)| StudyView {
            scans: scans.into_iter().map(Into::into).collect(),
            id: study.id,
            date: study.facts.date,
            description: study.facts.description,
            modality: study.facts.modality,
        })
        .filter(|study| !study.scans.is_empty())
        .collect();
    Ok(ChartView {
        has_account: patient.has_account,
        patient: patient.into(),
        studies,
    })
}

pub(super) fn correct(
    call: &Call<'_>,
    request: CorrectPatientRequest,
) -> Result<PatientView, CommandError> {
    let details = request.details.into();
    changed(call, |change| {
        change.correct_patient(request.id, request.version, &details, &request.reason)
    })
}

pub(super) fn set_allergies(
    call: &Call<'_>,
    request: SetAllergiesRequest,
) -> Result<PatientView, CommandError> {
    let allergies = request.allergies.into();
    changed(call, |change| change.set_allergies(request.id, &allergies))
}

pub(super) fn set_restricted(
    call: &Call<'_>,
    request: SetRestrictedRequest,
) -> Result<(), CommandError> {
    // Whoever restricts a record as a doctor is the one who treats.
    let permit = call.permit()?;
    let treating = (permit.role() == ::clinic::Role::Doctor).then(|| permit.user());
    let clinic = call.clinic()?;
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.set_restricted(request.id, request.restricted, treating, &request.reason)
    })?;
    Ok(())
}

pub(super) fn create_account(
    call: &Call<'_>,
    request: CreatePatientAccountRequest,
) -> Result<UserView, CommandError> {
    let user = call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.create_patient_account(request.id, &request.login, &request.password)
        })?;
    Ok(user.into())
}

fn changed(
    call: &Call<'_>,
    change: impl FnOnce(&mut ::clinic::Change<'_>) -> ::clinic::Result<Patient>,
) -> Result<PatientView, CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), change)?
        .into())
}
