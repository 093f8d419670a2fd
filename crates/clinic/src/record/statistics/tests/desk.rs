//! A clinic to which anything happens, in any order.

use std::{io::Cursor, sync::Arc};

use basics::{FixedClock, PatientId, Phi, ReadingId, ScanId, Secret};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::{
    Answer, Band, Change, ClassResult, Clinic, ClinicError, Cost, FileKeychain, Gate, Millis,
    ModelRef, NewAccount, NewMerge, NewReading, NewScan, NewStudy, NewVerdict, PatientDetails,
    Permission, Permit, PhraseLength, Setup, Sex, authorize,
};

const PASSWORD: &str = "a long enough password";
/// Model, version, hash: two files of one version, too.
pub(super) const MODELS: [(&str, &str, &str); 4] = [
    ("chest", "1", "aa"),
    ("chest", "1", "bb"),
    ("chest", "2", "cc"),
    ("knee", "1", "aa"),
];
/// What a doctor may say: nothing, a class, own words.
const DOCTORS: [Option<&str>; 4] = [None, Some("a"), Some("b"), Some("something else")];

/// What happens; numbers choose among what there is.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Scan(usize),
    /// Scan, model, probabilities of both classes in tenths; none where it was not assessed.
    Read(usize, usize, Option<(u8, u8)>),
    /// Scan, which of its readings or none, agrees, what the doctor says.
    Judge(usize, Option<usize>, bool, usize),
    Retract(usize),
    Merge(usize, usize),
    Unmerge(usize),
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let n = 0..16_usize;
    let tenths = proptest::option::weighted(0.8, (0..=10_u8, 0..=10_u8));
    let which = proptest::option::weighted(0.9, 0..4_usize);
    let step = prop_oneof![
        3 => n.clone().prop_map(Step::Scan),
        6 => (n.clone(), n.clone(), tenths).prop_map(|(scan, model, p)| Step::Read(scan, model, p)),
        6 => (n.clone(), which, any::<bool>(), n.clone())
            .prop_map(|(scan, which, agrees, says)| Step::Judge(scan, which, agrees, says)),
        1 => n.clone().prop_map(Step::Retract),
        1 => (n.clone(), n.clone()).prop_map(|(kept, gone)| Step::Merge(kept, gone)),
        1 => n.prop_map(Step::Unmerge),
    ];
    proptest::collection::vec(step, 1..48)
}

