//! A doctor finds again what somebody said: in any of the languages, only where they may look, and the
//! journal knows whose record it was and not which words were looked for. By meaning where an engine is
//! set – a local server that speaks the OpenAI protocol – and by words where none is.

use std::sync::{Arc, Mutex};

use acceptance::{Clinic, Desk, PASSWORD};
use axum::{Json, Router, extract::State, http::StatusCode, response::IntoResponse, routing::post};
use basics::Code;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

fn search(clinic: &Clinic, words: &str) -> Vec<Value> {
    let page = clinic.ok("search.page", asked(words));
    page["rows"].as_array().unwrap().clone()
}

fn asked(words: &str) -> Value {
    json!({ "words": words, "limits": limits(), "cursor": null, "limit": 50 })
}

fn limits() -> Value {
    json!({ "kinds": [], "patient_id": null, "from": null, "to": null })
}

fn text(row: &Value) -> String {
    let pieces = row["pieces"].as_array().unwrap().iter();
    pieces
        .map(|piece| piece["text"].as_str().unwrap())
        .collect()
}

/// A consultation across the desk in which the patient says this.
fn talk(clinic: &Clinic, patient: &str, language: &str, said: &[&str]) {
    let view = clinic.ok(
        "live.start",
        json!({ "patient_id": patient, "language": "en" }),
    );
    let id = &view["id"];
    let seat = json!({ "consultation_id": id, "name": "Guest", "language": language });
    let people = clinic.ok("live.seat", seat)["people"].clone();
    let mut people = people.as_array().unwrap().iter();
    let guest = people.find(|one| one["kind"] == "across_the_desk").unwrap();
    for text in said {
        let message = basics::MessageId::new().to_string();
        clinic.ok(
            "live.say",
            json!({ "consultation_id": id, "message_id": message, "participant_id": guest["id"],
                    "text": text, "phrase": null }),
        );
    }
    clinic.ok("live.end", json!({ "consultation_id": id }));
}

fn second_doctor(clinic: &Clinic) {
    clinic.sign_in("admin");
    clinic.ok(
        "users.create",
        json!({ "login": "second", "name": "Dr Kemi Adeyemi", "role": "doctor", "password": PASSWORD }),
    );
    clinic.sign_in("doctor");
}

#[test]
fn what_was_said_is_found_again_across_languages_and_opens_its_consultation() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let rosa = clinic.add_patient("Rosa Lima", "1980-01-01");
    let layla = clinic.add_patient("Layla Haddad", "1975-05-05");
    talk(
        &clinic,
        &rosa,
        "es",
        &["Me duele el corazón desde el sábado", "Tomo 0,5 mg"],
    );
    talk(&clinic, &layla, "ar", &["أشعر بالصداع كل يوم"]);

    for (words, whose) in [("corazon sab", &rosa), ("0.5", &rosa), ("صداع", &layla)] {
        let found = search(&clinic, words);
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0]["patient_id"], json!(whose));
        assert_eq!(found[0]["place"]["kind"], "message");
        let open = json!({ "consultation_id": found[0]["place"]["consultation_id"] });
        assert_eq!(clinic.ok("live.view", open)["patient"]["id"], json!(whose));
    }
    let found = search(&clinic, "corazon");
    assert_eq!(text(&found[0]), "Me duele el corazón desde el sábado");
    let marked: Vec<_> = found[0]["pieces"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|piece| piece["found"] == true)
        .collect();
    assert!(matches!(&marked[..], [one] if one["text"] == "corazón"));
    assert!(search(&clinic, "zebra").is_empty() && search(&clinic, "5").is_empty());
    let mut one = asked("duele");
    one["limits"]["patient_id"] = json!(layla);
    let only = clinic.ok("search.page", one);
    assert_eq!(only["rows"].as_array().unwrap().len(), 0);
    // There is no engine, and it says so.
    let state = clinic.ok("search.state", json!(null));
    assert_eq!(state["meaning"], json!(null));
    let error = clinic.error(
        "search.meaning",
        json!({ "words": "heart", "limits": limits() }),
    );
    assert_eq!(error.code, Code::NotFound);
}

