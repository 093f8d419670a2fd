//! The clinical note of a consultation: drafted, checked sentence by sentence, corrected, signed,
//! corrected again; with an engine and without one.

use std::time::Duration;

use acceptance::{Desk, PASSWORD};
use basics::JobId;
use serde_json::{Value, json};

use crate::note_desk::{Engine, TALK, Visit, good, line};

#[test]
fn a_note_is_drafted_corrected_signed_and_corrected_again() {
    let engine = Engine::new(&good(), Duration::ZERO);
    let visit = Visit::talked(Some(&engine));
    let empty = visit.desk();
    assert_eq!(
        (&empty["note"], &empty["engine"]),
        (&Value::Null, &json!("small"))
    );
    assert_eq!(visit.draft(), json!({ "kind": "done" }));
    let drafted = visit.desk();
    let newest = &drafted["note"]["newest"];
    assert_eq!(
        (&newest["kind"], &newest["version"]),
        (&json!("drafted"), &json!(1))
    );
    assert_eq!(
        newest["content"]["drafter"],
        json!({ "kind": "engine", "name": "small" })
    );
    for sentence in visit.sentences() {
        assert_eq!(
            (&sentence["struck"], &sentence["hand"]),
            (&Value::Null, &json!("engine")),
            "{sentence}"
        );
    }
    let fever = &visit.sentences()[2];
    assert_eq!(
        fever["sources"],
        json!([visit.messages[2], visit.messages[3]])
    );

    // The doctor changes one, drops one, adds one.
    let lines = json!([
        line(1, "symptoms", "Severe headache for 3 days."),
        line(3, "symptoms", "No fever."),
        line(4, "diagnosis", "Probably a migraine."),
        line(5, "plan", "Paracetamol 500 mg every 6 hours."),
        line(6, "plan", "Come back in 2 weeks."),
        { "id": null, "section": "plan", "text": "Sick leave until Friday.", "taken_over": false },
    ]);
    let edited = visit.save(1, &lines).unwrap();
    let hands: Vec<&str> = (edited["note"]["newest"]["content"]["sentences"]
        .as_array()
        .unwrap()
        .iter())
    .map(|one| one["hand"].as_str().unwrap())
    .collect();
    assert_eq!(
        hands,
        ["doctor", "engine", "engine", "engine", "engine", "doctor"]
    );
    // The same again, because the answer was lost, is no new version; another window's is not covered.
    let other = visit
        .save(1, &json!([line(1, "symptoms", "Other words.")]))
        .unwrap_err();
    assert_eq!(other.message_id, "note-changed");
    assert_eq!(
        visit.save(1, &lines).unwrap()["note"]["newest"]["version"],
        2
    );

    let wrong = visit.sign(&edited, "wrong password", "").unwrap_err();
    assert_eq!(wrong.message_id, "wrong-password");
    let signed = visit.sign(&edited, PASSWORD, "").unwrap();
    let newest = &signed["note"]["newest"];
    assert_eq!(
        (&newest["kind"], &newest["version"]),
        (&json!("signed"), &json!(3))
    );
    assert_eq!(newest["seal"]["holds"], true);
    assert_eq!(newest["content"], edited["note"]["newest"]["content"]);
    let twice = visit.sign(&signed, PASSWORD, "").unwrap_err();
    assert_eq!(twice.message_id, "note-signed");

    // A correction is a new version; what was signed stays, byte for byte.
    let corrected = visit
        .save(
            3,
            &json!([line(1, "symptoms", "Severe headache for 4 days.")]),
        )
        .unwrap();
    assert_eq!(corrected["note"]["signed"]["version"], 3);
    let why = visit.sign(&corrected, PASSWORD, "  ").unwrap_err();
    assert_eq!(why.args.get("field").map(String::as_str), Some("reason"));
    let again = visit
        .sign(&corrected, PASSWORD, "The patient counted again.")
        .unwrap();
    assert_eq!(again["note"]["newest"]["version"], 5);
    let note = json!(again["note"]["id"]);
    let first = visit
        .clinic
        .ok("notes.version", json!({ "note_id": note, "version": 3 }));
    assert_eq!(
        (&first["content"], &first["seal"]),
        (&newest["content"], &newest["seal"])
    );
    let steps = visit.clinic.ok("notes.history", json!({ "note_id": note }));
    let kinds: Vec<&str> = (steps.as_array().unwrap().iter())
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["signed", "edited", "signed", "edited", "drafted"]);
    assert_eq!(steps[0]["reason"], "The patient counted again.");
    let compared = visit.clinic.ok(
        "notes.compare",
        json!({ "note_id": note, "from": 3, "to": 5 }),
    );
    let parts = compared[0]["parts"].as_array().unwrap();
    assert!(
        parts.contains(&json!({ "kind": "gone", "text": "3" }))
            || parts.iter().any(|one| one["kind"] == "gone")
    );
    assert!(
        parts
            .iter()
            .any(|one| one["kind"] == "new" && one["text"].as_str().unwrap().contains('4'))
    );

    // All of it after a restart; the journal names ids only and knows what left the machine.
    let Visit {
        clinic,
        consultation,
        ..
    } = visit;
    let clinic = clinic.restarted();
    clinic.sign_in("doctor");
    let there = clinic.ok("notes.of", json!({ "consultation_id": consultation }));
    assert_eq!(there["note"], again["note"]);
    clinic.sign_in("admin");
    let page = clinic.ok("journal.page", json!({
        "user_id": null, "verb": null, "subject": null, "outcome": null, "cursor": null, "limit": 200,
    }));
    let journal = page.to_string();
    for verb in [
        "note.ask_engine",
        "note.draft",
        "note.save",
        "note.sign",
        "note.open",
        "note.compare",
    ] {
        assert!(journal.contains(verb), "{verb}");
    }
    assert!(!journal.contains("headache"));
}

