//! Signing in and out, locking and unlocking. These acts journal themselves, refusals too.
//!
//! A password is right when it unwraps the record's key; there is no other check to get round.

use basics::{Secret, SessionId, Timestamp, UserId};
use jiff::SignedDuration;
use seal::Key;

use crate::{
    Clinic,
    access::ActiveSession,
    accounts::{self, Challenge, SignIn},
    clinic::lock_of,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome, Subject},
    keys::{
        file::KeyFile,
        password::{self, Strength},
        wrap::{self, PasswordWrap},
    },
    limits,
    record::{settings, users},
    session::Session,
    store::Store,
};

/// A person gave their password just now. It is spent by what it is shown for; only
/// [`Clinic::check_password`] makes one.
#[derive(Debug)]
pub struct PasswordProof {
    user: UserId,
    at: Timestamp,
}

impl PasswordProof {
    /// How long it is good for.
    const GOOD: SignedDuration = SignedDuration::from_mins(2);

    /// Checks that it is the asker's, and fresh.
    pub(crate) fn check(self, permit: &crate::Permit, now: Timestamp) -> Result<()> {
        self.check_user(permit.user(), now)
    }

    /// The same, for what everybody may do with their own account.
    pub(crate) fn check_user(self, user: UserId, now: Timestamp) -> Result<()> {
        match self.user == user && now.duration_since(self.at).abs() <= Self::GOOD {
            true => Ok(()),
            false => Err(ClinicError::PasswordNeeded),
        }
    }
}

impl Clinic {
    /// Signs a person in who has no second factor; opens the record where it is locked.
    ///
    /// # Errors
    /// [`ClinicError::WrongPassword`] – the same, after the same time, for an unknown login or a
    /// disabled account; [`ClinicError::CodeNeeded`]; [`ClinicError::TooManyTries`];
    /// [`ClinicError::LockedOut`]; [`ClinicError::PassphraseNeeded`];
    /// [`ClinicError::KeyUnavailable`]; [`ClinicError::NewerSchema`]; disk errors.
    pub fn sign_in(&self, login: &str, password: &Secret<String>) -> Result<Session> {
        match self.sign_in_with(login, password, None)? {
            SignIn::Done(session) => Ok(session),
            SignIn::CodeNeeded(challenge) => Err(ClinicError::CodeNeeded(challenge.kind)),
        }
    }

    /// Signs a person in, with the code of their second factor or a recovery code where they have one. A wrong code counts
    /// like a wrong password, and a right password alone forgives nothing.
    ///
    /// # Errors
    /// As [`Clinic::sign_in`]; [`ClinicError::WrongCode`]; [`ClinicError::ClockBehind`].
    pub fn sign_in_with(
        &self,
        login: &str,
        password: &Secret<String>,
        code: Option<&Secret<String>>,
    ) -> Result<SignIn> {
        let outcome = {
            let _one_at_a_time = lock_of(&self.inner.guess);
            self.sign_in_alone(login, password, code)
        };
        if outcome.is_err() {
            // A right password without its code keeps nothing open.
            self.lock_if_idle();
        }
        outcome
    }

    fn sign_in_alone(
        &self,
        login: &str,
        password: &Secret<String>,
        code: Option<&Secret<String>>,
    ) -> Result<SignIn> {
        const VERB: &str = "session.sign_in";
        let device = self.fetch_device(None)?;
        let slot = KeyFile::slot(&device, login);
        let (store, user) = self.right_password(VERB, &slot, &device, password)?;
        if let Some(kind) = self.factor_of(&store, user.id)? {
            let Some(code) = code else {
                return Ok(SignIn::CodeNeeded(Challenge {
                    user: user.id,
                    kind,
                    _hold: self.hold()?,
                }));
            };
            match self.take_code(&store, user.id, code.expose()) {
                Err(ClinicError::WrongCode) => {
                    self.count_failure(&slot, VERB)?;
                    return Err(ClinicError::WrongCode);
                }
                Err(ClinicError::ClockBehind) => {
                    self.note_act(&store, &refused(&store, VERB, &slot, self.now())?)?;
                    return Err(ClinicError::ClockBehind);
                }
                taken => taken?,
            }
        }
        self.forget_failures(&store, &slot)?;
        let now = self.now();
        let user = store.transaction(|db| {
            users::signed_in(db, user.id, now)?;
            let head = journal::append(db, &store.signing, &act(VERB, user.id, now))?;
            Ok::<_, ClinicError>((user, head))
        })?;
        let settings = settings::read(store.readers.borrow()?.db()?)?;
        let session = lock_of(&self.inner.sessions).start(user, &settings, now);
        self.arm_pin(&store, session.id)?;
        self.session_view(session.id).map(SignIn::Done)
    }

