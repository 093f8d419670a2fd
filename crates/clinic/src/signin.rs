//! Signing in and out, locking and unlocking. These acts journal themselves, refusals too.
//!
//! A password is right when it unwraps the record's key; there is no other check to get round.

use basics::{Secret, SessionId, Timestamp, UserId};
use jiff::SignedDuration;
use seal::Key;

use crate::{
    Clinic,
    access::ActiveSession,
    clinic::lock_of,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome, Subject},
    keys::{
        PhraseLength, RecoveryPhrase,
        file::KeyFile,
        wrap::{self, PasswordWrap, Sealed},
    },
    limits,
    record::{settings, users},
    session::Session,
    store::{RECOVERY, Store},
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
        match self.user == permit.user() && now.duration_since(self.at) <= Self::GOOD {
            true => Ok(()),
            false => Err(ClinicError::PasswordNeeded),
        }
    }
}

impl Clinic {
    /// Signs a person in; opens the record where it is locked.
    ///
    /// # Errors
    /// [`ClinicError::WrongPassword`] – the same, after the same time, for an unknown login or a
    /// disabled account; [`ClinicError::TooManyTries`]; [`ClinicError::PassphraseNeeded`];
    /// [`ClinicError::KeyUnavailable`]; [`ClinicError::NewerSchema`]; disk errors.
    pub fn sign_in(&self, login: &str, password: &Secret<String>) -> Result<Session> {
        let _one_at_a_time = lock_of(&self.inner.guess);
        let device = self.fetch_device(None)?;
        let slot = KeyFile::slot(&device, login);
        let (store, user) = self.try_password("session.sign_in", &slot, &device, password)?;
        let now = self.now();
        let user = store.transaction(|db| {
            users::signed_in(db, user.id, now)?;
            let head = journal::append(db, &store.signing, &act("session.sign_in", user.id, now))?;
            Ok::<_, ClinicError>((user, head))
        })?;
        let settings = settings::read(store.readers.borrow()?.db()?)?;
        Ok(lock_of(&self.inner.sessions).start(user, &settings, now))
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

    /// Changes one's own password.
    ///
    /// # Errors
    /// [`ClinicError::WrongPassword`] and [`ClinicError::TooManyTries`] for the present one;
    /// [`ClinicError::Invalid`] and [`ClinicError::TooLong`] for the new one.
    pub fn change_password(
        &self,
        session: &ActiveSession,
        current: &Secret<String>,
        new: &Secret<String>,
    ) -> Result<()> {
        limits::password(new.expose())?;
        let _one_at_a_time = lock_of(&self.inner.guess);
        let device = self.fetch_device(None)?;
        let slot = KeyFile::slot(&device, self.session_view(session.id())?.login.expose());
        let (store, user) =
            self.try_password("session.change_password", &slot, &device, current)?;
        self.set_password(&store, &slot, new)?;
        self.note_act(&store, &act("session.change_password", user.id, self.now()))
    }

    /// Gives an administrator a new password by the recovery phrase, and the device its secret back.
    /// The record is open afterwards; sign in next.
    ///
    /// # Errors
    /// [`ClinicError::WrongPhrase`]; [`ClinicError::TooManyTries`]; [`ClinicError::NotFound`] where
    /// the login is no administrator's.
    pub fn recover(
        &self,
        phrase: &Secret<String>,
        login: &str,
        new_password: &Secret<String>,
        device_passphrase: Option<&Secret<String>>,
    ) -> Result<()> {
        limits::password(new_password.expose())?;
        let _one_at_a_time = lock_of(&self.inner.guess);
        let now = self.now();
        // 128 bits cannot be guessed; waiting keeps an attacker from burning time, and is noticed.
        lock_of(&self.inner.tries).check("phrase", now)?;
        let Some(root) = self.try_phrase(phrase)? else {
            self.count_failure("phrase", "setup.recover")?;
            return Err(ClinicError::WrongPhrase);
        };
        let store = self.open_store(&root)?;
        let slot = KeyFile::slot(&store.device, login);
        let user = users::find_by_slot(store.readers.borrow()?.db()?, &slot)?
            .filter(|user| user.role == crate::Role::Administrator)
            .ok_or(ClinicError::NotFound {
                what: "administrator",
            })?;
        let passphrase = device_passphrase.map(|passphrase| passphrase.expose().as_str());
        self.keep_device(&store.device, passphrase)?;
        self.set_password(&store, &slot, new_password)?;
        store.transaction(|db| {
            users::set_enabled(db, user.id, true, None)?;
            let head = journal::append(db, &store.signing, &act("setup.recover", user.id, now))?;
            Ok::<_, ClinicError>(((), head))
        })?;
        let mut tries = lock_of(&self.inner.tries);
        tries.succeeded("phrase");
        tries.succeeded(&slot);
        tries.write(&self.inner.dir)
    }

    /// Makes a new recovery phrase; the old one opens nothing any more.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; disk errors.
    pub fn renew_recovery(
        &self,
        permit: &crate::Permit,
        length: PhraseLength,
    ) -> Result<RecoveryPhrase> {
        permit.needs(crate::Permission::ManageSettings)?;
        let store = self.store()?;
        let phrase = RecoveryPhrase::make(length)?;
        let recovery = Sealed::make(&phrase.key(), &store.root, RECOVERY)?;
        let shown = RecoveryPhrase::parse(&phrase.words().join(" "))?;
        self.change_keys(|keys| {
            keys.recovery = recovery;
            keys.recovery_confirmed = false;
        })?;
        self.set_pending_phrase(phrase);
        self.note_by(permit.user(), "settings.renew_recovery")?;
        Ok(shown)
    }

    /// The record's key, for a tool that has the phrase and no account.
    fn try_phrase(&self, phrase: &Secret<String>) -> Result<Option<Key>> {
        let phrase = match RecoveryPhrase::parse(phrase.expose()) {
            Err(ClinicError::WrongPhrase) => return Ok(None),
            phrase => phrase?,
        };
        Ok(lock_of(&self.inner.keys)
            .recovery
            .open(&phrase.key(), RECOVERY))
    }

    /// Checks the whole journal with the recovery phrase, for a tool without an account.
    ///
    /// # Errors
    /// [`ClinicError::WrongPhrase`]; what opening the record can fail with.
    pub fn verify_journal_by_phrase(
        &self,
        phrase: &Secret<String>,
    ) -> Result<journal::JournalReport> {
        let root = self.try_phrase(phrase)?.ok_or(ClinicError::WrongPhrase)?;
        let store = self.open_store(&root)?;
        let reader = store.readers.borrow()?;
        let key = store.signing.key.verifying_key();
        journal::verify::verify(reader.db()?, &key, &store.anchor)
    }

    /// Unwraps the record's key with a password, or counts a failure.
    fn try_password(
        &self,
        verb: &'static str,
        slot: &str,
        device: &Key,
        password: &Secret<String>,
    ) -> Result<(std::sync::Arc<Store>, users::User)> {
        lock_of(&self.inner.tries).check(slot, self.now())?;
        let keys = lock_of(&self.inner.keys).clone();
        let root = match keys.accounts.get(slot) {
            Some(wrap) => wrap.open(password.expose(), device, &keys.bound(slot))?,
            None => wrap::pretend(password.expose(), device, keys.cost).map(|()| None)?,
        };
        let opened = match root {
            None => None,
            Some(root) => {
                let store = self.open_store(&root)?;
                let user = users::find_by_slot(store.readers.borrow()?.db()?, slot)?;
                user.filter(|user| user.enabled).map(|user| (store, user))
            }
        };
        let Some((store, user)) = opened else {
            self.count_failure(slot, verb)?;
            return Err(ClinicError::WrongPassword);
        };
        self.forget_failures(&store, slot)?;
        Ok((store, user))
    }

    fn count_failure(&self, slot: &str, verb: &'static str) -> Result<()> {
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
    fn forget_failures(&self, store: &Store, slot: &str) -> Result<()> {
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
        let wrap = PasswordWrap::make(&store.root, password.expose(), &store.device, cost, &bound)?;
        self.change_keys(|keys| keys.accounts.insert(slot.into(), wrap))
            .map(|_| ())
    }

    fn note_by(&self, user: UserId, verb: &'static str) -> Result<()> {
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

fn act(verb: &'static str, user: UserId, at: Timestamp) -> Act<'static> {
    Act {
        at,
        user: Some(user),
        verb,
        subjects: &[],
        outcome: Outcome::Done,
        code: None,
    }
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
