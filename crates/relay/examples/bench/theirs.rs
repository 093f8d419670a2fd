//! The peer, and those who talk over it: Engine.IO 4 and Socket.IO 5 by hand, over WebSocket alone.

use std::{path::Path, process::Command};

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::{
    load::{Heard, Pair, Socket, Talk},
    ours::ENVELOPE,
    server::Server,
};

pub(crate) async fn start(
    python: &Path,
    script: &Path,
    data: &Path,
    mode: &str,
    rooms: usize,
) -> (Server, Vec<Pair<Spoken>>) {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut command = Command::new(python);
    command.arg(script).arg(data.join("peer.db"));
    command.args([&free.port().to_string(), mode]);
    let server = Server::start(&mut command);
    crate::until_listening(&server, &free.to_string()).await;
    let mut pairs = Vec::new();
    for number in 0..rooms {
        let room = format!("{:032x}", number);
        let mut pair = Vec::new();
        for _ in 0..2 {
            pair.push((
                socket(&free.to_string(), &room).await,
                Spoken::new(room.clone()),
            ));
        }
        let Ok(pair) = pair.try_into() else {
            unreachable!()
        };
        pairs.push(pair);
    }
    (server, pairs)
}

async fn socket(address: &str, room: &str) -> Socket {
    let url = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
    let config = WebSocketConfig::default().read_buffer_size(4096);
    let opened = tokio_tungstenite::connect_async_with_config(url, Some(config), true);
    let (mut socket, _) = opened.await.unwrap();
    socket
        .send(format!(r#"40{{"room":"{room}"}}"#).into())
        .await
        .unwrap();
    while let Some(Ok(message)) = socket.next().await {
        if message.to_text().unwrap().starts_with("40") {
            break;
        }
    }
    socket
}

pub(crate) struct Spoken {
    room: String,
    /// As long as an envelope is in base64.
    text: String,
    acknowledgements: u64,
}

impl Spoken {
    fn new(room: String) -> Self {
        Self {
            room,
            text: "x".repeat(ENVELOPE * 4 / 3),
            acknowledgements: 0,
        }
    }
}

impl Talk for Spoken {
    fn original(&mut self, due: u64) -> String {
        self.acknowledgements += 1;
        let Self {
            room,
            text,
            acknowledgements,
        } = self;
        format!(r#"42{acknowledgements}["say",{{"room":"{room}","at":{due},"text":"{text}"}}]"#)
    }

    fn translation(&mut self, of: &Heard, due: u64) -> String {
        let Heard::Original { id, .. } = of else {
            unreachable!()
        };
        self.acknowledgements += 1;
        let Self {
            room,
            text,
            acknowledgements,
        } = self;
        format!(
            r#"42{acknowledgements}["translate",{{"room":"{room}","id":{id},"at":{due},"text":"{text}"}}]"#
        )
    }

    fn hear(&self, frame: &str) -> Heard {
        let number = |name: &str| {
            let (_, rest) = frame.split_once(name).unwrap();
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().unwrap()
        };
        if frame.starts_with(r#"42["said""#) {
            Heard::Original {
                due: number("\"at\":"),
                id: number("\"id\":"),
            }
        } else if frame.starts_with(r#"42["translated""#) {
            Heard::Translation {
                due: number("\"at\":"),
            }
        } else if frame == "2" {
            Heard::Ask("3")
        } else {
            Heard::Nothing
        }
    }
}
