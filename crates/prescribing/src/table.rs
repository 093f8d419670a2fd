//! The table of medicines (`assets/medicines`), built in and read once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    error::Error,
    names::{fold, parts},
};

/// How grave a conflict is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ConflictLevel")]
pub enum Level {
    /// Only with great care.
    Serious,
    /// Must not be.
    Contraindicated,
}

/// A published source of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ConflictSource")]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Where in it.
    pub section: String,
}

/// What the table is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MedicinesAbout")]
pub struct About {
    /// Its version, a date.
    pub version: String,
    /// Under which licence it may be passed on.
    pub licence: String,
    /// How many ingredients.
    pub medicines: u32,
    /// How many pairs that must or should not be taken together.
    pub interactions: u32,
    /// Published sources.
    pub sources: Vec<String>,
}

/// A name offered while it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "MedicineSuggestion")]
pub struct Suggestion {
    /// The ingredient (INN).
    pub name: String,
    /// The other name that was typed, if it was one.
    pub as_typed: Option<String>,
}

/// The whole table.
#[derive(Debug)]
pub struct Table {
    pub(crate) medicines: Vec<Medicine>,
    pub(crate) groups: BTreeMap<String, Group>,
    pub(crate) crosses: Vec<Cross>,
    pub(crate) interactions: Vec<Interaction>,
    sources: BTreeMap<String, String>,
    by_name: BTreeMap<String, usize>,
    by_group_name: BTreeMap<String, String>,
    version: String,
    licence: String,
}

#[derive(Debug)]
pub(crate) struct Medicine {
    pub(crate) name: String,
    pub(crate) groups: BTreeSet<String>,
    also: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) allergy: bool,
    pub(crate) duplicate: bool,
    pub(crate) source: Source,
}

#[derive(Debug)]
pub(crate) struct Cross {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) source: Source,
}

#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) one: String,
    pub(crate) other: String,
    pub(crate) level: Level,
    pub(crate) effect: String,
    pub(crate) of: Option<String>,
    pub(crate) source: Source,
}

/// What a name in an allergy record stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// An ingredient.
    Medicine(usize),
    /// A whole group.
    Group(String),
}

macro_rules! file {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../assets/medicines/", $name)),
        )
    };
}

static TABLE: LazyLock<Result<Table, Error>> = LazyLock::new(Table::read);

/// The table that comes with this program.
///
/// # Errors
/// [`Error::Table`] where a file of it is damaged; a test holds that none is.
pub fn table() -> Result<&'static Table, Error> {
    TABLE.as_ref().map_err(Clone::clone)
}

impl Table {
    fn read() -> Result<Self, Error> {
        let mut table = Self {
            medicines: Vec::new(),
            groups: BTreeMap::new(),
            crosses: Vec::new(),
            interactions: Vec::new(),
            sources: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_group_name: BTreeMap::new(),
            version: String::new(),
            licence: String::new(),
        };
        rows(file!("version.txt"), |[version, licence]| {
            (table.version, table.licence) = (version.into(), licence.into());
            Some(())
        })?;
        rows(file!("sources.txt"), |[id, title, _]| {
            fresh(table.sources.insert(id.into(), title.into()))
        })?;
        rows(
            file!("groups.txt"),
            |[id, name, flags, words, source, section]| {
                let group = Group {
                    name: name.into(),
                    allergy: flags.split(' ').any(|flag| flag == "allergy"),
                    duplicate: flags.split(' ').any(|flag| flag == "duplicate"),
                    source: table.source(source, section)?,
                };
                if group.allergy || words != "-" {
                    for word in listed(words).chain([name]) {
                        let before = table.by_group_name.insert(fold(word), id.into());
                        before.is_none_or(|before| before == id).then_some(())?;
                    }
                }
                fresh(table.groups.insert(id.into(), group))
            },
        )?;
        rows(file!("medicines.txt"), |[name, groups, also, source]| {
            table.sources.get(source)?;
            let groups: BTreeSet<String> = groups
                .split(' ')
                .filter(|group| *group != "-")
                .map(Into::into)
                .collect();
            groups
                .iter()
                .all(|group| table.groups.contains_key(group))
                .then_some(())?;
            let at = table.medicines.len();
            let also: Vec<String> = listed(also).map(Into::into).collect();
            for name in also.iter().map(String::as_str).chain([name]) {
                let before = table.by_name.insert(fold(name), at);
                before.is_none_or(|before| before == at).then_some(())?;
            }
            table.medicines.push(Medicine {
                name: name.into(),
                groups,
                also,
            });
            Some(())
        })?;
        rows(file!("cross.txt"), |[from, to, source, section]| {
            let cross = Cross {
                from: table.side(from)?,
                to: table.side(to)?,
                source: table.source(source, section)?,
            };
            table.crosses.push(cross);
            Some(())
        })?;
        rows(
            file!("interactions.txt"),
            |[one, other, level, effect, of, source, section]| {
                let interaction = Interaction {
                    one: table.side(one)?,
                    other: table.side(other)?,
                    level: match level {
                        "contraindicated" => Level::Contraindicated,
                        "serious" => Level::Serious,
                        _ => return None,
                    },
                    effect: effect.into(),
                    of: match of {
                        "-" => None,
                        of => Some(table.shown(&table.side(of)?).to_owned()),
                    },
                    source: table.source(source, section)?,
                };
                table.interactions.push(interaction);
                Some(())
            },
        )?;
        Ok(table)
    }

