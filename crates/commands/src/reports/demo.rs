//! The demo clinic's two reports: one signed, one being written, so that every screen has something to show.
//! Their text is invented and says so: nobody read these films.

use ::clinic::{ActiveSession, ClinicError, NewReport, Permission, ReportState, authorize};
use basics::{Language, Phi, ReportId, ScanId, Secret};

use super::{
    ReportText, StartReportRequest,
    compose::{self, Desk},
    edit::NO_DRAFT,
    sign::Signing,
    start,
};
use crate::{error::CommandError, workstation::Inner};

const SIGNED: [&str; 3] = [
    "Cough for three weeks (invented).",
    "Sample text of the demo clinic: nobody read this film.\nLungs clear. Heart of normal size.",
    "Sample report. No acute abnormality in this invented example.",
];
const BEGUN: &str = "Sample text of the demo clinic, still being written.";

/// A signed report about the first scan, and a draft about the second.
pub(crate) fn make(
    inner: &Inner,
    session: &ActiveSession,
    scans: [ScanId; 2],
    password: &Secret<String>,
) -> Result<(), CommandError> {
    let desk = Desk::at(inner, session.clone())?;
    let [indication, findings, impression] = SIGNED.map(|text| Phi::new(text.to_string()));
    let text = ReportText {
        indication,
        findings,
        impression,
        ..ReportText::default()
    };
    let signed = begin(&desk, scans[0], "Chest X-ray (sample)", text)?;
    sign(&desk, signed, password)?;
    let text = ReportText {
        findings: Phi::new(BEGUN.into()),
        ..ReportText::default()
    };
    begin(&desk, scans[1], "Chest X-ray (sample draft)", text)?;
    Ok(())
}

fn begin(
    desk: &Desk<'_>,
    scan_id: ScanId,
    title: &str,
    text: ReportText,
) -> Result<ReportId, CommandError> {
    let request = StartReportRequest {
        scan_id,
        reading_id: None,
        template: None,
        language: Language::En,
    };
    let mut draft = start::fill(desk, &request, None)?;
    draft.content.title = Phi::new(title.into());
    draft.content.text = ReportText {
        technique: draft.content.text.technique.clone(),
        comparison: draft.content.text.comparison.clone(),
        ..text
    };
    let new = NewReport {
        scan_id,
        language: Language::En,
        draft: draft.text()?,
    };
    let permit = authorize(&desk.session, Permission::WriteReports)?;
    let started = desk
        .clinic
        .write::<_, ClinicError>(&permit, "report.start", |change| change.start_report(&new))?;
    Ok(started)
}

fn sign(desk: &Desk<'_>, id: ReportId, password: &Secret<String>) -> Result<(), CommandError> {
    let permit = authorize(&desk.session, Permission::SignReports)?;
    let report = desk.clinic.report(&permit, id)?;
    let open = report.draft.as_ref().ok_or(NO_DRAFT)?;
    let signing = Signing {
        report: &report,
        becomes: ReportState::Final,
        edit: Some(open.edit),
        document: compose::draft(desk, &report, open)?.document,
        reason: Phi::default(),
    };
    let proof = desk.clinic.check_password(&desk.session, password)?;
    desk.clinic.write(&permit, "report.sign", |change| {
        signing.commit(change, proof)
    })
}
