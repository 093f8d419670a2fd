//! The clinic's settings, and which model packs are switched on.

use basics::{Timestamp, UserId};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::sql;
use crate::{
    Clinic,
    access::{ActiveSession, Permission, Role},
    error::{ClinicError, Result},
    limits,
    write::Change,
};

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
    /// Lines under the clinic's name on reports, e.g. address and telephone: at most 8 of 200 characters.
    #[serde(default)]
    pub letterhead: Vec<String>,
}

/// Lines of a letterhead.
pub const LETTERHEAD: usize = 8;

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

impl Settings {
    /// A new clinic's: 5 minutes for clinicians, 10 for administrators, reading on import.
    pub(crate) fn new(clinic_name: &str) -> Self {
        Self {
            clinic_name: clinic_name.into(),
            idle_minutes_clinical: 5,
            idle_minutes_admin: 10,
            read_on_import: true,
            letterhead: Vec::new(),
        }
    }

    /// Minutes until a window of this role locks.
    pub(crate) fn idle_minutes(&self, role: Role) -> u32 {
        match role {
            Role::Administrator => self.idle_minutes_admin,
            Role::Doctor | Role::Patient | Role::Pharmacist => self.idle_minutes_clinical,
        }
    }
}

impl Clinic {
    /// The clinic's settings, for whoever is signed in.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn settings(&self, _session: &ActiveSession) -> Result<Settings> {
        let store = self.store()?;
        read(store.readers.borrow()?.db()?)
    }

    /// The packs' switches, newest of each pack, for whoever is signed in.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn model_switches(&self, _session: &ActiveSession) -> Result<Vec<ModelSwitch>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT model_id, sha256, enabled, licence_accepted, by, at FROM model_switches
             WHERE key IN (SELECT max(key) FROM model_switches GROUP BY model_id)
             ORDER BY model_id",
        )?;
        let switches = statement.query_map([], |row| {
            Ok(ModelSwitch {
                id: row.get(0)?,
                sha256: row.get(1)?,
                enabled: row.get(2)?,
                licence_accepted: row.get(3)?,
                by: sql::id(row, 4)?,
                at: sql::moment(row, 5)?,
            })
        })?;
        Ok(switches.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Changes the settings. Running sessions keep their idle time until they sign in again.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for minutes outside 1–60; the limits.
    pub fn save_settings(&mut self, settings: &Settings) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        limits::name("clinic_name", &settings.clinic_name)?;
        for (field, minutes) in [
            ("idle_minutes_clinical", settings.idle_minutes_clinical),
            ("idle_minutes_admin", settings.idle_minutes_admin),
        ] {
            if !(1..=60).contains(&minutes) {
                return Err(ClinicError::Invalid {
                    field,
                    rule: "minutes-1-60",
                });
            }
        }
        if settings.letterhead.len() > LETTERHEAD {
            return Err(ClinicError::TooLong {
                field: "letterhead",
                limit: LETTERHEAD as u64,
            });
        }
        for line in &settings.letterhead {
            limits::short("letterhead", line)?;
        }
        let json = serde_json::to_string(settings)?;
        self.db
            .execute("UPDATE clinic SET settings = ?1 WHERE id = 1", [json])?;
        // The name is shown before sign-in, too.
        self.change_keys(|keys| keys.clinic_name.clone_from(&settings.clinic_name))
    }

    /// Switches a pack on or off, for exactly this model file.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for empty texts; the limits.
    pub fn switch_model(
        &mut self,
        id: &str,
        sha256: &str,
        enabled: bool,
        licence_accepted: bool,
    ) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        limits::name("model_id", id)?;
        limits::name("sha256", sha256)?;
        self.db.execute(
            "INSERT INTO model_switches (model_id, sha256, enabled, licence_accepted, by, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, sha256, enabled, licence_accepted, self.by(), self.at()],
        )?;
        Ok(())
    }
}

/// The settings row.
pub(crate) fn read(db: &Connection) -> Result<Settings> {
    Ok(db
        .prepare_cached("SELECT settings FROM clinic WHERE id = 1")?
        .query_row([], |row| sql::json(row, 0))?)
}
