//! WhatsApp against a local server that speaks the Business Cloud API: upload, message, and each way in
//! which it refuses or falls silent.
#![allow(clippy::unwrap_used)]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use basics::{Language, Phi, Secret};
use reports::delivery::{Channel, Outcome, Parcel, Problem, Step, WhatsApp, WhatsAppSettings};
use serde_json::{Value, json};

/// What the provider does with the next requests.
#[derive(Clone, Default)]
struct Orders {
    media: Option<(u16, Value)>,
    message: Option<(u16, Value)>,
    /// Takes the message and never answers.
    silent: bool,
}

#[derive(Default)]
struct Provider {
    orders: Mutex<Orders>,
    media: Mutex<Vec<Bytes>>,
    messages: Mutex<Vec<Value>>,
}

type Answer = (StatusCode, String);

fn answer((status, body): (u16, Value)) -> Answer {
    (StatusCode::from_u16(status).unwrap(), body.to_string())
}

fn allowed(headers: &HeaderMap) -> Result<(), Answer> {
    match headers["authorization"] == "Bearer the-key" {
        true => Ok(()),
        false => Err(answer((
            401,
            json!({ "error": { "code": 190, "message": "Invalid OAuth access token." } }),
        ))),
    }
}

async fn media(
    State(provider): State<Arc<Provider>>,
    Path(sender): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    if let Err(refused) = allowed(&headers) {
        return refused;
    }
    assert_eq!(sender, "4711");
    if let Some(told) = provider.orders.lock().unwrap().media.clone() {
        return answer(told);
    }
    provider.media.lock().unwrap().push(body);
    answer((200, json!({ "id": "media-1" })))
}

async fn messages(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    if let Err(refused) = allowed(&headers) {
        return refused;
    }
    let orders = provider.orders.lock().unwrap().clone();
    if let Some(told) = orders.message {
        return answer(told);
    }
    let message: Value = serde_json::from_slice(&body).unwrap();
    provider.messages.lock().unwrap().push(message);
    if orders.silent {
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
    answer((200, json!({ "messages": [{ "id": "wamid.1" }] })))
}

async fn number(headers: HeaderMap) -> Answer {
    match allowed(&headers) {
        Ok(()) => answer((200, json!({ "id": "4711" }))),
        Err(refused) => refused,
    }
}

async fn start() -> (Arc<Provider>, String) {
    let provider = Arc::new(Provider::default());
    let app = Router::new()
        .route("/v23.0/{sender}/media", post(media))
        .route("/v23.0/{sender}/messages", post(messages))
        .route("/v23.0/{sender}", get(number))
        .with_state(provider.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (provider, format!("http://{address}/v23.0/"))
}

fn whatsapp(base_url: &str, key: &str) -> WhatsApp {
    WhatsApp::new(WhatsAppSettings {
        base_url: base_url.into(),
        sender_id: "4711".into(),
        token: Secret::new(key.into()),
    })
    .unwrap()
    .in_a_test(Duration::from_secs(2))
}

fn parcel() -> Parcel {
    Parcel::of_report(
        "message-1@clinic.example".into(),
        "2026-11-21T14:00:00Z".parse().unwrap(),
        Phi::new("+91 98480 22338".into()),
        Language::Te,
        "Clínica do Vale",
        "R-000123",
        b"%PDF-2.0 sealed".to_vec(),
    )
}

#[tokio::test]
async fn a_document_goes_out_with_its_covering_text() {
    let (provider, url) = start().await;
    let whatsapp = whatsapp(&url, "the-key");
    assert_eq!(whatsapp.check().await, Ok(()));
    let parcel = parcel();
    let outcome = whatsapp.send(&parcel, &|| true).await;
    assert_eq!(
        outcome,
        Outcome::Delivered {
            answer: Phi::new("wamid.1".into())
        }
    );
    let message = provider.messages.lock().unwrap()[0].clone();
    assert_eq!(message["to"], "919848022338");
    assert_eq!(message["type"], "document");
    assert_eq!(message["document"]["id"], "media-1");
    assert_eq!(message["document"]["filename"], parcel.file_name);
    let caption = message["document"]["caption"].as_str().unwrap();
    assert!(parcel.text.starts_with(caption) && !caption.is_empty());
    assert_eq!(message["biz_opaque_callback_data"], parcel.message_id);
    let uploads = provider.media.lock().unwrap();
    assert!(
        uploads[0]
            .windows(15)
            .any(|part| part == b"%PDF-2.0 sealed")
    );
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    let (provider, url) = start().await;
    let told = whatsapp(&url, "another").check().await.unwrap_err();
    assert_eq!(
        (told.problem, told.problem.step()),
        (Problem::TokenRefused, Step::Password)
    );
    let whatsapp = whatsapp(&url, "the-key");
    let refusal = |code: i64| json!({ "error": { "code": code, "message": "no" } });
    for (status, code, wanted, final_) in [
        (400, 131_026, Problem::RecipientUnknown, true),
        (400, 131_047, Problem::NoConversation, true),
        (400, 131_056, Problem::Later, false),
        (429, 130_429, Problem::Later, false),
    ] {
        provider.orders.lock().unwrap().message = Some((status, refusal(code)));
        let outcome = whatsapp.send(&parcel(), &|| true).await;
        let failure = match &outcome {
            Outcome::Refused(failure) if final_ => failure,
            Outcome::TryAgain(failure) if !final_ => failure,
            other => panic!("{code}: {other:?}"),
        };
        assert_eq!(failure.problem, wanted);
    }
    assert!(provider.messages.lock().unwrap().is_empty());
}

#[tokio::test]
async fn before_the_message_nothing_is_shown_and_behind_it_nobody_knows() {
    let (provider, url) = start().await;
    let whatsapp = whatsapp(&url, "the-key");
    provider.orders.lock().unwrap().media = Some((503, json!({})));
    let outcome = whatsapp.send(&parcel(), &|| true).await;
    assert!(matches!(outcome, Outcome::TryAgain(_)), "{outcome:?}");
    *provider.orders.lock().unwrap() = Orders::default();
    assert_eq!(whatsapp.send(&parcel(), &|| false).await, Outcome::Stopped);
    assert!(provider.messages.lock().unwrap().is_empty());
    // The provider failed after it had the message, or never answered.
    provider.orders.lock().unwrap().message = Some((502, json!({})));
    let outcome = whatsapp.send(&parcel(), &|| true).await;
    assert!(matches!(outcome, Outcome::Uncertain(_)), "{outcome:?}");
    *provider.orders.lock().unwrap() = Orders {
        silent: true,
        ..Orders::default()
    };
    let outcome = whatsapp.send(&parcel(), &|| true).await;
    assert_eq!(outcome, Outcome::Uncertain(Problem::AnswerLost.into()));
    // Nobody there at all.
    let nobody = crate::whatsapp("http://127.0.0.1:9", "the-key");
    let outcome = nobody.send(&parcel(), &|| true).await;
    assert_eq!(outcome, Outcome::TryAgain(Problem::NoConnection.into()));
}
