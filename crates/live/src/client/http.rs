//! A relay's HTTP side.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use protocol::{Enrol, Enrolled, Greeting, Health, Knocked};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url, header, redirect};
use rustls::ClientConfig;
use serde::de::DeserializeOwned;

use super::{Enrolment, Pass, Trust, WorkstationKey, tls};
use crate::{Error, Result};

/// How long finding somebody there may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a silence may last within an answer.
const SILENCE: Duration = Duration::from_secs(20);
/// Bytes of an answer that is not a sound.
const ANSWER: usize = 64 * 1024;

/// A relay's HTTP side. Cheap to clone.
#[derive(Clone)]
pub struct Relay {
    base: Url,
    client: Client,
    pub(super) tls: Arc<ClientConfig>,
    /// Seconds that its clock is ahead of this machine's, as it said in an answer; 0 until a token was refused.
    ahead_s: Arc<AtomicI64>,
}

impl Relay {
    /// A relay at `https://host[:port]`; `http` only on this machine.
    ///
    /// # Errors
    /// [`Error::Address`].
    pub fn new(address: &str, trust: Trust) -> Result<Self> {
        let base = Url::parse(address.trim()).map_err(|_| Error::Address)?;
        let plain = base.username().is_empty()
            && base.password().is_none()
            && base.query().is_none()
            && base.fragment().is_none();
        let here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let good = plain
            && base.path() == "/"
            && (base.scheme() == "https" || (base.scheme() == "http" && here));
        if !good {
            return Err(Error::Address);
        }
        let tls = trust.config()?;
        let client = Client::builder()
            .tls_backend_preconfigured(ClientConfig::clone(&tls))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE);
        let client = client.build().map_err(|error| tls::why(&error))?;
        Ok(Self {
            base,
            client,
            tls,
            ahead_s: Arc::new(AtomicI64::new(0)),
        })
    }

    /// Its address, without a slash at the end.
    pub fn address(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// How it is; also tells whether there is one.
    ///
    /// # Errors
    /// What failed: the way there, the certificate, [`Error::NotARelay`].
    pub async fn health(&self) -> Result<Health> {
        let response = self.send(self.request(Method::GET, "health")).await?;
        json(response).await.map_err(|_| Error::NotARelay)
    }

    /// Introduces this workstation; `name` is what the relay's operator sees in a list.
    ///
    /// # Errors
    /// [`Error::WrongCode`] and those of the way there.
    pub async fn enrol(&self, code: &str, key: &WorkstationKey, name: &str) -> Result<Enrolment> {
        let body = Enrol {
            code: code.trim().to_owned(),
            key: key.public().to_vec().into(),
            name: name.to_owned(),
        };
        let request = self.request(Method::POST, "v1/enrol").json(&body);
        let response = self.send(request).await.map_err(|error| match error {
            Error::NotEnrolled => Error::WrongCode,
            other => other,
        })?;
        let Enrolled { workstation, relay } = json(response).await?;
        Ok(Enrolment { workstation, relay })
    }

    /// Goes the whole way – address, certificate, health, token – and says how long it took, or what failed.
    ///
    /// # Errors
    /// The first thing that failed.
    pub async fn test(&self, pass: &Pass) -> Result<Duration> {
        let begun = Instant::now();
        let health = self.health().await?;
        if health.status != "ok" {
            return Err(Error::Draining);
        }
        if matches!(pass, Pass::Workstation(_, enrolment) if enrolment.relay != health.relay) {
            return Err(Error::NotEnrolled);
        }
        super::socket::greet(self, pass).await?;
        Ok(begun.elapsed())
    }

    /// What hangs on a door.
    ///
    /// # Errors
    /// [`Error::NotFound`] and those of the way there.
    pub async fn greeting(&self, door: &str) -> Result<Greeting> {
        json(
            self.send(self.request(Method::GET, &format!("v1/doors/{door}")))
                .await?,
        )
        .await
    }

    /// Knocks at a door.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::TooMany`] and those of the way there.
    pub async fn knock(&self, door: &str) -> Result<Knocked> {
        json(
            self.send(self.request(Method::POST, &format!("v1/doors/{door}/knock")))
                .await?,
        )
        .await
    }

    /// The socket's address.
    pub(super) fn socket(&self) -> String {
        format!("{}/v1/live", self.address().replacen("http", "ws", 1))
    }

    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/{path}", self.address()))
    }

    /// Sends; anything but success is an error.
    pub(super) async fn send(&self, request: RequestBuilder) -> Result<Response> {
        let response = request.send().await.map_err(|error| tls::why(&error))?;
        match response.status() {
            status if status.is_success() => Ok(response),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(Error::NotEnrolled),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(Error::NotFound),
            StatusCode::PAYLOAD_TOO_LARGE => Err(Error::TooLarge {
                limit: protocol::limits::BLOB,
            }),
            StatusCode::TOO_MANY_REQUESTS => Err(Error::TooMany {
                seconds: retry_after(&response),
            }),
            StatusCode::INSUFFICIENT_STORAGE => Err(Error::RelayFull),
            StatusCode::SERVICE_UNAVAILABLE => Err(Error::Draining),
            StatusCode::REQUEST_TIMEOUT => Err(Error::Unreachable),
            status if status.is_server_error() => Err(Error::Unreachable),
            _ => Err(Error::NotARelay),
        }
    }

    /// A token by the relay's clock.
    pub(super) fn token(&self, pass: &Pass) -> Result<zeroize::Zeroizing<String>> {
        pass.token(self.ahead_s.load(Ordering::Relaxed))
    }

    /// A token was refused: perhaps this machine's clock is wrong. True if tokens will be made out otherwise now.
    pub(super) async fn learn_time(&self) -> bool {
        let Ok(response) = self.send(self.request(Method::GET, "health")).await else {
            return false;
        };
        let date = response
            .headers()
            .get(header::DATE)
            .and_then(|date| date.to_str().ok());
        let Some(theirs) = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) else {
            return false;
        };
        let ours = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let ahead = theirs.timestamp().as_second() - i64::try_from(ours).unwrap_or(i64::MAX);
        let before = self.ahead_s.swap(ahead, Ordering::Relaxed);
        (ahead - before).abs() > 5
    }
}

