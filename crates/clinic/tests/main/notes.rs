//! Clinical notes: versions that never change, one author, a signature over exact bytes.

use basics::{ConsultationId, Language, Phi};
use clinic::*;

use crate::support::*;

struct Desk {
    house: House,
    patient: Patient,
    consultation: ConsultationId,
}

impl Desk {
    fn new() -> Self {
        let house = House::new();
        let patient = house.patient("dora", "Maria Silva");
        let permit = house.permit("dora", Permission::HostConsultations);
        let started = house.clinic.write(&permit, "live.start", |change| {
            change.start_consultation(patient.id, Language::En)
        });
        let started: Result<Consultation> = started;
        Self {
            consultation: started.unwrap().id,
            house,
            patient,
        }
    }

    fn permit(&self) -> Permit {
        self.house.permit("dora", Permission::HostConsultations)
    }

    fn write(
        &self,
        login: &str,
        over: Option<u32>,
        text: &str,
        drafted: bool,
    ) -> Result<(basics::NoteId, u32)> {
        let permit = self.house.permit(login, Permission::HostConsultations);
        let new = NewNoteVersion {
            drafted,
            over,
            text: words(text),
        };
        self.house.clinic.write(&permit, "note.save", |change| {
            change.write_note(self.consultation, &new)
        })
    }

    fn sign(&self, login: &str, version: u32, reason: &str) -> Result<NoteVersion> {
        let active = self.house.active(login);
        let permit = authorize(&active, Permission::HostConsultations)?;
        let proof = self
            .house
            .clinic
            .check_password(&active, &secret(PASSWORD))?;
        let note = self.note().id;
        self.house.clinic.write(&permit, "note.sign", |change| {
            change.sign_note(proof, note, version, &phi(reason), |leave| {
                assert_eq!(leave.version, version + 1);
                Ok::<_, ClinicError>(words(&format!("signed {}", leave.version)))
            })
        })
    }

    fn note(&self) -> Note {
        let permit = self.permit();
        self.house
            .clinic
            .note_of(&permit, self.consultation)
            .unwrap()
            .unwrap()
    }
}

fn words(text: &str) -> NoteText {
    NoteText {
        content: Phi::new(text.as_bytes().to_vec()),
        words: phi(text),
    }
}

fn conflict<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    match result.unwrap_err() {
        ClinicError::Conflict { reason } => reason,
        other => panic!("{other}"),
    }
}

#[test]
fn versions_follow_one_another_and_signed_bytes_stay() {
    let desk = Desk::new();
    assert!(
        desk.house
            .clinic
            .note_of(&desk.permit(), desk.consultation)
            .unwrap()
            .is_none()
    );
    assert_eq!(
        conflict(desk.write("dora", Some(1), "x", false)),
        "note-changed"
    );
    let (note, version) = desk.write("dora", None, "draft", true).unwrap();
    assert_eq!(version, 1);
    assert_eq!(
        desk.write("dora", Some(1), "edited", false).unwrap(),
        (note, 2)
    );
    // The answer was lost: the same again is no new version.
    assert_eq!(
        desk.write("dora", Some(1), "edited", false).unwrap(),
        (note, 2)
    );
    assert_eq!(
        conflict(desk.write("dora", Some(1), "elsewhere", false)),
        "note-changed"
    );
    assert_eq!(conflict(desk.sign("dora", 1, "")), "note-changed");
    let signed = desk.sign("dora", 2, "").unwrap();
    let seal = signed.seal.clone().unwrap();
    assert!(seal.holds(signed.content.expose()));
    assert!(!seal.holds(b"signed 4"));
    assert_eq!(
        seal.key,
        desk.house.clinic.report_key(&desk.permit()).unwrap()
    );
    assert_eq!(conflict(desk.sign("dora", 3, "")), "note-signed");
    desk.write("dora", Some(3), "correction", false).unwrap();
    assert!(matches!(
        desk.sign("dora", 4, " "),
        Err(ClinicError::Invalid {
            field: "reason",
            ..
        })
    ));
    desk.sign("dora", 4, "a wrong dose").unwrap();
    let house = desk.house.restart();
    let desk = Desk { house, ..desk };
    assert_eq!(desk.note().newest.version, 5);
    let first = desk
        .house
        .clinic
        .note_version(&desk.permit(), note, 3)
        .unwrap();
    assert_eq!(first, signed);
    let history = desk
        .house
        .clinic
        .note_history(&desk.permit(), note)
        .unwrap();
    let kinds: Vec<_> = history.iter().map(|step| step.kind).collect();
    use NoteKind::{Drafted, Edited, Signed};
    assert_eq!(kinds, [Drafted, Edited, Signed, Edited, Signed]);
    let signed = desk
        .house
        .clinic
        .signed_notes(&desk.permit(), desk.patient.id, 10)
        .unwrap();
    assert_eq!(signed.len(), 1);
    assert_eq!(
        (signed[0].version, signed[0].words.expose().as_str()),
        (5, "signed 5")
    );
    let journal = desk.house.permit("ada", Permission::ReadJournal);
    assert!(
        desk.house
            .clinic
            .verify_journal(&journal)
            .unwrap()
            .is_intact()
    );
}

#[test]
fn only_the_consultations_doctor_writes_and_signs_and_a_restricted_record_is_closed() {
    let desk = Desk::new();
    desk.write("dora", None, "draft", true).unwrap();
    assert!(matches!(
        desk.write("dirk", Some(1), "x", false),
        Err(ClinicError::Forbidden { .. })
    ));
    assert!(matches!(
        desk.sign("dirk", 1, ""),
        Err(ClinicError::Forbidden { .. })
    ));
    let dirk = desk.house.permit("dirk", Permission::HostConsultations);
    // Every doctor may read it, as they may read the consultation.
    assert!(
        desk.house
            .clinic
            .note_of(&dirk, desk.consultation)
            .unwrap()
            .is_some()
    );
    let other = desk.house.permit("dora", Permission::ReadReports);
    assert!(matches!(
        desk.house.clinic.note_of(&other, desk.consultation),
        Err(ClinicError::WrongPermit { .. })
    ));
    // A password given too long ago signs nothing.
    let active = desk.house.active("dora");
    let permit = authorize(&active, Permission::HostConsultations).unwrap();
    let proof = desk
        .house
        .clinic
        .check_password(&active, &secret(PASSWORD))
        .unwrap();
    desk.house.wait(121);
    let note = desk.note().id;
    let late: Result<NoteVersion> = desk.house.clinic.write(&permit, "note.sign", |change| {
        change.sign_note(proof, note, 1, &phi(""), |_| Ok(words("late")))
    });
    assert!(matches!(late, Err(ClinicError::PasswordNeeded)));
}
