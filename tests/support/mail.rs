//! Reports by e-mail: a real mail server (aiosmtpd), and a doctor whose workstation is a process of its
//! own that trusts the server's authority.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use basics::{Code, JobId};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Desk, PASSWORD, process::Process, room::program, root, sample};

/// A mail server of the story's own (`tests/peers/smtp_server.py`).
pub struct MailServer {
    child: Option<Child>,
    pub port: u16,
    folder: TempDir,
}

impl MailServer {
    /// None on a developer's machine where `cargo xtask setup` has not made Python's environment.
    pub fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let (child, port) = serve(&folder, 0)?;
        Some(Self {
            child: Some(child),
            port,
            folder,
        })
    }

    /// Nobody answers any more.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// It answers again, at the same port.
    pub fn again(&mut self) {
        self.child = serve(&self.folder, self.port).map(|(child, _)| child);
    }

    /// What it does from the next connection on.
    pub fn orders(&self, orders: Value) {
        let (made, path) = ("orders.new", "orders.json");
        let folder = self.folder.path();
        fs::write(folder.join(made), orders.to_string()).unwrap();
        fs::rename(folder.join(made), folder.join(path)).unwrap();
    }

    /// Every message that it took, in order.
    pub fn accepted(&self) -> Vec<Value> {
        self.log("accepted")
    }

    /// Every connection that it broke.
    pub fn broken(&self) -> Vec<Value> {
        self.log("broken")
    }

    /// How often it took each message, by Message-ID.
    pub fn copies(&self) -> HashMap<String, usize> {
        let mut copies = HashMap::new();
        for message in self.accepted() {
            let id = message["accepted"].as_str().unwrap().to_owned();
            *copies.entry(id).or_default() += 1;
        }
        copies
    }

    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    fn log(&self, key: &str) -> Vec<Value> {
        let log = fs::read_to_string(self.folder.path().join("log.jsonl")).unwrap_or_default();
        log.lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|line| line[key].is_string())
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn serve(folder: &TempDir, port: u16) -> Option<(Child, u16)> {
    let python = root().join("tests/peers/.venv/bin/python");
    if !python.exists() {
        assert!(std::env::var_os("CI").is_none(), "no Python environment");
        println!("not run: Python's environment is missing (cargo xtask setup)");
        return None;
    }
    let mut child = Command::new(python)
        .arg(root().join("tests/peers/smtp_server.py"))
        .arg(folder.path())
        .args(["--port", &port.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    Some((child, line.trim().parse().unwrap()))
}

/// A clinic that sends its reports by this server.
pub struct Practice {
    pub desk: Process,
    /// Since when its clock runs fast.
    began: u128,
}

/// A report, signed and sealed.
pub struct Sealed {
    pub id: String,
    pub patient: String,
}

/// Seconds that pass on a practice's clock while one passes on the wall: waiting between tries is what
/// these stories would otherwise be made of.
const RATE: u32 = 120;

const NAME: &str = "Marta Oliveira";
const BORN: &str = "1961-03-09";

impl Practice {
    /// A clinic whose administrator has set this server.
    pub fn with(server: &MailServer) -> Self {
        let mut desk = Command::new(program("desk"));
        desk.env("SSL_CERT_FILE", server.authority());
        let began = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_millis();
        let practice = Self {
            desk: Process::of(desk),
            began,
        };
        practice.set_smtp(server, json!({}));
        practice.desk.sign_in("doctor");
        practice
    }

    /// Sets the server, with other settings than usual.
    pub fn set_smtp(&self, server: &MailServer, change: Value) -> Value {
        self.desk.sign_in("admin");
        let mut settings = json!({
            "host": "localhost", "port": server.port, "security": "start_tls", "user": "clinic",
            "password": "correct horse", "from": "reports@clinic.example", "reply_to": null,
            "resend_uncertain": false,
        });
        for (key, value) in change.as_object().unwrap() {
            settings[key] = value.clone();
        }
        self.desk.ok("delivery.set_smtp", settings)
    }

    /// The workstation is killed and started again, with a clock that runs fast from now on.
    pub fn killed(self, server: &MailServer) -> Self {
        let mut desk = Command::new(program("desk"));
        desk.env("SSL_CERT_FILE", server.authority())
            .env("DESK_CLOCK", format!("{}:{RATE}", self.began));
        Self {
            desk: self.desk.kill_and_start(desk),
            ..self
        }
    }

    /// A film of the one patient of this practice.
    pub fn film(&self) -> (String, String) {
        let patient = self.desk.add_patient(NAME, BORN);
        let job = JobId::new().to_string();
        let paths = [sample("nih-035075275b.jpg")];
        self.desk.ok(
            "imaging.import",
            json!({ "paths": paths, "patient_id": patient, "job": job }),
        );
        let done = self.desk.until(|| {
            let state = self.desk.ok("imaging.import_state", json!({ "job": job }));
            state["finished"].as_bool().unwrap().then_some(state)
        });
        let scan = done["items"][0]["outcome"]["scan_id"].as_str().unwrap();
        (patient, scan.to_owned())
    }

    /// A report of a film: written, signed, sealed.
    pub fn report(&self, (patient, scan): &(String, String), words: &str) -> Sealed {
        let begun = self.desk.ok(
            "reports.start",
            json!({ "scan_id": scan, "reading_id": null, "template": null, "language": "en" }),
        );
        let id = begun["id"].as_str().unwrap().to_owned();
        let mut content = begun["draft"]["content"].clone();
        content["text"]["impression"] = json!(words);
        content["include_ai"] = json!(false);
        content["include_scan"] = json!(false);
        content["map"] = json!(null);
        let saved = self.desk.ok(
            "reports.save",
            json!({ "report_id": id, "edit": begun["draft"]["edit"], "content": content }),
        );
        let pages = self.desk.ok(
            "reports.preview",
            json!({ "report_id": id, "revision": null }),
        );
        self.desk.ok(
            "reports.sign",
            json!({
                "report_id": id, "edit": saved["edit"], "stamp": pages["stamp"],
                "becomes": "final", "password": PASSWORD, "confirmed": confirmed(),
            }),
        );
        self.desk.ok(
            "reports.seal",
            json!({ "report_id": id, "passphrase": null }),
        );
        Sealed {
            id,
            patient: patient.clone(),
        }
    }

    /// Sends it by e-mail; the deliveries.
    pub fn send(&self, report: &Sealed, to: &[(&str, &str)]) -> Vec<Value> {
        let sent = self.ok("delivery.send", sending(report, to));
        serde_json::from_value(sent).unwrap()
    }

    /// Its clock runs fast, and its window locks itself all the time.
    #[track_caller]
    fn ok(&self, name: &str, request: Value) -> Value {
        match self.desk.call(name, request.clone()) {
            Err(error) if error.code == Code::Locked => {
                self.desk.sign_in("doctor");
                self.desk.ok(name, request)
            }
            Err(error) => panic!("{name}: {error:?}"),
            Ok(answer) => answer,
        }
    }

    /// Every delivery, newest first.
    pub fn deliveries(&self) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        let mut cursor = Value::Null;
        loop {
            let mut page = self.ok(
                "delivery.page",
                json!({ "report_id": null, "state": null, "cursor": cursor, "limit": 200 }),
            );
            all.append(page["rows"].as_array_mut().unwrap());
            cursor = page["next"].take();
            if cursor.is_null() {
                return all;
            }
        }
    }

    pub fn delivery(&self, id: &Value) -> Value {
        let found = self.deliveries().into_iter().find(|one| one["id"] == *id);
        found.unwrap()
    }

    /// Waits until a delivery stands so.
    #[track_caller]
    pub fn until(&self, id: &Value, state: &str) -> Value {
        self.desk.until(|| {
            let delivery = self.delivery(id);
            (delivery["state"] == state).then_some(delivery)
        })
    }

    pub fn outbox(&self) -> Value {
        self.ok("delivery.outbox", json!(null))
    }

    pub fn history(&self, id: &Value) -> Vec<Value> {
        let events = self.ok("delivery.history", json!({ "id": id }));
        serde_json::from_value(events).unwrap()
    }
}

/// The request that sends a report.
pub fn sending(report: &Sealed, to: &[(&str, &str)]) -> Value {
    let recipients: Vec<Value> = to
        .iter()
        .map(|(address, language)| {
            json!({ "channel": "email", "address": address, "language": language })
        })
        .collect();
    json!({ "report_id": report.id, "recipients": recipients, "confirmed": confirmed() })
}

fn confirmed() -> Value {
    json!([
        { "identifier": "name", "value": NAME },
        { "identifier": "birth_date", "value": BORN },
    ])
}
