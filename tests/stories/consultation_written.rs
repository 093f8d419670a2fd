//! Voice notes in words: heard by an engine, read by everybody, corrected by the doctor; silence goes
//! nowhere; an engine that fails loses nothing. The engine is a local server that speaks the OpenAI
//! protocol and counts what it is sent; the speech is espeak-ng's, and without it a story says "not run".
#![cfg(target_os = "linux")]

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use acceptance::{Desk, process::Process, room::Room};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use basics::Language;
use live::content::Writing;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use voice::testing::{clips, spoken};

const HEARD: &str = "Me duele la cabeza desde ayer";
const TRANSLATED: &str = "My head has hurt since yesterday";

/// An engine that writes down and translates.
#[derive(Clone, Default)]
struct Engine(Arc<Mutex<Heard>>);

#[derive(Default)]
struct Heard {
    /// Milliseconds of each sound that came.
    sounds: Vec<u64>,
    /// Written down so far.
    written: usize,
    /// What it answers instead.
    refuses: Option<(u16, &'static str)>,
    /// What it hears.
    says: &'static str,
    /// And behind it how often it wrote something down.
    counts: bool,
}

impl Engine {
    /// At an address where nobody listened before; it listens as long as the runtime lives.
    fn start(&self, runtime: &Runtime, listener: TcpListener) -> String {
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/v1/audio/transcriptions", post(write_down))
            .route("/v1/chat/completions", post(translate))
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone());
        let entered = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        drop(entered);
        runtime.spawn(async move { axum::serve(listener, router).await });
        url
    }

    fn refuse(&self, refuses: Option<(u16, &'static str)>) {
        self.0.lock().unwrap().refuses = refuses;
    }

    fn sounds(&self) -> Vec<u64> {
        self.0.lock().unwrap().sounds.clone()
    }
}

async fn write_down(State(engine): State<Engine>, body: Bytes) -> Response {
    let mut heard = engine.0.lock().unwrap();
    let wav = memchr::memmem::find(&body, b"RIFF").unwrap();
    let size = u32::from_le_bytes(body[wav + 40..wav + 44].try_into().unwrap());
    heard.sounds.push(u64::from(size) / 32);
    if let Some((status, code)) = heard.refuses {
        let error = json!({ "error": { "message": "no", "type": code, "code": code } });
        let status = StatusCode::from_u16(status).unwrap();
        return (status, error.to_string()).into_response();
    }
    heard.written += 1;
    let text = match heard.counts {
        true => format!("{} {}", heard.says, heard.written),
        false => heard.says.into(),
    };
    // The second piece is one that it is not sure of.
    let half = f64::from(size) / 64_000.0;
    let piece = |start: f64, text: &str, logprob: f64| {
        json!({
            "id": 0, "start": start, "end": start + half, "text": text,
            "avg_logprob": logprob, "no_speech_prob": 0.01, "compression_ratio": 1.2,
        })
    };
    let (first, last) = text.rsplit_once(' ').unwrap();
    let segments = [piece(0.0, first, -0.2), piece(half, last, -0.9)];
    let answer = json!({
        "task": "transcribe", "language": "spanish", "duration": 2.0 * half, "text": text,
        "segments": segments,
    });
    ([("content-type", "application/json")], answer.to_string()).into_response()
}

async fn translate() -> String {
    let content = json!({ "translation": TRANSLATED }).to_string();
    let message = json!({ "role": "assistant", "content": content });
    let choice = json!({ "index": 0, "message": message, "finish_reason": "stop" });
    json!({ "id": "1", "object": "chat.completion", "created": 1, "model": "small", "choices": [choice] })
        .to_string()
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn set_speech(room: &Room<impl Desk>, url: &str, key: &str) {
    room.clinic.sign_in("admin");
    let speech = json!({ "by": "server", "base_url": url, "model": "whisper-1", "key": key });
    room.clinic.ok("language.set_speech", speech);
    room.clinic.sign_in("doctor");
}

fn set_translation(room: &Room<impl Desk>, url: &str) {
    room.clinic.sign_in("admin");
    let engine = json!({
        "preset": "own_server", "base_url": url, "model": "small", "fallback_model": null,
        "writing_model": null, "meaning_model": null, "key": null, "timeout_s": 30,
    });
    room.clinic.ok("language.set_engine", engine);
    room.clinic.sign_in("doctor");
}

/// What the engine says of itself.
fn writer(room: &Room<impl Desk>) -> Value {
    room.view()["writer"].clone()
}

/// Waits until something is so, and gives it.
#[track_caller]
fn until<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(90),
            "waited for {what}"
        );
        thread::sleep(Duration::from_millis(50));
    }
}

