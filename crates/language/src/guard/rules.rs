//! The rules as data: `assets/guard/<tag>.json` for a language, `common.json` for all, and the names of
//! drugs from the phrasebook.
//!
//! A word may be several words ("per day"), a beginning (`un*`) or an ending (`*less`). A question mark
//! after it says that it may mean this and may not: it explains a fact of the other text, and asks for none. An
//! exclamation mark after a denial says that beside another it denies nothing more: "no veo nada".

use std::collections::{HashMap, HashSet};

use basics::Language;
use serde::Deserialize;

use super::{
    Kind,
    lexer::lex,
    numbers::{self, ONE},
};

/// Facts of one group may stand for one another by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Denial,
    Side,
    Month,
    Weekday,
    /// How often.
    Often,
    /// A drug by its name in every language.
    Drug,
    /// A drug that no list names, as it is spelt.
    SpeltDrug,
    /// Opposites, by their place in `common.json`.
    Pair(usize),
}

/// What a word means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// Nothing, though a part of it would mean something: "right away".
    Plain,
    /// A fact, by the same name in every language.
    Fact {
        kind: Kind,
        group: Group,
        name: String,
        sure: bool,
    },
    /// A number in words.
    Number { value: i128, sure: bool },
    /// What a number is multiplied with: thousand.
    Times(i128),
    /// Joins the words of one number: "treinta y dos".
    And,
}

/// The rules of one language.
#[derive(Debug, Default)]
pub(super) struct Words {
    rows: HashMap<String, Vec<Meaning>>,
    /// The most tokens of a row, by its first.
    longest: HashMap<String, usize>,
    heads: HashMap<char, Vec<(String, Meaning)>>,
    tails: Vec<(String, Meaning)>,
    units: HashMap<String, String>,
    unit_heads: Vec<(String, String)>,
    longest_unit: usize,
    pub(super) between: HashSet<String>,
    /// Units that stand before their number: 百分之五.
    pub(super) before: HashMap<String, String>,
    pub(super) doses: HashSet<String>,
    pub(super) names: HashMap<String, Vec<i128>>,
    pub(super) endings: Vec<String>,
    /// Kinds without rules.
    pub(super) silent: Vec<Kind>,
}

/// Name of a denial that goes with another and denies nothing more: "no … nada", "никто не".
pub(super) const WITH: &str = "with another";

/// The rules of every language.
#[derive(Debug)]
pub(super) struct Rules(HashMap<Language, Words>);

/// A language's file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    plain: Vec<String>,
    not: Vec<String>,
    side: HashMap<String, Vec<String>>,
    number: HashMap<String, Vec<String>>,
    times: HashMap<String, Vec<String>>,
    and: Vec<String>,
    unit: HashMap<String, Vec<String>>,
    unit_before: HashMap<String, Vec<String>>,
    between: Vec<String>,
    month: HashMap<String, Vec<String>>,
    weekday: HashMap<String, Vec<String>>,
    per: HashMap<String, Vec<String>>,
    opposite: HashMap<String, Vec<String>>,
    silent: Vec<Kind>,
}

/// `common.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    /// Written so in every language.
    unit: HashMap<String, Vec<String>>,
    /// Units of a dose.
    doses: Vec<String>,
    /// Names with a number in them, and the numbers that a translation may write for them.
    names: HashMap<String, Vec<i64>>,
    /// Drugs by the first of their names in `drugs.json` that are classes, or words of every day.
    classes: Vec<String>,
    /// Names of opposites, pair by pair.
    opposites: Vec<[String; 2]>,
}

#[derive(Debug, Default, Deserialize)]
struct Drugs {
    names: Vec<Vec<String>>,
    endings: Vec<String>,
}

impl Rules {
    /// The rules inside the program. A file that cannot be read leaves its language without rules; a
    /// test reads them all.
    pub(super) fn embedded() -> Self {
        let languages = FILES
            .iter()
            .filter_map(|(language, file)| Some((*language, Words::parse(*language, file).ok()?)));
        Self(languages.collect())
    }

    pub(super) fn of(&self, language: Language) -> Option<&Words> {
        self.0.get(&language)
    }
}

