//! What a frame asks for, carried out.

use axum::{
    Error,
    extract::ws::{Message, Utf8Bytes},
};
use futures_util::FutureExt;
use governor::clock::{Clock, DefaultClock};
use protocol::{Closed, FromClient, FromRelay, Refusal, StreamId, limits};
use uuid::Uuid;

use super::{Ending, connection::Connection};
use crate::{
    clock,
    log::{Append, Door, LogError, Party},
    token::Unknown,
};

/// Streams that one socket may listen to.
const STREAMS: usize = 4096;

impl Connection<'_> {
    pub(super) async fn carry_out(&mut self, text: &str) -> Result<(), Ending> {
        let frame = serde_json::from_str(text).map_err(|_| Ending::Unreadable)?;
        match frame {
            FromClient::Hello { .. } => Err(Ending::Unreadable),
            FromClient::Renew { token } => self.renew(&token).await,
            FromClient::Subscribe { stream, .. } if self.listens_to() >= STREAMS => {
                let said = refused_stream(&LogError::TooMany, stream);
                self.say(&said).await
            }
            FromClient::Subscribe { stream, after } => self.subscribe(stream, after).await,
            FromClient::Unsubscribe { stream } => {
                self.unsubscribe(stream);
                Ok(())
            }
            FromClient::Append {
                stream,
                key,
                envelope,
            } => self.append(stream, key, envelope.0).await,
            FromClient::OpenDoor {
                door,
                greeting,
                lasts_s,
            } => {
                let said = self.open_door(door, greeting.0, lasts_s).await;
                self.say(&said).await
            }
            FromClient::CloseDoor { door } => {
                let done = match self.host() {
                    Ok(host) => self.relay.log.close_door(host, door.clone()).await,
                    Err(error) => Err(error),
                };
                let said = match done {
                    Ok(()) => FromRelay::DoorClosed { door },
                    Err(error) => refused_door(&error, door),
                };
                self.say(&said).await
            }
            FromClient::Admit { stream } => {
                let done = match self.host() {
                    Ok(host) => self.relay.log.admit(host, stream).await,
                    Err(error) => Err(error),
                };
                let said = match done {
                    Ok(()) => FromRelay::Admitted { stream },
                    Err(error) => refused_stream(&error, stream),
                };
                self.say(&said).await
            }
            FromClient::CloseStream { stream } => {
                let done = match self.host() {
                    Ok(host) => self.relay.log.close(host, stream).await,
                    Err(error) => Err(error),
                };
                match done {
                    // Those who listen are told by the log.
                    Ok(()) if self.listens(stream) => Ok(()),
                    Ok(()) => {
                        let why = Closed::ByHost;
                        self.say(&FromRelay::Closed { stream, why }).await
                    }
                    Err(error) => self.say(&refused_stream(&error, stream)).await,
                }
            }
        }
    }

    /// Guests neither open nor close anything.
    fn host(&self) -> Result<Uuid, LogError> {
        match self.member.party {
            Party::Host(host) => Ok(host),
            Party::Guest(_) => Err(LogError::NotFound),
        }
    }

    async fn renew(&mut self, token: &str) -> Result<(), Ending> {
        match self.relay.porter.renew(token).await {
            Ok(known) if known.party == self.member.party => {
                self.lasts_until(known.ends);
                let lasts_s = clock::seconds_until(known.ends);
                self.say(&FromRelay::Renewed { lasts_s }).await
            }
            // The old token may still last: the client tries again.
            Err(Unknown::Storage) => self.say(&refused(Refusal::Storage)).await,
            Ok(_) | Err(Unknown::Token) => {
                self.say(&refused(Refusal::Token)).await?;
                Err(Ending::Token)
            }
        }
    }

    async fn open_door(&mut self, code: String, greeting: Vec<u8>, lasts_s: u64) -> FromRelay {
        let now = clock::now();
        let opened = match self.host() {
            Ok(_) if lasts_s > limits::LIFETIME.as_secs() => Err(LogError::TooLarge),
            Ok(host) => {
                let door = Door {
                    code: code.clone(),
                    greeting,
                    ends: now + 1000 * lasts_s.cast_signed(),
                };
                self.relay.log.open_door(host, door, now).await
            }
            Err(error) => Err(error),
        };
        match opened {
            Ok(stream) => FromRelay::DoorOpened { door: code, stream },
            Err(error) => refused_door(&error, code),
        }
    }

    /// Hands it to the log in the order of its coming; the answer follows when it is on disk.
    async fn append(
        &mut self,
        stream: StreamId,
        key: Uuid,
        envelope: Vec<u8>,
    ) -> Result<(), Ending> {
        if let Err(until) = self.member.appends.check() {
            let wait = until.wait_time_from(DefaultClock::default().now());
            let mut said = refused_append(&LogError::TooMany, stream, key);
            if let FromRelay::Refused { retry_ms, .. } = &mut said {
                *retry_ms = Some(clock::millis(wait).cast_unsigned() + 1);
            }
            return self.say(&said).await;
        }
        let held = self.relay.hold(envelope.len()).await;
        let append = Append {
            by: self.member.party,
            stream,
            key,
            envelope,
            at: clock::now(),
        };
        let stored = self.relay.log.append(append);
        let answer = async move {
            let stored = stored.await;
            drop(held);
            match stored {
                Ok(seq) => FromRelay::Stored { stream, key, seq },
                Err(error) => refused_append(&error, stream, key),
            }
        };
        self.under_way.push(answer.boxed());
        Ok(())
    }
}

/// A message's text; none when it only kept the connection alive.
pub(super) fn text(message: Option<Result<Message, Error>>) -> Result<Option<Utf8Bytes>, Ending> {
    match message {
        Some(Ok(Message::Text(text))) => Ok(Some(text)),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Binary(_))) => Err(Ending::Unreadable),
        Some(Ok(Message::Close(_))) | None => Err(Ending::Gone),
        Some(Err(error)) => Err(broken(&error)),
    }
}

/// The library's error says by its text alone what kind it is of.
fn broken(error: &Error) -> Ending {
    let text = error.to_string();
    if text.contains("too long") || text.contains("Space limit") {
        Ending::TooBig
    } else if text.contains("UTF-8") {
        Ending::Unreadable
    } else {
        Ending::Gone
    }
}

pub(super) fn refused(why: Refusal) -> FromRelay {
    FromRelay::Refused {
        why,
        stream: None,
        key: None,
        door: None,
        retry_ms: retry(why),
    }
}

pub(super) fn refused_stream(error: &LogError, about: StreamId) -> FromRelay {
    let mut said = refused(error.refusal());
    if let FromRelay::Refused { stream, .. } = &mut said {
        *stream = Some(about);
    }
    said
}

fn refused_append(error: &LogError, about: StreamId, its_key: Uuid) -> FromRelay {
    let mut said = refused_stream(error, about);
    if let FromRelay::Refused { key, .. } = &mut said {
        *key = Some(its_key);
    }
    said
}

fn refused_door(error: &LogError, about: String) -> FromRelay {
    let mut said = refused(error.refusal());
    if let FromRelay::Refused { door, .. } = &mut said {
        *door = Some(about);
    }
    said
}

/// A disk may have room again in a while.
fn retry(why: Refusal) -> Option<u64> {
    (why == Refusal::Storage).then_some(5_000)
}
