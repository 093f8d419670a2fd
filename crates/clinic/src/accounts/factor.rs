//! The second factor: an authenticator app, or a code by e-mail where a mail server is set; and ten recovery codes for the
//! day on which it is lost. It is asked at sign-in, after the password, never at unlocking.

use basics::{Phi, Secret, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    codes::{self, Mailed, RECOVERY_CODES},
    mail::{self, Letter},
    totp::{self, NewAuthenticator},
};
use crate::{
    Clinic, PasswordProof,
    access::ActiveSession,
    clinic::lock_of,
    error::{ClinicError, Result},
    journal,
    session::{Hold, Session},
    signin,
    store::Store,
};

/// A clock may be this far behind the person's last sign-in: it is set by the network now and then.
const BEHIND: jiff::SignedDuration = jiff::SignedDuration::from_mins(2);

/// What a person shows beside the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// Codes of an authenticator app.
    Authenticator,
    /// Codes by e-mail.
    Email,
}

/// How far a sign-in came.
pub enum SignIn {
    /// Signed in.
    Done(Session),
    /// The password was right; a code is due.
    CodeNeeded(Challenge),
}

/// The password was right just now, and a code is due. It keeps the record open for the letter only.
pub struct Challenge {
    pub(crate) user: UserId,
    /// Which code.
    pub kind: SecondFactor,
    pub(crate) _hold: Hold,
}

/// Ten codes, shown once; each opens once.
pub struct RecoveryCodes(Vec<Secret<String>>);

/// A second factor that is not proven yet; in memory only.
pub(crate) enum NewFactor {
    Authenticator(Secret<[u8; 20]>),
    Email(Mailed),
}

/// A second factor as the record has it.
struct Kept {
    secret: Option<Vec<u8>>,
    email: Option<String>,
    last_step: i64,
}

impl RecoveryCodes {
    /// The codes.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|code| code.expose().as_str())
    }
}

impl Clinic {
    /// The letter with the code that this sign-in waits for; none where one went out a minute ago.
    ///
    /// # Errors
    /// [`ClinicError::NoMailServer`]; disk errors.
    pub fn letter_for(&self, challenge: &Challenge) -> Result<Option<Letter>> {
        let store = self.store()?;
        let email = {
            let reader = store.readers.borrow()?;
            let key = user_key(reader.db()?, challenge.user)?;
            mail::address_of(reader.db()?, key)?
        };
        let email = email.ok_or(ClinicError::NoMailServer)?;
        let mut mailed = lock_of(&self.inner.mailed);
        let now = self.now();
        if mailed
            .get(&challenge.user)
            .is_some_and(|before| before.is_fresh(now))
        {
            return Ok(None);
        }
        let way = self.way()?.ok_or(ClinicError::NoMailServer)?;
        let fresh = Mailed::make(&email, now)?;
        let letter = Letter {
            to: Phi::new(email),
            code: fresh.code(),
            way,
        };
        mailed.insert(challenge.user, fresh);
        Ok(Some(letter))
    }

