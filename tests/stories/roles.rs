//! Who may do what: every row of the table × every role, against the table of mission.md written
//! down here once more; nothing else is allowed.

use acceptance::{Clinic, Desk, PASSWORD, sample};
use basics::Code;
use serde_json::{Value, json};

/// The permission matrix, as far as rows exist. What is not named is nobody's.
const MAY: &[(&str, &[&str])] = &[
    ("users.", &["administrator"]),
    ("export.patient", &["doctor"]),
    ("export.clinic", &["administrator"]),
    // One's own export only; whoever has none sees none.
    (
        "export.",
        &["administrator", "doctor", "patient", "pharmacist"],
    ),
    (
        "backup.state",
        &["administrator", "doctor", "patient", "pharmacist"],
    ),
    ("backup.", &["administrator"]),
    ("accounts.", &["administrator"]),
    ("settings.", &["administrator"]),
    ("models.enable", &["administrator"]),
    ("journal.", &["administrator"]),
    ("reading.agreement", &["administrator"]),
    ("break_glass.find", &["doctor"]),
    ("break_glass.open", &["doctor"]),
    ("break_glass.current", &["doctor"]),
    ("break_glass.end", &["doctor"]),
    ("break_glass.", &["administrator"]),
    ("statistics.", &["administrator"]),
    ("patients.set_restricted", &["administrator", "doctor"]),
    ("patients.create_account", &["administrator", "doctor"]),
    ("patients.", &["doctor"]),
    ("home.", &["doctor"]),
    ("feedback.agreement", &["administrator"]),
    ("feedback.drift", &["administrator"]),
    ("feedback.", &["doctor"]),
    ("imaging.", &["doctor"]),
    ("reading.", &["doctor"]),
    ("notes.", &["doctor"]),
    ("prescriptions.queue", &["pharmacist"]),
    ("prescriptions.dispense", &["pharmacist"]),
    ("prescriptions.take_back", &["pharmacist"]),
    ("prescriptions.asked", &["doctor"]),
    ("prescriptions.ask", &["pharmacist"]),
    ("prescriptions.save_label", &["pharmacist"]),
    ("prescriptions.of_patient", &["doctor", "pharmacist"]),
    ("prescriptions.view", &["doctor", "pharmacist"]),
    ("prescriptions.", &["doctor"]),
    ("own.", &["patient"]),
    ("live.", &["doctor"]),
    ("reports.", &["doctor"]),
    ("search.", &["doctor", "patient"]),
    ("delivery.settings", &["administrator"]),
    ("delivery.set_", &["administrator"]),
    ("delivery.test_", &["administrator"]),
    ("delivery.", &["doctor"]),
    (
        "relay.view",
        &["administrator", "doctor", "patient", "pharmacist"],
    ),
    ("relay.open_room", &["doctor"]),
    ("relay.close_room", &["doctor"]),
    ("relay.", &["administrator"]),
    ("phrases.page", &["doctor"]),
    ("phrases.suggest", &["doctor"]),
    ("phrases.reviewers", &["administrator"]),
    ("phrases.set_reviewer", &["administrator"]),
    // Whom the administrator named, whatever their role.
    (
        "phrases.",
        &["administrator", "doctor", "patient", "pharmacist"],
    ),
    ("assist.ask_about_chart", &["doctor"]),
    ("assist.ask_about_reports", &["patient"]),
    (
        "assist.",
        &["administrator", "doctor", "patient", "pharmacist"],
    ),
    ("language.", &["administrator"]),
    (
        "models.",
        &["administrator", "doctor", "patient", "pharmacist"],
    ),
    (
        "session.",
        &["administrator", "doctor", "patient", "pharmacist"],
    ),
];
const ROLES: [&str; 4] = ["administrator", "doctor", "patient", "pharmacist"];

fn may(row: &str) -> &'static [&'static str] {
    MAY.iter()
        .find(|(prefix, _)| row.starts_with(prefix))
        .map_or(&[], |(_, roles)| roles)
}

#[test]
fn the_table_says_what_the_mission_says() {
    for row in commands::describe() {
        if row.permission == "nobody" {
            assert!(
                row.name.starts_with("setup.") || row.name.starts_with("session."),
                "{}",
                row.name
            );
            continue;
        }
        let mut expected = may(row.name).to_vec();
        expected.sort_unstable();
        let mut roles = row.roles.clone();
        roles.sort_unstable();
        assert_eq!(roles, expected, "{}", row.name);
    }
}

/// A clinic with one account of each role; the patient's is bound to `own`.
fn with_everybody() -> (Clinic, String, String) {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let pharmacist = json!({ "name": "Chen Wei", "login": "pharmacist", "role": "pharmacist", "password": PASSWORD });
    clinic.ok("users.create", pharmacist);
    clinic.sign_in("doctor");
    let own = clinic.add_patient("Maria Silva", "1961-03-09");
    let other = clinic.add_patient("Youssef Haddad", "1945-07-14");
    clinic.ok(
        "patients.create_account",
        json!({ "id": own, "login": "patient", "password": PASSWORD }),
    );
    (clinic, own, other)
}

fn login(role: &str) -> &str {
    if role == "administrator" {
        "admin"
    } else {
        role
    }
}

