//! Whether a statement may rest on the passages that it names. The rules catch what must not change –
//! numbers, drugs, sides, negations – and statements that have nothing to do with their passage. They are
//! rather too strict: a statement wrongly withheld costs a look at the passage, a wrong one a patient.

use std::collections::HashSet;

use basics::Language;

use super::{
    answer::Doubt,
    ask::{About, Given},
    words::terms,
};
use crate::{
    facts::Kind,
    fold::{is_number, tokens},
    phrasebook::Phrasebook,
};

/// Of a statement's words, so many stand in its passages.
const RELATED: f32 = 0.3;
/// A sentence that holds so much of a statement is the one that it repeats.
const REPEATED: f32 = 0.5;
/// Words of attribution, which need not stand in a passage.
const ATTRIBUTION: [&str; 12] = [
    "patient",
    "report",
    "record",
    "says",
    "said",
    "states",
    "stated",
    "doctor",
    "according",
    "reported",
    "mentioned",
    "noted",
];

/// What is wrong with a statement, if anything.
pub(super) fn doubt(statement: &str, cited: &[&Given], about: About) -> Option<Doubt> {
    if about == About::OwnReports && speaks_to_the_patient(statement) {
        return Some(Doubt::Advice);
    }
    let source: String = (cited.iter())
        .flat_map(|given| {
            [
                given.label.expose().as_str(),
                "\n",
                given.text.expose(),
                "\n",
            ]
        })
        .collect();
    if !numbers(statement).is_subset(&numbers(&source)) {
        return Some(Doubt::Number);
    }
    let (said, there) = (Facts::of(statement), Facts::of(&source));
    if !said.drugs.is_subset(&there.drugs) {
        return Some(Doubt::Drug);
    }
    if !said.sides.is_subset(&there.sides) {
        return Some(Doubt::Side);
    }
    if said.denies && !there.denies {
        return Some(Doubt::Negation);
    }
    let own: HashSet<String> = content(statement);
    let theirs: HashSet<String> = terms(&source).into_iter().collect();
    if share(&own, &theirs) < RELATED {
        return Some(Doubt::Unrelated);
    }
    (!said.denies && repeats_a_denial(&own, &source)).then_some(Doubt::Negation)
}

struct Facts {
    drugs: HashSet<String>,
    sides: HashSet<String>,
    denies: bool,
}

impl Facts {
    fn of(text: &str) -> Self {
        let facts = Phrasebook::embedded()
            .ok()
            .and_then(|book| book.facts(text, Language::En))
            .unwrap_or_default();
        let of = |kind| facts.of(kind).map(str::to_owned);
        // The list of beginnings and endings ("un…", "…less") is for phrases: here "under" would deny.
        let denies =
            of(Kind::Negation).any(|word| !word.starts_with("un") && !word.ends_with("less"));
        let is_side = |side: &String| {
            ["left", "right", "both"]
                .iter()
                .any(|name| side.starts_with(name))
        };
        Self {
            drugs: of(Kind::Drug).collect(),
            sides: of(Kind::Side).filter(is_side).collect(),
            denies,
        }
    }
}

/// Every number, its parts apart: 3 Nov and 2026-11-03 have the 3 in common. Number words count as well.
fn numbers(text: &str) -> HashSet<String> {
    let mut numbers: HashSet<String> = tokens(text, Language::En)
        .iter()
        .filter(|token| is_number(token))
        .flat_map(|token| token.split(['/', '-']).map(plain).collect::<Vec<_>>())
        .filter(|number| !number.is_empty())
        .collect();
    let words = Phrasebook::embedded()
        .ok()
        .and_then(|book| book.facts(text, Language::En))
        .unwrap_or_default();
    // "One" is also a pronoun.
    let spelt = words
        .of(Kind::Number)
        .filter(|name| *name != "1" && name.parse::<u32>().is_ok());
    numbers.extend(spelt.map(plain));
    numbers
}

fn plain(number: &str) -> String {
    let number = number.replace(',', ".");
    let bare = number.trim_start_matches('0');
    match bare.starts_with(|c: char| c.is_ascii_digit()) {
        true => bare.to_owned(),
        false => number,
    }
}

