//! Accounts. Passwords are not kept: each wraps the record's key (see `keys`).

use basics::{PatientId, Phi, Secret, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::sql;
use crate::{
    Clinic,
    access::{ActiveSession, Permission, Permit, Role},
    accounts::{NewInvitation, invitation_is_pending},
    clinic::lock_of,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome},
    keys::{file::KeyFile, wrap::PasswordWrap},
    limits,
    write::Change,
};

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Sign-in name: 2–64 characters, no white space; upper and lower case are one.
    pub login: String,
    /// Shown name: 1–200 characters.
    pub name: Phi<String>,
    /// Role.
    pub role: Role,
    /// First password; see [`crate::keys::password`].
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
    /// When the account was removed; what the person did keeps their name.
    pub removed: Option<Timestamp>,
}

macro_rules! users {
    ($rest:literal) => {
        concat!(
            "SELECT id, login, name, role, enabled, patient, preferences, created, last_sign_in, removed
             FROM users ",
            $rest
        )
    };
}

impl Clinic {
    /// Every account, by sign-in name.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn users(&self, permit: &Permit) -> Result<Vec<User>> {
        permit.needs(Permission::ManageUsers)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(users!("ORDER BY login, key"))?;
        let users = statement.query_map([], user)?;
        Ok(users.collect::<rusqlite::Result<_>>()?)
    }

    /// The asker's own preferences.
    ///
    /// # Errors
    /// [`ClinicError::TooLong`] over 1 MiB; disk errors.
    pub fn save_preferences(
        &self,
        session: &ActiveSession,
        preferences: serde_json::Value,
    ) -> Result<()> {
        let text = preferences.to_string();
        limits::long("preferences", &text)?;
        let store = self.store()?;
        let (user, verb) = (session.user(), "session.save_preferences");
        store.transaction(|db| {
            db.execute(
                "UPDATE users SET preferences = ?2 WHERE id = ?1",
                params![user.as_bytes(), text],
            )?;
            let (user, outcome) = (Some(user), Outcome::Done);
            let act = Act {
                at: self.now(),
                user,
                verb,
                subjects: &[],
                outcome,
                code: None,
            };
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        })?;
        let mut sessions = lock_of(&self.inner.sessions);
        sessions.look(session.id(), self.now())?.session.preferences = preferences;
        Ok(())
    }
}

impl Change<'_> {
    /// Makes an account for a member of staff.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`login-taken`); [`ClinicError::Invalid`] (a patient's account is
    /// made from the chart); the limits.
    pub fn create_user(&mut self, new: &NewUser) -> Result<User> {
        self.needs(Permission::ManageUsers)?;
        if new.role == Role::Patient {
            return Err(ClinicError::Invalid {
                field: "role",
                rule: "patient-needs-chart",
            });
        }
        self.add_account(new, None)
    }

    /// Makes an account bound to a patient.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`login-taken`, `has-account`); [`ClinicError::NotFound`].
    pub fn create_patient_account(
        &mut self,
        patient: PatientId,
        login: &str,
        password: &Secret<String>,
    ) -> Result<User> {
        let may = [Permission::CreatePatientAccounts, Permission::WritePatients];
        self.permit.needs_one_of(&may)?;
        let found = self.patient_for(patient)?;
        let name: String = self.db.query_row(
            "SELECT name FROM patient_versions WHERE patient = ?1 AND version = ?2",
            params![found.key, found.version],
            |row| row.get(0),
        )?;
        if self
            .db
            .prepare_cached(
                "SELECT 1 FROM users WHERE patient IN (SELECT id FROM patients WHERE head = ?1)",
            )?
            .exists([found.key])?
        {
            return Err(ClinicError::Conflict {
                reason: "has-account",
            });
        }
        let (role, password) = (Role::Patient, password.clone());
        let new = NewUser {
            login: login.into(),
            name: Phi::new(name),
            role,
            password,
        };
        self.add_account(&new, Some(found.owned.patient))
    }

    /// Lets a person sign in, or not. Disabling ends their sessions and takes their wrapped key out of
    /// `keys.json`.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`last-administrator`).
    pub fn set_user_enabled(&mut self, id: UserId, enabled: bool) -> Result<User> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        let (slot, parked) = self.slot_of(id)?;
        if invitation_is_pending(self.db, id)? {
            return Err(ClinicError::Conflict { reason: "invited" });
        }
        if !enabled {
            self.keep_one_administrator(id)?;
            let wrap = self.change_keys(|keys| keys.accounts.remove(&slot))?;
            let parked = wrap
                .map(|wrap| serde_json::to_string(&wrap))
                .transpose()?
                .or(parked);
            set_enabled(self.db, id, false, parked.as_deref())?;
            lock_of(&self.clinic.inner.sessions).end_all_of(id);
        } else {
            if let Some(parked) = parked {
                let wrap: PasswordWrap = serde_json::from_str(&parked)?;
                self.change_keys(|keys| keys.accounts.insert(slot, wrap))?;
            }
            set_enabled(self.db, id, true, None)?;
        }
        find_by_id(self.db, id)
    }

    /// Gives a person a new password; it ends their sessions.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`disabled`); the limits.
    pub fn reset_password(&mut self, id: UserId, password: &Secret<String>) -> Result<()> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        let (slot, _) = self.slot_of(id)?;
        let user = find_by_id(self.db, id)?;
        let about = [user.login.expose(), user.name.expose()];
        self.clinic
            .check_new_password(password, &about.map(String::as_str))?;
        if !user.enabled {
            return Err(ClinicError::Conflict { reason: "disabled" });
        }
        self.remember_keys();
        self.clinic.set_password(self.store, &slot, password)?;
        lock_of(&self.clinic.inner.sessions).end_all_of(id);
        Ok(())
    }

    fn add_account(&mut self, new: &NewUser, patient: Option<PatientId>) -> Result<User> {
        check(new)?;
        let about = [&new.login, new.name.expose()];
        self.clinic
            .check_new_password(&new.password, &about.map(String::as_str))?;
        let slot = KeyFile::slot(&self.store.device(), &new.login);
        if find_by_slot(self.db, &slot)?.is_some() {
            return Err(ClinicError::Conflict {
                reason: "login-taken",
            });
        }
        let id = insert(self.db, new, &slot, patient, self.now)?;
        self.subject(id);
        self.remember_keys();
        self.clinic.set_password(self.store, &slot, &new.password)?;
        find_by_id(self.db, id)
    }

    pub(crate) fn slot_of(&self, id: UserId) -> Result<(String, Option<String>)> {
        let row = self
            .db
            .query_row(
                "SELECT slot, parked FROM users WHERE id = ?1 AND removed IS NULL",
                [id.as_bytes()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        row.ok_or(ClinicError::NotFound { what: "user" })
    }

    pub(super) fn keep_one_administrator(&self, id: UserId) -> Result<()> {
        let others = self
            .db
            .prepare_cached(
                "SELECT 1 FROM users WHERE role = 'administrator' AND enabled = 1 AND id <> ?1",
            )?
            .exists([id.as_bytes()])?;
        match others || find_by_id(self.db, id)?.role != Role::Administrator {
            true => Ok(()),
            false => Err(ClinicError::Conflict {
                reason: "last-administrator",
            }),
        }
    }

    /// `keys.json` is put back where the transaction fails.
    pub(crate) fn remember_keys(&mut self) {
        if self.keys_before.is_none() {
            self.keys_before = Some(lock_of(&self.clinic.inner.keys).clone());
        }
    }

    pub(crate) fn change_keys<T>(&mut self, change: impl FnOnce(&mut KeyFile) -> T) -> Result<T> {
        self.remember_keys();
        self.clinic.change_keys(change)
    }
}

/// Checks an account's texts.
pub(crate) fn check(new: &NewUser) -> Result<()> {
    limits::login(&new.login)?;
    limits::name("name", new.name.expose())?;
    limits::password(new.password.expose())
}

/// Adds the row.
pub(crate) fn insert(
    db: &Connection,
    new: &NewUser,
    slot: &str,
    patient: Option<PatientId>,
    at: Timestamp,
) -> Result<UserId> {
    let id = UserId::new();
    db.execute(
        "INSERT INTO users (id, slot, login, name, role, enabled, patient, preferences, created)
         VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, '{}', ?7)",
        params![
            id.as_bytes(),
            slot,
            new.login,
            new.name.expose(),
            new.role.key(),
            patient.map(|id| *id.as_bytes()),
            at.as_millisecond()
        ],
    )?;
    Ok(id)
}

