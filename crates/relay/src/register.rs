//! Who may come in: the relay's id, enrolled workstations, one-time codes. A file of its own, which the
//! operator's commands also open while the relay runs.

use std::{
    fs,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{RelayError, clock};

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS relay (id BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS workstations (
        id       BLOB PRIMARY KEY,
        key      BLOB NOT NULL UNIQUE,       -- Ed25519, public
        name     TEXT NOT NULL,
        enrolled INTEGER NOT NULL,
        revoked  INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS codes (
        hash BLOB PRIMARY KEY,               -- SHA-256: a copy of this file enrols nobody
        ends INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;";

/// How long an enrolment code lasts.
const CODE: Duration = Duration::from_secs(15 * 60);
/// Crockford's base 32: no letter is taken for a number.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The register.
pub struct Register {
    connection: Mutex<Connection>,
    relay: Uuid,
}

/// An enrolled workstation, as the operator sees it.
#[derive(Clone, Debug)]
pub struct Workstation {
    /// The issuer of its tokens.
    pub id: Uuid,
    /// What it called itself.
    pub name: String,
    /// Milliseconds since 1970.
    pub enrolled: i64,
    /// Milliseconds since 1970; none while it may come in.
    pub revoked: Option<i64>,
}

impl Register {
    /// Opens the register in a data folder, or makes it.
    ///
    /// # Errors
    /// [`RelayError::Folder`], [`RelayError::Storage`].
    pub fn open(folder: &Path) -> Result<Self, RelayError> {
        let failed = |error| RelayError::Folder(folder.to_path_buf(), error);
        fs::create_dir_all(folder).map_err(failed)?;
        let mut connection = Connection::open(folder.join("register.db"))?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        let first =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        first.execute_batch(SCHEMA)?;
        let known = first
            .query_row("SELECT id FROM relay", [], |row| row.get(0))
            .optional()?;
        let relay = known.map_or_else(Uuid::new_v4, Uuid::from_bytes);
        if known.is_none() {
            first.execute("INSERT INTO relay (id) VALUES (?1)", [relay.as_bytes()])?;
        }
        first.commit()?;
        Ok(Self {
            connection: Mutex::new(connection),
            relay,
        })
    }

    /// The relay's id, made once.
    pub fn relay(&self) -> Uuid {
        self.relay
    }

    /// A fresh one-time code: 80 random bits, good for fifteen minutes.
    ///
    /// # Errors
    /// [`RelayError::Storage`].
    pub fn new_code(&self) -> Result<String, RelayError> {
        let bytes: [u8; 16] = random()?;
        let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        let code: Vec<String> = letters.chunks(4).map(String::from_iter).collect();
        let connection = self.lock();
        connection.execute("DELETE FROM codes WHERE ends <= ?1", [clock::now()])?;
        connection.execute(
            "INSERT INTO codes (hash, ends) VALUES (?1, ?2)",
            params![hash(&letters), clock::now() + clock::millis(CODE)],
        )?;
        Ok(code.join("-"))
    }

    /// Enrols a key by a code, which is spent by it. The same key again is the same workstation.
    ///
    /// # Errors
    /// [`RelayError::Code`], also for a revoked key; [`RelayError::Workstation`], [`RelayError::Storage`].
    pub fn enrol(&self, code: &str, key: &[u8], name: &str) -> Result<Uuid, RelayError> {
        let key = check(key, name)?;
        let letters: Vec<char> = code
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let mut connection = self.lock();
        let enrolment = connection.transaction()?;
        let spent = enrolment.execute(
            "DELETE FROM codes WHERE hash = ?1 AND ends > ?2",
            params![hash(&letters), clock::now()],
        )?;
        if spent == 0 {
            return Err(RelayError::Code);
        }
        let id = admit(&enrolment, &key, name)?;
        enrolment.commit()?;
        Ok(id)
    }

    /// Enrols a key without a code: for the room inside the app, whose process this is.
    ///
    /// # Errors
    /// [`RelayError::Code`] for a revoked key; [`RelayError::Workstation`], [`RelayError::Storage`].
    pub fn enrol_local(&self, key: &[u8], name: &str) -> Result<Uuid, RelayError> {
        let key = check(key, name)?;
        admit(&self.lock(), &key, name)
    }

    /// The key of a workstation that may come in.
    pub(crate) fn key(&self, id: Uuid) -> Result<Option<[u8; 32]>, RelayError> {
        let connection = self.lock();
        let mut select = connection
            .prepare_cached("SELECT key FROM workstations WHERE id = ?1 AND revoked IS NULL")?;
        let key = select.query_row([id.as_bytes()], |row| row.get(0));
        Ok(key.optional()?)
    }

    /// Everyone, in the order of enrolment.
    ///
    /// # Errors
    /// [`RelayError::Storage`].
    pub fn workstations(&self) -> Result<Vec<Workstation>, RelayError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT id, name, enrolled, revoked FROM workstations ORDER BY enrolled, id",
        )?;
        let rows = select.query_map([], |row| {
            Ok(Workstation {
                id: Uuid::from_bytes(row.get(0)?),
                name: row.get(1)?,
                enrolled: row.get(2)?,
                revoked: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lets a workstation in no more; its sockets are cut within seconds, in whichever process.
    ///
    /// # Errors
    /// [`RelayError::Unknown`], [`RelayError::Storage`].
    pub fn revoke(&self, id: Uuid) -> Result<(), RelayError> {
        let changed = self.lock().execute(
            "UPDATE workstations SET revoked = coalesce(revoked, ?2) WHERE id = ?1",
            params![id.as_bytes(), clock::now()],
        )?;
        match changed {
            0 => Err(RelayError::Unknown),
            _ => Ok(()),
        }
    }

    /// The ids of those who were revoked.
    pub(crate) fn revoked(&self) -> Result<Vec<Uuid>, RelayError> {
        let everyone = self.workstations()?.into_iter();
        Ok(everyone
            .filter(|one| one.revoked.is_some())
            .map(|one| one.id)
            .collect())
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn check(key: &[u8], name: &str) -> Result<[u8; 32], RelayError> {
    let short = (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    let key = key.try_into().map_err(|_| RelayError::Workstation)?;
    // A point that no signature can be checked by is no key.
    let usable = ed25519_dalek::VerifyingKey::from_bytes(&key).is_ok_and(|key| !key.is_weak());
    if short && usable {
        Ok(key)
    } else {
        Err(RelayError::Workstation)
    }
}

fn admit(connection: &Connection, key: &[u8; 32], name: &str) -> Result<Uuid, RelayError> {
    let known: Option<([u8; 16], bool)> = connection
        .query_row(
            "SELECT id, revoked IS NULL FROM workstations WHERE key = ?1",
            [key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    match known {
        Some((id, true)) => Ok(Uuid::from_bytes(id)),
        Some((_, false)) => Err(RelayError::Code),
        None => {
            let id = Uuid::new_v4();
            connection.execute(
                "INSERT INTO workstations (id, key, name, enrolled) VALUES (?1, ?2, ?3, ?4)",
                params![id.as_bytes(), key, name, clock::now()],
            )?;
            Ok(id)
        }
    }
}

fn hash(letters: &[char]) -> [u8; 32] {
    Sha256::digest(String::from_iter(letters)).into()
}

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], RelayError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| RelayError::Storage(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u8) -> [u8; 32] {
        ed25519_dalek::SigningKey::from_bytes(&[number; 32])
            .verifying_key()
            .to_bytes()
    }

    fn register() -> (tempfile::TempDir, Register) {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::open(folder.path()).unwrap();
        (folder, register)
    }

    #[test]
    fn a_code_is_good_once_and_however_it_is_typed() {
        let (_folder, register) = register();
        let code = register.new_code().unwrap();
        let typed = code.to_lowercase().replace('-', " ");
        let id = register.enrol(&typed, &key(1), "Ward 3").unwrap();
        assert_eq!(register.key(id).unwrap(), Some(key(1)));
        let again = register.enrol(&code, &key(2), "Ward 4");
        assert!(matches!(again, Err(RelayError::Code)));
    }

    #[test]
    fn a_code_ends_after_fifteen_minutes() {
        let (_folder, register) = register();
        let code = register.new_code().unwrap();
        let past = "UPDATE codes SET ends = ends - 15 * 60 * 1000";
        register.lock().execute(past, []).unwrap();
        assert!(matches!(
            register.enrol(&code, &key(1), "Ward"),
            Err(RelayError::Code)
        ));
    }

    #[test]
    fn the_same_key_is_the_same_workstation_until_it_is_revoked() {
        let (folder, register) = register();
        let id = register.enrol_local(&key(1), "Ward").unwrap();
        assert_eq!(register.enrol_local(&key(1), "Other name").unwrap(), id);
        Register::open(folder.path()).unwrap().revoke(id).unwrap();
        assert_eq!(register.revoked().unwrap(), [id]);
        assert_eq!(register.key(id).unwrap(), None);
        let code = register.new_code().unwrap();
        assert!(matches!(
            register.enrol(&code, &key(1), "Ward"),
            Err(RelayError::Code)
        ));
        assert!(matches!(
            register.revoke(Uuid::new_v4()),
            Err(RelayError::Unknown)
        ));
    }

    #[test]
    fn the_relays_id_is_made_once() {
        let (folder, register) = register();
        assert_eq!(
            Register::open(folder.path()).unwrap().relay(),
            register.relay()
        );
    }

    #[test]
    fn neither_a_weak_key_nor_a_long_name_is_enrolled() {
        let (_folder, register) = register();
        for (key, name) in [
            (vec![0; 32], "Ward"),
            (vec![7; 31], "Ward"),
            (key(1).to_vec(), ""),
            (key(1).to_vec(), "a\nb"),
        ] {
            assert!(matches!(
                register.enrol_local(&key, name),
                Err(RelayError::Workstation)
            ));
        }
    }
}
