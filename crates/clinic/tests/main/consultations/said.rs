//! What is said is kept once, in order, within limits, with what stands behind each translation.

use basics::{Language, PhraseUse, Provenance, Secret};
use clinic::*;

use super::{Visit, conflict, machine, missing};
use crate::support::*;

#[test]
fn a_message_is_kept_once_however_often_it_is_sent_and_never_as_something_else() {
    let visit = Visit::new();
    let phrase = PhraseUse {
        phrase: "pain-scale".into(),
        slots: [("n".into(), "7".into())].into(),
    };
    let said = NewMessage {
        phrase: Some(phrase.clone()),
        ..visit.says(visit.guest, "Me duele")
    };
    let first = visit.keep(&said).unwrap();
    assert!(first.fresh && first.message.n == 1);
    visit.end();
    let again = visit.keep(&said).unwrap();
    assert!(!again.fresh);
    assert_eq!((again.message.n, again.message.at), (1, first.message.at));
    assert_eq!(again.message.phrase, Some(phrase));
    let others = [
        NewMessage {
            text: phi("No me duele"),
            ..said.clone()
        },
        NewMessage {
            phrase: None,
            ..said.clone()
        },
        NewMessage {
            language: Language::Pt,
            ..said.clone()
        },
        NewMessage {
            participant_id: visit.doctor,
            ..said.clone()
        },
    ];
    for other in others {
        assert_eq!(conflict(visit.keep(&other)), "message-differs");
    }
    let late = visit.says(visit.guest, "Adiós");
    assert_eq!(conflict(visit.keep(&late)), "consultation-ended");
    let kept = visit
        .clinic()
        .consultation(&visit.permit, visit.id)
        .unwrap();
    assert_eq!(kept.messages, 1);
}

#[test]
fn numbers_have_no_gaps_although_many_speak_at_once_and_say_things_twice() {
    let visit = Visit::new();
    let said: Vec<_> = (0..100)
        .map(|n| visit.says(visit.guest, &format!("message {n}")))
        .collect();
    std::thread::scope(|scope| {
        for start in 0..8 {
            let (visit, said) = (&visit, &said);
            scope.spawn(move || {
                for at in 0..50 {
                    visit.keep(&said[(start * 25 + at) % 100]).unwrap();
                }
            });
        }
    });
    let page = visit
        .clinic()
        .messages_after(&visit.permit, visit.id, 0, 200)
        .unwrap();
    let numbers: Vec<_> = page.rows.iter().map(|message| message.n).collect();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>());
    let mut ids: Vec<_> = page.rows.iter().map(|message| message.id).collect();
    ids.sort_unstable();
    let mut all: Vec<_> = said.iter().map(|message| message.id).collect();
    all.sort_unstable();
    assert_eq!(ids, all);
}

#[test]
fn what_fails_leaves_nothing_behind_and_takes_no_number() {
    let visit = Visit::new();
    let said = visit.says(visit.doctor, "Guten Tag");
    let failed: Result<()> = visit.write(|change| {
        change.say(&said)?;
        change
            .upkeep()
            .keep_live_state(visit.id, "keys", &Secret::new(vec![1]))?;
        Err(ClinicError::Internal("trial"))
    });
    failed.unwrap_err();
    missing(visit.clinic().message(&visit.permit, said.id));
    let state = visit.clinic().live_state(&visit.permit, visit.id).unwrap();
    assert!(state.is_empty());
    assert_eq!(visit.keep(&said).unwrap().message.n, 1);
}

#[test]
fn pages_show_every_message_once_in_both_directions_with_its_translations() {
    let visit = Visit::new();
    let ids: Vec<_> = (0..23)
        .map(|n| {
            let said = visit.says(visit.guest, &format!("message {n}"));
            visit.keep(&said).unwrap();
            said.id
        })
        .collect();
    for (id, language) in [
        (4, Language::De),
        (4, Language::Fr),
        (11, Language::De),
        (4, Language::De),
    ] {
        visit
            .write(|change| {
                change.add_translation(ids[id], &machine(language, &format!("{language:?}")))
            })
            .unwrap();
    }
    for limit in [1, 2, 7, 22, 23, 24, 200] {
        let (mut newest, mut before, mut oldest, mut after) = (vec![], None, vec![], 0);
        loop {
            let page = visit
                .clinic()
                .messages(&visit.permit, visit.id, before, limit)
                .unwrap();
            newest.extend(page.rows);
            if !page.more {
                break;
            }
            before = newest.last().map(|message| message.n);
        }
        loop {
            let page = visit
                .clinic()
                .messages_after(&visit.permit, visit.id, after, limit)
                .unwrap();
            oldest.extend(page.rows);
            if !page.more {
                break;
            }
            after = oldest.last().unwrap().n;
        }
        newest.reverse();
        for (one, two) in newest.iter().zip(&oldest) {
            assert_eq!((one.id, &one.translations), (two.id, &two.translations));
        }
        assert_eq!(
            newest.iter().map(|message| message.id).collect::<Vec<_>>(),
            ids
        );
        let languages = |at: usize| -> Vec<_> {
            oldest[at]
                .translations
                .iter()
                .map(|done| done.language)
                .collect()
        };
        assert_eq!(languages(4), [Language::De, Language::Fr, Language::De]);
        assert_eq!((languages(11), languages(5)), (vec![Language::De], vec![]));
    }
    for limit in [0, 201] {
        let page = visit
            .clinic()
            .messages(&visit.permit, visit.id, None, limit);
        assert!(matches!(page, Err(ClinicError::Invalid { .. })));
    }
}

#[test]
fn nobody_is_told_of_a_translation_that_is_none() {
    let visit = Visit::new();
    let said = visit.says(visit.guest, "Hola");
    visit.keep(&said).unwrap();
    let keep = |text: &str, provenance| {
        let new = NewTranslation {
            provenance,
            ..machine(Language::De, text)
        };
        visit.write(|change| change.add_translation(said.id, &new))
    };
    assert!(matches!(
        keep("", Provenance::VerifiedPhrase),
        Err(ClinicError::Invalid { .. })
    ));
    assert!(matches!(
        keep("Hallo", Provenance::NotTranslated),
        Err(ClinicError::Invalid { .. })
    ));
    keep("", Provenance::NotTranslated).unwrap();
    visit.end();
    // An older message may be asked for when all is over.
    keep("Hallo", Provenance::Machine).unwrap();
}

#[test]
fn limits_are_told_by_name() {
    let visit = Visit::new();
    let long = visit.says(visit.guest, &"é".repeat(8_001));
    assert!(matches!(
        visit.keep(&long),
        Err(ClinicError::TooLong {
            field: "text",
            limit: 8_000
        })
    ));
    visit
        .keep(&visit.says(visit.guest, &"é".repeat(8_000)))
        .unwrap();
    assert!(matches!(
        visit.keep(&visit.says(visit.guest, " ")),
        Err(ClinicError::Invalid { .. })
    ));
    let sound = visit.sound(b"RIFF");
    for sound in [
        NewSound {
            ms: LONGEST_SOUND_MS + 1,
            ..sound.clone()
        },
        NewSound {
            peaks: vec![1; 63],
            ..sound.clone()
        },
        NewSound {
            peaks: vec![101; PEAKS],
            ..sound
        },
    ] {
        let said = NewMessage {
            sound: Some(sound),
            ..visit.says(visit.guest, "")
        };
        assert!(matches!(
            visit.keep(&said),
            Err(ClinicError::TooLong { .. } | ClinicError::Invalid { .. })
        ));
    }
}
