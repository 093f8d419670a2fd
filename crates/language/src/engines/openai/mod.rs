//! Any server that speaks the OpenAI chat protocol: OpenAI itself, or a clinic's own.
//!
//! The requests are `async-openai`'s. They are sent by `reqwest` directly, because that library's
//! client writes answers it cannot parse into the log, and they hold what patients said.

mod answer;
mod ask;
mod prompt;

use std::{
    net::IpAddr,
    sync::atomic::{AtomicU8, Ordering},
    time::{Duration, Instant},
};

use basics::{Language, Phi, Secret};
use futures_util::{FutureExt, future::BoxFuture};
use reqwest::{Url, header::HeaderValue};

use self::{ask::Sender, prompt::Shape};
use crate::{
    engine::{Engine, Request},
    error::{Error, Result},
};

/// Where the server is and what it shall run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// E.g. `https://api.openai.com/v1`. Plain `http` only on this machine: what patients say does not
    /// cross a network in the clear.
    pub base_url: String,
    /// Sent as a bearer token; none where the server wants none.
    pub key: Option<Secret<String>>,
    /// The model.
    pub model: String,
    /// Asked when the first is unknown, overloaded, or answers with nothing usable.
    pub fallback_model: Option<String>,
    /// For one text, all tries together; 1–600 seconds.
    pub timeout: Duration,
}

/// The engine.
pub struct OpenAi {
    sender: Sender,
    models: Vec<String>,
    timeout: Duration,
    /// The richest shape of request that the server took.
    shape: AtomicU8,
}

impl OpenAi {
    /// Sends nothing yet.
    ///
    /// # Errors
    /// [`Error::Settings`] naming the field that cannot be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        let url = address(&settings.base_url)?;
        let key = settings.key.as_ref().map(bearer).transpose()?;
        let models = [Some(&settings.model), settings.fallback_model.as_ref()];
        let models: Vec<String> = (models.into_iter().flatten())
            .map(|model| model.trim().to_owned())
            .filter(|model| !model.is_empty())
            .collect();
        if settings.model.trim().is_empty() {
            return Err(Error::Settings { field: "model" });
        }
        if !(1..=600).contains(&settings.timeout.as_secs()) {
            return Err(Error::Settings { field: "timeout_s" });
        }
        Ok(Self {
            sender: Sender::new(url, key)?,
            models,
            timeout: settings.timeout,
            shape: AtomicU8::new(0),
        })
    }

    async fn translation(&self, request: &Request) -> Result<String> {
        let mut last = Error::ModelUnknown;
        for model in &self.models {
            match self.by_model(model, request).await {
                Err(
                    error @ (Error::ModelUnknown | Error::Overloaded { .. } | Error::Unusable(_)),
                ) => {
                    tracing::debug!(%error, "the next model is asked");
                    last = error;
                }
                outcome => return outcome,
            }
        }
        Err(last)
    }

    /// Asks in the richest shape that the server takes.
    async fn by_model(&self, model: &str, request: &Request) -> Result<String> {
        loop {
            let at = self.shape.load(Ordering::Relaxed);
            let shape = Shape::ALL
                .get(usize::from(at))
                .copied()
                .unwrap_or(Shape::Plain);
            let body = prompt::chat(model, request, shape)?;
            match self.sender.send(&body).await {
                Err(Error::NotTaken { status: 400 | 422 }) if shape != Shape::Plain => {
                    let next = self.shape.compare_exchange(
                        at,
                        at + 1,
                        Ordering::Relaxed,
                        Ordering::Relaxed,
                    );
                    tracing::debug!(
                        raised = next.is_ok(),
                        "the server does not take this shape of request"
                    );
                }
                outcome => return answer::translation(&outcome?, request),
            }
        }
    }
}

impl Engine for OpenAi {
    fn name(&self) -> &str {
        self.models.first().map_or("", String::as_str)
    }

    fn translate<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<String>> {
        async move {
            tokio::time::timeout(self.timeout, self.translation(request))
                .await
                .unwrap_or(Err(Error::TimedOut))
        }
        .boxed()
    }

    fn check(&self) -> BoxFuture<'_, Result<Duration>> {
        async move {
            let started = Instant::now();
            let request = Request {
                text: Phi::new("Where does it hurt?".into()),
                from: Language::En,
                to: Language::Es,
                context: None,
            };
            self.translate(&request).await.map(|_| started.elapsed())
        }
        .boxed()
    }
}

/// The address of chat completions below this one.
fn address(base_url: &str) -> Result<Url> {
    let refused = Error::Settings { field: "base_url" };
    let mut url = Url::parse(base_url.trim()).map_err(|_| refused.clone())?;
    let safe = match url.scheme() {
        "https" => true,
        "http" => is_this_machine(&url),
        _ => false,
    };
    let clean = url.username().is_empty() && url.password().is_none();
    if !safe || !clean || url.query().is_some() || url.fragment().is_some() {
        return Err(refused);
    }
    (url.path_segments_mut().map_err(|()| refused)?)
        .pop_if_empty()
        .extend(["chat", "completions"]);
    Ok(url)
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
            let url = address(good).unwrap();
            assert!(url.path().ends_with("/chat/completions"), "{url}");
            assert!(!url.path().contains("//"), "{url}");
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
