//! The demo clinic in one click: four accounts that sign in, real scans that are read.

use acceptance::{Clinic, Desk};
use serde_json::json;

#[test]
fn one_click_makes_a_clinic_with_four_people_and_read_scans() {
    let clinic = Clinic::blank();
    let status = clinic.ok("setup.demo", json!(null));
    assert_eq!(
        (&status["state"], &status["demo"]),
        (&json!("ready"), &json!(true))
    );
    for account in status["demo_accounts"].as_array().unwrap() {
        let session = clinic.ok(
            "session.sign_in",
            json!({ "login": account["login"], "password": account["password"] }),
        );
        assert_eq!(session["role"], account["role"]);
        assert_eq!(session["demo"], true);
    }
    // The last one was the patient, who sees the own scan and no AI.
    let own = clinic.ok("own.scans", json!(null));
    assert_eq!(own.as_array().unwrap().len(), 1);
    assert!(own[0].get("readings").is_none());

    let password = status["demo_accounts"][0]["password"].clone();
    clinic.ok(
        "session.sign_in",
        json!({ "login": "doctor", "password": password }),
    );
    let page = clinic.wait_for_readings();
    let rows = page["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 9);
    let assessed = rows
        .iter()
        .filter(|row| row["reading"]["answer"] == "assessed")
        .count();
    assert!(assessed >= 5, "{rows:#?}");
    // The slice and the loop are no chest films: said, not guessed.
    for row in rows
        .iter()
        .filter(|row| row["modality"] == "CT" || row["modality"] == "US")
    {
        assert_eq!(row["reading"]["answer"], "not_assessed");
    }
}

#[test]
fn missing_samples_are_told_and_leave_nothing_behind() {
    let clinic = Clinic::with(|options| options.samples_dir = "/nowhere".into());
    assert_eq!(
        clinic.error("setup.demo", json!(null)).message_id,
        "samples-missing"
    );
    assert_eq!(clinic.ok("setup.status", json!(null))["state"], "new");
}
