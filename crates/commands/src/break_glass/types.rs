//! Emergency accesses as the screens show them.

use ::clinic::OpeningId;
use basics::{PatientId, Phi, Secret, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clinic::Sex;

/// Looks for a restricted record: a number, or a full name with the birth date.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum FindSealedRequest {
    /// The clinic's number or another system's id.
    Number {
        /// As it is written.
        number: Phi<String>,
    },
    /// Both, exactly.
    Person {
        /// Full name.
        name: Phi<String>,
        /// `YYYY-MM-DD`.
        birth_date: Phi<String>,
    },
}

/// A restricted record before it is opened: enough to know the person.
#[derive(Debug, Serialize, TS)]
pub struct SealedPatientView {
    /// Id.
    pub id: PatientId,
    /// The clinic's number.
    pub number: String,
    /// Full name.
    pub name: Phi<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// The treating doctor, who may be asked first.
    pub treating: Option<String>,
}

/// Why a record is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BreakReason {
    /// Danger to life or health.
    Emergency,
    /// The treating doctor cannot be reached.
    TreatingAbsent,
    /// The patient asks this doctor for help.
    PatientAsks,
    /// The law asks for it.
    Law,
    /// As the words say.
    Other,
}

/// Opens a restricted record.
#[derive(Debug, Deserialize, TS)]
pub struct BreakGlassRequest {
    /// Whose.
    pub patient_id: PatientId,
    /// Why, from the list.
    pub reason: BreakReason,
    /// Why, in words: 1–200 characters.
    pub words: Phi<String>,
    /// One's own password, given now.
    pub password: Secret<String>,
}

/// One's own emergency access, while it lasts.
#[derive(Debug, Serialize, TS)]
pub struct OwnOpeningView {
    /// Id.
    pub id: OpeningId,
    /// Whose record.
    pub patient_id: PatientId,
    /// The clinic's number.
    pub patient_number: String,
    /// Full name.
    pub patient_name: Phi<String>,
    /// Milliseconds that are left.
    pub left_ms: u32,
}

/// How an emergency access ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OpeningEnd {
    /// The hour was over.
    Time,
    /// The person ended it.
    Person,
    /// The person opened another record.
    Another,
    /// The computer's clock was put back.
    Clock,
}

/// What a review found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// It was right to open the record.
    Justified,
    /// It was not.
    NotJustified,
}

/// A review.
#[derive(Debug, Serialize, TS)]
pub struct ReviewView {
    /// What was found.
    pub outcome: ReviewOutcome,
    /// In words.
    pub words: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An emergency access, with nothing of the record itself.
#[derive(Debug, Serialize, TS)]
pub struct OpeningView {
    /// Id.
    pub id: OpeningId,
    /// Who.
    pub user_id: UserId,
    /// Their shown name.
    pub user: String,
    /// The clinic's number of the patient.
    pub patient_number: String,
    /// Whose record.
    pub patient_id: PatientId,
    /// Why, from the list.
    pub reason: BreakReason,
    /// Why, in words.
    pub words: String,
    /// When.
    pub opened: Timestamp,
    /// When its review is due.
    pub due: Timestamp,
    /// The review is late.
    pub overdue: bool,
    /// When it ended; none while it lasts.
    pub ended: Option<Timestamp>,
    /// How.
    pub end: Option<OpeningEnd>,
    /// Rows of the journal under it.
    pub acts: u32,
    /// Oneself opened it: another administrator reviews.
    pub own: bool,
    /// The review; none while it is to be done.
    pub review: Option<ReviewView>,
}

/// How many reviews are to be done.
#[derive(Debug, Serialize, TS)]
pub struct OpeningsWaitingView {
    /// Not reviewed.
    pub waiting: u32,
    /// Of these: due since.
    pub overdue: u32,
}

/// A page of emergency accesses.
#[derive(Debug, Deserialize, TS)]
pub struct OpeningsRequest {
    /// Those that were reviewed, newest first; otherwise those to be reviewed, oldest first.
    pub reviewed: bool,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of emergency accesses.
#[derive(Debug, Serialize, TS)]
pub struct OpeningsPage {
    /// Rows.
    pub rows: Vec<OpeningView>,
    /// For the next page; none at the end.
    pub next: Option<String>,
}

/// What was done under one of them, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct OpeningActsRequest {
    /// Which.
    pub id: OpeningId,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// Answers a review task.
#[derive(Debug, Deserialize, TS)]
pub struct ReviewOpeningRequest {
    /// Which.
    pub id: OpeningId,
    /// What was found.
    pub outcome: ReviewOutcome,
    /// In words.
    pub words: String,
}