    /// What the table is.
    pub fn about(&self) -> About {
        About {
            version: self.version.clone(),
            licence: self.licence.clone(),
            medicines: u32::try_from(self.medicines.len()).unwrap_or(u32::MAX),
            interactions: u32::try_from(self.interactions.len()).unwrap_or(u32::MAX),
            sources: self.sources.values().cloned().collect(),
        }
    }

    /// Its version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The ingredient (INN) that has this name.
    pub fn find(&self, name: &str) -> Option<&str> {
        let at = *self.by_name.get(&fold(name))?;
        self.medicines
            .get(at)
            .map(|medicine| medicine.name.as_str())
    }

    /// Ingredients one of whose names begins like this, at most so many, by name.
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        let wanted = fold_beginning(typed);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Suggestion> = Vec::new();
        for medicine in &self.medicines {
            let begins = |name: &&String| fold_beginning(name).starts_with(&wanted);
            let as_typed = match begins(&&medicine.name) {
                true => None,
                false => match medicine.also.iter().find(begins) {
                    Some(also) => Some(also.clone()),
                    None => continue,
                },
            };
            found.push(Suggestion {
                name: medicine.name.clone(),
                as_typed,
            });
        }
        found.sort_by(|a, b| (a.as_typed.is_some(), &a.name).cmp(&(b.as_typed.is_some(), &b.name)));
        found.truncate(most);
        found
    }

    pub(crate) fn medicine(&self, name: &str) -> Option<&Medicine> {
        self.medicines.get(*self.by_name.get(&fold(name))?)
    }

    /// Everything that an allergy record names: the whole of it, else its parts.
    pub(crate) fn named(&self, text: &str) -> BTreeSet<Named> {
        let mut found = BTreeSet::new();
        for part in parts(text) {
            let folded = fold(&part);
            if let Some(group) = self.by_group_name.get(&folded) {
                found.insert(Named::Group(group.clone()));
            } else if let Some(at) = self.by_name.get(&folded) {
                found.insert(Named::Medicine(*at));
            }
            // The first part is the whole text.
            if !found.is_empty() && part == text {
                break;
            }
        }
        found
    }

    /// The name of a side as a person reads it.
    pub(crate) fn shown<'a>(&'a self, side: &'a str) -> &'a str {
        self.groups
            .get(side)
            .map_or(side, |group| group.name.as_str())
    }

    /// A group's id, or the name of an ingredient as the table has it.
    fn side(&self, side: &str) -> Option<String> {
        match self.groups.contains_key(side) {
            true => Some(side.to_owned()),
            false => self.medicine(side).map(|medicine| medicine.name.clone()),
        }
    }

    fn source(&self, id: &str, section: &str) -> Option<Source> {
        (!section.is_empty()).then_some(())?;
        Some(Source {
            title: self.sources.get(id)?.clone(),
            section: section.into(),
        })
    }
}

impl Medicine {
    /// Whether it is this ingredient, or a member of this group.
    pub(crate) fn is(&self, side: &str) -> bool {
        self.name == side || self.groups.contains(side)
    }
}

/// The fold of something that is not typed to its end: its last letters may still be another ending.
fn fold_beginning(text: &str) -> String {
    let folded = fold(&format!("{}xx", text.trim()));
    folded.trim_end_matches('x').to_owned()
}

fn listed(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty() && *word != "-")
}

fn fresh<T>(before: Option<T>) -> Option<()> {
    before.is_none().then_some(())
}

/// Reads the rows of a file; a row of another shape, or that is refused, names its line.
fn rows<const N: usize>(
    (file, text): (&'static str, &'static str),
    mut row: impl FnMut([&str; N]) -> Option<()>,
) -> Result<(), Error> {
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let read = <[&str; N]>::try_from(columns).ok().and_then(&mut row);
        read.ok_or(Error::Table { file, line: at + 1 })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_together() {
        let table = table().unwrap();
        let about = table.about();
        assert!(
            about.medicines >= 450 && about.interactions >= 140,
            "{about:?}"
        );
        // Every group has members, and every effect has a word on the screens.
        for id in table.groups.keys() {
            assert!(
                table.medicines.iter().any(|medicine| medicine.is(id)),
                "{id}"
            );
        }
        let words = include_str!("../../../assets/i18n/en/ui.prescriptions.json");
        let words: serde_json::Value = serde_json::from_str(words).unwrap();
        for interaction in &table.interactions {
            let effect = &words["effect"][&interaction.effect];
            assert!(effect.is_string(), "{}", interaction.effect);
            let needs = ["toxicity", "less-effect"].contains(&interaction.effect.as_str());
            assert_eq!(needs, interaction.of.is_some(), "{interaction:?}");
        }
    }

    #[test]
    fn an_ingredient_is_found_by_any_of_its_names() {
        let table = table().unwrap();
        for (typed, name) in [
            ("Amoxicilina", "amoxicillin"),
            ("acetaminophen", "paracetamol"),
            ("ASPIRIN", "acetylsalicylic acid"),
            ("albuterol", "salbutamol"),
            ("rifampin", "rifampicin"),
            ("布洛芬", "ibuprofen"),
        ] {
            assert_eq!(table.find(typed), Some(name), "{typed}");
        }
        assert_eq!(table.find("moonshine"), None);
        let offered = table.suggest("Tylen", 5);
        assert_eq!(offered[0].name, "paracetamol");
        assert_eq!(offered[0].as_typed.as_deref(), Some("tylenol"));
        assert!(
            table
                .suggest("amo", 9)
                .iter()
                .any(|one| one.name == "amoxicillin")
        );
        assert_eq!(table.suggest(" ", 9), []);
    }
}
