//! The engines in the settings: set by an administrator, tried part by part, taken up again after a start
//! by whoever signs in, and a speech model that is installed from a file and removed.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use acceptance::{Clinic, Desk};
use axum::{Router, extract::State, http::StatusCode, routing::post};
use basics::Code;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// A server that speaks the OpenAI protocol, and counts what it was asked for.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Vec<&'static str>>>);

impl Server {
    fn start(runtime: &Runtime) -> (Self, String) {
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let server = Self::default();
        let router = Router::new()
            .route("/v1/chat/completions", post(chat))
            .route("/v1/embeddings", post(embed))
            .route("/v1/audio/transcriptions", post(transcribe))
            .with_state(server.clone());
        runtime.spawn(async move { axum::serve(listener, router).await });
        (server, url)
    }

    fn note(&self, what: &'static str) {
        self.0.lock().unwrap().push(what);
    }

    fn asked(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().clone()
    }
}

async fn chat(State(server): State<Server>, body: String) -> String {
    let asked: Value = serde_json::from_str(&body).unwrap();
    let answer = match asked["response_format"]["json_schema"]["name"].as_str() {
        Some("translation") => {
            server.note("translation");
            json!({ "translation": "¿Dónde le duele?" })
        }
        _ => {
            server.note("writing");
            json!({ "ready": true })
        }
    };
    let message = json!({ "role": "assistant", "content": answer.to_string() });
    json!({ "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }] }).to_string()
}

/// The account that is used up.
async fn embed(State(server): State<Server>) -> (StatusCode, String) {
    server.note("meaning");
    let error = json!({ "error": { "message": "no", "code": "insufficient_quota" } });
    (StatusCode::TOO_MANY_REQUESTS, error.to_string())
}

async fn transcribe(State(server): State<Server>) -> String {
    server.note("speech");
    json!({ "text": "" }).to_string()
}

fn settings(url: &str, writing: Option<&str>, meaning: Option<&str>) -> Value {
    json!({
        "preset": "own_server", "base_url": url, "model": "small", "fallback_model": null,
        "writing_model": writing, "meaning_model": meaning, "key": "sk-secret", "timeout_s": 5,
    })
}

fn tried(clinic: &Clinic, part: &str) -> Value {
    clinic.ok("language.test_engine", json!({ "part": part }))
}

#[test]
fn each_part_is_tried_on_its_own_and_named_when_it_fails() {
    let runtime = Runtime::new().unwrap();
    let (server, url) = Server::start(&runtime);
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    clinic.ok(
        "language.set_engine",
        settings(&url, Some("large"), Some("vectors")),
    );
    let speech = json!({ "by": "engine", "base_url": "", "model": "whisper-1", "key": null });
    let shown = clinic.ok("language.set_speech", speech);
    assert_eq!(shown["speech"]["by"], "engine");

    assert_eq!(tried(&clinic, "translation")["ok"], true);
    assert_eq!(tried(&clinic, "writing")["ok"], true);
    assert_eq!(tried(&clinic, "speech")["ok"], true);
    let meaning = tried(&clinic, "meaning");
    assert_eq!(meaning["message_id"], "language-quota-out");
    assert_eq!(
        server.asked(),
        ["translation", "writing", "speech", "meaning"]
    );

    // A part without a model asks nobody.
    clinic.ok("language.set_engine", settings(&url, None, None));
    let none = clinic.error("language.test_engine", json!({ "part": "writing" }));
    assert_eq!(none.message_id, "language-no-engine");
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn nobody_but_an_administrator_sets_or_tries_an_engine() {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let speech = json!({ "by": "none", "base_url": "", "model": "", "key": null });
    for (row, request) in [
        ("language.engine", json!(null)),
        ("language.set_speech", speech),
        (
            "language.install_speech_model",
            json!({ "path": "/tmp/model.bin" }),
        ),
        ("language.remove_speech_model", json!(null)),
        ("language.test_engine", json!({ "part": "speech" })),
    ] {
        assert_eq!(clinic.error(row, request).code, Code::Forbidden, "{row}");
    }
}

#[test]
fn a_server_for_voice_notes_has_an_address_and_a_key_of_its_own() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let server = |url: &str, key: Option<&str>| json!({ "by": "server", "base_url": url, "model": "whisper-1", "key": key });
    let refused = clinic.error("language.set_speech", server("http://192.168.1.9/v1", None));
    assert_eq!(refused.message_id, "language-engine-settings");
    let by_engine = json!({ "by": "engine", "base_url": "", "model": "whisper-1", "key": null });
    let refused = clinic.error("language.set_speech", by_engine);
    assert_eq!(refused.message_id, "language-no-engine");
    let on_device = json!({ "by": "device", "base_url": "", "model": "", "key": null });
    assert_eq!(
        clinic.error("language.set_speech", on_device).code,
        Code::Invalid
    );

    let set = clinic.ok(
        "language.set_speech",
        server("http://127.0.0.1:1/v1", Some("sk-very-secret")),
    );
    assert_eq!(
        (&set["speech"]["by"], &set["speech"]["has_key"]),
        (&json!("server"), &json!(true))
    );
    assert!(!set.to_string().contains("very-secret"));
    assert_eq!(
        tried(&clinic, "speech")["message_id"],
        "language-engine-unreachable"
    );
    let none = json!({ "by": "none", "base_url": "", "model": "", "key": null });
    assert_eq!(
        clinic.ok("language.set_speech", none)["speech"]["has_key"],
        false
    );
    assert!(!clinic.heard.text().contains("very-secret"));
}

#[test]
fn a_speech_model_is_installed_by_file_and_a_bad_file_is_named() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    let file = clinic.folder.path().join("ggml-test.bin");
    let install = || json!({ "path": file.display().to_string() });
    fs::write(&file, b"RIFF of something else").unwrap();
    let foreign = clinic.error("language.install_speech_model", install());
    assert_eq!(foreign.message_id, "language-model-foreign");
    let whole = acceptance::speech_model();
    fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    let cut = clinic.error("language.install_speech_model", install());
    assert_eq!(cut.message_id, "language-model-truncated");
    assert_eq!(
        clinic.ok("language.engine", json!(null))["speech"]["installed"],
        json!(null)
    );

    fs::write(&file, &whole).unwrap();
    let shown = clinic.ok("language.install_speech_model", install());
    let installed = &shown["speech"]["installed"];
    assert_eq!(shown["speech"]["by"], "device");
    assert_eq!(installed["bytes"], whole.len());
    let told = clinic.heard.all("language.installing");
    assert_eq!(told.last().unwrap()["done"], whole.len());
    assert_eq!(tried(&clinic, "speech")["ok"], true);

    // Somebody changes the file that lies in the clinic's folder: it is not loaded.
    let hash = installed["sha256"].as_str().unwrap();
    let kept = clinic
        .folder
        .path()
        .join("record/speech")
        .join(format!("{hash}.bin"));
    let mut bytes = fs::read(&kept).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&kept, bytes).unwrap();
    let restarted = clinic.restarted();
    restarted.sign_in("admin");
    assert_eq!(
        tried(&restarted, "speech")["message_id"],
        "language-model-changed"
    );

    let gone = restarted.ok("language.remove_speech_model", json!(null));
    assert_eq!(gone["speech"]["by"], "none");
    assert!(!kept.exists());
}

#[test]
fn after_a_start_whoever_signs_in_brings_the_engines_up() {
    let clinic = Clinic::new();
    clinic.sign_in("admin");
    assert_eq!(
        clinic.ok("assist.state", json!(null))["engine"],
        json!(null)
    );
    let settings = settings("http://127.0.0.1:1/v1", Some("large"), None);
    clinic.ok("language.set_engine", settings);
    assert_eq!(
        clinic.ok("assist.state", json!(null))["engine"]["name"],
        "large"
    );
    let clinic = clinic.restarted();
    clinic.sign_in("doctor");
    assert_eq!(
        clinic.ok("assist.state", json!(null))["engine"]["name"],
        "large"
    );
    clinic.sign_in("admin");
    let none = json!({ "preset": "none", "base_url": "", "model": "", "fallback_model": null, "key": null, "timeout_s": 20 });
    clinic.ok("language.set_engine", none);
    assert_eq!(
        clinic.ok("assist.state", json!(null))["engine"],
        json!(null)
    );
}
