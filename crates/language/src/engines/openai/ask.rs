//! Sends requests to one server: tries again where that helps, says what failed where it does not.

use std::{net::IpAddr, time::Duration};

use basics::Secret;
use reqwest::{
    Client, RequestBuilder, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER},
    multipart::{Form, Part},
    redirect::Policy,
};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, Unusable};

/// Tries of one request.
const TRIES: u32 = 3;
/// Before the second try; before each further one twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// A server that asks for more patience than this is left to the queue.
const PATIENCE: Duration = Duration::from_secs(5);
/// An answer is never longer: 16 MiB hold a batch of vectors, and far more words than anybody reads.
const LONGEST: usize = 16 << 20;

/// A server, and the key it wants.
pub(super) struct Server {
    client: Client,
    base: Url,
}

/// What is sent.
pub(super) enum Body {
    Json(Vec<u8>),
    /// A file of sound, and what stands beside it in the form.
    Sound {
        file: &'static str,
        bytes: Vec<u8>,
        fields: Vec<(&'static str, String)>,
    },
}

/// What came back, whole.
pub(super) struct Answer {
    /// Whether the server calls it plain text.
    pub(super) is_text: bool,
    pub(super) body: Vec<u8>,
}

impl Body {
    pub(super) fn json(value: &impl Serialize) -> Result<Self> {
        let bytes = serde_json::to_vec(value).map_err(|_| Error::NotTaken { status: 0 })?;
        Ok(Self::Json(bytes))
    }
}

impl Server {
    /// Sends nothing yet.
    pub(super) fn new(base_url: &str, key: Option<&Secret<String>>) -> Result<Self> {
        let base = address(base_url)?;
        let mut headers = HeaderMap::new();
        if let Some(key) = key {
            headers.insert(AUTHORIZATION, bearer(key)?);
        }
        // A redirect would carry what was said to somewhere nobody chose.
        let builder = Client::builder()
            .default_headers(headers)
            .redirect(Policy::none());
        let builder = match is_this_machine(&base) {
            true => builder.no_proxy(),
            false => builder,
        };
        let client = builder.build().map_err(|_| Error::Unreachable)?;
        Ok(Self { client, base })
    }

    /// The whole answer; also tried again where it was cut on the way.
    pub(super) async fn whole(&self, path: &[&str], body: &Body) -> Result<Answer> {
        let mut tries = Tries::new();
        loop {
            let outcome = match self.once(path, body).await {
                Ok(response) => read(response).await,
                Err(error) => Err(error),
            };
            match outcome {
                Err(error) => tries.pause_after(error).await?,
                answer => return answer,
            }
        }
    }

    /// The answer from its first byte on; tried again only until then.
    pub(super) async fn open(&self, path: &[&str], body: &Body) -> Result<Response> {
        let mut tries = Tries::new();
        loop {
            match self.once(path, body).await {
                Err(error) => tries.pause_after(error).await?,
                response => return response,
            }
        }
    }

    /// The answer's head, if it is not a refusal.
    async fn once(&self, path: &[&str], body: &Body) -> Result<Response> {
        let mut url = self.base.clone();
        (url.path_segments_mut())
            .map_err(|()| Error::Settings { field: "base_url" })?
            .pop_if_empty()
            .extend(path);
        let request = with(self.client.post(url), body)?;
        let response = request.send().await.map_err(|_| Error::Unreachable)?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let retry_after = seconds(response.headers());
        let told = read(response).await?;
        Err(refusal(status, retry_after, &told.body))
    }
}

/// How often is still tried, and after which pause.
struct Tries {
    left: u32,
    pause: Duration,
}

impl Tries {
    fn new() -> Self {
        Self {
            left: TRIES - 1,
            pause: PAUSE,
        }
    }

