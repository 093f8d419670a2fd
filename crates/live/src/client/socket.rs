//! The socket: one task that connects, renews its token, notices a dead line and connects again.

use std::{sync::Arc, time::Duration};

use basics::Secret;
use futures_util::{SinkExt, StreamExt};
use protocol::{FromClient, FromRelay, Refusal, VERSION, limits};
use tokio::{
    net::TcpStream,
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, interval, sleep, sleep_until, timeout},
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{self, Message, protocol::WebSocketConfig},
};

use super::{Pass, Relay, tls};
use crate::{Error, Result};

/// How long connecting, or a first answer, may take.
const CONNECT: Duration = Duration::from_secs(10);
/// A question whether the line is alive.
const PING: Duration = Duration::from_secs(5);
/// Silence after which it is dead.
const DEAD: Duration = Duration::from_secs(15);
/// First and longest wait before connecting again.
const WAIT: (Duration, Duration) = (Duration::from_millis(300), Duration::from_secs(20));
/// Frames that wait for the program before the relay has to.
const EVENTS: usize = 256;

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The socket; dropping it closes the connection.
pub struct Socket {
    task: JoinHandle<()>,
    hurry: Arc<tokio::sync::Notify>,
}

/// What happens on the socket.
#[derive(Debug)]
pub enum Event {
    /// The relay knows us. What goes on the line goes to this connection and no other.
    Connected(Line),
    /// It said something (never `Welcome`, `Renewed` or `Draining`).
    Frame(FromRelay),
    /// The connection is lost or did not come about; it is tried again until the socket is dropped.
    Disconnected(Error),
}

/// One connection's way out. Keep it: when the last copy is dropped, the connection ends.
#[derive(Clone, Debug)]
pub struct Line(mpsc::UnboundedSender<FromClient>);

impl Line {
    /// Says something; dropped silently when this connection is over.
    pub fn send(&self, frame: FromClient) {
        let _ = self.0.send(frame);
    }
}

impl Socket {
    /// Connects, and stays connected as well as it can. Must be called inside a tokio runtime.
    pub fn open(relay: Relay, pass: Pass) -> (Self, mpsc::Receiver<Event>) {
        let (events, receiver) = mpsc::channel(EVENTS);
        let hurry = Arc::new(tokio::sync::Notify::new());
        let task = tokio::spawn(stay(relay, pass, events, hurry.clone()));
        (Self { task, hurry }, receiver)
    }

