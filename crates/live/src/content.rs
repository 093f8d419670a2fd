//! What host and guest say to each other inside sealed envelopes (docs/consultation.md).

use basics::{Language, MessageId, ParticipantId};
pub use basics::{PhraseUse, Provenance};
use protocol::Bytes;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Characters of a message at most.
pub const TEXT: usize = 4000;
/// Milliseconds of a sound at most: eight minutes are 15.4 MB of WAV, which one blob holds.
pub const SOUND_MS: u64 = 8 * 60 * 1000;

/// What people say is never printed: `Debug` tells the type alone.
macro_rules! silent {
    ($($name:ident)*) => { $(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )* };
}
silent! { Hello FromGuest FromHost Person Message Transcript Translation Sound Enclosure Blob }

/// The one plaintext of a hello.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hello {
    /// How the guest wants to be called; empty when resuming.
    pub name: String,
    /// The language the guest reads.
    pub language: Language,
    /// SHA-256 of the guest's number for the short string, 32 bytes; empty when resuming.
    #[ts(type = "string")]
    pub commit: Bytes,
    /// The page shows every message up to this number complete, that is with its translation; 0 for
    /// none. The host sends everything after it again, so that a late translation is never lost.
    pub have: u64,
}

/// From a guest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum FromGuest {
    /// The number behind the commitment.
    Reveal {
        /// 32 bytes.
        #[ts(type = "string")]
        nonce: Bytes,
    },
    /// Says something.
    Say {
        /// Made by the guest: the message is kept once, however often it is sent.
        id: MessageId,
        /// What it is written in.
        language: Language,
        /// The words.
        text: String,
        /// The phrase it was picked from, e.g. `pain-where`, with its filled slots.
        phrase: Option<PhraseUse>,
    },
    /// Says something aloud.
    Voice {
        /// As in `Say`.
        id: MessageId,
        /// What is spoken.
        language: Language,
        /// The sealed sound.
        sound: Sound,
    },
    /// Reads another language from now on.
    Language {
        /// Which.
        language: Language,
    },
    /// Asks for an older message in the guest's present language.
    Translate {
        /// Which message.
        id: MessageId,
    },
    /// Has seen every message up to this number.
    Seen {
        /// The number.
        n: u64,
    },
    /// Holds the file that a message carries, whole. Said again after every hello.
    Has {
        /// Which message.
        id: MessageId,
    },
    /// Goes.
    Leave,
}

/// From the host.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum FromHost {
    /// The hello was understood; the doctor has not decided yet, or (resumed) has long ago.
    Welcome {
        /// The host's number for the short string, 32 bytes; empty when resumed.
        #[ts(type = "string")]
        nonce: Bytes,
        /// The clinic's name.
        clinic: String,
        /// The doctor's name.
        doctor: String,
        /// Whether the guest is in already.
        admitted: bool,
    },
    /// Come in.
    Admitted {
        /// The guest's own id.
        you: ParticipantId,
        /// Psk of the next hello, 32 bytes; the link is spent.
        #[ts(type = "string")]
        resume: Bytes,
    },
    /// Not this time.
    Declined,
    /// No longer part of it.
    Removed,
    /// The consultation is over.
    Ended,
    /// Who is there, the guest included.
    People {
        /// Everyone admitted, the doctor first.
        people: Vec<Person>,
    },
    /// Something that was said; the guest's own messages too, which thereby are known to be kept.
    Message {
        /// It.
        message: Message,
    },
    /// A translation that came later, or anew.
    Translation {
        /// Of which message.
        id: MessageId,
        /// It.
        translation: Translation,
    },
    /// The words of a voice note that came later, or anew; its translation follows by itself.
    Transcript {
        /// It.
        transcript: Transcript,
    },
    /// Everything kept so far was sent.
    CaughtUp {
        /// The newest number.
        n: u64,
    },
    /// A message of the guest's was not kept, and why; sending it again will not help.
    NotKept {
        /// Which.
        id: MessageId,
        /// Why.
        why: NotKept,
    },
}

