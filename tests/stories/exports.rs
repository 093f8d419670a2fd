//! Records leave as plain files: everything that was signed or imported, only with the password, in the background,
//! whole or not at all.

use std::{fs, path::Path, process::Command, time::Duration};

use acceptance::{Clinic, Desk, PASSWORD, files};
use basics::{Code, JobId};
use serde_json::{Value, json};

use crate::note_desk::Visit;

/// Begins an export and waits for its end.
fn export(clinic: &Clinic, row: &str, request: Value) -> Value {
    let state = clinic.ok(row, request);
    assert!(state["problem"].is_null(), "{state}");
    ended(clinic)
}

fn ended(clinic: &Clinic) -> Value {
    clinic.until(|| {
        let state = clinic.ok("export.state", json!(null));
        state["running"].is_null().then_some(state)
    })
}

fn out(clinic: &Clinic) -> String {
    let out = clinic.folder.path().join("out");
    fs::create_dir(&out).unwrap();
    out.display().to_string()
}

#[test]
fn a_clinic_and_a_patient_leave_as_plain_files_only_with_the_password() {
    let clinic = Clinic::blank();
    clinic.ok("setup.demo", json!(null));
    let sign_in = |login: &str| {
        clinic.ok(
            "session.sign_in",
            json!({ "login": login, "password": "demo-clinic-2026" }),
        );
    };
    let out = out(&clinic);
    sign_in("admin");
    let wrong = clinic.error("export.clinic", json!({ "folder": out, "password": "no" }));
    assert_eq!(wrong.code, Code::WrongPassword);
    let state = export(
        &clinic,
        "export.clinic",
        json!({ "folder": out, "password": "demo-clinic-2026" }),
    );
    let done = &state["done"];
    assert!(
        done["patients"].as_u64().unwrap() >= 2 && done["reports"].as_u64().unwrap() >= 1,
        "{done}"
    );
    let folder = Path::new(done["folder"].as_str().unwrap());
    let index = fs::read_to_string(folder.join("index.csv")).unwrap();
    assert_eq!(
        index.lines().count() as u64,
        1 + done["patients"].as_u64().unwrap()
    );
    let (mut scans, mut pdfs, mut bundles) = (0, 0, 0);
    for path in files(folder) {
        let bytes = fs::read(&path).unwrap();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("pdf") => {
                assert!(bytes.starts_with(b"%PDF"));
                pdfs += 1;
            }
            Some("json") => {
                let bundle: Value = serde_json::from_slice(&bytes).unwrap();
                assert_eq!(bundle["resourceType"], "Bundle");
                let of = |kind: &str| {
                    let entries = bundle["entry"].as_array().unwrap().iter();
                    entries
                        .filter(|entry| entry["resource"]["resourceType"] == kind)
                        .count()
                };
                assert_eq!(of("Patient"), 1, "{}", path.display());
                bundles += 1;
            }
            Some("dcm" | "png" | "jpg" | "tiff") => scans += 1,
            _ => {}
        }
    }
    assert_eq!(
        (json!(scans), json!(pdfs), json!(bundles)),
        (
            done["scans"].clone(),
            done["reports"].clone(),
            done["patients"].clone()
        )
    );

    // A doctor takes one patient's out; a patient's record that is not theirs to read stays.
    sign_in("doctor");
    let patients = clinic.ok(
        "patients.page",
        json!({ "query": "", "cursor": null, "limit": 50 }),
    );
    let id = &patients["rows"][0]["id"];
    clinic.clock.advance(std::time::Duration::from_secs(2));
    sign_in("doctor");
    // What the administrator exported is not the doctor's to see.
    assert!(clinic.ok("export.state", json!(null))["done"].is_null());
    let one = export(
        &clinic,
        "export.patient",
        json!({ "patient_id": id, "folder": out, "password": "demo-clinic-2026" }),
    );
    assert_eq!(
        (&one["done"]["patients"], &one["patient_id"]),
        (&json!(1), id)
    );
    // Nothing half-written is left where it could not be written.
    let nowhere = clinic.error("export.patient", json!({ "patient_id": id, "folder": format!("{out}/nowhere"), "password": "demo-clinic-2026" }));
    assert_eq!(nowhere.message_id, "file-not-written");
    sign_in("admin");
    let page = clinic.ok("journal.page", json!({ "user_id": null, "verb": "export.", "subject": null, "outcome": "done", "unsuccessful": false, "from": null, "to": null, "cursor": null, "limit": 50 }));
    let rows = page["rows"].as_array().unwrap();
    assert!(
        rows.len() >= 2
            && rows
                .iter()
                .all(|row| !row["subjects"].as_array().unwrap().is_empty()),
        "{rows:?}"
    );
}

