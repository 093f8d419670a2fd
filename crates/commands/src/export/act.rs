//! Handlers of exports.

use std::path::Path;

use basics::{PatientId, Secret};

use super::{
    ExportClinicRequest, ExportPatientRequest, ExportStateView, files::Folder, jobs,
    write::Exporter,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn patient(
    call: &Call<'_>,
    request: ExportPatientRequest,
) -> Result<ExportStateView, CommandError> {
    begin(
        call,
        Some(request.patient_id),
        &request.folder,
        &request.password,
    )
}

pub(super) fn clinic(
    call: &Call<'_>,
    request: ExportClinicRequest,
) -> Result<ExportStateView, CommandError> {
    begin(call, None, &request.folder, &request.password)
}

pub(super) fn state(call: &Call<'_>, (): ()) -> Result<ExportStateView, CommandError> {
    Ok(jobs::state(call.inner(), call.active()?.user()))
}

pub(super) fn cancel(call: &Call<'_>, (): ()) -> Result<ExportStateView, CommandError> {
    jobs::cancel(call.inner(), call.active()?.user());
    state(call, ())
}

/// What can go wrong at once does so before the answer: the password, the person, the folder.
fn begin(
    call: &Call<'_>,
    patient: Option<PatientId>,
    wanted: &str,
    password: &Secret<String>,
) -> Result<ExportStateView, CommandError> {
    let (clinic, session, permit) = (call.clinic()?, call.active()?, call.permit()?);
    clinic.check_password(&session, password)?;
    let exporter = Exporter::of(clinic, session, permit, call.verb())?;
    if let Some(id) = patient {
        exporter.who(id)?;
    }
    let at = call.inner().clock.now();
    let data = &call.inner().options.data_dir;
    let folder =
        Folder::make(Path::new(wanted), data, at).map_err(|_| CommandError::FileNotWritten)?;
    jobs::begin(call.inner_arc(), exporter, patient, folder)?;
    state(call, ())
}
