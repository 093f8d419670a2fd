//! By meaning: the nearest of those that one may read, of one model only.

use super::*;

const MODEL: &str = "a-model";

fn embed(desk: &Desk, permit: &Permit, model: &str, place: impl Fn(&str) -> Vec<f32>) -> usize {
    let waiting = desk.clinic().to_embed(permit, model, 100).unwrap();
    let count = waiting.len();
    let vectors: Vec<_> = waiting
        .into_iter()
        .map(|of| Vector {
            numbers: place(of.text.expose()),
            of,
        })
        .collect();
    desk.clinic().keep_vectors(permit, model, &vectors).unwrap();
    count
}

/// Stands for an engine: pain lies east, fever north.
fn place(text: &str) -> Vec<f32> {
    let says = |words: &[&str]| f32::from(words.iter().any(|word| text.contains(word)));
    vec![says(&["pain", "Schmerz"]), says(&["fever", "Fieber"]), 0.1]
}

#[test]
fn the_nearest_comes_first_and_a_changed_text_waits_anew() {
    let desk = Desk::new();
    let permit = desk.permit(Permission::SearchRecords);
    let pain = desk.say(Language::De, "Schmerz");
    let fever = desk.say(Language::De, "Fieber");
    assert_eq!(embed(&desk, &permit, MODEL, place), 2);
    assert_eq!(embed(&desk, &permit, MODEL, place), 0, "each once");
    let nearest = |model: &str, text: &str| {
        let rows = desk
            .clinic()
            .search_meaning(&permit, &SearchQuery::default(), model, &place(text), 10)
            .unwrap();
        rows.iter().map(message_of).collect::<Vec<_>>()
    };
    assert_eq!(nearest(MODEL, "pain"), [pain, fever]);
    assert_eq!(nearest(MODEL, "fever"), [fever, pain]);
    assert_eq!(nearest("another", "fever"), []);
    let state = |model| desk.clinic().meaning_state(&permit, model).unwrap();
    assert_eq!((state(MODEL).ready, state(MODEL).of), (2, 2));
    // While the engine is at it, the text changes: its vector is of words that were.
    let waiting = desk.clinic().to_embed(&permit, "another", 1).unwrap();
    desk.translate(fever, Language::En, "I have a fever");
    assert_eq!(state(MODEL).ready, 1);
    let late: Vec<_> = waiting
        .into_iter()
        .map(|of| Vector {
            of,
            numbers: vec![1.0, 0.0],
        })
        .collect();
    desk.clinic()
        .keep_vectors(&permit, "another", &late)
        .unwrap();
    assert_eq!(state("another").ready, 0);
    assert_eq!(embed(&desk, &permit, MODEL, place), 1);
}

#[test]
fn an_engine_gets_and_finds_only_what_its_doctor_may_read() {
    let desk = Desk::new();
    let pain = desk.say(Language::En, "pain");
    let restrict = desk.permit(Permission::RestrictRecords);
    desk.clinic()
        .write(&restrict, "x", |change| {
            change.set_restricted(desk.patient.id, true, None, "why")
        })
        .unwrap();
    let dirk = desk.house.permit("dirk", Permission::SearchRecords);
    assert_eq!(embed(&desk, &dirk, MODEL, place), 0);
    let dora = desk.permit(Permission::SearchRecords);
    assert_eq!(embed(&desk, &dora, MODEL, place), 1);
    for (permit, found) in [(&dora, &[pain][..]), (&dirk, &[])] {
        let rows = desk
            .clinic()
            .search_meaning(permit, &SearchQuery::default(), MODEL, &place("pain"), 10)
            .unwrap();
        assert_eq!(rows.iter().map(message_of).collect::<Vec<_>>(), found);
    }
    let limited = SearchQuery {
        kinds: vec![SearchKind::Report],
        ..SearchQuery::default()
    };
    let rows = desk
        .clinic()
        .search_meaning(&dora, &limited, MODEL, &place("pain"), 10)
        .unwrap();
    assert!(rows.is_empty());
}
