//! A server that speaks the OpenAI protocol, and remembers what it was asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::post,
};
use futures_util::{StreamExt, stream};
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
    /// Server-sent events with this data each, and how it ends.
    Events(Vec<String>, Ending),
    /// A body that says it is JSON.
    Json(u16, String),
    /// Words alone, as `text/plain`.
    Text(String),
}

/// How a stream ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ending {
    /// As it should.
    Closes,
    /// In the middle.
    IsCut,
    /// Not at all, until whoever listens has gone.
    Hangs,
}

struct Asked {
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
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
            .route("/v1/embeddings", post(answer))
            .route("/v1/audio/transcriptions", post(answer))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    /// Headers and bodies, in order.
    pub(crate) fn asked(&self) -> Vec<(HeaderMap, Value)> {
        let asked = self.asked.lock().unwrap();
        let json = |asked: &Asked| serde_json::from_slice(&asked.body).unwrap_or_default();
        (asked.iter())
            .map(|asked| (asked.headers.clone(), json(asked)))
            .collect()
    }

    /// Paths and bodies as text, in order.
    pub(crate) fn forms(&self) -> Vec<(String, String)> {
        let asked = self.asked.lock().unwrap();
        let text = |asked: &Asked| String::from_utf8_lossy(&asked.body).into_owned();
        (asked.iter())
            .map(|asked| (asked.path.clone(), text(asked)))
            .collect()
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

/// An answer word by word, in events as OpenAI sends them.
pub(crate) fn streamed(words: &[&str], reason: &str) -> Answer {
    let piece = |delta: Value, reason: Option<&str>| {
        let choice = json!({ "index": 0, "delta": delta, "finish_reason": reason });
        json!({ "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": [choice] }).to_string()
    };
    let mut events = vec![piece(json!({ "role": "assistant", "content": "" }), None)];
    events.extend(
        words
            .iter()
            .map(|word| piece(json!({ "content": word }), None)),
    );
    events.push(piece(json!({}), Some(reason)));
    events.push("[DONE]".into());
    Answer::Events(events, Ending::Closes)
}

/// Vectors in the order of the texts.
pub(crate) fn vectors(vectors: &[Vec<f32>]) -> Answer {
    // Some servers answer out of order; the index counts.
    let rows = vectors.iter().enumerate().rev();
    let rows: Vec<Value> = rows
        .map(
            |(index, vector)| json!({ "object": "embedding", "index": index, "embedding": vector }),
        )
        .collect();
    let body = json!({ "object": "list", "model": "small", "data": rows });
    Answer::Body(200, None, body.to_string())
}

async fn answer(
    State(server): State<Server>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    server.asked.lock().unwrap().push(Asked {
        path: uri.path().into(),
        headers,
        body: body.to_vec(),
    });
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
            Response::new(Body::from_stream(stream::iter(pieces)))
        }
        Answer::Json(status, body) => {
            let status = StatusCode::from_u16(status).unwrap();
            (status, [("content-type", "application/json")], body).into_response()
        }
        Answer::Text(text) => {
            ([("content-type", "text/plain; charset=utf-8")], text).into_response()
        }
        Answer::Events(events, ending) => {
            let bytes = |event: String| Ok(Bytes::from(format!("data: {event}\n\n")));
            let events: Vec<Result<Bytes, std::io::Error>> =
                events.into_iter().map(bytes).collect();
            let leaving = Leaving(server.left.clone());
            let end = stream::once(async move {
                let _leaving = leaving;
                match ending {
                    Ending::Closes => None,
                    Ending::IsCut => {
                        // What was said before is on its way.
                        tokio::time::sleep(Duration::from_millis(100)).await;
                        Some(Err(std::io::ErrorKind::BrokenPipe.into()))
                    }
                    Ending::Hangs => std::future::pending().await,
                }
            });
            let body = stream::iter(events).chain(end.filter_map(std::future::ready));
            let body = Body::from_stream(body);
            ([("content-type", "text/event-stream")], body).into_response()
        }
        Answer::Silence => {
            let _leaving = Leaving(server.left.clone());
            std::future::pending().await
        }
    }
}
