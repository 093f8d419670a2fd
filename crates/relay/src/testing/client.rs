//! A client without any cleverness: it says frames and hears frames.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer, SigningKey};
use futures_util::{SinkExt, StreamExt};
use protocol::{
    AUDIENCE, Bytes, Claims, Enrol, Enrolled, FromClient, FromRelay, Knocked, StreamId, VERSION,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream,
    tungstenite::{self, Message, client::IntoClientRequest, protocol::WebSocketConfig},
};
use uuid::Uuid;

use crate::clock;

/// Nothing that is awaited here takes longer, unless something is broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// How to reach a relay.
#[derive(Clone)]
pub struct Dial {
    /// `http(s)://host:port`.
    pub url: String,
    /// What a browser would say; none for a program.
    pub origin: Option<String>,
    /// Bytes that the socket takes in at once; small for a client that is to be slow.
    pub buffer: usize,
    trust: Option<Arc<ClientConfig>>,
    http: reqwest::Client,
}

/// An enrolled workstation.
#[derive(Clone)]
pub struct Host {
    /// Its key.
    pub key: SigningKey,
    /// Its id.
    pub id: Uuid,
    /// The relay's id.
    pub relay: Uuid,
}

/// A socket.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Entries that came while something else was waited for.
    passed: VecDeque<FromRelay>,
}

/// What a socket brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A frame.
    Frame(FromRelay),
    /// The end, with its code if there was one.
    End(Option<u16>),
}

/// A token that is not good.
#[derive(Clone, Copy, Debug)]
pub enum Wrong {
    /// Ended a minute ago.
    Expired,
    /// Lasts longer than any may.
    TooLong,
    /// Made out to another relay.
    OtherRelay,
    /// Signed by another key.
    Forged,
    /// Says that it needs no signature.
    Unsigned,
    /// Of a workstation that nobody enrolled.
    Stranger,
}

impl Dial {
    /// Without TLS, or with a certificate that this file (PEM) holds.
    pub fn new(url: &str, certificate: Option<&std::path::Path>) -> Self {
        let trust = certificate.map(|path| {
            let mut roots = RootCertStore::empty();
            roots
                .add(CertificateDer::from_pem_file(path).unwrap())
                .unwrap();
            let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
            let config = ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_root_certificates(roots)
                .with_no_client_auth();
            Arc::new(config)
        });
        let mut http = reqwest::Client::builder().timeout(PATIENCE);
        if let Some(config) = &trust {
            http = http.tls_backend_preconfigured(ClientConfig::clone(config));
        }
        Self {
            url: url.to_owned(),
            origin: None,
            buffer: 128 * 1024,
            trust,
            http: http.build().unwrap(),
        }
    }

