//! A PIN unlocks a window again within a shift. It never opens the record by itself: the record's key lies wrapped
//! under it in memory, from a sign-in by password on, and goes with the session, with the program, after five wrong
//! tries, or when the clock is set back.

use basics::{Secret, SessionId, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, params};
use seal::Key;

use crate::{
    Clinic, PasswordProof,
    access::ActiveSession,
    clinic::lock_of,
    error::{ClinicError, Result},
    journal,
    keys::{Cost, wrap::Sealed},
    session::{Session, Sessions},
    signin,
    store::Store,
};

/// Digits of a PIN.
pub const PIN: std::ops::RangeInclusive<usize> = 4..=8;
/// Wrong tries until the password is due.
pub(crate) const TRIES: u8 = 5;

/// The record's key under a PIN, in memory only.
pub(crate) struct PinWrap {
    salt: [u8; 16],
    cost: Cost,
    sealed: Sealed,
    left: u8,
}

/// How the record knows a PIN.
struct Kept {
    salt: [u8; 16],
    cost: Cost,
    key: Key,
}

impl Clinic {
    /// Sets one's own PIN, or another in its place. It unlocks this session from now on, and others from their next
    /// sign-in on.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for a PIN that is not 4–8 digits or that anybody would try first;
    /// [`ClinicError::PasswordNeeded`].
    pub fn set_pin(
        &self,
        session: &ActiveSession,
        proof: PasswordProof,
        pin: &Secret<String>,
    ) -> Result<()> {
        proof.check_user(session.user(), self.now())?;
        check(pin.expose())?;
        let store = self.store()?;
        let cost = lock_of(&self.inner.keys).cost;
        let salt = seal::random()?;
        let key = cost.derive(pin.expose(), &salt)?;
        let (user, now) = (session.user(), self.now());
        store.transaction(|db| {
            db.execute(
                "INSERT OR REPLACE INTO pins
                 SELECT key, ?2, ?3, ?4, ?5 FROM users WHERE id = ?1",
                params![
                    user.as_bytes(),
                    salt,
                    serde_json::to_string(&cost)?,
                    key.expose(),
                    now.as_millisecond()
                ],
            )?;
            let act = signin::act("session.set_pin", user, now);
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        })?;
        self.arm_pin(&store, session.id())
    }

    /// Takes one's own PIN away.
    ///
    /// # Errors
    /// [`ClinicError::Locked`]; disk errors.
    pub fn remove_pin(&self, session: &ActiveSession) -> Result<()> {
        let store = self.store()?;
        let (user, now) = (session.user(), self.now());
        store.transaction(|db| {
            remove(db, user)?;
            let act = signin::act("session.remove_pin", user, now);
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        })?;
        lock_of(&self.inner.sessions).disarm_all_of(user);
        Ok(())
    }

    /// Unlocks a session by its owner's PIN, where it was signed in to by password since the program started.
    ///
    /// # Errors
    /// [`ClinicError::WrongPin`] with the tries that are left; none left means the password is due.
    /// [`ClinicError::SessionEnded`].
    pub fn unlock_with_pin(&self, id: SessionId, pin: &Secret<String>) -> Result<Session> {
        let _one_at_a_time = lock_of(&self.inner.guess);
        let (wrap, user) = {
            let mut sessions = lock_of(&self.inner.sessions);
            let state = sessions.look(id, self.now())?;
            (state.take_pin(), state.session.user_id)
        };
        let Some(mut wrap) = wrap else {
            return Err(ClinicError::WrongPin { left: 0 });
        };
        let guess = wrap.cost.derive(pin.expose(), &wrap.salt)?;
        let Some(root) = wrap.sealed.open(&guess, id.as_bytes()) else {
            wrap.left = wrap.left.saturating_sub(1);
            let left = wrap.left;
            if left > 0 {
                lock_of(&self.inner.sessions)
                    .look(id, self.now())?
                    .give_pin(wrap);
            }
            self.note_wrong_pin(id, user)?;
            return Err(ClinicError::WrongPin { left });
        };
        wrap.left = TRIES;
        let store = self.open_store(&root)?;
        if !signin::is_enabled(&store, user)? {
            return Err(ClinicError::SessionEnded);
        }
        self.note_act(
            &store,
            &signin::act("session.unlock_with_pin", user, self.now()),
        )?;
        let mut sessions = lock_of(&self.inner.sessions);
        let state = sessions.look(id, self.now())?;
        state.give_pin(wrap);
        state.unlock(self.now());
        Ok(state.session.clone())
    }

