//! A new device secret. Every account's wrap rests on it, so that the old one – on a stolen disk image with its keychain –
//! opens nothing of what is written from now on.
//!
//! Nobody's password is known but the administrator's, who gives it for this. The others' wraps stay under the old secret,
//! which lies sealed under the new one in `keys.json`, until their owner signs in; then theirs is made anew, and after the
//! last of them the old secret is gone. Order, so that a crash at any point leaves a record that opens: the new secret in
//! the keychain under a name of its own – `keys.json` and the record – the old secret out of the keychain.

use basics::Secret;
use rusqlite::{Connection, params};
use seal::Key;

use super::invitation;
use crate::{
    Clinic, Permission, Permit,
    access::ActiveSession,
    clinic::lock_of,
    error::{ClinicError, Result},
    journal,
    keys::{
        device,
        file::KeyFile,
        wrap::{PasswordWrap, Sealed},
    },
    signin,
    store::Store,
};

const BEFORE: &str = "medibridge 2026-11 device secret before";

/// Where a rotation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// How often the device's secret was made anew.
    pub generation: u32,
    /// Accounts whose wrap rests on the secret before, until they sign in.
    pub waiting: u32,
}

impl Clinic {
    /// Where the rotation of the device's secret stands.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn rotation(&self, permit: &Permit) -> Result<Rotation> {
        permit.needs(Permission::ManageSettings)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let keys = lock_of(&self.inner.keys).clone();
        Ok(Rotation {
            generation: keys.generation,
            waiting: waiting(&keys, reader.db()?)?,
        })
    }

    /// Makes a new device secret, with the administrator's own password.
    ///
    /// # Errors
    /// [`ClinicError::WrongPassword`]; [`ClinicError::TooManyTries`]; [`ClinicError::Conflict`] (`rotation-waits`)
    /// while somebody's wrap rests on the one before; [`ClinicError::PassphraseNeeded`] where the key file has one and
    /// none is given; disk errors.
    pub fn rotate_device(
        &self,
        permit: &Permit,
        session: &ActiveSession,
        password: &Secret<String>,
        passphrase: Option<&Secret<String>>,
    ) -> Result<Rotation> {
        permit.needs(Permission::ManageSettings)?;
        let _one_at_a_time = lock_of(&self.inner.guess);
        let old = self.fetch_device(None)?;
        let login = self.session_view(session.id())?.login;
        let slot = KeyFile::slot(&old, login.expose());
        let (store, user) = self.try_password("settings.rotate_keys", &slot, &old, password)?;
        let before = lock_of(&self.inner.keys).clone();
        if waiting(&before, store.readers.borrow()?.db()?)? > 0 {
            return Err(ClinicError::Conflict {
                reason: "rotation-waits",
            });
        }
        let new = Key::make()?;
        let place = device::Place {
            dir: &self.inner.dir,
            clinic: before.clinic,
            generation: before.generation + 1,
        };
        if before.key_store == crate::KeyStore::PassphraseFile
            && passphrase.is_none()
            && !self.inner.keychain.answers()
        {
            return Err(ClinicError::PassphraseNeeded);
        }
        let given = passphrase.map(|text| text.expose().as_str());
        let key_store = device::keep(&place, &new, &*self.inner.keychain, given, before.cost)?;
        let (after, moved) = rotated(&before, &store, &old, &new, key_store)?;
        let now = self.now();
        let done = store.transaction(|db| {
            align(db, &old, &new)?;
            self.change_keys(|keys| *keys = after)?;
            let act = signin::act("settings.rotate_keys", user.id, now);
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        });
        if done.is_err() {
            self.change_keys(|keys| *keys = before.clone())?;
            place.forget(key_store, &*self.inner.keychain);
        }
        done?;
        store.set_device(new.clone());
        *lock_of(&self.inner.device) = Some(new.clone());
        {
            let mut tries = lock_of(&self.inner.tries);
            tries.follow(&moved);
            tries.write(&self.inner.dir)?;
        }
        // The administrator's own is made anew at once.
        let own = KeyFile::slot(&new, login.expose());
        self.set_password(&store, &own, password)?;
        let old_place = device::Place {
            generation: before.generation,
            ..place
        };
        old_place.forget(before.key_store, &*self.inner.keychain);
        let keys = lock_of(&self.inner.keys).clone();
        Ok(Rotation {
            generation: keys.generation,
            waiting: waiting(&keys, store.readers.borrow()?.db()?)?,
        })
    }
}

