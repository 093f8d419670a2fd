//! What the asker may see of one patient, piece by piece. Every read has its own leave, which the policy
//! gave to this person for this patient; nothing here takes the name of another patient.

use std::collections::HashMap;

use ::clinic::{
    Clinic, Consultation, ConsultationFilter, Message, ParticipantKind, Permission, Permit,
};
use basics::{Language, ParticipantId, PatientId, Phi, Provenance, ScanId, Timestamp};

use super::{PassageBy, PassageKind, PassagePlace, PassageView, act::Gathered, english, own};
use crate::{dispatch::Call, error::CommandError};

/// Consultations, notes and reports that are read, the newest.
const MANY: u32 = 50;
/// Messages that are read in all.
const MESSAGES: usize = 3_000;
/// Messages read at once.
const PAGE: u32 = 200;

/// The record of one patient.
pub(super) fn gather(call: &Call<'_>, id: PatientId) -> Result<Gathered, CommandError> {
    let clinic = call.clinic()?;
    let mut sources = about(call, &clinic, id)?;
    let (mut dated, mut all) = (Vec::new(), true);
    scans(&clinic, &call.leave(Permission::ReadScans)?, id, &mut dated)?;
    all &= talks(
        &clinic,
        &call.leave(Permission::HostConsultations)?,
        id,
        &mut dated,
    )?;
    all &= notes(&clinic, call.permit()?, id, &mut dated)?;
    let leave = call.leave(Permission::ReadReports)?;
    all &= own::reports(&clinic, &leave, Some(id), &mut dated, |report_id| {
        PassagePlace::Report { report_id }
    })?;
    dated.sort_by_key(|source| std::cmp::Reverse(source.at));
    sources.extend(dated);
    Ok(Gathered { sources, all })
}

fn about(
    call: &Call<'_>,
    clinic: &Clinic,
    id: PatientId,
) -> Result<Vec<PassageView>, CommandError> {
    let patient = clinic.patient(&call.leave(Permission::ReadPatients)?, id)?;
    let opens = PassagePlace::Chart { patient_id: id };
    let details = english::details(&patient, call.inner().clock.now());
    let allergies = english::allergies(&patient.allergies);
    Ok(vec![
        source(PassageKind::Details, "", None, details, opens.clone()),
        source(
            PassageKind::Allergies,
            "",
            patient.allergies_recorded,
            allergies,
            opens,
        ),
    ])
}

fn scans(
    clinic: &Clinic,
    leave: &Permit,
    id: PatientId,
    sources: &mut Vec<PassageView>,
) -> Result<(), CommandError> {
    let studies = clinic.studies(leave, id)?;
    let scans = studies.into_iter().flat_map(|(_, scans)| scans);
    for scan in scans.filter(|scan| scan.retracted.is_none()) {
        let opens = PassagePlace::Scan { scan_id: scan.id };
        let named = scan
            .description
            .as_ref()
            .map(|name| name.expose().trim().to_owned());
        let title = (named.filter(|name| !name.is_empty())).unwrap_or(scan.modality.clone());
        let made = (scan.study_date.as_ref()).map_or_else(
            || "The file does not say when it was made.".into(),
            |date| format!("Made on {date}."),
        );
        let text = format!(
            "{title} ({}). {made} Frames: {}.",
            scan.modality, scan.frames
        );
        let add = |kind, at, text, machine| PassageView {
            machine,
            ..source(kind, &title, Some(at), text, opens.clone())
        };
        sources.push(add(PassageKind::Scan, scan.imported, text, false));
        judged(clinic, leave, scan.id, |kind, at, text, machine| {
            sources.push(add(kind, at, text, machine));
        })?;
    }
    Ok(())
}