#[test]
fn every_row_refuses_every_role_that_it_does_not_name() {
    let (clinic, ..) = with_everybody();
    for role in ROLES {
        for row in commands::describe() {
            if row.permission == "nobody"
                || row.name == "session.sign_out"
                || row.name == "session.lock"
            {
                continue;
            }
            clinic.sign_in(login(role));
            // The request does not parse for most rows: leave is asked before it is looked at.
            let answer = clinic.call(row.name, json!({ "nothing": true }));
            let code = answer.as_ref().err().map(|error| error.code);
            // Nobody is named yet: a role alone is not enough.
            if may(row.name).contains(&role) && row.permission != "ApprovePhrases" {
                assert_ne!(code, Some(Code::Forbidden), "{role} {}", row.name);
            } else {
                assert_eq!(code, Some(Code::Forbidden), "{role} {}", row.name);
            }
        }
    }
}

#[test]
fn nobody_and_a_locked_window_get_nothing() {
    let (clinic, ..) = with_everybody();
    let rows: Vec<_> = commands::describe()
        .into_iter()
        .filter(|row| row.permission != "nobody")
        .collect();
    for row in &rows {
        let error = clinic.call_at("empty", row.name, json!(null)).unwrap_err();
        assert_eq!(error.code, Code::SignInNeeded, "{}", row.name);
    }
    clinic.sign_in("doctor");
    clinic.ok("session.lock", json!(null));
    for row in rows.iter().filter(|row| row.permission != "signed_in") {
        let error = clinic.call(row.name, json!(null)).unwrap_err();
        assert_eq!(error.code, Code::Locked, "{}", row.name);
    }
}

#[test]
fn a_restricted_record_opens_for_its_treating_doctor_only() {
    let (clinic, own, other) = with_everybody();
    clinic.sign_in("admin");
    let second =
        json!({ "name": "Dr Second", "login": "second", "role": "doctor", "password": PASSWORD });
    clinic.ok("users.create", second);
    clinic.sign_in("doctor");
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&other));
    let scan = import["items"][0]["outcome"]["scan_id"].clone();
    clinic.wait_for_readings();
    clinic.ok(
        "patients.set_restricted",
        json!({ "id": other, "restricted": true, "reason": "Staff member" }),
    );
    clinic.ok("patients.open", json!({ "id": other }));

    let session = clinic.sign_in("second");
    assert_eq!(
        clinic.error("patients.open", json!({ "id": other })).code,
        Code::NotFound
    );
    assert_eq!(
        clinic
            .error("imaging.open_scan", json!({ "id": scan }))
            .code,
        Code::NotFound
    );
    let path = format!(
        "thumb/{}/{}",
        session["grant"].as_str().unwrap(),
        scan.as_str().unwrap()
    );
    assert!(clinic.workstation.serve("main", &path).is_err());
    assert_eq!(clinic.worklist(json!({}))["rows"], json!([]));
    clinic.ok("patients.open", json!({ "id": own }));

    let session = clinic.sign_in("patient");
    assert_eq!(
        clinic.ok("own.identity", json!(null))["id"],
        Value::from(own)
    );
    let path = format!(
        "thumb/{}/{}",
        session["grant"].as_str().unwrap(),
        scan.as_str().unwrap()
    );
    assert!(clinic.workstation.serve("main", &path).is_err());
}

#[test]
fn a_refusal_is_in_the_journal_and_a_read_is_there_once() {
    let (clinic, own, _) = with_everybody();
    for _ in 0..3 {
        clinic.ok("patients.open", json!({ "id": own }));
    }
    clinic.sign_in("pharmacist");
    clinic.error("patients.open", json!({ "id": own }));
    clinic.sign_in("admin");
    let page = |verb: &str, outcome: &str| {
        let request = json!({ "user_id": null, "verb": verb, "subject": null, "outcome": outcome, "cursor": null, "limit": 50 });
        clinic.ok("journal.page", request)["rows"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(page("patients.open", "done"), 1);
    assert_eq!(page("patients.open", "refused"), 1);
    clinic.sign_in("patient");
    let saw = clinic.ok("own.who_saw", json!(null));
    assert!(
        saw.as_array()
            .unwrap()
            .iter()
            .any(|row| row["who"] == "Dr Amara Diallo"),
        "{saw}"
    );
}

#[test]
fn a_patient_sees_the_doctors_words_and_nothing_of_the_ai() {
    let (clinic, own, _) = with_everybody();
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&own));
    let scan = import["items"][0]["outcome"]["scan_id"].clone();
    clinic.wait_for_readings();
    let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
    clinic.ok(
        "reading.record_verdict",
        json!({
            "scan_id": scan, "reading_id": view["readings"][0]["id"], "agrees": true, "class": "Normal",
            "region": [[1.0, 1.0], [9.0, 9.0]], "comment": "Clear lungs.",
        }),
    );
    clinic.sign_in("patient");
    let verdict = clinic.ok("own.scans", json!(null))[0]["verdict"].clone();
    assert_eq!(verdict["comment"], "Clear lungs.");
    for hidden in ["reading_id", "region", "class"] {
        assert_eq!(verdict[hidden], Value::Null, "{hidden}");
    }
}
