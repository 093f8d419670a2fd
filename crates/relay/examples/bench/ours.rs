//! The relay, and those who talk over it.

use std::{fmt::Write, path::Path, process::Command};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{FromClient, FromRelay, Knocked, StreamId};
use relay::testing::{Client, Dial, Host};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use uuid::Uuid;

use crate::{
    load::{Heard, Pair, Socket, Talk},
    server::Server,
};

/// Bytes of an envelope: two or three sentences, sealed.
pub(crate) const ENVELOPE: usize = 300;

/// A relay, its workstation, and a guest on each of its streams.
pub(crate) struct House {
    pub(crate) server: Server,
    pub(crate) dial: Dial,
    pub(crate) host: Host,
    guests: Vec<Knocked>,
    _admin: Client,
}

/// Limits lifted where all guests come from one address; durability is the relay's own and only one.
const LIMITS: &str = "[limits]
http_per_minute = 10000000
tries_per_minute = 10000000
connections = 100000
connections_per_address = 100000
sockets_per_host = 100000
guest_appends_per_second = 1000000
host_appends_per_second = 100000000
";

pub(crate) async fn serve(program: &Path, data: &Path) -> (Server, Dial, Host) {
    let config = data.join("relay.toml");
    std::fs::write(
        &config,
        format!("data_dir = {:?}\n{LIMITS}", data.display().to_string()),
    )
    .unwrap();
    let register = relay::Register::open(data).unwrap();
    let mut command = Command::new(program);
    command.arg("serve").arg("--config").arg(config);
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    command.args(["--plain", "--listen", &free.to_string()]);
    command
        .env("RUST_LOG", "warn")
        .stdout(std::process::Stdio::null());
    let server = Server::start(&mut command);
    crate::until_listening(&server, &free.to_string()).await;
    let dial = Dial::new(&format!("http://{free}"), None);
    let host = dial.enrol(&register.new_code().unwrap(), 1).await;
    (server, dial, host)
}

pub(crate) async fn start(program: &Path, data: &Path, streams: usize) -> House {
    let (server, dial, host) = serve(program, data).await;
    let mut admin = dial.host(&host).await;
    admin.open_door("bench").await;
    let mut guests = Vec::new();
    for _ in 0..streams {
        let knocked = dial.knock("bench").await;
        admin
            .say(&FromClient::Admit {
                stream: knocked.stream,
            })
            .await;
        admin
            .until(|heard| matches!(heard, FromRelay::Admitted { .. }).then_some(()))
            .await;
        guests.push(knocked);
    }
    House {
        server,
        dial,
        host,
        guests,
        _admin: admin,
    }
}

impl House {
    /// Two sockets on every stream, listening from its head.
    pub(crate) async fn pairs(&self) -> Vec<Pair<Sealed>> {
        let mut pairs = Vec::new();
        for guest in &self.guests {
            let token = relay::testing::text(&guest.token);
            pairs.push([
                (
                    socket(&self.dial, &token, guest.stream).await,
                    Sealed::new(guest.stream, "host"),
                ),
                (
                    socket(&self.dial, &self.host.token(), guest.stream).await,
                    Sealed::new(guest.stream, "guest"),
                ),
            ]);
        }
        pairs
    }
}

/// A socket that has said hello and listens.
pub(crate) async fn socket(dial: &Dial, token: &str, stream: StreamId) -> Socket {
    use futures_util::{SinkExt, StreamExt};
    let url = dial.url.replacen("http", "ws", 1) + "/v1/live";
    let config = WebSocketConfig::default().read_buffer_size(4096);
    let opened = tokio_tungstenite::connect_async_with_config(url, Some(config), true);
    let (mut socket, _) = opened.await.unwrap();
    let token = token.to_owned();
    // From the head on: nobody reads what was said before.
    for frame in [
        FromClient::Hello { v: 1, token },
        FromClient::Subscribe {
            stream,
            after: u64::MAX,
        },
    ] {
        socket
            .send(serde_json::to_string(&frame).unwrap().into())
            .await
            .unwrap();
    }
    while let Some(Ok(message)) = socket.next().await {
        if message.to_text().unwrap().contains("\"subscribed\"") {
            break;
        }
    }
    socket
}

/// Envelopes: a letter for what it is, when it was due, and filling.
pub(crate) struct Sealed {
    stream: StreamId,
    /// `"from":"host"` in what the other side says.
    other: String,
    key: u64,
    filling: [u8; ENVELOPE],
}

impl Sealed {
    fn new(stream: StreamId, other: &str) -> Self {
        Self {
            stream,
            other: format!("\"from\":\"{other}\""),
            key: Uuid::new_v4().as_u64_pair().0,
            filling: [0x5a; ENVELOPE],
        }
    }

    fn append(&mut self, letter: u8, due: u64) -> String {
        self.key += 1;
        self.filling[0] = letter;
        self.filling[1..9].copy_from_slice(&due.to_be_bytes());
        let key = Uuid::from_u64_pair(self.key, 0);
        let mut frame = String::with_capacity(ENVELOPE * 4 / 3 + 160);
        let stream = self.stream;
        write!(
            frame,
            r#"{{"t":"append","stream":"{stream}","key":"{key}","envelope":""#
        )
        .unwrap();
        URL_SAFE_NO_PAD.encode_string(self.filling, &mut frame);
        frame.push_str("\"}");
        frame
    }
}

impl Talk for Sealed {
    fn original(&mut self, due: u64) -> String {
        self.append(b'o', due)
    }

    fn translation(&mut self, _: &Heard, due: u64) -> String {
        self.append(b't', due)
    }

    fn hear(&self, frame: &str) -> Heard {
        if !frame.starts_with(r#"{"t":"entry""#) || !frame.contains(&self.other) {
            return Heard::Nothing;
        }
        let (_, envelope) = frame.split_once(r#""envelope":""#).unwrap();
        let mut bytes = [0; 9];
        URL_SAFE_NO_PAD
            .decode_slice(&envelope[..12], &mut bytes)
            .unwrap();
        let due = u64::from_be_bytes(bytes[1..].try_into().unwrap());
        match bytes[0] {
            b'o' => Heard::Original { due, id: 0 },
            _ => Heard::Translation { due },
        }
    }
}
