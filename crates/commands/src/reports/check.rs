//! Checking a file inside the clinic: whether it is byte for byte one that was sealed here, and whether
//! everything in it holds.

use std::{fs::File, io::Read};

use ::clinic::FilePurpose;
use ::reports::{Finding, Part, Passphrase};
use sha2::{Digest, Sha256};

use super::{CheckFileRequest, CheckedFile, CheckedFileView};
use crate::{dispatch::Call, error::CommandError};

/// The largest file that is looked at: 64 MiB, as much as a sealed report may have.
const LARGEST: u64 = 64 << 20;

pub(super) fn check(
    call: &Call<'_>,
    request: CheckFileRequest,
) -> Result<CheckedFileView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let bytes = read(&request.path)?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let Some(file) = clinic.find_report_file(permit, &sha256)? else {
        clinic.note_read(permit, call.verb(), None)?;
        return Ok(CheckedFileView::unknown());
    };
    let report = clinic.report(permit, file.report_id)?;
    clinic.note_read(permit, call.verb(), Some(report.patient_id))?;
    let mut view = CheckedFileView {
        file: CheckedFile::Same,
        report_id: Some(report.id),
        number: report.number,
        revision: Some(file.revision),
        superseded: file.revision < report.revision,
        ..CheckedFileView::unknown()
    };
    // The owner's passphrase opens what a patient sealed with a passphrase of their own.
    let passphrase = match file.purpose {
        FilePurpose::Own => clinic.owner_passphrase(permit, report.id)?,
        FilePurpose::Original | FilePurpose::Copy => clinic.report_passphrase(permit, file.id)?,
    };
    let signing = report
        .signings
        .iter()
        .find(|one| one.revision == file.revision);
    let signing = signing.ok_or(CommandError::NotFound { what: "revision" })?;
    let verified = ::reports::verify(&bytes, &Passphrase::given(passphrase)?, Some(signing.key))?;
    view.signature = Some(holds(&verified, Part::Signature) && holds(&verified, Part::Key));
    view.document = Some(
        holds(&verified, Part::Document) && verified.fingerprint == hex::encode(signing.sha256),
    );
    view.pictures = Some(
        (0..verified.document.figures.len()).all(|figure| holds(&verified, Part::Figure(figure))),
    );
    Ok(view)
}

fn holds(verified: &::reports::Verified, part: Part) -> bool {
    verified.finding(part) == Finding::Holds
}

fn read(path: &str) -> Result<Vec<u8>, CommandError> {
    let unreadable = |_| CommandError::FileNotRead;
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(CommandError::FileNotRead),
        false => Ok(bytes),
    }
}

impl CheckedFileView {
    fn unknown() -> Self {
        Self {
            file: CheckedFile::Unknown,
            report_id: None,
            number: None,
            revision: None,
            superseded: false,
            signature: None,
            document: None,
            pictures: None,
        }
    }
}
