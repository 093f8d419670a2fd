//! What an administrator's storage test tries: the database's pages and the vault's disk.

use std::io::Cursor;

use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
};

impl Clinic {
    /// Reads every page of the database and checks its structure.
    ///
    /// # Errors
    /// [`ClinicError::Damaged`]; [`ClinicError::WrongPermit`]; disk errors.
    pub fn check_database(&self, permit: &Permit) -> Result<()> {
        permit.needs(Permission::ManageSettings)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let found: String = reader
            .db()?
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        match found.as_str() {
            "ok" => Ok(()),
            _ => Err(ClinicError::Damaged { part: "database" }),
        }
    }

    /// Seals a trial file in the vault, reads it back, and removes it.
    ///
    /// # Errors
    /// [`ClinicError::Damaged`] where it reads back otherwise; [`ClinicError::WrongPermit`]; disk errors.
    pub fn check_vault(&self, permit: &Permit) -> Result<()> {
        permit.needs(Permission::ManageSettings)?;
        let store = self.store()?;
        let trial = seal::random::<64>()?;
        let stored = store.vault.put(&mut Cursor::new(&trial[..]))?;
        let read = store.vault.get(&stored);
        store.vault.remove(&stored)?;
        match read?.as_slice() == &trial[..] {
            true => Ok(()),
            false => Err(ClinicError::Damaged { part: "vault" }),
        }
    }
}
