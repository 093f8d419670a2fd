//! Accounts of the staff, and patients.

mod duplicate_types;
mod duplicates;
mod identify;
mod patients;
mod types;
mod users;

pub use duplicate_types::*;
pub use identify::{ConfirmedIdentifier, Identifier};
pub(crate) use identify::{confirm_identity, confirm_identity_by};
pub use types::*;

use crate::table::commands;

commands! {
    /// Lists the accounts.
    "users.list": users::list, (()) -> Vec<UserView>,
        Permission(May::ManageUsers), Read("users.list"), provides [Users], stales [];
    /// Makes an account for a member of staff.
    "users.create": users::create, (CreateUserRequest) -> UserView,
        Permission(May::ManageUsers), Write("users.create"), provides [], stales [Users];
    /// Lets a person sign in, or not.
    "users.set_enabled": users::set_enabled, (SetUserEnabledRequest) -> UserView,
        Permission(May::ManageUsers), Write("users.set_enabled"), provides [], stales [Users];
    /// Gives a person a new password.
    "users.reset_password": users::reset_password, (ResetPasswordRequest) -> (),
        Permission(May::ManageUsers), Write("users.reset_password"), provides [], stales [Users];

    /// Lists patients by name or number.
    "patients.page": patients::page, (PatientsPageRequest) -> PatientsPage,
        Permission(May::ReadPatients), Read("patients.page"), provides [Patients], stales [];
    /// Adds a patient, unless similar ones are there that nobody looked at.
    "patients.create": patients::create, (CreatePatientRequest) -> CreatePatientResponse,
        Permission(May::WritePatients), Write("patients.create"), provides [], stales [Patients];
    /// Tells who may be this person already, and why.
    "patients.candidates": duplicates::candidates, (CandidatesRequest) -> Vec<CandidateView>,
        Permission(May::WritePatients), Read("patients.candidates"), provides [Patients], stales [];
    /// Lists pairs of records that may be one person's.
    "patients.duplicates": duplicates::page, (DuplicatesRequest) -> DuplicatesPage,
        Permission(May::MergePatients), Read("patients.duplicates"), provides [Patients], stales [];
    /// Has one record read for two; no fact moves, and it can be taken back.
    "patients.merge": duplicates::merge, (MergeRequest) -> PatientView,
        Permission(May::MergePatients), Write("patients.merge"), provides [],
        stales [Patients, Chart, Worklist, Scan, Consultations, Messages, Reports, Notes, Outbox];
    /// Says that two records are two people's.
    "patients.tell_apart": duplicates::tell_apart, (PairRequest) -> (),
        Permission(May::MergePatients), Write("patients.tell_apart"), provides [], stales [Patients];
    /// Shows which records were merged into a chart, and by whom.
    "patients.merges": duplicates::merges, (PatientRequest) -> Vec<MergeView>,
        Permission(May::ReadPatients), Read("patients.merges"), provides [Chart], stales [];
    /// Takes a merge back: each record is read for itself again.
    "patients.unmerge": duplicates::unmerge, (UnmergeRequest) -> Vec<PatientView>,
        Permission(May::MergePatients), Write("patients.unmerge"), provides [],
        stales [Patients, Chart, Worklist, Scan, Consultations, Messages, Reports, Notes, Outbox];
    /// Opens a patient's chart.
    "patients.open": patients::open, (PatientRequest) -> ChartView,
        Permission(May::ReadPatients), Read("patients.open"), provides [Chart], stales [];
    /// Corrects a patient's identity; the version before is kept.
    "patients.correct": patients::correct, (CorrectPatientRequest) -> PatientView,
        Permission(May::WritePatients), Write("patients.correct"),
        provides [], stales [Patients, Chart, Worklist, Scan];
    /// Records what is known of allergies.
    "patients.set_allergies": patients::set_allergies, (SetAllergiesRequest) -> PatientView,
        Permission(May::WritePatients), Write("patients.set_allergies"),
        provides [], stales [Chart, Scan];
    /// Restricts a record to its treating doctor, or opens it again.
    "patients.set_restricted": patients::set_restricted, (SetRestrictedRequest) -> (),
        Permission(May::RestrictRecords), Write("patients.set_restricted"),
        provides [], stales [Patients, Chart];
    /// Makes an account for a patient, bound to this record.
    "patients.create_account": patients::create_account, (CreatePatientAccountRequest) -> UserView,
        Permission(May::CreatePatientAccounts), Write("patients.create_account"),
        provides [], stales [Chart, Users];
}
