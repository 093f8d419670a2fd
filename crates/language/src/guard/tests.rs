//! Small cases of each kind.

use basics::Language::{Ar, De, En, Es, Fr, Hi, Ja, Pt, Ru, Te, Zh};
use proptest::prelude::*;

use super::*;

fn kinds(source: &str, from: Language, target: &str, to: Language) -> Vec<Kind> {
    let flags = Guard::shared().compare(source, from, target, to);
    flags.into_iter().map(|flag| flag.kind).collect()
}

#[test]
fn every_file_of_rules_can_be_read() {
    for language in Language::ALL {
        assert!(Guard::shared().rules.of(language).is_some(), "{language:?}");
    }
}

#[test]
fn the_same_in_another_writing_is_no_difference() {
    for (source, from, target, to) in [
        ("Take 1.5 mg.", En, "Prenez 1,5 mg.", Fr),
        ("1,500 people", En, "1.500 personas", Es),
        ("1,500 people", En, "1 500 personnes", Fr),
        ("1.5 million cases", En, "150 万例", Zh),
        ("Take it for 3 days.", En, "इसे ३ दिन तक लें।", Hi),
        (
            "Take two tablets twice a day.",
            En,
            "Tome dos comprimidos dos veces al día.",
            Es,
        ),
        (
            "Take two tablets twice a day.",
            En,
            "خذ قرصين مرتين في اليوم.",
            Ar,
        ),
        ("I do not have a fever.", En, "Je n’ai pas de fièvre.", Fr),
        ("I do not see anything.", En, "No veo nada.", Es),
        ("The left arm hurts.", En, "Der linke Arm tut weh.", De),
        ("Twenty-five years", En, "vingt-cinq ans", Fr),
        (
            "Take ibuprofen after food.",
            En,
            "Принимайте ибупрофен после еды.",
            Ru,
        ),
        ("12 March 2020", En, "2020年3月12日", Zh),
        ("12 March 2020", En, "2020年3月12日", Ja),
        ("Do you take aspirin?", En, "మీరు ఆస్పిరిన్ తీసుకుంటారా?", Te),
        ("80 percent", En, "80%", Pt),
    ] {
        assert_eq!(kinds(source, from, target, to), [], "{source} | {target}");
        assert_eq!(kinds(target, to, source, from), [], "{target} | {source}");
    }
}

#[test]
fn a_change_is_found_in_both_directions() {
    for (source, from, target, to, kind) in [
        ("Take 10 mg.", En, "Tome 100 mg.", Es, Kind::Dose),
        ("Take 5 mg.", En, "Tome 5 g.", Es, Kind::Unit),
        ("He has COVID-19.", En, "Tiene COVID-18.", Es, Kind::Number),
        ("1 of 10 people", En, "0 de 10 personas", Es, Kind::Number),
        ("Take 5 mg.", En, "Tome 5.", Es, Kind::Unit),
        ("Take 1.5 mg.", En, "Prenez 15 mg.", Fr, Kind::Dose),
        (
            "Come back in 3 days.",
            En,
            "Volte em 3 semanas.",
            Pt,
            Kind::Unit,
        ),
        ("two weeks", En, "三周", Zh, Kind::Number),
        (
            "Take it twice a day.",
            En,
            "Tómelo dos veces a la semana.",
            Es,
            Kind::Dose,
        ),
        ("Come on 12 March.", En, "Приходите 12 мая.", Ru, Kind::Date),
        ("You must not drink.", En, "您必须喝。", Zh, Kind::Negation),
        ("You can eat.", En, "आप नहीं खा सकते।", Hi, Kind::Negation),
        ("Come on 3 March.", En, "请于5月3日前来。", Zh, Kind::Date),
        ("The left arm", En, "الذراع الأيمن", Ar, Kind::Laterality),
        ("The right side", En, "左侧", Zh, Kind::Laterality),
        (
            "Take paracetamol.",
            En,
            "Принимайте ибупрофен.",
            Ru,
            Kind::Drug,
        ),
        (
            "Take it before meals.",
            En,
            "Tómelo después de las comidas.",
            Es,
            Kind::Opposite,
        ),
        (
            "The test is positive.",
            En,
            "检测结果为阴性。",
            Zh,
            Kind::Opposite,
        ),
        (
            "Rest at home and drink a lot of water every day.",
            En,
            "Reposez-vous.",
            Fr,
            Kind::Length,
        ),
    ] {
        let found = kinds(source, from, target, to);
        assert!(found.contains(&kind), "{source} | {target}: {found:?}");
        let found = kinds(target, to, source, from);
        assert!(found.contains(&kind), "{target} | {source}: {found:?}");
    }
}

#[test]
fn a_translation_that_goes_round_is_a_loop() {
    let round = "tome agua y descanse ".repeat(5);
    assert!(kinds("Drink water and rest.", En, &round, Es).contains(&Kind::Loop));
}

#[test]
fn flags_quote_both_texts() {
    let flags = Guard::shared().compare("Take 10 mg now.", En, "Tome 100 mg ahora.", Es);
    let flag = flags.first().unwrap();
    assert_eq!(
        (flag.source.as_str(), flag.target.as_str()),
        ("10 mg", "100 mg")
    );
}

#[test]
fn what_was_not_measured_says_so() {
    assert!(Guard::shared().coverage(En, Ar).measured);
    for language in [De, Ja, Te] {
        assert!(!Guard::shared().coverage(En, language).measured);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(source in ".{0,200}", target in ".{0,200}") {
        for language in Language::ALL {
            Guard::shared().compare(&source, language, &target, En);
        }
    }

    #[test]
    fn any_other_number_is_found(number in 2u32..100_000, other in 2u32..100_000) {
        prop_assume!(number != other);
        for (target, to) in [("tabletas", Es), ("таблеток", Ru), ("गोलियाँ", Hi), ("قرص", Ar)] {
            let found = kinds(&format!("{number} tablets"), En, &format!("{other} {target}"), to);
            prop_assert!(!found.is_empty());
            prop_assert_eq!(kinds(&format!("{number} tablets"), En, &format!("{number} {target}"), to), []);
        }
    }
}
