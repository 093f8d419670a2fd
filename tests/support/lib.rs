//! What every story shares: a workstation over a temporary folder with real SQLite, real models and
//! the real ONNX Runtime, and somebody who listens to its events. Nothing is mocked; only passwords
//! are cheap and no keychain is asked.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

pub mod mail;
pub mod phone;
pub mod process;
pub mod room;
#[path = "../../crates/language/tests/engine_contract/model.rs"]
mod speech;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use basics::{FixedClock, JobId};
use commands::{ErrorView, Host, Options, Workstation};
use serde_json::{Value, json};
use tempfile::TempDir;

pub const PASSWORD: &str = "correct horse battery";

/// A workstation in a folder of its own.
pub struct Clinic {
    pub workstation: Workstation,
    pub folder: TempDir,
    pub clock: FixedClock,
    pub heard: Arc<Heard>,
}

/// Every event, with the window it was for.
#[derive(Default)]
pub struct Heard(Mutex<Vec<(Option<String>, String, Value)>>);

impl Host for Heard {
    fn emit(&self, window: Option<&str>, event: &str, payload: Value) {
        self.0
            .lock()
            .unwrap()
            .push((window.map(Into::into), event.into(), payload));
    }
}

impl Heard {
    pub fn all(&self, event: &str) -> Vec<Value> {
        let heard = self.0.lock().unwrap();
        heard
            .iter()
            .filter(|(_, name, _)| name == event)
            .map(|(.., value)| value.clone())
            .collect()
    }
    /// Everything that was told, as text.
    pub fn text(&self) -> String {
        format!("{:?}", self.0.lock().unwrap())
    }
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// The shared data beside the repository; says so where it is not there.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared/data").join(path);
    if !found.exists() {
        println!("not run on shared data: {path} is not there");
        return None;
    }
    Some(found)
}

/// A real, freely licensed scan of the demo clinic.
pub fn sample(name: &str) -> String {
    root()
        .join("assets/samples")
        .join(name)
        .display()
        .to_string()
}

/// A whole model file for speech, small and always of the same two words.
pub fn speech_model() -> Vec<u8> {
    speech::file()
}

pub fn options(folder: &Path) -> Options {
    Options {
        data_dir: folder.join("record"),
        models_dir: root().join("models"),
        onnx_library: root()
            .join("assets/onnxruntime")
            .join(commands::onnx_library_name()),
        samples_dir: root().join("assets/samples"),
        fonts_dir: root().join("assets/fonts"),
        use_keychain: false,
        cheap_passwords: true,
    }
}

impl Clinic {
    /// A workstation where nobody has set anything up.
    pub fn blank() -> Self {
        Self::with(|_| {})
    }

