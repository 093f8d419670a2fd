//! The socket `/v1/live`.

mod connection;
mod frames;

use std::sync::Arc;

use axum::{
    extract::{
        State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use protocol::{FromClient, FromRelay, Refusal, Role, VERSION, close, limits};
use tokio::time::{Duration, timeout};

use self::connection::Connection;
use crate::{
    clock,
    hub::frame,
    log::Party,
    server::Relay,
    token::{Known, Unknown},
};

/// Bytes that a socket reads at once: small, because there are many sockets.
const READ: usize = 4 * 1024;
/// Bytes gathered before they are written.
const WRITE: usize = 16 * 1024;
/// How long a closing socket may take to take leave.
const LEAVE: Duration = Duration::from_secs(3);

/// Why a socket ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The client went, or the network did.
    Gone,
    /// As `protocol::close` has them.
    Draining,
    Unreadable,
    TooBig,
    Token,
    Version,
    Slow,
    Silent,
    Crowded,
}

impl Ending {
    fn code(self) -> Option<u16> {
        Some(match self {
            Self::Gone => return None,
            Self::Draining => close::GOING_AWAY,
            Self::Unreadable => close::UNREADABLE,
            Self::TooBig => close::TOO_BIG,
            Self::Token => close::TOKEN,
            Self::Version => close::VERSION,
            Self::Slow => close::SLOW,
            Self::Silent => close::SILENT,
            Self::Crowded => close::CROWDED,
        })
    }
}

/// Takes a socket from the relay's own page, or from what is no browser.
pub(crate) async fn upgrade(
    State(relay): State<Arc<Relay>>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    let origin = headers.get(header::ORIGIN);
    if origin.is_some_and(|origin| !relay.is_own_origin(origin)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if relay.is_draining() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    socket
        .read_buffer_size(READ)
        .write_buffer_size(WRITE)
        .max_message_size(limits::FRAME)
        .max_frame_size(limits::FRAME)
        .on_upgrade(move |socket| serve(relay, socket))
}

async fn serve(relay: Arc<Relay>, mut socket: WebSocket) {
    let ending = match greet(&relay, &mut socket).await {
        Ok(known) => live(&relay, &mut socket, known).await,
        Err(ending) => ending,
    };
    if let Some(code) = ending.code() {
        tracing::debug!(code, "a socket was closed by the relay");
        // A client that does not listen loses the code, no more.
        let _ = timeout(LEAVE, take_leave(&mut socket, code)).await;
    }
}

/// The first frame, in time, with a good token.
async fn greet(relay: &Relay, socket: &mut WebSocket) -> Result<Known, Ending> {
    let first = timeout(limits::HELLO, socket.next());
    let first = first.await.map_err(|_| Ending::Silent)?;
    let text = frames::text(first)?.ok_or(Ending::Unreadable)?;
    let Ok(FromClient::Hello { v, token }) = serde_json::from_str(&text) else {
        return Err(Ending::Unreadable);
    };
    if v != VERSION {
        refuse(relay, socket, Refusal::Version).await;
        return Err(Ending::Version);
    }
    match relay.porter.who(&token).await {
        Ok(known) => Ok(known),
        Err(unknown) => {
            let why = match unknown {
                Unknown::Token => Refusal::Token,
                Unknown::Storage => Refusal::Storage,
            };
            refuse(relay, socket, why).await;
            Err(Ending::Token)
        }
    }
}

async fn live(relay: &Arc<Relay>, socket: &mut WebSocket, known: Known) -> Ending {
    let Some((member, queue)) = relay.hub.enter(known.party) else {
        return Ending::Crowded;
    };
    // Between the look at its token and now it may have been revoked.
    if !relay.is_still_good(known.party) {
        member.cut(Ending::Token);
    }
    let (role, stream) = match known.party {
        Party::Host(_) => (Role::Host, None),
        Party::Guest(stream) => (Role::Guest, Some(stream)),
    };
    let welcome = FromRelay::Welcome {
        v: VERSION,
        role,
        lasts_s: clock::seconds_until(known.ends),
        stream,
    };
    let mut connection = Connection::new(relay, socket, &member, queue, known.ends);
    let ending = tokio::select! {
        ending = connection.run(welcome) => ending,
        ending = member.cut_off() => ending,
    };
    for stream in connection.streams() {
        relay.hub.leave(stream, &member);
    }
    drop(connection);
    relay.hub.exit(&member);
    ending
}

async fn refuse(relay: &Relay, socket: &mut WebSocket, why: Refusal) {
    relay.metrics.refused.inc();
    let said = frames::refused(why);
    // Whoever does not take it is gone.
    let _ = timeout(LEAVE, socket.send(Message::Text(frame(&said)))).await;
}

/// Says why, and hears the client out, so that what was said arrives.
async fn take_leave(socket: &mut WebSocket, code: u16) {
    let close = CloseFrame {
        code,
        reason: Default::default(),
    };
    if socket.send(Message::Close(Some(close))).await.is_ok() {
        while let Some(Ok(_)) = socket.next().await {}
    }
}
