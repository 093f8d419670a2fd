//! Published conflicts are warned of, clean orders are left in peace: `tests/fixtures/prescribing`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;

use basics::Phi;
use prescribing::{
    Allergic, Checked, Current, Known, Prescribed, Route, Warning, WarningKind, check, table,
};

const ALLERGIES: &str = include_str!("../../../tests/fixtures/prescribing/allergies.txt");
const DUPLICATES: &str = include_str!("../../../tests/fixtures/prescribing/duplicates.txt");
const INTERACTIONS: &str = include_str!("../../../tests/fixtures/prescribing/interactions.txt");
const CLEAN: &str = include_str!("../../../tests/fixtures/prescribing/clean.txt");

/// Rows of three columns; every one names its source.
fn rows(text: &'static str) -> Vec<[&'static str; 3]> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<[&str; 3]> = lines
        .map(|line| {
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            columns.try_into().unwrap()
        })
        .collect();
    assert!(rows.iter().all(|[_, _, source]| source.len() > 8));
    let different: BTreeSet<_> = rows.iter().map(|[one, other, _]| (one, other)).collect();
    assert_eq!(different.len(), rows.len());
    rows
}

fn checked(allergies: &[&str], current: &[&str], ordered: &str, route: Route) -> Checked {
    let allergies: Vec<Allergic> = allergies
        .iter()
        .map(|substance| Allergic {
            substance: Phi::new((*substance).into()),
        })
        .collect();
    let current: Vec<Current> = current
        .iter()
        .map(|name| Current {
            ingredients: vec![(*name).into()],
            route: Route::Oral,
        })
        .collect();
    let prescribed = Prescribed {
        ingredients: &[ordered.to_owned()],
        route,
    };
    let known = Known {
        allergies: &allergies,
        current: &current,
    };
    check(table().unwrap(), &prescribed, &known)
}

fn of(kind: WarningKind, checked: &Checked) -> Vec<Warning> {
    let warnings = checked.warnings.iter();
    warnings.filter(|one| one.kind == kind).cloned().collect()
}

#[test]
fn published_allergy_conflicts_are_warned_of() {
    let rows = rows(ALLERGIES);
    for [allergy, ordered, source] in &rows {
        let found = checked(&[allergy], &[], ordered, Route::Oral);
        assert_eq!(
            of(WarningKind::Allergy, &found).len(),
            1,
            "{allergy} {ordered} ({source})"
        );
        assert_eq!(found.not_covered, [], "{allergy}");
        // An allergy is one on the skin too.
        let skin = checked(&[allergy], &[], ordered, Route::Skin);
        assert_eq!(skin, found, "{allergy} {ordered}");
    }
    println!("{} allergy conflicts warned of", rows.len());
    assert!(rows.len() >= 20);
}

#[test]
fn published_duplicates_are_warned_of() {
    let rows = rows(DUPLICATES);
    for [taken, ordered, source] in &rows {
        for (taken, ordered) in [(taken, ordered), (ordered, taken)] {
            let found = checked(&[], &[taken], ordered, Route::Oral);
            assert_eq!(
                of(WarningKind::Duplicate, &found).len(),
                1,
                "{taken} {ordered} ({source})"
            );
        }
    }
    println!("{} duplicates warned of", rows.len());
    assert!(rows.len() >= 20);
}

#[test]
fn published_interactions_are_warned_of() {
    let rows = rows(INTERACTIONS);
    for [taken, ordered, source] in &rows {
        for (taken, ordered) in [(taken, ordered), (ordered, taken)] {
            let found = checked(&[], &[taken], ordered, Route::Oral);
            let warnings = of(WarningKind::Interaction, &found);
            assert_eq!(warnings.len(), 1, "{taken} {ordered} ({source})");
            assert!(warnings[0].source.is_some() && warnings[0].effect.is_some());
            // What stays on the skin meets nothing.
            let skin = checked(&[], &[taken], ordered, Route::Skin);
            assert_eq!(of(WarningKind::Interaction, &skin), [], "{taken} {ordered}");
        }
    }
    println!("{} interactions warned of", rows.len());
    assert!(rows.len() >= 20);
}

#[test]
fn clean_orders_are_left_in_peace() {
    let (mut orders, mut warned) = (0, Vec::new());
    for [allergies, medicines, _] in rows(CLEAN) {
        let allergies: Vec<&str> = allergies
            .split(';')
            .map(str::trim)
            .filter(|allergy| *allergy != "-")
            .collect();
        let medicines: Vec<&str> = medicines.split(',').map(str::trim).collect();
        for (at, ordered) in medicines.iter().enumerate() {
            let found = checked(&allergies, &medicines[..at], ordered, Route::Oral);
            orders += 1;
            if !found.warnings.is_empty() {
                let keys: Vec<_> = found.warnings.iter().map(|one| one.key.clone()).collect();
                warned.push(keys.join(" "));
            }
            // Everything usual is in the table, but latex and nuts are no medicines, and the app says so.
            let unknown = found
                .not_covered
                .iter()
                .filter(|name| !["latex", "nuts"].contains(&name.expose().as_str()));
            assert_eq!(unknown.count(), 0, "{ordered} {:?}", medicines);
        }
    }
    println!(
        "{orders} clean orders, {} warned of: {warned:#?}",
        warned.len()
    );
    assert!(orders >= 200, "{orders}");
    assert!(warned.len() <= 4, "{warned:#?}");
}

#[test]
fn what_the_table_does_not_know_is_said_and_compared_with_itself() {
    let found = checked(
        &["moonshine", "egg"],
        &["aspirin", "unheard-of"],
        "Moonshine",
        Route::Oral,
    );
    let unknown: Vec<&str> = found
        .not_covered
        .iter()
        .map(|name| name.expose().as_str())
        .collect();
    assert_eq!(unknown, ["Moonshine", "egg", "moonshine", "unheard-of"]);
    assert_eq!(found.warnings.len(), 1);
    let same = checked(&[], &["unheard-of"], "Unheard of", Route::Oral);
    assert_eq!(of(WarningKind::Duplicate, &same).len(), 1);
}

#[test]
fn a_key_is_the_same_every_time_and_names_no_words_of_the_record() {
    let first = checked(
        &["Penicillin since childhood"],
        &["warfarin"],
        "amoxicillin",
        Route::Oral,
    );
    let again = checked(
        &["Penicillin since childhood"],
        &["warfarin"],
        "amoxicillin",
        Route::Oral,
    );
    assert_eq!(first, again);
    let keys: Vec<&str> = first.warnings.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["allergy:amoxicillin:penicillin"]);
    assert!(!format!("{first:?}").contains("childhood"));
}
