//! The record's and the state machine's types as the screens' types, and as each other's.

use std::collections::HashSet;

use ::clinic::{
    Consultation, Doubt, Message, Page, Participant, Transcript, TranscriptState, Translation,
};
use ::live::{content, host};
use basics::{Language, MessageId, Phi, Provenance};
use seal::live::EMOJI;

use super::{
    CheckView, Connection, ConsultationRow, ConsultationView, ConsultationsPage, EngineState,
    FindingView, HandedOverView, MessageView, PersonView, SegmentView, SoundView, TranslationView,
    WaitingView, WrittenState, WrittenView,
    hand_over::{Held, file_name},
};

/// Below this an engine is not sure of what it heard. Whisper gives up on a stretch at e^−1, .37; good
/// speech has .75 and more.
const DOUBT: f32 = 0.6;

impl From<Consultation> for ConsultationRow {
    fn from(consultation: Consultation) -> Self {
        Self {
            id: consultation.id,
            patient: consultation.patient.into(),
            doctor: consultation.doctor_name,
            started: consultation.started,
            ended: consultation.ended,
            languages: consultation.languages,
            messages: u32::try_from(consultation.messages).unwrap_or(u32::MAX),
        }
    }
}

impl From<Page<Consultation>> for ConsultationsPage {
    fn from(page: Page<Consultation>) -> Self {
        Self {
            rows: page.rows.into_iter().map(ConsultationRow::from).collect(),
            next: page.next,
        }
    }
}

/// A consultation as the record has it; a running one's doctor sees more.
pub(super) fn consultation(
    consultation: Consultation,
    people: Vec<Participant>,
) -> ConsultationView {
    ConsultationView {
        id: consultation.id,
        patient: consultation.patient.into(),
        mine: false,
        started: consultation.started,
        ended: consultation.ended,
        people: people.into_iter().map(PersonView::from).collect(),
        waiting: Vec::new(),
        invitations: Vec::new(),
        connection: Connection::NotNeeded,
        unsent: 0,
        engine: EngineState::None,
        writer: EngineState::None,
        unfinished: None,
    }
}

impl From<Participant> for PersonView {
    fn from(person: Participant) -> Self {
        Self {
            id: person.id,
            name: person.name,
            kind: person.kind.into(),
            language: person.language,
            here: person.gone.is_none() && person.kind != ::clinic::ParticipantKind::Guest,
            seen: person.seen,
            gone: person.gone,
        }
    }
}

/// A guest in front of the door, with the four emoji in words the screens know.
pub(super) fn waiting(waiting: host::Waiting) -> WaitingView {
    WaitingView {
        id: waiting.id,
        name: waiting.name,
        language: waiting.language,
        since: waiting.since,
        code: waiting
            .code
            .map(|places| places.map(|place| EMOJI[place % EMOJI.len()].to_owned())),
        second_device: waiting.second_device,
        here: waiting.here,
    }
}

/// A message as the screens show it: of each language the newest translation, what is under way, and
/// who holds its report.
pub(super) fn message(
    message: Message,
    pending: &HashSet<(MessageId, Language)>,
    held: &Held,
) -> MessageView {
    let (id, language) = (message.id, message.language);
    let mut translations: Vec<TranslationView> = newest(message.translations)
        .map(|translation| TranslationView {
            pending: pending.contains(&(id, translation.language)),
            language: translation.language,
            text: translation.text,
            provenance: translation.provenance,
            check: translation.doubt.map(CheckView::from),
        })
        .collect();
    for (_, language) in pending.iter().filter(|(of, _)| *of == id) {
        if !translations.iter().any(|one| one.language == *language) {
            translations.push(TranslationView {
                language: *language,
                text: Phi::new(String::new()),
                provenance: Provenance::NotTranslated,
                pending: true,
                check: None,
            });
        }
    }
    MessageView {
        n: message.n,
        id,
        from: message.participant_id,
        at: message.at,
        language: message.language,
        text: message.text,
        sound: message.sound.map(|sound| SoundView {
            ms: sound.ms,
            peaks: sound.peaks,
            written: sound.transcript.map(|one| written(one, language)),
        }),
        handed_over: message.handed_over.map(|file| HandedOverView {
            report_id: file.report_id,
            number: file.number,
            revision: file.revision,
            bytes: file.bytes,
            held_by: held
                .iter()
                .filter(|(of, _)| *of == id)
                .map(|(_, who)| *who)
                .collect(),
        }),
        translations,
    }
}

/// How a voice note was written down. `spoken` is what its speaker speaks.
fn written(transcript: Transcript, spoken: Language) -> WrittenView {
    let segments = transcript.segments.into_iter().map(|segment| SegmentView {
        from_ms: segment.from_ms,
        to_ms: segment.to_ms,
        text: segment.text,
        doubtful: segment.confidence.is_some_and(|sure| sure < DOUBT),
    });
    WrittenView {
        state: match transcript.state {
            TranscriptState::Waiting => WrittenState::Waiting,
            TranscriptState::Written => WrittenState::Written,
            TranscriptState::NoSpeech => WrittenState::NoSpeech,
            TranscriptState::Failed => WrittenState::Failed,
            TranscriptState::Corrected => WrittenState::Corrected,
        },
        segments: segments.collect(),
        engine: transcript.engine,
        on_device: transcript.on_device,
        heard: transcript.language.filter(|heard| *heard != spoken),
        problem: transcript.problem,
        by: transcript.by,
        at: transcript.at,
    }
}

/// The same as guests are told: why it is not written down is the clinic's business.
pub(super) fn writing(transcript: Option<&Transcript>) -> content::Writing {
    match transcript.map(|transcript| transcript.state) {
        None | Some(TranscriptState::Failed) => content::Writing::NotWritten,
        Some(TranscriptState::Waiting) => content::Writing::Waiting,
        Some(TranscriptState::NoSpeech) => content::Writing::NoSpeech,
        Some(TranscriptState::Written) => content::Writing::Machine,
        Some(TranscriptState::Corrected) => content::Writing::Corrected,
    }
}

/// A message as the state machine passes it on.
pub(super) fn said(message: Message) -> host::Said {
    let sound = message.sound.map(|sound| host::Carried::Sound {
        ms: sound.ms,
        writing: writing(sound.transcript.as_ref()),
    });
    let file = message.handed_over.map(|file| host::Carried::File {
        name: file_name(&file),
        media_type: "application/pdf".into(),
        bytes: file.bytes,
    });
    let carries = sound.or(file);
    host::Said {
        n: message.n,
        id: message.id,
        from: message.participant_id,
        at: message.at,
        language: message.language,
        text: message.text,
        carries,
        translations: newest(message.translations).map(sent).collect(),
    }
}

/// A translation as a guest gets it: of one that is held nothing but that.
pub(super) fn sent(translation: Translation) -> content::Translation {
    let held = translation.is_held();
    content::Translation {
        language: translation.language,
        text: match held {
            true => String::new(),
            false => translation.text.expose().clone(),
        },
        provenance: translation.provenance,
        held,
    }
}

impl From<Doubt> for CheckView {
    fn from(doubt: Doubt) -> Self {
        let findings = doubt.findings.into_iter().map(|finding| FindingView {
            kind: finding.kind,
            source: finding.source,
            target: finding.target,
        });
        Self {
            findings: findings.collect(),
            confirmed: doubt.confirmed,
        }
    }
}

/// Of each language the newest; the record has the newest first.
fn newest(translations: Vec<Translation>) -> impl Iterator<Item = Translation> {
    let mut languages = HashSet::new();
    translations
        .into_iter()
        .filter(move |translation| languages.insert(translation.language))
}
