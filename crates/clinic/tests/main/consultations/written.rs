//! Voice notes in words: they wait in their order, an answer is kept once, a person's words stand.

use super::*;

fn heard(text: &str) -> NewTranscript {
    NewTranscript::Written {
        language: Some(Language::Es),
        segments: vec![
            segment(0, 900, text, Some(0.9)),
            segment(900, 1000, " ya ", Some(0.2)),
        ],
        engine: "whisper".into(),
        on_device: false,
    }
}

fn segment(from_ms: u64, to_ms: u64, text: &str, confidence: Option<f32>) -> TranscriptSegment {
    TranscriptSegment {
        from_ms,
        to_ms,
        text: phi(text),
        confidence,
    }
}

impl Visit {
    /// A voice note of the guest's that waits for an engine.
    fn note(&self, bytes: &[u8]) -> MessageId {
        let new = NewMessage {
            sound: Some(self.sound(bytes)),
            ..self.says(self.guest, "")
        };
        self.write(|change| {
            change.say(&new)?;
            change.want_transcript(new.id)
        })
        .unwrap();
        new.id
    }

    fn waiting(&self) -> Vec<MessageId> {
        let waiting = self.clinic().waiting_notes(&self.permit, 200).unwrap();
        waiting.into_iter().map(|note| note.message_id).collect()
    }

    fn transcript(&self, id: MessageId) -> Transcript {
        let message = self.clinic().message(&self.permit, id).unwrap();
        let transcript = message.sound.unwrap().transcript.unwrap();
        assert_eq!(message.text, transcript.text);
        transcript
    }
}

#[test]
fn notes_wait_in_their_order_through_a_restart_and_past_the_end() {
    let visit = Visit::new();
    let notes: Vec<MessageId> = (0..5u8).map(|n| visit.note(&[n; 64])).collect();
    assert_eq!(visit.waiting(), notes);
    visit
        .write(|change| change.want_transcript(notes[3]))
        .unwrap();
    assert_eq!(visit.waiting(), notes, "asked twice, it keeps its place");
    visit.end();
    assert_eq!(visit.waiting(), notes);
    let done = visit
        .write(|change| change.add_transcript(notes[0], &heard("Me duele")))
        .unwrap();
    assert_eq!(done.text, phi("Me duele ya"));
    assert_eq!(visit.waiting(), notes[1..]);
    let stands = visit.transcript(notes[0]);
    assert_eq!(stands.state, TranscriptState::Written);
    assert_eq!(
        (stands.segments.len(), stands.segments[1].confidence),
        (2, Some(0.2))
    );
    assert_eq!(visit.transcript(notes[1]).state, TranscriptState::Waiting);
}

#[test]
fn a_correction_is_a_row_of_its_own_and_no_engine_overwrites_a_person() {
    let visit = Visit::new();
    let (id, late) = (visit.note(b"one"), visit.note(b"two"));
    let correct = |id, text: &str| {
        let text = phi(text);
        visit.write(|change| change.add_transcript(id, &NewTranscript::Corrected { text }))
    };
    visit
        .write(|change| change.add_transcript(id, &heard("Tomo quince pastillas")))
        .unwrap();
    visit
        .write(|change| change.add_translation(id, &machine(Language::De, "fünfzehn")))
        .unwrap();
    let corrected = correct(id, " Tomo cinco pastillas ").unwrap();
    assert!(corrected.translations.is_empty(), "of other words");
    visit
        .write(|change| change.add_translation(id, &machine(Language::De, "fünf")))
        .unwrap();
    let message = visit.clinic().message(&visit.permit, id).unwrap();
    assert_eq!(message.translations.len(), 1);
    assert_eq!(message.translations[0].text, phi("fünf"));
    let stands = visit.transcript(id);
    assert_eq!(stands.state, TranscriptState::Corrected);
    assert_eq!(stands.text, phi("Tomo cinco pastillas"));
    assert!(stands.by.is_some());
    let all = visit.clinic().transcripts(&visit.permit, id).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].text, phi("Tomo quince pastillas ya"));
    // Written by hand while it waited: the engine comes too late, and nothing waits any more.
    correct(late, "Nada").unwrap();
    assert!(visit.waiting().is_empty());
    let engine = visit.write(|change| change.add_transcript(late, &heard("algo")));
    assert_eq!(conflict(engine), "written-already");
    assert_eq!(
        conflict(visit.write(|change| change.want_transcript(late))),
        "written-already"
    );
    assert!(matches!(
        correct(id, "  "),
        Err(ClinicError::Invalid { field: "text", .. })
    ));
}

#[test]
fn what_failed_is_asked_again_and_silence_has_no_words() {
    let visit = Visit::new();
    let (failed, silent) = (visit.note(b"one"), visit.note(b"two"));
    let failure = NewTranscript::Failed {
        engine: "whisper".into(),
        problem: "language-answer-unusable".into(),
    };
    visit
        .write(|change| {
            change.add_transcript(failed, &failure)?;
            change.add_transcript(silent, &NewTranscript::NoSpeech)
        })
        .unwrap();
    assert_eq!(visit.transcript(failed).state, TranscriptState::Failed);
    assert_eq!(visit.transcript(silent).state, TranscriptState::NoSpeech);
    visit
        .write(|change| change.want_transcript(failed))
        .unwrap();
    assert_eq!(visit.transcript(failed).state, TranscriptState::Waiting);
    assert_eq!(visit.waiting(), [failed]);
    // Said again under its id, a note with words is the note that was kept.
    let said = visit.clinic().message(&visit.permit, failed).unwrap();
    visit
        .write(|change| change.add_transcript(failed, &heard("Sí")))
        .unwrap();
    let again = NewMessage {
        id: failed,
        sound: Some(visit.sound(b"one")),
        ..visit.says(visit.guest, "")
    };
    let kept = visit.keep(&again).unwrap();
    assert!(!kept.fresh);
    assert_eq!((kept.message.n, kept.message.text), (said.n, phi("Sí ya")));
}

#[test]
fn only_its_doctor_has_a_note_written_down_and_only_a_note() {
    let visit = Visit::new();
    let id = visit.note(b"one");
    let typed = visit.keep(&visit.says(visit.guest, "hola")).unwrap();
    missing(visit.write(|change| change.want_transcript(typed.message.id)));
    missing(visit.write(|change| change.want_transcript(MessageId::new())));
    let other = visit.house.permit("dirk", Permission::HostConsultations);
    assert!(
        visit
            .clinic()
            .waiting_notes(&other, 200)
            .unwrap()
            .is_empty()
    );
    let act = |change: &mut Change<'_>| change.add_transcript(id, &heard("x")).map(drop);
    refused(visit.clinic().write(&other, "live.act", act));
}