    /// A request to a path of the relay.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        self.http.request(method, format!("{}{path}", self.url))
    }

    /// Enrols a workstation whose key is made from a number.
    pub async fn enrol(&self, code: &str, number: u8) -> Host {
        let key = SigningKey::from_bytes(&[number; 32]);
        let body = Enrol {
            code: code.to_owned(),
            key: key.verifying_key().to_bytes().to_vec().into(),
            name: format!("Ward {number}"),
        };
        let answer = self
            .request("POST", "/v1/enrol")
            .json(&body)
            .send()
            .await
            .unwrap();
        let enrolled: Enrolled = answer.error_for_status().unwrap().json().await.unwrap();
        Host {
            key,
            id: enrolled.workstation,
            relay: enrolled.relay,
        }
    }

    /// Knocks at a door.
    pub async fn knock(&self, door: &str) -> Knocked {
        let answer = self
            .request("POST", &format!("/v1/doors/{door}/knock"))
            .send();
        answer
            .await
            .unwrap()
            .error_for_status()
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Opens a socket and says nothing.
    ///
    /// # Errors
    /// What the handshake failed by, e.g. the relay's refusal.
    pub async fn socket(&self) -> Result<Client, tungstenite::Error> {
        let url = self.url.replacen("http", "ws", 1) + "/v1/live";
        let mut request = url.into_client_request()?;
        if let Some(origin) = &self.origin {
            request
                .headers_mut()
                .insert("origin", origin.parse().unwrap());
        }
        let connector = self
            .trust
            .clone()
            .map_or(Connector::Plain, Connector::Rustls);
        let config = WebSocketConfig::default().read_buffer_size(self.buffer);
        let opened = tokio_tungstenite::connect_async_tls_with_config(
            request,
            Some(config),
            true,
            Some(connector),
        );
        let (socket, _) = timeout(PATIENCE, opened).await.unwrap()?;
        Ok(Client {
            socket,
            passed: VecDeque::new(),
        })
    }

    /// Opens a socket and says who it is; answers what the relay said to that.
    pub async fn hello(&self, token: &str) -> (Client, Heard) {
        let mut client = self.socket().await.unwrap();
        let hello = FromClient::Hello {
            v: VERSION,
            token: token.to_owned(),
        };
        client.say(&hello).await;
        let heard = client.hear().await;
        (client, heard)
    }

    /// As a workstation, which must be let in.
    pub async fn host(&self, host: &Host) -> Client {
        let (client, heard) = self.hello(&host.token()).await;
        assert!(
            matches!(heard, Heard::Frame(FromRelay::Welcome { .. })),
            "{heard:?}"
        );
        client
    }

    /// As a guest, who must be let in.
    pub async fn guest(&self, knocked: &Knocked) -> Client {
        let (client, heard) = self.hello(&text(&knocked.token)).await;
        assert!(
            matches!(heard, Heard::Frame(FromRelay::Welcome { .. })),
            "{heard:?}"
        );
        client
    }
}

/// A token as it is said.
pub fn text(token: &Bytes) -> String {
    URL_SAFE_NO_PAD.encode(token.as_ref())
}

impl Host {
    /// A good token.
    pub fn token(&self) -> String {
        self.lasting(300)
    }

    /// A good token that lasts so many seconds.
    pub fn lasting(&self, seconds: u64) -> String {
        let now = now();
        self.sign(&self.claims(now, now + seconds), &self.key, "EdDSA")
    }

    /// One that must not be let in.
    pub fn wrong(&self, wrong: Wrong) -> String {
        let now = now();
        let good = self.claims(now, now + 300);
        let other = SigningKey::from_bytes(&[255; 32]);
        match wrong {
            Wrong::Expired => self.sign(&self.claims(now - 360, now - 60), &self.key, "EdDSA"),
            Wrong::TooLong => self.sign(&self.claims(now, now + 3600), &self.key, "EdDSA"),
            Wrong::OtherRelay => {
                let aud = format!("{AUDIENCE}:{}", Uuid::new_v4());
                self.sign(&Claims { aud, ..good }, &self.key, "EdDSA")
            }
            Wrong::Forged => self.sign(&good, &other, "EdDSA"),
            Wrong::Unsigned => self.sign(&good, &self.key, "none"),
            Wrong::Stranger => {
                let iss = Uuid::new_v4();
                self.sign(&Claims { iss, ..good }, &self.key, "EdDSA")
            }
        }
    }

    fn claims(&self, iat: u64, exp: u64) -> Claims {
        Claims {
            iss: self.id,
            aud: format!("{AUDIENCE}:{}", self.relay),
            iat,
            exp,
        }
    }

    /// A JWT by hand: it must not share the relay's way of making one.
    fn sign(&self, claims: &Claims, key: &SigningKey, algorithm: &str) -> String {
        let head = URL_SAFE_NO_PAD.encode(format!("{{\"typ\":\"JWT\",\"alg\":\"{algorithm}\"}}"));
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).unwrap());
        let signed = format!("{head}.{body}");
        let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }
}

impl Client {
    /// Says a frame.
    pub async fn say(&mut self, said: &FromClient) {
        let said = serde_json::to_string(said).unwrap();
        self.say_raw(Message::text(said)).await.unwrap();
    }

