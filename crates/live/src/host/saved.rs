//! The part of a host that outlives the program: keys, doors, epochs, cursors. It lies in the
//! encrypted record and is deleted with the consultation's end.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use basics::{InvitationId, Language, MessageId, ParticipantId, Phi, Timestamp};
use protocol::StreamId;
use seal::{
    Key,
    live::{Psk, PskId},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use zeroize::Zeroizing;

use crate::{content::Blob, outbox::Letter};

#[derive(Serialize, Deserialize)]
pub(super) struct Saved {
    pub(super) key: Option<KeyText>,
    pub(super) doors: Vec<SavedDoor>,
    /// Who came in first by which invitation.
    pub(super) came: Vec<(InvitationId, ParticipantId)>,
    pub(super) peers: Vec<SavedPeer>,
    pub(super) farewells: Vec<Farewell>,
    pub(super) closing: Vec<String>,
}

/// A link's door; a spoken code is never written down.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedDoor {
    pub(super) id: InvitationId,
    pub(super) door: String,
    pub(super) secret: KeyText,
    pub(super) until: Timestamp,
    pub(super) cursor: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SavedPeer {
    pub(super) id: ParticipantId,
    pub(super) stream: StreamId,
    pub(super) door: InvitationId,
    pub(super) psk: Option<(u8, KeyText)>,
    pub(super) resume: Option<KeyText>,
    pub(super) confirmed: bool,
    pub(super) inside: bool,
    pub(super) name: Phi<String>,
    pub(super) language: Language,
    pub(super) since: Timestamp,
    pub(super) epoch: u32,
    pub(super) cursor: u64,
    pub(super) seen: u64,
    #[serde(default)]
    pub(super) retold: Option<u64>,
    /// Once it was sounds alone.
    #[serde(alias = "sounds")]
    pub(super) blobs: Vec<(MessageId, Blob)>,
}

/// The last words on a stream; it is closed when the relay has them.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Farewell {
    pub(super) stream: StreamId,
    pub(super) letters: std::collections::VecDeque<Letter>,
}

/// A key as base64url.
pub(super) struct KeyText(pub(super) Key);

impl Serialize for KeyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0.expose())))
    }
}

impl<'de> Deserialize<'de> for KeyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = URL_SAFE_NO_PAD.decode(text.as_bytes()).map(Zeroizing::new);
        let key = bytes.ok().and_then(|bytes| Key::from_slice(&bytes));
        key.map(Self).ok_or_else(|| D::Error::custom("not a key"))
    }
}

/// A psk of an invitation, as saved.
pub(super) fn psk((id, key): (u8, KeyText)) -> Option<Psk> {
    let id = match id {
        1 => PskId::Link,
        2 => PskId::Spoken,
        _ => return None,
    };
    Some(Psk { id, key: key.0 })
}