/// The voice notes of the record that stand so.
fn notes(room: &Room<impl Desk>, state: &str) -> Vec<Value> {
    let mut kept = room.kept();
    kept.retain(|one| one["sound"]["written"]["state"] == state);
    kept
}

#[test]
fn what_a_patient_says_aloud_is_written_down_translated_and_corrected_everywhere() {
    let Some(speech) = spoken(HEARD, "es") else {
        return;
    };
    let room = Room::new();
    let engine = Engine::default();
    engine.0.lock().unwrap().says = HEARD;
    let url = engine.start(&room.runtime, listener());
    set_speech(&room, &url, "");
    set_translation(&room, &url);
    let phone = room.guest("Marta", Language::Es);

    // Four seconds of silence before and after: they are not sent.
    let quiet = vec![0u8; 4 * 32_000];
    let pcm = [&quiet[..], &speech[44..], &quiet[..]].concat();
    let id = phone.voice(&voice::wav::from_pcm(&pcm).unwrap().wav);
    phone.until("the note, kept and waiting", |seen| {
        seen.messages.iter().any(|one| one.id == id)
    });
    phone.until("its words", |seen| {
        let words = seen
            .transcripts
            .iter()
            .find(|one| one.id == id && !one.text.is_empty());
        words.is_some_and(|one| one.writing == Writing::Machine && one.text == HEARD)
    });
    let sent = engine.sounds();
    let said = (speech.len() as u64 - 44) / 32;
    assert_eq!(sent.len(), 1);
    assert!(
        sent[0] <= said + 400 && sent[0] * 10 >= said * 7,
        "{sent:?} of {said}"
    );

    let note = until("its translation", || {
        let note = room.kept().pop().unwrap();
        (note["translations"][0]["text"] == TRANSLATED).then_some(note)
    });
    let written = &note["sound"]["written"];
    assert_eq!(note["text"], HEARD);
    assert_eq!(
        (&written["state"], &written["engine"]),
        (&"written".into(), &"whisper-1".into())
    );
    assert_eq!(written["on_device"], false);
    assert_eq!(note["translations"][0]["provenance"], "machine");
    // Its times are those of the whole sound, and what it is not sure of is marked.
    let segments = written["segments"].as_array().unwrap();
    let from = segments[0]["from_ms"].as_u64().unwrap();
    assert!((3_500..4_500).contains(&from), "begins at {from}");
    assert_eq!(
        (&segments[0]["doubtful"], &segments[1]["doubtful"]),
        (&false.into(), &true.into())
    );

    let corrected = room.ok(
        "live.correct",
        json!({ "message_id": id, "text": "Me duele la cabeza desde anteayer" }),
    );
    assert_eq!(corrected["sound"]["written"]["state"], "corrected");
    assert!(corrected["sound"]["written"]["by"].is_string());
    assert_eq!(
        corrected["translations"][0]["pending"], true,
        "the old one is of other words"
    );
    phone.until("the correction", |seen| {
        let last = seen.transcripts.iter().rfind(|one| one.id == id).unwrap();
        last.writing == Writing::Corrected && last.text.ends_with("anteayer")
    });
    until("the new translation", || {
        let note = room.kept().pop().unwrap();
        (note["translations"][0]["pending"] == false).then_some(())
    });
    // A phone that loads the page again reads the corrected words, and only those.
    let phone = phone.reload();
    phone.until("everything", |seen| !seen.messages.is_empty());
    assert_eq!(phone.texts(), ["Me duele la cabeza desde anteayer"]);
    let file = room.ok("live.transcript", json!({}));
    assert!(file["html"].as_str().unwrap().contains("desde anteayer"));
    assert!(!file["html"].as_str().unwrap().contains("desde ayer"));
}

