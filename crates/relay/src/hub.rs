//! Who is connected, and who listens to which stream: fans out what the log tells. All of it lives in
//! memory; a client that misses something finds it in the log by its cursor.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::extract::ws::Utf8Bytes;
use governor::DefaultDirectRateLimiter;
use protocol::{Closed, FromRelay, StreamId};
use tokio::sync::{Notify, mpsc};

use crate::{
    config::Limits,
    guard,
    live::Ending,
    log::{News, Party},
    metrics::Metrics,
};

/// What waits for a socket.
#[derive(Clone, Debug)]
pub(crate) enum Out {
    Entry {
        stream: StreamId,
        seq: u64,
        frame: Utf8Bytes,
    },
    Closed(StreamId, Closed),
    Frame(Utf8Bytes),
}

impl Out {
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Entry { frame, .. } | Self::Frame(frame) => frame.len(),
            Self::Closed(..) => size_of::<Self>(),
        }
    }
}

/// A socket whose party is known.
pub(crate) struct Member {
    pub(crate) party: Party,
    /// Counts its party's envelopes, over all its sockets.
    pub(crate) appends: Arc<DefaultDirectRateLimiter>,
    queue: mpsc::Sender<Out>,
    waiting: AtomicUsize,
    ending: OnceLock<Ending>,
    cut: Notify,
}

/// The relay's one hub.
pub(crate) struct Hub {
    parties: Mutex<HashMap<Party, Vec<Arc<Member>>>>,
    rooms: Mutex<HashMap<StreamId, Vec<Arc<Member>>>>,
    /// Bytes that wait in all queues.
    waiting: AtomicUsize,
    limits: Limits,
    metrics: Arc<Metrics>,
}

impl Member {
    /// Ends the socket, even one that is stuck in sending.
    pub(crate) fn cut(&self, why: Ending) {
        // The first reason counts.
        let _ = self.ending.set(why);
        self.cut.notify_one();
    }

    /// Comes when the socket was cut off.
    pub(crate) async fn cut_off(&self) -> Ending {
        self.cut.notified().await;
        self.ending.get().copied().unwrap_or(Ending::Gone)
    }

    fn is_host(&self) -> bool {
        matches!(self.party, Party::Host(_))
    }
}

impl Hub {
    pub(crate) fn new(limits: Limits, metrics: Arc<Metrics>) -> Self {
        Self {
            parties: Mutex::default(),
            rooms: Mutex::default(),
            waiting: AtomicUsize::new(0),
            limits,
            metrics,
        }
    }

    /// A socket comes in, unless its party has enough.
    pub(crate) fn enter(&self, party: Party) -> Option<(Arc<Member>, mpsc::Receiver<Out>)> {
        let (most, per_second) = match party {
            Party::Host(_) => (
                self.limits.sockets_per_host,
                self.limits.host_appends_per_second,
            ),
            Party::Guest(_) => (
                self.limits.sockets_per_guest,
                self.limits.guest_appends_per_second,
            ),
        };
        let mut parties = lock(&self.parties);
        let own = parties.entry(party).or_default();
        if own.len() >= most {
            return None;
        }
        let appends = own.first().map(|first| Arc::clone(&first.appends));
        let (queue, waiting) = mpsc::channel(self.limits.queue_frames);
        let member = Arc::new(Member {
            party,
            appends: appends.unwrap_or_else(|| Arc::new(guard::appends(per_second))),
            queue,
            waiting: AtomicUsize::new(0),
            ending: OnceLock::new(),
            cut: Notify::new(),
        });
        own.push(Arc::clone(&member));
        self.metrics.sockets.inc();
        Some((member, waiting))
    }

    /// A socket goes, having left its rooms.
    pub(crate) fn exit(&self, member: &Arc<Member>) {
        if let Entry::Occupied(mut own) = lock(&self.parties).entry(member.party) {
            own.get_mut().retain(|other| !Arc::ptr_eq(other, member));
            if own.get().is_empty() {
                own.remove();
            }
        }
        let left = member.waiting.swap(0, Ordering::Relaxed);
        self.waiting.fetch_sub(left, Ordering::Relaxed);
        self.metrics.sockets.dec();
    }

    /// A socket listens to a stream that it may reach.
    pub(crate) fn join(&self, stream: StreamId, member: &Arc<Member>) {
        let mut rooms = lock(&self.rooms);
        let room = rooms.entry(stream).or_default();
        if room.iter().any(|other| Arc::ptr_eq(other, member)) {
            return;
        }
        let before = presence(room);
        room.push(Arc::clone(member));
        if presence(room) == before {
            self.offer(member, Out::Frame(presence_frame(stream, before)));
        } else {
            self.tell_presence(stream, room);
        }
    }

