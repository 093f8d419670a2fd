//! Text that is more than text: stored as it is, shown as it is, or refused by a stated limit;
//! never run, never cut.

use acceptance::{Clinic, Desk, sample};
use serde_json::{Value, json};

fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "<script>alert(1)</script>",
        "' OR 1=1--",
        "Robert'); DROP TABLE patients;--",
        "\u{202e}txet desrever\u{202c}",
        "before\u{0}after",
        "${{7*7}} {{constructor}} %s %n",
        "=HYPERLINK(\"x\")",
        "😀 नमस्ते مرحبا 你好",
    ]
    .map(String::from)
    .into();
    all.push("x".repeat(1 << 20));
    all
}

/// Stores `text` by `call`; what comes back by `read` is the same, or the limit was named.
fn check(clinic: &Clinic, name: &str, request: Value, text: &str, read: impl Fn(&Value) -> Value) {
    match clinic.call(name, request) {
        Ok(answer) => assert_eq!(read(&answer), json!(text), "{name}"),
        Err(error) => {
            assert!(text.len() > 200, "{name} refused {text:?}: {error:?}");
            assert_eq!(error.code, basics::Code::TooLarge, "{name}: {error:?}");
        }
    }
}

#[test]
fn every_text_field_keeps_it_or_names_its_limit() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&patient));
    let scan = import["items"][0]["outcome"]["scan_id"].clone();
    clinic.wait_for_readings();
    let reading =
        clinic.ok("imaging.open_scan", json!({ "id": scan }))["readings"][0]["id"].clone();
    for text in hostile() {
        let details =
            json!({ "name": text, "birth_date": null, "sex": "unknown", "external_id": text });
        check(
            &clinic,
            "patients.create",
            json!({ "details": details, "not_a_duplicate": true }),
            &text,
            |answer| answer["patient"]["name"].clone(),
        );
        let item = json!({ "substance": text, "reaction": text, "severity": "mild" });
        check(
            &clinic,
            "patients.set_allergies",
            json!({ "id": patient, "allergies": { "state": "known", "items": [item] } }),
            &text,
            |answer| answer["allergies"]["items"][0]["substance"].clone(),
        );
        check(
            &clinic,
            "imaging.save_mark",
            json!({ "scan_id": scan, "replaces": null, "frame": 0, "tool": "note", "points": [[1.0, 2.0]], "text": text }),
            &text,
            |answer| answer["text"].clone(),
        );
        check(
            &clinic,
            "reading.record_verdict",
            json!({ "scan_id": scan, "reading_id": reading, "agrees": false, "class": null, "region": null, "comment": text }),
            &text,
            |answer| answer["comment"].clone(),
        );
        // Searching for it neither fails nor finds everybody.
        let found = clinic.call(
            "patients.page",
            json!({ "query": text, "cursor": null, "limit": 50 }),
        );
        if let Err(error) = found {
            assert!(text.len() > 200, "search for {text:?}: {error:?}");
        }
        clinic.worklist(json!({ "query": text.chars().take(100).collect::<String>() }));
    }
    assert_eq!(
        clinic.ok("patients.open", json!({ "id": patient }))["patient"]["name"],
        "Maria Silva"
    );
}
