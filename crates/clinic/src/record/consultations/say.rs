//! Keeping what was said, once, and its translations.

use std::fmt;

use basics::{ConsultationId, Language, MessageId, ParticipantId, Phi, PhraseUse, Provenance};
use rusqlite::params;

use super::{
    Found,
    messages::{Message, Relayed, Translation, find_message, load_message, stored_sound},
    upkeep::keep_relayed,
};
use crate::{
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::{search::Source, sql},
    vault::StoredFile,
    write::Change,
};

/// How many parts a sound's loudness has.
pub const PEAKS: usize = 64;
/// The longest voice note: eight minutes, in milliseconds, and half a second for a phone that stops late.
pub const LONGEST_SOUND_MS: u64 = 480_500;

/// Something to be kept.
#[derive(Clone)]
pub struct NewMessage {
    /// Made by whoever says it: said again under the same id, it is kept once.
    pub id: MessageId,
    /// Where.
    pub consultation_id: ConsultationId,
    /// Who says it.
    pub participant_id: ParticipantId,
    /// In what.
    pub language: Language,
    /// The words: at most 8,000 characters; empty only with a sound.
    pub text: Phi<String>,
    /// The phrase it was picked from: at most 8,000 characters as JSON.
    pub phrase: Option<PhraseUse>,
    /// The voice note.
    pub sound: Option<NewSound>,
}

impl fmt::Debug for NewMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A phrase says what was said.
        write!(f, "NewMessage({})", self.id)
    }
}

/// A voice note to be kept; its file lies in the vault already.
#[derive(Clone, Debug)]
pub struct NewSound {
    /// A WAV file, from [`crate::Clinic::store_file`].
    pub file: StoredFile,
    /// How long it plays, milliseconds.
    pub ms: u64,
    /// Loudness from 0 to 100 in [`PEAKS`] equal parts.
    pub peaks: Vec<u8>,
    /// Where the relay has it, or will have it.
    pub relayed: Option<Relayed>,
}

/// A message as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// It.
    pub message: Message,
    /// Kept just now; false where it was there already.
    pub fresh: bool,
}

/// A translation to be kept.
#[derive(Clone, Debug)]
pub struct NewTranslation {
    /// Into what.
    pub language: Language,
    /// The words: at most 32,000 characters; empty exactly where there is no translation.
    pub text: Phi<String>,
    /// Who stands behind it.
    pub provenance: Provenance,
    /// Name of the engine, where one made it: at most 200 characters.
    pub engine: Option<String>,
}