    /// A socket stops listening.
    pub(crate) fn leave(&self, stream: StreamId, member: &Arc<Member>) {
        let mut rooms = lock(&self.rooms);
        let Entry::Occupied(mut room) = rooms.entry(stream) else {
            return;
        };
        let before = presence(room.get());
        room.get_mut().retain(|other| !Arc::ptr_eq(other, member));
        if room.get().is_empty() {
            room.remove();
        } else if presence(room.get()) != before {
            self.tell_presence(stream, room.get());
        }
    }

    /// Fans out what has become durable. Called by the log's own thread: it never waits.
    pub(crate) fn tell(&self, news: Vec<News>) {
        let rooms = lock(&self.rooms);
        for item in news {
            match item {
                News::Entry(entry) => {
                    self.metrics.stored.inc();
                    let Some(room) = rooms.get(&entry.stream) else {
                        continue;
                    };
                    let (stream, seq) = (entry.stream, entry.seq);
                    let frame = frame(&FromRelay::from(entry));
                    for member in room {
                        let frame = frame.clone();
                        self.metrics.delivered.inc();
                        self.offer(member, Out::Entry { stream, seq, frame });
                    }
                }
                News::Closed(stream, why) => {
                    let room = rooms.get(&stream).map_or(&[][..], Vec::as_slice);
                    for member in room {
                        self.offer(member, Out::Closed(stream, why));
                    }
                    // Its guest's token has ended too; one who listens is told first.
                    let listens =
                        |one: &&Arc<Member>| room.iter().any(|other| Arc::ptr_eq(other, one));
                    let guest = lock(&self.parties).get(&Party::Guest(stream)).cloned();
                    for member in guest.iter().flatten().filter(|one| !listens(one)) {
                        member.cut(Ending::Token);
                    }
                }
            }
        }
    }

    /// Ends every socket of a party.
    pub(crate) fn cut(&self, party: Party, why: Ending) {
        for member in lock(&self.parties).get(&party).into_iter().flatten() {
            member.cut(why);
        }
    }

    pub(crate) fn is_connected(&self, party: Party) -> bool {
        lock(&self.parties).contains_key(&party)
    }

    /// Sockets that are open.
    pub(crate) fn sockets(&self) -> usize {
        lock(&self.parties).values().map(Vec::len).sum()
    }

    /// Says something to everyone.
    pub(crate) fn tell_all(&self, said: &FromRelay) {
        let frame = frame(said);
        for member in lock(&self.parties).values().flatten() {
            self.offer(member, Out::Frame(frame.clone()));
        }
    }

    /// Ends every socket.
    pub(crate) fn cut_all(&self, why: Ending) {
        for member in lock(&self.parties).values().flatten() {
            member.cut(why);
        }
    }

    /// A socket took something from its queue.
    pub(crate) fn taken(&self, member: &Member, bytes: usize) {
        member.waiting.fetch_sub(bytes, Ordering::Relaxed);
        let all = self.waiting.fetch_sub(bytes, Ordering::Relaxed) - bytes;
        self.metrics
            .waiting
            .set(i64::try_from(all).unwrap_or(i64::MAX));
    }

    /// Puts something into a queue; one that is full belongs to someone who does not read.
    fn offer(&self, member: &Member, out: Out) {
        let bytes = out.bytes();
        let own = member.waiting.fetch_add(bytes, Ordering::Relaxed);
        let all = self.waiting.fetch_add(bytes, Ordering::Relaxed);
        // In need of memory those go who are behind.
        let behind = own + bytes > self.limits.queue_bytes
            || (own > 0 && all + bytes > self.limits.memory_bytes);
        if behind || member.queue.try_send(out).is_err() {
            member.waiting.fetch_sub(bytes, Ordering::Relaxed);
            self.waiting.fetch_sub(bytes, Ordering::Relaxed);
            if member.ending.get().is_none() {
                self.metrics.slow.inc();
            }
            member.cut(Ending::Slow);
        }
    }

    fn tell_presence(&self, stream: StreamId, room: &[Arc<Member>]) {
        let frame = presence_frame(stream, presence(room));
        for member in room {
            self.offer(member, Out::Frame(frame.clone()));
        }
    }
}

/// Whether the workstation and the guest are there.
fn presence(room: &[Arc<Member>]) -> (bool, bool) {
    let host = room.iter().any(|member| member.is_host());
    (host, room.iter().any(|member| !member.is_host()))
}

fn presence_frame(stream: StreamId, (host, guest): (bool, bool)) -> Utf8Bytes {
    frame(&FromRelay::Presence {
        stream,
        host,
        guest,
    })
}

/// A frame's text.
pub(crate) fn frame(said: &FromRelay) -> Utf8Bytes {
    // No map with odd keys and no number that JSON lacks: this does not fail.
    serde_json::to_string(said).unwrap_or_default().into()
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
