//! Two texts' facts beside each other.

use std::collections::BTreeSet;

use super::{
    Coverage, Flag, Kind,
    read::{Fact, Number, Read},
    rules::Group,
};

/// Every fact that differs, the gravest kinds first.
pub(super) fn compare(said: &Read<'_>, translated: &Read<'_>, reach: &Coverage) -> Vec<Flag> {
    let mut flags = numbers(said, translated);
    for (kind, groups) in GROUPS {
        for group in *groups {
            named(*kind, *group, said, translated, &mut flags);
        }
    }
    drugs(said, translated, &mut flags);
    negations(said, translated, &mut flags);
    let pairs: BTreeSet<Group> = (said.facts.iter())
        .map(|fact| fact.group)
        .filter(|group| matches!(group, Group::Pair(_)))
        .collect();
    for pair in pairs {
        opposites(pair, said, translated, &mut flags);
    }
    flags.retain(|flag| reach.checked.contains(&flag.kind));
    flags.sort_by_key(|flag| flag.kind);
    flags.dedup();
    flags
}

const GROUPS: &[(Kind, &[Group])] = &[
    (Kind::Dose, &[Group::Often]),
    (Kind::Date, &[Group::Month, Group::Weekday]),
    (Kind::Laterality, &[Group::Side]),
];

/// Numbers that one text has and the other has not, and units that changed between them.
fn numbers(said: &Read<'_>, translated: &Read<'_>) -> Vec<Flag> {
    let (ours, theirs) = (&said.numbers, &translated.numbers);
    let pairs = pair(ours, theirs);
    let mut flags = Vec::new();
    let lost = left(ours, &pairs.iter().map(|pair| pair.0).collect(), theirs);
    let new = left(theirs, &pairs.iter().map(|pair| pair.1).collect(), ours);
    // A number may be said twice or once; it is a change only where one takes the place of another.
    let replaced = !lost.is_empty() && !new.is_empty();
    let counts = |found: &Left, all: &[Number], others: &[Number]| match found {
        Left::Gone { sure, .. } => *sure || replaced || renumbered(all, others),
        Left::Fewer { .. } => replaced,
    };
    let lost: Vec<&Number> = lost
        .iter()
        .filter(|left| counts(left, ours, theirs))
        .map(|left| &ours[left.at()])
        .collect();
    let new: Vec<&Number> = new
        .iter()
        .filter(|left| counts(left, theirs, ours))
        .map(|left| &theirs[left.at()])
        .collect();
    for at in 0..lost.len().max(new.len()) {
        let (lost, new) = (lost.get(at), new.get(at));
        let is_dose = [lost, new]
            .iter()
            .any(|number| number.is_some_and(|number| number.is_dose));
        flags.push(Flag {
            kind: if is_dose { Kind::Dose } else { Kind::Number },
            source: lost.map_or_else(String::new, |number| shown(said, number)),
            target: new.map_or_else(String::new, |number| shown(translated, number)),
        });
    }
    for (one, other) in pairs {
        let (one, other) = (&ours[one], &theirs[other]);
        if unit_differs(one, other, said, translated) {
            flags.push(Flag {
                kind: Kind::Unit,
                source: shown(said, one),
                target: shown(translated, other),
            });
        }
    }
    flags
}

/// A number without its like.
enum Left {
    /// The other text does not have it at all.
    Gone { at: usize, sure: bool },
    /// The other text has it less often.
    Fewer { at: usize },
}

impl Left {
    fn at(&self) -> usize {
        match self {
            Self::Gone { at, .. } | Self::Fewer { at } => *at,
        }
    }
}

/// Numbers of both texts that may be the same: sure ones first, of the same unit first.
fn pair(ours: &[Number], theirs: &[Number]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    type Fits = fn(&Number, &Number) -> bool;
    let rounds: [Fits; 4] = [
        |one, other| one.sure && other.sure && one.unit == other.unit,
        |one, other| one.sure && other.sure,
        |one, other| one.sure || other.sure,
        |_, _| true,
    ];
    for fits in rounds {
        for (at, one) in ours.iter().enumerate() {
            if pairs.iter().any(|pair| pair.0 == at) {
                continue;
            }
            let found = theirs.iter().enumerate().position(|(there, other)| {
                !pairs.iter().any(|pair| pair.1 == there) && fits(one, other) && same(one, other)
            });
            pairs.extend(found.map(|there| (at, there)));
        }
    }
    pairs
}