    /// Tries to connect now instead of at the end of the wait: the network came back, or a person asks.
    pub fn hurry(&self) {
        self.hurry.notify_one();
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn stay(
    relay: Relay,
    pass: Pass,
    events: mpsc::Sender<Event>,
    hurry: Arc<tokio::sync::Notify>,
) {
    let mut tries = 0;
    loop {
        let error = match connect(&relay, &pass).await {
            Ok((wire, lasts)) => {
                let begun = Instant::now();
                let error = speak(wire, lasts, &relay, &pass, &events).await;
                // A connection that lived has paid for its tries.
                if begun.elapsed() > DEAD {
                    tries = 0;
                }
                error
            }
            Err(error) => error,
        };
        if error == Error::NotEnrolled {
            relay.learn_time().await;
        }
        let wait = match error {
            Error::Draining if tries == 0 => jitter(WAIT.0 / 2),
            Error::TooMany { seconds } => jitter(Duration::from_secs(seconds.min(60))),
            _ => jitter((WAIT.0 * 2_u32.pow(tries.min(7))).min(WAIT.1)),
        };
        tries += 1;
        if events.send(Event::Disconnected(error)).await.is_err() {
            return;
        }
        tokio::select! {
            () = sleep(wait) => {}
            () = hurry.notified() => tries = 0,
        }
    }
}

/// Between half of it and all of it, so that many do not come back at once.
fn jitter(wait: Duration) -> Duration {
    let drawn = seal::random::<1>().map_or(128, |byte| byte[0]);
    wait / 2 + wait / 2 * u32::from(drawn) / 255
}

/// Connects, shows the token, goes: whether the relay knows us.
pub(super) async fn greet(relay: &Relay, pass: &Pass) -> Result<()> {
    let greeted = match connect(relay, pass).await {
        Err(Error::NotEnrolled) if relay.learn_time().await => connect(relay, pass).await,
        other => other,
    };
    let (mut wire, _) = greeted?;
    let _ = timeout(CONNECT, wire.close(None)).await;
    Ok(())
}

async fn connect(relay: &Relay, pass: &Pass) -> Result<(Wire, u64)> {
    let limits = WebSocketConfig::default()
        .max_message_size(Some(limits::FRAME * 2))
        .max_frame_size(Some(limits::FRAME * 2));
    let connector = Connector::Rustls(relay.tls.clone());
    let wire = connect_async_tls_with_config(relay.socket(), Some(limits), true, Some(connector));
    let wire = timeout(CONNECT, wire)
        .await
        .map_err(|_| Error::Unreachable)?;
    let (mut wire, _) = wire.map_err(|error| why(&error))?;
    let token = relay.token(pass)?;
    write(
        &mut wire,
        &FromClient::Hello {
            v: VERSION,
            token: token.to_string(),
        },
    )
    .await?;
    let first = timeout(CONNECT, read(&mut wire))
        .await
        .map_err(|_| Error::Unreachable)??;
    match first {
        FromRelay::Welcome {
            v: VERSION,
            lasts_s,
            ..
        } => Ok((wire, lasts_s)),
        FromRelay::Welcome { .. }
        | FromRelay::Refused {
            why: Refusal::Version,
            ..
        } => Err(Error::Version),
        FromRelay::Refused {
            why: Refusal::Token,
            ..
        } => Err(Error::NotEnrolled),
        FromRelay::Refused {
            why: Refusal::TooMany,
            retry_ms,
            ..
        } => Err(Error::TooMany {
            seconds: retry_ms.unwrap_or(1000).div_ceil(1000),
        }),
        FromRelay::Refused {
            why: Refusal::Storage,
            ..
        } => Err(Error::RelayFull),
        FromRelay::Draining => Err(Error::Draining),
        _ => Err(Error::NotARelay),
    }
}

/// Until the connection ends; says why.
async fn speak(
    mut wire: Wire,
    lasts_s: u64,
    relay: &Relay,
    pass: &Pass,
    events: &mpsc::Sender<Event>,
) -> Error {
    let (line, mut said) = mpsc::unbounded_channel();
    if events.send(Event::Connected(Line(line))).await.is_err() {
        return Error::Unreachable;
    }
    let mut renew = Instant::now() + renewal(lasts_s);
    let mut heard = Instant::now();
    let mut ping = interval(PING);
    loop {
        let done = tokio::select! {
            frame = said.recv() => match frame {
                Some(frame) => write(&mut wire, &frame).await,
                None => Err(Error::Unreachable),
            },
            message = wire.next() => {
                heard = Instant::now();
                match message {
                    None => Err(Error::Unreachable),
                    Some(Err(error)) => Err(why(&error)),
                    Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                        Err(_) => Err(Error::NotARelay),
                        Ok(FromRelay::Draining) => Err(Error::Draining),
                        Ok(FromRelay::Renewed { lasts_s }) => {
                            renew = Instant::now() + renewal(lasts_s);
                            Ok(())
                        }
                        Ok(FromRelay::Refused { why: Refusal::Token, .. }) => Err(Error::NotEnrolled),
                        Ok(FromRelay::Welcome { .. }) => Ok(()),
                        Ok(frame) => match events.send(Event::Frame(frame)).await {
                            Ok(()) => {
                                // The program may have taken its time; the relay was not silent.
                                heard = Instant::now();
                                Ok(())
                            }
                            Err(_) => Err(Error::Unreachable),
                        },
                    },
                    Some(Ok(Message::Close(_))) => Err(Error::Unreachable),
                    Some(Ok(_)) => Ok(()),
                }
            }
            _ = ping.tick() => match heard.elapsed() > DEAD {
                true => Err(Error::Unreachable),
                false => send(&mut wire, Message::Ping(tungstenite::Bytes::new())).await,
            },
            () = sleep_until(renew) => {
                renew = Instant::now() + PING;
                match relay.token(pass) {
                    Ok(token) => write(&mut wire, &FromClient::Renew { token: token.to_string() }).await,
                    Err(error) => Err(error),
                }
            }
        };
        if let Err(error) = done {
            // A polite end lets the relay tell others at once.
            let _ = timeout(Duration::from_millis(500), wire.close(None)).await;
            return error;
        }
    }
}

/// When half of the token's life is over.
fn renewal(lasts_s: u64) -> Duration {
    Duration::from_secs(lasts_s.clamp(2, 24 * 3600)) / 2
}

async fn write(wire: &mut Wire, frame: &FromClient) -> Result<()> {
    let json = Secret::new(serde_json::to_string(frame).map_err(|_| Error::State)?);
    send(wire, Message::text(json.expose().as_str())).await
}

/// A line that takes nothing for so long is dead too.
async fn send(wire: &mut Wire, message: Message) -> Result<()> {
    let sent = timeout(DEAD, wire.send(message))
        .await
        .map_err(|_| Error::Unreachable)?;
    sent.map_err(|error| why(&error))
}

async fn read(wire: &mut Wire) -> Result<FromRelay> {
    loop {
        match wire.next().await {
            Some(Ok(Message::Text(text))) => {
                return serde_json::from_str(&text).map_err(|_| Error::NotARelay);
            }
            Some(Ok(Message::Close(_))) | None => return Err(Error::Unreachable),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(why(&error)),
        }
    }
}

fn why(error: &tungstenite::Error) -> Error {
    match error {
        tungstenite::Error::Http(response) => match response.status().as_u16() {
            401 | 403 => Error::NotEnrolled,
            429 => Error::TooMany { seconds: 5 },
            503 => Error::Draining,
            500..=599 => Error::Unreachable,
            _ => Error::NotARelay,
        },
        other => tls::why(other),
    }
}
