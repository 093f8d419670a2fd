//! Phase two: what no phrase says waits for the clinic's engine; the original waits for nobody. The
//! engine is a local server that speaks the OpenAI protocol.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use acceptance::{Desk, phone::Phone, room::Room};
use axum::{Router, http::StatusCode, routing::post};
use basics::{Language, Provenance};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

const SAID: &str = "The ferry to the island leaves at noon";
const TRANSLATED: &str = "El ferry a la isla sale al mediodía";

/// An engine that takes its time, and answers only while it is up.
fn engine(runtime: &Runtime, delay: Duration, up: Arc<AtomicBool>) -> String {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
    let listener = listener.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let answer = move || async move {
        tokio::time::sleep(delay).await;
        if !up.load(Ordering::SeqCst) {
            return (StatusCode::SERVICE_UNAVAILABLE, String::new());
        }
        let content = json!({ "translation": TRANSLATED }).to_string();
        let message = json!({ "role": "assistant", "content": content });
        let choice = json!({ "index": 0, "message": message, "finish_reason": "stop" });
        let body = json!({ "id": "1", "object": "chat.completion", "created": 1, "model": "small", "choices": [choice] });
        (StatusCode::OK, body.to_string())
    };
    let router = Router::new().route("/v1/chat/completions", post(answer));
    runtime.spawn(async move { axum::serve(listener, router).await });
    url
}

fn set_engine(room: &Room, phone: &Phone, url: &str) {
    room.clinic.sign_in("admin");
    let engine = json!({
        "preset": "own_server", "base_url": url, "model": "small", "fallback_model": null,
        "key": null, "timeout_s": 30,
    });
    room.clinic.ok("language.set_engine", engine);
    room.clinic.sign_in("doctor");
    // The doctor was away, so the phone says hello again; after this it is there.
    room.say("Breathe in deeply.");
    phone.until("the doctor's return", |seen| seen.messages.len() == 1);
}

#[test]
fn the_original_is_there_at_once_and_the_translation_follows() {
    let room = Room::new();
    let phone = room.guest("Marta", Language::Es);
    let up = Arc::new(AtomicBool::new(true));
    let url = engine(&room.runtime, Duration::from_secs(2), up);
    set_engine(&room, &phone, &url);

    let begun = Instant::now();
    let said = room.say(SAID);
    let answered = begun.elapsed();
    assert_eq!(said["translations"][0]["pending"], true);
    phone.until("the original", |seen| seen.messages.len() == 2);
    let shown = begun.elapsed();
    assert!(
        shown < Duration::from_secs(2),
        "the original waited for the engine"
    );
    assert!(phone.seen().messages[1].translation.is_none());
    phone.until("the translation", |seen| seen.translations.len() == 1);
    println!(
        "kept after {answered:?}, on the phone after {shown:?}, translated after {:?}",
        begun.elapsed()
    );

    let there = phone.seen().translations[0].1.clone();
    assert_eq!(
        (there.text.as_str(), there.provenance),
        (TRANSLATED, Provenance::Machine)
    );
    let kept = room.kept().pop().unwrap();
    assert_eq!(kept["translations"][0]["provenance"], "machine");
    let told = room.clinic.heard.all("live.message");
    assert!(told.len() >= 2, "the screen is told both phases");
}

#[test]
fn an_engine_that_is_down_is_told_and_what_it_owes_comes_later() {
    let room = Room::new();
    let phone = room.guest("Marta", Language::Es);
    let up = Arc::new(AtomicBool::new(false));
    let url = engine(&room.runtime, Duration::ZERO, up.clone());
    set_engine(&room, &phone, &url);

    let said = room.say(SAID);
    phone.until("the original", |seen| seen.messages.len() == 2);
    let failing = room.clinic.until(|| {
        let engine = room.view()["engine"].clone();
        (engine["state"] == "failing").then_some(engine)
    });
    assert_ne!(failing["message_id"], Value::Null);
    // A phrase needs no engine, and nobody pretends a translation of the rest.
    room.say("Where does it hurt? Please show me.");
    phone.until("the phrase", |seen| seen.messages.len() == 3);
    assert!(phone.seen().messages[2].translation.is_some());
    assert!(phone.seen().translations.is_empty());

    up.store(true, Ordering::SeqCst);
    phone.until("what the engine owed", |seen| {
        seen.translations
            .iter()
            .any(|(id, _)| said["id"] == id.to_string())
    });
    room.clinic
        .until(|| (room.view()["engine"]["state"] == "ready").then_some(()));
}
