//! Users and patients as the screens show them.

use basics::{PatientId, Phi, Secret, StudyId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CandidateView, OtherRecordView};
use crate::{imaging::ScanRow, reading::VerdictView, session::Role};

/// An account.
#[derive(Debug, Serialize, TS)]
pub struct UserView {
    /// Id.
    pub id: UserId,
    /// Sign-in name.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// May sign in.
    pub enabled: bool,
    /// For a patient's account.
    pub patient_id: Option<PatientId>,
    /// When it was made.
    pub created: Timestamp,
    /// Last sign-in.
    pub last_sign_in: Option<Timestamp>,
    /// When the account was removed.
    pub removed: Option<Timestamp>,
}

/// Makes an account for a member of staff.
#[derive(Debug, Deserialize, TS)]
pub struct CreateUserRequest {
    /// Shown name.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Role; patients' accounts are made from their chart.
    pub role: Role,
    /// First password.
    pub password: Secret<String>,
}

/// Lets a person sign in, or not.
#[derive(Debug, Deserialize, TS)]
pub struct SetUserEnabledRequest {
    /// Who.
    pub id: UserId,
    /// May sign in.
    pub enabled: bool,
}

/// Gives a person a new password.
#[derive(Debug, Deserialize, TS)]
pub struct ResetPasswordRequest {
    /// Who.
    pub id: UserId,
    /// The new password.
    pub password: Secret<String>,
}

/// Administrative sex (DICOM (0010,0040), FHIR administrative-gender).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Other.
    Other,
    /// Not known.
    Unknown,
}

/// How grave a reaction was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Allergy {
    /// Substance.
    pub substance: Phi<String>,
    /// Reaction.
    pub reaction: Phi<String>,
    /// Severity.
    pub severity: Severity,
}

/// What is known of allergies; absence is never shown as none.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Allergies {
    /// Nobody has asked yet.
    NotAsked,
    /// Asked: none known.
    NoneKnown,
    /// These.
    Known {
        /// At least one.
        items: Vec<Allergy>,
    },
}

/// A patient's identity and the warnings that belong on every screen.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PatientView {
    /// Id.
    pub id: PatientId,
    /// The clinic's own number, e.g. `MB-000042`.
    pub number: String,
    /// Full name.
    pub name: Phi<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Id given by another system, e.g. DICOM Patient ID.
    pub external_id: Option<Phi<String>>,
    /// Allergies.
    pub allergies: Allergies,
    /// When allergies were last recorded.
    pub allergies_recorded: Option<Timestamp>,
    /// Only the treating doctor opens it without breaking glass.
    pub restricted: bool,
    /// Invented.
    pub demo: bool,
    /// Rises with each correction; a correction names the one it corrects.
    pub version: u32,
    /// Records that were merged into this one: what they say of who this is.
    pub others: Vec<OtherRecordView>,
}

/// A line of a patient list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PatientRow {
    /// Id.
    pub id: PatientId,
    /// The clinic's own number.
    pub number: String,
    /// Full name.
    pub name: Phi<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Restricted.
    pub restricted: bool,
    /// How many scans.
    pub scans: u32,
}

/// Who a patient is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PatientDetails {
    /// Full name: 1–200 characters.
    pub name: Phi<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Id given by another system.
    pub external_id: Option<Phi<String>>,
}

/// Adds a patient.
#[derive(Debug, Deserialize, TS)]
pub struct CreatePatientRequest {
    /// Who.
    pub details: PatientDetails,
    /// The similar patients were looked at and this is another person.
    pub not_a_duplicate: bool,
}

/// The answer to adding a patient.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CreatePatientResponse {
    /// Added.
    Created {
        /// The new patient.
        patient: PatientView,
    },
    /// Nothing was added: these look like the same person.
    Similar {
        /// Who, and why.
        candidates: Vec<CandidateView>,
    },
}

/// A page of patients by name.
#[derive(Debug, Deserialize, TS)]
pub struct PatientsPageRequest {
    /// Words of the name, or a number; empty for all.
    pub query: String,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of patients.
#[derive(Debug, Serialize, TS)]
pub struct PatientsPage {
    /// Patients.
    pub rows: Vec<PatientRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
}

/// Names a patient.
#[derive(Debug, Deserialize, TS)]
pub struct PatientRequest {
    /// Who.
    pub id: PatientId,
}

/// A patient's chart.
#[derive(Debug, Serialize, TS)]
pub struct ChartView {
    /// Who.
    pub patient: PatientView,
    /// Newest first.
    pub studies: Vec<StudyView>,
    /// Whether a patient's account exists.
    pub has_account: bool,
}

/// One visit to a scanner.
#[derive(Debug, Serialize, TS)]
pub struct StudyView {
    /// Id.
    pub id: StudyId,
    /// When it was made, where the file says so.
    pub date: Option<String>,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// DICOM modality, e.g. `DX`; `OT` for plain pictures.
    pub modality: String,
    /// Its scans in reading order.
    pub scans: Vec<ScanRow>,
}

/// Corrects a patient's identity; the old version is kept.
#[derive(Debug, Deserialize, TS)]
pub struct CorrectPatientRequest {
    /// Who.
    pub id: PatientId,
    /// The version that was on screen.
    pub version: u32,
    /// As it should be.
    pub details: PatientDetails,
    /// Why.
    pub reason: String,
}

/// Records what is known of allergies.
#[derive(Debug, Deserialize, TS)]
pub struct SetAllergiesRequest {
    /// Who.
    pub id: PatientId,
    /// What is known.
    pub allergies: Allergies,
}

/// Restricts a record, or opens it again.
#[derive(Debug, Deserialize, TS)]
pub struct SetRestrictedRequest {
    /// Who.
    pub id: PatientId,
    /// Restricted.
    pub restricted: bool,
    /// Why.
    pub reason: String,
}

/// Makes an account for a patient.
#[derive(Debug, Deserialize, TS)]
pub struct CreatePatientAccountRequest {
    /// Whose record.
    pub id: PatientId,
    /// Sign-in name.
    pub login: String,
    /// First password.
    pub password: Secret<String>,
}

/// Who looked at a record.
#[derive(Debug, Serialize, TS)]
pub struct AccessRow {
    /// When.
    pub at: Timestamp,
    /// Shown name of the person.
    pub who: String,
    /// Role.
    pub role: Role,
    /// The verb, e.g. `scan.open`.
    pub verb: String,
    /// It was under an emergency access to a restricted record.
    pub broke_glass: bool,
}

/// A patient's own scan, in plain words: the doctor's verdict and nothing of the AI's.
#[derive(Debug, Serialize, TS)]
pub struct OwnScanView {
    /// The scan.
    pub scan: ScanRow,
    /// The doctor's newest verdict; none while nobody has looked.
    pub verdict: Option<VerdictView>,
}
