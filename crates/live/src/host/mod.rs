//! The host's side of one consultation, without I/O: frames, the doctor's acts, the record's
//! answers and the time go in; [`Effect`]s come out.
//!
//! Keys, doors, epochs and cursors are in what `Effect::Save` hands out; the messages are in the
//! record. From these two a host can be built again after a crash.

mod effect;

use basics::{InvitationId, MessageId, ParticipantId, Secret, Timestamp};
use protocol::FromRelay;

pub use effect::{Effect, Guest, Incoming, Invitation, Kept, Said, Told, Waiting, Way};

use crate::{
    Result,
    content::{Person, Sound, Translation},
};

/// What guests are told of the place.
#[derive(Clone, Debug)]
pub struct About {
    /// The clinic's name.
    pub clinic: String,
    /// Everyone at this workstation, the doctor first, then who sits across the desk.
    pub here: Vec<Person>,
}

/// One consultation.
pub struct Host {}

impl Host {
    /// A consultation that begins; nothing is at the relay until somebody is invited.
    ///
    /// # Errors
    /// [`crate::Error::NoRandom`].
    pub fn new(_about: About) -> Result<Self> {
        Ok(Self {})
    }

    /// A consultation that goes on after a restart. `newest` is the highest message number of the record.
    ///
    /// # Errors
    /// [`crate::Error::State`] for bytes that no `Effect::Save` held.
    pub fn restore(_about: About, _saved: &Secret<Vec<u8>>, _newest: u64) -> Result<Self> {
        Ok(Self {})
    }

    /// The next thing to do.
    pub fn next_effect(&mut self) -> Option<Effect> {
        None
    }

    // ── The way to the relay

    /// The relay knows us: everything unfinished is said again.
    pub fn connected(&mut self, _now: Timestamp) {}

    /// The connection is lost.
    pub fn disconnected(&mut self) {}

    /// The relay said something. Frames of other consultations are ignored.
    pub fn frame(&mut self, _frame: &FromRelay, _now: Timestamp) {}

    /// Time passes; once a second will do.
    pub fn tick(&mut self, _now: Timestamp) {}

    // ── The doctor's acts

    /// Makes a link; its door opens as soon as the relay answers.
    ///
    /// # Errors
    /// [`crate::Error::Over`], [`crate::Error::TooManyInvitations`], [`crate::Error::NoRandom`].
    pub fn invite_link(&mut self, _now: Timestamp) -> Result<InvitationId> {
        Ok(InvitationId::new())
    }

    /// Makes a code to say on the telephone. Another one may replace it until its door is open.
    ///
    /// # Errors
    /// As for a link.
    pub fn invite_spoken(&mut self, _now: Timestamp) -> Result<InvitationId> {
        Ok(InvitationId::new())
    }

    /// Closes a way in; who came by it and waits is declined.
    pub fn withdraw(&mut self, _invitation: InvitationId) {}

    /// Lets somebody in.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchPerson`]; [`crate::Error::NotComparedYet`] before there was a code to compare.
    pub fn admit(&mut self, _who: ParticipantId, _now: Timestamp) -> Result<()> {
        Ok(())
    }

    /// Sends somebody who waits away.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchPerson`].
    pub fn decline(&mut self, _who: ParticipantId) -> Result<()> {
        Ok(())
    }

    /// Removes a guest.
    ///
    /// # Errors
    /// [`crate::Error::NoSuchPerson`].
    pub fn remove(&mut self, _who: ParticipantId) -> Result<()> {
        Ok(())
    }

    /// Ends it: everybody is told, every key forgotten. [`Told::Over`] follows when the relay knows.
    pub fn end(&mut self) {}

    /// Who is at this workstation changed, or what they read.
    pub fn set_here(&mut self, _here: Vec<Person>) {}

    // ── The record's answers

    /// A message was kept here, by the doctor or across the desk: everyone gets it. Its number is the next one.
    pub fn deliver(&mut self, _said: Said) {}

    /// What became of an `Effect::Keep`.
    pub fn kept(&mut self, _from: ParticipantId, _id: MessageId, _kept: Kept, _now: Timestamp) {}

    /// The messages an `Effect::NeedHistory` asked for, in their order.
    pub fn history(&mut self, _to: ParticipantId, _page: Vec<Said>) {}

    /// A translation was kept: guests who read its language get it.
    pub fn translation(&mut self, _n: u64, _id: MessageId, _translation: &Translation) {}

    /// What became of an `Effect::PutSound`; `None` where it can never be put, so that the message
    /// goes without it. A driver tries again by itself what only the network hinders.
    pub fn sound_put(&mut self, _to: ParticipantId, _message: MessageId, _sound: Option<Sound>) {}

    // ── What the screens show

    /// Everyone who was let in by a phone and is not gone.
    pub fn guests(&self) -> Vec<Guest> {
        Vec::new()
    }

    /// Who waits outside.
    pub fn waiting(&self) -> Vec<Waiting> {
        Vec::new()
    }

    /// Ways in that still stand.
    pub fn invitations(&self) -> Vec<Invitation> {
        Vec::new()
    }

    /// Messages kept here that a guest has not got yet.
    pub fn unsent(&self) -> u64 {
        0
    }

    /// Whether there is anything to say to a relay: an invitation, a guest or a farewell.
    pub fn needs_relay(&self) -> bool {
        false
    }
}
