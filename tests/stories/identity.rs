//! Whose scan is it? Never guessed: taken from the file, asked where it differs, asked where it is
//! silent.

use acceptance::{Clinic, Desk, sample};
use serde_json::json;

#[test]
fn a_file_that_names_somebody_makes_or_finds_that_patient() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let import = clinic.import(&[sample("chest-child.dcm")], None);
    let outcome = &import["items"][0]["outcome"];
    assert_eq!(outcome["kind"], "stored");
    let chart = clinic.ok("patients.open", json!({ "id": outcome["patient_id"] }));
    assert_eq!(chart["patient"]["external_id"], "SYN-8c6e9a");
    assert_eq!(chart["patient"]["birth_date"], "1970-01-01");
    assert_eq!(chart["studies"][0]["scans"].as_array().unwrap().len(), 1);
    assert_eq!(chart["patient"]["allergies"]["state"], "not_asked");
}

#[test]
fn a_silent_file_waits_for_a_decision_and_none_is_lost_by_leaving_it_open() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let import = clinic.import(
        &[sample("nih-03623a5462.jpg"), sample("nih-1e062d9bbd.jpg")],
        None,
    );
    let kinds: Vec<_> = import["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["outcome"]["kind"])
        .collect();
    assert_eq!(kinds, ["needs_patient", "needs_patient"]);
    let details = json!({ "name": "Jonas Müller", "birth_date": "1990-01-22", "sex": "male", "external_id": null });
    let after = clinic.ok(
        "imaging.assign",
        json!({ "job": import["job"], "items": [0], "to": { "kind": "new_patient", "details": details } }),
    );
    assert_eq!(after["items"][0]["outcome"]["kind"], "stored");
    assert_eq!(after["items"][1]["outcome"]["kind"], "needs_patient");
    let after = clinic.ok(
        "imaging.assign",
        json!({ "job": import["job"], "items": [1], "to": { "kind": "discard" } }),
    );
    assert_eq!(after["items"][1]["outcome"]["kind"], "discarded");
}

#[test]
fn adding_somebody_twice_is_asked_first() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    clinic.add_patient("Maria Silva", "1961-03-09");
    let details = json!({ "name": "MARIA  SILVA", "birth_date": "1961-03-09", "sex": "female", "external_id": null });
    let answer = clinic.ok(
        "patients.create",
        json!({ "details": details, "not_a_duplicate": false }),
    );
    assert_eq!(answer["outcome"], "similar");
    assert_eq!(answer["candidates"].as_array().unwrap().len(), 1);
}

#[test]
fn a_correction_keeps_the_version_before_and_an_old_screen_cannot_overwrite() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let id = clinic.add_patient("Maria Sliva", "1961-03-09");
    let correct = |version: u64, name: &str| {
        let details = json!({ "name": name, "birth_date": "1961-03-09", "sex": "female", "external_id": null });
        clinic.call(
            "patients.correct",
            json!({ "id": id, "version": version, "details": details, "reason": "Misspelt" }),
        )
    };
    assert_eq!(correct(1, "Maria Silva").unwrap()["version"], 2);
    assert_eq!(
        correct(1, "Marta Silva").unwrap_err().code,
        basics::Code::Conflict
    );
}
