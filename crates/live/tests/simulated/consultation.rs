//! What people can do in a consultation, and what must never happen.

use basics::Language;
use live::{
    Error,
    content::{Blob, Provenance, Sound, TEXT},
    guest::Over,
    host::{Told, Way},
};
use protocol::{FromClient, FromRelay, Refusal, Sender};

use crate::{made::blob, relay::Client, world::World};

fn with_ana() -> World {
    let mut world = World::new();
    world.invite(Language::Es);
    world.settle();
    world.admit_all(&[0]);
    world.settle();
    world
}

#[test]
fn both_see_the_same_four_pictures_and_only_then_is_anybody_let_in() {
    let mut world = World::new();
    let ana = world.invite(Language::Es);
    while world.host.waiting().is_empty() {
        assert!(world.step(0), "the hello arrives");
    }
    let who = world.host.waiting()[0].id;
    assert_eq!(world.host.waiting()[0].code, None);
    assert_eq!(world.host.admit(who), Err(Error::NotComparedYet));
    world.settle();
    assert_eq!(world.host.waiting()[0].code, world.phones[ana].code);
    world.doctor_says("Nobody hears this yet");
    world.settle();
    assert_eq!(world.phones[ana].told, ["welcome", "code"]);
    world.host.admit(who).unwrap();
    world.drain();
    world.settle();
    assert_eq!(world.phones[ana].you, Some(who));
    assert_eq!(
        world.phones[ana].shown.len(),
        1,
        "what was said before is told now"
    );
}

#[test]
fn a_link_on_a_second_device_waits_outside_and_is_told_apart() {
    let mut world = World::new();
    let link = world.link();
    let ana = world.come_by(&link, Language::Es);
    world.settle();
    world.admit_all(&[ana]);
    world.settle();
    let other = world.come_by(&link, Language::Es);
    world.settle();
    let waiting = world.host.waiting();
    assert!(waiting.len() == 1 && waiting[0].second_device);
    world.doctor_says("For Ana");
    world.settle();
    assert_eq!(world.phones[other].told, ["welcome", "code"]);
    assert_eq!(world.phones[ana].shown.len(), 1);
    world.host.decline(waiting[0].id).unwrap();
    world.drain();
    world.settle();
    assert_eq!(world.phones[other].over, Some(Over::Declined));
    assert!(world.host.invitations()[0].spent);
}

#[test]
fn a_spoken_code_lets_one_guess_and_no_more() {
    let mut world = World::new();
    let said = world.code();
    let wrong = match said.strip_suffix('1') {
        Some(digits) => format!("{digits}2"),
        None => format!("{}1", &said[..said.len() - 1]),
    };
    let eve = world.come_by_code(&wrong, Language::En);
    world.settle();
    assert_eq!(world.phones[eve].told, ["wrong code"]);
    assert!(world.host.waiting().is_empty() && world.host.invitations()[0].spent);
    let door: String = said.chars().take(4).collect();
    assert_eq!(world.relay.knock(&door), None, "the door is closed");

    let said = world.code();
    let ana = world.come_by_code(&said, Language::Es);
    world.settle();
    assert_eq!(world.host.waiting()[0].code, world.phones[ana].code);
    world.admit_all(&[ana]);
    world.settle();
    world.doctor_says("Good morning");
    world.settle();
    assert_eq!(world.phones[ana].shown.len(), 1);
}

#[test]
fn a_spoken_code_lasts_five_minutes_and_dies_with_the_program() {
    let mut world = World::new();
    world.code();
    world.pass(299_000);
    assert_eq!(world.host.invitations().len(), 1);
    world.pass(2_000);
    assert!(world.host.invitations().is_empty());
    let said = world.code();
    world.crash(0);
    world.connect(Client::Host);
    world.settle();
    let door: String = said.chars().take(4).collect();
    assert!(world.host.invitations().is_empty() && world.relay.knock(&door).is_none());
}

#[test]
fn a_code_whose_door_another_has_becomes_another_code() {
    let mut world = World::new();
    world.host.invite_spoken(world.now).unwrap();
    let Way::Spoken(before) = world.host.invitations()[0].way.clone() else {
        panic!("a code")
    };
    let refused = FromRelay::Refused {
        why: Refusal::Taken,
        stream: None,
        key: None,
        door: Some(before.expose()[..4].to_owned()),
        retry_ms: None,
    };
    world.frame(Client::Host, &refused);
    world.settle();
    let invitation = &world.host.invitations()[0];
    let Way::Spoken(after) = &invitation.way else {
        panic!("a code")
    };
    assert!(invitation.open && *after != before);
}

