//! Whatever happens on the way – cuts, reloads, crashes, delays, a full disk, a hostile relay – everything
//! that is said arrives once and in order at everyone who was let in, and nothing at anybody else.

use crate::{
    made::{count, garbage},
    relay::Client,
    world::World,
};
use basics::Language;
use live::{guest::Over, host::Carried};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Event {
    Steps(u8, usize),
    DoctorSays,
    HandOver,
    DoctorSpeaks,
    WriteDown(usize, bool),
    GuestSays(usize),
    Cut(usize, usize),
    Connect,
    Reload(usize),
    Crash(usize),
    Translate(usize),
    Language(usize, bool),
    Pass(u64),
    Full(bool),
    Hostile(usize, usize, Vec<u8>),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        12 => (1..20_u8, 0..10_000_usize).prop_map(|(steps, seed)| Event::Steps(steps, seed)),
        6 => Just(Event::DoctorSays),
        2 => Just(Event::HandOver),
        2 => Just(Event::DoctorSpeaks),
        4 => (0..1000_usize, any::<bool>()).prop_map(|(place, corrected)| Event::WriteDown(place, corrected)),
        8 => (0..2_usize).prop_map(Event::GuestSays),
        3 => (0..4_usize, 0..4_usize).prop_map(|(who, more)| Event::Cut(who, more)),
        5 => Just(Event::Connect),
        1 => (0..2_usize).prop_map(Event::Reload),
        1 => (0..4_usize).prop_map(Event::Crash),
        4 => (0..1000_usize).prop_map(Event::Translate),
        1 => (0..2_usize, any::<bool>()).prop_map(|(who, back)| Event::Language(who, back)),
        3 => (200..3000_u64).prop_map(Event::Pass),
        1 => any::<bool>().prop_map(Event::Full),
    ]
}

fn hostile() -> impl Strategy<Value = Event> {
    let bytes = proptest::collection::vec(any::<u8>(), 0..120);
    prop_oneof![
        3 => event(),
        2 => (0..6_usize, 0..10_000_usize, bytes).prop_map(|(who, choice, bytes)| Event::Hostile(who, choice, bytes)),
    ]
}

/// Two phones that are let in, and one that is not.
fn two_and_a_stranger() -> World {
    let mut world = World::new();
    world.invite(Language::Es);
    world.invite(Language::Ar);
    world.invite(Language::Fr);
    world.settle();
    world.admit_all(&[0, 1]);
    world.settle();
    world
}

fn happen(world: &mut World, event: Event) {
    let client = |world: &World, who: usize| match who {
        0 => Client::Host,
        who => Client::Guest(world.phones[(who - 1) % 3].stream),
    };
    match event {
        Event::Steps(steps, seed) => {
            for step in 0..usize::from(steps) {
                world.step(seed.wrapping_mul(31).wrapping_add(step * 7919));
            }
        }
        Event::DoctorSays => world.doctor_says(&format!("Question {}", world.record.len())),
        Event::HandOver => drop(world.doctor_hands_over()),
        Event::DoctorSpeaks => drop(world.doctor_speaks(2000)),
        Event::WriteDown(place, corrected) => world.write_down(place, corrected),
        Event::GuestSays(phone) => {
            let text = format!("Answer {} of {phone}", world.phones[phone].said.len());
            world.guest_says(phone, &text);
        }
        Event::Cut(who, more) => world.cut(client(world, who), more),
        Event::Connect => {
            for who in 0..4 {
                world.connect(client(world, who));
            }
        }
        Event::Reload(phone) => world.reload(phone),
        Event::Crash(more) => world.crash(more),
        Event::Translate(place) => {
            let language = world.phones[place % 2].language;
            world.translate(place, language);
        }
        Event::Language(phone, back) => {
            let language = if back { Language::Es } else { Language::Pt };
            world.guest_reads(phone, language);
        }
        Event::Pass(ms) => world.pass(ms),
        Event::Full(full) => world.relay.full = full,
        Event::Hostile(who, choice, bytes) => {
            let stream = world.phones[choice % 3].stream;
            world.frame(client(world, who % 4), &garbage(stream, choice, &bytes));
        }
    }
    world.fails = true;
    // The doctor lets in whoever of the two waits (again).
    world.admit_all(&[0, 1]);
}