/// What was signed about a person goes with them: the note in words, the order and what was given out, as FHIR R4.
#[test]
fn signed_notes_and_prescriptions_leave_with_the_record() {
    let visit = Visit::talked(None);
    let clinic = &visit.clinic;
    visit.ask(false).unwrap();
    visit.save(1, &json!([{ "id": null, "section": "plan", "text": "Sick leave until Friday.", "taken_over": false }])).unwrap();
    visit.sign(&visit.desk(), PASSWORD, "").unwrap();
    let patients = clinic.ok(
        "patients.page",
        json!({ "query": "", "cursor": null, "limit": 50 }),
    );
    let patient = patients["rows"][0]["id"].clone();
    let given = prescribe_and_dispense(clinic, &patient);
    clinic.sign_in("doctor");
    let request = json!({ "patient_id": patient, "folder": out(clinic), "password": PASSWORD });
    let state = export(clinic, "export.patient", request);
    let done = &state["done"];
    assert_eq!(
        (&done["notes"], &done["prescriptions"]),
        (&json!(1), &json!(1)),
        "{state}"
    );

    let folder = Path::new(done["folder"].as_str().unwrap());
    let written = files(folder);
    let named = |ending: &str| {
        written
            .iter()
            .find(|path| path.to_string_lossy().ends_with(ending))
            .unwrap()
    };
    let note = written
        .iter()
        .find(|path| path.to_string_lossy().contains("/notes/"))
        .unwrap();
    let note = fs::read_to_string(note).unwrap();
    assert!(note.contains("Sick leave until Friday."), "{note}");
    let path = named("patient.fhir.json");
    let bundle: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let of = |kind: &str| -> &Value {
        let mut all = bundle["entry"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| &entry["resource"]);
        all.find(|one| one["resourceType"] == kind).unwrap()
    };
    assert_eq!(of("DocumentReference")["docStatus"], "final");
    let order = of("MedicationRequest");
    assert_eq!(
        (&order["status"], &order["intent"]),
        (&json!("active"), &json!("order")),
        "{order}"
    );
    assert_eq!(
        order["dosageInstruction"][0]["text"],
        "1 capsule, 3 times a day, oral"
    );
    assert_eq!(
        order["dosageInstruction"][0]["timing"]["repeat"]["frequency"],
        3
    );
    assert_eq!(order["dispenseRequest"]["quantity"]["value"], 21);
    let dispense = of("MedicationDispense");
    assert_eq!(dispense["quantity"]["value"], 12);
    assert_eq!(of("Medication")["batch"]["lotNumber"], given);
    assert_eq!(
        dispense["authorizingPrescription"][0]["reference"],
        format!("urn:uuid:{}", order["id"].as_str().unwrap())
    );
    valid_r4(path);
}