/// Adds the row of somebody who was invited and cannot sign in yet.
pub(crate) fn insert_invited(
    db: &Connection,
    new: &NewInvitation,
    slot: &str,
    at: Timestamp,
) -> Result<UserId> {
    let new = NewUser {
        login: new.login.clone(),
        name: new.name.clone(),
        role: new.role,
        password: Secret::new(String::new()),
    };
    let id = insert(db, &new, slot, None, at)?;
    set_enabled(db, id, false, None)?;
    Ok(id)
}

/// Whether somebody was never able to sign in: no wrap of theirs was ever put aside, and they never did.
pub(crate) fn never_joined(db: &Connection, id: UserId) -> Result<bool> {
    let sql = "SELECT parked IS NULL AND last_sign_in IS NULL FROM users WHERE id = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([id.as_bytes()], |row| row.get(0))?)
}

/// The account of a sign-in name.
pub(crate) fn find_by_slot(db: &Connection, slot: &str) -> Result<Option<User>> {
    let sql = users!("WHERE slot = ?1");
    Ok(db.prepare_cached(sql)?.query_row([slot], user).optional()?)
}

pub(crate) fn find_by_id(db: &Connection, id: UserId) -> Result<User> {
    let sql = users!("WHERE id = ?1");
    let found = db
        .prepare_cached(sql)?
        .query_row([id.as_bytes()], user)
        .optional()?;
    found.ok_or(ClinicError::NotFound { what: "user" })
}

/// Says whether an account may sign in; `parked` keeps its wrapped key meanwhile.
pub(crate) fn set_enabled(
    db: &Connection,
    id: UserId,
    enabled: bool,
    parked: Option<&str>,
) -> Result<()> {
    let sql = "UPDATE users SET enabled = ?2, parked = ?3 WHERE id = ?1";
    db.execute(sql, params![id.as_bytes(), enabled, parked])?;
    Ok(())
}

/// Keeps the moment of a sign-in.
pub(crate) fn signed_in(db: &Connection, id: UserId, at: Timestamp) -> Result<()> {
    let sql = "UPDATE users SET last_sign_in = ?2 WHERE id = ?1";
    db.execute(sql, params![id.as_bytes(), at.as_millisecond()])?;
    Ok(())
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: sql::id(row, 0)?,
        login: sql::phi(row, 1)?,
        name: sql::phi(row, 2)?,
        role: sql::role(row, 3)?,
        enabled: row.get(4)?,
        patient_id: sql::optional_id(row, 5)?,
        preferences: sql::json(row, 6)?,
        created: sql::moment(row, 7)?,
        last_sign_in: sql::optional_moment(row, 8)?,
        removed: sql::optional_moment(row, 9)?,
    })
}
