//! An invitation: the administrator names a person, who chooses their own password with a one-time code. The code wraps the
//! record's key, as a password does, and is kept nowhere; it opens nothing but [`Clinic::join`].

use basics::{Phi, Secret, Timestamp, UserId};
use jiff::SignedDuration;
use rusqlite::{Connection, OptionalExtension, params};

use super::{codes, factor::user_key, mail};
use crate::{
    Clinic, Permission,
    access::Role,
    clinic::lock_of,
    error::{ClinicError, Result},
    journal,
    keys::{file::KeyFile, wrap},
    limits,
    record::users,
    signin,
    write::Change,
};

/// How long a code is good for.
const GOOD: SignedDuration = SignedDuration::from_hours(72);

/// Whom to invite.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Sign-in name: 2–64 characters, no white space.
    pub login: String,
    /// Shown name: 1–200 characters.
    pub name: Phi<String>,
    /// Role; a patient's account is made from the chart.
    pub role: Role,
    /// Where the code may be sent.
    pub email: Option<Phi<String>>,
}

/// An invitation with its code, which is shown once.
#[derive(Debug)]
pub struct Invitation {
    /// The account.
    pub user: UserId,
    /// Its sign-in name.
    pub login: Phi<String>,
    /// Where it may be sent.
    pub email: Option<Phi<String>>,
    /// The code.
    pub code: Secret<String>,
    /// Until when it is good.
    pub expires: Timestamp,
}

impl Change<'_> {
    /// Makes an account that its owner has to join by a code.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`login-taken`); [`ClinicError::Invalid`]; the limits.
    pub fn invite(&mut self, new: &NewInvitation) -> Result<Invitation> {
        self.needs(Permission::ManageUsers)?;
        if new.role == Role::Patient {
            return Err(ClinicError::Invalid {
                field: "role",
                rule: "patient-needs-chart",
            });
        }
        limits::login(&new.login)?;
        limits::name("name", new.name.expose())?;
        let email = new.email.as_ref().map(|email| email.expose().as_str());
        email.map_or(Ok(()), mail::check_address)?;
        let slot = KeyFile::slot(&self.store.device(), &new.login);
        if users::find_by_slot(self.db, &slot)?.is_some() {
            return Err(ClinicError::Conflict {
                reason: "login-taken",
            });
        }
        let id = users::insert_invited(self.db, new, &slot, self.now)?;
        self.new_code(id, &slot, new.login.clone(), email.map(Into::into))
    }

    /// Gives somebody who never joined another code; the one before opens nothing any more.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`joined-already`); [`ClinicError::NotFound`].
    pub fn renew_invitation(&mut self, id: UserId) -> Result<Invitation> {
        self.needs(Permission::ManageUsers)?;
        let (slot, _) = self.slot_of(id)?;
        let user = users::find_by_id(self.db, id)?;
        if user.enabled || !users::never_joined(self.db, id)? {
            return Err(ClinicError::Conflict {
                reason: "joined-already",
            });
        }
        let key = user_key(self.db, id)?;
        let email = self
            .db
            .prepare_cached("SELECT email FROM staff_invitations WHERE user = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?
            .flatten();
        self.new_code(id, &slot, user.login.expose().clone(), email)
    }

    /// Takes an invitation back: its code opens nothing any more. The account stays, switched off.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none.
    pub fn withdraw_invitation(&mut self, id: UserId) -> Result<()> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        let (slot, _) = self.slot_of(id)?;
        let key = user_key(self.db, id)?;
        let gone = self
            .db
            .execute("DELETE FROM staff_invitations WHERE user = ?1", [key])?;
        if gone == 0 {
            return Err(ClinicError::NotFound { what: "invitation" });
        }
        self.change_keys(|keys| keys.invitations.remove(&slot))?;
        Ok(())
    }

    fn new_code(
        &mut self,
        id: UserId,
        slot: &str,
        login: String,
        email: Option<String>,
    ) -> Result<Invitation> {
        self.subject(id);
        // 80 random bits.
        let code = codes::make(4, 4)?;
        let (made, expires) = (
            self.now,
            self.now.saturating_add(GOOD).unwrap_or(Timestamp::MAX),
        );
        self.db.execute(
            "INSERT OR REPLACE INTO staff_invitations VALUES (?1, ?2, ?3, ?4)",
            params![
                user_key(self.db, id)?,
                email,
                made.as_millisecond(),
                expires.as_millisecond()
            ],
        )?;
        self.remember_keys();
        self.clinic.wrap_invitation(self.store, slot, &code)?;
        Ok(Invitation {
            user: id,
            login: Phi::new(login),
            email: email.map(Phi::new),
            code,
            expires,
        })
    }
}

