//! A machine translation that says something else: nobody but the doctor reads it before it is
//! confirmed, and the record says who confirmed what.

use acceptance::{Desk, room::Room};
use axum::{Json, Router, routing::post};
use basics::{Language, Provenance};
use serde_json::{Value, json};

const SAID: &str = "Take 50 mg twice a day and do not drink alcohol with it";
const WRONG: &str = "Tome 500 mg dos veces al día y beba alcohol";
const BACK: &str = "Take 500 mg twice a day and drink alcohol";

/// An engine that gets this one sentence wrong, and translates back what it wrote.
fn engine(room: &Room) -> String {
    let listener = room
        .runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let answer = |Json(request): Json<Value>| async move {
        let asked = request["messages"].to_string();
        let text = if asked.contains("500 mg") {
            BACK
        } else {
            WRONG
        };
        let message =
            json!({ "role": "assistant", "content": json!({ "translation": text }).to_string() });
        let choice = json!({ "index": 0, "message": message, "finish_reason": "stop" });
        Json(
            json!({ "id": "1", "object": "chat.completion", "created": 1, "model": "small", "choices": [choice] }),
        )
    };
    let router = Router::new().route("/v1/chat/completions", post(answer));
    room.runtime
        .spawn(async move { axum::serve(listener, router).await });
    url
}

#[test]
fn a_changed_dose_reaches_nobody_before_the_doctor_confirms_it() {
    let room = Room::new();
    let phone = room.guest("Marta", Language::Es);
    let url = engine(&room);
    room.clinic.sign_in("admin");
    let settings = json!({
        "preset": "own_server", "base_url": url, "model": "small", "fallback_model": null,
        "key": null, "timeout_s": 30,
    });
    room.clinic.ok("language.set_engine", settings);
    room.clinic.sign_in("doctor");
    room.say("Breathe in deeply.");
    phone.until("the doctor's return", |seen| seen.messages.len() == 1);

    let said = room.say(SAID);
    let id = said["id"].clone();
    phone.until("that it is being checked", |seen| {
        seen.translations.len() == 1
    });
    let held = phone.seen().translations[0].1.clone();
    assert!(
        held.held && held.text.is_empty(),
        "the phone got words that nobody confirmed"
    );

    // The doctor sees what differs, in words.
    let kept = room.kept().pop().unwrap();
    let translation = &kept["translations"][0];
    assert_eq!(translation["text"], WRONG);
    assert_eq!(translation["check"]["confirmed"], false);
    let findings = translation["check"]["findings"].as_array().unwrap();
    let of = |kind: &str| {
        findings
            .iter()
            .find(|one| one["kind"] == kind)
            .unwrap_or_else(|| panic!("{findings:?}"))
    };
    assert_eq!(
        (&of("dose")["source"], &of("dose")["target"]),
        (&json!("50 mg"), &json!("500 mg"))
    );
    assert_eq!(of("negation")["source"], "not");

    // Also a phone that comes anew gets no words of it.
    let phone = phone.reload();
    phone.until("the conversation", |seen| seen.messages.len() == 2);
    let shown = phone.seen().messages[1].translation.clone().unwrap();
    assert!(shown.held && shown.text.is_empty());

    let which = json!({ "message_id": id, "language": "es" });
    let back = room.ok("live.back_translate", which);
    assert_eq!(back["text"], BACK);
    let read = json!({ "message_id": id, "language": "es", "text": WRONG });
    let confirmed = room.ok("live.confirm_translation", read.clone());
    assert_eq!(confirmed["translations"][0]["check"]["confirmed"], true);
    phone.until("the confirmed words", |seen| {
        seen.translations.iter().any(|(_, one)| one.text == WRONG)
    });
    let there = phone.seen().translations.last().unwrap().1.clone();
    assert_eq!((there.held, there.provenance), (false, Provenance::Machine));

    // Again, it stays as it is; the journal has the verb and none of the words.
    room.ok("live.confirm_translation", read);
    room.clinic.sign_in("admin");
    let page = room.clinic.ok(
        "journal.page",
        json!({ "user_id": null, "verb": null, "subject": null, "outcome": null, "cursor": null, "limit": 200 }),
    );
    let text = page.to_string();
    assert!(
        text.contains("live.confirm_translation") && text.contains("live.back_translate"),
        "{text}"
    );
    assert!(!text.contains("500 mg") && !text.contains("alcohol"));
}