impl Change<'_> {
    /// Keeps a message under the next number. The same id with the same content again is the message
    /// that was kept, also after the end.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`]: `message-differs` where the id was used for something else,
    /// `consultation-ended`, `participant-gone`, `file-gone`; [`ClinicError::Forbidden`] where the asker
    /// is not its doctor; [`ClinicError::NotFound`]; [`ClinicError::Invalid`] for a message without
    /// content or a sound that is none; the limits.
    pub fn say(&mut self, new: &NewMessage) -> Result<Kept> {
        let phrase = check(new)?;
        let found = self.own(new.consultation_id)?;
        if let Some(message) = self.said_before(new, &found)? {
            if let Some(sound) = &new.sound {
                self.filed.push(sound.file.name);
            }
            let fresh = false;
            return Ok(Kept { message, fresh });
        }
        let conflict = |reason| Err(ClinicError::Conflict { reason });
        if found.ended {
            return conflict("consultation-ended");
        }
        let (participant, gone) = self.participant(&found, new.participant_id)?;
        if gone {
            return conflict("participant-gone");
        }
        let n = self.insert_message(&found, participant, new, phrase)?;
        self.searched(Source::Message {
            consultation: found.key,
            n,
        });
        if let Some(sound) = &new.sound {
            self.add_sound(&found, n, sound)?;
        }
        let message = load_message(self.db, self.permit, &found, n)?;
        let fresh = true;
        Ok(Kept { message, fresh })
    }

    /// Keeps a translation beside those that are there; a newer one of a language does not remove an
    /// older one. It may also come after the end.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the message; [`ClinicError::Forbidden`] where the asker is not its
    /// doctor; [`ClinicError::Invalid`] for words without a translation, or the other way round; the
    /// limits.
    pub fn add_translation(&mut self, id: MessageId, new: &NewTranslation) -> Result<Translation> {
        self.needs(Permission::HostConsultations)?;
        limits::characters("text", new.text.expose(), limits::TRANSLATION)?;
        limits::optional("engine", new.engine.as_ref())?;
        if new.text.expose().is_empty() != (new.provenance == Provenance::NotTranslated) {
            return Err(ClinicError::Invalid {
                field: "text",
                rule: "required",
            });
        }
        let (found, n) = find_message(self.db, self.permit, id)?;
        let found = self.own(found.id)?;
        self.db
            .prepare_cached(
                "INSERT INTO translations
                 SELECT ?1, ?2, coalesce(max(part), 0) + 1, ?3, ?4, ?5, ?6, ?7
                 FROM translations WHERE consultation = ?1 AND n = ?2",
            )?
            .execute(params![
                found.key,
                n,
                new.language.tag(),
                new.text.expose(),
                sql::key_of(&new.provenance)?,
                new.engine,
                self.at()
            ])?;
        self.searched(Source::Message {
            consultation: found.key,
            n,
        });
        Ok(Translation {
            language: new.language,
            text: new.text.clone(),
            provenance: new.provenance,
            engine: new.engine.clone(),
            at: self.now,
            doubt: None,
        })
    }

    /// The next number, and a row of it.
    pub(super) fn insert_message(
        &self,
        found: &Found,
        participant: i64,
        new: &NewMessage,
        phrase: Option<String>,
    ) -> Result<i64> {
        let n = i64::try_from(found.messages).unwrap_or(i64::MAX) + 1;
        self.db
            .prepare_cached("UPDATE consultations SET messages = ?2 WHERE key = ?1")?
            .execute(params![found.key, n])?;
        self.db
            .prepare_cached("INSERT INTO messages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                found.key,
                n,
                new.id.as_bytes(),
                participant,
                self.at(),
                new.language.tag(),
                new.text.expose(),
                phrase
            ])?;
        Ok(n)
    }

    /// The message of this id, where it says the same.
    fn said_before(&self, new: &NewMessage, found: &Found) -> Result<Option<Message>> {
        let (known, n) = match find_message(self.db, self.permit, new.id) {
            Err(ClinicError::NotFound { .. }) => return Ok(None),
            known => known?,
        };
        let differs = Err(ClinicError::Conflict {
            reason: "message-differs",
        });
        if known.key != found.key {
            return differs;
        }
        let message = load_message(self.db, self.permit, found, n)?;
        let file = stored_sound(self.db, found, n)?;
        let same = message.participant_id == new.participant_id
            && message.language == new.language
            // Words that were written down later are not what was said under this id.
            && (message.sound.is_some() || message.text == new.text)
            && message.phrase == new.phrase
            && file.as_ref() == new.sound.as_ref().map(|sound| &sound.file);
        if same { Ok(Some(message)) } else { differs }
    }

    fn add_sound(&mut self, found: &Found, n: i64, sound: &NewSound) -> Result<()> {
        if !self.store.vault.holds(&sound.file)? {
            return Err(ClinicError::Conflict {
                reason: "file-gone",
            });
        }
        self.db
            .prepare_cached("INSERT INTO sounds VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                found.key,
                n,
                sound.file.name.as_bytes(),
                i64::try_from(sound.file.bytes).unwrap_or(i64::MAX),
                i64::try_from(sound.ms).unwrap_or(i64::MAX),
                sound.peaks
            ])?;
        self.filed.push(sound.file.name);
        match &sound.relayed {
            None => Ok(()),
            Some(relayed) => keep_relayed(self.db, found.key, n, relayed),
        }
    }
}

/// The limits; answers the phrase as it is stored.
fn check(new: &NewMessage) -> Result<Option<String>> {
    limits::characters("text", new.text.expose(), limits::MESSAGE)?;
    let phrase = new.phrase.as_ref().map(serde_json::to_string).transpose()?;
    limits::characters("phrase", phrase.as_deref().unwrap_or(""), limits::MESSAGE)?;
    let invalid = |field, rule| Err(ClinicError::Invalid { field, rule });
    match &new.sound {
        None if new.text.expose().trim().is_empty() => invalid("text", "required"),
        Some(sound) if sound.ms > LONGEST_SOUND_MS => Err(ClinicError::TooLong {
            field: "sound",
            limit: LONGEST_SOUND_MS,
        }),
        Some(sound) if sound.peaks.len() != PEAKS || sound.peaks.iter().any(|peak| *peak > 100) => {
            invalid("peaks", "range")
        }
        _ => Ok(phrase),
    }
}
