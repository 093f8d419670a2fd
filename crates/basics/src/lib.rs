//! Ids, secrets, patient data, clock and error codes: the words that every crate shares.
//!
//! Nothing here knows of files, sockets or databases.

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
