//! Sends one request: tries again where that helps, says what failed where it does not.

use std::time::Duration;

use async_openai::types::chat::CreateChatCompletionRequest;
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use serde::Deserialize;

use super::is_this_machine;
use crate::error::{Error, Result, Unusable};

/// Tries of one request.
const TRIES: u32 = 3;
/// Before the second try; before each further one twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// A server that asks for more patience than this is left to the queue.
const PATIENCE: Duration = Duration::from_secs(5);
/// An answer is never longer: 1 MiB.
const LONGEST: usize = 1 << 20;

pub(super) struct Sender {
    client: Client,
    url: Url,
}

impl Sender {
    pub(super) fn new(url: Url, key: Option<HeaderValue>) -> Result<Self> {
        let mut headers = HeaderMap::new();
        if let Some(key) = key {
            headers.insert(AUTHORIZATION, key);
        }
        // A redirect would carry what was said to somewhere nobody chose.
        let builder = Client::builder()
            .default_headers(headers)
            .redirect(Policy::none());
        let builder = match is_this_machine(&url) {
            true => builder.no_proxy(),
            false => builder,
        };
        let client = builder.build().map_err(|_| Error::Unreachable)?;
        Ok(Self { client, url })
    }

    /// The answer's body.
    pub(super) async fn send(&self, body: &CreateChatCompletionRequest) -> Result<Vec<u8>> {
        let mut pause = PAUSE;
        for left in (0..TRIES).rev() {
            let error = match self.once(body).await {
                Err(error @ (Error::Overloaded { .. } | Error::Unreachable)) if left > 0 => error,
                outcome => return outcome,
            };
            let asked = match error {
                Error::Overloaded { retry_after, .. } => retry_after.map(Duration::from_secs),
                _ => None,
            };
            let wait = asked.unwrap_or(pause);
            if wait > PATIENCE {
                return Err(error);
            }
            tokio::time::sleep(wait).await;
            pause *= 2;
        }
        Err(Error::Unreachable)
    }

    async fn once(&self, body: &CreateChatCompletionRequest) -> Result<Vec<u8>> {
        let sent = self.client.post(self.url.clone()).json(body).send().await;
        let response = sent.map_err(|_| Error::Unreachable)?;
        let status = response.status();
        let retry_after = seconds(response.headers());
        let body = read(response).await?;
        if status.is_success() {
            return Ok(body);
        }
        Err(refusal(status, retry_after, &body))
    }
}

/// The body, as long as it is none too long.
async fn read(mut response: Response) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Error::Unreachable)? {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST {
            return Err(Error::Unusable(Unusable::Length));
        }
    }
    Ok(body)
}

/// `Retry-After` in seconds (RFC 9110, section 10.2.3); as a date it is not read.
fn seconds(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// What a refusal means. Its body is looked at and never passed on: some servers repeat the request in it.
fn refusal(status: StatusCode, retry_after: Option<u64>, body: &[u8]) -> Error {
    #[derive(Default, Deserialize)]
    struct Wrapped {
        #[serde(default)]
        error: Told,
    }
    #[derive(Default, Deserialize)]
    struct Told {
        #[serde(default)]
        message: Option<String>,
        #[serde(default)]
        code: Option<serde_json::Value>,
        #[serde(default, rename = "type")]
        kind: Option<String>,
    }
    let told = serde_json::from_slice::<Wrapped>(body)
        .unwrap_or_default()
        .error;
    let code = told
        .code
        .as_ref()
        .and_then(|code| code.as_str())
        .unwrap_or_default();
    let is = |name: &str| code == name || told.kind.as_deref() == Some(name);
    let of_model = is("model_not_found")
        || told
            .message
            .is_some_and(|message| message.to_lowercase().contains("model"));
    match status.as_u16() {
        401 | 403 => Error::KeyRefused,
        402 => Error::QuotaOut,
        429 if is("insufficient_quota") => Error::QuotaOut,
        404 if of_model => Error::ModelUnknown,
        404 | 405 | 300..=399 => Error::Settings { field: "base_url" },
        400 if is("model_not_found") => Error::ModelUnknown,
        status @ (408 | 425 | 429 | 500..=599) => Error::Overloaded {
            status,
            retry_after,
        },
        status => Error::NotTaken { status },
    }
}
