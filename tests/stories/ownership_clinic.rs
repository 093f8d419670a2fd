//! The clinic of the ownership story: three patients, each with a whole record – one open, one restricted
//! to the first doctor, one bound to the patient's account – and everybody who works there.

use std::{fs, path::Path};

use acceptance::{Clinic, Desk, PASSWORD, sample};
use basics::{JobId, MessageId, ParticipantId};
use serde_json::{Value, json};

use crate::ownership_requests::order;

/// A fresh id, as the screens make them.
pub(crate) fn fresh() -> String {
    JobId::new().to_string()
}

/// Everything of one patient that a request can name.
#[derive(Clone, Default)]
pub(crate) struct Record {
    /// Login of the doctor who made it and treats the patient.
    pub(crate) doctor: &'static str,
    pub(crate) restricted: bool,
    pub(crate) own: bool,
    pub(crate) name: String,
    pub(crate) born: String,
    /// Every other id, by its name in requests.
    pub(crate) ids: Value,
}

impl Record {
    pub(crate) fn id(&self, what: &str) -> Value {
        let id = &self.ids[what];
        assert!(!id.is_null(), "no {what} of {}", self.name);
        id.clone()
    }

    pub(crate) fn confirmed(&self) -> Value {
        json!([
            { "identifier": "name", "value": self.name },
            { "identifier": "birth_date", "value": self.born },
        ])
    }

    /// Words of this record that no answer to an outsider may hold.
    pub(crate) fn words(&self) -> [&str; 2] {
        [&self.name, self.ids["number"].as_str().unwrap()]
    }

    /// Somebody whom no clinic knows: ids like these, and none of them anywhere.
    fn nobody(like: &Self, file: &Path) -> Self {
        let mut ids = like.ids.clone();
        for (_, id) in ids.as_object_mut().unwrap() {
            if id.is_string() {
                *id = json!(fresh());
            }
        }
        ids["number"] = json!("MB-900000");
        ids["file"] = json!(file);
        Self {
            doctor: "nobody",
            name: "Nobody Atall".into(),
            born: "1901-01-01".into(),
            ids,
            ..Self::default()
        }
    }
}

/// The clinic and whose records are in it.
pub(crate) struct House {
    pub(crate) clinic: Clinic,
    pub(crate) records: [Record; 3],
    pub(crate) nobody: Record,
    /// A patient of whom nothing but a name is known.
    pub(crate) extra: String,
}

impl House {
    pub(crate) fn new() -> Self {
        let clinic = Clinic::new();
        for folder in ["out", "kept"] {
            fs::create_dir(clinic.folder.path().join(folder)).unwrap();
        }
        clinic.sign_in("admin");
        for (login, name, role) in [
            ("second", "Dr Second", "doctor"),
            ("pharmacist", "Chen Wei", "pharmacist"),
        ] {
            clinic.ok(
                "users.create",
                json!({ "name": name, "login": login, "role": role, "password": PASSWORD }),
            );
        }
        // Engines and a mail server that nobody serves: what is asked of them waits.
        clinic.ok(
            "delivery.set_smtp",
            json!({ "host": "127.0.0.1", "port": 9, "security": "tls", "user": null, "password": null,
                    "from": "reports@clinic.example", "reply_to": null, "resend_uncertain": false }),
        );
        clinic.ok(
            "language.set_speech",
            json!({ "by": "server", "base_url": "http://127.0.0.1:9/v1", "model": "none", "key": null }),
        );
        clinic.sign_in("second");
        let extra = clinic.add_patient("Pat Extra", "1999-09-09");
        let open = record(
            &clinic,
            "second",
            ("Olumide Adeyemi", "1971-05-06"),
            "nih-035075275b.jpg",
        );
        let mut own = record(
            &clinic,
            "second",
            ("Maria Silva", "1961-03-09"),
            "nih-1e062d9bbd.jpg",
        );
        own.own = true;
        clinic.ok(
            "patients.create_account",
            json!({ "id": own.id("patient"), "login": "patient", "password": PASSWORD }),
        );
        clinic.sign_in("doctor");
        let mut restricted = record(
            &clinic,
            "doctor",
            ("Zdenka Vratislavova", "1938-11-12"),
            "nih-03623a5462.jpg",
        );
        restricted.restricted = true;
        let letter = clinic.folder.path().join("kept/letter.pdf");
        fs::write(&letter, b"%PDF-1.7 of another house").unwrap();
        let mut house = Self {
            nobody: Record::nobody(&open, &letter),
            clinic,
            records: [open, restricted, own],
            extra,
        };
        house.dispense();
        house.restrict();
        house.nobody.ids["opening"] = json!(fresh());
        house.nobody.ids["fact"] = json!(fresh());
        house
    }

