//! Accounts as an administrator handles them.

use basics::{Timestamp, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::session::Role;

/// Names a person.
#[derive(Debug, Deserialize, TS)]
pub struct UserRequest {
    /// Who.
    pub id: UserId,
}

/// Gives a member of staff another role.
#[derive(Debug, Deserialize, TS)]
pub struct SetUserRoleRequest {
    /// Who.
    pub id: UserId,
    /// Which; a patient's account is made from their chart.
    pub role: Role,
}

/// A person who is signed in on this workstation.
#[derive(Debug, Serialize, TS)]
pub struct SignedInView {
    /// Who.
    pub user_id: UserId,
    /// Their shown name; none for a patient's account.
    pub name: Option<String>,
    /// Role.
    pub role: Role,
    /// Label of the window; none where it was closed.
    pub window: Option<String>,
    /// It is this window.
    pub here: bool,
    /// The window is locked.
    pub locked: bool,
    /// Signed in since.
    pub since: Timestamp,
    /// Last key or pointer.
    pub active: Timestamp,
}

/// What a person would leave behind.
#[derive(Debug, Serialize, TS)]
pub struct DutiesView {
    /// Restricted records that only they open.
    pub restricted: u32,
    /// Reports begun and not signed.
    pub drafts: u32,
    /// Consultations that have not ended.
    pub consultations: u32,
}
