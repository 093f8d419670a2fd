//! A doctor and patients who speak other languages talk over a relay that can open nothing.

use std::fs;

use acceptance::{Desk, phone::Phone, room::Room};
use basics::{Language, Provenance};
use live::guest::Over;
use seal::live::EMOJI;
use serde_json::{Value, json};

#[test]
fn two_guests_and_a_doctor_talk_each_in_their_own_language() {
    let room = Room::new();
    let marta = room.guest("Marta", Language::Es);
    let yusuf = room.guest("Yusuf", Language::Ar);

    // A phrase of the phrasebook reaches each in their own words, before any engine is asked.
    room.say("Where does it hurt? Please show me.");
    for (phone, language) in [(&marta, Language::Es), (&yusuf, Language::Ar)] {
        phone.until("the phrase", |seen| seen.messages.len() == 1);
        let seen = phone.seen();
        let message = &seen.messages[0];
        assert_eq!(message.text, "Where does it hurt? Please show me.");
        let translation = message.translation.as_ref().unwrap();
        assert_eq!(translation.language, language);
        assert!(matches!(
            translation.provenance,
            Provenance::VerifiedPhrase | Provenance::UnreviewedPhrase
        ));
        assert!(!translation.text.is_empty() && translation.text != message.text);
    }

    // What no phrase says and no engine translates is said to be so.
    let odd = "The blue kettle sings on Tuesdays";
    room.say(odd);
    marta.until("the second message", |seen| seen.messages.len() == 2);
    let translation = marta.seen().messages[1].translation.clone().unwrap();
    assert_eq!(translation.provenance, Provenance::NotTranslated);
    assert_eq!(translation.text, "");

    // A guest's words come to the doctor and to the other guest, each once.
    marta.say("Me duele aquí");
    yusuf.until("the guest's words", |seen| seen.messages.len() == 3);
    let kept = room.kept();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[2]["text"], "Me duele aquí");
    assert_eq!(kept[2]["language"], "es");
    marta.until("its own message back", |seen| seen.messages.len() == 3);
    assert_eq!(marta.waiting(), 0);

    // A language may change at any time: what follows is in the new one, the older ones on request.
    marta.read(Language::Pt);
    room.clinic.until(|| {
        let view = room.view();
        let people = view["people"].as_array().unwrap();
        (people.iter().any(|person| person["language"] == "pt")).then_some(())
    });
    room.say("Where does it hurt? Please show me.");
    marta.until("a message in Portuguese", |seen| {
        seen.messages.get(3).is_some_and(|message| {
            message
                .translation
                .as_ref()
                .is_some_and(|there| there.language == Language::Pt)
        })
    });
    let first = marta.seen().messages[0].id;
    marta.translate(first);
    marta.until("the older one in Portuguese", |seen| {
        seen.translations
            .iter()
            .any(|(id, there)| *id == first && there.language == Language::Pt)
    });

    // The end: everybody is told, and the record keeps what was said.
    room.ok("live.end", json!({}));
    for phone in [&marta, &yusuf] {
        phone.until("the end", |seen| seen.over == Some(Over::Ended));
    }
    assert_eq!(room.kept().len(), 4);
    let transcript = room.ok("live.transcript", json!({}));
    let html = transcript["html"].as_str().unwrap();
    assert!(html.contains("Me duele aquí") && html.contains(odd));
}

#[test]
fn nobody_hears_anything_before_the_doctor_lets_them_in() {
    let room = Room::new();
    let marta = room.guest("Marta", Language::Es);
    let stranger = room.knock("Somebody", Language::Fr);
    let waiting = room.waiting("Somebody");
    room.say("Where does it hurt? Please show me.");
    marta.until("the message", |seen| seen.messages.len() == 1);

    // Both sides have the same four pictures to compare.
    let shown: Vec<&str> = stranger
        .seen()
        .code
        .unwrap()
        .map(|place| EMOJI[place])
        .to_vec();
    assert_eq!(waiting["code"], json!(shown));
    assert!(stranger.seen().messages.is_empty() && !stranger.seen().admitted);

    room.ok("live.decline", json!({ "participant_id": waiting["id"] }));
    stranger.until("being declined", |seen| seen.over == Some(Over::Declined));

    // A guest who was removed hears nothing more either.
    let view = room.view();
    let guest = view["people"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "Marta")
        .unwrap()
        .clone();
    room.ok("live.remove", json!({ "participant_id": guest["id"] }));
    marta.until("being removed", |seen| seen.over == Some(Over::Removed));
    room.say("Breathe in");
    assert_eq!(marta.texts(), ["Where does it hurt? Please show me."]);
    assert!(stranger.texts().is_empty());
}

#[test]
fn a_link_opens_for_one_phone() {
    let room = Room::new();
    let link = room.link();
    let open = |name| {
        Phone::open(
            room.runtime.handle(),
            &room.way(),
            &link,
            name,
            Language::Es,
        )
    };
    let marta = open("Marta");
    let first = room.waiting("Marta");
    room.ok("live.admit", json!({ "participant_id": first["id"] }));
    marta.until("being let in", |seen| seen.admitted);

    // The same link elsewhere only knocks, and the doctor sees why.
    let second = open("Marta's sister");
    let waiting = room.waiting("Marta's sister");
    assert_eq!(waiting["second_device"], true);
    room.say("Where does it hurt? Please show me.");
    marta.until("the message", |seen| seen.messages.len() == 1);
    assert!(second.texts().is_empty());

    // A link with another secret, or with another host's key, gets nowhere at all.
    let (front, fragment) = link.split_once('#').unwrap();
    let mut wrong = fragment.to_owned();
    let other = if wrong.starts_with('A') { 'B' } else { 'A' };
    wrong.replace_range(0..1, &other.to_string());
    let wrong = format!("{front}#{wrong}");
    let forged = Phone::open(
        room.runtime.handle(),
        &room.way(),
        &wrong,
        "Mallory",
        Language::Es,
    );
    room.say("Breathe in");
    marta.until("the second message", |seen| seen.messages.len() == 2);
    let view = room.view();
    let names: Vec<&Value> = view["waiting"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["Marta's sister"]);
    assert!(forged.texts().is_empty() && !forged.seen().admitted);
}

