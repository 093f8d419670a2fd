//! Typed ids, so that a scan's id can never be handed over where a patient's is meant.
//!
//! UUID version 7 (RFC 9562, section 5.7): they sort by the time they were made, which is what
//! keyset pages order by.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// An id of one kind of thing; `K` is a marker that exists only at compile time.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

macro_rules! kinds {
    ($($(#[$doc:meta])* $alias:ident = $kind:ident;)*) => { $(
        #[doc(hidden)]
        pub enum $kind {}
        $(#[$doc])*
        pub type $alias = Id<$kind>;
    )* };
}

kinds! {
    /// A person with an account.
    UserId = UserKind;
    /// A person whose record this is.
    PatientId = PatientKind;
    /// A DICOM study, or the group a plain picture was imported with.
    StudyId = StudyKind;
    /// One imported file: a DICOM instance or a picture.
    ScanId = ScanKind;
    /// One run of one model over one scan.
    ReadingId = ReadingKind;
    /// A clinician's judgement of a scan.
    VerdictId = VerdictKind;
    /// A measurement or note drawn on a scan.
    MarkId = MarkKind;
    /// A signed-in person at one window.
    SessionId = SessionKind;
    /// Work in the background that can be watched and cancelled.
    JobId = JobKind;
    /// A report.
    ReportId = ReportKind;
    /// A report on its way to one person by one channel.
    DeliveryId = DeliveryKind;
    /// A consultation.
    ConsultationId = ConsultationKind;
    /// An invitation to a consultation: one link or one spoken code.
    InvitationId = InvitationKind;
    /// A person in a consultation: the doctor, or a guest on a phone or across the desk.
    ParticipantId = ParticipantKind;
    /// The clinical note of a consultation.
    NoteId = NoteKind;
    /// Something said in a consultation; made by whoever says it, so that it is kept once.
    MessageId = MessageKind;
}

impl<K> Id<K> {
    /// A new id, later in order than every one this machine made before.
    pub fn new() -> Self {
        Self(Uuid::now_v7(), PhantomData)
    }

    /// The 16 bytes, most significant first.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// The id with these 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes), PhantomData)
    }
}

impl<K> Default for Id<K> {
    fn default() -> Self {
        Self::new()
    }
}
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<K> FromStr for Id<K> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(Uuid::parse_str(text)?, PhantomData))
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(|uuid| Self(uuid, PhantomData))
    }
}
impl<K: 'static> ts_rs::TS for Id<K> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_text_and_sort_by_age() {
        let (first, second) = (ScanId::new(), ScanId::new());
        assert_eq!(first.to_string().parse::<ScanId>().ok(), Some(first));
        assert_eq!(ScanId::from_bytes(*first.as_bytes()), first);
        assert!(first < second);
    }
}
