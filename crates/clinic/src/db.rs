//! Connections to the encrypted database: one writer, a few readers, numbered migrations.

use std::{
    path::{Path, PathBuf},
    sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OpenFlags};
use seal::Key;
use zeroize::Zeroizing;

use crate::error::{ClinicError, Result};

/// File name of the database.
pub(crate) const FILE: &str = "clinic.db";

/// Every migration, in order; its place is its number. Never edit one that was released.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_record.sql"),
    include_str!("../migrations/0002_consultations.sql"),
    include_str!("../migrations/0003_reports.sql"),
    include_str!("../migrations/0004_guard.sql"),
    include_str!("../migrations/0005_transcripts.sql"),
    include_str!("../migrations/0006_search.sql"),
    include_str!("../migrations/0007_notes.sql"),
    include_str!("../migrations/0008_prescriptions.sql"),
    include_str!("../migrations/0009_accounts.sql"),
    include_str!("../migrations/0010_backup.sql"),
    include_str!("../migrations/0011_break_glass.sql"),
    include_str!("../migrations/0012_identity.sql"),
];

/// SQLite calls itself ready before SQLCipher is, and two first connections at once would find no cipher:
/// so the first one in the program is made alone. Where it fails, so does the next, and says why.
static READY: LazyLock<()> = LazyLock::new(|| drop(Connection::open_in_memory()));

/// Readers at once; more callers wait.
const READERS: usize = 4;

/// The schema this program writes.
pub(crate) fn known_schema() -> u32 {
    MIGRATIONS.len() as u32
}

/// Where the database is and what opens it.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) key: Key,
    /// A virtual file system other than the platform's; tests inject faults with it.
    pub(crate) vfs: Option<String>,
}

/// Connections that only read.
pub(crate) struct Readers {
    source: Source,
    idle: Mutex<Idle>,
    freed: Condvar,
}

#[derive(Default)]
struct Idle {
    connections: Vec<Connection>,
    out: usize,
}

/// A borrowed reader; it goes back when dropped.
pub(crate) struct Reader<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Source {
    /// The source of the record in this folder.
    pub(crate) fn new(dir: &Path, key: Key, vfs: Option<String>) -> Self {
        Self {
            path: dir.join(FILE),
            key,
            vfs,
        }
    }

    /// Opens for writing and brings the schema up to date.
    pub(crate) fn open_writer(&self) -> Result<Connection> {
        let mut connection = self.connect()?;
        migrate(&mut connection)?;
        Ok(connection)
    }

    /// A connection of its own, beside the writer and the readers.
    pub(crate) fn connect(&self) -> Result<Connection> {
        let connection = self.keyed(&self.path)?;
        // FULL: a commit that was acknowledged survives a power cut. Temporary tables stay in memory,
        // because a temporary file would not be encrypted.
        connection.execute_batch(
            "PRAGMA temp_store = MEMORY;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -65536;
             PRAGMA secure_delete = ON;
             PRAGMA trusted_schema = OFF;",
        )?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(connection)
    }

    /// A new file under the same key, to be filled by a backup: a cut leaves rubbish that is thrown away,
    /// so nothing is journalled, and little of it waits in memory.
    pub(crate) fn connect_copy(&self, path: &Path) -> Result<Connection> {
        let connection = self.keyed(path)?;
        connection.execute_batch(
            "PRAGMA temp_store = MEMORY;
             PRAGMA journal_mode = OFF;
             PRAGMA synchronous = OFF;
             PRAGMA cache_size = -4096;",
        )?;
        Ok(connection)
    }

    fn keyed(&self, path: &Path) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        LazyLock::force(&READY);
        let connection = match &self.vfs {
            Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs.as_str())?,
            None => Connection::open_with_flags(path, flags)?,
        };
        // SQLCipher writes to stderr otherwise.
        connection.pragma_update(None, "cipher_log_level", "NONE")?;
        // A raw key, so that opening costs no key derivation (stack.md, "Record").
        let key = Zeroizing::new(format!(
            "x'{}'",
            *Zeroizing::new(hex::encode(self.key.expose()))
        ));
        connection.pragma_update(None, "key", key.as_str())?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(connection)
    }
}

fn migrate(connection: &mut Connection) -> Result<()> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = known_schema();
    if found > known {
        return Err(ClinicError::NewerSchema { found, known });
    }
    for (at, migration) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", at as u32 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

impl Readers {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            idle: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    /// Where the database is and what opens it.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Borrows a reader; waits where all are out.
    pub(crate) fn borrow(&self) -> Result<Reader<'_>> {
        let mut idle = self.lock();
        while idle.connections.is_empty() && idle.out >= READERS {
            idle = self
                .freed
                .wait(idle)
                .unwrap_or_else(PoisonError::into_inner);
        }
        idle.out += 1;
        let mut reader = Reader {
            readers: self,
            connection: idle.connections.pop(),
        };
        drop(idle);
        if reader.connection.is_none() {
            let connection = self.source.connect()?;
            connection.pragma_update(None, "query_only", true)?;
            reader.connection = Some(connection);
        }
        Ok(reader)
    }

    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader<'_> {
    /// The connection.
    pub(crate) fn db(&self) -> Result<&Connection> {
        self.connection
            .as_ref()
            .ok_or(ClinicError::Internal("reader"))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut idle = self.readers.lock();
        idle.out -= 1;
        idle.connections.extend(self.connection.take());
        drop(idle);
        self.readers.freed.notify_one();
    }
}
