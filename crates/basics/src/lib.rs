#![doc = include_str!("../README.md")]

mod clock;
mod error;
mod id;
mod sensitive;

pub use clock::{Clock, FixedClock, SystemClock, Timestamp};
pub use error::{Code, Coded};
pub use id::{
    ConsultationId, Id, JobId, MarkId, PatientId, ReadingId, ReportId, ScanId, SessionId, StudyId,
    UserId, VerdictId,
};
pub use sensitive::{Phi, Secret};