    /// Begins to set up an authenticator app: its secret, shown once. Nothing is on before
    /// [`Clinic::confirm_factor`].
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`].
    pub fn begin_authenticator(
        &self,
        session: &ActiveSession,
        proof: PasswordProof,
    ) -> Result<NewAuthenticator> {
        proof.check_user(session.user(), self.now())?;
        let secret = totp::make()?;
        let login = self.session_view(session.id())?.login;
        let shown = totp::show(secret.expose(), &self.status().clinic_name, login.expose())?;
        self.set_new_factor(session, NewFactor::Authenticator(secret))?;
        Ok(shown)
    }

    /// Begins to set up codes by e-mail: the letter that proves the address.
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`]; [`ClinicError::Invalid`]; [`ClinicError::NoMailServer`].
    pub fn begin_email_codes(
        &self,
        session: &ActiveSession,
        proof: PasswordProof,
        email: &str,
    ) -> Result<Letter> {
        proof.check_user(session.user(), self.now())?;
        mail::check_address(email)?;
        let way = self.way()?.ok_or(ClinicError::NoMailServer)?;
        let mailed = Mailed::make(email, self.now())?;
        let letter = Letter {
            to: Phi::new(email.into()),
            code: mailed.code(),
            way,
        };
        self.set_new_factor(session, NewFactor::Email(mailed))?;
        Ok(letter)
    }

    /// Turns on what was begun, when a code shows that it works, in the place of what was on before.
    ///
    /// # Errors
    /// [`ClinicError::WrongCode`]; [`ClinicError::Conflict`] (`nothing-begun`).
    pub fn confirm_factor(
        &self,
        session: &ActiveSession,
        code: &Secret<String>,
    ) -> Result<RecoveryCodes> {
        let (user, now) = (session.user(), self.now());
        let kept = {
            let mut sessions = lock_of(&self.inner.sessions);
            let state = sessions.look(session.id(), now)?;
            let begun = state.new_factor.as_mut().ok_or(ClinicError::Conflict {
                reason: "nothing-begun",
            })?;
            let kept = begun
                .prove(code.expose(), now)
                .ok_or(ClinicError::WrongCode)?;
            state.new_factor = None;
            kept
        };
        let store = self.store()?;
        let (codes, hashes) = self.make_codes(&store, user)?;
        store.transaction(|db| {
            let key = user_key(db, user)?;
            db.execute(
                "INSERT OR REPLACE INTO second_factors VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    key,
                    kept.secret,
                    kept.email,
                    kept.last_step,
                    now.as_millisecond()
                ],
            )?;
            keep_codes(db, key, &hashes)?;
            let act = signin::act("session.confirm_factor", user, now);
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        })?;
        Ok(codes)
    }

    /// Turns one's own second factor off.
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`]; disk errors.
    pub fn remove_factor(&self, session: &ActiveSession, proof: PasswordProof) -> Result<()> {
        proof.check_user(session.user(), self.now())?;
        let store = self.store()?;
        let (user, now) = (session.user(), self.now());
        store.transaction(|db| {
            clear(db, user)?;
            let act = signin::act("session.remove_factor", user, now);
            Ok(((), journal::append(db, &store.signing, &act)?))
        })
    }

    /// Ten new recovery codes; the old ones open nothing any more.
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`]; [`ClinicError::Conflict`] (`no-second-factor`).
    pub fn renew_codes(
        &self,
        session: &ActiveSession,
        proof: PasswordProof,
    ) -> Result<RecoveryCodes> {
        proof.check_user(session.user(), self.now())?;
        let store = self.store()?;
        let (user, now) = (session.user(), self.now());
        let (codes, hashes) = self.make_codes(&store, user)?;
        store.transaction(|db| {
            let key = user_key(db, user)?;
            if factor(db, key)?.is_none() {
                return Err(ClinicError::Conflict {
                    reason: "no-second-factor",
                });
            }
            keep_codes(db, key, &hashes)?;
            let act = signin::act("session.renew_codes", user, now);
            Ok(((), journal::append(db, &store.signing, &act)?))
        })?;
        Ok(codes)
    }

    /// Which second factor is due after this person's right password; none where none is set.
    pub(crate) fn factor_of(&self, store: &Store, user: UserId) -> Result<Option<SecondFactor>> {
        let reader = store.readers.borrow()?;
        let kept = factor(reader.db()?, user_key(reader.db()?, user)?)?;
        Ok(kept.map(|kept| kept.kind()))
    }

    /// Takes a code: of the app, of the letter, or a recovery code. Each opens once.
    pub(crate) fn take_code(&self, store: &Store, user: UserId, typed: &str) -> Result<()> {
        let now = self.now();
        let (key, kept, last_sign_in) = {
            let reader = store.readers.borrow()?;
            let key = user_key(reader.db()?, user)?;
            let kept = factor(reader.db()?, key)?.ok_or(ClinicError::WrongCode)?;
            (key, kept, last_sign_in(reader.db()?, key)?)
        };
        let digits = codes::normal(typed);
        if digits.expose().chars().count() != 6 {
            return self.take_recovery_code(store, user, key, typed);
        }
        match &kept.secret {
            Some(secret) => {
                let step = totp::step_of(secret, digits.expose(), now, kept.last_step)
                    .ok_or(ClinicError::WrongCode)?;
                // A code that was seen earlier must not come to life again with the clock set back to its time.
                if last_sign_in
                    .is_some_and(|last| now.saturating_add(BEHIND).is_ok_and(|now| now < last))
                {
                    return Err(ClinicError::ClockBehind);
                }
                store.upkeep(|db| {
                    // Asked again inside the transaction: a code is taken once.
                    let taken = db.execute(
                        "UPDATE second_factors SET last_step = ?2 WHERE user = ?1 AND last_step < ?2",
                        params![key, step],
                    )?;
                    match taken {
                        1 => Ok(()),
                        _ => Err(ClinicError::WrongCode),
                    }
                })
            }
            None => {
                let mut mailed = lock_of(&self.inner.mailed);
                let good = mailed.get_mut(&user).is_some_and(|mailed| {
                    kept.email.as_ref() == Some(&mailed.email) && mailed.check(digits.expose(), now)
                });
                if !good {
                    return Err(ClinicError::WrongCode);
                }
                mailed.remove(&user);
                Ok(())
            }
        }
    }

    fn take_recovery_code(&self, store: &Store, user: UserId, key: i64, typed: &str) -> Result<()> {
        let hash = codes::hash(&store.root, key, typed);
        let now = self.now();
        store.transaction(|db| {
            let used = db.execute(
                "UPDATE recovery_codes SET used = ?3 WHERE user = ?1 AND hash = ?2 AND used IS NULL",
                params![key, hash, now.as_millisecond()],
            )?;
            if used != 1 {
                return Err(ClinicError::WrongCode);
            }
            let act = signin::act("session.use_recovery_code", user, now);
            Ok(((), journal::append(db, &store.signing, &act)?))
        })
    }

    fn set_new_factor(&self, session: &ActiveSession, begun: NewFactor) -> Result<()> {
        let mut sessions = lock_of(&self.inner.sessions);
        sessions.look(session.id(), self.now())?.new_factor = Some(begun);
        Ok(())
    }

    fn make_codes(&self, store: &Store, user: UserId) -> Result<(RecoveryCodes, Vec<[u8; 32]>)> {
        let key = user_key(store.readers.borrow()?.db()?, user)?;
        let made = (0..RECOVERY_CODES).map(|_| codes::make(2, 5));
        let made = made.collect::<Result<Vec<_>>>()?;
        let hashes = made
            .iter()
            .map(|code| codes::hash(&store.root, key, code.expose()));
        let hashes = hashes.collect();
        Ok((RecoveryCodes(made), hashes))
    }
}

