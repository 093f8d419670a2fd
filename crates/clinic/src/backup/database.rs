//! A copy of the database while people write.
//!
//! A connection of its own begins a reading transaction: in WAL mode it sees the database as it was at
//! that moment, however long the copy takes, and nobody who writes waits for it. SQLite's online backup
//! copies page by page; each page's authentication code is checked on the way, and each is encrypted anew.

use std::{fs::OpenOptions, path::Path};

use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};
use seal::ContentName;

use super::{
    manifest::JournalHead,
    problem::damaged,
    watch::{BackupPhase, BackupWatch},
};
use crate::{
    error::{ClinicError, Result},
    journal,
    keys::file::KeyFile,
    store::Store,
};

/// Pages of one step: a mebibyte.
const STEP: i32 = 256;
const PAGE: u64 = 4096;

/// Every table that names files of the vault. A test holds it against the schema.
pub(crate) const FILED: &[&str] = &["scans", "sounds", "report_files"];

/// What the copy holds.
pub(super) struct Copy {
    pub(super) keys: KeyFile,
    pub(super) journal: JournalHead,
    /// Files of the vault that its rows point at.
    pub(super) files: Vec<ContentName>,
}

/// Copies the database to the new file `to`. `keys` is asked at the same moment.
pub(super) fn copy(
    store: &Store,
    to: &Path,
    keys: impl FnOnce() -> KeyFile,
    watch: &BackupWatch,
) -> Result<Copy> {
    watch.begin(BackupPhase::Database, 0);
    let from = store.readers.source().connect()?;
    from.pragma_update(None, "query_only", true)?;
    // Read once before, so that nobody who writes waits for the disk below.
    from.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    // Between two writes, so that `keys.json` and the accounts' rows fit.
    let keys = store.between_writes(|| -> Result<KeyFile> {
        from.execute_batch("BEGIN")?;
        // The first read fixes what the transaction sees.
        from.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(keys())
    })?;
    let (number, hash) = journal::head(&from)?;
    let files = files_of(&from)?;
    let mut target = store.readers.source().connect_copy(to)?;
    let written = OpenOptions::new().write(true).open(to)?;
    {
        let backup = Backup::new(&from, &mut target)?;
        let mut unwritten = 0;
        loop {
            watch.breathe()?;
            let step = backup.step(STEP)?;
            let progress = backup.progress();
            let bytes = |pages: i32| u64::try_from(pages).unwrap_or(0) * PAGE;
            let total = bytes(progress.pagecount);
            watch.at(total - bytes(progress.remaining), total);
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                // Nobody else has these two connections.
                _ => return Err(ClinicError::Busy),
            }
            unwritten += u64::from(STEP.unsigned_abs()) * PAGE;
            if unwritten >= watch.written() {
                unwritten = 0;
                written.sync_data()?;
            }
        }
    }
    target.close().map_err(|(_, error)| error)?;
    written.sync_all()?;
    from.execute_batch("COMMIT")?;
    // The log could not be emptied meanwhile; whoever writes next would have to. Nobody waits for this, and
    // where somebody else is at it already there is nothing to do.
    from.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    Ok(Copy {
        keys,
        journal: JournalHead { number, hash },
        files,
    })
}

/// Files of the vault that rows point at, each once, in order.
pub(super) fn files_of(db: &Connection) -> Result<Vec<ContentName>> {
    let mut statement = db.prepare(&naming("vault_name IS NOT NULL", "UNION"))?;
    let mut rows = statement.query([])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let name = row.get_ref(0)?.as_blob().ok();
        let name = name.and_then(ContentName::from_slice);
        files.push(name.ok_or_else(|| damaged("database"))?);
    }
    files.sort_unstable();
    Ok(files)
}

/// SQL over every table in [`FILED`].
pub(crate) fn naming(condition: &str, joined: &str) -> String {
    let one = |table: &&str| ["SELECT vault_name FROM ", table, " WHERE ", condition].concat();
    let all: Vec<_> = FILED.iter().map(one).collect();
    all.join(&[" ", joined, " "].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db;

    /// A file that is not in the list would be in no backup.
    #[test]
    fn the_list_names_every_table_with_files() {
        let dir = tempfile::tempdir().unwrap();
        let key = seal::Key::from_bytes([1; 32]);
        let source = db::Source::new(dir.path(), key, None);
        let db = source.open_writer().unwrap();
        let mut statement = db
            .prepare(
                "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND c.name = 'vault_name' ORDER BY 1",
            )
            .unwrap();
        let tables: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let mut listed = FILED.to_vec();
        listed.sort_unstable();
        assert_eq!(tables, listed);
    }
}
