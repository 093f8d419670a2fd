//! Phrases: what a doctor finds, what is offered, and who may stand behind a translation.

use acceptance::{Clinic, Desk, PASSWORD};
use basics::Code;
use serde_json::{Value, json};

fn page(clinic: &Clinic, query: &str, reading: &str) -> Value {
    let request = json!({
        "for_patient": false, "situation": null, "query": query, "language": "en",
        "reading_language": reading, "cursor": null, "limit": 500,
    });
    clinic.ok("phrases.page", request)
}

fn review(clinic: &Clinic, language: &str) -> Value {
    let request =
        json!({ "language": language, "only_open": true, "query": "", "cursor": null, "limit": 1 });
    clinic.ok("phrases.review_page", request)
}

/// A clinic whose pharmacist may approve German phrases; the pharmacist is signed in.
fn with_a_reviewer() -> Clinic {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let pharmacist = json!({ "name": "Chen Wei", "login": "pharmacist", "role": "pharmacist", "password": PASSWORD });
    let user = clinic.ok("users.create", pharmacist)["id"].clone();
    let named = clinic.ok(
        "phrases.set_reviewer",
        json!({ "user_id": user, "languages": ["de", "en"] }),
    );
    let named: Vec<&Value> = (named.as_array().unwrap().iter())
        .filter(|reviewer| reviewer["languages"] != json!([]))
        .collect();
    assert_eq!(named.len(), 1);
    assert_eq!(
        named[0]["languages"],
        json!(["de"]),
        "English has nothing to review"
    );
    clinic.sign_in("pharmacist");
    clinic
}

#[test]
fn a_doctor_browses_and_is_offered_what_comes_close() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let all = page(&clinic, "", "es");
    let rows = all["rows"].as_array().unwrap();
    assert!(rows.len() > 150 && all["next"].is_null(), "{}", rows.len());
    let found = page(&clinic, "allergic", "es");
    assert!(found["rows"].as_array().unwrap().len() < rows.len());
    let text = rows[0]["text"].as_str().unwrap();
    let request = json!({ "text": text, "language": "en", "reading_language": "te", "limit": 3 });
    let offered = clinic.ok("phrases.suggest", request);
    assert_eq!(offered[0]["phrase"]["phrase"], rows[0]["key"]);
    assert_eq!(offered[0]["provenance"], "unreviewed_phrase");
}

#[test]
fn only_a_named_reviewer_approves_and_only_what_was_shown() {
    let clinic = with_a_reviewer();
    let row = review(&clinic, "de")["rows"][0].clone();
    let (phrase, hash) = (&row["phrase"], &row["hash"]);
    assert_eq!(row["standing"]["state"], "unreviewed");

    let other = json!({ "phrase": phrase, "language": "de", "hash": "0".repeat(64) });
    assert_eq!(
        clinic.error("phrases.approve", other).message_id,
        "language-text-changed"
    );
    let te = json!({ "phrase": phrase, "language": "te", "hash": hash });
    assert_ne!(clinic.error("phrases.approve", te).code, Code::Internal);
    let request =
        json!({ "language": "te", "only_open": false, "query": "", "cursor": null, "limit": 1 });
    assert_eq!(
        clinic.error("phrases.review_page", request).code,
        Code::Forbidden
    );

    let approved = clinic.ok(
        "phrases.approve",
        json!({ "phrase": phrase, "language": "de", "hash": hash }),
    );
    assert_eq!(approved["standing"]["state"], "approved");
    assert_eq!(approved["standing"]["by"], "Chen Wei");
    assert_ne!(review(&clinic, "de")["rows"][0]["phrase"], *phrase);
    assert_eq!(review(&clinic, "de")["progress"][0]["approved"], 1);

    let told = || {
        clinic.sign_in("doctor");
        let page = page(&clinic, "", "de");
        let row = page["rows"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["key"] == *phrase)
            .cloned();
        row.unwrap()["provenance"].clone()
    };
    assert_eq!(told(), "verified_phrase");
    clinic.sign_in("pharmacist");
    clinic.ok(
        "phrases.withdraw",
        json!({ "phrase": phrase, "language": "de" }),
    );
    assert_eq!(told(), "unreviewed_phrase");
}

#[test]
fn review_is_offered_to_whom_it_was_given_and_to_nobody_else() {
    let clinic = with_a_reviewer();
    let offered = |login: &str| {
        let session = clinic.sign_in(login);
        session["commands"]
            .as_array()
            .unwrap()
            .contains(&json!("phrases.review_page"))
    };
    assert!(offered("pharmacist"));
    assert!(!offered("doctor"));
    assert!(!offered("admin"));
    clinic.sign_in("admin");
    let user = (clinic
        .ok("phrases.reviewers", json!(null))
        .as_array()
        .unwrap()
        .iter())
    .find(|reviewer| reviewer["languages"] != json!([]))
    .unwrap()["user_id"]
        .clone();
    clinic.ok(
        "phrases.set_reviewer",
        json!({ "user_id": user, "languages": [] }),
    );
    assert!(!offered("pharmacist"));
    let request =
        json!({ "language": "de", "only_open": false, "query": "", "cursor": null, "limit": 1 });
    assert_eq!(
        clinic.error("phrases.review_page", request).code,
        Code::Forbidden
    );
}

#[test]
fn the_key_of_an_engine_goes_in_and_never_comes_out() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    assert_eq!(clinic.ok("language.engine", json!(null))["preset"], "none");
    assert_eq!(
        clinic
            .error("language.test_engine", json!({ "part": "translation" }))
            .message_id,
        "language-no-engine"
    );
    let engine = |url: &str, key: Option<&str>| json!({ "preset": "own_server", "base_url": url, "model": "small", "fallback_model": null, "key": key, "timeout_s": 30 });
    let refused = clinic.error("language.set_engine", engine("http://192.168.1.9/v1", None));
    assert_eq!(refused.message_id, "language-engine-settings");
    assert_eq!(clinic.ok("language.engine", json!(null))["preset"], "none");

    // Nobody listens on port 1.
    let set = clinic.ok(
        "language.set_engine",
        engine("http://127.0.0.1:1/v1", Some("sk-very-secret")),
    );
    assert_eq!(set["has_key"], true);
    assert!(!set.to_string().contains("very-secret"));
    assert!(!clinic.heard.text().contains("very-secret"));
    let tried = clinic.ok("language.test_engine", json!({ "part": "translation" }));
    assert_eq!(tried["ok"], false);
    assert_eq!(tried["message_id"], "language-engine-unreachable");

    let kept = clinic.ok("language.set_engine", engine("http://127.0.0.1:1/v1", None));
    assert_eq!(kept["has_key"], true);
    let gone = clinic.ok(
        "language.set_engine",
        engine("http://127.0.0.1:1/v1", Some("")),
    );
    assert_eq!(gone["has_key"], false);
    let none = json!({ "preset": "none", "base_url": "", "model": "", "fallback_model": null, "key": null, "timeout_s": 20 });
    assert_eq!(clinic.ok("language.set_engine", none)["preset"], "none");
}
