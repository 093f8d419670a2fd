//! The open record: keys in memory, connections, vault and journal's key. Dropping it closes all.

use std::{path::Path, sync::Mutex};

use basics::Timestamp;
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use seal::{ContentName, Key};

use crate::{
    backup::naming,
    clinic::lock_of,
    db::{Readers, Source},
    error::{ClinicError, Result},
    journal::{
        self, Signing,
        anchor::{Anchor, Head},
        verify,
    },
    keys::{file::KeyFile, wrap::Sealed},
    setup::{Setup, insert_clinic},
    vault::Vault,
};

/// What the recovery phrase's wrap is bound to.
pub(crate) const RECOVERY: &[u8] = b"recovery";
const DATABASE: &str = "medibridge 2026-11 database key";
const JOURNAL: &str = "medibridge 2026-11 journal seed";
const REPORTS: &str = "medibridge 2026-11 report seed";

/// Everything that needs the key.
pub(crate) struct Store {
    pub(crate) root: Key,
    /// The device's secret; another after a rotation.
    device: Mutex<Key>,
    pub(crate) readers: Readers,
    pub(crate) vault: Vault,
    pub(crate) signing: Signing,
    /// The clinic's key for reports.
    pub(crate) reports: SigningKey,
    pub(crate) anchor: Anchor,
    pub(crate) alarm: Option<journal::Problem>,
    writer: Mutex<Connection>,
}

impl Store {
    /// Makes the database of a new clinic.
    pub(crate) fn create(
        dir: &Path,
        root: &Key,
        device: &Key,
        keys: &KeyFile,
        setup: &Setup,
        at: Timestamp,
    ) -> Result<Self> {
        let source = Source::new(dir, root.derive(DATABASE, b""), None);
        let mut writer = source.open_writer()?;
        let seed = Key::make()?;
        let sealed = Sealed::make(&root.derive(JOURNAL, b""), &seed, keys.clinic.as_bytes())?;
        let transaction = writer.transaction()?;
        insert_clinic(&transaction, setup, device, &sealed, at)?;
        transaction.commit()?;
        Self::assemble(dir, root, device.clone(), seed, keys, source, writer)
    }