    /// Unlocks a session by its owner's password; opens the record where it is locked.
    ///
    /// # Errors
    /// As [`Clinic::sign_in`]; [`ClinicError::SessionEnded`].
    pub fn unlock_session(&self, id: SessionId, password: &Secret<String>) -> Result<Session> {
        let _one_at_a_time = lock_of(&self.inner.guess);
        let owner = self.session_view(id)?;
        let device = self.fetch_device(None)?;
        let slot = KeyFile::slot(&device, owner.login.expose());
        let (store, user) = self.try_password("session.unlock", &slot, &device, password)?;
        self.note_act(&store, &act("session.unlock", user.id, self.now()))?;
        self.arm_pin(&store, id)?;
        let mut sessions = lock_of(&self.inner.sessions);
        let state = sessions.look(id, self.now())?;
        state.unlock(self.now());
        Ok(state.session.clone())
    }

    /// Locks a session. The key is dropped where nobody else works and no job holds it.
    ///
    /// # Errors
    /// [`ClinicError::SessionEnded`]; disk errors of the journal, with the session locked all the same.
    pub fn lock_session(&self, id: SessionId) -> Result<()> {
        let user = {
            let mut sessions = lock_of(&self.inner.sessions);
            let session = &mut sessions.look(id, self.now())?.session;
            session.locked = true;
            session.user_id
        };
        let noted = self.note_by(user, "session.lock");
        self.lock_if_idle();
        noted
    }

    /// Ends a session. The key is dropped where nobody else works and no job holds it.
    ///
    /// # Errors
    /// Disk errors of the journal, with the session ended all the same.
    pub fn sign_out(&self, id: SessionId) -> Result<()> {
        let Some(ended) = lock_of(&self.inner.sessions).end(id) else {
            return Ok(());
        };
        let noted = self.note_by(ended.user_id, "session.sign_out");
        self.lock_if_idle();
        noted
    }

    /// Asks for the password again, before something that must not be done from a window left open, e.g.
    /// signing. A wrong one counts as at sign-in and is journalled.
    ///
    /// # Errors
    /// [`ClinicError::WrongPassword`]; [`ClinicError::TooManyTries`]; [`ClinicError::SessionEnded`].
    pub fn check_password(
        &self,
        session: &ActiveSession,
        password: &Secret<String>,
    ) -> Result<PasswordProof> {
        let _one_at_a_time = lock_of(&self.inner.guess);
        let device = self.fetch_device(None)?;
        let slot = KeyFile::slot(&device, self.session_view(session.id())?.login.expose());
        let (_, user) = self.try_password("session.check_password", &slot, &device, password)?;
        Ok(PasswordProof {
            user: user.id,
            at: self.now(),
        })
    }

    /// Changes one's own password, which wraps the record's key anew. One's other windows are signed out.
    ///
    /// # Errors
    /// [`ClinicError::WrongPassword`] and [`ClinicError::TooManyTries`] for the present one;
    /// [`ClinicError::PasswordRefused`], [`ClinicError::Invalid`] and [`ClinicError::TooLong`] for the new one.
    pub fn change_password(
        &self,
        session: &ActiveSession,
        current: &Secret<String>,
        new: &Secret<String>,
    ) -> Result<()> {
        let _one_at_a_time = lock_of(&self.inner.guess);
        let device = self.fetch_device(None)?;
        let slot = KeyFile::slot(&device, self.session_view(session.id())?.login.expose());
        let (store, user) =
            self.try_password("session.change_password", &slot, &device, current)?;
        let about = [user.login.expose(), user.name.expose()];
        self.check_new_password(new, &about.map(String::as_str))?;
        self.set_password(&store, &slot, new)?;
        lock_of(&self.inner.sessions).end_others_of(user.id, session.id());
        self.note_act(&store, &act("session.change_password", user.id, self.now()))
    }

    /// Whether a password may be chosen by somebody of whom this is known. In a demo clinic, where passwords are on the
    /// sign-in screen, only the length counts.
    ///
    /// # Errors
    /// [`ClinicError::PasswordRefused`]; the limits.
    pub(crate) fn check_new_password(
        &self,
        password: &Secret<String>,
        about: &[&str],
    ) -> Result<()> {
        let (demo, clinic) = {
            let keys = lock_of(&self.inner.keys);
            (keys.demo, keys.clinic_name.clone())
        };
        match demo {
            true => limits::password(password.expose()),
            false => password::check(password.expose(), &[about, &[&clinic]].concat()),
        }
    }

    /// How good a password is, by what [`crate::keys::password`] says and this clinic asks.
    pub fn password_strength(&self, password: &Secret<String>, about: &[&str]) -> Strength {
        let clinic = self.status();
        let about = [about, &[clinic.clinic_name.as_str()]].concat();
        let mut found = password::strength(password.expose(), &about);
        found.allowed |= clinic.demo && limits::password(password.expose()).is_ok();
        found
    }