#[test]
fn a_restricted_record_is_found_by_its_own_doctor_alone_and_the_journal_keeps_no_words() {
    let clinic = Clinic::new();
    second_doctor(&clinic);
    let rosa = clinic.add_patient("Rosa Lima", "1980-01-01");
    clinic.ok(
        "patients.create_account",
        json!({ "id": rosa, "login": "rosa", "password": PASSWORD }),
    );
    talk(&clinic, &rosa, "es", &["Tengo vergüenza-plantada"]);
    clinic.sign_in("second");
    assert_eq!(search(&clinic, "verguenza").len(), 1);
    clinic.sign_in("doctor");
    clinic.ok(
        "patients.set_restricted",
        json!({ "id": rosa, "restricted": true, "reason": "Staff member" }),
    );
    for (login, found) in [("doctor", 1), ("second", 0), ("rosa", 1)] {
        clinic.sign_in(login);
        assert_eq!(search(&clinic, "verguenza").len(), found, "{login}");
    }
    clinic.sign_in("admin");
    let refused = clinic.error("search.page", asked("verguenza"));
    assert_eq!(refused.code, Code::Forbidden);
    let request = json!({ "user_id": null, "verb": "search.page", "subject": rosa, "outcome": null, "cursor": null, "limit": 50 });
    let rows = clinic.ok("journal.page", request)["rows"].clone();
    // Once for each person who saw it: the second doctor before, the doctor and the patient after.
    assert_eq!(rows.as_array().unwrap().len(), 3, "{rows}");
    let all = json!({ "user_id": null, "verb": null, "subject": null, "outcome": null, "cursor": null, "limit": 200 });
    let journal = clinic.ok("journal.page", all).to_string();
    assert!(!journal.contains("verg") && !journal.contains("plantada"));
}

#[test]
fn what_was_said_before_a_restart_is_found_after_it() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let rosa = clinic.add_patient("Rosa Lima", "1980-01-01");
    talk(&clinic, &rosa, "es", &["Me mareo al levantarme"]);
    let clinic = clinic.restarted();
    clinic.sign_in("doctor");
    assert_eq!(search(&clinic, "mareo").len(), 1);
    // Nothing is left to add, soon after somebody signed in.
    clinic.until(|| (clinic.ok("search.state", json!(null))["behind"] == false).then_some(()));
}

/// Places a text by what it speaks of, and keeps what it was sent. Down while told so.
#[derive(Clone, Default)]
struct Engine {
    asked: Arc<Mutex<Vec<String>>>,
    down: Arc<Mutex<bool>>,
}

impl Engine {
    fn start(&self, runtime: &Runtime) -> String {
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/v1/embeddings", post(embed))
            .with_state(self.clone());
        runtime.spawn(async move { axum::serve(listener, router).await });
        url
    }
}

async fn embed(State(engine): State<Engine>, Json(body): Json<Value>) -> impl IntoResponse {
    if *engine.down.lock().unwrap() {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({})));
    }
    let texts: Vec<String> = match &body["input"] {
        Value::String(text) => vec![text.clone()],
        texts => serde_json::from_value(texts.clone()).unwrap(),
    };
    // As a server with a small model does.
    if texts.iter().any(|text| text.chars().count() > 200) {
        return (StatusCode::BAD_REQUEST, Json(json!({})));
    }
    engine.asked.lock().unwrap().extend(texts.iter().cloned());
    let says = |text: &str, words: &[&str]| {
        u8::from(words.iter().any(|word| text.to_lowercase().contains(word)))
    };
    let data: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let place = [
                f32::from(says(text, &["corazón", "heart", "cardiac"])),
                f32::from(says(text, &["cabeza", "head", "صداع"])),
                0.1,
            ];
            let length = place.iter().map(|one| one * one).sum::<f32>().sqrt();
            json!({ "object": "embedding", "index": index, "embedding": place.map(|one| one / length) })
        })
        .collect();
    let usage = json!({ "prompt_tokens": 1, "total_tokens": 1 });
    (
        StatusCode::OK,
        Json(json!({ "object": "list", "data": data, "model": body["model"], "usage": usage })),
    )
}

