//! The doctor's acts.

use std::collections::VecDeque;

use basics::{InvitationId, ParticipantId, Timestamp};
use protocol::{FromClient, StreamId};
use seal::Key;

use super::{Host, Told, door::Door, peer::Stage, saved::Farewell};
use crate::{
    Error, Result,
    content::{FromHost, Person},
    due::Due,
    outbox::Letter,
};

/// Ways in that may stand at once.
const DOORS: usize = 16;
/// A knock that says no hello is dropped after so long.
const SILENT_S: i64 = 120;

impl Host {
    /// Makes a link; its door opens as soon as the relay answers.
    ///
    /// # Errors
    /// [`Error::Over`], [`Error::TooManyInvitations`], [`Error::NoRandom`].
    pub fn invite_link(&mut self, now: Timestamp) -> Result<InvitationId> {
        let key = self.key.as_ref().ok_or(Error::Over)?;
        let door = Door::link(key, now)?;
        self.open(door, now)
    }

    /// Makes a code to say on the telephone. Until its door is open, another code may replace it.
    ///
    /// # Errors
    /// As for a link.
    pub fn invite_spoken(&mut self, now: Timestamp) -> Result<InvitationId> {
        self.open(Door::spoken(now)?, now)
    }

    fn open(&mut self, door: Door, now: Timestamp) -> Result<InvitationId> {
        let key = self.key.as_ref().ok_or(Error::Over)?;
        if self.doors.len() >= DOORS {
            return Err(Error::TooManyInvitations { limit: DOORS });
        }
        let id = door.id;
        let open = door.open(key, now);
        self.doors.push(door);
        self.save();
        self.out.send(open);
        self.changed();
        Ok(id)
    }

    /// Closes a way in; who came by it and waits already may still be let in.
    pub fn withdraw(&mut self, invitation: InvitationId) {
        let Some(place) = self.doors.iter().position(|door| door.id == invitation) else {
            return;
        };
        let door = self.doors.remove(place);
        self.close(door.code().to_owned());
        self.changed();
    }

    pub(super) fn close(&mut self, door: String) {
        self.out.send(FromClient::CloseDoor { door: door.clone() });
        self.closing.insert(door);
        self.save();
    }

    /// Lets somebody in.
    ///
    /// # Errors
    /// [`Error::NoSuchPerson`]; [`Error::NotComparedYet`] before there was a code to compare.
    pub fn admit(&mut self, who: ParticipantId) -> Result<()> {
        let mut peers = self.peers.values_mut();
        let peer = peers
            .find(|peer| peer.id == who && peer.stage == Stage::Waiting)
            .ok_or(Error::NoSuchPerson)?;
        if peer.channel.is_none()
            || peer
                .compare
                .as_ref()
                .is_none_or(|compare| compare.code.is_none())
        {
            return Err(Error::NotComparedYet);
        }
        let resume = Key::make().map_err(|_| Error::NoRandom)?;
        peer.stage = Stage::Inside;
        peer.resume = Some(resume.clone());
        peer.compare = None;
        peer.caught_up_due = true;
        self.came.entry(peer.door).or_insert(who);
        let stream = peer.stream;
        // The key is durable before the guest has it.
        self.save();
        self.out.send(FromClient::Admit { stream });
        if let Some(peer) = self.peers.get_mut(&stream) {
            let resume = resume.expose().to_vec().into();
            peer.say(&mut self.out, &FromHost::Admitted { you: who, resume }, 0);
        }
        self.tell(Told::Joined(who));
        self.people_changed();
        Ok(())
    }

    /// Sends somebody who waits away.
    ///
    /// # Errors
    /// [`Error::NoSuchPerson`].
    pub fn decline(&mut self, who: ParticipantId) -> Result<()> {
        let waits = |stage| stage == Stage::Waiting;
        let stream = self.stream_of(who, waits)?;
        self.farewell(stream, Some(&FromHost::Declined), false);
        self.changed();
        Ok(())
    }

    /// Removes a guest.
    ///
    /// # Errors
    /// [`Error::NoSuchPerson`].
    pub fn remove(&mut self, who: ParticipantId) -> Result<()> {
        let stream = self.stream_of(who, |stage| stage == Stage::Inside)?;
        self.farewell(stream, Some(&FromHost::Removed), false);
        self.tell(Told::Gone(who));
        self.people_changed();
        Ok(())
    }