/// Why a message was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotKept {
    /// Longer than the record takes.
    TooLong,
    /// The sound could not be fetched, opened or read.
    BadSound,
    /// The guest is not admitted, or the consultation is over.
    NotNow,
}

/// Somebody in the consultation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Who.
    pub id: ParticipantId,
    /// As they want to be called.
    pub name: String,
    /// The doctor, or a guest.
    pub doctor: bool,
    /// What they read.
    pub language: Language,
    /// Whether they are connected now.
    pub here: bool,
}

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Message {
    /// Its place in the consultation, from 1 without gaps.
    #[ts(type = "number")]
    pub n: u64,
    /// Its id.
    pub id: MessageId,
    /// Who said it.
    pub from: ParticipantId,
    /// When it was kept, milliseconds since 1970 by the host's clock.
    #[ts(type = "number")]
    pub at: i64,
    /// What it was said in.
    pub language: Language,
    /// The words; empty for a voice note that was not written down.
    pub text: String,
    /// Of a voice note: how it stands with its words.
    #[serde(default)]
    pub writing: Option<Writing>,
    /// The sound, if it was spoken.
    pub sound: Option<Sound>,
    /// The file that was handed over with it.
    pub enclosure: Option<Enclosure>,
    /// In the reader's language; `None` until it is there (phase two).
    pub translation: Option<Translation>,
}

/// How a voice note stands with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Writing {
    /// A machine is to write it down.
    Waiting,
    /// Nobody wrote it down.
    NotWritten,
    /// Nobody speaks in it.
    NoSpeech,
    /// A machine wrote it down.
    Machine,
    /// The doctor wrote it down, or corrected the machine.
    Corrected,
}

/// The words of a voice note.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Transcript {
    /// Of which message.
    pub id: MessageId,
    /// What it was said in.
    pub language: Language,
    /// The words.
    pub text: String,
    /// Who stands behind them.
    pub writing: Writing,
}

/// A message in another language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Translation {
    /// Into what.
    pub language: Language,
    /// The words; empty where `provenance` is `not_translated`, and while it is held.
    pub text: String,
    /// Who stands behind it.
    pub provenance: Provenance,
    /// A machine translated it and something differs from the message: the doctor looks at it first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub held: bool,
}

/// A sealed sound at the relay: WAV, 16 kHz, one channel, 16 bit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sound {
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: String,
    /// The blob's own key, 32 bytes.
    #[ts(type = "string")]
    pub key: Bytes,
    /// How long it plays, milliseconds.
    #[ts(type = "number")]
    pub ms: u64,
}

/// A file that is handed over, sealed at the relay: a report as a PDF locked with a passphrase. The
/// passphrase is never part of what travels here.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Enclosure {
    /// What the file is called; no person's data.
    pub name: String,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// Its size before it was sealed.
    #[ts(type = "number")]
    pub bytes: u64,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: String,
    /// The blob's own key, 32 bytes.
    #[ts(type = "string")]
    pub key: Bytes,
}

/// Where sealed bytes lie in a stream, and what opens them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sha256: String,
    /// The blob's own key, 32 bytes.
    pub key: Bytes,
}

impl Message {
    /// Nothing of it is still to come: it has its words and they are translated, or there are none.
    pub fn is_complete(&self) -> bool {
        let wordless = self.enclosure.is_some() || self.sound.is_some() && self.text.is_empty();
        self.writing != Some(Writing::Waiting) && (wordless || self.translation.is_some())
    }
}

impl Sound {
    /// Where it lies.
    pub fn blob(&self) -> Blob {
        let (sha256, key) = (self.sha256.clone(), self.key.clone());
        Blob { sha256, key }
    }
}

impl Enclosure {
    /// Where it lies.
    pub fn blob(&self) -> Blob {
        let (sha256, key) = (self.sha256.clone(), self.key.clone());
        Blob { sha256, key }
    }
}
