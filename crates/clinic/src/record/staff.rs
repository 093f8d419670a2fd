//! What an administrator does with people's accounts beside making them: other roles, ended sessions, and
//! removal, after which everything a person did still carries their name.

use basics::{Phi, Timestamp, UserId};
use rusqlite::params;

use super::users::{User, find_by_id};
use crate::{
    Clinic,
    access::{Permission, Permit, Role},
    clinic::lock_of,
    error::{ClinicError, Result},
    write::Change,
};

/// A session that stands on this workstation.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Which.
    pub session: basics::SessionId,
    /// Who.
    pub user_id: UserId,
    /// Their shown name.
    pub name: Phi<String>,
    /// Role.
    pub role: Role,
    /// Their window is locked.
    pub locked: bool,
    /// Since when they are signed in.
    pub since: Timestamp,
    /// When they last touched key or pointer.
    pub active: Timestamp,
}

/// What would be left without its person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    /// Restricted records that only this person opens.
    pub restricted: u32,
    /// Reports begun and not signed.
    pub drafts: u32,
    /// Consultations that have not ended.
    pub consultations: u32,
}

impl Clinic {
    /// Who is signed in on this workstation, longest first.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`].
    pub fn signed_in(&self, permit: &Permit) -> Result<Vec<SignedIn>> {
        permit.needs_one_of(&[Permission::ManageUsers, Permission::ReadStatistics])?;
        let mut all = lock_of(&self.inner.sessions).standing(self.now());
        all.sort_by_key(|one| (one.since, one.session));
        Ok(all)
    }

    /// What a person would leave behind.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn duties(&self, permit: &Permit, id: UserId) -> Result<Duties> {
        permit.needs(Permission::ManageUsers)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT (SELECT count(*) FROM patients WHERE restricted = 1 AND treating = ?1 AND head = key),
                    (SELECT count(*) FROM drafts AS d JOIN reports AS r ON r.key = d.report
                     WHERE r.author = ?1),
                    (SELECT count(*) FROM consultations WHERE doctor = ?1 AND ended IS NULL)",
        )?;
        Ok(statement.query_row([id.as_bytes()], |row| {
            Ok(Duties {
                restricted: row.get(0)?,
                drafts: row.get(1)?,
                consultations: row.get(2)?,
            })
        })?)
    }
}

impl Change<'_> {
    /// Gives a member of staff another role; it ends their sessions.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`yourself`, `last-administrator`);
    /// [`ClinicError::Invalid`] for a patient's account or role, which belong to a chart.
    pub fn set_user_role(&mut self, id: UserId, role: Role) -> Result<User> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        self.slot_of(id)?;
        let before = find_by_id(self.db, id)?.role;
        if role == Role::Patient || before == Role::Patient {
            return Err(ClinicError::Invalid {
                field: "role",
                rule: "patient-needs-chart",
            });
        }
        self.not_oneself(id)?;
        if role != Role::Administrator {
            self.keep_one_administrator(id)?;
        }
        self.db.execute(
            "UPDATE users SET role = ?2 WHERE id = ?1",
            params![id.as_bytes(), role.key()],
        )?;
        lock_of(&self.clinic.inner.sessions).end_all_of(id);
        find_by_id(self.db, id)
    }

    /// Takes an account away for good: its password opens nothing, its sign-in name is free again, its
    /// sessions end. The person's row stays, so that what they did keeps their name.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`yourself`, `last-administrator`).
    pub fn remove_user(&mut self, id: UserId) -> Result<User> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        let (slot, _) = self.slot_of(id)?;
        self.not_oneself(id)?;
        self.keep_one_administrator(id)?;
        self.change_keys(|keys| {
            keys.accounts.remove(&slot);
            keys.invitations.remove(&slot);
        })?;
        crate::accounts::forget(self.db, id)?;
        self.db.execute(
            "UPDATE users SET enabled = 0, parked = NULL, removed = ?2, slot = ?3, patient = NULL
             WHERE id = ?1",
            params![id.as_bytes(), self.at(), format!("removed {id}")],
        )?;
        lock_of(&self.clinic.inner.sessions).end_all_of(id);
        find_by_id(self.db, id)
    }

    /// Ends every session of a person; they may sign in again.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn end_sessions(&mut self, id: UserId) -> Result<()> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        self.slot_of(id)?;
        lock_of(&self.clinic.inner.sessions).end_all_of(id);
        Ok(())
    }

    fn not_oneself(&self, id: UserId) -> Result<()> {
        match id == self.permit.user() {
            false => Ok(()),
            true => Err(ClinicError::Conflict { reason: "yourself" }),
        }
    }
}
