//! A doubted translation is held until its doctor confirms the very words that were read.

use basics::Language;
use clinic::*;

use super::{Visit, conflict, machine, missing};
use crate::support::*;

fn dose() -> Vec<Finding> {
    vec![Finding {
        kind: "dose".into(),
        source: phi("50 mg"),
        target: phi("500 mg"),
    }]
}

#[test]
fn what_was_found_stays_with_the_translation_and_is_confirmed_once() {
    let visit = Visit::new();
    let said = visit.says(visit.guest, "Tomo 50 mg");
    visit.keep(&said).unwrap();
    let newest = || {
        let message = visit.clinic().message(&visit.permit, said.id).unwrap();
        message.translations.into_iter().next().unwrap()
    };
    let confirm = |words: &str| {
        visit.write(|change| change.confirm_translation(said.id, Language::De, &phi(words)))
    };
    missing(confirm("Ich nehme 500 mg"));
    visit
        .write(|change| {
            change.add_translation(said.id, &machine(Language::De, "Ich nehme 500 mg"))?;
            change.doubt_translation(said.id, Language::De, &dose())
        })
        .unwrap();
    assert!(newest().is_held());
    assert_eq!(newest().doubt.unwrap().findings, dose());

    assert_eq!(conflict(confirm("Ich nehme 50 mg")), "translation-changed");
    let confirmed = confirm("Ich nehme 500 mg").unwrap();
    assert!(!confirmed.translations[0].is_held());
    confirm("Ich nehme 500 mg").unwrap();
    assert!(newest().doubt.unwrap().confirmed);

    // A newer one is looked at anew, and one without findings has nothing to confirm.
    visit
        .write(|change| {
            change.add_translation(said.id, &machine(Language::De, "Ich nehme 5 mg"))?;
            change.doubt_translation(said.id, Language::De, &dose())
        })
        .unwrap();
    assert!(newest().is_held());
    let clean = machine(Language::De, "Ich nehme 50 mg");
    visit
        .write(|change| change.add_translation(said.id, &clean))
        .unwrap();
    assert!(newest().doubt.is_none());
    missing(confirm("Ich nehme 50 mg"));
}
