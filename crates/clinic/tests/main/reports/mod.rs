//! Reports as their doctors, other doctors, patients and a crash see them.

mod any;
mod course;
mod crash;
mod given;
mod outbox;
mod who;

use std::{cell::RefCell, collections::HashMap};

use basics::{Language, ReportId};
use clinic::*;
use serde_json::json;

use crate::support::*;

/// What comes before the content in the bytes under a signature.
const PREFIX: &[u8] = b"a kind of text\0";

/// Dora's desk: a patient with a scan and an account of her own, `ana`, and another one, `eva`.
struct Desk {
    house: House,
    patient: Patient,
    scan: Scan,
    sessions: RefCell<HashMap<String, ActiveSession>>,
}

impl Desk {
    fn new() -> Self {
        let house = House::new();
        let patient = house.patient("dora", "Ana Silva");
        let scan = house.scan("dora", &patient, b"the bytes of a film");
        let other = house.patient("dora", "Eva Else");
        let accounts = house.permit("dora", Permission::CreatePatientAccounts);
        for (id, login) in [(patient.id, "ana"), (other.id, "eva")] {
            house
                .clinic
                .write(&accounts, "x", |change| {
                    change.create_patient_account(id, login, &secret(PASSWORD))
                })
                .unwrap();
        }
        Self {
            house,
            patient,
            scan,
            sessions: RefCell::default(),
        }
    }

    fn restart(self) -> Self {
        let house = self.house.restart();
        house.sign_in("dora");
        Self {
            house,
            sessions: RefCell::default(),
            ..self
        }
    }

    fn clinic(&self) -> &Clinic {
        &self.house.clinic
    }

    fn session(&self, login: &str) -> ActiveSession {
        let mut sessions = self.sessions.borrow_mut();
        let session = sessions
            .entry(login.into())
            .or_insert_with(|| self.house.active(login));
        session.clone()
    }

    fn may(&self, login: &str, permission: Permission) -> Option<Permit> {
        authorize(&self.session(login), permission).ok()
    }

    fn permit(&self, permission: Permission) -> Permit {
        self.may("dora", permission).unwrap()
    }

    fn proof(&self, login: &str) -> PasswordProof {
        // A fresh session: an old one is locked after a while.
        let session = self.house.active(login);
        self.clinic()
            .check_password(&session, &secret(PASSWORD))
            .unwrap()
    }

    fn start(&self) -> ReportId {
        let new = NewReport {
            scan_id: self.scan.id,
            language: Language::De,
            draft: text("first"),
        };
        let permit = self.permit(Permission::WriteReports);
        self.clinic()
            .write(&permit, "x", |change| change.start_report(&new))
            .unwrap()
    }

    fn reopen(&self, id: ReportId, kind: DraftKind) -> Result<()> {
        let permit = self.permit(Permission::WriteReports);
        self.clinic().write(&permit, "x", |change| {
            change.reopen_report(id, kind, &text("again"))
        })
    }

    fn save(&self, id: ReportId, edit: u32, words: &str) -> Result<u32> {
        let permit = self.permit(Permission::WriteReports);
        self.clinic()
            .upkeep(&permit, |upkeep| upkeep.save_draft(id, edit, &text(words)))
    }

    fn sign(&self, id: ReportId, becomes: ReportState, edit: Option<u32>) -> Result<Signing> {
        let permit = self.permit(Permission::SignReports);
        let proof = self.proof("dora");
        self.clinic().write(&permit, "x", |change| {
            sign(change, proof, id, becomes, edit)
        })
    }

    /// A report that is final, and its file.
    fn released(&self) -> (ReportId, ReportFile) {
        let id = self.start();
        self.sign(id, ReportState::Final, Some(1)).unwrap();
        (id, self.keep(id, 1))
    }

    fn keep(&self, id: ReportId, revision: u32) -> ReportFile {
        let permit = self.permit(Permission::SignReports);
        let bytes = format!("%PDF of {id} {revision}");
        self.clinic()
            .write(&permit, "x", |change| {
                change.keep_report_file(&NewReportFile {
                    report_id: id,
                    revision,
                    purpose: FilePurpose::Original,
                    bytes: bytes.as_bytes(),
                    passphrase: Some(&secret("six words that open it")),
                })
            })
            .unwrap()
    }

    fn report(&self, id: ReportId) -> Report {
        let permit = self.permit(Permission::ReadReports);
        self.clinic().report(&permit, id).unwrap()
    }

    fn status(&self) -> Status {
        let permit = self.permit(Permission::ReadScans);
        self.clinic().scan(&permit, self.scan.id).unwrap().status
    }
}

/// Signs a text that says what it is.
fn sign(
    change: &mut Change<'_>,
    proof: PasswordProof,
    id: ReportId,
    becomes: ReportState,
    edit: Option<u32>,
) -> Result<Signing> {
    let leave = change.begin_signing(proof, id, becomes, edit)?;
    let draft = leave.draft.as_ref().map(|draft| &draft.text.value);
    let content = json!({
        "number": leave.number, "revision": leave.revision, "state": leave.becomes, "draft": draft,
    });
    let content = content.to_string().into_bytes();
    let new = NewSigning {
        title: phi("Chest"),
        message: basics::Phi::new([PREFIX, &content].concat()),
        content: basics::Phi::new(content),
        reason: phi("a reason"),
    };
    change.sign_report(leave, &new)
}

fn text(words: &str) -> DraftText {
    DraftText {
        title: phi("Chest"),
        value: json!({ "findings": words }),
    }
}

fn conflict<T: std::fmt::Debug>(got: Result<T>) -> &'static str {
    match got {
        Err(ClinicError::Conflict { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

/// Every signing holds: hash and signature fit the bytes.
fn check_signings(report: &Report) {
    use ed25519_dalek::{Signature, VerifyingKey};
    for (at, signing) in report.signings.iter().enumerate() {
        assert_eq!(signing.revision as usize, at + 1);
        let message = [PREFIX, signing.content.expose()].concat();
        VerifyingKey::from_bytes(&signing.key)
            .unwrap()
            .verify_strict(&message, &Signature::from_bytes(&signing.signature))
            .unwrap();
        let hash = <sha2::Sha256 as sha2::Digest>::digest(signing.content.expose());
        assert_eq!(signing.sha256, *hash);
    }
}