    /// Ends it: everybody is told, every key forgotten. [`Told::Over`] follows when the relay knows.
    pub fn end(&mut self) {
        for stream in self.peers.keys().copied().collect::<Vec<_>>() {
            self.farewell(stream, Some(&FromHost::Ended), true);
        }
        for door in std::mem::take(&mut self.doors) {
            self.out.send(FromClient::CloseDoor {
                door: door.code().to_owned(),
            });
            self.closing.insert(door.code().to_owned());
        }
        self.key = None;
        self.came.clear();
        self.save();
        self.changed();
        self.over();
    }

    /// Who is at this workstation changed, or what they read.
    pub fn set_here(&mut self, here: Vec<Person>) {
        self.about.here = here;
        self.people_changed();
    }

    fn stream_of(&self, who: ParticipantId, at: impl Fn(Stage) -> bool) -> Result<StreamId> {
        let mut peers = self.peers.values();
        let found = peers.find(|peer| peer.id == who && at(peer.stage));
        found.map(|peer| peer.stream).ok_or(Error::NoSuchPerson)
    }

    /// The last word on a stream, which is then closed; with `all`, what was on its way goes before it.
    pub(super) fn farewell(&mut self, stream: StreamId, word: Option<&FromHost>, all: bool) {
        let Some(mut peer) = self.peers.remove(&stream) else {
            return;
        };
        let sealed = word.and_then(|word| {
            let json = serde_json::to_vec(word).ok()?;
            peer.channel.as_mut()?.seal(&json).ok()
        });
        let mut letters = match all && sealed.is_some() {
            true => peer.outbox.into_letters(),
            false => VecDeque::new(),
        };
        letters.extend(sealed.map(|envelope| Letter::new(envelope, 0)));
        self.farewells.push(Farewell { stream, letters });
        self.save();
        self.say_farewell(self.farewells.len() - 1);
    }

    fn say_farewell(&mut self, place: usize) {
        let Some(farewell) = self.farewells.get(place) else {
            return;
        };
        for letter in &farewell.letters {
            self.out.send(letter.append(farewell.stream));
        }
        if farewell.letters.is_empty() {
            self.out.send(FromClient::CloseStream {
                stream: farewell.stream,
            });
        }
    }

    /// Says everything again that the relay has not acknowledged of ends and closings.
    pub(super) fn say_farewells(&mut self) {
        self.again = None;
        for place in 0..self.farewells.len() {
            self.say_farewell(place);
        }
        for door in &self.closing {
            self.out.send(FromClient::CloseDoor { door: door.clone() });
        }
    }

    /// The relay has this letter of a farewell; true if it is one.
    pub(super) fn farewell_stored(&mut self, stream: StreamId, key: uuid::Uuid) -> bool {
        let Some(place) = self
            .farewells
            .iter()
            .position(|farewell| farewell.stream == stream)
        else {
            return false;
        };
        let letters = &mut self.farewells[place].letters;
        letters.retain(|letter| letter.key != key);
        if letters.is_empty() {
            self.save();
            self.say_farewell(place);
        }
        true
    }

    /// The stream is closed; true if that was what a farewell waited for.
    pub(super) fn farewell_done(&mut self, stream: StreamId) -> bool {
        let before = self.farewells.len();
        self.farewells.retain(|farewell| farewell.stream != stream);
        let done = self.farewells.len() < before;
        if done {
            self.save();
            self.over();
        }
        done
    }

    pub(super) fn try_again(&mut self, due: Due) {
        self.again.get_or_insert(due);
    }

    pub(super) fn over(&mut self) {
        if self.key.is_none() && self.farewells.is_empty() && self.closing.is_empty() {
            self.tell(Told::Over);
        }
    }

    pub(super) fn drop_silent_knocks(&mut self, now: Timestamp) {
        let silent = self.peers.values().filter(|peer| {
            peer.stage == Stage::Knocking && now.as_second() - peer.since.as_second() > SILENT_S
        });
        for stream in silent.map(|peer| peer.stream).collect::<Vec<_>>() {
            self.farewell(stream, None, false);
        }
    }
}
