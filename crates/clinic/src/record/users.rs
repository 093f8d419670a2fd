//! Accounts. Passwords are not kept: each wraps the record's key (see `keys`).

use basics::{PatientId, Phi, Secret, Timestamp, UserId};

use crate::access::Role;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Sign-in name: 2–64 characters, no white space; upper and lower case are one.
    pub login: String,
    /// Shown name: 1–200 characters.
    pub name: Phi<String>,
    /// Role.
    pub role: Role,
    /// First password: 10–1,024 characters.
    pub password: Secret<String>,
}

/// An account.
#[derive(Clone, Debug)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Sign-in name.
    pub login: Phi<String>,
    /// Shown name.
    pub name: Phi<String>,
    /// Role.
    pub role: Role,
    /// May sign in.
    pub enabled: bool,
    /// For a patient's account.
    pub patient_id: Option<PatientId>,
    /// The person's preferences, JSON.
    pub preferences: serde_json::Value,
    /// When it was made.
    pub created: Timestamp,
    /// Last sign-in.
    pub last_sign_in: Option<Timestamp>,
}