    /// A password that is the only thing asked for.
    pub(crate) fn try_password(
        &self,
        verb: &'static str,
        slot: &str,
        device: &Key,
        password: &Secret<String>,
    ) -> Result<(std::sync::Arc<Store>, users::User)> {
        let (store, user) = self.right_password(verb, slot, device, password)?;
        self.forget_failures(&store, slot)?;
        Ok((store, user))
    }

    /// Unwraps the record's key with a password, or counts a failure.
    fn right_password(
        &self,
        verb: &'static str,
        slot: &str,
        device: &Key,
        password: &Secret<String>,
    ) -> Result<(std::sync::Arc<Store>, users::User)> {
        lock_of(&self.inner.tries).check(slot, self.now())?;
        let keys = lock_of(&self.inner.keys).clone();
        let root = match keys.accounts.get(slot) {
            Some(wrap) => keys.open_wrap(wrap, slot, password.expose(), device)?,
            None => wrap::pretend(password.expose(), device, keys.cost).map(|()| None)?,
        };
        let opened = match root {
            None => None,
            Some(root) => {
                let store = self.open_store(&root)?;
                accounts::settle_rotation(self, &store, device)?;
                let user = users::find_by_slot(store.readers.borrow()?.db()?, slot)?;
                user.filter(|user| user.enabled).map(|user| (store, user))
            }
        };
        let Some((store, user)) = opened else {
            self.count_failure(slot, verb)?;
            return Err(ClinicError::WrongPassword);
        };
        if keys
            .accounts
            .get(slot)
            .is_some_and(|wrap| wrap.rests_on().is_some())
        {
            self.set_password(&store, slot, password)?;
        }
        Ok((store, user))
    }

    pub(crate) fn count_failure(&self, slot: &str, verb: &'static str) -> Result<()> {
        let now = self.now();
        let mut tries = lock_of(&self.inner.tries);
        tries.failed(slot, now);
        match self.store() {
            Err(_) => tries.keep_for_journal(slot, now),
            Ok(store) => self.note_act(&store, &refused(&store, verb, slot, now)?)?,
        }
        tries.write(&self.inner.dir)
    }

    /// After a success: writes what happened while the record was closed, and forgets the failures.
    pub(crate) fn forget_failures(&self, store: &Store, slot: &str) -> Result<()> {
        let mut tries = lock_of(&self.inner.tries);
        let failed = tries.succeeded(slot);
        if !failed && tries.pending().is_empty() {
            return Ok(());
        }
        for (at, slot) in tries.pending().to_vec() {
            let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
            self.note_act(store, &refused(store, "session.sign_in", &slot, at)?)?;
        }
        tries.clear_pending();
        tries.write(&self.inner.dir)
    }

    /// Wraps the record's key under a new password.
    pub(crate) fn set_password(
        &self,
        store: &Store,
        slot: &str,
        password: &Secret<String>,
    ) -> Result<()> {
        let (cost, bound) = {
            let keys = lock_of(&self.inner.keys);
            (keys.cost, keys.bound(slot))
        };
        let wrap = PasswordWrap::make(
            &store.root,
            password.expose(),
            &store.device(),
            cost,
            &bound,
        )?;
        self.change_keys(|keys| keys.accounts.insert(slot.into(), wrap))?;
        accounts::drop_before(self, store)
    }

    pub(crate) fn note_by(&self, user: UserId, verb: &'static str) -> Result<()> {
        match self.store() {
            // Locked already: the lock itself is in the journal.
            Err(_) => Ok(()),
            Ok(store) => self.note_act(&store, &act(verb, user, self.now())),
        }
    }

    pub(crate) fn note_act(&self, store: &Store, act: &Act<'_>) -> Result<()> {
        store.transaction(|db| Ok(((), journal::append(db, &store.signing, act)?)))
    }
}

pub(crate) fn act(verb: &'static str, user: UserId, at: Timestamp) -> Act<'static> {
    Act {
        at,
        user: Some(user),
        verb,
        subjects: &[],
        outcome: Outcome::Done,
        code: None,
    }
}

/// Whether this person may work.
pub(crate) fn is_enabled(store: &Store, user: UserId) -> Result<bool> {
    Ok(users::find_by_id(store.readers.borrow()?.db()?, user)?.enabled)
}

/// A wrong password, under the account it was tried on, if there is one.
fn refused<'a>(store: &Store, verb: &'a str, slot: &str, at: Timestamp) -> Result<Act<'a>> {
    let user = users::find_by_slot(store.readers.borrow()?.db()?, slot)?.map(|user| user.id);
    const NONE: &[Subject] = &[];
    let (outcome, code) = (Outcome::Refused, Some("wrong_password"));
    Ok(Act {
        at,
        user,
        verb,
        subjects: NONE,
        outcome,
        code,
    })
}
