//! What a running consultation needs besides facts: keys and cursors, what is on whose screen, a
//! recording in progress. None of it is an act of a person, so none of it is in the journal; nothing
//! that was said can be written through here.

use basics::{ConsultationId, MessageId, ParticipantId, Secret, Timestamp};
use rusqlite::{Connection, params};
use zeroize::Zeroizing;

use super::{
    Found,
    change::participant,
    find_own, find_running,
    messages::{Relayed, find_message},
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    record::sql,
    write::Change,
};

/// Bytes of a recording: eight minutes at 16 kHz, 16 bit, and half a second more.
const LONGEST_RECORDING: u64 = 480_500 * 32;

/// A transaction for upkeep only, or the upkeep in a [`Change`]; drafts of reports are saved by it, too.
pub struct Upkeep<'a> {
    pub(in crate::record) db: &'a Connection,
    pub(in crate::record) permit: &'a Permit,
    pub(in crate::record) at: i64,
}

/// A recording that nobody has finished yet.
#[derive(Debug)]
pub struct Recording {
    /// Who speaks.
    pub participant_id: ParticipantId,
    /// When its first piece was kept.
    pub since: Timestamp,
    /// The sound so far: 16 kHz, one channel, 16 bit, little-endian, no header.
    pub sound: Zeroizing<Vec<u8>>,
}

impl Clinic {
    /// Keeps what a running consultation needs, durably, without a row in the journal.
    ///
    /// # Errors
    /// What `act` fails with; [`ClinicError::Locked`]; disk errors.
    pub fn upkeep<T, E: From<ClinicError>>(
        &self,
        permit: &Permit,
        act: impl FnOnce(&Upkeep<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let store = self.store()?;
        let at = self.now().as_millisecond();
        store.upkeep(|db| act(&Upkeep { db, permit, at }))
    }

    /// What was kept by [`Upkeep::keep_live_state`], by name; nothing after the end.
    ///
    /// # Errors
    /// [`ClinicError::Forbidden`] where the asker is not its doctor; [`ClinicError::NotFound`].
    pub fn live_state(
        &self,
        permit: &Permit,
        id: ConsultationId,
    ) -> Result<Vec<(String, Secret<Vec<u8>>)>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_own(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT name, value FROM live_state WHERE consultation = ?1 ORDER BY name",
        )?;
        let state = statement.query_map([found.key], |row| {
            Ok((row.get(0)?, Secret::new(row.get(1)?)))
        })?;
        Ok(state.collect::<rusqlite::Result<_>>()?)
    }

    /// Recordings that a crash cut off, or that are still going on.
    ///
    /// # Errors
    /// [`ClinicError::Forbidden`] where the asker is not its doctor; [`ClinicError::NotFound`].
    pub fn recordings(&self, permit: &Permit, id: ConsultationId) -> Result<Vec<Recording>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_own(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT p.id, r.at, r.sound FROM recording_pieces AS r
             JOIN participants AS p ON p.key = r.participant
             WHERE r.consultation = ?1 ORDER BY r.participant, r.key",
        )?;
        let mut pieces = statement.query([found.key])?;
        let mut recordings: Vec<Recording> = Vec::new();
        while let Some(piece) = pieces.next()? {
            let participant_id = sql::id(piece, 0)?;
            let sound = piece.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
            match recordings.last_mut() {
                Some(last) if last.participant_id == participant_id => {
                    last.sound.extend_from_slice(sound);
                }
                _ => recordings.push(Recording {
                    participant_id,
                    since: sql::moment(piece, 1)?,
                    sound: Zeroizing::new(sound.to_vec()),
                }),
            }
        }
        Ok(recordings)
    }
}

impl Change<'_> {
    /// The upkeep that belongs to this change, in its transaction.
    pub fn upkeep(&self) -> Upkeep<'_> {
        Upkeep {
            db: self.db,
            permit: self.permit,
            at: self.at(),
        }
    }
}

