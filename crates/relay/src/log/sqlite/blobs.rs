//! Blobs: files named by the SHA-256 of their bytes, each reachable only through a stream that has it.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
};

use protocol::{StreamId, limits};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{
    super::{Hash, LogError, Party},
    broken,
    desk::{Desk, may_reach},
};

/// The folder of files.
#[derive(Clone)]
pub(super) struct Blobs {
    folder: PathBuf,
}

/// A file written and synced, not yet named; removed unless it is.
pub(super) struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already when it was named.
        let _ = fs::remove_file(&self.0);
    }
}

impl Blobs {
    pub(super) fn open(folder: PathBuf) -> Result<Self, LogError> {
        fs::create_dir_all(&folder).map_err(broken)?;
        Ok(Self { folder })
    }

    pub(super) fn path(&self, hash: &Hash) -> PathBuf {
        self.folder.join(hex::encode(hash))
    }

    pub(super) fn write(&self, bytes: &[u8]) -> Result<Part, LogError> {
        let part = Part(self.folder.join(format!("{}.part", Uuid::new_v4())));
        let mut file = File::create(&part.0).map_err(broken)?;
        file.write_all(bytes).map_err(broken)?;
        file.sync_all().map_err(broken)?;
        Ok(part)
    }

    /// The new name is durable when this returns.
    fn name(&self, part: &Part, hash: &Hash) -> io::Result<()> {
        fs::rename(&part.0, self.path(hash))?;
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        Ok(())
    }

    pub(super) fn read(
        &self,
        connection: &mut Connection,
        by: Party,
        stream: StreamId,
        hash: &Hash,
    ) -> Result<Vec<u8>, LogError> {
        let mut select = connection.prepare_cached(
            "SELECT streams.host FROM streams JOIN blobs ON blobs.stream = streams.number
             WHERE streams.id = ?1 AND blobs.hash = ?2",
        )?;
        let host = select.query_row(params![stream.as_bytes(), hash], |row| row.get(0))?;
        if !may_reach(by, stream, Uuid::from_bytes(host)) {
            return Err(LogError::NotFound);
        }
        fs::read(self.path(hash)).map_err(broken)
    }

    /// Removes files that no row names: left by a crash between a name and its commit.
    pub(super) fn forget_strangers(&self, connection: &Connection) -> Result<(), LogError> {
        let mut select = connection.prepare("SELECT DISTINCT hash FROM blobs")?;
        let named = select.query_map([], |row| Ok(hex::encode(row.get::<_, Hash>(0)?)))?;
        let named: HashSet<String> = named.collect::<Result<_, _>>()?;
        for file in fs::read_dir(&self.folder).map_err(broken)? {
            let file = file.map_err(broken)?;
            let known = file
                .file_name()
                .to_str()
                .is_some_and(|name| named.contains(name));
            if !known {
                fs::remove_file(file.path()).map_err(broken)?;
            }
        }
        Ok(())
    }
}

impl Desk {
    pub(super) fn put_blob(
        &mut self,
        by: Party,
        stream: StreamId,
        hash: &Hash,
        size: usize,
        part: Part,
    ) -> Result<(), LogError> {
        if size > limits::BLOB {
            return Err(LogError::TooLarge);
        }
        let known = self.stream(by, stream)?;
        if known.is_door {
            return Err(LogError::NotFound);
        }
        if known.closed.is_some() {
            return Err(LogError::Closed);
        }
        if matches!(by, Party::Guest(_)) && !known.admitted {
            return Err(LogError::TooMany);
        }
        let number = known.number;
        let there = self
            .connection
            .prepare_cached("SELECT 1 FROM blobs WHERE stream = ?1 AND hash = ?2")?
            .query_row(params![number, hash], |_| Ok(()))
            .optional()?;
        if there.is_some() {
            return Ok(());
        }
        let held: u64 = self
            .connection
            .prepare_cached("SELECT coalesce(sum(size), 0) FROM blobs WHERE stream = ?1")?
            .query_row([number], |row| row.get(0))?;
        if held + size as u64 > self.blob_bytes {
            return Err(LogError::TooLarge);
        }
        self.blobs.name(&part, hash).map_err(broken)?;
        // Another stream's last use of the same bytes may have ended in this very transaction.
        let path = self.blobs.path(hash);
        self.rubbish.retain(|gone| *gone != path);
        self.connection
            .prepare_cached("INSERT INTO blobs (stream, hash, size) VALUES (?1, ?2, ?3)")?
            .execute(params![number, hash, size])?;
        Ok(())
    }
}