/// After everything came to rest.
fn check(world: &mut World) {
    world.heal();
    world.admit_all(&[0, 1]);
    world.heal();
    // Engines are done with everything by now.
    for place in 0..world.record.len() {
        world.write_down(place, false);
        for phone in 0..2 {
            let language = world.phones[phone].language;
            world.translate(place, language);
        }
    }
    world.heal();
    let counts = count(&world.record);
    for phone in 0..2 {
        let page = &world.phones[phone];
        assert_eq!(page.over, None);
        // Everything that was said is in the record once, in the order in which it was said.
        let ids: Vec<_> = page.said.iter().map(|(id, _)| *id).collect();
        assert!(
            ids.iter().all(|id| counts.get(id) == Some(&1)),
            "said once, kept once: {:?} of {}",
            ids.iter().filter(|id| counts.get(id) != Some(&1)).count(),
            ids.len()
        );
        let kept: Vec<_> = world
            .record
            .iter()
            .filter(|said| ids.contains(&said.id))
            .map(|said| said.id)
            .collect();
        assert_eq!(kept, ids, "in the order in which it was said");
        // And on the screen, in the order of the record.
        let shown: Vec<_> = page
            .shown
            .iter()
            .map(|message| (message.n, message.id))
            .collect();
        let record: Vec<_> = world.record.iter().map(|said| (said.n, said.id)).collect();
        assert_eq!(shown, record);
        assert!(
            page.shown
                .iter()
                .all(|message| message.translation.is_some() || message.enclosure.is_some()),
            "nothing stays without its translation"
        );
        // Files come with their message, and the doctor knows that they are there.
        let who = world.participant(phone).unwrap();
        for (said, message) in world.record.iter().zip(&page.shown) {
            let file = matches!(said.carries, Some(Carried::File { .. }));
            assert_eq!(file, message.enclosure.is_some());
            assert!(!file || world.has.contains(&(who, said.id)));
            // Words that came late, or were corrected, are everywhere the same.
            assert_eq!(*said.text.expose(), message.text);
            let writing = match said.carries {
                Some(Carried::Sound { writing, .. }) => Some(writing),
                _ => None,
            };
            assert_eq!(writing, message.writing);
        }
        assert!(
            page.guest.waiting().is_empty(),
            "nothing is shown as still sending"
        );
    }
    let stranger = &world.phones[2];
    assert!(
        stranger
            .told
            .iter()
            .all(|told| ["welcome", "code"].contains(told)),
        "{:?}",
        stranger.told
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn everything_arrives_once_and_in_order(events in proptest::collection::vec(event(), 1..80)) {
        let mut world = two_and_a_stranger();
        for event in events {
            happen(&mut world, event);
        }
        check(&mut world);
    }

    #[test]
    fn a_hostile_relay_breaks_nothing_for_good(events in proptest::collection::vec(hostile(), 1..60)) {
        let mut world = two_and_a_stranger();
        for event in events {
            happen(&mut world, event);
        }
        check(&mut world);
    }

    #[test]
    fn whoever_was_removed_gets_nothing_more(before in proptest::collection::vec(event(), 0..25), after in proptest::collection::vec(event(), 1..25)) {
        let mut world = two_and_a_stranger();
        for event in before {
            happen(&mut world, event);
        }
        world.heal();
        world.admit_all(&[0, 1]);
        world.heal();
        let who = world.participant(1).unwrap();
        world.host.remove(who).unwrap();
        world.drain();
        for event in after {
            let removed = matches!(event, Event::GuestSays(1) | Event::Language(1, _));
            if !removed {
                happen(&mut world, event);
            }
        }
        world.doctor_says("Between us");
        world.heal();
        prop_assert!(world.gone.contains(&who));
        prop_assert!(matches!(world.phones[1].over, Some(Over::Removed | Over::Closed)), "{:?}", world.phones[1].over);
        let held = world.said_by_host(1);
        world.doctor_says("And more");
        world.heal();
        prop_assert_eq!(world.said_by_host(1), held);
        prop_assert!(world.relay.streams[&world.phones[1].stream].closed);
    }
}