impl Clinic {
    /// Joins by a code and chooses a password. The record is closed again afterwards, where nobody works: sign in next.
    ///
    /// # Errors
    /// [`ClinicError::WrongInvitation`] – the same for an unknown login; [`ClinicError::InvitationOver`];
    /// [`ClinicError::TooManyTries`]; [`ClinicError::PasswordRefused`] and the limits for the password.
    pub fn join(
        &self,
        login: &str,
        code: &Secret<String>,
        password: &Secret<String>,
    ) -> Result<()> {
        let joined = {
            let _one_at_a_time = lock_of(&self.inner.guess);
            self.join_alone(login, code, password)
        };
        self.lock_if_idle();
        joined
    }

    fn join_alone(
        &self,
        login: &str,
        code: &Secret<String>,
        password: &Secret<String>,
    ) -> Result<()> {
        let device = self.fetch_device(None)?;
        let slot = KeyFile::slot(&device, login);
        lock_of(&self.inner.tries).check(&slot, self.now())?;
        let code = codes::normal(code.expose());
        let keys = lock_of(&self.inner.keys).clone();
        let root = match keys.invitations.get(&slot) {
            Some(wrap) => keys.open_wrap(wrap, &bound(&slot), code.expose(), &device)?,
            None => wrap::pretend(code.expose(), &device, keys.cost).map(|()| None)?,
        };
        let Some(root) = root else {
            self.count_failure(&slot, "accounts.join")?;
            return Err(ClinicError::WrongInvitation);
        };
        let store = self.open_store(&root)?;
        super::settle_rotation(self, &store, &device)?;
        let (user, now) = {
            let reader = store.readers.borrow()?;
            let user =
                users::find_by_slot(reader.db()?, &slot)?.ok_or(ClinicError::WrongInvitation)?;
            check_time(reader.db()?, user.id, self.now())?;
            (user, self.now())
        };
        self.check_new_password(password, &[user.login.expose(), user.name.expose()])?;
        let before = lock_of(&self.inner.keys).clone();
        let joined = store.transaction(|db| {
            self.set_password(&store, &slot, password)?;
            self.change_keys(|keys| keys.invitations.remove(&slot))?;
            users::set_enabled(db, user.id, true, None)?;
            let key = user_key(db, user.id)?;
            db.execute("DELETE FROM staff_invitations WHERE user = ?1", [key])?;
            let act = signin::act("accounts.join", user.id, now);
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        });
        if joined.is_err() {
            self.change_keys(|keys| *keys = before)?;
        }
        joined?;
        self.forget_failures(&store, &slot)
    }

    /// Wraps the record's key under an invitation's code.
    fn wrap_invitation(
        &self,
        store: &crate::store::Store,
        slot: &str,
        code: &Secret<String>,
    ) -> Result<()> {
        let (cost, bound) = {
            let keys = lock_of(&self.inner.keys);
            (keys.cost, keys.bound(&bound(slot)))
        };
        let code = codes::normal(code.expose());
        let wrap =
            wrap::PasswordWrap::make(&store.root, code.expose(), &store.device(), cost, &bound)?;
        self.change_keys(|keys| keys.invitations.insert(slot.into(), wrap))?;
        Ok(())
    }
}

/// Who waits to join, until when, and where the invitation went.
type Pending = (UserId, Timestamp, Option<Phi<String>>);

/// Everybody who has not joined yet.
pub(super) fn pending(db: &Connection) -> Result<Vec<Pending>> {
    let mut statement = db.prepare_cached(
        "SELECT u.id, i.expires, i.email FROM staff_invitations AS i JOIN users AS u ON u.key = i.user",
    )?;
    let rows = statement.query_map([], |row| {
        let (user, expires) = (
            crate::record::sql::id(row, 0)?,
            crate::record::sql::moment(row, 1)?,
        );
        Ok((user, expires, crate::record::sql::optional_phi(row, 2)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether somebody has not joined yet.
pub(crate) fn is_pending(db: &Connection, user: UserId) -> Result<bool> {
    let sql = "SELECT 1 FROM staff_invitations WHERE user = (SELECT key FROM users WHERE id = ?1)";
    Ok(db.prepare_cached(sql)?.exists([user.as_bytes()])?)
}

/// Not over, and not from a time that this clock says is still to come.
fn check_time(db: &Connection, user: UserId, now: Timestamp) -> Result<()> {
    let sql = "SELECT made, expires FROM staff_invitations WHERE user = (SELECT key FROM users WHERE id = ?1)";
    let times = db
        .prepare_cached(sql)?
        .query_row([user.as_bytes()], |row| {
            Ok((
                crate::record::sql::moment(row, 0)?,
                crate::record::sql::moment(row, 1)?,
            ))
        })
        .optional()?;
    match times {
        Some((made, expires)) if made <= now && now <= expires => Ok(()),
        Some((made, _)) if now < made => Err(ClinicError::ClockBehind),
        _ => Err(ClinicError::InvitationOver),
    }
}

/// The place that an invitation's wrap is for: none but this.
pub(crate) fn bound(slot: &str) -> String {
    format!("invitation {slot}")
}