#[test]
fn three_hundred_messages_reach_a_page_loaded_again_in_pages() {
    let mut world = with_ana();
    for n in 0..300 {
        world.doctor_says(&format!("Number {n}"));
    }
    world.settle();
    assert_eq!(world.phones[0].shown.len(), 300);
    world.reload(0);
    let before = world.said_by_host(0);
    world.connect(Client::Guest(world.phones[0].stream));
    for _ in 0..200 {
        // Envelopes that the relay has not acknowledged never pile up.
        let up = &world.relay.lines[&Client::Host].up;
        let appends = up
            .iter()
            .filter(|frame| matches!(frame, FromClient::Append { .. }))
            .count();
        assert!(appends <= 40, "{appends}");
        world.step(1);
    }
    world.settle();
    assert_eq!(world.phones[0].shown.len(), 300);
    assert!(world.said_by_host(0) < before + 310, "each once");
}

#[test]
fn a_record_that_is_slow_holds_a_talkative_guest_back_at_the_relay() {
    let mut world = with_ana();
    world.slow = true;
    for n in 0..150 {
        world.guest_says(0, &format!("Número {n}"));
    }
    world.settle();
    assert!(world.record.is_empty());
    world.slow = false;
    world.heal();
    let texts: Vec<_> = world
        .record
        .iter()
        .map(|said| said.text.expose().clone())
        .collect();
    assert_eq!(
        texts,
        (0..150).map(|n| format!("Número {n}")).collect::<Vec<_>>()
    );
}

#[test]
fn a_voice_note_keeps_its_place_while_it_is_on_its_way() {
    let mut world = with_ana();
    world.held = true;
    world.doctor_says("Listen");
    let note = world.doctor_speaks(2000);
    world.doctor_says("Did you hear?");
    world.settle();
    assert_eq!(
        world.phones[0].shown.len(),
        1,
        "what comes after it waits for it"
    );
    assert!(world.answer_put());
    world.settle();
    let Blob { sha256, key } = blob(note);
    let sound = Sound {
        sha256,
        key,
        ms: 2000,
    };
    assert_eq!(world.phones[0].shown[1].sound, Some(sound));
    assert_eq!(world.phones[0].shown.len(), 3);
    // Loaded again, the page is told where the sound lies; it is not sent to the relay again.
    world.reload(0);
    world.connect(Client::Guest(world.phones[0].stream));
    world.settle();
    assert!(world.phones[0].shown.len() == 3 && world.puts.is_empty());
}

#[test]
fn a_report_comes_with_what_opens_it_and_the_phone_says_that_it_has_it() {
    let mut world = with_ana();
    world.invite(Language::Fr);
    world.held = true;
    let report = world.doctor_hands_over();
    world.settle();
    assert!(world.phones[0].shown.is_empty() && world.has.is_empty());
    assert!(world.answer_put());
    assert!(
        world.puts.is_empty(),
        "nothing is put for whoever is not in"
    );
    world.settle();
    let enclosure = world.phones[0].shown[0].enclosure.clone().unwrap();
    assert_eq!(enclosure.blob().sha256, blob(report).sha256);
    assert_eq!(enclosure.media_type, "application/pdf");
    assert_eq!(world.phones[0].shown[0].text, "");
    let ana = world.participant(0).unwrap();
    assert_eq!(world.has.iter().collect::<Vec<_>>(), [&(ana, report)]);
    // Said of something that carries no file, it tells nothing.
    world.doctor_says("Take this home");
    world.settle();
    let words = world.phones[0].shown[1].id;
    world.phones[0].guest.has(words);
    world.drain();
    world.settle();
    assert_eq!(world.has.len(), 1);
}

#[test]
fn what_was_saved_when_sounds_alone_travelled_is_read() {
    let mut world = with_ana();
    world.doctor_speaks(2000);
    world.settle();
    let old = world.saved().replace("\"blobs\"", "\"sounds\"");
    assert_ne!(old, world.saved());
    world.restart_from(old);
    world.heal();
    assert!(world.puts.is_empty(), "it lies at the relay already");
    assert!(world.phones[0].shown[0].sound.is_some());
}

#[test]
fn a_translation_that_comes_while_the_phone_is_away_is_not_lost() {
    let mut world = with_ana();
    world.doctor_says("Where does it hurt?");
    world.settle();
    assert_eq!(world.phones[0].shown[0].translation, None);
    let phone = Client::Guest(world.phones[0].stream);
    world.cut(phone, 0);
    world.translate(0, Language::Es);
    world.settle();
    world.crash(0);
    world.connect(Client::Host);
    world.connect(phone);
    world.heal();
    let translation = world.phones[0].shown[0].translation.as_ref().unwrap();
    assert_eq!(
        (translation.language, translation.provenance),
        (Language::Es, Provenance::Machine)
    );
    assert_eq!(world.phones[0].shown.len(), 1);
}