    /// Restricted by its doctor; broken into once and shut again.
    fn restrict(&mut self) {
        let (clinic, records) = (&self.clinic, &mut self.records);
        let patient = records[1].id("patient");
        clinic.sign_in("doctor");
        clinic.ok(
            "patients.set_restricted",
            json!({ "id": patient, "restricted": true, "reason": "Works here" }),
        );
        clinic.sign_in("second");
        clinic.ok(
            "break_glass.open",
            json!({ "patient_id": patient, "reason": "emergency", "words": "Unconscious", "password": PASSWORD }),
        );
        clinic.ok("break_glass.end", json!(null));
        clinic.sign_in("admin");
        let page = clinic.ok(
            "break_glass.page",
            json!({ "reviewed": false, "cursor": null, "limit": 50 }),
        );
        for record in records {
            record.ids["opening"] = page["rows"][0]["id"].clone();
        }
    }

    /// The pharmacist gives a part of each order and asks about it.
    fn dispense(&mut self) {
        let (clinic, records) = (&self.clinic, &mut self.records);
        clinic.sign_in("pharmacist");
        for record in records {
            let order = record.id("prescription");
            let given = fresh();
            clinic.ok(
                "prescriptions.dispense",
                json!({ "fact_id": given, "prescription_id": order, "over": 0, "amount": "4", "batch": "L2231",
                        "expiry": "2027-08", "product": null, "why": "", "note": "", "overrides": [],
                        "confirmed": record.confirmed() }),
            );
            clinic.ok(
                "prescriptions.ask",
                json!({ "fact_id": fresh(), "prescription_id": order, "over": 1, "question": "Is it for pain?" }),
            );
            record.ids["fact"] = json!(given);
        }
    }
}

/// A patient and everything that a record can hold, by the doctor who is signed in.
fn record(clinic: &Clinic, doctor: &'static str, who: (&str, &str), film: &str) -> Record {
    let patient = clinic.add_patient(who.0, who.1);
    let mut record = Record {
        doctor,
        name: who.0.into(),
        born: who.1.into(),
        ids: json!({ "patient": patient, "version": 1, "doctor": clinic.ok("session.current", json!(null))["user_id"] }),
        ..Record::default()
    };
    let ids = &mut record.ids;
    // A merge that can be taken back.
    let twin = clinic.add_patient(&format!("{} Twin", who.0), who.1);
    clinic.ok(
        "patients.merge",
        json!({ "kept": patient, "kept_version": 1, "gone": twin, "gone_version": 1, "reason": "Same person" }),
    );
    ids["merge"] = clinic.ok("patients.merges", json!({ "id": patient }))[0]["id"].clone();
    images(clinic, ids, film);
    talk(clinic, ids);
    let confirmed = record.confirmed();
    report(clinic, &mut record.ids, &confirmed);
    let order = clinic.ok(
        "prescriptions.sign",
        json!({ "prescription_id": fresh(), "patient_id": patient, "order": order(), "overrides": [],
                "confirmed": confirmed, "password": PASSWORD }),
    );
    record.ids["prescription"] = order["id"].clone();
    record
}

/// Two scans, one of them read and marked, and a file that waits for a decision.
fn images(clinic: &Clinic, ids: &mut Value, film: &str) {
    let patient = ids["patient"].as_str().unwrap().to_owned();
    let png = clinic.folder.path().join(format!("{patient}.png"));
    image::open(sample(film)).unwrap().save(&png).unwrap();
    let import = clinic.import(&[sample(film), png.display().to_string()], Some(&patient));
    ids["scan"] = import["items"][0]["outcome"]["scan_id"].clone();
    ids["film"] = import["items"][1]["outcome"]["scan_id"].clone();
    // The file names somebody else than the open patient: it is asked.
    let waiting = clinic.import(&[sample("chest-child.dcm")], Some(&patient));
    assert_eq!(
        waiting["items"][0]["outcome"]["kind"], "identity_differs",
        "{waiting}"
    );
    ids["job"] = waiting["job"].clone();
    clinic.wait_for_readings();
    let view = clinic.ok("imaging.open_scan", json!({ "id": ids["scan"] }));
    ids["reading"] = view["readings"][0]["id"].clone();
    let mark = clinic.ok(
        "imaging.save_mark",
        json!({ "scan_id": ids["scan"], "replaces": null, "frame": 0, "tool": "note", "points": [[5.0, 5.0]],
                "text": "Look here" }),
    );
    ids["mark"] = mark["id"].clone();
    let chart = clinic.ok("patients.open", json!({ "id": patient }));
    ids["study"] = chart["studies"][0]["id"].clone();
    ids["number"] = chart["patient"]["number"].clone();
}