impl Upkeep<'_> {
    /// Somebody has every message up to `n` on the screen; a lower number changes nothing.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`consultation-ended`); [`ClinicError::Forbidden`] where the asker is
    /// not its doctor; [`ClinicError::NotFound`].
    pub fn note_seen(&self, id: ConsultationId, participant: ParticipantId, n: u64) -> Result<()> {
        let (found, key) = self.participant(id, participant)?;
        let n = i64::try_from(n.min(found.messages)).unwrap_or(i64::MAX);
        self.db
            .prepare_cached(
                "INSERT INTO seen VALUES (?1, ?2)
                 ON CONFLICT DO UPDATE SET n = max(n, excluded.n)",
            )?
            .execute(params![key, n])?;
        Ok(())
    }

    /// Keeps a piece of state in place of the one of this name.
    ///
    /// # Errors
    /// As [`Upkeep::note_seen`]; [`ClinicError::TooLong`] over 1 MiB.
    pub fn keep_live_state(
        &self,
        id: ConsultationId,
        name: &str,
        value: &Secret<Vec<u8>>,
    ) -> Result<()> {
        limits::name("name", name)?;
        bytes("value", value.expose().len(), limits::TEXT as u64)?;
        let found = find_running(self.db, self.permit, id)?;
        self.db
            .prepare_cached("INSERT OR REPLACE INTO live_state VALUES (?1, ?2, ?3)")?
            .execute(params![found.key, name, value.expose()])?;
        Ok(())
    }

    /// Forgets a piece of state.
    ///
    /// # Errors
    /// As [`Upkeep::note_seen`].
    pub fn drop_live_state(&self, id: ConsultationId, name: &str) -> Result<()> {
        let found = find_running(self.db, self.permit, id)?;
        self.db
            .prepare_cached("DELETE FROM live_state WHERE consultation = ?1 AND name = ?2")?
            .execute(params![found.key, name])?;
        Ok(())
    }

    /// Keeps where the relay has a message's sound, in place of what was known.
    ///
    /// # Errors
    /// As [`Upkeep::note_seen`]; [`ClinicError::NotFound`] for the message or its sound;
    /// [`ClinicError::Invalid`] for a key that is not 32 bytes or a hash that is none.
    pub fn keep_relayed(&self, id: MessageId, relayed: &Relayed) -> Result<()> {
        self.permit.needs(Permission::HostConsultations)?;
        let (found, n) = find_message(self.db, self.permit, id)?;
        let found = found.own(self.permit)?.running()?;
        let has_sound = self
            .db
            .prepare_cached("SELECT 1 FROM sounds WHERE consultation = ?1 AND n = ?2")?
            .exists(params![found.key, n])?;
        match has_sound {
            true => keep_relayed(self.db, found.key, n, relayed),
            false => Err(ClinicError::NotFound { what: "sound" }),
        }
    }

    /// Keeps the next piece of what somebody is recording: 16 kHz, one channel, 16 bit, little-endian.
    ///
    /// # Errors
    /// As [`Upkeep::note_seen`]; [`ClinicError::TooLong`] over eight minutes in all.
    pub fn keep_recorded(
        &self,
        id: ConsultationId,
        participant: ParticipantId,
        piece: &[u8],
    ) -> Result<()> {
        let (found, key) = self.participant(id, participant)?;
        let so_far: i64 = self
            .db
            .prepare_cached(
                "SELECT coalesce(sum(length(sound)), 0) FROM recording_pieces
                 WHERE consultation = ?1 AND participant = ?2",
            )?
            .query_row(params![found.key, key], |row| row.get(0))?;
        let so_far = usize::try_from(so_far).unwrap_or(usize::MAX);
        bytes(
            "recording",
            so_far.saturating_add(piece.len()),
            LONGEST_RECORDING,
        )?;
        self.db
            .prepare_cached(
                "INSERT INTO recording_pieces (consultation, participant, at, sound)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![found.key, key, self.at, piece])?;
        Ok(())
    }

    /// Forgets what somebody recorded: it was said, or thrown away.
    ///
    /// # Errors
    /// As [`Upkeep::note_seen`].
    pub fn drop_recording(&self, id: ConsultationId, participant: ParticipantId) -> Result<()> {
        let (found, key) = self.participant(id, participant)?;
        self.db
            .prepare_cached(
                "DELETE FROM recording_pieces WHERE consultation = ?1 AND participant = ?2",
            )?
            .execute(params![found.key, key])?;
        Ok(())
    }

    fn participant(&self, id: ConsultationId, who: ParticipantId) -> Result<(Found, i64)> {
        let found = find_running(self.db, self.permit, id)?;
        let (key, _) = participant(self.db, &found, who)?;
        Ok((found, key))
    }
}

/// Keeps where the relay has a sound; the caller has checked who asks.
pub(super) fn keep_relayed(
    db: &Connection,
    consultation: i64,
    n: i64,
    relayed: &Relayed,
) -> Result<()> {
    let hash = &relayed.sha256;
    if hash.len() != 64 || !hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(ClinicError::Invalid {
            field: "sha256",
            rule: "hexadecimal",
        });
    }
    if relayed.key.expose().len() != 32 {
        return Err(ClinicError::Invalid {
            field: "key",
            rule: "range",
        });
    }
    db.prepare_cached("INSERT OR REPLACE INTO relayed_sounds VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![consultation, n, hash, relayed.key.expose()])?;
    Ok(())
}

fn bytes(field: &'static str, count: usize, limit: u64) -> Result<()> {
    match count as u64 > limit {
        true => Err(ClinicError::TooLong { field, limit }),
        false => Ok(()),
    }
}
