//! What has had its time is removed, with its envelopes and blobs.

use protocol::{Closed, StreamId, limits};
use rusqlite::params;
use uuid::Uuid;

use super::{
    super::{LogError, News},
    desk::Desk,
};
use crate::clock::millis;

/// Streams in one go: the appends of others wait that long.
const AT_ONCE: u32 = 64;

impl Desk {
    /// How many streams were looked at; more may wait while it is not 0.
    pub(super) fn expire(&mut self, now: i64) -> Result<u64, LogError> {
        let due: Vec<(StreamId, i64, bool, Option<i64>)> = self
            .connection
            .prepare_cached(
                "SELECT id, number, closed IS NULL,
                        (SELECT at FROM entries WHERE place >= number << 32
                             AND place < (number + 1) << 32 ORDER BY place DESC LIMIT 1)
                 FROM streams WHERE ends <= ?1 ORDER BY ends LIMIT ?2",
            )?
            .query_map(params![now, AT_ONCE], |row| {
                let id = Uuid::from_bytes(row.get(0)?);
                Ok((id, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        for (id, number, open, last) in &due {
            let is_door: bool = self
                .connection
                .prepare_cached("SELECT door IS NULL FROM streams WHERE number = ?1")?
                .query_row([number], |row| row.get(0))?;
            let lasts_until = last.map_or(0, |at| at + millis(limits::LIFETIME));
            if *open && !is_door && lasts_until > now {
                self.connection
                    .prepare_cached("UPDATE streams SET ends = ?2 WHERE number = ?1")?
                    .execute([*number, lasts_until])?;
            } else {
                self.remove(*id, *number, *open)?;
            }
        }
        Ok(due.len() as u64)
    }

    fn remove(&mut self, id: StreamId, number: i64, open: bool) -> Result<(), LogError> {
        if open {
            self.tell(News::Closed(id, Closed::Expired));
        }
        self.forget(id);
        let hashes: Vec<[u8; 32]> = self
            .connection
            .prepare_cached(
                "SELECT hash FROM blobs AS own WHERE stream = ?1 AND NOT EXISTS
                     (SELECT 1 FROM blobs WHERE hash = own.hash AND stream <> ?1)",
            )?
            .query_map([number], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let paths = hashes.iter().map(|hash| self.blobs.path(hash));
        self.rubbish.extend(paths.collect::<Vec<_>>());
        for table in [
            "DELETE FROM blobs WHERE stream = ?1",
            "DELETE FROM entries WHERE place >= ?1 << 32 AND place < (?1 + 1) << 32",
            "DELETE FROM doors WHERE stream = ?1",
            "DELETE FROM streams WHERE number = ?1",
        ] {
            self.connection.prepare_cached(table)?.execute([number])?;
        }
        Ok(())
    }
}