/// A running consultation across the desk, and its note in two versions.
fn talk(clinic: &Clinic, ids: &mut Value) {
    let started = clinic.ok(
        "live.start",
        json!({ "patient_id": ids["patient"], "language": "en" }),
    );
    let consultation = started["id"].clone();
    let seat = json!({ "consultation_id": consultation, "name": "Across", "language": "pt" });
    let people = clinic.ok("live.seat", seat)["people"].clone();
    ids["person"] = people.as_array().unwrap().last().unwrap()["id"].clone();
    for text in [
        "Where does it hurt? Please show me.",
        "I have had a bad headache for three days and my left knee hurts a lot when I climb the stairs at home.",
        "Take paracetamol 500 mg every 6 hours. Come back in two weeks, please, or at once if it gets worse.",
    ] {
        let id = MessageId::new().to_string();
        clinic.ok(
            "live.say",
            json!({ "consultation_id": consultation, "message_id": id, "participant_id": people[0]["id"],
                    "text": text, "phrase": null }),
        );
        if ids["message"].is_null() {
            ids["message"] = json!(id);
        }
    }
    ids["consultation"] = consultation.clone();
    clinic.ok(
        "notes.draft",
        json!({ "consultation_id": consultation, "job": fresh(), "by_engine": false }),
    );
    let desk = clinic.until(|| {
        let desk = clinic.ok("notes.of", json!({ "consultation_id": consultation }));
        (!desk["note"].is_null()).then_some(desk)
    });
    ids["note"] = desk["note"]["id"].clone();
    let line = json!({ "id": null, "section": "plan", "text": "Come back in two weeks.", "taken_over": false });
    clinic.ok(
        "notes.save",
        json!({ "consultation_id": consultation, "over": 1, "lines": [line] }),
    );
    ids["stranger"] = json!(ParticipantId::new().to_string());
}

/// A final report that was sealed and waits in the outbox, and the draft of another.
fn report(clinic: &Clinic, ids: &mut Value, confirmed: &Value) {
    let start = |scan: &Value| {
        clinic.ok(
            "reports.start",
            json!({ "scan_id": scan, "reading_id": null, "template": null, "language": "en" }),
        )
    };
    let begun = start(&ids["scan"]);
    let report = begun["id"].clone();
    let mut content = begun["draft"]["content"].clone();
    content["text"]["impression"] = json!("Nothing acute.");
    let saved = clinic.ok(
        "reports.save",
        json!({ "report_id": report, "edit": begun["draft"]["edit"], "content": content }),
    );
    clinic.ok(
        "reports.sign",
        json!({ "report_id": report, "edit": saved["edit"], "stamp": clinic.stamp(&report), "becomes": "final",
                "password": PASSWORD, "confirmed": confirmed }),
    );
    let sealed = clinic.ok(
        "reports.seal",
        json!({ "report_id": report, "passphrase": null }),
    );
    let sent = clinic.ok(
        "delivery.send",
        json!({ "report_id": report, "confirmed": confirmed, "recipients": [
            { "channel": "email", "address": "somebody@patient.example", "language": "en" }] }),
    );
    clinic.until(|| {
        let tried = clinic.ok("delivery.history", json!({ "id": sent[0]["id"] }));
        // Taken up, tried, and put off.
        (tried.as_array().unwrap().len() > 2).then_some(())
    });
    let path = clinic
        .folder
        .path()
        .join("kept")
        .join(format!("{}.pdf", fresh()));
    clinic.ok(
        "reports.save_file",
        json!({ "report_id": report, "kind": "pdf", "path": path, "pixels_looked_at": true }),
    );
    let draft = start(&ids["film"]);
    ids["report"] = report;
    ids["report_file"] = sealed["file"]["id"].clone();
    ids["delivery"] = sent[0]["id"].clone();
    ids["file"] = json!(path);
    ids["draft"] = draft["id"].clone();
    ids["edit"] = draft["draft"]["edit"].clone();
    ids["content"] = draft["draft"]["content"].clone();
}
