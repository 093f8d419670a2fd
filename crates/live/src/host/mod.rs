//! The host's side of one consultation, without I/O: frames, the doctor's acts, the record's
//! answers and the time go in; [`Effect`]s come out.
//!
//! Keys, doors, epochs and cursors are in what `Effect::Save` hands out; the messages are in the
//! record. From these two a host can be built again after a crash.

mod acts;
mod door;
mod effect;
mod inbound;
mod outbound;
mod peer;
mod relay;
mod saved;

use std::collections::{BTreeMap, BTreeSet};

use basics::{InvitationId, ParticipantId, Secret, Timestamp};
use protocol::{FromClient, StreamId};
use seal::live::{HostKey, JoinLink};

pub use effect::{Carried, Effect, Guest, Incoming, Invitation, Kept, Said, Told, Waiting, Way};

use crate::{Error, Result, content::Person, due::Due};
use door::{Door, Lock};
use peer::{Out, Peer, Rekey, Stage};
use saved::{Farewell, KeyText, Saved, SavedDoor};

/// What guests are told of the place.
#[derive(Clone, Debug)]
pub struct About {
    /// The clinic's name.
    pub clinic: String,
    /// Everyone at this workstation, the doctor first, then who sits across the desk.
    pub here: Vec<Person>,
}

/// One consultation.
pub struct Host {
    about: About,
    /// None after the end.
    key: Option<HostKey>,
    doors: Vec<Door>,
    /// Who came in first by which invitation.
    came: BTreeMap<InvitationId, ParticipantId>,
    peers: BTreeMap<StreamId, Peer>,
    farewells: Vec<Farewell>,
    /// Doors that the relay has not yet said to be closed.
    closing: BTreeSet<String>,
    /// When farewells and closings are said again.
    again: Option<Due>,
    /// The newest message's number.
    newest: u64,
    out: Out,
}

