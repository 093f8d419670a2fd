//! A doctor opens a restricted record in an emergency; another person reviews it; everybody concerned
//! sees it.

use std::time::Duration;

use acceptance::{Clinic, Desk, PASSWORD, sample};
use basics::Code;
use serde_json::{Value, json};

struct Emergency {
    clinic: Clinic,
    patient: String,
    scan: String,
}

/// A record that only `doctor` opens, and a second doctor `night` who needs it.
fn emergency() -> Emergency {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let night =
        json!({ "name": "Dr Night", "login": "night", "role": "doctor", "password": PASSWORD });
    clinic.ok("users.create", night);
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Greta Lindqvist", "1958-04-02");
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&patient));
    let scan = import["items"][0]["outcome"]["scan_id"]
        .as_str()
        .unwrap()
        .to_string();
    clinic.wait_for_readings();
    clinic.ok(
        "patients.create_account",
        json!({ "id": patient, "login": "greta", "password": PASSWORD }),
    );
    clinic.ok(
        "patients.set_restricted",
        json!({ "id": patient, "restricted": true, "reason": "Works here" }),
    );
    Emergency {
        clinic,
        patient,
        scan,
    }
}

fn request(patient: &str, password: &str) -> Value {
    json!({
        "patient_id": patient, "reason": "emergency", "words": "Unconscious in the hall", "password": password,
    })
}

impl Emergency {
    fn break_glass(&self) -> Value {
        self.clinic
            .ok("break_glass.open", request(&self.patient, PASSWORD))
    }

    fn waiting(&self) -> Value {
        let request = json!({ "reviewed": false, "cursor": null, "limit": 50 });
        self.clinic.ok("break_glass.page", request)["rows"].clone()
    }
}