fn left(numbers: &[Number], paired: &BTreeSet<usize>, others: &[Number]) -> Vec<Left> {
    (numbers.iter().enumerate())
        .filter(|(at, number)| number.sure && !paired.contains(at))
        .map(
            |(at, number)| match others.iter().any(|other| same(number, other)) {
                true => Left::Fewer { at },
                false => Left::Gone {
                    at,
                    sure: !number.weak,
                },
            },
        )
        .collect()
}

/// Whether a name that the other text has with a number stands here with none like it: COVID-18.
fn renumbered(numbers: &[Number], others: &[Number]) -> bool {
    let written = |number: &&Number| number.weak && number.sure;
    (others.iter().filter(written)).any(|other| {
        !numbers
            .iter()
            .any(|number| number.sure && same(number, other))
    })
}

fn same(one: &Number, other: &Number) -> bool {
    one.values.iter().any(|value| other.values.contains(value))
}

/// Whether a number's unit changed, or a measure was lost or added.
fn unit_differs(one: &Number, other: &Number, said: &Read<'_>, translated: &Read<'_>) -> bool {
    match (&one.unit, &other.unit) {
        (Some(ours), Some(theirs)) => {
            // The same number may stand with several units: 5 mg in 5 ml.
            let has = |read: &Read<'_>, number: &Number, unit: &str| {
                (read.numbers.iter()).any(|n| same(n, number) && n.unit.as_deref() == Some(unit))
            };
            ours != theirs && !(has(translated, one, ours) && has(said, other, theirs))
        }
        // Nor where it is an age.
        (Some(unit), None) => unit != "year" && !translated.units.contains(unit),
        // A translator may say what is counted where the source left it out: 65 and 65 years.
        (None, Some(unit)) => !is_time(unit) && !said.units.contains(unit),
        (None, None) => false,
    }
}

fn is_time(unit: &str) -> bool {
    matches!(
        unit,
        "second" | "minute" | "hour" | "day" | "week" | "month" | "year"
    )
}

/// Facts of a group by name: what one text surely has must be in the other, or might be.
fn named(kind: Kind, group: Group, said: &Read<'_>, translated: &Read<'_>, flags: &mut Vec<Flag>) {
    let (ours, theirs) = (said.of(group), translated.of(group));
    let missing = |facts: &[Fact], others: &[Fact]| -> Vec<Fact> {
        let mut names = BTreeSet::new();
        (facts.iter())
            .filter(|fact| !others.iter().any(|other| other.name == fact.name))
            .filter(|fact| names.insert(fact.name.clone()))
            .cloned()
            .collect()
    };
    let (lost, new) = (missing(&ours, &theirs), missing(&theirs, &ours));
    let swapped = !lost.is_empty() && !new.is_empty();
    let strict = group == Group::Side;
    let counts = |fact: &&Fact| swapped || (strict && fact.sure);
    let lost: Vec<&Fact> = lost.iter().filter(counts).collect();
    let new: Vec<&Fact> = new.iter().filter(counts).collect();
    push_pairs(kind, &lost, said, &new, translated, flags);
}

/// Drugs by name; an unknown one, known as a drug by its ending, must be there in a like spelling.
fn drugs(said: &Read<'_>, translated: &Read<'_>, flags: &mut Vec<Flag>) {
    let of = |read: &Read<'_>| -> Vec<Fact> {
        (read.facts.iter())
            .filter(|fact| fact.kind == Kind::Drug)
            .cloned()
            .collect()
    };
    let (ours, theirs) = (of(said), of(translated));
    let missing = |facts: &[Fact], others: &[Fact], other: &Read<'_>| -> Vec<Fact> {
        let mut names = BTreeSet::new();
        let there = |fact: &&Fact| {
            others.iter().any(|other| other.name == fact.name)
                || fact.group == Group::SpeltDrug && is_spelt(&fact.name, other)
        };
        (facts.iter())
            .filter(|fact| !there(fact))
            .filter(|fact| names.insert(fact.name.clone()))
            .cloned()
            .collect()
    };
    let (lost, new) = (
        missing(&ours, &theirs, translated),
        missing(&theirs, &ours, said),
    );
    let swapped = !lost.is_empty() && !new.is_empty();
    let counts = |fact: &&Fact| fact.sure || swapped;
    let lost: Vec<&Fact> = lost.iter().filter(counts).collect();
    let new: Vec<&Fact> = new.iter().filter(counts).collect();
    push_pairs(Kind::Drug, &lost, said, &new, translated, flags);
}