#[test]
fn a_doctor_who_signs_out_is_away_and_goes_on_at_the_next_sign_in() {
    let room = Room::new();
    let marta = room.guest("Marta", Language::Es);
    marta.until("the doctor", |seen| seen.doctor_here);
    room.clinic.ok("session.sign_out", Value::Null);
    marta.until("the doctor's absence", |seen| !seen.doctor_here);
    marta.say("Sigo aquí");
    room.clinic.sign_in("doctor");
    marta.until("the doctor's return", |seen| seen.doctor_here);
    marta.until("its words to be kept", |seen| seen.messages.len() == 1);
    assert_eq!(room.kept()[0]["text"], "Sigo aquí");

    // A locked window interrupts nothing.
    room.clinic.ok("session.lock", Value::Null);
    marta.say("Todavía aquí");
    marta.until("being kept behind the lock", |seen| {
        seen.messages.len() == 2
    });
    assert!(marta.seen().doctor_here);
}

#[test]
fn face_to_face_needs_no_relay_and_both_read_their_own_language() {
    let clinic = acceptance::Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Rosa Lima", "1980-01-01");
    let view = clinic.ok(
        "live.start",
        json!({ "patient_id": patient, "language": "en" }),
    );
    let id = view["id"].clone();
    let error = clinic.error(
        "live.invite",
        json!({ "consultation_id": id, "spoken": false }),
    );
    assert_eq!(error.message_id, "no-relay");

    let seat = json!({ "consultation_id": id, "name": "Rosa", "language": "pt" });
    let view = clinic.ok("live.seat", seat);
    let people = view["people"].as_array().unwrap();
    let say = |person: &Value, text: &str| {
        let message = basics::MessageId::new().to_string();
        let request = json!({
            "consultation_id": id, "message_id": message, "participant_id": person["id"],
            "text": text, "phrase": null,
        });
        let said = clinic.ok("live.say", request.clone());
        // Asked again with the same id, it is said once.
        assert_eq!(clinic.ok("live.say", request)["n"], said["n"]);
        said
    };
    // The doctor does not leave: a consultation is ended.
    let leave = json!({ "consultation_id": id, "participant_id": people[0]["id"] });
    assert_eq!(
        clinic.error("live.remove", leave).message_id,
        "field-rule-broken"
    );

    let asked = say(&people[0], "Where does it hurt? Please show me.");
    assert_eq!(asked["n"], 1);
    assert_eq!(asked["translations"][0]["language"], "pt");
    let answered = say(
        &people[1],
        asked["translations"][0]["text"].as_str().unwrap(),
    );
    assert_eq!(answered["n"], 2);
    assert_eq!(answered["language"], "pt");
    let back = &answered["translations"][0];
    assert_eq!(
        (back["language"].as_str(), back["text"].as_str()),
        (Some("en"), Some("Where does it hurt? Please show me."))
    );
}

#[test]
fn the_relay_holds_nothing_of_what_was_said() {
    let room = Room::new();
    let planted: Vec<String> = (0..50)
        .map(|n| {
            format!(
                "planted-{n}-{:x}",
                0x9e37_79b9_7f4a_7c15u64.wrapping_mul(n + 1)
            )
        })
        .collect();
    let marta = room.guest("Zoraida-Quintanilla-Planted", Language::Es);
    for (n, text) in planted.iter().enumerate() {
        match n % 2 {
            0 => drop(room.say(text)),
            _ => drop(marta.say(text)),
        }
    }
    marta.until("everything", |seen| seen.messages.len() == planted.len());
    let mut needles = planted;
    needles.push("Zoraida-Quintanilla-Planted".into());
    let link = room.link();
    needles.push(link.split_once('#').unwrap().1.to_owned());

    let mut places = vec![("memory", memory(room.relay.id()))];
    for file in acceptance::files(room.relay_data.path()) {
        places.push(("disk and logs", fs::read(&file).unwrap()));
    }
    let read: usize = places.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(read > 1_000_000, "only {read} bytes were looked at");
    for needle in &needles {
        for (place, bytes) in &places {
            let found = memchr::memmem::find(bytes, needle.as_bytes()).is_some();
            assert!(!found, "{needle} lies in the relay's {place}");
        }
    }
}

/// Everything that a process has in its memory and can be read.
fn memory(id: u32) -> Vec<u8> {
    use std::io::{Read, Seek, SeekFrom};
    let maps = fs::read_to_string(format!("/proc/{id}/maps")).unwrap();
    let mut file = fs::File::open(format!("/proc/{id}/mem")).unwrap();
    let mut all = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, rest) = line.split_once('-').unwrap();
        let to = rest.split(' ').next().unwrap();
        let (from, to) = (
            u64::from_str_radix(from, 16).unwrap(),
            u64::from_str_radix(to, 16).unwrap(),
        );
        let mut part = vec![0; usize::try_from(to - from).unwrap()];
        if file.seek(SeekFrom::Start(from)).is_ok() && file.read_exact(&mut part).is_ok() {
            all.extend(part);
        }
    }
    all
}
