//! Writing: autosave, throwing a draft away, opening one over what was signed.

use ::clinic::{ClinicError, DraftKind, ReportState};
use basics::Phi;

use super::{
    DraftSaved, ReopenReportRequest, ReportRequest, ReportView, SaveReportRequest,
    content::{self, Draft},
    list,
};
use crate::{dispatch::Call, error::CommandError};

/// Why nothing can be saved or signed.
pub(super) const NO_DRAFT: CommandError =
    CommandError::Clinic(ClinicError::Conflict { reason: "no-draft" });

pub(super) fn save(
    call: &Call<'_>,
    request: SaveReportRequest,
) -> Result<DraftSaved, CommandError> {
    request.content.check()?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    let open = report.draft.ok_or(NO_DRAFT)?;
    let draft = Draft {
        content: request.content,
        ..Draft::read(&open)?
    };
    let text = draft.text()?;
    let edit = clinic.upkeep(permit, |upkeep| {
        upkeep.save_draft(request.report_id, request.edit, &text)
    })?;
    let saved = call.inner().clock.now();
    Ok(DraftSaved { edit, saved })
}

pub(super) fn discard(call: &Call<'_>, request: ReportRequest) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.discard_draft(request.report_id)
        })?)
}

pub(super) fn reopen(
    call: &Call<'_>,
    request: ReopenReportRequest,
) -> Result<ReportView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    let kind = match report.state {
        ReportState::Draft | ReportState::Preliminary => DraftKind::Text,
        _ => DraftKind::Correction,
    };
    if kind == DraftKind::Correction && request.reason.expose().trim().is_empty() {
        return Err(CommandError::Invalid { field: "reason" });
    }
    let signing = report.signings.last().ok_or(NO_DRAFT)?;
    let draft = Draft {
        reason: Phi::new(request.reason.expose().trim().to_string()),
        ..Draft::of(&content::document(signing)?)
    };
    let text = draft.text()?;
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.reopen_report(request.report_id, kind, &text)
    })?;
    list::of(call, request.report_id)
}
