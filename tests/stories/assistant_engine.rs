//! An engine that speaks the OpenAI protocol and streams: good, cut, slow, refusing. It remembers what it
//! was asked.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use acceptance::{Clinic, Desk};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// How it answers.
#[derive(Clone)]
pub(crate) enum Answer {
    /// These pieces; then the end, a broken line, or nothing more until whoever asked has gone.
    Pieces(Vec<String>, End),
    /// An error.
    Status(u16),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Whole,
    Cut,
    Silence,
}

impl Answer {
    pub(crate) fn words(text: &str) -> Self {
        Self::Pieces(pieces(text), End::Whole)
    }
    pub(crate) fn cut(text: &str) -> Self {
        Self::Pieces(pieces(text), End::Cut)
    }
    pub(crate) fn slow(text: &str) -> Self {
        Self::Pieces(pieces(text), End::Silence)
    }
}

/// As servers send them: some characters at a time, also in the middle of words and brackets.
fn pieces(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars
        .chunks(5)
        .map(|piece| piece.iter().collect())
        .collect()
}

type Script = Arc<dyn Fn(&Value) -> Answer + Send + Sync>;

#[derive(Clone)]
struct Served {
    script: Script,
    asked: Arc<Mutex<Vec<Value>>>,
    left: Arc<AtomicUsize>,
}

pub(crate) struct Engine {
    url: String,
    served: Served,
    _runtime: Runtime,
}

impl Engine {
    pub(crate) fn start(script: impl Fn(&Value) -> Answer + Send + Sync + 'static) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let served = Served {
            script: Arc::new(script),
            asked: Arc::default(),
            left: Arc::default(),
        };
        let router = Router::new()
            .route("/v1/chat/completions", post(answer))
            .with_state(served.clone());
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            url,
            served,
            _runtime: runtime,
        }
    }

    /// Makes it the clinic's engine; the doctor is signed in afterwards.
    pub(crate) fn set(&self, clinic: &Clinic) {
        clinic.sign_in("admin");
        let engine = json!({
            "preset": "own_server", "base_url": self.url, "model": "small", "fallback_model": null,
            "writing_model": "small", "meaning_model": null, "key": null, "timeout_s": 30,
        });
        clinic.ok("language.set_engine", engine);
        clinic.sign_in("doctor");
    }

    /// Everything that it was asked to stream.
    pub(crate) fn asked(&self) -> Vec<Value> {
        self.served.asked.lock().unwrap().clone()
    }

    /// How many went away in the middle of an answer.
    pub(crate) fn left(&self) -> usize {
        self.served.left.load(Ordering::SeqCst)
    }
}

struct Leaving(Arc<AtomicUsize>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

async fn answer(State(served): State<Served>, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).unwrap();
    let answer = (served.script)(&asked);
    served.asked.lock().unwrap().push(asked);
    let (pieces, end) = match answer {
        Answer::Status(status) => {
            let body = json!({ "error": { "message": "no", "type": "error", "code": "no" } });
            return (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response();
        }
        Answer::Pieces(pieces, end) => (pieces, end),
    };
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, std::io::Error>>(1);
    let left = served.left.clone();
    tokio::spawn(async move {
        for piece in pieces {
            let event = event(json!({ "content": piece }), None);
            if sender.send(Ok(event)).await.is_err() {
                drop(Leaving(left));
                return;
            }
        }
        match end {
            End::Whole => {
                let _ = sender.send(Ok(event(json!({}), Some("stop")))).await;
                let _ = sender
                    .send(Ok(Bytes::from_static(b"data: [DONE]\n\n")))
                    .await;
            }
            End::Cut => {
                let broken = std::io::ErrorKind::BrokenPipe.into();
                let _ = sender.send(Err(broken)).await;
            }
            End::Silence => {
                let _leaving = Leaving(left);
                sender.closed().await;
            }
        }
    });
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async {
        receiver.recv().await.map(|event| (event, receiver))
    });
    let mut response = Response::new(Body::from_stream(stream));
    let kind = "text/event-stream".parse().unwrap();
    response.headers_mut().insert("content-type", kind);
    response
}

fn event(delta: Value, finish: Option<&str>) -> Bytes {
    let choice = json!({ "index": 0, "delta": delta, "finish_reason": finish });
    let chunk = json!({ "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": [choice] });
    Bytes::from(format!("data: {chunk}\n\n"))
}