    /// Opens the database, sweeps the vault, and looks at the journal's ends.
    pub(crate) fn open(
        dir: &Path,
        root: &Key,
        keys: &KeyFile,
        vfs: Option<String>,
    ) -> Result<Self> {
        let source = Source::new(dir, root.derive(DATABASE, b""), vfs);
        // An empty file would be taken for a new database.
        match std::fs::metadata(&source.path) {
            Ok(about) if about.len() > 0 => {}
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => return Err(ClinicError::Damaged { part: "database" }),
        }
        let writer = source.open_writer()?;
        let (device, sealed): (Vec<u8>, Vec<u8>) = writer.query_row(
            "SELECT device_secret, journal_seed FROM clinic WHERE id = 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let damaged = || ClinicError::Damaged { part: "keys" };
        let device = Key::from_slice(&device).ok_or_else(damaged)?;
        let seed = Sealed::from_bytes(sealed)
            .open(&root.derive(JOURNAL, b""), keys.clinic.as_bytes())
            .ok_or_else(damaged)?;
        let mut store = Self::assemble(dir, root, device, seed, keys, source, writer)?;
        store.sweep()?;
        let key = store.signing.key.verifying_key();
        store.alarm = verify::verify_ends(&lock_of(&store.writer), &key, &store.anchor)?;
        if let Some(problem) = store.alarm {
            tracing::error!(problem = problem.key(), "the journal's ends do not hold");
        }
        Ok(store)
    }

    fn assemble(
        dir: &Path,
        root: &Key,
        device: Key,
        seed: Key,
        keys: &KeyFile,
        source: Source,
        writer: Connection,
    ) -> Result<Self> {
        let reports = report_key(&writer, root, keys)?;
        Ok(Self {
            root: root.clone(),
            device: Mutex::new(device),
            readers: Readers::new(source),
            vault: Vault::open(dir, root)?,
            signing: Signing {
                key: journal::chain::signing_key(&seed),
                workstation: keys.workstation,
            },
            reports,
            anchor: Anchor::new(dir),
            alarm: None,
            writer: Mutex::new(writer),
        })
    }

    /// The device's secret.
    pub(crate) fn device(&self) -> Key {
        lock_of(&self.device).clone()
    }

    pub(crate) fn set_device(&self, device: Key) {
        *lock_of(&self.device) = device;
    }

    /// Runs `act` in one transaction that ends with the journal row it returns the head of; nothing
    /// of it stays where it fails. The head is anchored after the commit.
    pub(crate) fn transaction<T, E: From<ClinicError>>(
        &self,
        act: impl FnOnce(&Connection) -> Result<(T, Head), E>,
    ) -> Result<T, E> {
        let mut writer = lock_of(&self.writer);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(ClinicError::from)?;
        let (out, head) = act(&transaction)?;
        transaction.commit().map_err(ClinicError::from)?;
        // After an alarm the anchor stays as it is: it is the evidence. A missing one is begun anew.
        // Behind the journal is no alarm, so a failure here is none either.
        if matches!(self.alarm, None | Some(journal::Problem::AnchorMissing))
            && let Err(error) = self.anchor.write(head)
        {
            tracing::warn!(kind = %error.kind(), "the journal's anchor was not written");
        }
        Ok(out)
    }

    /// Runs `act` in one transaction without a journal row: only for what is no act of a person (see
    /// [`crate::Upkeep`]).
    pub(crate) fn upkeep<T, E: From<ClinicError>>(
        &self,
        act: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = lock_of(&self.writer);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(ClinicError::from)?;
        let out = act(&transaction)?;
        transaction.commit().map_err(ClinicError::from)?;
        Ok(out)
    }

    /// Runs `act` while nobody writes; it must be short.
    pub(crate) fn between_writes<T>(&self, act: impl FnOnce() -> T) -> T {
        let _writer = lock_of(&self.writer);
        act()
    }

    /// Opens a database that was brought back, with an anchor of its own head: it knows no other.
    pub(crate) fn open_restored(dir: &Path, root: &Key, keys: &KeyFile) -> Result<Self> {
        let source = Source::new(dir, root.derive(DATABASE, b""), None);
        let connection = source.connect()?;
        let head = connection.query_row(
            "SELECT number, hash, signature FROM journal_head WHERE id = 1",
            [],
            |row| {
                Ok(Head {
                    workstation: keys.workstation.into_bytes(),
                    number: row.get(0)?,
                    hash: row.get(1)?,
                    signature: row.get(2)?,
                })
            },
        )?;
        drop(connection);
        Anchor::new(dir).write(head)?;
        Self::open(dir, root, keys, None)
    }

    /// The writer, bare, for tests that play the attacker.
    #[cfg(test)]
    pub(crate) fn with_writer<T>(&self, act: impl FnOnce(&Connection) -> T) -> T {
        act(&lock_of(&self.writer))
    }

    fn sweep(&self) -> Result<()> {
        let writer = lock_of(&self.writer);
        let sql = naming("vault_name = ?1", "UNION ALL");
        let has_row = |name: &ContentName| {
            let mut statement = writer.prepare_cached(&sql)?;
            Ok(statement.exists([name.as_bytes()])?)
        };
        let swept = self.vault.sweep(has_row)?;
        if swept > 0 {
            tracing::info!(swept, "swept files that an interrupted import left behind");
        }
        Ok(())
    }
}

/// The clinic's key for reports, made when a record is first opened that has none.
fn report_key(writer: &Connection, root: &Key, keys: &KeyFile) -> Result<SigningKey> {
    let (outer, bound) = (root.derive(REPORTS, b""), keys.clinic.as_bytes());
    let kept: Option<Vec<u8>> = writer
        .query_row("SELECT seed FROM report_key WHERE id = 1", [], |row| {
            row.get(0)
        })
        .optional()?;
    let seed = match kept {
        Some(sealed) => Sealed::from_bytes(sealed)
            .open(&outer, bound)
            .ok_or(ClinicError::Damaged { part: "keys" })?,
        None => {
            let seed = Key::make()?;
            let sealed = Sealed::make(&outer, &seed, bound)?;
            writer.execute("INSERT INTO report_key VALUES (1, ?1)", [sealed.as_bytes()])?;
            seed
        }
    };
    Ok(journal::chain::signing_key(&seed))
}
