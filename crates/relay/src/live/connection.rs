//! One socket: reads frames, passes on what waits, watches its token and its pulse.

use std::{collections::HashMap, pin::Pin, sync::Arc};

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use futures_util::{FutureExt, SinkExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use protocol::{Closed, FromRelay, Refusal, StreamId};
use tokio::{
    sync::mpsc,
    time::{Duration, Instant, Sleep, sleep_until},
};

use super::{Ending, frames};
use crate::{
    clock,
    hub::{Member, Out, frame},
    log::{LogError, Party},
    server::Relay,
};

/// Between pings; a client that has answered nothing by the next one is gone.
const PULSE: Duration = Duration::from_secs(30);
/// Envelopes of one socket on their way to the disk; it is not read while there are more.
const UNDER_WAY: usize = 64;
/// Entries read from the log at once.
const PIECE: u32 = 256;

pub(super) struct Connection<'a> {
    pub(super) relay: &'a Arc<Relay>,
    pub(super) member: &'a Arc<Member>,
    socket: &'a mut WebSocket,
    queue: mpsc::Receiver<Out>,
    /// Stream → the last place that was sent.
    cursors: HashMap<StreamId, u64>,
    /// Answers to appends.
    pub(super) under_way: FuturesUnordered<BoxFuture<'static, FromRelay>>,
    token_ends: Instant,
    pulse: Instant,
    heard: bool,
    alarm: Pin<Box<Sleep>>,
    /// Something was fed and not flushed.
    fed: bool,
}

impl<'a> Connection<'a> {
    pub(super) fn new(
        relay: &'a Arc<Relay>,
        socket: &'a mut WebSocket,
        member: &'a Arc<Member>,
        queue: mpsc::Receiver<Out>,
        ends: i64,
    ) -> Self {
        let token_ends = instant(ends);
        let pulse = Instant::now() + PULSE;
        Self {
            relay,
            member,
            socket,
            queue,
            cursors: HashMap::new(),
            under_way: FuturesUnordered::new(),
            token_ends,
            pulse,
            heard: true,
            alarm: Box::pin(sleep_until(token_ends.min(pulse))),
            fed: false,
        }
    }

    pub(super) fn streams(&self) -> Vec<StreamId> {
        self.cursors.keys().copied().collect()
    }

    pub(super) async fn run(&mut self, welcome: FromRelay) -> Ending {
        let Err(ending) = self.serve(welcome).await;
        ending
    }

    async fn serve(&mut self, welcome: FromRelay) -> Result<std::convert::Infallible, Ending> {
        self.say(&welcome).await?;
        loop {
            self.flush().await?;
            tokio::select! {
                message = self.socket.next(), if self.under_way.len() < UNDER_WAY => {
                    self.heard = true;
                    if let Some(text) = frames::text(message)? {
                        self.carry_out(&text).await?;
                    }
                }
                Some(out) = self.queue.recv() => self.pass(out).await?,
                Some(answer) = self.under_way.next() => self.say(&answer).await?,
                () = self.alarm.as_mut() => self.look_at_the_clock().await?,
            }
            // Whatever else is ready goes out in the same write.
            while let Ok(out) = self.queue.try_recv() {
                self.pass(out).await?;
            }
            while let Some(Some(answer)) = self.under_way.next().now_or_never() {
                self.say(&answer).await?;
            }
        }
    }

    pub(super) async fn say(&mut self, said: &FromRelay) -> Result<(), Ending> {
        if let FromRelay::Refused { .. } = said {
            self.relay.metrics.refused.inc();
        }
        self.feed(frame(said)).await
    }

    /// The token was renewed.
    pub(super) fn lasts_until(&mut self, ends: i64) {
        self.token_ends = instant(ends);
        self.set_alarm();
    }

    pub(super) fn listens_to(&self) -> usize {
        self.cursors.len()
    }

    pub(super) fn listens(&self, stream: StreamId) -> bool {
        self.cursors.contains_key(&stream)
    }

    pub(super) fn unsubscribe(&mut self, stream: StreamId) {
        if self.cursors.remove(&stream).is_some() {
            self.relay.hub.leave(stream, self.member);
        }
    }

