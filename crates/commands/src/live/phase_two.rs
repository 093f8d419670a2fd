//! Phase two: what was said, in the languages of those who are there. The original never waits for
//! it; what the phrasebook knows goes into the record with it, the engine's answer follows.

use std::sync::Arc;

use ::clinic::{ClinicError, Doubt, Finding, Message, NewTranslation};
use ::language::{Error, Pending, Said, State as Engine, Translated};
use basics::{Language, MessageId, Phi, Provenance};

use super::{Room, checking, room::State, views};
use crate::error::CommandError;

/// What is there at once, to be kept with the message, and what the engine owes.
pub(super) fn begin(
    room: &Room,
    said: &Said,
    languages: &[Language],
) -> Result<(Vec<NewTranslation>, Vec<Pending>), CommandError> {
    let inner = room.inner()?;
    let (done, owed) = inner.translator()?.begin(said, languages);
    let done = done
        .into_iter()
        .filter(|done| done.provenance != Provenance::SameLanguage)
        .map(|done| kept(done, None))
        .collect();
    Ok((done, owed))
}

/// Waits for the engine, without the lock.
pub(super) fn wait(
    room: &Arc<Room>,
    state: &mut State,
    n: u64,
    id: MessageId,
    words: &Phi<String>,
    owed: Vec<Pending>,
) -> Result<(), CommandError> {
    let inner = room.inner()?;
    for pending in owed {
        let (language, words) = (pending.language, words.clone());
        if !state.pending.insert((id, language)) {
            continue;
        }
        let room = Arc::downgrade(room);
        inner.runtime()?.spawn(async move {
            let answer = pending.await;
            if let Some(room) = room.upgrade() {
                tokio::task::block_in_place(|| answered(&room, n, id, &words, language, answer));
            }
        });
    }
    Ok(())
}

/// Has a message translated into one more language, or anew. Failures are told, not returned: the
/// message itself is safe.
pub(super) fn again(
    room: &Arc<Room>,
    state: &mut State,
    message: &Message,
    language: Language,
) -> Result<(), CommandError> {
    if message.language == language || message.text.expose().is_empty() {
        return Ok(());
    }
    let said = Said {
        text: message.text.clone(),
        language: message.language,
        phrase: message.phrase.clone(),
        context: None,
    };
    let (done, owed) = begin(room, &said, &[language])?;
    for new in done {
        // Asked again and again, the record does not grow.
        let newest = message
            .translations
            .iter()
            .find(|one| one.language == language);
        if newest.is_some_and(|one| one.text == new.text && one.provenance == new.provenance) {
            let there = newest.cloned().map(views::sent);
            if let Some(there) = there {
                state.host.translation(message.n, message.id, &there);
            }
        } else {
            keep(room, state, message.n, message.id, &new, &[])?;
        }
    }
    wait(room, state, message.n, message.id, &message.text, owed)?;
    room.tell_message(state, message.id);
    Ok(())
}

/// A guest asked: what is there already is sent again, what is not is translated.
pub(super) fn asked(room: &Arc<Room>, state: &mut State, id: MessageId, language: Language) {
    let outcome = room
        .clinic
        .message(&room.permit, id)
        .map_err(CommandError::from)
        .and_then(|message| {
            let there = message.translations.iter().find(|one| {
                one.language == language && one.provenance != Provenance::NotTranslated
            });
            match there {
                Some(there) => {
                    let there = views::sent(there.clone());
                    state.host.translation(message.n, id, &there);
                    Ok(())
                }
                None => again(room, state, &message, language),
            }
        });
    if let Err(error) = outcome {
        tracing::error!(%error, "a translation that a guest asked for could not be begun");
    }
}

fn answered(
    room: &Arc<Room>,
    n: u64,
    id: MessageId,
    words: &Phi<String>,
    language: Language,
    answer: Result<Translated, Error>,
) {
    let mut state = room.state();
    // Of a voice note that was corrected meanwhile this is a translation of other words.
    let now = room.clinic.message(&room.permit, id);
    if now.as_ref().is_ok_and(|message| message.text != *words) {
        return;
    }
    state.pending.remove(&(id, language));
    let engine = engine_name(room);
    let new = match answer {
        Ok(translated) => kept(translated, engine),
        Err(error) => {
            tracing::warn!(%error, "a message was not translated");
            NewTranslation {
                language,
                text: Phi::new(String::new()),
                provenance: Provenance::NotTranslated,
                engine,
            }
        }
    };
    let found = now.map_or_else(
        |_| Vec::new(),
        |message| checking::findings(words, message.language, &new),
    );
    if let Err(error) = keep(room, &mut state, n, id, &new, &found) {
        tracing::error!(%error, "a translation could not be kept");
    }
    room.tell_message(&state, id);
    room.carry_out(&mut state);
}

fn keep(
    room: &Room,
    state: &mut State,
    n: u64,
    id: MessageId,
    new: &NewTranslation,
    found: &[Finding],
) -> Result<(), CommandError> {
    let translation =
        room.clinic
            .write::<_, ClinicError>(&room.permit, "live.translated", |change| {
                let mut translation = change.add_translation(id, new)?;
                if !found.is_empty() {
                    change.doubt_translation(id, new.language, found)?;
                    translation.doubt = Some(Doubt {
                        findings: found.to_vec(),
                        confirmed: false,
                    });
                }
                Ok(translation)
            })?;
    state.host.translation(n, id, &views::sent(translation));
    Ok(())
}

fn kept(translated: Translated, engine: Option<String>) -> NewTranslation {
    NewTranslation {
        language: translated.language,
        engine: engine.filter(|_| translated.provenance == Provenance::Machine),
        text: translated.text,
        provenance: translated.provenance,
    }
}

fn engine_name(room: &Room) -> Option<String> {
    match room.inner().ok()?.translator().ok()?.state() {
        Engine::None => None,
        Engine::Ready { name } | Engine::Failing { name, .. } => Some(name),
    }
}