/// The words by which a statement is compared.
fn content(statement: &str) -> HashSet<String> {
    let attribution: HashSet<String> = ATTRIBUTION.iter().flat_map(|word| terms(word)).collect();
    (terms(statement).into_iter())
        .filter(|term| !attribution.contains(term))
        .collect()
}

fn share(of: &HashSet<String>, there: &HashSet<String>) -> f32 {
    match of.len() {
        0 => 0.0,
        all => of.intersection(there).count() as f32 / all as f32,
    }
}

/// "No fever" in the record, "fever" in the statement.
fn repeats_a_denial(own: &HashSet<String>, source: &str) -> bool {
    let clauses = source.split(['.', '!', '?', ';', '\n', '。', '！', '？', '।']);
    let nearest = clauses
        .flat_map(|clause| clause.split(", "))
        .flat_map(|clause| clause.split(" but "))
        .map(|clause| (share(own, &terms(clause).into_iter().collect()), clause))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    nearest.is_some_and(|(share, clause)| share >= REPEATED && Facts::of(clause).denies)
}

/// "You have …", "you should …": that is a doctor's to say.
fn speaks_to_the_patient(statement: &str) -> bool {
    tokens(statement, Language::En)
        .iter()
        .any(|token| matches!(token.as_str(), "you" | "youre" | "youve" | "youll"))
}

#[cfg(test)]
mod tests {
    use basics::Phi;

    use super::*;

    fn judged(statement: &str, source: &str) -> Option<Doubt> {
        let given = Given {
            label: Phi::new("Consultation of 2026-11-03".into()),
            text: Phi::new(source.into()),
        };
        doubt(statement, &[&given], About::Chart)
    }

    #[test]
    fn what_the_passage_says_may_be_said() {
        for (statement, source) in [
            (
                "The chest has hurt since Monday.",
                "It hurts in my chest since Monday.",
            ),
            (
                "Metformin 500 mg is taken twice a day.",
                "I take metformin 500 mg twice a day",
            ),
            (
                "The pain was reported on 3 November 2026.",
                "The pain is worse at night",
            ),
            ("There is no fever.", "No fever, no cough."),
            (
                "An opacity was seen in the left lung.",
                "Opacity in the left lower lobe of the lung.",
            ),
            (
                "The cough began three days ago.",
                "Cough for 3 days, began on Sunday",
            ),
        ] {
            assert_eq!(judged(statement, source), None, "{statement}");
        }
    }

    #[test]
    fn what_it_does_not_say_may_not() {
        for (statement, source, why) in [
            (
                "Metformin 850 mg is taken.",
                "I take metformin 500 mg twice a day",
                Doubt::Number,
            ),
            (
                "Warfarin is taken twice a day.",
                "I take metformin twice a day",
                Doubt::Drug,
            ),
            (
                "An opacity in the right lung.",
                "Opacity in the left lower lobe of the lung.",
                Doubt::Side,
            ),
            ("There is no cough.", "I have a cough", Doubt::Negation),
            (
                "The patient has a fever.",
                "No fever, no cough.",
                Doubt::Negation,
            ),
            (
                "The cough began five days ago.",
                "Cough for 3 days, began on Sunday",
                Doubt::Number,
            ),
            (
                "Surgery was planned by the cardiologist.",
                "I have a cough",
                Doubt::Unrelated,
            ),
            ("The record says so.", "I have a cough", Doubt::Unrelated),
        ] {
            assert_eq!(judged(statement, source), Some(why), "{statement}");
        }
    }

    #[test]
    fn a_patient_is_never_told_what_they_have() {
        let given = Given {
            label: Phi::new("Report R-000001, impression".into()),
            text: Phi::new("Pneumonia of the left lung.".into()),
        };
        let judged = |statement| doubt(statement, &[&given], About::OwnReports);
        assert_eq!(
            judged("You have pneumonia of the left lung."),
            Some(Doubt::Advice)
        );
        assert_eq!(judged("The report says: pneumonia of the left lung."), None);
    }
}
