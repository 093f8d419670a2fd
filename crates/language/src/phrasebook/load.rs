//! Reads and checks the phrasebook's files. What is wrong is said by file, key and rule.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use basics::Language;
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

use super::{
    Phrase, Phrasebook, Situation, SlotKind, Slots,
    file::{PhraseFile, SituationFile, SlotsFile},
    template::Template,
};
use crate::{
    error::{Error, Result},
    facts::{DrugsFile, GuardFile},
};

#[derive(RustEmbed)]
#[folder = "../../assets/phrasebook"]
struct Assets;

/// What the files hold.
#[derive(Default)]
pub(super) struct Book {
    pub(super) situations: Vec<Situation>,
    pub(super) phrases: Vec<Phrase>,
    pub(super) slots: Slots,
    pub(super) same_as_english: Vec<String>,
    pub(super) guard: GuardFile,
    pub(super) drugs: DrugsFile,
}

pub(super) fn embedded() -> Result<Phrasebook> {
    let files: Vec<(Cow<'static, str>, Cow<'static, [u8]>)> = Assets::iter()
        .filter(|name| name.ends_with(".json"))
        .filter_map(|name| Some((name.clone(), Assets::get(&name)?.data)))
        .collect();
    Phrasebook::from_files(files.iter().map(|(name, data)| (&**name, &**data)))
}

pub(super) fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Book> {
    let mut book = Book::default();
    let mut situations: BTreeMap<&str, SituationFile> = BTreeMap::new();
    for (name, data) in files {
        match name {
            "slots.json" => book.slots = slots(parse(name, data)?)?,
            "same-as-english.json" => book.same_as_english = parse(name, data)?,
            "guard-words.json" => book.guard = parse(name, data)?,
            "drugs.json" => book.drugs = parse(name, data)?,
            _ if name.starts_with(|c: char| c.is_ascii_digit()) => {
                situations.insert(name, parse(name, data)?);
            }
            _ => return Err(broken(format!("{name} is no file of the phrasebook"))),
        }
    }
    let mut keys = HashSet::new();
    for (name, file) in situations {
        for phrase in file.phrases {
            let key = phrase.key.clone();
            let what = |rule: &str| broken(format!("{name}, {key}: {rule}"));
            if !keys.insert(key.clone()) {
                return Err(what("the key is used twice"));
            }
            if !is_kebab(&key) || !key.starts_with(&format!("{}-", file.situation)) {
                return Err(what("the key is not the situation's name and kebab-case"));
            }
            let phrase =
                checked(phrase, &file.situation, &book.slots).map_err(|rule| what(&rule))?;
            book.phrases.push(phrase);
        }
        book.situations.push(Situation {
            title: complete(file.title).map_err(|rule| broken(format!("{name}, title: {rule}")))?,
            key: file.situation,
        });
    }
    Ok(book)
}

fn checked(phrase: PhraseFile, situation: &str, lists: &Slots) -> Result<Phrase, String> {
    let mut texts = HashMap::new();
    for (language, text) in complete(phrase.text)? {
        let template = Template::parse(&text)
            .ok_or_else(|| format!("{}: a brace is not closed", language.tag()))?;
        let used: Vec<&str> = template.slots().collect();
        let named: BTreeSet<&str> = phrase.slots.keys().map(String::as_str).collect();
        if used.len() != named.len() || used.iter().copied().collect::<BTreeSet<_>>() != named {
            return Err(format!("{}: not each slot exactly once", language.tag()));
        }
        texts.insert(language, template);
    }
    for kind in phrase.slots.values() {
        if let SlotKind::Listed(name) = kind
            && !lists.contains_key(name)
        {
            return Err(format!("slots.json has no {name}"));
        }
    }
    if !phrase.source.is_empty() && !phrase.slots.is_empty() {
        return Err("a professional sentence has no slots".into());
    }
    let order: Vec<String> = texts
        .get(&Language::En)
        .map(|english| english.slots().map(String::from).collect())
        .unwrap_or_default();
    let slots = order
        .into_iter()
        .filter_map(|name| Some((name.clone(), phrase.slots.get(&name)?.clone())));
    Ok(Phrase {
        slots: slots.collect(),
        key: phrase.key,
        situation: situation.into(),
        kind: phrase.kind,
        who: phrase.who,
        texts,
        professional: phrase.source.into_iter().collect(),
    })
}

fn slots(file: SlotsFile) -> Result<Slots> {
    let list = |(kind, values): (
        String,
        indexmap::IndexMap<String, BTreeMap<Language, String>>,
    )| {
        let values: Result<Vec<_>> = values
            .into_iter()
            .map(|(key, texts)| match complete(texts) {
                Ok(texts) => Ok((key, texts)),
                Err(rule) => Err(broken(format!("slots.json, {kind}/{key}: {rule}"))),
            })
            .collect();
        values.map(|values| (kind.clone(), values))
    };
    file.into_iter().map(list).collect()
}

/// One text, not empty, for each of the eleven languages.
fn complete(texts: BTreeMap<Language, String>) -> Result<super::Texts, String> {
    for language in Language::ALL {
        if texts
            .get(&language)
            .is_none_or(|text| text.trim().is_empty())
        {
            return Err(format!("no text in {}", language.tag()));
        }
    }
    Ok(texts.into_iter().collect())
}

fn is_kebab(key: &str) -> bool {
    key.split('-').all(|part| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    })
}

fn parse<T: DeserializeOwned>(name: &str, data: &[u8]) -> Result<T> {
    serde_json::from_slice(data).map_err(|error| broken(format!("{name}: {error}")))
}

fn broken(what: String) -> Error {
    Error::Phrasebook { what }
}
