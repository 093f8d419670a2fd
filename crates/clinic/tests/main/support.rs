//! A clinic in a temporary folder, with people and cheap passwords.

use std::{io::Cursor, sync::Arc, time::Duration};

use basics::{FixedClock, Phi, ScanId, Secret, SessionId};
use clinic::*;
use tempfile::TempDir;

pub const PASSWORD: &str = "a long enough password";

/// A clinic with an administrator `ada`, doctors `dora` and `dirk`, and a pharmacist `pia`.
pub struct House {
    pub dir: TempDir,
    pub keychain: Arc<FileKeychain>,
    pub clock: FixedClock,
    pub clinic: Clinic,
    pub phrase: Vec<&'static str>,
}

pub fn secret(text: &str) -> Secret<String> {
    Secret::new(text.into())
}

pub fn phi(text: &str) -> Phi<String> {
    Phi::new(text.into())
}

pub fn account(login: &str) -> NewAccount {
    NewAccount {
        login: login.into(),
        name: phi(&format!("Name of {login}")),
        password: secret(PASSWORD),
    }
}

pub fn setup() -> Setup {
    Setup {
        clinic_name: "Clinic on the hill".into(),
        administrator: account("ada"),
        doctor: Some(account("dora")),
        device_passphrase: None,
        phrase: PhraseLength::Twelve,
        demo: false,
        cost: Cost::for_tests(),
    }
}

pub fn who(name: &str) -> PatientDetails {
    PatientDetails {
        name: phi(name),
        birth_date: Some(phi("1980-02-29")),
        sex: Sex::Female,
        external_id: None,
        issuer: None,
    }
}

impl House {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
        let clock = FixedClock::at("2026-11-21T08:00:00Z".parse().unwrap());
        let record = dir.path().join("record");
        let created =
            Clinic::create(&record, setup(), keychain.clone(), Arc::new(clock.clone())).unwrap();
        let phrase = created.phrase.words();
        let house = Self {
            dir,
            keychain,
            clock,
            clinic: created.clinic,
            phrase,
        };
        let permit = house.permit("ada", Permission::ManageUsers);
        for (login, role) in [("dirk", Role::Doctor), ("pia", Role::Pharmacist)] {
            let new = account(login);
            let new = NewUser {
                login: new.login,
                name: new.name,
                role,
                password: new.password,
            };
            house
                .clinic
                .write(&permit, "users.create", |change| change.create_user(&new))
                .unwrap();
        }
        house
    }

    /// Closes the clinic and opens it again, as another start of the program would.
    pub fn restart(self) -> Self {
        let Self {
            dir,
            keychain,
            clock,
            clinic,
            phrase,
        } = self;
        drop(clinic);
        let record = dir.path().join("record");
        let clinic = Clinic::open(&record, keychain.clone(), Arc::new(clock.clone())).unwrap();
        Self {
            dir,
            keychain,
            clock,
            clinic,
            phrase,
        }
    }

    pub fn sign_in(&self, login: &str) -> SessionId {
        self.clinic.sign_in(login, &secret(PASSWORD)).unwrap().id
    }

    pub fn active(&self, login: &str) -> ActiveSession {
        self.clinic.session(self.sign_in(login)).unwrap()
    }

    pub fn permit(&self, login: &str, permission: Permission) -> Permit {
        authorize(&self.active(login), permission).unwrap()
    }

    pub fn patient(&self, doctor: &str, name: &str) -> Patient {
        let permit = self.permit(doctor, Permission::WritePatients);
        let who = who(name);
        self.clinic
            .write(&permit, "patients.create", |change| {
                change.create_patient(&who, false)
            })
            .unwrap()
    }

    pub fn scan(&self, doctor: &str, patient: &Patient, bytes: &[u8]) -> Scan {
        let permit = self.permit(doctor, Permission::ImportScans);
        let file = self
            .clinic
            .store_file(&permit, &mut Cursor::new(bytes))
            .unwrap();
        self.clinic
            .write(&permit, "scan.import", |change| {
                let study = NewStudy {
                    modality: "DX".into(),
                    ..NewStudy::default()
                };
                let study_id = change.ensure_study(patient.id, &study)?;
                change.add_scan(&new_scan(study_id, file))
            })
            .unwrap()
    }

    pub fn reading(&self, doctor: &str, scan: ScanId, urgency: Option<f32>) -> Reading {
        let permit = self.permit(doctor, Permission::RunReadings);
        let new = new_reading(scan, urgency);
        self.clinic
            .write(&permit, "reading.run", |change| change.add_reading(&new))
            .unwrap()
    }

    pub fn clock_now(&self) -> basics::Timestamp {
        basics::Clock::now(&self.clock)
    }

    pub fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

pub fn new_scan(study_id: basics::StudyId, file: StoredFile) -> NewScan {
    NewScan {
        study_id,
        file,
        format: "png".into(),
        modality: "DX".into(),
        description: Some(phi("chest pa")),
        series_uid: None,
        instance_uid: None,
        instance_number: Some(1),
        frames: 1,
        header: serde_json::json!({"rows": 4}),
        quality: vec![],
    }
}

pub fn new_reading(scan_id: ScanId, urgency: Option<f32>) -> NewReading {
    let class = |name: &str, probability| ClassResult {
        id: name.into(),
        name: name.into(),
        probability,
        lower: Some(0.2),
        upper: Some(0.6),
        band: Some(Band::Above),
        abnormal: true,
        map_empty: false,
    };
    NewReading {
        scan_id,
        frame: 0,
        model: ModelRef {
            id: "chest".into(),
            name: "Chest".into(),
            version: "1.0.0".into(),
            sha256: "ab".repeat(32),
            research_only: false,
        },
        gate: Gate {
            kind: "chest_film".into(),
            confidence: 0.99,
            quality: vec![],
        },
        answer: match urgency {
            None => Answer::NotAssessed {
                reason: "too-dark".into(),
            },
            Some(urgency) => Answer::Assessed {
                classes: vec![class("pneumonia", urgency)],
                urgency: Some(urgency),
                because: "pneumonia".into(),
                measured: None,
            },
        },
        maps: urgency.map(|_| Maps {
            classes: 1,
            rows: 2,
            columns: 2,
            values: vec![0.0, 1.0, 2.0, 3.0],
        }),
        ms: Millis::default(),
    }
}
