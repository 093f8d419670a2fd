//! Handlers of the worklist.

use ::clinic::{ClinicError, WorklistQuery};

use super::{SetPriorityRequest, StatusCounts, WorklistPage, WorklistRequest};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn page(
    call: &Call<'_>,
    request: WorklistRequest,
) -> Result<WorklistPage, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), request.patient_id)?;
    let query = WorklistQuery {
        status: request.status.map(Into::into),
        modality: request.modality,
        text: request.query,
        patient_id: request.patient_id,
        only_mine: false,
        only_above: request.only_above,
        cursor: request.cursor,
        limit: request.limit.clamp(1, 200),
    };
    let page = clinic.worklist(call.permit()?, &query)?;
    Ok(WorklistPage {
        rows: page.rows.into_iter().map(Into::into).collect(),
        next: page.next,
        counts: StatusCounts {
            imported: page.counts.imported,
            read: page.counts.read,
            verified: page.counts.verified,
            reported: page.counts.reported,
            delivered: page.counts.delivered,
        },
    })
}

pub(super) fn set_priority(
    call: &Call<'_>,
    request: SetPriorityRequest,
) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.set_priority(
                request.scan_id,
                request.priority.into(),
                request.reason.expose(),
            )
        })?)
}