#[test]
fn whoever_changes_language_reads_the_next_message_in_it() {
    let mut world = with_ana();
    world.guest_reads(0, Language::De);
    world.settle();
    let who = world.participant(0).unwrap();
    assert!(world.told.contains(&Told::LanguageChanged {
        who,
        language: Language::De
    }));
    world.guest_says(0, "Guten Tag");
    world.settle();
    let own = world.phones[0].shown[0].translation.clone().unwrap();
    assert_eq!(
        (own.language, own.provenance),
        (Language::De, Provenance::SameLanguage)
    );
    let id = world.phones[0].shown[0].id;
    world.phones[0].guest.translate(id);
    world.drain();
    world.settle();
    assert!(world.told.contains(&Told::TranslateAsked {
        who,
        id,
        language: Language::De
    }));
}

#[test]
fn who_has_seen_what_is_told_honestly() {
    let mut world = with_ana();
    world.doctor_says("One");
    world.doctor_says("Two");
    world.settle();
    assert_eq!(
        world.host.unsent(),
        2,
        "on the phone, but nobody says it was seen"
    );
    world.phones[0].guest.seen(2);
    world.drain();
    world.settle();
    assert_eq!((world.host.unsent(), world.host.guests()[0].seen), (0, 2));
    // Nobody has seen what was not sent.
    world.phones[0].guest.seen(99);
    world.drain();
    world.settle();
    assert_eq!(world.host.guests()[0].seen, 2);
}

#[test]
fn the_end_reaches_everybody_even_after_a_crash_and_leaves_no_key_behind() {
    let mut world = with_ana();
    world.cut(Client::Host, 0);
    world.doctor_says("Get well soon");
    world.host.end();
    world.drain();
    let saved = world.saved();
    assert!(
        saved.contains("\"key\":null")
            && saved.contains("\"doors\":[]")
            && saved.contains("\"peers\":[]"),
        "no key is left"
    );
    assert_eq!(world.host.invite_link(world.now), Err(Error::Over));
    world.crash(0);
    world.connect(Client::Host);
    world.settle();
    assert_eq!(world.phones[0].over, Some(Over::Ended));
    assert_eq!(
        world.phones[0].shown.len(),
        1,
        "what was said last is heard"
    );
    assert!(world.over && !world.host.needs_relay());
    assert!(world.relay.streams[&world.phones[0].stream].closed);
}

#[test]
fn a_full_relay_is_said_and_made_good_later() {
    let mut world = with_ana();
    world.relay.full = true;
    world.doctor_says("Still here?");
    world.settle();
    assert!(world.told.contains(&Told::RelayFull));
    assert_eq!(world.phones[0].shown.len(), 0);
    world.relay.full = false;
    world.pass(2000);
    world.settle();
    assert_eq!(world.phones[0].shown.len(), 1);
}

#[test]
fn a_storm_of_forged_rekeys_costs_a_hello_every_two_seconds_at_most() {
    let mut world = with_ana();
    let stream = world.phones[0].stream;
    let hellos = |world: &World| {
        let log = &world.relay.streams[&stream];
        log.entries
            .iter()
            .filter(|(_, from, envelope)| *from == Sender::Guest && envelope[1] == 1)
            .count()
    };
    let before = hellos(&world);
    for round in 0..100 {
        let forged = FromRelay::Entry {
            stream,
            seq: 1000 + round,
            key: uuid::Uuid::now_v7(),
            from: Sender::Host,
            at: 0,
            envelope: seal::live::rekey_envelope().into(),
        };
        world.frame(Client::Guest(stream), &forged);
        world.pass(100);
        world.settle();
    }
    assert!(
        (1..=6).contains(&(hellos(&world) - before)),
        "{}",
        hellos(&world) - before
    );
    world.doctor_says("Never mind");
    world.heal();
    assert_eq!(world.phones[0].shown.len(), 1);
}

#[test]
fn what_is_too_long_is_refused_where_it_is_typed() {
    let mut world = with_ana();
    let id = basics::MessageId::new();
    assert_eq!(
        world.phones[0].guest.say(id, &"a".repeat(TEXT + 1), None),
        Err(Error::TooLarge { limit: TEXT })
    );
    // The longest that may be said, in the heaviest letters, with a translation as long, still travels.
    let heavy = "\u{1}".repeat(TEXT);
    world.doctor_says(&heavy);
    world.settle();
    assert_eq!(world.phones[0].shown[0].text, heavy);
}

#[test]
fn nothing_that_was_said_is_printed() {
    let mut world = with_ana();
    world.doctor_says("a private matter");
    world.settle();
    let printed = format!(
        "{:?} {:?} {:?}",
        world.record,
        world.phones[0].shown,
        world.host.guests()
    );
    assert!(
        !printed.contains("private") && !printed.contains("Ana"),
        "{printed}"
    );
}
