//! Sealing: the newest signed revision as an encrypted PDF that carries its own signed text.

use ::clinic::{ClinicError, FilePurpose, NewReportFile, Report, ReportFile, Signing};
use ::reports::{Enclosed, Passphrase, Signed};

use super::{
    PassphraseView, ReportFileRequest, SealReportRequest, SealedView,
    compose::{self, Desk},
    pages,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn seal(
    call: &Call<'_>,
    request: SealReportRequest,
) -> Result<SealedView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    let newest = newest(&report)?;
    let passphrase = match request.passphrase {
        Some(chosen) => Passphrase::chosen(chosen)?,
        None => Passphrase::generate()?,
    };
    let bytes = sealed(call, &Desk::of(call)?, &report, newest, &passphrase)?;
    let known = clinic.report_files(permit, report.id)?;
    let first = !known
        .iter()
        .any(|file| file.revision == newest.revision && file.purpose == FilePurpose::Original);
    let new = NewReportFile {
        report_id: report.id,
        revision: newest.revision,
        purpose: if first {
            FilePurpose::Original
        } else {
            FilePurpose::Copy
        },
        bytes: &bytes,
        passphrase: Some(passphrase.secret()),
    };
    let file = clinic
        .write::<_, ClinicError>(permit, call.verb(), |change| change.keep_report_file(&new))?;
    Ok(SealedView {
        file: file.into(),
        passphrase: passphrase.expose().into(),
    })
}

pub(super) fn passphrase(
    call: &Call<'_>,
    request: ReportFileRequest,
) -> Result<PassphraseView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let report = clinic.report(permit, request.report_id)?;
    let file = clinic
        .report_files(permit, report.id)?
        .into_iter()
        .find(|file| file.id.to_string() == request.file_id)
        .ok_or(CommandError::NotFound { what: "file" })?;
    let passphrase = clinic.report_passphrase(permit, file.id)?;
    // Whoever learns it can read every copy that went out: the journal knows before the screen does.
    clinic.note(
        permit,
        call.verb(),
        &[report.patient_id.into(), report.id.into()],
    )?;
    Ok(PassphraseView {
        passphrase: passphrase.expose().clone(),
    })
}

/// The newest signed revision, if it may leave the clinic.
pub(super) fn newest(report: &Report) -> Result<&Signing, CommandError> {
    report
        .signings
        .last()
        .filter(|signing| signing.becomes.is_released())
        .ok_or(CommandError::ReportNotFinal)
}

/// The newest sealed file of the newest revision that the record keeps.
pub(super) fn file_of(
    call: &Call<'_>,
    report: &Report,
) -> Result<Option<ReportFile>, CommandError> {
    let newest = newest(report)?;
    let files = call.clinic()?.report_files(call.permit()?, report.id)?;
    Ok(files
        .into_iter()
        .find(|file| file.revision == newest.revision && file.purpose != FilePurpose::Own))
}

/// The clinic's signature under a revision.
pub(super) fn signature(signing: &Signing) -> Signed {
    Signed {
        signature: signing.signature,
        key: signing.key,
    }
}

/// A signed revision as a sealed PDF.
pub(super) fn sealed(
    call: &Call<'_>,
    desk: &Desk<'_>,
    report: &Report,
    signing: &Signing,
    passphrase: &Passphrase,
) -> Result<Vec<u8>, CommandError> {
    let composed = compose::signed(desk, signing)?;
    let pdf = pages::lay_out(call.inner(), &composed.document, &composed.pictures)?.pdf()?;
    let enclosed = Enclosed {
        canonical: signing.content.expose().clone(),
        signature: Some(signature(signing)),
    };
    let owner = desk.clinic.owner_passphrase(call.permit()?, report.id)?;
    Ok(::reports::seal(&pdf, &enclosed, passphrase, &owner)?)
}