/// The newest answer of each model, and the newest verdict.
fn judged(
    clinic: &Clinic,
    leave: &Permit,
    scan: ScanId,
    mut add: impl FnMut(PassageKind, Timestamp, String, bool),
) -> Result<(), CommandError> {
    let mut models = Vec::new();
    for reading in clinic.readings(leave, scan)? {
        if !models.contains(&reading.model.id) {
            add(
                PassageKind::Reading,
                reading.at,
                english::reading(&reading),
                true,
            );
            models.push(reading.model.id);
        }
    }
    if let Some(verdict) = clinic.verdicts(leave, scan)?.first() {
        add(
            PassageKind::Verdict,
            verdict.at,
            english::verdict(verdict),
            false,
        );
    }
    Ok(())
}

fn talks(
    clinic: &Clinic,
    leave: &Permit,
    id: PatientId,
    sources: &mut Vec<PassageView>,
) -> Result<bool, CommandError> {
    let filter = ConsultationFilter {
        patient_id: Some(id),
        ..ConsultationFilter::default()
    };
    let page = clinic.consultations(leave, filter, None, MANY)?;
    let mut all = page.next.is_none();
    let mut left = MESSAGES;
    for talk in page.rows {
        if left == 0 {
            return Ok(false);
        }
        let people = clinic.participants(leave, talk.id)?;
        let kinds: HashMap<ParticipantId, ParticipantKind> = people
            .iter()
            .map(|person| (person.id, person.kind))
            .collect();
        let mut before = None;
        loop {
            let messages = clinic.messages(leave, talk.id, before, PAGE)?;
            for message in &messages.rows {
                before = Some(message.n);
                left = left.saturating_sub(1);
                sources.extend(said(&talk, message, &kinds));
            }
            if !messages.more || left == 0 {
                all &= !messages.more;
                break;
            }
        }
    }
    Ok(all)
}

/// What was said, with its English words where it was said in another language.
fn said(
    talk: &Consultation,
    message: &Message,
    kinds: &HashMap<ParticipantId, ParticipantKind>,
) -> Option<PassageView> {
    let words = message.text.expose().trim();
    if words.is_empty() {
        return None;
    }
    let english = (message.translations.iter())
        .filter(|_| message.language != Language::En)
        .find(|one| {
            // What the guard doubts and nobody confirmed is no source.
            one.language == Language::En && !one.is_held() && !one.text.expose().trim().is_empty()
        });
    let by_machine = english.is_some_and(|one| one.provenance == Provenance::Machine);
    let text = match english {
        Some(english) => format!("{words}\nEnglish: {}", english.text.expose()),
        None => words.to_owned(),
    };
    let opens = PassagePlace::Consultation {
        consultation_id: talk.id,
        message_id: message.id,
    };
    let doctor = kinds.get(&message.participant_id) == Some(&ParticipantKind::Doctor);
    Some(PassageView {
        said_by: Some(if doctor {
            PassageBy::Doctor
        } else {
            PassageBy::Patient
        }),
        // A voice note's words were written down by a machine.
        machine: by_machine || message.sound.is_some(),
        ..source(PassageKind::Message, "", Some(message.at), text, opens)
    })
}

fn notes(
    clinic: &Clinic,
    leave: &Permit,
    id: PatientId,
    sources: &mut Vec<PassageView>,
) -> Result<bool, CommandError> {
    let notes = clinic.signed_notes(leave, id, MANY)?;
    let all = notes.len() < MANY as usize;
    sources.extend(notes.into_iter().map(|note| {
        let opens = PassagePlace::Note {
            consultation_id: note.consultation_id,
        };
        source(
            PassageKind::Note,
            "",
            Some(note.at),
            note.words.expose().clone(),
            opens,
        )
    }));
    Ok(all)
}

/// A piece without a part and a speaker.
pub(super) fn source(
    kind: PassageKind,
    title: &str,
    at: Option<Timestamp>,
    text: String,
    opens: PassagePlace,
) -> PassageView {
    PassageView {
        kind,
        title: Phi::new(title.to_owned()),
        part: None,
        said_by: None,
        at,
        text: Phi::new(text),
        machine: false,
        opens,
    }
}