    /// Waits where another try may help; else the error stands.
    async fn pause_after(&mut self, error: Error) -> Result<()> {
        let asked = match &error {
            Error::Overloaded { retry_after, .. } => retry_after.map(Duration::from_secs),
            Error::Unreachable => None,
            _ => return Err(error),
        };
        let wait = asked.unwrap_or(self.pause);
        if self.left == 0 || wait > PATIENCE {
            return Err(error);
        }
        tokio::time::sleep(wait).await;
        (self.left, self.pause) = (self.left - 1, self.pause * 2);
        Ok(())
    }
}

fn with(request: RequestBuilder, body: &Body) -> Result<RequestBuilder> {
    Ok(match body {
        Body::Json(bytes) => request
            .header(CONTENT_TYPE, "application/json")
            .body(bytes.clone()),
        Body::Sound {
            file,
            bytes,
            fields,
        } => {
            let part = Part::bytes(bytes.clone()).file_name(*file);
            let form = Form::new().part("file", part);
            request.multipart(
                fields
                    .iter()
                    .fold(form, |form, (name, value)| form.text(*name, value.clone())),
            )
        }
    })
}

/// The body, as long as it is none too long.
async fn read(mut response: Response) -> Result<Answer> {
    let kind = response.headers().get(CONTENT_TYPE);
    let is_text = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Error::Unreachable)? {
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST {
            return Err(Error::Unusable(Unusable::Length));
        }
    }
    Ok(Answer { is_text, body })
}

/// `Retry-After` in seconds (RFC 9110, section 10.2.3); as a date it is not read.
fn seconds(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// What a refusal means. Its body is looked at and never passed on: some servers repeat the request in it.
fn refusal(status: StatusCode, retry_after: Option<u64>, body: &[u8]) -> Error {
    let told = Told::read(body);
    let of_model = told.is("model_not_found")
        || told
            .message
            .as_ref()
            .is_some_and(|message| message.to_lowercase().contains("model"));
    match status.as_u16() {
        401 | 403 => Error::KeyRefused,
        402 => Error::QuotaOut,
        429 if told.is("insufficient_quota") => Error::QuotaOut,
        404 if of_model => Error::ModelUnknown,
        404 | 405 | 300..=399 => Error::Settings { field: "base_url" },
        400 if told.is("model_not_found") => Error::ModelUnknown,
        status @ (408 | 425 | 429 | 500..=599) => Error::Overloaded {
            status,
            retry_after,
        },
        status => Error::NotTaken { status },
    }
}

/// What a server says of its trouble, in a body or in the middle of a stream.
#[derive(Default, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    code: Option<serde_json::Value>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
}

impl Told {
    fn read(body: &[u8]) -> Self {
        #[derive(Default, Deserialize)]
        struct Wrapped {
            #[serde(default)]
            error: Told,
        }
        serde_json::from_slice::<Wrapped>(body)
            .unwrap_or_default()
            .error
    }

    fn is(&self, name: &str) -> bool {
        let code = self.code.as_ref().and_then(|code| code.as_str());
        code == Some(name) || self.kind.as_deref() == Some(name)
    }

    /// What it means where no status stands beside it.
    pub(super) fn in_a_stream(&self) -> Error {
        match self.is("insufficient_quota") {
            true => Error::QuotaOut,
            false => Error::Overloaded {
                status: 500,
                retry_after: None,
            },
        }
    }
}

/// The address, if it is safe to send there.
fn address(base_url: &str) -> Result<Url> {
    let refused = Error::Settings { field: "base_url" };
    let url = Url::parse(base_url.trim()).map_err(|_| refused.clone())?;
    let safe = match url.scheme() {
        "https" => true,
        "http" => is_this_machine(&url),
        _ => false,
    };
    let clean = url.username().is_empty() && url.password().is_none();
    match safe && clean && url.query().is_none() && url.fragment().is_none() {
        true => Ok(url),
        false => Err(refused),
    }
}

fn is_this_machine(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let host = host.trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    })
}

fn bearer(key: &Secret<String>) -> Result<HeaderValue> {
    let value = format!("Bearer {}", key.expose().trim());
    let mut value = HeaderValue::from_str(&value).map_err(|_| Error::Settings { field: "key" })?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in [
            "https://api.openai.com/v1",
            "https://10.0.0.5:8443/v1/",
            "http://localhost:11434/v1",
            "http://127.0.0.1:8080",
            "http://[::1]:8080/v1",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://192.168.1.4:11434/v1",
            "http://api.openai.com/v1",
            "http://localhost.example.org/v1",
            "ftp://localhost/",
            "https://user:pass@example.org/v1",
            "https://example.org/v1?key=1",
            "api.openai.com",
            "",
        ] {
            assert_eq!(
                address(bad),
                Err(Error::Settings { field: "base_url" }),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_key_with_a_line_break_is_refused_and_never_printed() {
        let bad = Secret::new("sk-abc\r\nX-Evil: 1".to_owned());
        assert_eq!(bearer(&bad), Err(Error::Settings { field: "key" }));
        let good = bearer(&Secret::new(" sk-secret ".to_owned())).unwrap();
        assert!(!format!("{good:?}").contains("sk-secret"));
    }
}