    /// Says whatever.
    ///
    /// # Errors
    /// When the socket has ended.
    pub async fn say_raw(&mut self, said: Message) -> Result<(), tungstenite::Error> {
        timeout(PATIENCE, self.socket.send(said)).await.unwrap()
    }

    /// The next frame, or the end.
    pub async fn hear(&mut self) -> Heard {
        timeout(PATIENCE, self.hear_at_last())
            .await
            .expect("the relay says nothing")
    }

    /// As [`Client::hear`], without a limit of time.
    pub async fn hear_at_last(&mut self) -> Heard {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Frame(serde_json::from_str(&text).unwrap());
                }
                Some(Ok(Message::Close(close))) => {
                    return Heard::End(close.map(|close| close.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::End(None),
            }
        }
    }

    /// Hears until something is found; entries that come before it are kept for [`Client::entry`].
    pub async fn until<T>(&mut self, mut find: impl FnMut(&FromRelay) -> Option<T>) -> T {
        loop {
            match self.hear().await {
                Heard::Frame(frame) => {
                    if let Some(found) = find(&frame) {
                        return found;
                    }
                    if matches!(frame, FromRelay::Entry { .. }) {
                        self.passed.push_back(frame);
                    }
                }
                Heard::End(code) => panic!("the relay ended the socket: {code:?}"),
            }
        }
    }

    /// Hears until the end, and answers its code.
    pub async fn end(&mut self) -> Option<u16> {
        loop {
            if let Heard::End(code) = self.hear().await {
                return code;
            }
        }
    }

    /// Opens a door and answers its stream.
    pub async fn open_door(&mut self, door: &str) -> StreamId {
        let open = FromClient::OpenDoor {
            door: door.to_owned(),
            greeting: vec![1, 2].into(),
            lasts_s: 3600,
        };
        self.say(&open).await;
        self.until(|heard| match heard {
            FromRelay::DoorOpened { stream, .. } => Some(*stream),
            _ => None,
        })
        .await
    }

    /// Listens to a stream and answers its head.
    pub async fn subscribe(&mut self, stream: StreamId, after: u64) -> u64 {
        self.say(&FromClient::Subscribe { stream, after }).await;
        self.until(|heard| match heard {
            FromRelay::Subscribed { stream: own, head } if *own == stream => Some(*head),
            _ => None,
        })
        .await
    }

    /// Adds an envelope and waits for its place.
    pub async fn append(&mut self, stream: StreamId, key: Uuid, envelope: &[u8]) -> u64 {
        self.push(stream, key, envelope).await;
        self.until(|heard| match heard {
            FromRelay::Stored { key: own, seq, .. } if *own == key => Some(*seq),
            _ => None,
        })
        .await
    }

    /// Adds an envelope and waits for nothing.
    pub async fn push(&mut self, stream: StreamId, key: Uuid, envelope: &[u8]) {
        let envelope = envelope.to_vec().into();
        let append = FromClient::Append {
            stream,
            key,
            envelope,
        };
        self.say(&append).await;
    }

    /// The next entry of a stream: its place and its envelope.
    pub async fn entry(&mut self, of: StreamId) -> (u64, Vec<u8>) {
        let find = |heard: &FromRelay| match heard {
            FromRelay::Entry {
                stream,
                seq,
                envelope,
                ..
            } if *stream == of => Some((*seq, envelope.0.clone())),
            _ => None,
        };
        if let Some(at) = self.passed.iter().position(|heard| find(heard).is_some()) {
            return self.passed.remove(at).as_ref().and_then(find).unwrap();
        }
        self.until(find).await
    }

    /// Why the relay refuses.
    pub async fn refusal(&mut self) -> protocol::Refusal {
        self.until(|heard| match heard {
            FromRelay::Refused { why, .. } => Some(*why),
            _ => None,
        })
        .await
    }
}

fn now() -> u64 {
    clock::now().cast_unsigned() / 1000
}
