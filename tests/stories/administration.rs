//! An administrator looks after people, figures and the journal.

use acceptance::{Clinic, Desk, PASSWORD, sample};
use basics::Code;
use serde_json::{Value, json};

fn add(clinic: &Clinic, login: &str, name: &str, role: &str) -> Value {
    let person = json!({ "name": name, "login": login, "role": role, "password": PASSWORD });
    clinic.ok("users.create", person)["id"].clone()
}

#[test]
fn a_doctor_who_left_is_removed_and_their_verdict_keeps_the_name() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let locum = add(&clinic, "locum", "Dr Locum", "doctor");
    clinic.sign_in("locum");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&patient));
    let scan = import["items"][0]["outcome"]["scan_id"].clone();
    clinic.ok(
        "reading.record_verdict",
        json!({ "scan_id": scan, "reading_id": null, "agrees": false, "class": null, "region": null, "comment": "Clear." }),
    );
    clinic.ok(
        "patients.set_restricted",
        json!({ "id": patient, "restricted": true, "reason": "Staff" }),
    );

    clinic.sign_in("admin");
    let duties = clinic.ok("users.duties", json!({ "id": locum }));
    assert_eq!(duties["restricted"], 1);
    clinic.ok("users.remove", json!({ "id": locum }));
    let gone = clinic.error(
        "session.sign_in",
        json!({ "login": "locum", "password": PASSWORD }),
    );
    assert_eq!(gone.code, Code::WrongPassword);
    let users = clinic.ok("users.list", json!(null));
    let row = users
        .as_array()
        .unwrap()
        .iter()
        .find(|user| user["id"] == locum)
        .unwrap();
    assert!(
        row["removed"].is_string() && row["name"] == "Dr Locum",
        "{row}"
    );
    // The journal still says who did what.
    let page = clinic.ok(
        "journal.page",
        json!({ "user_id": locum, "verb": "verdict.", "subject": null, "outcome": null, "cursor": null, "limit": 10 }),
    );
    assert_eq!(page["rows"][0]["who"], "Dr Locum");
    clinic.ok(
        "patients.set_restricted",
        json!({ "id": patient, "restricted": false, "reason": "Left" }),
    );
    clinic.sign_in("doctor");
    let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
    assert_eq!(view["verdicts"][0]["by"], "Dr Locum");
}

#[test]
fn who_is_signed_in_is_seen_and_ended_and_roles_change() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let chen = add(&clinic, "chen", "Chen Wei", "pharmacist");
    let sign_in = json!({ "login": "chen", "password": PASSWORD });
    clinic
        .call_at("second", "session.sign_in", sign_in.clone())
        .unwrap();
    let rows = clinic.ok("users.signed_in", json!(null));
    let windows: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["name"].clone(),
                row["window"].clone(),
                row["here"].clone(),
            )
        })
        .collect();
    assert!(
        windows.contains(&(json!("Chen Wei"), json!("second"), json!(false))),
        "{windows:?}"
    );
    assert!(
        windows.contains(&(json!("Ingrid Solberg"), json!("main"), json!(true))),
        "{windows:?}"
    );
    clinic.ok("users.end_sessions", json!({ "id": chen }));
    let ended = clinic
        .call_at("second", "session.current", json!(null))
        .unwrap();
    assert_eq!(ended, Value::Null);
    clinic.ok("users.set_role", json!({ "id": chen, "role": "doctor" }));
    let session = clinic
        .call_at("second", "session.sign_in", sign_in)
        .unwrap();
    assert_eq!(session["role"], "doctor");
    let own = clinic.ok("session.current", json!(null))["user_id"].clone();
    for name in ["users.remove", "users.set_role"] {
        let request = json!({ "id": own, "role": "doctor" });
        assert_eq!(
            clinic.error(name, request).message_id,
            "user-yourself",
            "{name}"
        );
    }
}

#[test]
fn figures_open_the_rows_they_count_and_no_row_has_a_name() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    clinic.import(&[sample("nih-03623a5462.jpg")], Some(&patient));
    let page = clinic.wait_for_readings();
    let scan = page["rows"][0]["scan_id"].clone();
    let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
    clinic.sign_in("admin");
    let home = clinic.ok("statistics.home", json!(null));
    assert_eq!((&home["waiting"], &home["people"]), (&json!(1), &json!(2)));
    let view_of = |steps: u32, step: &str| {
        clinic.ok("statistics.view", json!({ "steps": steps, "step": step }))
    };
    let daily = view_of(30, "day");
    let sum = |buckets: &Value| -> u64 {
        buckets
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["count"].as_u64().unwrap())
            .sum()
    };
    assert_eq!(
        (sum(&daily["scans"]), sum(&view_of(13, "week")["scans"])),
        (1, 1)
    );
    assert_eq!(daily["scans"].as_array().unwrap().len(), 30);
    let rows = |counted: Value, from: &Value, to: &Value| {
        let request =
            json!({ "counted": counted, "from": from, "to": to, "cursor": null, "limit": 50 });
        clinic.ok("statistics.rows", request)["rows"].clone()
    };
    for bucket in daily["scans"].as_array().unwrap() {
        let behind = rows(json!({ "of": "scans" }), &bucket["from"], &bucket["to"]);
        assert_eq!(
            behind.as_array().unwrap().len() as u64,
            bucket["count"].as_u64().unwrap()
        );
    }
    let class = daily["classes"][0].clone();
    assert_eq!(class["readings"], 1, "{view}");
    let counted = json!({ "of": "readings", "model_id": class["model_id"], "version": class["version"], "class": class["class"] });
    let behind = rows(counted, &daily["from"], &daily["to"]);
    assert_eq!(behind[0]["id"], view["readings"][0]["id"]);
    let waiting = rows(json!({ "of": "waiting" }), &daily["from"], &daily["to"]);
    assert_eq!(
        (&waiting[0]["id"], &waiting[0]["patient_number"]),
        (&scan, &json!("MB-000001"))
    );
    for text in [
        home.to_string(),
        daily.to_string(),
        waiting.to_string(),
        behind.to_string(),
    ] {
        assert!(!text.contains("Silva"), "{text}");
    }
}

#[test]
fn the_journal_leaves_as_a_signed_file_that_the_command_line_checks() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    clinic.ok("patients.open", json!({ "id": patient }));
    clinic.sign_in("admin");
    // By the number that is on every paper, since an administrator knows no more.
    let by_number = json!({ "user_id": null, "verb": null, "subject": "MB-000001", "outcome": null, "cursor": null, "limit": 50 });
    assert_eq!(
        clinic.ok("journal.page", by_number)["rows"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let path = clinic.folder.path().join("journal.jsonl");
    let done = clinic.ok(
        "journal.export",
        json!({ "path": path, "from": null, "to": null }),
    );
    let report = clinic.ok("journal.verify", json!(null));
    assert_eq!(report["fingerprint"], done["fingerprint"]);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("Silva") && text.contains("patients.open"));

    let checked = commands::tools::verify_export(&path).unwrap();
    assert!(checked.intact && checked.fingerprint.as_deref() == done["fingerprint"].as_str());
    std::fs::write(&path, text.replace("patients.open", "patients.page")).unwrap();
    let checked = commands::tools::verify_export(&path).unwrap();
    assert!(!checked.intact && checked.problem.unwrap().contains("row was changed"));
}