impl Words {
    pub(super) fn parse(language: Language, file: &str) -> serde_json::Result<Self> {
        let file: File = serde_json::from_str(file)?;
        let common: Common = serde_json::from_str(COMMON)?;
        let drugs: Drugs = serde_json::from_str(DRUGS)?;
        let mut words = Self {
            silent: file.silent,
            endings: drugs.endings,
            doses: common.doses.into_iter().collect(),
            ..Self::default()
        };
        let mut all = |entries: &[String], meaning: &dyn Fn(bool) -> Meaning| {
            for entry in entries {
                let sure = !entry.ends_with('?');
                words.add(entry.trim_end_matches(['?', '!']), language, meaning(sure));
            }
        };
        let fact = |kind, group, name: &str| {
            let name = name.to_owned();
            move |sure| Meaning::Fact {
                kind,
                group,
                name: name.clone(),
                sure,
            }
        };
        all(&file.plain, &|_| Meaning::Plain);
        let (with, alone): (Vec<_>, Vec<_>) = file
            .not
            .into_iter()
            .partition(|entry| entry.trim_end_matches('?').ends_with('!'));
        all(&alone, &fact(Kind::Negation, Group::Denial, "not"));
        all(&with, &fact(Kind::Negation, Group::Denial, WITH));
        for (name, entries) in &file.side {
            all(entries, &fact(Kind::Laterality, Group::Side, name));
        }
        for (name, entries) in &file.month {
            all(entries, &fact(Kind::Date, Group::Month, name));
            let value = name.parse().unwrap_or(0) * ONE;
            all(entries, &|_| Meaning::Number { value, sure: false });
        }
        for (name, entries) in &file.weekday {
            all(entries, &fact(Kind::Date, Group::Weekday, name));
        }
        for (name, entries) in &file.per {
            all(entries, &fact(Kind::Dose, Group::Often, name));
        }
        for (name, entries) in &file.opposite {
            let pair = common.opposites.iter().position(|pair| pair.contains(name));
            let group = Group::Pair(pair.unwrap_or(usize::MAX));
            all(entries, &fact(Kind::Opposite, group, name));
        }
        for (name, entries) in &file.number {
            let value = numbers::readings(name, Language::En);
            let value = value.first().copied().unwrap_or(0);
            all(entries, &|sure| Meaning::Number { value, sure });
        }
        for (name, entries) in &file.times {
            let value = name.parse().unwrap_or(1);
            all(entries, &|_| Meaning::Times(value));
        }
        all(&file.and, &|_| Meaning::And);
        for names in &drugs.names {
            let Some(first) = names.first() else { continue };
            let sure = !common.classes.contains(first);
            let meaning = |_| Meaning::Fact {
                kind: Kind::Drug,
                group: Group::Drug,
                name: first.clone(),
                sure,
            };
            all(names, &meaning);
            // With the endings that a language gives them: парацетамола, antibiotics.
            let long = names
                .iter()
                .filter(|name| name.chars().count() >= 7 && !name.contains(' '));
            let heads: Vec<String> = long.map(|name| format!("{name}*")).collect();
            if !matches!(language, Language::Zh | Language::Ja) {
                all(&heads, &meaning);
            }
        }
        for (name, entries) in common.unit.iter().chain(&file.unit) {
            for entry in entries {
                let row = row(entry, language);
                words.longest_unit = words.longest_unit.max(row.len());
                match entry.strip_suffix('*') {
                    Some(_) => words.unit_heads.push((row.concat(), name.clone())),
                    None => drop(words.units.insert(row.join(" "), name.clone())),
                }
            }
        }
        for (name, entries) in &file.unit_before {
            for entry in entries {
                let row = row(entry, language);
                words.longest_unit = words.longest_unit.max(row.len());
                words.before.insert(row.join(" "), name.clone());
            }
        }
        words.between = file.between.into_iter().collect();
        let values = |values: Vec<i64>| values.into_iter().map(|n| i128::from(n) * ONE).collect();
        words.names = (common.names.into_iter())
            .map(|(name, numbers)| (name, values(numbers)))
            .collect();
        Ok(words)
    }

