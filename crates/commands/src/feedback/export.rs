//! Giving verdicts away for training: what could be given, and writing it into a folder.

use std::{collections::HashSet, path::Path};

use ::clinic::{ClinicError, Feedback, Permission};
use ::imaging::{DeidentifyOptions, Error as ImagingError, Limits, Picture};
use basics::ScanId;

use super::{
    ExportFeedbackRequest, ExportedFeedback, FeedbackList, FeedbackRow,
    pack::{Image, Pack, Pseudonyms},
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn list(call: &Call<'_>, (): ()) -> Result<FeedbackList, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let (scans, people) = (
        call.leave(Permission::ReadScans)?,
        call.leave(Permission::ReadPatients)?,
    );
    let found = clinic.feedback(permit)?;
    clinic.note_reads(permit, call.verb(), found.iter().map(|one| one.patient_id))?;
    let mut list = FeedbackList {
        rows: Vec::with_capacity(found.len()),
        own_words: 0,
    };
    for one in found {
        let Some(label) = label(&one) else {
            list.own_words += 1;
            continue;
        };
        let patient = clinic.patient(&people, one.patient_id)?;
        let format = clinic.scan(&scans, one.scan_id)?.format;
        list.rows.push(FeedbackRow {
            said: one.answer.top().unwrap_or_default().to_owned(),
            label,
            scan_id: one.scan_id,
            patient_id: one.patient_id,
            patient_number: patient.number,
            patient_name: patient.details.name,
            modality: one.modality.clone(),
            model_id: one.model.id,
            version: one.model.version,
            agrees: one.agrees,
            region: one.region.is_some(),
            look: must_be_looked_at(&format, &one.modality),
            at: one.at,
        });
    }
    Ok(list)
}

pub(super) fn export(
    call: &Call<'_>,
    request: ExportFeedbackRequest,
) -> Result<ExportedFeedback, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let scans = call.leave(Permission::ReadScans)?;
    let asked: HashSet<ScanId> = request.scans.iter().copied().collect();
    let looked_at: HashSet<ScanId> = request.looked_at.iter().copied().collect();
    // First, so that a wrong password costs nothing and writes nothing.
    let proof = clinic.check_password(&call.active()?, &request.password)?;
    let salt = clinic.export_salt(&scans)?;
    let names = Pseudonyms::new(salt.clone());
    let mut pack = Pack::begin(Path::new(&request.folder))?;
    let (mut given, mut not_looked_at, mut unreadable) = (Vec::new(), 0, 0);
    for one in clinic.feedback(permit)? {
        let Some(label) = label(&one).filter(|_| asked.contains(&one.scan_id)) else {
            continue;
        };
        let options = DeidentifyOptions {
            salt: salt.clone(),
            pixels_looked_at: looked_at.contains(&one.scan_id),
            limits: Limits::default(),
        };
        let file = clinic.read_file(&scans, one.scan_id)?;
        match without_identity(&file, one.frame, &options) {
            Ok(png) => {
                pack.add(&Image::of(&one, label, &names), &png)?;
                given.push(one.scan_id);
            }
            Err(ImagingError::MayShowIdentity) => not_looked_at += 1,
            Err(_) => unreadable += 1,
        }
    }
    if given.is_empty() {
        return Err(CommandError::NothingToGive);
    }
    // It leaves the record: the journal knows before the folder has its name.
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.give_feedback(proof, &given)
    })?;
    let folder = pack.finish(call.inner().clock.now())?;
    Ok(ExportedFeedback {
        folder,
        images: u32::try_from(given.len()).unwrap_or(u32::MAX),
        not_looked_at,
        unreadable,
    })
}

/// What the list asks a person to look at: plain pictures, and kinds of DICOM that usually hold text. The
/// file itself decides once more when it is written (`imaging::may_show_identity`).
fn must_be_looked_at(format: &str, modality: &str) -> bool {
    const HOLD_TEXT: [&str; 10] = [
        "US", "IVUS", "BDUS", "SC", "OT", "HC", "DOC", "ES", "GM", "XC",
    ];
    format != "dicom" || HOLD_TEXT.contains(&modality)
}

/// The clinician's class, where it is one of the model's.
fn label(one: &Feedback) -> Option<String> {
    let ::clinic::Answer::Assessed { classes, .. } = &one.answer else {
        return None;
    };
    let theirs = match one.agrees {
        true => one.answer.top()?.to_owned(),
        false => one.class.as_ref()?.expose().clone(),
    };
    classes
        .iter()
        .any(|class| class.id == theirs)
        .then_some(theirs)
}

/// The frame that was read, as a grey PNG of a copy without identity: nothing but pixels is left.
fn without_identity(
    file: &[u8],
    frame: u32,
    options: &DeidentifyOptions,
) -> Result<Vec<u8>, ImagingError> {
    let copy = ::imaging::deidentify(file, options)?;
    let picture = Picture::from_bytes(copy, &options.limits)?;
    picture.render(frame, &Default::default())?.png()
}
