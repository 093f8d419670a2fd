//! People who may be in the record twice, as the screens show them.

use ::clinic::MergeId;
use basics::{PatientId, Phi, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PatientDetails, PatientRow, PatientView};

/// What speaks for one person, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// The same id of another system.
    SameId,
    /// The same name.
    SameName,
    /// The same words of a name in another order.
    SameWords,
    /// A name that sounds the same.
    SoundsAlike,
    /// A name with a letter or two written otherwise.
    SpeltAlike,
    /// One name is a part of the other.
    PartOfName,
    /// The same birth date.
    SameBirth,
    /// Day and month of the birth date in each other's place.
    DayMonthSwapped,
    /// A birth date that differs in one digit.
    OneDigit,
    /// The birth date of one is not known.
    BirthUnknown,
    /// The same sex.
    SameSex,
    /// Another sex: speaks against it.
    OtherSex,
}

crate::views::mirror!(
    Trait = ::clinic::Trait {
        SameId,
        SameName,
        SameWords,
        SoundsAlike,
        SpeltAlike,
        PartOfName,
        SameBirth,
        DayMonthSwapped,
        OneDigit,
        BirthUnknown,
        SameSex,
        OtherSex
    }
);

/// How alike two people are, and why. It only says that somebody should look.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LikenessView {
    /// 0–100.
    pub score: u8,
    /// Most telling first.
    pub traits: Vec<Trait>,
}

/// Asks who may be this person.
#[derive(Debug, Deserialize, TS)]
pub struct CandidatesRequest {
    /// As typed.
    pub details: PatientDetails,
    /// The patient who is corrected; they are no duplicate of themselves.
    pub except: Option<PatientId>,
}

/// Somebody who may be this person.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CandidateView {
    /// Who.
    pub patient: PatientRow,
    /// How alike.
    pub likeness: LikenessView,
}

/// A page of pairs, most alike first.
#[derive(Debug, Deserialize, TS)]
pub struct DuplicatesRequest {
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200; 0 asks only how many wait.
    pub limit: u32,
}

/// A page of pairs.
#[derive(Debug, Serialize, TS)]
pub struct DuplicatesPage {
    /// Pairs.
    pub rows: Vec<PairView>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// How many wait in all.
    pub waiting: u32,
}

/// Two records that may be one person's.
#[derive(Debug, Serialize, TS)]
pub struct PairView {
    /// The older record.
    pub older: PatientView,
    /// The newer one.
    pub newer: PatientView,
    /// How alike.
    pub likeness: LikenessView,
    /// How many scans each has.
    pub scans: [u32; 2],
    /// Whether each has an account at the kiosk.
    pub accounts: [bool; 2],
    /// When each was made.
    pub created: [Timestamp; 2],
}

/// Has one record read for two.
#[derive(Debug, Deserialize, TS)]
pub struct MergeRequest {
    /// The record that is read for both.
    pub kept: PatientId,
    /// Its version on the screen.
    pub kept_version: u32,
    /// The other one.
    pub gone: PatientId,
    /// Its version on the screen.
    pub gone_version: u32,
    /// Why they are one person.
    pub reason: Phi<String>,
}

/// Says that two records are two people's.
#[derive(Debug, Deserialize, TS)]
pub struct PairRequest {
    /// One.
    pub one: PatientId,
    /// Its version on the screen.
    pub one_version: u32,
    /// The other.
    pub other: PatientId,
    /// Its version on the screen.
    pub other_version: u32,
    /// What was found; may be empty.
    pub reason: Phi<String>,
}

/// Takes a merge back.
#[derive(Debug, Deserialize, TS)]
pub struct UnmergeRequest {
    /// Which.
    pub merge_id: MergeId,
    /// Why.
    pub reason: Phi<String>,
}

/// Who a record that was merged into another says that the patient is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OtherRecordView {
    /// Its number.
    pub number: String,
    /// Name.
    pub name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
}

/// A merge.
#[derive(Debug, Serialize, TS)]
pub struct MergeView {
    /// Id.
    pub id: MergeId,
    /// Number of the record that was read for both.
    pub kept: String,
    /// The other one.
    pub gone: OtherRecordView,
    /// Why.
    pub reason: Phi<String>,
    /// Shown name of who did it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who took it back.
    pub undone: Option<UnmergedView>,
}

/// A merge that was taken back.
#[derive(Debug, Serialize, TS)]
pub struct UnmergedView {
    /// Why.
    pub reason: Phi<String>,
    /// Shown name of who did it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
