//! What is said goes into the record, gets its number there and its translations with it.

use std::sync::Arc;

use ::clinic::{ClinicError, NewMessage, NewSound, ParticipantKind};
use ::live::{
    content::{NotKept, Writing},
    host::{Carried, Incoming, Kept, Said},
};
use basics::Language;

use super::{Room, phase_two, room::State, sound, views};
use crate::error::CommandError;

impl Room {
    /// Keeps what a guest said; a sound is fetched first, without the lock.
    pub(super) fn keep(self: &Arc<Self>, state: &mut State, incoming: Incoming) {
        match (&incoming.sound, &state.way) {
            (None, _) => {
                let (from, id) = (incoming.from, incoming.id);
                let kept = self.keep_now(state, incoming, None);
                state.host.kept(from, id, kept, self.now());
            }
            (Some(_), Some(way)) => sound::fetch(self, &way.relay, &way.pass, incoming),
            (Some(_), None) => {
                let refused = Kept::Refused(NotKept::BadSound);
                let now = self.now();
                state.host.kept(incoming.from, incoming.id, refused, now);
            }
        }
    }

    /// A guest's sound came, or could not come.
    pub(super) fn fetched(self: &Arc<Self>, incoming: Incoming, fetched: Result<NewSound, Kept>) {
        let mut state = self.state();
        let (from, id) = (incoming.from, incoming.id);
        let kept = match fetched {
            Ok(sound) => self.keep_now(&mut state, incoming, Some(sound)),
            Err(kept) => kept,
        };
        state.host.kept(from, id, kept, self.now());
        self.carry_out(&mut state);
    }

    fn keep_now(
        self: &Arc<Self>,
        state: &mut State,
        incoming: Incoming,
        sound: Option<NewSound>,
    ) -> Kept {
        let phrase = incoming.phrase;
        let new = NewMessage {
            id: incoming.id,
            consultation_id: self.id,
            participant_id: incoming.from,
            language: incoming.language,
            text: incoming.text,
            phrase: phrase.clone(),
            sound,
        };
        match self.say(state, "live.guest_said", &new, phrase) {
            Ok((said, true)) => Kept::New(Box::new(said)),
            Ok((_, false)) => Kept::Already,
            Err(CommandError::Clinic(error)) => refusal(&error),
            Err(_) => Kept::Failed,
        }
    }

    /// Puts a message into the record, tells the doctor's screens and has it translated. The second
    /// value: it was kept just now.
    pub(super) fn say(
        self: &Arc<Self>,
        state: &mut State,
        verb: &str,
        new: &NewMessage,
        phrase: Option<basics::PhraseUse>,
    ) -> Result<(Said, bool), CommandError> {
        let languages: Vec<Language> = self.languages(state)?;
        let words = ::language::Said {
            text: new.text.clone(),
            language: new.language,
            phrase,
            context: None,
        };
        // A voice note has no words to translate.
        let (done, owed) = match new.text.expose().is_empty() {
            true => Default::default(),
            false => phase_two::begin(self, &words, &languages)?,
        };
        // Where no engine is set a note stays a sound; it is not sent to one that is set later by itself.
        let inner = self.inner()?;
        let wanted = new.sound.is_some() && inner.engines.transcriber().is_some();
        let (kept, translations) =
            self.clinic
                .write::<_, ClinicError>(&self.permit, verb, |change| {
                    let kept = change.say(new)?;
                    if kept.fresh && wanted {
                        change.want_transcript(new.id)?;
                    }
                    let mut translations = Vec::new();
                    if kept.fresh {
                        for translation in &done {
                            translations.push(change.add_translation(new.id, translation)?);
                        }
                    }
                    if new.sound.is_some() {
                        change
                            .upkeep()
                            .drop_recording(self.id, new.participant_id)?;
                    }
                    Ok((kept, translations))
                })?;
        let (n, id, fresh) = (kept.message.n, kept.message.id, kept.fresh);
        let mut said = views::said(kept.message);
        if fresh {
            said.translations = translations.into_iter().map(views::sent).collect();
            if let (true, Some(Carried::Sound { writing, .. })) = (wanted, &mut said.carries) {
                *writing = Writing::Waiting;
                inner.transcribing.look();
            }
            phase_two::wait(self, state, n, id, &new.text, owed)?;
            self.tell_message(state, id);
        }
        Ok((said, fresh))
    }

    /// What those who are there read.
    pub(super) fn languages(&self, state: &State) -> Result<Vec<Language>, CommandError> {
        let here = self.clinic.participants(&self.permit, self.id)?;
        let guests = state.host.guests().into_iter().map(|guest| guest.language);
        let mut languages: Vec<Language> = here
            .into_iter()
            .filter(|person| person.gone.is_none() && person.kind != ParticipantKind::Guest)
            .map(|person| person.language)
            .chain(guests)
            .collect();
        languages.sort_unstable();
        languages.dedup();
        Ok(languages)
    }
}

/// Whether a guest should ask again.
fn refusal(error: &ClinicError) -> Kept {
    match error {
        ClinicError::TooLong { .. } | ClinicError::Invalid { .. } => {
            Kept::Refused(NotKept::TooLong)
        }
        ClinicError::Conflict { .. } | ClinicError::Forbidden { .. } => {
            Kept::Refused(NotKept::NotNow)
        }
        _ => Kept::Failed,
    }
}