pub(super) struct Desk {
    _dir: TempDir,
    pub(super) clinic: Clinic,
    patients: Vec<PatientId>,
    pub(super) scans: Vec<(ScanId, Vec<ReadingId>)>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let account = |login: &str| NewAccount {
            login: login.into(),
            name: Phi::new(login.into()),
            password: Secret::new(PASSWORD.into()),
        };
        let setup = Setup {
            clinic_name: "Clinic".into(),
            administrator: account("ada"),
            doctor: Some(account("dora")),
            device_passphrase: None,
            phrase: PhraseLength::Twelve,
            demo: false,
            cost: Cost::for_tests(),
        };
        let clock = FixedClock::at("2026-11-21T08:00:00Z".parse().unwrap());
        let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
        let (record, clock) = (dir.path().join("record"), Arc::new(clock));
        let clinic = Clinic::create(&record, setup, keychain, clock)
            .unwrap()
            .clinic;
        let mut desk = Self {
            _dir: dir,
            clinic,
            patients: Vec::new(),
            scans: Vec::new(),
        };
        for name in ["Ana", "Bruno", "Chitra"] {
            let who = PatientDetails {
                name: Phi::new(name.into()),
                birth_date: None,
                sex: Sex::Unknown,
                external_id: None,
                issuer: None,
            };
            let patient = desk
                .write(Permission::WritePatients, |change| {
                    change.create_patient(&who, false)
                })
                .unwrap();
            desk.patients.push(patient.id);
        }
        desk
    }

    pub(super) fn permit(&self, login: &str, permission: Permission) -> Permit {
        let password = Secret::new(PASSWORD.into());
        let session = self.clinic.sign_in(login, &password).unwrap();
        authorize(&self.clinic.session(session.id).unwrap(), permission).unwrap()
    }

    fn write<T>(
        &self,
        permission: Permission,
        act: impl FnOnce(&mut Change<'_>) -> Result<T, ClinicError>,
    ) -> Result<T, ClinicError> {
        self.clinic
            .write(&self.permit("dora", permission), "x", act)
    }

    /// Does it, where it can be done; says whether it was.
    pub(super) fn take(&mut self, step: &Step) -> bool {
        let done = match *step {
            Step::Scan(n) => self.add_scan(n),
            Step::Read(scan, model, tenths) => self.read(scan, model, tenths),
            Step::Judge(scan, which, agrees, says) => self.judge(scan, which, agrees, says),
            Step::Retract(scan) => self.scan(scan).and_then(|at| {
                let id = self.scans[at].0;
                self.write(Permission::ImportScans, |change| {
                    change.retract_scan(id, "x")
                })
            }),
            Step::Merge(kept, gone) => self.merge(kept, gone),
            Step::Unmerge(n) => self.unmerge(n),
        };
        match done {
            Ok(()) => true,
            // A scan is gone, two records are one already, there is nothing yet.
            Err(ClinicError::Conflict { .. } | ClinicError::NotFound { .. }) => false,
            Err(error) => panic!("{step:?}: {error}"),
        }
    }

    fn scan(&self, n: usize) -> Result<usize, ClinicError> {
        let none = ClinicError::NotFound { what: "scan" };
        n.checked_rem(self.scans.len()).ok_or(none)
    }

    fn add_scan(&mut self, n: usize) -> Result<(), ClinicError> {
        let patient = self.patients[n % self.patients.len()];
        let import = self.permit("dora", Permission::ImportScans);
        let film = self.scans.len().to_string();
        let file = self
            .clinic
            .store_file(&import, &mut Cursor::new(film.as_bytes()))?;
        let modality = ["DX", "CR"][n % 2];
        let scan = self.write(Permission::ImportScans, |change| {
            let study = NewStudy {
                modality: modality.into(),
                ..NewStudy::default()
            };
            let study_id = change.ensure_study(patient, &study)?;
            change.add_scan(&NewScan {
                study_id,
                file,
                format: "png".into(),
                modality: modality.into(),
                description: None,
                series_uid: None,
                instance_uid: None,
                instance_number: None,
                frames: 1,
                header: serde_json::json!({}),
                quality: vec![],
            })
        })?;
        self.scans.push((scan.id, Vec::new()));
        Ok(())
    }

    fn read(
        &mut self,
        scan: usize,
        model: usize,
        tenths: Option<(u8, u8)>,
    ) -> Result<(), ClinicError> {
        let at = self.scan(scan)?;
        let (id, version, sha256) = MODELS[model % MODELS.len()];
        let class = |id: &str, tenths: u8| ClassResult {
            id: id.into(),
            name: id.to_uppercase(),
            probability: f32::from(tenths) / 10.0,
            lower: Some(0.2),
            upper: Some(0.6),
            band: Some(Band::Above),
            abnormal: true,
            map_empty: false,
        };
        let new = NewReading {
            scan_id: self.scans[at].0,
            frame: 0,
            model: ModelRef {
                id: id.into(),
                name: id.into(),
                version: version.into(),
                sha256: sha256.into(),
                research_only: false,
            },
            gate: Gate {
                kind: "film".into(),
                confidence: 1.0,
                quality: vec![],
            },
            answer: match tenths {
                None => Answer::NotAssessed {
                    reason: "too-dark".into(),
                },
                Some((a, b)) => Answer::Assessed {
                    classes: vec![class("a", a), class("b", b)],
                    urgency: Some(f32::from(a) / 10.0),
                    because: "A".into(),
                    measured: None,
                },
            },
            maps: None,
            ms: Millis::default(),
        };
        let reading = self.write(Permission::RunReadings, |change| change.add_reading(&new))?;
        self.scans[at].1.push(reading.id);
        Ok(())
    }

    fn judge(
        &self,
        scan: usize,
        which: Option<usize>,
        agrees: bool,
        says: usize,
    ) -> Result<(), ClinicError> {
        let (scan_id, readings) = &self.scans[self.scan(scan)?];
        let reading_id = which.and_then(|n| readings.get(n.checked_rem(readings.len())?).copied());
        let new = NewVerdict {
            scan_id: *scan_id,
            reading_id,
            agrees: agrees && reading_id.is_some(),
            class: DOCTORS[says % DOCTORS.len()].map(|class| Phi::new(class.into())),
            region: None,
            comment: Phi::new("x".into()),
        };
        self.write(Permission::RecordVerdicts, |change| {
            change.record_verdict(&new)
        })?;
        Ok(())
    }

    fn merge(&self, kept: usize, gone: usize) -> Result<(), ClinicError> {
        let of = |n: usize| self.patients[n % self.patients.len()];
        let new = NewMerge {
            kept: (of(kept), 1),
            gone: (of(gone), 1),
            reason: Phi::new("x".into()),
        };
        self.write(Permission::MergePatients, |change| change.merge(&new))?;
        Ok(())
    }

    fn unmerge(&self, n: usize) -> Result<(), ClinicError> {
        let read = self.permit("dora", Permission::ReadPatients);
        let merges = self
            .clinic
            .merges(&read, self.patients[n % self.patients.len()])?;
        let open = merges.iter().find(|merge| merge.undone.is_none());
        let id = open.ok_or(ClinicError::NotFound { what: "merge" })?.id;
        let why = Phi::new("x".into());
        self.write(Permission::MergePatients, |change| change.unmerge(id, &why))?;
        Ok(())
    }
}
