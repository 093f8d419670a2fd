//! Guests: their tokens, their admission, their end.

use protocol::{Closed, StreamId};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{
    super::{Guest, Hash, LogError, News, Party},
    desk::{Desk, closed_number, load},
};

impl Desk {
    pub(super) fn renew(&mut self, token: &Hash, ends: i64, now: i64) -> Result<Guest, LogError> {
        let guest = guest(&mut self.connection, token, now)?;
        self.connection
            .prepare_cached("UPDATE streams SET token_ends = ?2 WHERE token = ?1")?
            .execute(params![token, ends])?;
        Ok(Guest { ends, ..guest })
    }

    pub(super) fn admit(&mut self, host: Uuid, stream: StreamId) -> Result<(), LogError> {
        let known = self.guest_stream(host, stream)?;
        if known.1 {
            return Err(LogError::Closed);
        }
        self.connection
            .prepare_cached("UPDATE streams SET admitted = 1 WHERE number = ?1")?
            .execute([known.0])?;
        self.stream(Party::Host(host), stream)?.admitted = true;
        Ok(())
    }

    /// Closing what is closed is done already.
    pub(super) fn close(&mut self, host: Uuid, stream: StreamId) -> Result<(), LogError> {
        self.guest_stream(host, stream)?;
        self.end(stream, Closed::ByHost)
    }

    /// Ends a stream and the token for it; a door's also gives up its code.
    pub(super) fn end(&mut self, stream: StreamId, why: Closed) -> Result<(), LogError> {
        let known = load(&self.connection, stream)?;
        if known.closed.is_some() {
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "UPDATE streams SET closed = ?2, token = NULL, token_ends = NULL WHERE number = ?1",
            )?
            .execute(params![known.number, closed_number(why)])?;
        self.connection
            .prepare_cached("DELETE FROM doors WHERE stream = ?1")?
            .execute([known.number])?;
        self.forget(stream);
        self.tell(News::Closed(stream, why));
        Ok(())
    }

    /// Number of a guest's stream, and whether it is closed; not of a door's.
    fn guest_stream(&mut self, host: Uuid, stream: StreamId) -> Result<(i64, bool), LogError> {
        let known = self.stream(Party::Host(host), stream)?;
        if known.is_door {
            return Err(LogError::NotFound);
        }
        Ok((known.number, known.closed.is_some()))
    }
}

pub(super) fn guest(
    connection: &mut Connection,
    token: &Hash,
    now: i64,
) -> Result<Guest, LogError> {
    let mut select = connection.prepare_cached(
        "SELECT id, token_ends FROM streams WHERE token = ?1 AND token_ends > ?2",
    )?;
    Ok(select.query_row(params![token, now], |row| {
        Ok(Guest {
            stream: Uuid::from_bytes(row.get(0)?),
            ends: row.get(1)?,
        })
    })?)
}
