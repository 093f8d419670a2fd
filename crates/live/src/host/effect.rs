//! What a [`Host`](super::Host) wants done, what it takes in and what it shows.

use basics::{InvitationId, Language, MessageId, ParticipantId, Phi, Secret, Timestamp};
use protocol::{FromClient, StreamId};

use crate::content::{NotKept, PhraseUse, Sound, Translation, Writing};

/// Something to do. Effects are carried out in their order: what a `Save` holds must be durable
/// before the next one is carried out.
#[derive(Debug)]
pub enum Effect {
    /// Put this state into the encrypted record. It holds keys.
    Save(Secret<Vec<u8>>),
    /// Say this to the relay; without a connection it is dropped, the host says it again in time.
    Send(FromClient),
    /// Keep what a guest said, then answer with [`Host::kept`](super::Host::kept). One at a time for each guest.
    Keep(Box<Incoming>),
    /// Read messages after a number, in their order, and answer with
    /// [`Host::history`](super::Host::history).
    NeedHistory {
        /// For whom.
        to: ParticipantId,
        /// What the guest reads.
        language: Language,
        /// Only above this number.
        after: u64,
        /// At most so many.
        limit: u32,
    },
    /// Seal what a message carries and put it at the relay in this stream, then answer with
    /// [`Host::blob_put`](super::Host::blob_put).
    PutBlob {
        /// For whom.
        to: ParticipantId,
        /// The guest's stream.
        stream: StreamId,
        /// Which message.
        message: MessageId,
    },
    /// Something that the screens or the record should know.
    Tell(Told),
}

/// Something that a guest said.
#[derive(Debug)]
pub struct Incoming {
    /// Who.
    pub from: ParticipantId,
    /// Where a sound lies.
    pub stream: StreamId,
    /// Made by the guest.
    pub id: MessageId,
    /// What it is in.
    pub language: Language,
    /// The words; empty for a sound.
    pub text: Phi<String>,
    /// The phrase that it claims to be.
    pub phrase: Option<PhraseUse>,
    /// The sound.
    pub sound: Option<Sound>,
}

/// What became of an [`Incoming`].
#[derive(Debug)]
pub enum Kept {
    /// It is in the record now: everyone gets it.
    New(Box<Said>),
    /// It was there already.
    Already,
    /// It will never be kept.
    Refused(NotKept),
    /// Not now: the disk or the network failed. The guest is asked for it again.
    Failed,
}

/// A message of the record.
#[derive(Clone, Debug)]
pub struct Said {
    /// Its place, from 1 without gaps.
    pub n: u64,
    /// Its id.
    pub id: MessageId,
    /// Who said it.
    pub from: ParticipantId,
    /// When it was kept.
    pub at: Timestamp,
    /// What it was said in.
    pub language: Language,
    /// The words.
    pub text: Phi<String>,
    /// What it carries besides words.
    pub carries: Option<Carried>,
    /// Translations that are there already; at least those into the reader's language.
    pub translations: Vec<Translation>,
}

/// What a message carries besides words; the bytes lie in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// It was spoken.
    Sound {
        /// How long it plays, milliseconds.
        ms: u64,
        /// How it stands with its words.
        writing: Writing,
    },
    /// A file is handed over with it.
    File {
        /// What the file is called; no person's data.
        name: String,
        /// Its media type.
        media_type: String,
        /// Its size.
        bytes: u64,
    },
}

/// News.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// People, waiting room, invitations or who has seen what: ask the host again.
    Changed,
    /// A guest was let in: keep the participant.
    Joined(ParticipantId),
    /// A guest reads another language now.
    LanguageChanged {
        /// Who.
        who: ParticipantId,
        /// Which.
        language: Language,
    },
    /// A guest wants this message in this language.
    TranslateAsked {
        /// Who.
        who: ParticipantId,
        /// Which message.
        id: MessageId,
        /// Into what.
        language: Language,
    },
    /// A guest has seen everything up to this number.
    Seen {
        /// Who.
        who: ParticipantId,
        /// The number.
        n: u64,
    },
    /// A guest holds the file of this message, whole. It may be told more than once.
    Has {
        /// Who.
        who: ParticipantId,
        /// Which message.
        id: MessageId,
    },
    /// A guest is gone for good: removed, or left.
    Gone(ParticipantId),
    /// The relay cannot store anything at the moment; it is tried again.
    RelayFull,
    /// Everything was said and closed after the end: the saved state can be deleted.
    Over,
}

/// A way in.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// What it is.
    pub way: Way,
    /// Whether the relay has opened its door.
    pub open: bool,
    /// Until when.
    pub until: Timestamp,
    /// A guest came in by it, or its one try was used.
    pub spent: bool,
}

/// A link or a code.
#[derive(Clone, Debug)]
pub enum Way {
    /// The part of the address after the relay's own: `/j/DOOR#FRAGMENT`.
    Link(Phi<String>),
    /// Ten digits: door and pin.
    Spoken(Phi<String>),
}

/// Somebody in the waiting room.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The id they will have.
    pub id: ParticipantId,
    /// The way they came by.
    pub invitation: InvitationId,
    /// As they want to be called.
    pub name: Phi<String>,
    /// What they read.
    pub language: Language,
    /// Since when.
    pub since: Timestamp,
    /// Four places in `seal::live::EMOJI`; none until the phone has answered.
    pub code: Option<[usize; 4]>,
    /// Came by a link whose guest is in already.
    pub second_device: bool,
    /// Connected now.
    pub here: bool,
}

/// Somebody who was let in.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Id.
    pub id: ParticipantId,
    /// Where the relay keeps what they and the host say.
    pub stream: StreamId,
    /// As they want to be called.
    pub name: Phi<String>,
    /// What they read.
    pub language: Language,
    /// Connected now.
    pub here: bool,
    /// The relay holds every message up to this number for them.
    pub stored: u64,
    /// They have every message up to this number on their screen.
    pub seen: u64,
}