impl NewFactor {
    /// What the record keeps, when the code shows that it works.
    fn prove(&mut self, code: &str, now: Timestamp) -> Option<Kept> {
        let digits = codes::normal(code);
        match self {
            Self::Authenticator(secret) => {
                let step = totp::step_of(secret.expose(), digits.expose(), now, 0)?;
                Some(Kept {
                    secret: Some(secret.expose().to_vec()),
                    email: None,
                    last_step: step,
                })
            }
            Self::Email(mailed) => mailed.check(digits.expose(), now).then(|| Kept {
                secret: None,
                email: Some(mailed.email.clone()),
                last_step: 0,
            }),
        }
    }
}

impl Kept {
    fn kind(&self) -> SecondFactor {
        match self.secret {
            Some(_) => SecondFactor::Authenticator,
            None => SecondFactor::Email,
        }
    }
}

/// Takes a person's second factor and recovery codes away; says whether there was one.
pub(crate) fn clear(db: &Connection, user: UserId) -> Result<bool> {
    let key = user_key(db, user)?;
    db.execute("DELETE FROM recovery_codes WHERE user = ?1", [key])?;
    Ok(db.execute("DELETE FROM second_factors WHERE user = ?1", [key])? > 0)
}

/// Which is on, where its codes go, and how many recovery codes are left.
type Shown = (SecondFactor, Option<Phi<String>>, u32);

/// What a person sees of the own second factor, where one is on.
pub(super) fn shown(db: &Connection, user: UserId) -> Result<Option<Shown>> {
    let key = user_key(db, user)?;
    let Some(kept) = factor(db, key)? else {
        return Ok(None);
    };
    let left = db
        .prepare_cached("SELECT count(*) FROM recovery_codes WHERE user = ?1 AND used IS NULL")?
        .query_row([key], |row| row.get(0))?;
    Ok(Some((kept.kind(), kept.email.map(Phi::new), left)))
}

pub(super) fn user_key(db: &Connection, user: UserId) -> Result<i64> {
    db.prepare_cached("SELECT key FROM users WHERE id = ?1")?
        .query_row([user.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or(ClinicError::NotFound { what: "user" })
}

fn factor(db: &Connection, user: i64) -> Result<Option<Kept>> {
    let kept = db
        .prepare_cached("SELECT secret, email, last_step FROM second_factors WHERE user = ?1")?
        .query_row([user], |row| {
            Ok(Kept {
                secret: row.get(0)?,
                email: row.get(1)?,
                last_step: row.get(2)?,
            })
        })
        .optional()?;
    Ok(kept)
}

fn last_sign_in(db: &Connection, user: i64) -> Result<Option<Timestamp>> {
    Ok(db
        .prepare_cached("SELECT last_sign_in FROM users WHERE key = ?1")?
        .query_row([user], |row| crate::record::sql::optional_moment(row, 0))?)
}

fn keep_codes(db: &Connection, user: i64, hashes: &[[u8; 32]]) -> Result<()> {
    db.execute("DELETE FROM recovery_codes WHERE user = ?1", [user])?;
    let mut insert = db.prepare_cached("INSERT INTO recovery_codes VALUES (?1, ?2, NULL)")?;
    for hash in hashes {
        insert.execute(params![user, hash])?;
    }
    Ok(())
}
