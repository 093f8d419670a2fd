//! Adding envelopes, each key once, and reading them from a cursor.

use protocol::{Sender, StreamId, limits};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{
    super::{Append, Entry, LogError, News, Party, Piece},
    desk::{Desk, closed_from, may_reach},
};

/// Bytes of envelopes after which a piece ends.
const PIECE: usize = 1 << 20;

impl Desk {
    pub(super) fn append(&mut self, append: Append) -> Result<u64, LogError> {
        let Append {
            by,
            stream,
            key,
            envelope,
            at,
        } = append;
        let quota = self.stream_bytes;
        let known = self.stream(by, stream)?;
        if known.is_door {
            return Err(LogError::NotFound);
        }
        let (number, size) = (known.number, envelope.len() as u64);
        let from = sender(by);
        let full = known.bytes + size > quota
            || (from == Sender::Guest
                && !known.admitted
                && known.guests >= limits::KNOCK_ENVELOPES);
        let closed = known.closed.is_some();
        let seq = known.head + 1;
        // What was stored before is acknowledged again, even where nothing more may be added.
        if full || closed || envelope.len() > limits::ENVELOPE {
            return match self.stored(number, key, from, &envelope)? {
                Some(seq) => Ok(seq),
                None if closed => Err(LogError::Closed),
                None if full => Err(LogError::TooMany),
                None => Err(LogError::TooLarge),
            };
        }
        let entry = Entry {
            stream,
            seq,
            key,
            from,
            at,
            envelope,
        };
        if !self.insert(number, &entry)? {
            let stored = self.stored(number, key, from, &entry.envelope)?;
            return stored.ok_or(LogError::KeyReused);
        }
        let known = self.stream(by, stream)?;
        known.head = seq;
        known.bytes += size;
        known.guests += u32::from(from == Sender::Guest);
        self.tell(News::Entry(entry));
        Ok(seq)
    }

    /// Whether the entry is new; not when its key is there already.
    pub(super) fn insert(&self, number: i64, entry: &Entry) -> Result<bool, LogError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO entries (place, key, sender, at, envelope)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (place >> 32, key) DO NOTHING",
        )?;
        let added = insert.execute(params![
            place(number, entry.seq),
            entry.key.as_bytes(),
            sender_number(entry.from),
            entry.at,
            entry.envelope,
        ])?;
        Ok(added == 1)
    }

    /// Where this envelope is already; an error when its key came with other bytes or from another.
    fn stored(
        &self,
        number: i64,
        key: Uuid,
        from: Sender,
        envelope: &[u8],
    ) -> Result<Option<u64>, LogError> {
        let mut select = self.connection.prepare_cached(
            "SELECT place & 0xFFFFFFFF, sender = ?3 AND envelope = ?4 FROM entries
             WHERE place >> 32 = ?1 AND key = ?2",
        )?;
        let found = select
            .query_row(
                params![number, key.as_bytes(), sender_number(from), envelope],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        match found {
            None => Ok(None),
            Some((seq, true)) => Ok(Some(seq)),
            Some((_, false)) => Err(LogError::KeyReused),
        }
    }
}

pub(super) fn read(
    connection: &mut Connection,
    by: Party,
    stream: StreamId,
    after: u64,
    most: u32,
) -> Result<Piece, LogError> {
    // One transaction: what the head says is what the entries are.
    let connection = connection.transaction()?;
    let mut select = connection.prepare_cached(
        "SELECT number, host, closed,
                (SELECT coalesce(max(place), 0) & 0xFFFFFFFF FROM entries
                 WHERE place >= number << 32 AND place < (number + 1) << 32)
         FROM streams WHERE id = ?1",
    )?;
    let (number, host, closed, head): (i64, _, Option<u8>, u64) = select
        .query_row([stream.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    if !may_reach(by, stream, Uuid::from_bytes(host)) {
        return Err(LogError::NotFound);
    }
    let mut piece = Piece {
        entries: Vec::new(),
        head,
        closed: closed.map(closed_from),
    };
    if after >= head {
        return Ok(piece);
    }
    let mut select = connection.prepare_cached(
        "SELECT place & 0xFFFFFFFF, key, sender, at, envelope FROM entries
         WHERE place > ?1 AND place < ?2 ORDER BY place LIMIT ?3",
    )?;
    // A cursor beyond what a place can count is beyond every head, and was answered above.
    let rows = select.query_map(
        params![place(number, after), place(number + 1, 0), most],
        |row| {
            Ok(Entry {
                stream,
                seq: row.get(0)?,
                key: Uuid::from_bytes(row.get(1)?),
                from: sender_from(row.get(2)?),
                at: row.get(3)?,
                envelope: row.get(4)?,
            })
        },
    )?;
    let mut bytes = 0;
    for entry in rows {
        let entry = entry?;
        bytes += entry.envelope.len();
        piece.entries.push(entry);
        if bytes >= PIECE {
            break;
        }
    }
    Ok(piece)
}

/// The key of an entry: streams one after the other, each in its order.
pub(super) fn place(number: i64, seq: u64) -> i64 {
    (number << 32) | seq.cast_signed()
}

fn sender(by: Party) -> Sender {
    match by {
        Party::Host(_) => Sender::Host,
        Party::Guest(_) => Sender::Guest,
    }
}

fn sender_number(sender: Sender) -> u8 {
    match sender {
        Sender::Relay => 0,
        Sender::Host => 1,
        Sender::Guest => 2,
    }
}

fn sender_from(number: u8) -> Sender {
    match number {
        0 => Sender::Relay,
        1 => Sender::Host,
        _ => Sender::Guest,
    }
}
