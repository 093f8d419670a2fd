//! The writer's desk: its connection, what it knows of streams in use, and the news of this transaction.

use std::{collections::HashMap, mem, path::PathBuf};

use protocol::{Closed, StreamId};
use rusqlite::Connection;
use uuid::Uuid;

use super::{
    super::{LogError, News, Party},
    Options,
    append::place,
    blobs::Blobs,
};

/// Streams remembered; then the desk is cleared.
const KNOWN: usize = 50_000;

pub(super) struct Desk {
    pub(super) connection: Connection,
    pub(super) blobs: Blobs,
    pub(super) stream_bytes: u64,
    pub(super) blob_bytes: u64,
    pub(super) doors_per_host: u32,
    known: HashMap<StreamId, Known>,
    news: Vec<News>,
    /// Files without a row, to be removed after the commit.
    pub(super) rubbish: Vec<PathBuf>,
}

/// A stream in use, so that an append need not look it up.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) number: i64,
    pub(super) host: Uuid,
    /// A door's own stream, on which only the relay writes.
    pub(super) is_door: bool,
    pub(super) admitted: bool,
    pub(super) closed: Option<Closed>,
    pub(super) head: u64,
    pub(super) bytes: u64,
    /// Envelopes of its guest.
    pub(super) guests: u32,
}

impl Desk {
    pub(super) fn new(connection: Connection, options: &Options, blobs: Blobs) -> Self {
        Self {
            connection,
            blobs,
            stream_bytes: options.stream_bytes,
            blob_bytes: options.blob_bytes,
            doors_per_host: options.doors_per_host,
            known: HashMap::new(),
            news: Vec::new(),
            rubbish: Vec::new(),
        }
    }

    /// All of it or nothing.
    pub(super) fn transaction(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), LogError>,
    ) -> Result<(), LogError> {
        let done = self
            .connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(LogError::from)
            .and_then(|()| work(self))
            .and_then(|()| Ok(self.connection.execute_batch("COMMIT")?));
        if done.is_err() {
            self.known.clear();
            self.news.clear();
            self.rubbish.clear();
            // A full disk may have rolled back already.
            if !self.connection.is_autocommit() {
                let _ = self.connection.execute_batch("ROLLBACK");
            }
        }
        for path in mem::take(&mut self.rubbish) {
            // What stays is found when the relay starts again.
            let _ = std::fs::remove_file(path);
        }
        done
    }

    pub(super) fn tell(&mut self, news: News) {
        self.news.push(news);
    }

    pub(super) fn take_news(&mut self) -> Vec<News> {
        mem::take(&mut self.news)
    }

    pub(super) fn forget(&mut self, stream: StreamId) {
        self.known.remove(&stream);
    }

    /// A stream that this party may reach.
    pub(super) fn stream(&mut self, by: Party, id: StreamId) -> Result<&mut Known, LogError> {
        if self.known.len() > KNOWN {
            self.known.clear();
        }
        if !self.known.contains_key(&id) {
            let known = load(&self.connection, id)?;
            self.known.insert(id, known);
        }
        let known = self.known.get_mut(&id).ok_or(LogError::NotFound)?;
        if may_reach(by, id, known.host) {
            Ok(known)
        } else {
            Err(LogError::NotFound)
        }
    }
}

/// A workstation reaches its own streams, a guest the one that it was given.
pub(super) fn may_reach(by: Party, id: StreamId, host: Uuid) -> bool {
    match by {
        Party::Host(own) => own == host,
        Party::Guest(own) => own == id,
    }
}

pub(super) fn load(connection: &Connection, id: StreamId) -> Result<Known, LogError> {
    let mut stream = connection.prepare_cached(
        "SELECT number, host, door IS NULL, admitted, closed FROM streams WHERE id = ?1",
    )?;
    let mut known = stream.query_row([id.as_bytes()], |row| {
        Ok(Known {
            number: row.get(0)?,
            host: Uuid::from_bytes(row.get(1)?),
            is_door: row.get(2)?,
            admitted: row.get(3)?,
            closed: row.get::<_, Option<u8>>(4)?.map(closed_from),
            head: 0,
            bytes: 0,
            guests: 0,
        })
    })?;
    let mut entries = connection.prepare_cached(
        "SELECT coalesce(max(place), 0) & 0xFFFFFFFF, coalesce(sum(length(envelope)), 0),
                count(*) FILTER (WHERE sender = 2)
         FROM entries WHERE place >= ?1 AND place < ?2",
    )?;
    let range = [place(known.number, 0), place(known.number + 1, 0)];
    (known.head, known.bytes, known.guests) =
        entries.query_row(range, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(known)
}

pub(super) fn closed_from(number: u8) -> Closed {
    match number {
        1 => Closed::ByHost,
        _ => Closed::Expired,
    }
}

pub(super) fn closed_number(why: Closed) -> u8 {
    match why {
        Closed::ByHost => 1,
        Closed::Expired => 2,
    }
}
