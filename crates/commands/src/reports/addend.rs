//! After a report is final: something added, or the whole withdrawn. The text before stays as it is.

use ::clinic::{DraftKind, ReportState};
use ::reports::{Addendum, State};
use basics::Phi;

use super::{
    AddendReportRequest, ReportView, RetractReportRequest,
    compose::{self, Desk},
    content::{self, Draft},
    edit::NO_DRAFT,
    list, pages,
    sign::{Signing, own},
};
use crate::{clinic::confirm_identity, dispatch::Call, error::CommandError};

pub(super) fn addend(
    call: &Call<'_>,
    request: AddendReportRequest,
) -> Result<ReportView, CommandError> {
    let text = given(&request.text, "text")?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    own(call, &report)?;
    confirm_identity(call, report.patient_id, &request.confirmed)?;
    let newest = report.signings.last().ok_or(NO_DRAFT)?;
    let mut document = content::document(newest)?;
    let draft = Draft::of(&document).text()?;
    document.addenda.insert(
        0,
        Addendum {
            kind: State::Appended,
            reason: Phi::default(),
            text,
            by: compose::person(report.author, &report.author_name),
            at: call.inner().clock.now(),
        },
    );
    pages::lay_out(
        call.inner(),
        &document,
        &compose::signed(&Desk::of(call)?, newest)?.pictures,
    )?;
    let signing = Signing {
        report: &report,
        becomes: ReportState::Appended,
        edit: Some(1),
        document,
        reason: Phi::default(),
    };
    let proof = clinic.check_password(&call.active()?, &request.password)?;
    clinic.write::<_, CommandError>(permit, call.verb(), |change| {
        change.reopen_report(report.id, DraftKind::Addendum, &draft)?;
        signing.commit(change, proof)
    })?;
    list::of(call, request.report_id)
}

pub(super) fn retract(
    call: &Call<'_>,
    request: RetractReportRequest,
) -> Result<ReportView, CommandError> {
    let reason = given(&request.reason, "reason")?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    own(call, &report)?;
    confirm_identity(call, report.patient_id, &request.confirmed)?;
    let newest = report.signings.last().ok_or(NO_DRAFT)?;
    let mut document = content::document(newest)?;
    document.addenda.insert(
        0,
        Addendum {
            kind: State::EnteredInError,
            reason: reason.clone(),
            text: Phi::default(),
            by: compose::person(report.author, &report.author_name),
            at: call.inner().clock.now(),
        },
    );
    let signing = Signing {
        report: &report,
        becomes: ReportState::EnteredInError,
        edit: None,
        document,
        reason,
    };
    let proof = clinic.check_password(&call.active()?, &request.password)?;
    clinic.write::<_, CommandError>(permit, call.verb(), |change| signing.commit(change, proof))?;
    list::of(call, request.report_id)
}

/// Words that must not be missing.
fn given(text: &Phi<String>, field: &'static str) -> Result<Phi<String>, CommandError> {
    let text = text.expose().trim();
    match text.is_empty() || text.chars().count() > 20_000 {
        true => Err(CommandError::Invalid { field }),
        false => Ok(Phi::new(text.to_string())),
    }
}