#[test]
fn of_a_hundred_clips_of_silence_noise_and_music_none_reaches_an_engine() {
    let Some(speech) = spoken(HEARD, "es") else {
        return;
    };
    let room = Room::new();
    let engine = Engine::default();
    engine.0.lock().unwrap().says = HEARD;
    let url = engine.start(&room.runtime, listener());
    set_speech(&room, &url, "");
    let phone = room.guest("Marta", Language::Es);
    for (n, (_, clip)) in clips::hundred().iter().enumerate() {
        phone.voice(clip);
        // A phone keeps no more than so many that wait.
        if n % 20 == 19 {
            phone.until("what was said", |seen| seen.messages.len() > n);
        }
    }
    until("all clips to be looked through", || {
        (notes(&room, "no_speech").len() == 100).then_some(())
    });
    assert!(engine.sounds().is_empty(), "sent to the engine");
    // It is not deaf.
    phone.voice(&speech);
    until("speech", || notes(&room, "written").pop());
    assert_eq!(engine.sounds().len(), 1);
    println!("100 clips looked through, none sent; speech was sent");
}

#[test]
fn without_network_thirty_notes_wait_through_a_crash_and_are_written_down_in_their_order() {
    let Some(speech) = spoken(HEARD, "es") else {
        return;
    };
    let mut room = Room::of(Process::start());
    // An address at which nobody listens.
    let place = listener();
    let address = place.local_addr().unwrap();
    drop(place);
    set_speech(&room, &format!("http://{address}/v1"), "");
    let phone = room.guest("Marta", Language::Es);
    for n in 0..30 {
        phone.voice(&speech);
        if n % 10 == 9 {
            phone.until("what was said", |seen| seen.messages.len() > n);
        }
    }
    let failing = until("the engine to be known as failing", || {
        let writer = writer(&room);
        (writer["state"] == "failing").then_some(writer)
    });
    assert_eq!(failing["message_id"], "language-engine-unreachable");
    assert_eq!(notes(&room, "waiting").len(), 30);

    room.clinic = room.clinic.kill();
    room.clinic.sign_in("doctor");
    until("the queue after the crash", || {
        (notes(&room, "waiting").len() == 30).then_some(())
    });

    let engine = Engine::default();
    *engine.0.lock().unwrap() = Heard {
        says: HEARD,
        counts: true,
        ..Heard::default()
    };
    engine.start(&room.runtime, TcpListener::bind(address).unwrap());
    // "Try now": nobody has to wait until the engine is asked again by itself.
    let first = notes(&room, "waiting")[0]["id"].clone();
    room.ok("live.write_down", json!({ "message_id": first }));
    let written = until("all of them", || {
        let written = notes(&room, "written");
        (written.len() == 30).then_some(written)
    });
    for (n, note) in written.iter().enumerate() {
        assert_eq!(note["text"], format!("{HEARD} {}", n + 1), "out of order");
    }
    assert_eq!(engine.sounds().len(), 30, "each once");
    assert_eq!(writer(&room)["state"], "ready");
    phone.until("all words", |seen| {
        let words = seen.transcripts.iter().filter(|one| !one.text.is_empty());
        words.count()
            + seen
                .messages
                .iter()
                .filter(|one| !one.text.is_empty())
                .count()
            >= 30
    });
}

