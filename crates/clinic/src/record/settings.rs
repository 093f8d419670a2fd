//! The clinic's settings, and which model packs are switched on.

use basics::{Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// The clinic's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The clinic's name: 1–200 characters.
    pub clinic_name: String,
    /// Minutes until a clinical window locks: 1–60.
    pub idle_minutes_clinical: u32,
    /// Minutes until an administrator's window locks: 1–60.
    pub idle_minutes_admin: u32,
    /// Every new scan is read by the default pack as it arrives.
    pub read_on_import: bool,
}

/// A pack's switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelSwitch {
    /// The pack.
    pub id: String,
    /// SHA-256 of the model file for which this was said.
    pub sha256: String,
    /// On.
    pub enabled: bool,
    /// Its licence was shown and accepted.
    pub licence_accepted: bool,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}
