//! Opening a scan in the reading room, and marking one as entered in error.

use ::clinic::ClinicError;

use super::{ModelOption, RetractScanRequest, ScanRequest, ScanView, document::Document, marks};
use crate::{
    dispatch::{Call, decode},
    error::CommandError,
    reading::models,
};

pub(super) fn open_scan(call: &Call<'_>, request: ScanRequest) -> Result<ScanView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let scan = clinic.scan(permit, request.id)?;
    let patient = clinic.patient(permit, scan.patient_id)?;
    clinic.note_read(permit, call.verb(), Some(scan.patient_id))?;
    let document: Document = decode(scan.header.clone()).map_err(|_| CommandError::Defect)?;
    let session = call.active()?;
    let models = match call.inner().models() {
        // A workstation without models still shows scans.
        Err(_) => Vec::new(),
        Ok(shelf) => models::enabled(call.inner(), &session)?
            .iter()
            .filter_map(|id| shelf.shelf.pack(id).ok()?.card().ok())
            .map(|card| ModelOption {
                id: card.id.clone(),
                name: card.name.clone(),
                research_only: card.research_only,
            })
            .collect(),
    };
    let siblings = clinic.scans_of_study(permit, scan.study_id)?;
    Ok(ScanView {
        id: scan.id,
        patient: patient.into(),
        pixels: document.pixels,
        facts: document.facts,
        windows: document.windows,
        edges: document.edges,
        spacing: document.spacing,
        siblings: siblings.into_iter().map(Into::into).collect(),
        marks: clinic
            .marks(permit, scan.id)?
            .into_iter()
            .filter_map(marks::view)
            .collect(),
        readings: clinic
            .readings(permit, scan.id)?
            .into_iter()
            .map(Into::into)
            .collect(),
        verdicts: clinic
            .verdicts(permit, scan.id)?
            .into_iter()
            .map(Into::into)
            .collect(),
        models,
        priority: clinic.priority(permit, scan.id)?.0.into(),
        status: scan.status.into(),
    })
}

pub(super) fn retract(call: &Call<'_>, request: RetractScanRequest) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.retract_scan(request.id, &request.reason)
        })?)
}
