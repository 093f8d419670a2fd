//! What is found, and in which order.

use super::*;

/// What was said, and what somebody may type to find it: another form, spelling or part of it.
const SAID: [(Language, &str, &[&str]); 11] = [
    (
        Language::Ar,
        "أشعر بالصُّداع منذ ٣ أيام",
        &["صداع", "الصداع", "3 ايام"],
    ),
    (
        Language::De,
        "Seit drei Tagen Größe 5 und Übelkeit",
        &["ubelk", "GROSSE", "tage"],
    ),
    (
        Language::En,
        "No fever since Monday, 0.5 mg twice",
        &["fev mond", "\"no fever\"", "0,5 mg"],
    ),
    (
        Language::Es,
        "Me duele aquí, sobre todo de noche",
        &["aqui", "duel noch", "AQUÍ"],
    ),
    (
        Language::Fr,
        "Une éruption très rouge",
        &["eruption", "tres roug", "ÉRUPTION"],
    ),
    (
        Language::Hi,
        "मुझे तीन दिन से बुख़ार है",
        &["बुखार", "तीन दिन", "बुख"],
    ),
    (
        Language::Ja,
        "昨日から頭が痛いです",
        &["頭", "痛い", "昨日から", "ガ痛"],
    ),
    (
        Language::Pt,
        "Dor no coração há três dias",
        &["coracao", "cora", "há tres dias"],
    ),
    (Language::Ru, "Ещё болит голова", &["еще", "голов", "БОЛИТ"]),
    (Language::Te, "నాకు జ్వరం ఉంది", &["జ్వరం", "జ్వ"]),
    (
        Language::Zh,
        "我的头很痛，没有发烧",
        &["头", "发烧", "头很痛", "没有发"],
    ),
];