/// Signs 21 capsules and gives 12 of them out; the batch.
fn prescribe_and_dispense(clinic: &Clinic, patient: &Value) -> &'static str {
    let fresh = || JobId::new().to_string();
    let confirmed = json!([{ "identifier": "name", "value": "Maria Silva" }, { "identifier": "birth_date", "value": "1961-03-09" }]);
    let order = json!({
        "medicine": "amoxicillin", "strength": "500 mg", "form": "capsule", "route": "oral", "dose": "1 capsule",
        "frequency": { "kind": "times_a_day", "times": 3 }, "duration": { "number": 7, "unit": "days" },
        "quantity": "21 capsules", "repeats": 0, "as_needed": null, "indication": "Pneumonia",
        "instructions": "Take all of them.", "substitution": true, "language": "pt",
    });
    clinic.ok(
        "patients.set_allergies",
        json!({ "id": patient, "allergies": { "state": "none_known" } }),
    );
    let signed = clinic.ok(
        "prescriptions.sign",
        json!({
            "prescription_id": fresh(), "patient_id": patient, "order": order, "overrides": [],
            "confirmed": confirmed, "password": PASSWORD,
        }),
    );
    clinic.sign_in("admin");
    let pharmacist = json!({ "name": "Chen Wei", "login": "pharmacist", "role": "pharmacist", "password": PASSWORD });
    clinic.ok("users.create", pharmacist);
    clinic.sign_in("pharmacist");
    clinic.ok("prescriptions.dispense", json!({
        "fact_id": fresh(), "prescription_id": signed["id"], "over": 0, "amount": "12", "batch": "L2231",
        "expiry": "2027-08", "product": null, "why": "", "note": "", "overrides": [], "confirmed": confirmed,
    }));
    "L2231"
}

/// By Medplum's validator with HL7's own definitions, where it is here.
fn valid_r4(bundle: &Path) {
    let peers = acceptance::root().join("tests/peers");
    if !peers.join("node_modules/@medplum/core").exists() {
        eprintln!("not validated: `npm ci` was not run in tests/peers");
        return;
    }
    let run = Command::new("node")
        .arg(peers.join("validate_fhir.mjs"))
        .arg(bundle)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stdout)
    );
}

/// Stopped in the middle: nothing of it is left, the journal says so, and the next one runs.
#[test]
fn an_export_is_stopped_and_leaves_nothing() {
    let clinic = Clinic::blank();
    clinic.ok("setup.demo", json!(null));
    let password = "demo-clinic-2026";
    let sign_in = |login: &str| {
        clinic.ok(
            "session.sign_in",
            json!({ "login": login, "password": password }),
        );
    };
    let doctor = json!({ "login": "doctor", "password": password });
    clinic.call_at("second", "session.sign_in", doctor).unwrap();
    sign_in("admin");
    let out = out(&clinic);
    let request = json!({ "folder": out, "password": password });
    let state = clinic.ok("export.clinic", request.clone());
    assert!(!state["running"].is_null(), "{state}");
    let second = clinic.error(
        "export.clinic",
        json!({ "folder": clinic.folder.path(), "password": password }),
    );
    assert_eq!(
        (second.code, second.message_id.as_str()),
        (Code::Busy, "export-runs")
    );
    // Nobody else sees it or stops it.
    let theirs = clinic
        .call_at("second", "export.cancel", json!(null))
        .unwrap();
    assert!(theirs["running"].is_null(), "{theirs}");
    assert!(!clinic.ok("export.state", json!(null))["running"].is_null());
    clinic.ok("export.cancel", json!(null));
    let state = ended(&clinic);
    assert_eq!(
        state["problem"]["message_id"], "export-cancelled",
        "{state}"
    );
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
    let page = clinic.ok("journal.page", json!({ "user_id": null, "verb": "export.clinic", "subject": null, "outcome": null, "unsuccessful": true, "from": null, "to": null, "cursor": null, "limit": 50 }));
    assert!(
        page["rows"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["code"] == "cancelled"),
        "{page}"
    );
    clinic.clock.advance(Duration::from_secs(2));
    sign_in("admin");
    let state = export(&clinic, "export.clinic", request);
    assert!(state["done"]["patients"].as_u64().unwrap() >= 2, "{state}");
}
