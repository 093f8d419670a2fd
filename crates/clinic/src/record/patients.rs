//! Patients: identity, allergies, restriction. Every change is a new row; the old ones stay.

use basics::{PatientId, Phi, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Administrative sex (DICOM (0010,0040), FHIR administrative-gender).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Other.
    Other,
    /// Not known.
    #[default]
    Unknown,
}

/// How grave a reaction was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Mild.
    Mild,
    /// Moderate.
    Moderate,
    /// Severe.
    Severe,
    /// Not known.
    Unknown,
}

/// A recorded allergy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergy {
    /// Substance: 1–200 characters.
    pub substance: Phi<String>,
    /// Reaction: at most 200 characters.
    pub reaction: Phi<String>,
    /// Severity.
    pub severity: Severity,
}

/// What is known of allergies; that nobody asked is never the same as none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Allergies {
    /// Nobody has asked yet.
    #[default]
    NotAsked,
    /// Asked: none known.
    NoneKnown,
    /// These.
    Known {
        /// At least one.
        items: Vec<Allergy>,
    },
}

/// Who a patient is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientDetails {
    /// Full name: 1–200 characters.
    pub name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Id given by another system, e.g. DICOM Patient ID (0010,0020).
    pub external_id: Option<Phi<String>>,
    /// Who gave that id (0010,0021).
    pub issuer: Option<Phi<String>>,
}

/// A patient as the record has them now.
#[derive(Clone, Debug)]
pub struct Patient {
    /// Id.
    pub id: PatientId,
    /// The clinic's own number, e.g. `MB-000042`.
    pub number: String,
    /// Who.
    pub details: PatientDetails,
    /// From 1; a correction adds one.
    pub version: u32,
    /// Allergies.
    pub allergies: Allergies,
    /// When allergies were last recorded.
    pub allergies_recorded: Option<Timestamp>,
    /// Only the treating doctor opens it.
    pub restricted: bool,
    /// The treating doctor.
    pub treating: Option<UserId>,
    /// An invented person.
    pub demo: bool,
    /// When the patient was added.
    pub created: Timestamp,
    /// Scans that were not retracted.
    pub scans: u32,
    /// A patient's account is bound to this record.
    pub has_account: bool,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Rows.
    pub rows: Vec<T>,
    /// Hand it back for the next page; none at the end.
    pub next: Option<String>,
}

/// An earlier or the present version of a patient's identity.
#[derive(Clone, Debug)]
pub struct PatientVersion {
    /// From 1.
    pub version: u32,
    /// As it was written.
    pub details: PatientDetails,
    /// Why it was written.
    pub reason: Phi<String>,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}
