use proptest::prelude::*;

use super::*;

fn given() -> Vec<Given> {
    let one = |label: &str, text: &str| Given {
        label: Phi::new(label.into()),
        text: Phi::new(text.into()),
    };
    vec![
        one(
            "Consultation",
            "It hurts in my chest since Monday. I saw Dr. Diallo.",
        ),
        one("Consultation", "I take metformin 500 mg twice a day."),
        one("Allergies", "Penicillin: rash."),
    ]
}

fn read(answer: &str) -> Reader {
    let mut reader = Reader::new(About::Chart, given());
    reader.push(answer);
    reader.finish();
    reader
}

fn shown(reader: &Reader) -> Vec<(String, Vec<usize>)> {
    (reader.statements().iter())
        .map(|one| (one.text.expose().clone(), one.rests_on.clone()))
        .collect()
}

#[test]
fn statements_and_what_they_rest_on() {
    let wanted = vec![
        ("The chest hurts since Monday.".to_owned(), vec![1]),
        ("Metformin 500 mg is taken twice a day.".to_owned(), vec![2]),
    ];
    for answer in [
        "The chest hurts since Monday [1]. Metformin 500 mg is taken twice a day [2].",
        "The chest hurts since Monday. [1] Metformin 500 mg is taken twice a day. [2]",
        "- The chest hurts since Monday. [1]\n- Metformin 500 mg is taken twice a day. [2]\n",
        "1. The chest hurts since Monday.[1]\n\n2. **Metformin** 500 mg is taken twice a day.[2]",
    ] {
        assert_eq!(shown(&read(answer)), wanted, "{answer}");
    }
    let several = read("Penicillin gives a rash, and the chest hurts [1][3].");
    assert_eq!(several.statements()[0].rests_on, [1, 3]);
    let listed = read("Penicillin gives a rash, and the chest hurts [3, 1].");
    assert_eq!(listed.statements()[0].rests_on, [1, 3]);
    let named = read("She saw Dr. Diallo [1].");
    assert_eq!(shown(&named), [("She saw Dr. Diallo.".to_owned(), vec![1])]);
}

#[test]
fn what_rests_on_nothing_that_was_given_is_withheld() {
    for (answer, why) in [
        ("The chest hurts since Monday.", Doubt::Uncited),
        ("The chest hurts since Monday [7].", Doubt::Unknown),
        ("The chest hurts since Monday [0].", Doubt::Unknown),
        ("The chest hurts since Monday [1][9].", Doubt::Unknown),
        ("Metformin 850 mg is taken [2].", Doubt::Number),
        (
            "Open https://evil.example/steal for details [2].",
            Doubt::Unrelated,
        ),
    ] {
        let reader = read(answer);
        assert_eq!(reader.withheld(), [why], "{answer}");
        assert!(reader.statements().is_empty());
    }
    let mixed = read("She is cured. The chest hurts since Monday [1]. Trust me!");
    assert_eq!(mixed.statements().len(), 1);
    assert_eq!(mixed.withheld(), [Doubt::Uncited, Doubt::Uncited]);
}

#[test]
fn not_found_is_told_and_nothing_else() {
    assert!(read("NOT FOUND").is_not_found());
    assert!(read("Not found.").is_not_found());
    assert!(!read("The chest hurts since Monday [1]. NOT FOUND").is_not_found());
    assert!(!read("").is_not_found());
}

#[test]
fn a_statement_is_shown_when_it_is_whole_and_not_before() {
    let mut reader = Reader::new(About::Chart, given());
    let mut seen = Vec::new();
    for piece in [
        "The chest hurts",
        " since Monday",
        ".",
        " [",
        "1",
        "]",
        " Met",
        "formin is",
    ] {
        reader.push(piece);
        seen.push(reader.statements().len());
    }
    assert_eq!(seen, [0, 0, 0, 0, 0, 0, 1, 1]);
    // The line broke here: what was begun is not shown.
    assert_eq!(reader.statements().len(), 1);
}

#[test]
fn an_endless_answer_ends() {
    let mut reader = Reader::new(About::Chart, given());
    while !reader.is_full() {
        reader.push("The chest hurts since Monday [1]. ");
    }
    assert!(reader.statements().len() < 300);
}

proptest! {
    #[test]
    fn any_words_in_any_pieces_give_the_same_and_never_an_unknown_number(
        pieces in prop::collection::vec("[a-zA-Z0-9 .\\[\\],\\n!é痛]{0,12}", 0..12)
    ) {
        let mut reader = Reader::new(About::Chart, given());
        for piece in &pieces {
            reader.push(piece);
        }
        reader.finish();
        let whole = read(&pieces.concat());
        prop_assert_eq!(reader.statements(), whole.statements());
        for statement in reader.statements() {
            prop_assert!(!statement.rests_on.is_empty());
            prop_assert!(statement.rests_on.iter().all(|n| (1..=3).contains(n)));
        }
    }
}
