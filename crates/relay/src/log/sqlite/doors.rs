//! Doors: where guests knock.

use protocol::{Closed, Sender, StreamId, limits};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{
    super::{Door, Entry, Hash, LogError, News, Party},
    desk::Desk,
};
use crate::clock::millis;

impl Desk {
    pub(super) fn open_door(
        &mut self,
        host: Uuid,
        door: &Door,
        now: i64,
    ) -> Result<StreamId, LogError> {
        if !limits::DOOR.contains(&door.code.len())
            || door.greeting.len() > limits::GREETING
            || door.ends <= now
            || door.ends > now + millis(limits::LIFETIME)
        {
            return Err(LogError::TooLarge);
        }
        let found = self
            .connection
            .prepare_cached(
                "SELECT doors.host, doors.ends, streams.id, streams.number
                 FROM doors JOIN streams ON streams.number = doors.stream WHERE code = ?1",
            )?
            .query_row([&door.code], |row| {
                Ok((
                    Uuid::from_bytes(row.get(0)?),
                    row.get::<_, i64>(1)?,
                    Uuid::from_bytes(row.get(2)?),
                    row.get::<_, i64>(3)?,
                ))
            })
            .optional()?;
        match found {
            // Nobody came by to remove it yet.
            Some((_, ends, stream, _)) if ends <= now => self.end(stream, Closed::Expired)?,
            Some((owner, ..)) if owner != host => return Err(LogError::Taken),
            Some((_, _, stream, number)) => {
                self.connection
                    .prepare_cached("UPDATE doors SET greeting = ?2, ends = ?3 WHERE code = ?1")?
                    .execute(params![door.code, door.greeting, door.ends])?;
                self.connection
                    .prepare_cached("UPDATE streams SET ends = ?2 WHERE number = ?1")?
                    .execute(params![number, door.ends])?;
                return Ok(stream);
            }
            None => {}
        }
        let open: u32 = self
            .connection
            .prepare_cached("SELECT count(*) FROM doors WHERE host = ?1 AND ends > ?2")?
            .query_row(params![host.as_bytes(), now], |row| row.get(0))?;
        if open >= self.doors_per_host {
            return Err(LogError::TooMany);
        }
        let stream = Uuid::new_v4();
        self.connection
            .prepare_cached("INSERT INTO streams (id, host, opened, ends) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![stream.as_bytes(), host.as_bytes(), now, door.ends])?;
        self.connection
            .prepare_cached(
                "INSERT INTO doors (code, host, stream, greeting, ends) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                door.code,
                host.as_bytes(),
                self.connection.last_insert_rowid(),
                door.greeting,
                door.ends,
            ])?;
        Ok(stream)
    }

    pub(super) fn close_door(&mut self, host: Uuid, code: &str) -> Result<(), LogError> {
        let stream: [u8; 16] = self
            .connection
            .prepare_cached(
                "SELECT streams.id FROM doors JOIN streams ON streams.number = doors.stream
                 WHERE code = ?1 AND doors.host = ?2",
            )?
            .query_row(params![code, host.as_bytes()], |row| row.get(0))?;
        self.end(Uuid::from_bytes(stream), Closed::ByHost)
    }

    pub(super) fn knock(
        &mut self,
        code: &str,
        token: &Hash,
        token_ends: i64,
        now: i64,
    ) -> Result<StreamId, LogError> {
        let (host, door, door_number) = self
            .connection
            .prepare_cached(
                "SELECT doors.host, streams.id, streams.number
                 FROM doors JOIN streams ON streams.number = doors.stream
                 WHERE code = ?1 AND doors.ends > ?2",
            )?
            .query_row(params![code, now], |row| {
                Ok((
                    Uuid::from_bytes(row.get(0)?),
                    Uuid::from_bytes(row.get(1)?),
                    row.get::<_, i64>(2)?,
                ))
            })?;
        let standing: u32 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM streams WHERE door = ?1 AND admitted = 0 AND closed IS NULL",
            )?
            .query_row([door_number], |row| row.get(0))?;
        if standing >= limits::KNOCKS {
            return Err(LogError::TooMany);
        }
        let stream = Uuid::new_v4();
        self.connection
            .prepare_cached(
                "INSERT INTO streams (id, host, door, token, token_ends, opened, ends)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                stream.as_bytes(),
                host.as_bytes(),
                door_number,
                token,
                token_ends,
                now,
                now + millis(limits::LIFETIME),
            ])?;
        let known = self.stream(Party::Host(host), door)?;
        known.head += 1;
        let entry = Entry {
            stream: door,
            seq: known.head,
            key: Uuid::new_v4(),
            from: Sender::Relay,
            at: now,
            envelope: stream.as_bytes().to_vec(),
        };
        self.insert(door_number, &entry)?;
        self.tell(News::Entry(entry));
        Ok(stream)
    }
}

pub(super) fn greeting(
    connection: &mut Connection,
    code: &str,
    now: i64,
) -> Result<Vec<u8>, LogError> {
    let mut select =
        connection.prepare_cached("SELECT greeting FROM doors WHERE code = ?1 AND ends > ?2")?;
    Ok(select.query_row(params![code, now], |row| row.get(0))?)
}

pub(super) fn standing(
    connection: &mut Connection,
    code: &str,
    before: i64,
) -> Result<Vec<StreamId>, LogError> {
    let mut select = connection.prepare_cached(
        "SELECT guests.id FROM doors JOIN streams AS guests ON guests.door = doors.stream
         WHERE code = ?1 AND opened < ?2 AND admitted = 0 AND closed IS NULL ORDER BY opened",
    )?;
    let rows = select.query_map(params![code, before], |row| {
        Ok(Uuid::from_bytes(row.get(0)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
