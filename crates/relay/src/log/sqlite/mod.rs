//! One SQLite file and a folder of blobs. One thread writes, a few read.

mod append;
mod blobs;
mod checkpoint;
mod desk;
mod doors;
mod expire;
mod guests;
mod readers;
mod writer;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use futures_util::FutureExt;
use protocol::{Closed, StreamId};
use rusqlite::Connection;
use uuid::Uuid;

use self::{blobs::Blobs, checkpoint::Checkpoints, desk::Desk, readers::Readers, writer::Writer};
use super::{Answer, Append, Door, Guest, Hash, Log, LogError, Party, Piece, Tell};

const SCHEMA: &str = concat!(
    "BEGIN;",
    include_str!("schema.sql"),
    "PRAGMA user_version = 1; COMMIT;"
);
const VERSION: i32 = 1;

/// Told after each commit: how many acts it held, and how long it took.
pub type Committed = Arc<dyn Fn(usize, Duration) + Send + Sync>;

/// Where, how much, and whom to tell.
pub struct Options {
    /// A folder of its own.
    pub folder: PathBuf,
    /// Takes what has become durable.
    pub tell: Tell,
    /// Takes each commit's size and time.
    pub committed: Committed,
    /// Bytes of envelopes in one stream.
    pub stream_bytes: u64,
    /// Bytes of blobs in one stream.
    pub blob_bytes: u64,
    /// Open doors of one workstation.
    pub doors_per_host: u32,
    /// Bytes of the database; 0 for as much as the disk holds.
    pub database_bytes: u64,
}

/// Streams in an SQLite file.
pub struct SqliteLog {
    writer: Writer,
    readers: Readers,
    blobs: Blobs,
}

impl SqliteLog {
    /// Opens the files, or makes them; finishes what a crash has left half done.
    ///
    /// # Errors
    /// [`LogError::Storage`] when the folder or the database cannot be used.
    pub fn open(options: Options) -> Result<Self, LogError> {
        fs::create_dir_all(&options.folder).map_err(broken)?;
        let path = options.folder.join("streams.db");
        let connection = connect(&path)?;
        prepare(&connection, options.database_bytes)?;
        let checkpoints = Checkpoints::start(connect(&path)?)?;
        let blobs = Blobs::open(options.folder.join("blobs"))?;
        blobs.forget_strangers(&connection)?;
        let readers = Readers::start(&path)?;
        let desk = Desk::new(connection, &options, blobs.clone());
        let writer = Writer::start(desk, checkpoints, options)?;
        Ok(Self {
            writer,
            readers,
            blobs,
        })
    }
}

impl Log for SqliteLog {
    fn open_door(&self, host: Uuid, door: Door, now: i64) -> Answer<StreamId> {
        self.writer
            .ask(move |desk| desk.open_door(host, &door, now))
    }

    fn close_door(&self, host: Uuid, code: String) -> Answer<()> {
        self.writer.ask(move |desk| desk.close_door(host, &code))
    }

    fn greeting(&self, code: String, now: i64) -> Answer<Vec<u8>> {
        self.readers
            .ask(move |connection| doors::greeting(connection, &code, now))
    }

    fn knock(&self, code: String, token: Hash, ends: i64, now: i64) -> Answer<StreamId> {
        self.writer
            .ask(move |desk| desk.knock(&code, &token, ends, now))
    }

    fn standing(&self, code: String, before: i64) -> Answer<Vec<StreamId>> {
        self.readers
            .ask(move |connection| doors::standing(connection, &code, before))
    }

    fn guest(&self, token: Hash, now: i64) -> Answer<Guest> {
        self.readers
            .ask(move |connection| guests::guest(connection, &token, now))
    }

    fn renew(&self, token: Hash, ends: i64, now: i64) -> Answer<Guest> {
        self.writer.ask(move |desk| desk.renew(&token, ends, now))
    }

    fn admit(&self, host: Uuid, stream: StreamId) -> Answer<()> {
        self.writer.ask(move |desk| desk.admit(host, stream))
    }

    fn close(&self, host: Uuid, stream: StreamId) -> Answer<()> {
        self.writer.ask(move |desk| desk.close(host, stream))
    }

    fn give_up(&self, stream: StreamId) -> Answer<()> {
        self.writer
            .ask(move |desk| desk.end(stream, Closed::Expired))
    }

    fn append(&self, append: Append) -> Answer<u64> {
        self.writer.ask(move |desk| desk.append(append))
    }

    fn read(&self, by: Party, stream: StreamId, after: u64, most: u32) -> Answer<Piece> {
        self.readers
            .ask(move |connection| append::read(connection, by, stream, after, most))
    }

    fn put_blob(&self, by: Party, stream: StreamId, hash: Hash, bytes: Vec<u8>) -> Answer<()> {
        let (blobs, size) = (self.blobs.clone(), bytes.len());
        // Writing takes long, and so is not the writer's work; it gives the file its name.
        let written = self.readers.ask(move |_| blobs.write(&bytes));
        let writer = self.writer.clone();
        async move {
            let part = written.await?;
            let named = writer.ask(move |desk| desk.put_blob(by, stream, &hash, size, part));
            named.await
        }
        .boxed()
    }

    fn blob(&self, by: Party, stream: StreamId, hash: Hash) -> Answer<Vec<u8>> {
        let blobs = self.blobs.clone();
        self.readers
            .ask(move |connection| blobs.read(connection, by, stream, &hash))
    }

    fn expire(&self, now: i64) -> Answer<u64> {
        self.writer.ask(move |desk| desk.expire(now))
    }

    fn flush(&self) -> Answer<()> {
        self.writer.ask(|_| Ok(()))
    }
}

fn connect(path: &Path) -> Result<Connection, LogError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// An acknowledged envelope survives the loss of power: FULL syncs the write-ahead log at every commit.
fn prepare(connection: &Connection, database_bytes: u64) -> Result<(), LogError> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // `checkpoint.rs` does it.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "journal_size_limit", 128 << 20)?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        0 => connection.execute_batch(SCHEMA)?,
        VERSION => {}
        _ => return Err(LogError::Storage("made by a newer relay".to_owned())),
    }
    if database_bytes > 0 {
        let page: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        connection.pragma_update(None, "max_page_count", database_bytes.div_ceil(page))?;
    }
    Ok(())
}

fn broken(error: std::io::Error) -> LogError {
    LogError::Storage(error.to_string())
}

impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            error => Self::Storage(error.to_string()),
        }
    }
}