/// Whether a word stands there in a like spelling.
fn is_spelt(name: &str, read: &Read<'_>) -> bool {
    (read.tokens.iter())
        .any(|token| strsim::normalized_damerau_levenshtein(name, &token.text) >= 0.7)
}

/// Denials pair off where they stand near the same place of both texts; one that is left over must be
/// explained by a word near its place that may deny: "cannot be sustained" and "es insostenible".
fn negations(said: &Read<'_>, translated: &Read<'_>, flags: &mut Vec<Flag>) {
    let places = |read: &Read<'_>, sure: bool| -> Vec<f64> {
        (read.facts.iter())
            .filter(|fact| fact.kind == Kind::Negation && fact.sure == sure)
            .map(|fact| fact.span.start as f64 / read.text.len() as f64)
            .collect()
    };
    let (mut ours, mut theirs) = (places(said, true), places(translated, true));
    let (mut may, mut may_too) = (places(said, false), places(translated, false));
    pair_off(&mut ours, &mut theirs, 1.0);
    pair_off(&mut may, &mut may_too, NEAR);
    pair_off(&mut ours, &mut may_too, NEAR);
    pair_off(&mut theirs, &mut may, NEAR);
    if !ours.is_empty() || !theirs.is_empty() {
        let words = |read: &Read<'_>| {
            let denials = read
                .facts
                .iter()
                .filter(|fact| fact.kind == Kind::Negation && fact.sure);
            let words: Vec<&str> = denials
                .filter_map(|fact| read.text.get(fact.span.clone()))
                .collect();
            words.join(" … ")
        };
        flags.push(Flag {
            kind: Kind::Negation,
            source: words(said),
            target: words(translated),
        });
    }
}

/// How far apart, as a part of the whole text, two words may stand and still be of one place.
const NEAR: f64 = 0.3;

/// Takes out the nearest pair again and again, until one side is empty or none is near.
fn pair_off(ours: &mut Vec<f64>, theirs: &mut Vec<f64>, near: f64) {
    loop {
        let pairs = (ours.iter().enumerate()).flat_map(|(at, one)| {
            theirs
                .iter()
                .enumerate()
                .map(move |(there, other)| (at, there, (one - other).abs()))
        });
        let Some((at, there, _)) = pairs
            .filter(|pair| pair.2 <= near)
            .min_by(|one, other| one.2.total_cmp(&other.2))
        else {
            return;
        };
        ours.swap_remove(at);
        theirs.swap_remove(there);
    }
}

/// One of a pair became the other.
fn opposites(group: Group, said: &Read<'_>, translated: &Read<'_>, flags: &mut Vec<Flag>) {
    let (ours, theirs) = (said.of(group), translated.of(group));
    let names = |facts: &[Fact]| -> BTreeSet<String> {
        facts.iter().map(|fact| fact.name.clone()).collect()
    };
    if names(&ours).is_disjoint(&names(&theirs))
        && let (Some(one), Some(other)) = (ours.first(), theirs.first())
    {
        push_pairs(Kind::Opposite, &[one], said, &[other], translated, flags);
    }
}

fn push_pairs(
    kind: Kind,
    lost: &[&Fact],
    said: &Read<'_>,
    new: &[&Fact],
    translated: &Read<'_>,
    flags: &mut Vec<Flag>,
) {
    let words = |read: &Read<'_>, fact: Option<&&Fact>| {
        (fact.and_then(|fact| read.text.get(fact.span.clone())))
            .unwrap_or_default()
            .to_owned()
    };
    for at in 0..lost.len().max(new.len()) {
        flags.push(Flag {
            kind,
            source: words(said, lost.get(at)),
            target: words(translated, new.get(at)),
        });
    }
}

/// A number as it stands in its text, with its unit.
fn shown(read: &Read<'_>, number: &Number) -> String {
    let mut end = number.span.end;
    if number.unit.is_some()
        && let Some(next) = read.tokens.iter().find(|token| token.span.start >= end)
    {
        end = next.span.end;
    }
    read.text
        .get(number.span.start..end)
        .unwrap_or_default()
        .to_owned()
}
