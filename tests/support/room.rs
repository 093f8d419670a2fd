//! A consulting room: a workstation with a doctor in it, enrolled at a real relay that runs as a
//! process of its own over TLS.

use std::{path::PathBuf, process::Command};

use basics::Language;
use live::client::{Relay, Trust};
use relay::testing::Process;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{Clinic, Desk, phone::Phone};

/// A room with its relay.
pub struct Room<D = Clinic> {
    pub clinic: D,
    pub relay: Process,
    pub relay_data: TempDir,
    pub fingerprint: [u8; 32],
    /// Where the phones live.
    pub runtime: Runtime,
    pub patient: String,
    pub consultation: String,
}

impl Room<Clinic> {
    /// A consultation with `Marta Ibáñez`, whose doctor reads English; the doctor is signed in.
    pub fn new() -> Self {
        Self::of(Clinic::new())
    }

    /// The same at a relay with these further limits (lines of its configuration).
    pub fn with(limits: &str) -> Self {
        Self::at(Clinic::new(), limits)
    }
}

impl<D: Desk> Room<D> {
    /// The same at this workstation.
    pub fn of(clinic: D) -> Self {
        Self::at(clinic, "")
    }

    fn at(clinic: D, limits: &str) -> Self {
        let relay_data = tempfile::tempdir().unwrap();
        let config = relay_data.path().join("relay.toml");
        // Phones of a story all come from one address.
        let text = format!(
            "data_dir = {:?}\n[limits]\nhttp_per_minute = 60000\ntries_per_minute = 60000\n{limits}\n",
            relay_data.path()
        );
        std::fs::write(&config, text).unwrap();
        let args = [
            "--config",
            &config.display().to_string(),
            "--listen",
            "127.0.0.1:0",
            "--self-signed",
        ];
        let mut relay = Process::start(&program("medibridge-relay"), relay_data.path(), &args);
        let code = relay.first_code();
        let fingerprint = fingerprint(&relay_data);
        clinic.sign_in("admin");
        clinic.ok(
            "relay.enrol",
            json!({ "address": relay.url, "code": code, "fingerprint": hex::encode(fingerprint) }),
        );
        clinic.sign_in("doctor");
        let patient = clinic.add_patient("Marta Ibáñez", "1956-02-11");
        let started = clinic.ok(
            "live.start",
            json!({ "patient_id": patient, "language": "en" }),
        );
        let consultation = started["id"].as_str().unwrap().to_owned();
        Self {
            clinic,
            relay,
            relay_data,
            fingerprint,
            runtime: Runtime::new().unwrap(),
            patient,
            consultation,
        }
    }

    /// The relay as a phone reaches it.
    pub fn way(&self) -> Relay {
        Relay::new(&self.relay.url, Trust::Pinned(self.fingerprint)).unwrap()
    }

    /// A call about this consultation.
    #[track_caller]
    pub fn ok(&self, name: &str, mut more: Value) -> Value {
        more["consultation_id"] = self.consultation.clone().into();
        self.clinic.ok(name, more)
    }

    #[track_caller]
    pub fn view(&self) -> Value {
        self.ok("live.view", json!({}))
    }

    /// A fresh link; its door is open.
    #[track_caller]
    pub fn link(&self) -> String {
        let before = self.view()["invitations"].as_array().unwrap().len();
        self.ok("live.invite", json!({ "spoken": false }));
        self.clinic.until(|| {
            let view = self.view();
            let invitation = &view["invitations"][before];
            let open = invitation["open"] == true;
            open.then(|| invitation["way"]["url"].as_str().unwrap().to_owned())
        })
    }

    /// A phone in front of the door.
    #[track_caller]
    pub fn knock(&self, name: &str, language: Language) -> Phone {
        let link = self.link();
        Phone::open(self.runtime.handle(), &self.way(), &link, name, language)
    }

    /// Waits for a guest of this name in the waiting room with a code to compare.
    #[track_caller]
    pub fn waiting(&self, name: &str) -> Value {
        self.clinic.until(|| {
            let view = self.view();
            let waiting = view["waiting"].as_array().unwrap();
            let guest = waiting.iter().find(|guest| guest["name"] == name)?;
            (!guest["code"].is_null()).then(|| guest.clone())
        })
    }

    /// A phone that was let in.
    #[track_caller]
    pub fn guest(&self, name: &str, language: Language) -> Phone {
        let phone = self.knock(name, language);
        let guest = self.waiting(name);
        self.ok("live.admit", json!({ "participant_id": guest["id"] }));
        phone.until("being let in", |seen| seen.admitted);
        phone
    }

    /// The doctor's own id in the consultation.
    #[track_caller]
    pub fn doctor(&self) -> Value {
        self.view()["people"][0]["id"].clone()
    }

    /// The doctor says something; the message as kept.
    #[track_caller]
    pub fn say(&self, text: &str) -> Value {
        let id = basics::MessageId::new().to_string();
        self.ok(
            "live.say",
            json!({ "message_id": id, "participant_id": self.doctor(), "text": text, "phrase": null }),
        )
    }

    /// Everything in the record, oldest first.
    #[track_caller]
    pub fn kept(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut before = Value::Null;
        loop {
            let page = self.ok("live.messages", json!({ "before": before, "limit": 200 }));
            let messages = page["messages"].as_array().unwrap();
            all.extend(messages.iter().cloned());
            if page["more"] != true {
                all.reverse();
                return all;
            }
            before = messages.last().unwrap()["n"].clone();
        }
    }
}

impl Default for Room {
    fn default() -> Self {
        Self::new()
    }
}

/// A program of this workspace, built beside the tests.
pub fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.parent().unwrap().parent().unwrap();
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--workspace", "--bin", name])
            .status();
        assert!(built.unwrap().success());
    }
    program
}

/// SHA-256 of the certificate that the relay made itself.
fn fingerprint(data: &TempDir) -> [u8; 32] {
    let pem = std::fs::read_to_string(data.path().join("tls/cert.pem")).unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    use base64::{Engine, engine::general_purpose::STANDARD};
    Sha256::digest(STANDARD.decode(body).unwrap()).into()
}