#[test]
fn without_an_engine_there_is_an_extract_word_for_word() {
    let mut visit = Visit::new(None);
    visit.talk("en", &TALK[..2]);
    assert_eq!(
        visit.ask(true).unwrap_err().message_id,
        "language-too-little-said"
    );
    let few = visit.ask(false).unwrap_err();
    assert_eq!(
        (few.message_id.as_str(), few.args["needed"].as_str()),
        ("language-too-little-said", "40")
    );
    // A note by hand needs no conversation.
    let line =
        json!([{ "id": null, "section": "symptoms", "text": "Headache.", "taken_over": false }]);
    let by_hand = json!({ "consultation_id": visit.consultation, "over": null, "lines": line });
    let by_hand = visit.clinic.ok("notes.save", by_hand);
    assert_eq!(by_hand["note"]["newest"]["content"]["drafter"], Value::Null);

    let mut visit = Visit::new(None);
    visit.talk("en", &TALK);
    assert_eq!(visit.desk()["engine"], Value::Null);
    assert_eq!(
        visit.ask(true).unwrap_err().message_id,
        "language-no-engine"
    );
    visit.ask(false).unwrap();
    let reasons = visit.reasons();
    let stands = |text: &str| reasons.contains(&(text.to_owned(), None));
    assert!(
        stands("I have had a bad headache for three days and my left knee hurts."),
        "{reasons:?}"
    );
    assert!(
        stands("Do you have a fever? – No, no fever at all."),
        "{reasons:?}"
    );
    assert!(stands("It is probably a migraine."), "{reasons:?}");
    assert!(
        stands("Take paracetamol 500 mg every 6 hours, but do not take aspirin."),
        "{reasons:?}"
    );
    for sentence in visit.sentences() {
        assert_eq!(sentence["hand"], "extract");
        let sources = sentence["sources"].as_array().unwrap();
        assert!(!sources.is_empty());
        assert!(
            sources
                .iter()
                .all(|id| visit.messages.iter().any(|known| id == known))
        );
    }
}

#[test]
fn what_was_not_translated_is_not_believed_and_nobody_else_writes() {
    let spanish = [
        (
            false,
            "Me duele muchísimo la cabeza desde el martes por la noche y no puedo dormir nada bien.",
        ),
        (
            true,
            "Good morning. I am going to examine you now, and then we will talk about what to do next.",
        ),
        (
            false,
            "También me mareo cuando me levanto deprisa de la cama por la mañana temprano.",
        ),
    ];
    let answer = json!({
        "symptoms": [{ "text": "Headache since Tuesday.", "messages": [1] }], "diagnosis": [], "plan": [],
    });
    let engine = Engine::new(&answer, Duration::ZERO);
    let mut visit = Visit::new(Some(&engine));
    visit.talk("es", &spanish);
    // The engine's answer is no translation, so that there is none.
    visit.clinic.until(|| {
        let page = visit.clinic.ok(
            "live.messages",
            json!({
                "consultation_id": visit.consultation, "before": null, "limit": 10,
            }),
        );
        (!page.to_string().contains("\"pending\":true")).then_some(())
    });
    assert_eq!(visit.draft(), json!({ "kind": "done" }));
    assert_eq!(
        visit.reasons(),
        [(
            "Headache since Tuesday.".to_owned(),
            Some("not_translated".to_owned())
        )]
    );

    visit.clinic.sign_in("admin");
    let account =
        json!({ "login": "second", "name": "Dr Second", "role": "doctor", "password": PASSWORD });
    visit.clinic.ok("users.create", account);
    for name in ["notes.of", "notes.draft"] {
        let request = json!({ "consultation_id": visit.consultation, "job": JobId::new().to_string(), "by_engine": false });
        assert_eq!(
            visit.clinic.error(name, request).message_id,
            "forbidden",
            "{name}"
        );
    }
    visit.clinic.sign_in("second");
    let desk = visit.desk();
    assert_eq!(desk["mine"], false);
    assert_eq!(visit.ask(false).unwrap_err().message_id, "forbidden");
    assert_eq!(
        visit.save(1, &json!([])).unwrap_err().message_id,
        "forbidden"
    );
    assert_eq!(
        visit.sign(&desk, PASSWORD, "").unwrap_err().message_id,
        "forbidden"
    );
}