#[test]
fn a_doctor_opens_a_restricted_record_for_an_hour_and_an_administrator_reviews_it() {
    let story = emergency();
    let Emergency {
        clinic,
        patient,
        scan,
    } = &story;
    let session = clinic.sign_in("night");
    let closed = clinic.error("patients.open", json!({ "id": patient }));
    assert_eq!(closed.code, Code::NotFound);

    // Nobody leafs through restricted records: a part of the name finds nothing.
    let part = json!({ "by": "person", "name": "Greta", "birth_date": "1958-04-02" });
    assert_eq!(clinic.ok("break_glass.find", part), json!([]));
    let exact = json!({ "by": "person", "name": "greta lindqvist", "birth_date": "1958-04-02" });
    let found = clinic.ok("break_glass.find", exact);
    assert_eq!(
        (&found[0]["id"], &found[0]["treating"]),
        (&json!(patient), &json!("Dr Amara Diallo"))
    );

    let wrong = clinic.error("break_glass.open", request(patient, "not the password"));
    assert_eq!(wrong.code, Code::WrongPassword);
    let opening = story.break_glass();
    assert!(opening["left_ms"].as_u64().unwrap() > 59 * 60_000);
    let chart = clinic.ok("patients.open", json!({ "id": patient }));
    assert_eq!(chart["patient"]["name"], "Greta Lindqvist");
    clinic.ok("imaging.open_scan", json!({ "id": scan }));
    let thumb = format!("thumb/{}/{scan}", session["grant"].as_str().unwrap());
    assert!(clinic.workstation.serve("main", &thumb).is_ok());
    let facts = clinic.worklist(json!({ "patient_id": patient }));
    assert_eq!(facts["rows"].as_array().unwrap().len(), 1);
    assert_eq!(clinic.worklist(json!({}))["rows"], json!([]));

    // 61 minutes later it is shut, for images too.
    for _ in 0..13 {
        clinic.clock.advance(Duration::from_secs(281));
        clinic.ok("session.touch", json!(null));
    }
    assert_eq!(
        clinic.error("patients.open", json!({ "id": patient })).code,
        Code::NotFound
    );
    assert!(clinic.workstation.serve("main", &thumb).is_err());
    assert_eq!(clinic.ok("break_glass.current", json!(null)), Value::Null);

    clinic.sign_in("admin");
    let rows = clinic.until(|| {
        let rows = story.waiting();
        (rows[0]["ended"] != Value::Null).then_some(rows)
    });
    assert_eq!(
        (&rows[0]["user"], &rows[0]["end"]),
        (&json!("Dr Night"), &json!("time"))
    );
    assert!(!rows.to_string().contains("Greta"), "{rows}");
    let acts = clinic.ok(
        "break_glass.acts",
        json!({ "id": rows[0]["id"], "cursor": null, "limit": 50 }),
    );
    let verbs: Vec<_> = acts["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["verb"].as_str().unwrap())
        .collect();
    for verb in [
        "break_glass.open",
        "patients.open",
        "scan.open",
        "worklist.page",
        "break_glass.over",
    ] {
        assert!(verbs.contains(&verb), "{verb} of {verbs:?}");
    }
    let home = clinic.ok("statistics.home", json!(null));
    assert_eq!(home["reviews"], 1);
    let silent = json!({ "id": rows[0]["id"], "outcome": "justified", "words": "  " });
    assert_eq!(
        clinic.error("break_glass.review", silent).code,
        Code::Invalid
    );
    let review = json!({ "id": rows[0]["id"], "outcome": "justified", "words": "Asked the ward." });
    clinic.ok("break_glass.review", review.clone());
    assert_eq!(
        clinic.error("break_glass.review", review).code,
        Code::Conflict
    );
    assert_eq!(story.waiting(), json!([]));
    assert!(
        clinic.ok("journal.verify", json!(null))["intact"]
            .as_bool()
            .unwrap()
    );

    // The treating doctor and the patient see it.
    clinic.sign_in("doctor");
    let saw = clinic.ok("patients.who_saw", json!({ "id": patient }));
    let marked = |saw: &Value| {
        let rows = saw.as_array().unwrap().iter();
        rows.filter(|row| row["broke_glass"] == true && row["who"] == "Dr Night")
            .count()
    };
    assert!(marked(&saw) >= 4, "{saw}");
    clinic.sign_in("greta");
    assert!(marked(&clinic.ok("own.who_saw", json!(null))) >= 4);
}

#[test]
fn it_is_ended_at_once_and_survives_a_restart_and_a_lock() {
    let story = emergency();
    story.clinic.sign_in("night");
    story.break_glass();
    story.clinic.clock.advance(Duration::from_secs(20 * 60));
    let Emergency {
        clinic, patient, ..
    } = story;
    let clinic = clinic.restarted();
    clinic.sign_in("night");
    let own = clinic.ok("break_glass.current", json!(null));
    let left = own["left_ms"].as_u64().unwrap() / 60_000;
    assert!((38..=40).contains(&left), "{own}");
    clinic.ok("patients.open", json!({ "id": patient }));
    clinic.ok("break_glass.end", json!(null));
    assert_eq!(
        clinic.error("patients.open", json!({ "id": patient })).code,
        Code::NotFound
    );
    assert_eq!(
        clinic.error("break_glass.end", json!(null)).code,
        Code::NotFound
    );
}

#[test]
fn whoever_broke_glass_never_reviews_it_whatever_they_become() {
    let story = emergency();
    let clinic = &story.clinic;
    let night = clinic.sign_in("night")["user_id"].clone();
    story.break_glass();
    clinic.ok("break_glass.end", json!(null));
    clinic.sign_in("admin");
    clinic.ok(
        "users.set_role",
        json!({ "id": night, "role": "administrator" }),
    );
    clinic.sign_in("night");
    let rows = story.waiting();
    assert_eq!(rows[0]["own"], true);
    let review = json!({ "id": rows[0]["id"], "outcome": "justified", "words": "I was right." });
    let error = clinic.error("break_glass.review", review.clone());
    assert_eq!(
        (error.code, error.message_id.as_str()),
        (Code::Conflict, "glass-own-opening")
    );
    // Nor does the task go with the account.
    clinic.sign_in("admin");
    clinic.ok("users.remove", json!({ "id": night }));
    assert_eq!(story.waiting()[0]["user"], "Dr Night");
    clinic.ok("break_glass.review", review);
}