    fn add(&mut self, entry: &str, language: Language, meaning: Meaning) {
        if let Some(head) = entry.strip_suffix('*') {
            let head = row(head, language).concat();
            if let Some(first) = head.chars().next() {
                self.heads.entry(first).or_default().push((head, meaning));
            }
        } else if let Some(tail) = entry.strip_prefix('*') {
            self.tails.push((row(tail, language).concat(), meaning));
        } else {
            let row = row(entry, language);
            let Some(first) = row.first() else { return };
            let longest = self.longest.entry(first.clone()).or_default();
            *longest = row.len().max(*longest);
            self.rows.entry(row.join(" ")).or_default().push(meaning);
        }
    }

    /// The longest row of words that the tokens begin with: its length and its meanings.
    pub(super) fn find(&self, tokens: &[&str]) -> Option<(usize, &[Meaning])> {
        let first = tokens.first()?;
        let longest = *self.longest.get(*first)?;
        (1..=longest.min(tokens.len())).rev().find_map(|length| {
            let found = match length {
                1 => self.rows.get(*first),
                _ => self.rows.get(&tokens[..length].join(" ")),
            };
            Some((length, found?.as_slice()))
        })
    }

    /// What the beginning or the ending of a word means.
    pub(super) fn part(&self, word: &str) -> Option<&Meaning> {
        let long = |part: &str| word.len() > part.len();
        let heads = word.chars().next().and_then(|first| self.heads.get(&first));
        (heads.into_iter().flatten())
            .filter(|(head, _)| word.starts_with(head.as_str()))
            .max_by_key(|(head, _)| head.len())
            .or_else(|| {
                let ends =
                    |(tail, _): &&(String, Meaning)| word.ends_with(tail.as_str()) && long(tail);
                self.tails.iter().find(ends)
            })
            .map(|(_, meaning)| meaning)
    }

    /// The unit that the tokens begin with, and its length.
    pub(super) fn unit(&self, tokens: &[&str]) -> Option<(usize, &str)> {
        (1..=self.longest_unit.min(tokens.len()))
            .rev()
            .find_map(|length| {
                let found = match length {
                    1 => self.units.get(*tokens.first()?),
                    _ => self.units.get(&tokens[..length].join(" ")),
                };
                Some((length, found?.as_str()))
            })
            .or_else(|| {
                let first = tokens.first()?;
                let head = |(head, _): &&(String, String)| first.starts_with(head.as_str());
                Some((1, self.unit_heads.iter().find(head)?.1.as_str()))
            })
    }

    /// The unit before a number that the tokens end with.
    pub(super) fn unit_before(&self, tokens: &[&str]) -> Option<&str> {
        (1..=self.longest_unit.min(tokens.len()))
            .rev()
            .find_map(|length| {
                let end = &tokens[tokens.len() - length..];
                Some(self.before.get(&end.join(" "))?.as_str())
            })
    }
}

/// The tokens of an entry.
fn row(entry: &str, language: Language) -> Vec<String> {
    lex(entry, language)
        .into_iter()
        .map(|token| token.text)
        .collect()
}

const COMMON: &str = include_str!("../../../../assets/guard/common.json");
const DRUGS: &str = include_str!("../../../../assets/phrasebook/drugs.json");
const FILES: [(Language, &str); 11] = [
    (
        Language::Ar,
        include_str!("../../../../assets/guard/ar.json"),
    ),
    (
        Language::De,
        include_str!("../../../../assets/guard/de.json"),
    ),
    (
        Language::En,
        include_str!("../../../../assets/guard/en.json"),
    ),
    (
        Language::Es,
        include_str!("../../../../assets/guard/es.json"),
    ),
    (
        Language::Fr,
        include_str!("../../../../assets/guard/fr.json"),
    ),
    (
        Language::Hi,
        include_str!("../../../../assets/guard/hi.json"),
    ),
    (
        Language::Ja,
        include_str!("../../../../assets/guard/ja.json"),
    ),
    (
        Language::Pt,
        include_str!("../../../../assets/guard/pt.json"),
    ),
    (
        Language::Ru,
        include_str!("../../../../assets/guard/ru.json"),
    ),
    (
        Language::Te,
        include_str!("../../../../assets/guard/te.json"),
    ),
    (
        Language::Zh,
        include_str!("../../../../assets/guard/zh.json"),
    ),
];