#[test]
fn a_wrong_key_and_an_empty_account_are_named_and_nothing_is_lost() {
    let Some(speech) = spoken(HEARD, "es") else {
        return;
    };
    let room = Room::new();
    let engine = Engine::default();
    engine.0.lock().unwrap().says = HEARD;
    engine.refuse(Some((401, "invalid_api_key")));
    let url = engine.start(&room.runtime, listener());
    set_speech(&room, &url, "a wrong key");
    let phone = room.guest("Marta", Language::Es);
    let say = || phone.voice(&speech);
    say();
    let named = |id: &str| {
        until(id, || (writer(&room)["message_id"] == id).then_some(()));
        assert_eq!(notes(&room, "waiting").len(), 1, "it waits");
    };
    named("language-key-refused");
    engine.refuse(Some((429, "insufficient_quota")));
    set_speech(&room, &url, "the right key");
    named("language-quota-out");
    engine.refuse(None);
    let id = room.kept().pop().unwrap()["id"].clone();
    room.ok("live.write_down", json!({ "message_id": id }));
    until("its words", || notes(&room, "written").pop());
    assert_eq!(writer(&room)["state"], "ready");
    // What the engine cannot write down says so, holds back nobody, and may be asked for again.
    engine.refuse(Some((400, "bad_audio")));
    say();
    let failed = until("the failure", || notes(&room, "failed").pop());
    assert_eq!(
        failed["sound"]["written"]["problem"],
        "language-request-not-taken"
    );
    engine.refuse(None);
    say();
    until("the next one", || {
        (notes(&room, "written").len() == 2).then_some(())
    });
    room.ok("live.write_down", json!({ "message_id": failed["id"] }));
    until("the failed one", || {
        (notes(&room, "written").len() == 3).then_some(())
    });
}

#[test]
fn where_no_engine_is_set_a_note_stays_a_sound_and_is_never_sent_by_itself() {
    let Some(speech) = spoken(HEARD, "es") else {
        return;
    };
    let room = Room::new();
    let phone = room.guest("Marta", Language::Es);
    let id = phone.voice(&speech);
    phone.until("the note", |seen| !seen.messages.is_empty());
    assert_eq!(phone.seen().messages[0].writing, Some(Writing::NotWritten));
    assert_eq!(writer(&room)["state"], "none");
    assert_eq!(room.kept()[0]["sound"]["written"], Value::Null);
    let asked = json!({ "consultation_id": room.consultation, "message_id": id });
    let refused = room.clinic.call("live.write_down", asked).unwrap_err();
    assert_eq!(refused.message_id, "language-no-engine");
    // By hand it can be written down at once.
    let by_hand = phone.voice(&speech);
    until("the second", || (room.kept().len() == 2).then_some(()));
    room.ok(
        "live.correct",
        json!({ "message_id": by_hand, "text": "Me duele la cabeza" }),
    );

    let engine = Engine::default();
    engine.0.lock().unwrap().says = HEARD;
    let url = engine.start(&room.runtime, listener());
    set_speech(&room, &url, "");
    let new = phone.voice(&speech);
    until("the new one", || notes(&room, "written").pop());
    assert_eq!(
        engine.sounds().len(),
        1,
        "what was said before was sent, too"
    );
    assert_eq!(notes(&room, "written")[0]["id"], new.to_string());
    room.ok("live.write_down", json!({ "message_id": id }));
    until("the one that was asked for", || {
        (notes(&room, "written").len() == 2).then_some(())
    });
    // What is still owed when a consultation ends is written down all the same.
    engine.refuse(Some((503, "down")));
    phone.voice(&speech);
    until("the last", || {
        (notes(&room, "waiting").len() == 1).then_some(())
    });
    room.ok("live.end", json!({}));
    engine.refuse(None);
    until("the last one in the chart", || {
        (notes(&room, "written").len() == 3).then_some(())
    });
}