#[test]
fn by_meaning_the_nearest_comes_first_and_the_engine_gets_only_what_its_doctor_may_read() {
    let runtime = Runtime::new().unwrap();
    let engine = Engine::default();
    let url = engine.start(&runtime);
    let clinic = Clinic::new();
    second_doctor(&clinic);
    let rosa = clinic.add_patient("Rosa Lima", "1980-01-01");
    let secret = clinic.add_patient("Zoe Stark", "1990-02-02");
    talk(
        &clinic,
        &rosa,
        "es",
        &["Me duele la cabeza", "Me duele el corazón"],
    );
    talk(&clinic, &secret, "es", &["Me duele el corazón en secreto"]);
    clinic.ok(
        "patients.set_restricted",
        json!({ "id": secret, "restricted": true, "reason": "Staff member" }),
    );
    clinic.sign_in("admin");
    clinic.ok(
        "language.set_engine",
        json!({ "preset": "own_server", "base_url": url, "model": "small", "fallback_model": null,
                "meaning_model": "places", "key": null, "timeout_s": 30 }),
    );
    // Nobody who may read it sits here: nothing is sent.
    assert!(engine.asked.lock().unwrap().is_empty());
    clinic.sign_in("second");
    clinic
        .until(|| (clinic.ok("search.state", json!(null))["meaning"]["ready"] == 2).then_some(()));
    assert!(
        !engine
            .asked
            .lock()
            .unwrap()
            .iter()
            .any(|text| text.contains("secreto"))
    );
    let found = clinic.ok(
        "search.meaning",
        json!({ "words": "cardiac trouble", "limits": limits() }),
    );
    let found: Vec<_> = found.as_array().unwrap().iter().map(text).collect();
    assert_eq!(found, ["Me duele el corazón", "Me duele la cabeza"]);

    clinic.sign_in("doctor");
    clinic
        .until(|| (clinic.ok("search.state", json!(null))["meaning"]["ready"] == 3).then_some(()));
    let found = clinic.ok(
        "search.meaning",
        json!({ "words": "heart", "limits": limits() }),
    );
    assert_eq!(found.as_array().unwrap().len(), 3);
    // The engine goes down: said so, and words still find.
    *engine.down.lock().unwrap() = true;
    let error = clinic.error(
        "search.meaning",
        json!({ "words": "heart", "limits": limits() }),
    );
    assert_eq!(error.code, Code::EngineUnavailable);
    assert_eq!(search(&clinic, "corazon").len(), 2);
    clinic.sign_in("admin");
    let request = json!({ "user_id": null, "verb": "search.embed", "subject": secret, "outcome": null, "cursor": null, "limit": 50 });
    let rows = clinic.ok("journal.page", request)["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
}

#[test]
fn a_text_that_the_engine_does_not_take_holds_up_no_other() {
    let runtime = Runtime::new().unwrap();
    let engine = Engine::default();
    let url = engine.start(&runtime);
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let rosa = clinic.add_patient("Rosa Lima", "1980-01-01");
    let long = "Me duele la cabeza. ".repeat(20);
    talk(&clinic, &rosa, "es", &["Me duele el corazón", &long]);
    clinic.sign_in("admin");
    clinic.ok(
        "language.set_engine",
        json!({ "preset": "own_server", "base_url": url, "model": "small", "fallback_model": null,
                "meaning_model": "places", "key": null, "timeout_s": 30 }),
    );
    clinic.sign_in("doctor");
    let state = clinic.until(|| {
        let state = clinic.ok("search.state", json!(null))["meaning"].clone();
        (state["ready"] == 1).then_some(state)
    });
    assert_eq!(
        (&state["of"], &state["failing"]),
        (&json!(2), &json!(false))
    );
    // What is said later is placed, too; the long one is found by its words.
    talk(&clinic, &rosa, "es", &["Dolor de cabeza desde ayer"]);
    clinic.sign_in("doctor");
    clinic
        .until(|| (clinic.ok("search.state", json!(null))["meaning"]["ready"] == 2).then_some(()));
    assert_eq!(search(&clinic, "duele cabeza").len(), 1);
}
