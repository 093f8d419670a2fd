#![doc = include_str!("../README.md")]

mod clock;
mod error;
mod id;
mod language;
mod sensitive;
mod translation;

pub use clock::{Clock, FixedClock, SystemClock, Timestamp};
pub use error::{Code, Coded};
pub use id::{
    ConsultationId, DeliveryId, Id, InvitationId, JobId, MarkId, MessageId, NoteId, ParticipantId,
    PatientId, ReadingId, ReportId, ScanId, SessionId, StudyId, UserId, VerdictId,
};
pub use language::Language;
pub use sensitive::{Phi, Secret};
pub use translation::{PhraseUse, Provenance};
