//! Consultations as doctors, patients and a crash see them: said once, numbered without gaps, read by
//! whom they concern, and without a key left when they are over.

mod course;
mod doubted;
mod said;
mod who;
mod written;

use std::io::Cursor;

use basics::{ConsultationId, Language, MessageId, ParticipantId, Provenance, Secret};
use clinic::*;

use crate::support::*;

/// A consultation of `dora` with a guest on a phone.
struct Visit {
    house: House,
    permit: Permit,
    patient: Patient,
    id: ConsultationId,
    doctor: ParticipantId,
    guest: ParticipantId,
}

impl Visit {
    fn new() -> Self {
        let house = House::new();
        let patient = house.patient("dora", "Ana Silva");
        let permit = house.permit("dora", Permission::HostConsultations);
        let guest = ParticipantId::new();
        let id = house
            .clinic
            .write::<_, ClinicError>(&permit, "live.start", |change| {
                let id = change.start_consultation(patient.id, Language::De)?.id;
                change.add_participant(id, &somebody(guest, "Ana"))?;
                Ok(id)
            })
            .unwrap();
        let doctor = house.clinic.participants(&permit, id).unwrap()[0].id;
        Self {
            house,
            permit,
            patient,
            id,
            doctor,
            guest,
        }
    }

    fn clinic(&self) -> &Clinic {
        &self.house.clinic
    }

    fn says(&self, who: ParticipantId, text: &str) -> NewMessage {
        NewMessage {
            id: MessageId::new(),
            consultation_id: self.id,
            participant_id: who,
            language: Language::Es,
            text: phi(text),
            phrase: None,
            sound: None,
        }
    }

    fn keep(&self, new: &NewMessage) -> Result<Kept> {
        self.write(|change| change.say(new))
    }

    fn write<T>(&self, act: impl FnOnce(&mut Change<'_>) -> Result<T>) -> Result<T> {
        self.clinic().write(&self.permit, "live.act", act)
    }

    fn upkeep<T>(&self, act: impl FnOnce(&Upkeep<'_>) -> Result<T>) -> Result<T> {
        self.clinic().upkeep(&self.permit, act)
    }

    fn end(&self) -> Consultation {
        self.write(|change| change.end_consultation(self.id))
            .unwrap()
    }

    /// A voice note whose file lies in the vault.
    fn sound(&self, bytes: &[u8]) -> NewSound {
        NewSound {
            file: self
                .clinic()
                .store_file(&self.permit, &mut Cursor::new(bytes))
                .unwrap(),
            ms: 1000,
            peaks: vec![50; PEAKS],
            relayed: Some(Relayed {
                sha256: "ab".repeat(32),
                key: Secret::new(vec![7; 32]),
            }),
        }
    }
}

fn somebody(id: ParticipantId, name: &str) -> NewParticipant {
    NewParticipant {
        id,
        kind: ParticipantKind::Guest,
        name: phi(name),
        language: Language::Es,
        second_device: false,
    }
}

fn machine(language: Language, text: &str) -> NewTranslation {
    NewTranslation {
        language,
        text: phi(text),
        provenance: Provenance::Machine,
        engine: Some("an engine".into()),
    }
}

fn conflict<T: std::fmt::Debug>(got: Result<T>) -> &'static str {
    match got {
        Err(ClinicError::Conflict { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(got: Result<T>) {
    assert!(matches!(got, Err(ClinicError::Forbidden { .. })), "{got:?}");
}

fn missing<T: std::fmt::Debug>(got: Result<T>) {
    assert!(matches!(got, Err(ClinicError::NotFound { .. })), "{got:?}");
}
