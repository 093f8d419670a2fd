//! A server that speaks the OpenAI chat protocol, and remembers what it was asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// One answer; the last one is given again and again.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// A body under a status, with `Retry-After` if given.
    Body(u16, Option<u64>, String),
    /// The first bytes of a body, then the connection is cut.
    Cut,
    /// None, until whoever asked has gone.
    Silence,
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    /// Told when somebody went away without an answer.
    pub(crate) left: Arc<Notify>,
}

struct Leaving(Arc<Notify>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

impl Server {
    pub(crate) async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            url: format!("http://{}/v1", listener.local_addr().unwrap()),
            asked: Arc::default(),
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            left: Arc::default(),
        };
        let router = Router::new()
            .route("/v1/chat/completions", post(answer))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    /// Headers and bodies, in order.
    pub(crate) fn asked(&self) -> Vec<(HeaderMap, Value)> {
        self.asked.lock().unwrap().clone()
    }

    fn next(&self) -> Answer {
        let mut answers = self.answers.lock().unwrap();
        match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        }
    }
}

/// A chat completion whose message says this.
pub(crate) fn completion(content: &str) -> Answer {
    finished(content, "stop")
}

pub(crate) fn finished(content: &str, reason: &str) -> Answer {
    let message = json!({ "role": "assistant", "content": content });
    let body = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "small",
        "choices": [{ "index": 0, "message": message, "finish_reason": reason }],
    });
    Answer::Body(200, None, body.to_string())
}

/// A chat completion that translates so.
pub(crate) fn translation(text: &str) -> Answer {
    completion(&json!({ "translation": text }).to_string())
}

pub(crate) fn failure(status: u16, retry_after: Option<u64>, code: &str) -> Answer {
    let body = json!({ "error": { "message": "no", "type": "error", "code": code } });
    Answer::Body(status, retry_after, body.to_string())
}

async fn answer(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Response {
    let asked = serde_json::from_slice(&body).unwrap();
    server.asked.lock().unwrap().push((headers, asked));
    match server.next() {
        Answer::Body(status, retry_after, body) => {
            let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
            if let Some(seconds) = retry_after {
                response.headers_mut().insert("retry-after", seconds.into());
            }
            response
        }
        Answer::Cut => {
            let pieces: [Result<Bytes, std::io::Error>; 2] = [
                Ok(Bytes::from_static(b"{\"choices\":")),
                Err(std::io::ErrorKind::BrokenPipe.into()),
            ];
            Response::new(Body::from_stream(futures_util::stream::iter(pieces)))
        }
        Answer::Silence => {
            let _leaving = Leaving(server.left.clone());
            std::future::pending().await
        }
    }
}
