//! What doctors say of a model's readings is counted with what it is worth, and can be given away without
//! identity, as a folder that `models/training` reads.

use std::{fs, path::Path};

use acceptance::{Clinic, Desk, sample};
use basics::Code;
use serde_json::{Value, json};

const PASSWORD: &str = acceptance::PASSWORD;

/// Films of two people, read, one verdict agreed and one corrected; the scans' ids.
fn judged(clinic: &Clinic) -> Vec<Value> {
    let mut scans = Vec::new();
    for (name, film) in [
        ("Maria Silva", "nih-035075275b.jpg"),
        ("Jonas Weber", "kermany-016d792157.jpg"),
        ("Amina Diallo", "kermany-1066ce8ac8.jpg"),
    ] {
        let patient = clinic.add_patient(name, "1961-03-09");
        let import = clinic.import(&[sample(film)], Some(&patient));
        scans.push(import["items"][0]["outcome"]["scan_id"].clone());
    }
    clinic.wait_for_readings();
    let mut given = Vec::new();
    for scan in scans {
        let view = clinic.ok("imaging.open_scan", json!({ "id": scan }));
        let reading = &view["readings"][0];
        if reading["answer"]["kind"] != "assessed" {
            continue;
        }
        let agrees = given.is_empty();
        let class = match agrees {
            true => Value::Null,
            false => reading["answer"]["classes"][1]["id"].clone(),
        };
        clinic.ok(
            "reading.record_verdict",
            json!({ "scan_id": scan, "reading_id": reading["id"], "agrees": agrees, "class": class, "region": null, "comment": "Maria said so" }),
        );
        given.push(scan);
    }
    assert!(
        given.len() >= 2,
        "the model assessed too few of the samples"
    );
    given
}

#[test]
fn verdicts_leave_without_identity_and_only_with_the_password() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let scans = judged(&clinic);
    let list = clinic.ok("feedback.list", json!(null));
    assert_eq!(list["rows"].as_array().unwrap().len(), scans.len());
    // A plain picture may show a name: somebody looks first.
    assert!(
        list["rows"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["look"] == true)
    );

    let folder = tempfile::tempdir().unwrap();
    let ask = |looked: &[Value], password: &str| {
        clinic.call(
            "feedback.export",
            json!({ "folder": folder.path(), "scans": scans, "looked_at": looked, "password": password }),
        )
    };
    assert_eq!(
        ask(&scans, "not the password").unwrap_err().code,
        Code::WrongPassword
    );
    assert_eq!(
        ask(&[], PASSWORD).unwrap_err().message_id,
        "nothing-to-give"
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is left behind"
    );

    let given = ask(&scans[..1], PASSWORD).unwrap();
    assert_eq!(
        (&given["images"], &given["not_looked_at"]),
        (&json!(1), &json!(scans.len() - 1))
    );
    let given = ask(&scans, PASSWORD).unwrap();
    let pack = Path::new(given["folder"].as_str().unwrap());
    let text = fs::read_to_string(pack.join("manifest.json")).unwrap();
    for secret in ["Maria", "Silva", "Weber", "1961", "MB-0"] {
        assert!(!text.contains(secret), "{secret}");
    }
    for scan in &scans {
        assert!(!text.contains(scan.as_str().unwrap()));
    }
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let rows = manifest["rows"].as_array().unwrap();
    assert_eq!(rows.len(), scans.len());
    for row in rows {
        let png = fs::read(pack.join(row["file"].as_str().unwrap())).unwrap();
        assert!(png.starts_with(b"\x89PNG"));
        // Pixels and nothing that says anything: no text, no Exif, no time.
        for chunk in [&b"tEXt"[..], b"iTXt", b"zTXt", b"eXIf", b"tIME"] {
            assert!(!png.windows(4).any(|window| window == chunk));
        }
        let classes = row["probabilities"].as_object().unwrap();
        assert!(classes.contains_key(row["label"].as_str().unwrap()));
    }
    let people: std::collections::HashSet<&str> = rows
        .iter()
        .map(|row| row["person"].as_str().unwrap())
        .collect();
    assert_eq!(people.len(), rows.len());

    clinic.ok("session.sign_out", json!(null));
    clinic.sign_in("admin");
    let page = clinic.ok(
        "journal.page",
        json!({ "verb": "feedback.export", "user_id": null, "outcome": null, "subject": scans[0], "from": null, "to": null, "cursor": null, "limit": 10 }),
    );
    assert_eq!(page["rows"].as_array().unwrap().len(), 2);
    assert_eq!(
        clinic.error("feedback.list", json!(null)).code,
        Code::Forbidden
    );

    // Counts with their intervals, for whoever sees no names.
    let agreement = clinic.ok("feedback.agreement", json!(null));
    let version = &agreement[0];
    assert_eq!(version["all"]["of"], scans.len());
    assert!(version["all"]["low"].as_f64().unwrap() < version["all"]["high"].as_f64().unwrap());
    let of: u64 = version["by_class"]
        .as_array()
        .unwrap()
        .iter()
        .map(|share| share["of"].as_u64().unwrap())
        .sum();
    assert_eq!(of, scans.len() as u64);
    let drift = clinic.ok("feedback.drift", json!(null));
    assert_eq!(drift[0]["drift"], "too_few");
}

#[test]
fn a_doctors_home_counts_what_waits() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let scans = judged(&clinic);
    let since = "2000-01-01T00:00:00Z";
    let home = clinic.ok("home.doctor", json!({ "since": since }));
    let above = clinic.worklist(json!({ "only_above": true }));
    assert_eq!(home["above"], above["rows"].as_array().unwrap().len());
    assert_eq!(
        (&home["drafts"], &home["consultations"]),
        (&json!(0), &json!(0))
    );
    clinic.ok(
        "reports.start",
        json!({ "scan_id": scans[0], "reading_id": null, "template": null, "language": "en" }),
    );
    let patient = above["rows"].get(0).map_or_else(
        || clinic.worklist(json!({}))["rows"][0]["patient"]["id"].clone(),
        |row| row["patient"]["id"].clone(),
    );
    clinic.ok(
        "live.start",
        json!({ "patient_id": patient, "language": "en" }),
    );
    let home = clinic.ok("home.doctor", json!({ "since": since }));
    assert_eq!(
        (&home["drafts"], &home["consultations"], &home["running"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(home["draft_rows"].as_array().unwrap().len(), 1);
    assert_eq!(home["consultation_rows"].as_array().unwrap().len(), 1);
}
