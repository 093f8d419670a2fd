//! What a person sees of their own account, and an administrator of everybody's access.

use basics::{Phi, SessionId, Timestamp, UserId};

use super::{SecondFactor, factor, invitation, mail, pin};
use crate::{
    Clinic, Permission, Permit,
    access::ActiveSession,
    clinic::lock_of,
    error::{ClinicError, Result},
    signin,
    write::Change,
};

/// One's own account.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// What is shown beside the password.
    pub factor: Option<SecondFactor>,
    /// Where codes go by e-mail.
    pub email: Option<Phi<String>>,
    /// Recovery codes that were not used yet.
    pub codes_left: u32,
    /// Since when there is a PIN.
    pub pin: Option<Timestamp>,
    /// Codes can be sent: the clinic has a mail server.
    pub mail: bool,
    /// Where one is signed in.
    pub windows: Vec<OwnWindow>,
}

/// A window at which one is signed in.
#[derive(Clone, Debug)]
pub struct OwnWindow {
    /// The session.
    pub id: SessionId,
    /// Since when.
    pub started: Timestamp,
    /// When somebody was last there.
    pub active: Timestamp,
    /// It is locked.
    pub locked: bool,
    /// It is the one that asks.
    pub here: bool,
}

/// How a person's access stands.
#[derive(Clone, Debug)]
pub struct AccountState {
    /// Who.
    pub user: UserId,
    /// Invited until then and not joined.
    pub invited_until: Option<Timestamp>,
    /// Where the invitation may be sent.
    pub invited_email: Option<Phi<String>>,
    /// Locked out after too many wrong passwords or codes.
    pub locked_out: bool,
    /// What they show beside the password.
    pub factor: Option<SecondFactor>,
}

impl Clinic {
    /// One's own account.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn own_account(&self, session: &ActiveSession) -> Result<OwnAccount> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let shown = factor::shown(db, session.user())?;
        let mut standing = lock_of(&self.inner.sessions).standing(self.now());
        standing.retain(|one| one.user_id == session.user());
        standing.sort_by_key(|one| (one.since, one.session));
        let windows = standing.into_iter().map(|one| OwnWindow {
            id: one.session,
            started: one.since,
            active: one.active,
            locked: one.locked,
            here: one.session == session.id(),
        });
        Ok(OwnAccount {
            factor: shown.as_ref().map(|(kind, ..)| *kind),
            email: shown.as_ref().and_then(|(_, email, _)| email.clone()),
            codes_left: shown.map_or(0, |(.., left)| left),
            pin: pin::since(db, session.user())?,
            mail: mail::is_set(db)?,
            windows: windows.collect(),
        })
    }

    /// Ends another of one's own sessions.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where it is nobody's or another person's; disk errors.
    pub fn end_own_session(&self, session: &ActiveSession, id: SessionId) -> Result<()> {
        {
            let mut sessions = lock_of(&self.inner.sessions);
            let own = sessions
                .look(id, self.now())
                .is_ok_and(|state| state.session.user_id == session.user());
            if !own || id == session.id() {
                return Err(ClinicError::NotFound { what: "session" });
            }
            sessions.end(id);
        }
        let store = self.store()?;
        self.note_act(
            &store,
            &signin::act("session.end_window", session.user(), self.now()),
        )
    }

    /// How everybody's access stands.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn account_states(&self, permit: &Permit) -> Result<Vec<AccountState>> {
        permit.needs(Permission::ManageUsers)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let invited = invitation::pending(db)?;
        let tries = lock_of(&self.inner.tries).clone();
        let mut statement = db.prepare_cached(
            "SELECT id, slot FROM users WHERE removed IS NULL ORDER BY login, key",
        )?;
        let rows = statement
            .query_map([], |row| {
                Ok((crate::record::sql::id(row, 0)?, row.get::<_, String>(1)?))
            })?
            .collect::<rusqlite::Result<Vec<(UserId, String)>>>()?;
        rows.into_iter()
            .map(|(user, slot)| {
                let invitation = invited.iter().find(|(id, ..)| *id == user);
                Ok(AccountState {
                    user,
                    invited_until: invitation.map(|(_, expires, _)| *expires),
                    invited_email: invitation.and_then(|(.., email)| email.clone()),
                    locked_out: tries.is_locked_out(&slot),
                    factor: factor::shown(db, user)?.map(|(kind, ..)| kind),
                })
            })
            .collect()
    }
}

impl Change<'_> {
    /// Lets somebody try again at once, after too many wrong passwords or codes.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; disk errors.
    pub fn unlock_account(&mut self, id: UserId) -> Result<()> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        let (slot, _) = self.slot_of(id)?;
        let mut tries = lock_of(&self.clinic.inner.tries);
        tries.succeeded(&slot);
        tries.write(&self.clinic.inner.dir)
    }

    /// Takes away the second factor of somebody who lost it, with the recovery codes.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none.
    pub fn remove_factor_of(&mut self, id: UserId) -> Result<()> {
        self.needs(Permission::ManageUsers)?;
        self.subject(id);
        match factor::clear(self.db, id)? {
            true => Ok(()),
            false => Err(ClinicError::NotFound {
                what: "second factor",
            }),
        }
    }
}
