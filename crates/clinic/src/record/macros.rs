//! A doctor's own phrase macros: a short name for a longer text. They hold no patient's data.

use basics::Timestamp;
use rusqlite::params;

use super::sql;
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::Change,
};

/// A phrase macro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseMacro {
    /// What is typed: 1–200 characters, no white space.
    pub name: String,
    /// What stands for it: 1–8,000 characters.
    pub text: String,
    /// When it was saved.
    pub saved: Timestamp,
}

/// Macros that one person may have.
pub const MACROS: u32 = 500;

impl Clinic {
    /// The asker's own macros, by name.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn macros(&self, permit: &Permit) -> Result<Vec<PhraseMacro>> {
        permit.needs_one_of(&[Permission::WriteReports, Permission::ReadReports])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader
            .db()?
            .prepare_cached("SELECT name, text, saved FROM macros WHERE user = ?1 ORDER BY name")?;
        let macros = statement.query_map([permit.user().as_bytes()], |row| {
            Ok(PhraseMacro {
                name: row.get(0)?,
                text: row.get(1)?,
                saved: sql::moment(row, 2)?,
            })
        })?;
        Ok(macros.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Saves a macro in place of the one of this name.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for an empty text or a name with white space;
    /// [`ClinicError::Conflict`] (`too-many-macros`) over [`MACROS`]; the limits.
    pub fn save_macro(&mut self, name: &str, text: &str) -> Result<()> {
        self.needs(Permission::WriteReports)?;
        limits::name("name", name)?;
        limits::characters("text", text, limits::MESSAGE)?;
        let invalid = |field, rule| Err(ClinicError::Invalid { field, rule });
        if name.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return invalid("name", "no-white-space");
        }
        if text.trim().is_empty() {
            return invalid("text", "required");
        }
        let others: u32 = self
            .db
            .prepare_cached("SELECT count(*) FROM macros WHERE user = ?1 AND name <> ?2")?
            .query_row(params![self.by(), name], |row| row.get(0))?;
        if others >= MACROS {
            return Err(ClinicError::Conflict {
                reason: "too-many-macros",
            });
        }
        self.db
            .prepare_cached("INSERT OR REPLACE INTO macros VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![self.by(), name, text, self.at()])?;
        Ok(())
    }

    /// Forgets a macro.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn remove_macro(&mut self, name: &str) -> Result<()> {
        self.needs(Permission::WriteReports)?;
        match self
            .db
            .prepare_cached("DELETE FROM macros WHERE user = ?1 AND name = ?2")?
            .execute(params![self.by(), name])?
        {
            0 => Err(ClinicError::NotFound { what: "macro" }),
            _ => Ok(()),
        }
    }
}