    /// What is there, then what comes. The first look also says whether the stream may be reached; the
    /// looks after joining leave no gap, and what comes twice is known by its place.
    pub(super) async fn subscribe(&mut self, stream: StreamId, after: u64) -> Result<(), Ending> {
        let relay = self.relay;
        let read = relay.log.read(self.member.party, stream, after, 1).await;
        let head = match read {
            Ok(piece) => piece.head,
            Err(error) => return self.say(&frames::refused_stream(&error, stream)).await,
        };
        relay.hub.join(stream, self.member);
        self.cursors.insert(stream, after.min(head));
        self.say(&FromRelay::Subscribed { stream, head }).await?;
        self.catch_up(stream).await
    }

    async fn catch_up(&mut self, stream: StreamId) -> Result<(), Ending> {
        let relay = self.relay;
        while let Some(after) = self.cursors.get(&stream).copied() {
            let piece = match relay
                .log
                .read(self.member.party, stream, after, PIECE)
                .await
            {
                Ok(piece) => piece,
                // Expired between two looks.
                Err(LogError::NotFound) => return self.closed(stream, Closed::Expired).await,
                Err(error) => {
                    self.unsubscribe(stream);
                    return self.say(&frames::refused_stream(&error, stream)).await;
                }
            };
            let last = piece.entries.last().map_or(after, |entry| entry.seq);
            self.cursors.insert(stream, last);
            for entry in piece.entries {
                self.say(&entry.into()).await?;
            }
            self.flush().await?;
            if last >= piece.head {
                return match piece.closed {
                    Some(why) => self.closed(stream, why).await,
                    None => Ok(()),
                };
            }
        }
        Ok(())
    }

    async fn pass(&mut self, out: Out) -> Result<(), Ending> {
        self.relay.hub.taken(self.member, out.bytes());
        match out {
            Out::Frame(frame) => self.feed(frame).await,
            Out::Closed(stream, why) => self.closed(stream, why).await,
            Out::Entry { stream, seq, frame } => match self.cursors.get_mut(&stream) {
                Some(sent) if seq == *sent + 1 => {
                    *sent = seq;
                    self.feed(frame).await
                }
                Some(sent) if seq > *sent => self.catch_up(stream).await,
                _ => Ok(()),
            },
        }
    }

    async fn closed(&mut self, stream: StreamId, why: Closed) -> Result<(), Ending> {
        if !self.listens(stream) {
            return Ok(());
        }
        self.unsubscribe(stream);
        self.say(&FromRelay::Closed { stream, why }).await?;
        match self.member.party {
            // Its token has ended with it.
            Party::Guest(_) => Err(Ending::Token),
            Party::Host(_) => Ok(()),
        }
    }

    async fn look_at_the_clock(&mut self) -> Result<(), Ending> {
        let now = Instant::now();
        if now >= self.token_ends {
            self.say(&frames::refused(Refusal::Token)).await?;
            return Err(Ending::Token);
        }
        if now >= self.pulse {
            if !self.heard {
                return Err(Ending::Silent);
            }
            self.heard = false;
            self.pulse = now + PULSE;
            self.fed = true;
            let ping = Message::Ping(Default::default());
            self.socket.feed(ping).await.map_err(|_| Ending::Gone)?;
        }
        self.set_alarm();
        Ok(())
    }

    fn set_alarm(&mut self) {
        self.alarm.as_mut().reset(self.token_ends.min(self.pulse));
    }

    async fn feed(&mut self, frame: Utf8Bytes) -> Result<(), Ending> {
        self.fed = true;
        let fed = self.socket.feed(Message::Text(frame)).await;
        fed.map_err(|_| Ending::Gone)
    }

    async fn flush(&mut self) -> Result<(), Ending> {
        if !std::mem::take(&mut self.fed) {
            return Ok(());
        }
        self.socket.flush().await.map_err(|_| Ending::Gone)
    }
}

/// A time of the wall clock, from now on measured by one that nobody sets.
fn instant(ends: i64) -> Instant {
    let left = u64::try_from(ends - clock::now()).unwrap_or(0);
    Instant::now() + Duration::from_millis(left)
}
