//! The clinic's settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::setup::KeyStore;

/// The clinic's settings.
#[derive(Debug, Serialize, TS)]
pub struct SettingsView {
    /// The clinic's name.
    pub clinic_name: String,
    /// Minutes until a clinical window locks.
    pub idle_minutes_clinical: u32,
    /// Minutes until an administrator's window locks.
    pub idle_minutes_admin: u32,
    /// Every new scan is read by the default pack as it arrives.
    pub read_on_import: bool,
    /// Lines under the clinic's name on reports.
    pub letterhead: Vec<String>,
    /// Where the device's secret is kept.
    pub key_store: KeyStore,
    /// The recovery phrase was confirmed after it was shown.
    pub recovery_confirmed: bool,
    /// Folder of the record.
    pub folder: String,
    /// Bytes of the database.
    pub database_bytes: u64,
    /// Bytes of the vault.
    pub vault_bytes: u64,
    /// Bytes free on that disk.
    pub free_bytes: u64,
}

/// Changes the clinic's settings.
#[derive(Debug, Deserialize, TS)]
pub struct SaveSettingsRequest {
    /// The clinic's name.
    pub clinic_name: String,
    /// 1–60.
    pub idle_minutes_clinical: u32,
    /// 1–60.
    pub idle_minutes_admin: u32,
    /// Every new scan is read by the default pack as it arrives.
    pub read_on_import: bool,
    /// Lines under the clinic's name on reports: at most 8.
    pub letterhead: Vec<String>,
}

/// One check of the storage.
#[derive(Debug, Serialize, TS)]
pub struct StorageCheck {
    /// Key of what was tried (`check.<key>`): `keychain`, `database`, `vault`, `space`, `journal`.
    pub name: String,
    /// It works.
    pub ok: bool,
    /// What failed.
    pub problem: Option<crate::error::ErrorView>,
}
