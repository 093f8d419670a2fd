//! What the scribe gets to know of a consultation.

use std::collections::{HashMap, HashSet};

use ::clinic::{Clinic, Message, ParticipantKind, Permit};
use ::language::scribe::{Conversation, Heard, Teller, Wording};
use basics::{ConsultationId, Language, ParticipantId, Provenance};

use crate::error::CommandError;

/// Messages read at once.
const PAGE: u32 = 200;

/// A conversation, and how many voice notes of it nobody wrote down.
pub(super) struct Whole {
    pub(super) conversation: Conversation,
    pub(super) unwritten: u32,
}

/// All that was said, with every translation that somebody stands behind.
pub(super) fn conversation(
    clinic: &Clinic,
    permit: &Permit,
    id: ConsultationId,
) -> Result<Whole, CommandError> {
    let people = clinic.participants(permit, id)?;
    let doctor = people
        .iter()
        .find(|one| one.kind == ParticipantKind::Doctor);
    let language = doctor.map_or(Language::En, |doctor| doctor.language);
    let tellers: HashMap<ParticipantId, Teller> = (people.iter())
        .map(|one| match one.kind {
            ParticipantKind::Doctor => (one.id, Teller::Doctor),
            ParticipantKind::Guest | ParticipantKind::AcrossTheDesk => (one.id, Teller::Patient),
        })
        .collect();
    let (mut heard, mut unwritten, mut after) = (Vec::new(), 0, 0);
    loop {
        let page = clinic.messages_after(permit, id, after, PAGE)?;
        for message in page.rows {
            after = message.n;
            match message.text.expose().trim().is_empty() {
                true => unwritten += u32::from(message.sound.is_some()),
                false => heard.push(Heard {
                    id: message.id,
                    by: (tellers.get(&message.participant_id).copied()).unwrap_or(Teller::Patient),
                    said: wordings(message),
                }),
            }
        }
        if !page.more {
            break;
        }
    }
    Ok(Whole {
        conversation: Conversation { language, heard },
        unwritten,
    })
}

/// As it was said, then of each language the newest translation, unless the guard doubts it: what
/// nobody confirmed carries no sentence.
fn wordings(message: Message) -> Vec<Wording> {
    let mut all = vec![Wording {
        language: message.language,
        text: message.text,
    }];
    let mut seen = HashSet::from([message.language]);
    for one in message.translations {
        let translated = one.provenance != Provenance::NotTranslated
            && !one.is_held()
            && !one.text.expose().trim().is_empty();
        if seen.insert(one.language) && translated {
            all.push(Wording {
                language: one.language,
                text: one.text,
            });
        }
    }
    all
}