impl Host {
    /// A consultation that begins; nothing is at the relay until somebody is invited.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn new(about: About) -> Result<Self> {
        let key = HostKey::generate().map_err(|_| Error::NoRandom)?;
        Ok(Self::with(about, Some(key), 0))
    }

    /// A consultation that goes on after a restart. `newest` is the highest message number of the
    /// record. Spoken codes are gone; the doctor makes new ones.
    ///
    /// # Errors
    /// [`Error::State`] for bytes that no `Effect::Save` held.
    pub fn restore(about: About, saved: &Secret<Vec<u8>>, newest: u64) -> Result<Self> {
        let saved: Saved = serde_json::from_slice(saved.expose()).map_err(|_| Error::State)?;
        let key = saved.key.map(|key| HostKey::from_bytes(&key.0));
        let key = key.transpose().map_err(|_| Error::State)?;
        let doors = saved.doors.into_iter().filter_map(|door| {
            let link = JoinLink::kept(door.door, door.secret.0, key.as_ref()?);
            Some(Door::kept(door.id, link, door.until, door.cursor))
        });
        let doors = doors.collect();
        let mut host = Self::with(about, key, newest);
        host.doors = doors;
        host.came = saved.came.into_iter().collect();
        let peers = saved.peers.into_iter().map(Peer::restored);
        host.peers = peers.map(|peer| (peer.stream, peer)).collect();
        host.farewells = saved.farewells;
        host.closing = saved.closing.into_iter().collect();
        Ok(host)
    }

    fn with(about: About, key: Option<HostKey>, newest: u64) -> Self {
        Self {
            about,
            key,
            doors: Vec::new(),
            came: BTreeMap::new(),
            peers: BTreeMap::new(),
            farewells: Vec::new(),
            closing: BTreeSet::new(),
            again: None,
            newest,
            out: Out::default(),
        }
    }

    /// The next thing to do.
    pub fn next_effect(&mut self) -> Option<Effect> {
        self.out.effects.pop_front()
    }

    /// The relay knows us: everything unfinished is said again.
    pub fn connected(&mut self, now: Timestamp) {
        self.out.connected = true;
        if let Some(key) = &self.key {
            for door in self.doors.iter_mut().filter(|door| !door.is_tried()) {
                door.stream = None;
                self.out.send(door.open(key, now));
            }
        }
        for peer in self.peers.values_mut() {
            peer.here = false;
            if matches!(peer.rekey, Rekey::Asked) {
                peer.rekey = Rekey::No;
            }
            peer.subscribe(&mut self.out);
            if peer.is_inside() && !peer.stays {
                self.out.send(FromClient::Admit {
                    stream: peer.stream,
                });
            }
            for append in peer.outbox.again(peer.stream) {
                self.out.send(append);
            }
        }
        self.say_farewells();
        self.people_changed();
    }

    /// The connection is lost.
    pub fn disconnected(&mut self) {
        self.out.connected = false;
        for peer in self.peers.values_mut() {
            peer.here = false;
        }
        self.changed();
    }

    /// Time passes; once a second will do.
    pub fn tick(&mut self, now: Timestamp) {
        let over: Vec<_> = self
            .doors
            .iter()
            .filter(|door| door.is_over(now))
            .map(|door| door.id)
            .collect();
        for invitation in over {
            self.withdraw(invitation);
        }
        for door in &mut self.doors {
            if door.again.is_some_and(|due| due.is_past(now)) {
                door.again = None;
                if let Some(key) = &self.key {
                    self.out.send(door.open(key, now));
                }
            }
        }
        for peer in self.peers.values_mut() {
            if matches!(peer.rekey, Rekey::Later(due) if due.is_past(now)) {
                peer.ask_for_hello(&mut self.out);
            }
            if peer.outbox.is_due(now) {
                for append in peer.outbox.again(peer.stream) {
                    self.out.send(append);
                }
            }
            if peer.again.is_some_and(|due| due.is_past(now)) {
                peer.subscribe(&mut self.out);
            }
        }
        if self.again.is_some_and(|due| due.is_past(now)) {
            self.say_farewells();
        }
        self.drop_silent_knocks(now);
        self.pump();
    }

    /// Everyone who was let in by a phone and is not gone.
    pub fn guests(&self) -> Vec<Guest> {
        self.peers
            .values()
            .filter(|peer| peer.is_inside())
            .map(Peer::view)
            .collect()
    }

    /// Who waits outside.
    pub fn waiting(&self) -> Vec<Waiting> {
        let waiting = self
            .peers
            .values()
            .filter(|peer| peer.stage == Stage::Waiting);
        let view = waiting.map(|peer| Waiting {
            id: peer.id,
            invitation: peer.door,
            name: peer.name.clone(),
            language: peer.language,
            since: peer.since,
            code: peer.compare.as_ref().and_then(|compare| compare.code),
            second_device: self
                .came
                .get(&peer.door)
                .is_some_and(|first| *first != peer.id),
            here: peer.here,
        });
        view.collect()
    }

    /// Ways in that still stand.
    pub fn invitations(&self) -> Vec<Invitation> {
        self.doors
            .iter()
            .map(|door| door.view(self.came.contains_key(&door.id)))
            .collect()
    }

    /// Messages kept here that a guest has not got yet; of the guest who lacks most.
    pub fn unsent(&self) -> u64 {
        let inside = self.peers.values().filter(|peer| peer.is_inside());
        inside
            .map(|peer| self.newest.saturating_sub(peer.seen))
            .max()
            .unwrap_or(0)
    }

    /// Whether there is anything to say to a relay: an invitation, a guest or a farewell.
    pub fn needs_relay(&self) -> bool {
        !self.doors.is_empty()
            || !self.peers.is_empty()
            || !self.farewells.is_empty()
            || !self.closing.is_empty()
    }

    fn changed(&mut self) {
        self.tell(Told::Changed);
    }

    fn tell(&mut self, told: Told) {
        if self
            .out
            .effects
            .back()
            .is_none_or(|last| !matches!(last, Effect::Tell(same) if *same == told))
        {
            self.out.effects.push_back(Effect::Tell(told));
        }
    }

    fn save(&mut self) {
        let links = self.doors.iter().filter_map(|door| match &door.lock {
            Lock::Link(link) => Some(SavedDoor {
                id: door.id,
                door: link.door().to_owned(),
                secret: KeyText(link.secret().clone()),
                until: door.until,
                cursor: door.cursor,
            }),
            Lock::Spoken(_) | Lock::Tried(_) => None,
        });
        // A spoken code is not written down: after a restart its door is closed.
        let spoken = self
            .doors
            .iter()
            .filter(|door| matches!(door.lock, Lock::Spoken(_)));
        let closing = spoken
            .map(|door| door.code().to_owned())
            .chain(self.closing.iter().cloned());
        let saved = Saved {
            key: self.key.as_ref().map(|key| KeyText(key.to_bytes())),
            doors: links.collect(),
            came: self.came.iter().map(|(door, who)| (*door, *who)).collect(),
            peers: self.peers.values().map(Peer::to_saved).collect(),
            farewells: self.farewells.iter().map(Farewell::clone).collect(),
            closing: closing.collect(),
        };
        // Nothing in it can fail to be written as JSON.
        if let Ok(json) = serde_json::to_vec(&saved) {
            self.out.effects.push_back(Effect::Save(Secret::new(json)));
        }
    }
}