    /// Wraps the record's key under the owner's PIN, if there is one, for as long as the session stands.
    pub(crate) fn arm_pin(&self, store: &Store, id: SessionId) -> Result<()> {
        let user = self.session_view(id)?.user_id;
        let Some(kept) = kept(store.readers.borrow()?.db()?, user)? else {
            return Ok(());
        };
        let sealed = Sealed::make(&kept.key, &store.root, id.as_bytes())?;
        let wrap = PinWrap {
            salt: kept.salt,
            cost: kept.cost,
            sealed,
            left: TRIES,
        };
        lock_of(&self.inner.sessions)
            .look(id, self.now())?
            .give_pin(wrap);
        Ok(())
    }

    fn note_wrong_pin(&self, id: SessionId, user: UserId) -> Result<()> {
        let now = self.now();
        if let Ok(store) = self.store() {
            let mut act = signin::act("session.unlock_with_pin", user, now);
            act.outcome = journal::Outcome::Refused;
            act.code = Some("wrong_password");
            return self.note_act(&store, &act);
        }
        let device = self.fetch_device(None)?;
        let login = self.session_view(id)?.login;
        let slot = crate::keys::file::KeyFile::slot(&device, login.expose());
        let mut tries = lock_of(&self.inner.tries);
        tries.keep_for_journal(&slot, now);
        tries.write(&self.inner.dir)
    }
}

impl Sessions {
    /// No PIN of this person opens anything any more.
    pub(crate) fn disarm_all_of(&mut self, user: UserId) {
        for state in self.of(user) {
            drop(state.take_pin());
        }
    }
}

pub(crate) fn remove(db: &Connection, user: UserId) -> Result<()> {
    let sql = "DELETE FROM pins WHERE user = (SELECT key FROM users WHERE id = ?1)";
    db.execute(sql, [user.as_bytes()])?;
    Ok(())
}

fn kept(db: &Connection, user: UserId) -> Result<Option<Kept>> {
    let row = db
        .prepare_cached(
            "SELECT p.salt, p.cost, p.key FROM pins AS p JOIN users AS u ON u.key = p.user WHERE u.id = ?1",
        )?
        .query_row([user.as_bytes()], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })
        .optional()?;
    row.map(|(salt, cost, key)| {
        Ok(Kept {
            salt,
            cost: serde_json::from_str(&cost)?,
            key: Key::from_bytes(key),
        })
    })
    .transpose()
}

/// 4–8 digits, and none of those that anybody tries first: one digit throughout, or a row of them.
fn check(pin: &str) -> Result<()> {
    let invalid = |rule| Err(ClinicError::Invalid { field: "pin", rule });
    if !PIN.contains(&pin.len()) || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return invalid("pin-digits");
    }
    let digits = pin.as_bytes();
    let steps = |by: i16| {
        digits
            .windows(2)
            .all(|two| i16::from(two[1]) - i16::from(two[0]) == by)
    };
    match steps(0) || steps(1) || steps(-1) || digits.chunks(2).all(|two| two == &digits[..2]) {
        true => invalid("pin-too-easy"),
        false => Ok(()),
    }
}

/// When a PIN was set; for what a person sees of their own account.
pub(crate) fn since(db: &Connection, user: UserId) -> Result<Option<Timestamp>> {
    let sql = "SELECT p.since FROM pins AS p JOIN users AS u ON u.key = p.user WHERE u.id = ?1";
    let since = db
        .prepare_cached(sql)?
        .query_row([user.as_bytes()], |row| crate::record::sql::moment(row, 0))
        .optional()?;
    Ok(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_digits_that_nobody_tries_first() {
        for (pin, good) in [
            ("4071", true),
            ("90210", true),
            ("11223344", true),
            ("123", false),
            ("123456789", false),
            ("12a4", false),
            ("١٢٣٤", false),
            ("0000", false),
            ("1234", false),
            ("87654321", false),
            ("1212", false),
            ("121212", false),
        ] {
            assert_eq!(check(pin).is_ok(), good, "{pin}");
        }
    }
}