    /// The same with other places.
    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = options(folder.path());
        change(&mut options);
        let clock = FixedClock::at("2026-11-21T08:00:00Z".parse().unwrap());
        let heard = Arc::new(Heard::default());
        let workstation =
            Workstation::open(options, heard.clone(), Arc::new(clock.clone())).unwrap();
        Self {
            workstation,
            folder,
            clock,
            heard,
        }
    }

    /// A clinic with an administrator `admin` and a doctor `doctor`; nobody is signed in.
    pub fn new() -> Self {
        let clinic = Self::blank();
        clinic.set_up();
        clinic
    }

    pub fn set_up(&self) -> Vec<String> {
        let phrase = self.ok("setup.create", new_clinic());
        serde_json::from_value(phrase["words"].clone()).unwrap()
    }

    /// The record opened anew, as after a restart of the program.
    pub fn restarted(self) -> Self {
        let Self {
            workstation,
            folder,
            clock,
            ..
        } = self;
        workstation.shutdown();
        drop(workstation);
        let heard = Arc::new(Heard::default());
        let deadline = Instant::now() + Duration::from_secs(20);
        let workstation = loop {
            let opened = Workstation::open(
                options(folder.path()),
                heard.clone(),
                Arc::new(clock.clone()),
            );
            match opened {
                Ok(workstation) => break workstation,
                // A thread of the first one may still be letting go.
                Err(error) if Instant::now() > deadline => panic!("{error}"),
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        Self {
            workstation,
            folder,
            clock,
            heard,
        }
    }

    pub fn call_at(&self, window: &str, name: &str, request: Value) -> Result<Value, ErrorView> {
        self.workstation.call(window, name, request)
    }

    /// The stamp of an open draft's pages, as whoever signs has them in front of them; empty without any.
    pub fn stamp(&self, report_id: &Value) -> String {
        let request = json!({ "report_id": report_id, "revision": null });
        let preview = self.call("reports.preview", request);
        preview.map_or_else(
            |_| String::new(),
            |pages| pages["stamp"].as_str().unwrap().into(),
        )
    }

    #[track_caller]
    pub fn error(&self, name: &str, request: Value) -> ErrorView {
        match self.call(name, request) {
            Ok(answer) => panic!("{name} answered {answer}"),
            Err(error) => error,
        }
    }

    /// Imports and waits; the finished import.
    #[track_caller]
    pub fn import(&self, paths: &[String], patient: Option<&str>) -> Value {
        let job = JobId::new().to_string();
        self.ok(
            "imaging.import",
            json!({ "paths": paths, "patient_id": patient, "job": job }),
        );
        self.until(|| {
            let state = self.ok("imaging.import_state", json!({ "job": job }));
            state["finished"].as_bool().unwrap().then_some(state)
        })
    }

    /// Waits until every scan of the worklist was read.
    #[track_caller]
    pub fn wait_for_readings(&self) -> Value {
        self.until(|| {
            let page = self.worklist(json!({}));
            (page["counts"]["imported"] == 0).then_some(page)
        })
    }

    #[track_caller]
    pub fn worklist(&self, filter: Value) -> Value {
        let mut request = json!({
            "status": null, "modality": null, "query": "", "patient_id": null, "cursor": null, "limit": 50,
        });
        for (key, value) in filter.as_object().unwrap() {
            request[key] = value.clone();
        }
        self.ok("reading.worklist", request)
    }
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .collect()
}

/// A new clinic with an administrator `admin` and a doctor `doctor`.
pub fn new_clinic() -> Value {
    let account =
        |login: &str, name: &str| json!({ "login": login, "name": name, "password": PASSWORD });
    json!({
        "clinic_name": "Clínica do Vale",
        "administrator": account("admin", "Ingrid Solberg"),
        "doctor": account("doctor", "Dr Amara Diallo"),
        "models": [{ "id": "cxr-open", "accept_licence": false }],
        "device_passphrase": null,
    })
}

/// A workstation, wherever it runs.
pub trait Desk {
    fn call(&self, name: &str, request: Value) -> Result<Value, ErrorView>;

    #[track_caller]
    fn ok(&self, name: &str, request: Value) -> Value {
        match self.call(name, request) {
            Ok(answer) => answer,
            Err(error) => panic!("{name}: {error:?}"),
        }
    }

    #[track_caller]
    fn sign_in(&self, login: &str) -> Value {
        self.ok(
            "session.sign_in",
            json!({ "login": login, "password": PASSWORD }),
        )
    }

    #[track_caller]
    fn add_patient(&self, name: &str, birth_date: &str) -> String {
        let details =
            json!({ "name": name, "birth_date": birth_date, "sex": "female", "external_id": null });
        let added = self.ok(
            "patients.create",
            json!({ "details": details, "not_a_duplicate": true }),
        );
        added["patient"]["id"].as_str().unwrap().to_string()
    }

    /// Looks again and again until it is so.
    #[track_caller]
    fn until<T>(&self, look: impl FnMut() -> Option<T>) -> T {
        self.until_within(Duration::from_secs(120), look)
    }

    /// The same for what takes longer.
    #[track_caller]
    fn until_within<T>(&self, longest: Duration, mut look: impl FnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + longest;
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(Instant::now() < deadline, "waited {longest:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Desk for Clinic {
    fn call(&self, name: &str, request: Value) -> Result<Value, ErrorView> {
        self.call_at("main", name, request)
    }
}

impl Default for Clinic {
    fn default() -> Self {
        Self::new()
    }
}