fn retry_after(response: &Response) -> u64 {
    let header = response.headers().get(header::RETRY_AFTER);
    header
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .unwrap_or(60)
}

async fn json<T: DeserializeOwned>(response: Response) -> Result<T> {
    let bytes = body(response, ANSWER, |_, _| ()).await?;
    serde_json::from_slice(&bytes).map_err(|_| Error::NotARelay)
}

/// The body, up to a limit.
pub(super) async fn body(
    mut response: Response,
    limit: usize,
    progress: impl Fn(u64, u64),
) -> Result<Vec<u8>> {
    let whole = response.content_length();
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| tls::why(&error))? {
        if bytes.len() + piece.len() > limit {
            return Err(Error::TooLarge { limit });
        }
        bytes.extend_from_slice(&piece);
        progress(bytes.len() as u64, whole.unwrap_or(bytes.len() as u64));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_wrong_clock_keeps_nobody_from_their_relay() {
        let folder = tempfile::tempdir().unwrap();
        let running = relay::start(relay::Config::new(folder.path()))
            .await
            .unwrap();
        let address = format!("http://127.0.0.1:{}", running.address().port());
        let relay = Relay::new(&address, Trust::Platform).unwrap();
        let key = WorkstationKey::generate().unwrap();
        let code = running.enrolment_code().unwrap();
        let enrolment = relay.enrol(&code, &key, "Room 1").await.unwrap();
        let pass = Pass::Workstation(key, enrolment);
        // As if this machine's clock had been set back by two hours since tokens were last accepted.
        relay.ahead_s.store(-7200, Ordering::Relaxed);
        relay.test(&pass).await.unwrap();
        assert!(relay.ahead_s.load(Ordering::Relaxed).abs() < 5);
    }
}
