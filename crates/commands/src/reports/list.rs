//! Lists of reports, one report whole, and what each of its revisions said.

use ::clinic::{Permission, Report, ReportFilter, ReportState as State};
use basics::ReportId;

use super::{
    AddendumView, DraftPurpose, DraftView, ReportAi, ReportContent, ReportCounts, ReportRequest,
    ReportRow, ReportShelf, ReportView, ReportsPage, ReportsRequest, RevisionView,
    compose::{self, Desk},
    content::{self, Draft},
    views,
};
use crate::{dispatch::Call, error::CommandError, imaging::ScanRequest};

/// Reports about one scan that are listed.
const OF_A_SCAN: u32 = 200;

pub(super) fn page(call: &Call<'_>, request: ReportsRequest) -> Result<ReportsPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), request.patient_id)?;
    let filter = ReportFilter {
        patient_id: request.patient_id,
        author_me: matches!(request.shelf, ReportShelf::Drafts | ReportShelf::ToSign),
        states: match request.shelf {
            ReportShelf::ToSign => vec![State::Preliminary],
            ReportShelf::Signed => State::RELEASED.to_vec(),
            ReportShelf::Drafts | ReportShelf::All => Vec::new(),
        },
        open: (request.shelf == ReportShelf::Drafts).then_some(true),
        text: request.query,
        ..ReportFilter::default()
    };
    let limit = request.limit.clamp(1, 200);
    let page = clinic.reports(permit, &filter, request.cursor.as_deref(), limit)?;
    let to_do = clinic.reports_to_do(permit)?;
    Ok(ReportsPage {
        rows: page
            .rows
            .into_iter()
            .map(|row| views::row(row, permit.user()))
            .collect(),
        next: page.next,
        counts: ReportCounts {
            drafts: to_do.drafts,
            to_sign: to_do.preliminary,
            trouble: to_do.uncertain + to_do.failed,
        },
    })
}

pub(super) fn for_scan(
    call: &Call<'_>,
    request: ScanRequest,
) -> Result<Vec<ReportRow>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let scan = clinic.scan(&call.leave(Permission::ReadScans)?, request.id)?;
    clinic.note_read(permit, call.verb(), Some(scan.patient_id))?;
    let filter = ReportFilter {
        scan_id: Some(request.id),
        ..ReportFilter::default()
    };
    let page = clinic.reports(permit, &filter, None, OF_A_SCAN)?;
    Ok(page
        .rows
        .into_iter()
        .map(|row| views::row(row, permit.user()))
        .collect())
}

pub(super) fn view(call: &Call<'_>, request: ReportRequest) -> Result<ReportView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    clinic.note_read(permit, call.verb(), Some(report.patient_id))?;
    whole(call, report)
}

/// A report as it is now, after a change of it.
pub(super) fn of(call: &Call<'_>, id: ReportId) -> Result<ReportView, CommandError> {
    whole(call, call.clinic()?.report(call.permit()?, id)?)
}

pub(super) fn history(
    call: &Call<'_>,
    request: ReportRequest,
) -> Result<Vec<RevisionView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    clinic.note_read(permit, call.verb(), Some(report.patient_id))?;
    report
        .signings
        .into_iter()
        .map(|signing| {
            let document = content::document(&signing)?;
            Ok(RevisionView {
                content: ReportContent::of(&document),
                addendum: document
                    .addenda
                    .into_iter()
                    .next()
                    .filter(|added| added.at == signing.at)
                    .map(AddendumView::from),
                signing: views::signing(&signing),
            })
        })
        .collect()
}

fn whole(call: &Call<'_>, report: Report) -> Result<ReportView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let desk = Desk::of(call)?;
    let scan = clinic.scan(&desk.scans, report.scan_id)?;
    let patient = clinic.patient(&desk.scans, report.patient_id)?;
    let files = clinic.report_files(permit, report.id)?;
    let not_told = views::not_told(call, &report)?;
    let signed = report.signings.last().map(content::document).transpose()?;
    let open = report.draft.as_ref();
    let draft = open.map(Draft::read).transpose()?;
    let said = draft.clone().or_else(|| signed.as_ref().map(Draft::of));
    let reading = match &said {
        Some(said) => compose::reading(&desk, report.scan_id, said)?,
        None => None,
    };
    let verdict = match &reading {
        Some(reading) => compose::newest_verdict(&desk, report.scan_id, Some(reading))?,
        None => None,
    };
    Ok(ReportView {
        id: report.id,
        mine: report.author == permit.user(),
        state: report.state.into(),
        revision: report.revision,
        patient: patient.into(),
        scan_id: report.scan_id,
        modality: scan.modality,
        study_date: scan.study_date,
        author: report.author_name.expose().clone(),
        drafting: report.drafting,
        content: match &signed {
            Some(signed) => Some(ReportContent::of(signed)),
            None => draft.as_ref().map(|draft| draft.content.clone()),
        },
        draft: open.zip(draft).map(|(open, draft)| DraftView {
            purpose: DraftPurpose::from(open.kind),
            content: draft.content,
            edit: open.edit,
            saved: open.saved,
            of: (report.revision > 0).then(|| report.state.into()),
            reason: draft.reason,
        }),
        ai: reading.map(ReportAi::from),
        verdict: verdict.map(Into::into),
        signings: report.signings.iter().map(views::signing).collect(),
        addenda: signed
            .map(|signed| signed.addenda.into_iter().map(Into::into).collect())
            .unwrap_or_default(),
        files: files.into_iter().map(Into::into).collect(),
        not_told,
        number: report.number,
    })
}