/// The device secret before this one, while some wrap rests on it.
pub(crate) fn before_device(keys: &KeyFile, device: &Key) -> Option<Key> {
    keys.before
        .as_ref()?
        .open(&device.derive(BEFORE, b""), keys.clinic.as_bytes())
}

/// After the last wrap that rested on the secret before, that secret is gone.
pub(crate) fn drop_before(clinic: &Clinic, store: &Store) -> Result<()> {
    let keys = lock_of(&clinic.inner.keys).clone();
    if keys.before.is_none() || waiting(&keys, store.readers.borrow()?.db()?)? > 0 {
        return Ok(());
    }
    clinic.change_keys(|keys| keys.before = None)
}

/// Finishes a rotation that a crash cut between `keys.json` and the record: the record follows the device.
pub(crate) fn settle(clinic: &Clinic, store: &Store, device: &Key) -> Result<()> {
    let old = store.device();
    if old.expose() == device.expose() {
        return Ok(());
    }
    tracing::warn!("the record follows a rotation of keys that was cut short");
    store.transaction(|db| {
        align(db, &old, device)?;
        let act = journal::Act {
            at: clinic.now(),
            user: None,
            verb: "settings.rotate_keys",
            subjects: &[],
            outcome: journal::Outcome::Done,
            code: Some("settled"),
        };
        Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
    })?;
    store.set_device(device.clone());
    Ok(())
}

/// `keys.json` with the new secret: every wrap at its new place, resting on the old one until its owner comes; and which
/// slot became which.
fn rotated(
    before: &KeyFile,
    store: &Store,
    old: &Key,
    new: &Key,
    key_store: crate::KeyStore,
) -> Result<(KeyFile, Vec<(String, String)>)> {
    let mut after = before.clone();
    after.generation += 1;
    after.key_store = key_store;
    after.before = Some(Sealed::make(
        &new.derive(BEFORE, b""),
        old,
        before.clinic.as_bytes(),
    )?);
    after.accounts.clear();
    after.invitations.clear();
    let reader = store.readers.borrow()?;
    let mut logins = reader
        .db()?
        .prepare("SELECT login FROM users WHERE removed IS NULL")?;
    let logins = logins
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut moved = Vec::new();
    for login in logins {
        let (was, is) = (KeyFile::slot(old, &login), KeyFile::slot(new, &login));
        if let Some(wrap) = before.accounts.get(&was) {
            after
                .accounts
                .insert(is.clone(), wrap.clone().resting_on(&was));
        }
        if let Some(wrap) = before.invitations.get(&was) {
            let wrap = wrap.clone().resting_on(&invitation::bound(&was));
            after.invitations.insert(is.clone(), wrap);
        }
        moved.push((was, is));
    }
    Ok((after, moved))
}

/// The record follows: the secret, everybody's slot, and the wraps of those who are switched off.
fn align(db: &Connection, old: &Key, new: &Key) -> Result<()> {
    db.execute(
        "UPDATE clinic SET device_secret = ?1 WHERE id = 1",
        [new.expose()],
    )?;
    let mut people = db.prepare("SELECT key, login, parked FROM users WHERE removed IS NULL")?;
    let people = people
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<Vec<(i64, String, Option<String>)>>>()?;
    for (key, login, parked) in people {
        let parked = parked
            .map(|json| -> Result<String> {
                let wrap: PasswordWrap = serde_json::from_str(&json)?;
                let was = KeyFile::slot(old, &login);
                Ok(serde_json::to_string(&match wrap.rests_on() {
                    Some(_) => wrap,
                    None => wrap.resting_on(&was),
                })?)
            })
            .transpose()?;
        db.execute(
            "UPDATE users SET slot = ?2, parked = ?3 WHERE key = ?1",
            params![key, KeyFile::slot(new, &login), parked],
        )?;
    }
    Ok(())
}

/// Wraps that rest on the secret before.
pub(crate) fn waiting(keys: &KeyFile, db: &Connection) -> Result<u32> {
    let in_file = keys
        .accounts
        .values()
        .chain(keys.invitations.values())
        .filter(|wrap| wrap.rests_on().is_some())
        .count();
    let mut parked = db.prepare_cached("SELECT parked FROM users WHERE parked IS NOT NULL")?;
    let parked = parked
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let parked = parked
        .iter()
        .filter(|json| {
            serde_json::from_str::<PasswordWrap>(json).is_ok_and(|wrap| wrap.rests_on().is_some())
        })
        .count();
    Ok(u32::try_from(in_file + parked).unwrap_or(u32::MAX))
}
