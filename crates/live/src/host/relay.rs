//! What the relay says. Nothing of it is trusted: frames of other streams are ignored, entries that do
//! not follow one another are asked for again, and what does not open is dropped.

use basics::Timestamp;
use protocol::{FromClient, FromRelay, Refusal, Sender, StreamId};
use uuid::Uuid;

use super::{Host, Told, peer::Peer};
use crate::due::Due;

/// Envelopes of one guest that wait for the record.
const INBOX: usize = 64;
/// Guests and knocks at once.
const PEERS: usize = 32;
/// Milliseconds until something refused is tried again, where the relay does not say.
const AGAIN_MS: u64 = 2000;

impl Host {
    /// The relay said something. Frames of other consultations are ignored.
    pub fn frame(&mut self, frame: &FromRelay, now: Timestamp) {
        match frame {
            FromRelay::DoorOpened { door, stream } => self.door_opened(door, *stream),
            FromRelay::DoorClosed { door } => self.door_closed(door),
            FromRelay::Subscribed { stream, head } => {
                if let Some(peer) = self.peers.get_mut(stream) {
                    peer.head = Some(*head);
                    self.take(*stream);
                }
            }
            FromRelay::Stored { stream, key, .. } => self.stored(*stream, *key),
            FromRelay::Entry {
                stream,
                seq,
                from,
                envelope,
                ..
            } => {
                self.entry(*stream, *seq, *from, &envelope.0, now);
            }
            FromRelay::Presence { stream, guest, .. } => self.presence(*stream, *guest),
            FromRelay::Admitted { stream } => {
                if let Some(peer) = self.peers.get_mut(stream) {
                    peer.stays = true;
                }
            }
            FromRelay::Closed { stream, .. } => self.closed(*stream),
            FromRelay::Refused {
                why,
                stream,
                key,
                door,
                retry_ms,
            } => {
                let due = Due::after(now, retry_ms.unwrap_or(AGAIN_MS));
                if *why == Refusal::Storage {
                    self.tell(Told::RelayFull);
                }
                match (stream, key, door) {
                    (Some(stream), Some(key), _) => self.append_refused(*stream, *key, *why, due),
                    (Some(stream), None, _) => self.stream_refused(*stream, *why, due),
                    (None, _, Some(door)) => self.door_refused(door, *why, now, due),
                    _ => {}
                }
            }
            FromRelay::Welcome { .. } | FromRelay::Renewed { .. } | FromRelay::Draining => {}
        }
    }

    fn door_opened(&mut self, code: &str, stream: StreamId) {
        if self.peers.contains_key(&stream) {
            return;
        }
        let Some(door) = self.doors.iter_mut().find(|door| door.code() == code) else {
            return;
        };
        door.stream = Some(stream);
        let after = door.cursor;
        self.out.send(FromClient::Subscribe { stream, after });
        self.changed();
    }

    fn door_closed(&mut self, code: &str) {
        if self.closing.remove(code) {
            self.save();
            self.over();
        } else if let Some(place) = self
            .doors
            .iter()
            .position(|door| door.code() == code && !door.is_tried())
        {
            self.doors.remove(place);
            self.save();
            self.changed();
        }
    }

    fn stored(&mut self, stream: StreamId, key: Uuid) {
        if self.farewell_stored(stream, key) {
            return;
        }
        let Some(peer) = self.peers.get_mut(&stream) else {
            return;
        };
        if let Some(letter) = peer.outbox.stored(key) {
            peer.stored = peer.stored.max(letter.n);
            self.pump();
        }
    }

    fn entry(&mut self, stream: StreamId, seq: u64, from: Sender, envelope: &[u8], now: Timestamp) {
        if let Some(place) = self
            .doors
            .iter()
            .position(|door| door.stream == Some(stream))
        {
            return self.knock(place, seq, from, envelope, now);
        }
        let Some(peer) = self.peers.get_mut(&stream) else {
            return;
        };
        if seq <= peer.cursor || peer.paused {
            return;
        }
        if seq > peer.cursor + 1 {
            if peer.head.is_some() {
                peer.subscribe(&mut self.out);
            }
            return;
        }
        if from == Sender::Guest {
            if peer.inbox.len() >= INBOX {
                peer.paused = true;
                self.out.send(FromClient::Unsubscribe { stream });
                return;
            }
            peer.inbox.push_back(envelope.to_vec());
        }
        peer.cursor = seq;
        self.take(stream);
    }

    /// Somebody knocked: the entry of a door is the id of a new stream.
    fn knock(&mut self, place: usize, seq: u64, from: Sender, entry: &[u8], now: Timestamp) {
        let door = &mut self.doors[place];
        if seq <= door.cursor || from != Sender::Relay {
            return;
        }
        door.cursor = seq;
        let Ok(stream) = Uuid::from_slice(entry) else {
            return;
        };
        let known = self.peers.contains_key(&stream)
            || self.farewells.iter().any(|one| one.stream == stream);
        if known {
            return;
        }
        let peer = Peer::knocked(stream, door.id, door.psk(), now);
        self.peers.insert(stream, peer);
        if self.peers.len() > PEERS {
            return self.farewell(stream, None, false);
        }
        self.save();
        if let Some(peer) = self.peers.get_mut(&stream) {
            peer.subscribe(&mut self.out);
        }
    }

    fn presence(&mut self, stream: StreamId, guest: bool) {
        let Some(peer) = self.peers.get_mut(&stream) else {
            return;
        };
        if peer.here != guest {
            peer.here = guest;
            self.people_changed();
        }
    }

    fn closed(&mut self, stream: StreamId) {
        if self.farewell_done(stream) {
            return;
        }
        if let Some(peer) = self.peers.remove(&stream) {
            self.save();
            if peer.is_inside() {
                self.tell(Told::Gone(peer.id));
            }
            self.people_changed();
        }
    }

    fn append_refused(&mut self, stream: StreamId, key: Uuid, why: Refusal, due: Due) {
        match why {
            Refusal::TooMany | Refusal::Storage => {
                if let Some(peer) = self.peers.get_mut(&stream) {
                    peer.outbox.refused(key, due);
                } else {
                    self.try_again(due);
                }
            }
            Refusal::NotFound | Refusal::Closed => self.closed(stream),
            // Of no use ever: an envelope that we made wrongly, or a key that was not unique.
            _ => {
                tracing::warn!(?why, "the relay refused an envelope for good");
                self.stored(stream, key);
            }
        }
    }

    fn stream_refused(&mut self, stream: StreamId, why: Refusal, due: Due) {
        match why {
            Refusal::NotFound | Refusal::Closed => self.closed(stream),
            _ => match self.peers.get_mut(&stream) {
                Some(peer) => peer.again = Some(due),
                None => self.try_again(due),
            },
        }
    }

    fn door_refused(&mut self, code: &str, why: Refusal, now: Timestamp, due: Due) {
        if self.closing.contains(code) {
            match why {
                Refusal::TooMany | Refusal::Storage => self.try_again(due),
                _ => self.door_closed(code),
            }
            return;
        }
        let Some(place) = self.doors.iter().position(|door| door.code() == code) else {
            return;
        };
        let door = &mut self.doors[place];
        match (why, &self.key) {
            (Refusal::Taken, Some(key)) if door.another_code().is_ok() => {
                self.out.send(door.open(key, now));
                self.save();
            }
            (Refusal::TooMany | Refusal::Storage, _) => door.again = Some(due),
            _ => {
                self.doors.remove(place);
                self.save();
            }
        }
        self.changed();
    }
}
