//! A patient's own reports at the kiosk: what is final, and what became of it. Nothing that is still being
//! written, and no other person's.

use ::clinic::{FilePurpose, NewReportFile, Report, ReportFilter, Signing};
use ::reports::{Document, Passphrase};
use basics::PatientId;

use super::{
    OwnReportRow, OwnReportView, PreviewView, ReportRequest, SaveOwnReportRequest,
    compose::{self, Desk},
    content, pages,
    seal::sealed,
    views,
};
use crate::{dispatch::Call, error::CommandError, outside};

/// Own reports that are listed.
const MANY: u32 = 200;

const NO_SUCH: CommandError = CommandError::NotFound { what: "report" };

pub(crate) fn list(call: &Call<'_>, (): ()) -> Result<Vec<OwnReportRow>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), Some(own(call)?))?;
    let page = clinic.reports(permit, &ReportFilter::default(), None, MANY)?;
    page.rows
        .into_iter()
        .map(|row| {
            Ok(OwnReportRow {
                id: row.id,
                number: row.number.ok_or(NO_SUCH)?,
                exam: row.title,
                modality: row.modality,
                study_date: row.study_date,
                state: row.state.into(),
                author: row.author_name.expose().clone(),
                signed: row.signed.ok_or(NO_SUCH)?,
            })
        })
        .collect()
}

pub(crate) fn view(call: &Call<'_>, request: ReportRequest) -> Result<OwnReportView, CommandError> {
    let (report, document) = shown(call, &request)?;
    let newest = newest(&report)?;
    Ok(OwnReportView {
        row: OwnReportRow {
            id: report.id,
            number: document.number,
            exam: document.exam.title,
            modality: document.exam.modality,
            study_date: document.exam.date.map(|date| date.to_string()),
            state: report.state.into(),
            author: report.author_name.expose().clone(),
            signed: newest.at,
        },
        scan_id: report.scan_id,
        language: document.language,
        signings: report.signings.iter().map(views::signing).collect(),
        addenda: document.addenda.into_iter().map(Into::into).collect(),
    })
}

pub(crate) fn preview(
    call: &Call<'_>,
    request: ReportRequest,
) -> Result<PreviewView, CommandError> {
    let (report, _) = shown(call, &request)?;
    let newest = newest(&report)?;
    let composed = compose::signed(&Desk::of_patient(call)?, newest)?;
    pages::show(call.inner(), report.id, Some(newest.revision), &composed)
}

pub(crate) fn save(call: &Call<'_>, request: SaveOwnReportRequest) -> Result<(), CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    let newest = newest(&report)?;
    let own = Passphrase::chosen(request.passphrase)?;
    let bytes = sealed_anew(call, &report, newest, &own)?;
    let file = NewReportFile {
        report_id: report.id,
        revision: newest.revision,
        purpose: FilePurpose::Own,
        bytes: &bytes,
        passphrase: None,
    };
    // It leaves the record: the journal knows before the disk does.
    clinic.write::<_, CommandError>(permit, call.verb(), |change| {
        change.keep_report_file(&file)?;
        Ok(())
    })?;
    outside::write(&request.path, &bytes)
}

/// The file that the clinic sealed, under the patient's own passphrase; where none was sealed yet, sealed
/// for the first time.
fn sealed_anew(
    call: &Call<'_>,
    report: &Report,
    newest: &Signing,
    own: &Passphrase,
) -> Result<Vec<u8>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let files = clinic.report_files(permit, report.id)?;
    let kept = files
        .into_iter()
        .find(|file| file.revision == newest.revision && file.purpose != FilePurpose::Own);
    let Some(kept) = kept else {
        return sealed(call, &Desk::of_patient(call)?, report, newest, own);
    };
    let bytes = clinic.report_file_bytes(permit, kept.id)?;
    let old = Passphrase::given(clinic.report_passphrase(permit, kept.id)?)?;
    let owner = clinic.owner_passphrase(permit, report.id)?;
    Ok(::reports::reseal(&bytes, &old, own, &owner)?)
}

/// One of one's own reports and what it says; the journal knows that it was looked at.
fn shown(call: &Call<'_>, request: &ReportRequest) -> Result<(Report, Document), CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    clinic.note_read(permit, call.verb(), Some(report.patient_id))?;
    let document = content::document(newest(&report)?)?;
    Ok((report, document))
}

fn newest(report: &Report) -> Result<&Signing, CommandError> {
    report.signings.last().ok_or(NO_SUCH)
}

/// Whose record the account is bound to.
fn own(call: &Call<'_>) -> Result<PatientId, CommandError> {
    call.permit()?
        .patient()
        .ok_or(CommandError::NotFound { what: "patient" })
}