#[test]
fn in_every_language_by_other_forms_and_parts() {
    let desk = Desk::new();
    let said: Vec<_> = SAID
        .iter()
        .map(|(language, text, _)| desk.say(*language, text))
        .collect();
    for ((language, text, questions), id) in SAID.iter().zip(said) {
        for question in *questions {
            let found = desk.find(question);
            assert_eq!(
                found.iter().map(message_of).collect::<Vec<_>>(),
                [id],
                "{question} in {text}"
            );
            assert_eq!(found[0].language, Some(*language));
            let shown = shown(&found[0]);
            assert!(shown.contains('['), "{question}: {shown}");
            assert_eq!(shown.replace(['[', ']'], ""), *text);
        }
    }
    for nothing in [
        "",
        "\"",
        "zebra",
        "烧发",
        "5 mg",
        "\"fever no\"",
        "ever",
        "mg NOT fever",
    ] {
        assert!(desk.find(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn a_translation_is_found_and_says_who_stands_behind_it() {
    let desk = Desk::new();
    let id = desk.say(Language::Es, "me duele el pecho");
    desk.translate(id, Language::De, "Ich habe Bauchschmerzen");
    assert_eq!(desk.messages("bauch"), [id]);
    // A newer one takes its place; the older stays in the record and is shown nowhere.
    desk.translate(id, Language::De, "Ich habe Schmerzen in der Brust");
    assert_eq!(desk.messages("bauch"), []);
    let found = desk.find("brust");
    assert_eq!(shown(&found[0]), "Ich habe Schmerzen in der [Brust]");
    assert_eq!(found[0].provenance, Some(Provenance::Machine));
    assert_eq!(found[0].language, Some(Language::De));
    let found = desk.find("pecho");
    assert_eq!(
        (found[0].provenance, found[0].language),
        (None, Some(Language::Es))
    );
}

#[test]
fn newest_first_page_by_page_within_days_kinds_and_one_patient() {
    let desk = Desk::new();
    let other = desk.house.patient("dora", "Eva Else");
    let (there, guest) = consultation(&desk.house, &desk.session, &other);
    let mut said = Vec::new();
    for number in 0..25 {
        said.push((
            desk.say(Language::En, &format!("pain number {number}")),
            desk.house.clock_now(),
        ));
        // Of the same millisecond.
        say(
            &desk.house,
            &desk.session,
            there,
            guest,
            Language::En,
            "pain elsewhere",
        );
    }
    report(
        &desk.house,
        "dora",
        &desk.patient,
        "pain on palpation",
        ReportState::Final,
    );
    let permit = desk.permit(Permission::SearchRecords);
    let walk = |query: &SearchQuery| {
        let (mut rows, mut cursor) = (Vec::new(), None);
        loop {
            let page = desk
                .clinic()
                .search(&permit, query, cursor.as_deref(), 7)
                .unwrap();
            assert!(page.rows.len() <= 7);
            rows.extend(page.rows);
            cursor = page.next;
            if cursor.is_none() {
                return rows;
            }
        }
    };
    let all = walk(&asked("pain"));
    assert_eq!(all.len(), 51);
    assert!(all.is_sorted_by(|one, next| one.at >= next.at));
    let mine = SearchQuery {
        patient_id: Some(desk.patient.id),
        kinds: vec![SearchKind::Message],
        ..asked("pain")
    };
    let newest_first: Vec<_> = said.iter().rev().map(|(id, _)| *id).collect();
    let found: Vec<_> = walk(&mine).iter().map(message_of).collect();
    assert_eq!(found, newest_first);
    let some = SearchQuery {
        from: Some(said[5].1),
        to: Some(said[8].1),
        ..mine.clone()
    };
    let found: Vec<_> = walk(&some).iter().map(message_of).collect();
    assert_eq!(found, [said[7].0, said[6].0, said[5].0]);
    let reports = SearchQuery {
        kinds: vec![SearchKind::Report],
        ..asked("palp")
    };
    let found = walk(&reports);
    assert!(
        matches!(&found[..], [one] if matches!(&one.place, FoundAt::Report { number, .. } if number == "R-000001"))
    );
    for cursor in ["x", "", "99999999999999999999"] {
        let got = desk
            .clinic()
            .search(&permit, &asked("pain"), Some(cursor), 7);
        assert!(
            matches!(
                got,
                Err(ClinicError::Invalid {
                    field: "cursor",
                    ..
                })
            ),
            "{got:?}"
        );
    }
    let long = desk
        .clinic()
        .search(&permit, &asked(&"pain ".repeat(100)), None, 7);
    assert!(matches!(
        long,
        Err(ClinicError::TooLong { field: "words", .. })
    ));
}

#[test]
fn a_report_is_found_by_what_was_signed_last() {
    let desk = Desk::new();
    let id = report(
        &desk.house,
        "dora",
        &desk.patient,
        "a shadow on the left",
        ReportState::Final,
    );
    let permit = desk.permit(Permission::WriteReports);
    let again = DraftText {
        title: phi("Chest"),
        value: json!({}),
    };
    desk.clinic()
        .write(&permit, "x", |change| {
            change.reopen_report(id, DraftKind::Correction, &again)
        })
        .unwrap();
    desk.house.wait(60);
    sign(
        &desk.house,
        "dora",
        id,
        "a shadow on the right",
        ReportState::Amended,
    );
    assert!(desk.find("\"on the left\"").is_empty());
    let found = desk.find("\"on the right\"");
    assert!(matches!(
        &found[..],
        [SearchRow {
            place: FoundAt::Report {
                state: ReportState::Amended,
                ..
            },
            ..
        }]
    ));
    assert_eq!(found[0].at, desk.house.clock_now());
    assert_eq!(desk.find("chest").len(), 1, "the title");
}

#[test]
fn a_note_is_found_once_it_is_signed() {
    let desk = Desk::new();
    let permit = desk.permit(Permission::HostConsultations);
    let text = |words: &str| NoteText {
        content: basics::Phi::new(words.as_bytes().to_vec()),
        words: phi(words),
    };
    let new = NewNoteVersion {
        drafted: true,
        over: None,
        text: text("sinusitis"),
    };
    let (note, version) = desk
        .clinic()
        .write(&permit, "x", |change| change.write_note(desk.id, &new))
        .unwrap();
    assert!(desk.find("sinus").is_empty(), "a draft is nobody's word");
    let proof = desk
        .clinic()
        .check_password(&desk.session, &secret(PASSWORD))
        .unwrap();
    desk.clinic()
        .write::<_, ClinicError>(&permit, "x", |change| {
            change.sign_note(proof, note, version, &phi(""), |_| {
                Ok(text("acute sinusitis"))
            })
        })
        .unwrap();
    let found = desk.find("sinus");
    assert_eq!(shown(&found[0]), "acute [sinusitis]");
    assert!(matches!(&found[0].place, FoundAt::Note { note_id, .. } if *note_id == note));
}

#[test]
fn a_translation_that_the_guard_holds_is_found_once_its_doctor_confirms_it() {
    let desk = Desk::new();
    let permit = desk.permit(Permission::HostConsultations);
    let id = desk.say(Language::Es, "tome 50 mg");
    let new = NewTranslation {
        language: Language::De,
        text: phi("nehmen Sie 500 mg"),
        provenance: Provenance::Machine,
        engine: Some("an engine".into()),
    };
    let finding = Finding {
        kind: "dose".into(),
        source: phi("50 mg"),
        target: phi("500 mg"),
    };
    desk.clinic()
        .write::<_, ClinicError>(&permit, "x", |change| {
            change.add_translation(id, &new)?;
            change.doubt_translation(id, Language::De, &[finding])
        })
        .unwrap();
    assert!(desk.find("nehmen").is_empty() && desk.find("500").is_empty());
    assert_eq!(desk.messages("tome 50"), [id]);
    desk.clinic()
        .write(&permit, "x", |change| {
            change.confirm_translation(id, Language::De, &new.text)
        })
        .unwrap();
    assert_eq!(desk.messages("nehmen"), [id]);
}

#[test]
fn a_voice_note_is_found_by_what_was_written_down_and_corrected() {
    let desk = Desk::new();
    let permit = desk.permit(Permission::HostConsultations);
    let file = desk
        .clinic()
        .store_file(&permit, &mut std::io::Cursor::new(b"a sound"))
        .unwrap();
    let new = NewMessage {
        id: MessageId::new(),
        consultation_id: desk.id,
        participant_id: desk.guest,
        language: Language::Es,
        text: phi(""),
        phrase: None,
        sound: Some(NewSound {
            file,
            ms: 1000,
            peaks: vec![50; PEAKS],
            relayed: None,
        }),
    };
    desk.clinic()
        .write(&permit, "x", |change| change.say(&new))
        .unwrap();
    let correct = |words: &str| {
        let transcript = NewTranscript::Corrected { text: phi(words) };
        desk.clinic()
            .write(&permit, "x", |change| {
                change.add_transcript(new.id, &transcript)
            })
            .unwrap();
    };
    correct("me duele la rodilla");
    assert_eq!(desk.messages("rodilla"), [new.id]);
    desk.translate(new.id, Language::De, "mein Knie tut weh");
    assert_eq!(desk.messages("knie"), [new.id]);
    correct("me duele el codo");
    let found = desk.find("codo");
    assert!(matches!(
        &found[..],
        [SearchRow {
            place: FoundAt::Message { spoken: true, .. },
            ..
        }]
    ));
    assert!(desk.find("rodilla").is_empty() && desk.find("knie").is_empty());
}
