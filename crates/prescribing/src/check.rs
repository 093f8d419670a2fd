//! What speaks against a medicine for a person. Warnings never block; what is not known is said.

use std::collections::BTreeSet;

use basics::Phi;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Route,
    table::{Level, Medicine, Named, Source, Table},
};

/// What is to be prescribed.
#[derive(Clone, Copy, Debug)]
pub struct Prescribed<'a> {
    /// Its ingredients.
    pub ingredients: &'a [String],
    /// By which way.
    pub route: Route,
}

/// What is known of the person.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// Allergies, in the words of the record.
    pub allergies: &'a [Allergic],
    /// What is taken now.
    pub current: &'a [Current],
}

/// A recorded allergy.
#[derive(Clone, Debug)]
pub struct Allergic {
    /// To what.
    pub substance: Phi<String>,
}

/// A medicine that is taken now.
#[derive(Clone, Debug)]
pub struct Current {
    /// Its ingredients.
    pub ingredients: Vec<String>,
    /// By which way.
    pub route: Route,
}

/// What speaks against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// An allergy to it, to its group, or to one that it crosses with.
    Allergy,
    /// The same ingredient, or another of its group, is taken already.
    Duplicate,
    /// It must or should not be taken together with something else.
    Interaction,
}

/// One thing that speaks against a medicine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "PrescriptionWarning")]
pub struct Warning {
    /// The same conflict has the same key every time; an override names it.
    pub key: String,
    /// What sort of conflict.
    pub kind: WarningKind,
    /// How grave.
    pub level: Level,
    /// The ingredient that is to be prescribed.
    pub ingredient: String,
    /// What it conflicts with: an allergy in the words of the record, or an ingredient.
    pub with: Phi<String>,
    /// The group through which, where it is not the ingredient itself.
    pub through: Option<String>,
    /// What may happen: a key of the catalogue.
    pub effect: Option<String>,
    /// Whose level or effect changes.
    pub of: Option<String>,
    /// The published source; none for the same ingredient.
    pub source: Option<Source>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The gravest first.
    pub warnings: Vec<Warning>,
    /// Ingredients and recorded allergies that the table does not know: nothing was checked about them.
    pub not_covered: Vec<Phi<String>>,
}

/// Checks a medicine against what is known of a person.
pub fn check(table: &Table, prescribed: &Prescribed<'_>, known: &Known<'_>) -> Checked {
    let mut warnings = Vec::new();
    let mut not_covered = BTreeSet::new();
    for ingredient in prescribed.ingredients {
        let medicine = table.medicine(ingredient);
        if medicine.is_none() {
            not_covered.insert(ingredient.clone());
        }
        for allergy in known.allergies {
            let substance = allergy.substance.expose();
            let named = table.named(substance);
            if named.is_empty() {
                not_covered.insert(substance.clone());
                if same_words(substance, ingredient) {
                    warnings.push(itself(
                        ingredient,
                        ingredient,
                        &allergy.substance,
                        WarningKind::Allergy,
                    ));
                }
            }
            if let Some(medicine) = medicine {
                let found = named
                    .iter()
                    .filter_map(|named| allergic(table, medicine, named, allergy));
                warnings.extend(found.max_by_key(|warning| warning.level));
            }
        }
        for current in known.current {
            for other in &current.ingredients {
                let local = prescribed.route.local() || current.route.local();
                match (medicine, table.medicine(other)) {
                    (Some(medicine), Some(other)) => {
                        warnings.extend(together(table, medicine, other, local));
                    }
                    (_, found) => {
                        if found.is_none() {
                            not_covered.insert(other.clone());
                        }
                        if same_words(other, ingredient) {
                            let with = Phi::new(other.clone());
                            warnings.push(itself(ingredient, other, &with, WarningKind::Duplicate));
                        }
                    }
                }
            }
        }
    }
    warnings.sort_by(|a: &Warning, b| (b.level, a.kind, &a.key).cmp(&(a.level, b.kind, &b.key)));
    warnings.dedup_by(|a, b| a.key == b.key);
    Checked {
        warnings,
        not_covered: not_covered.into_iter().map(Phi::new).collect(),
    }
}

/// The gravest way in which a recorded allergy speaks against a medicine.
fn allergic(
    table: &Table,
    medicine: &Medicine,
    named: &Named,
    allergy: &Allergic,
) -> Option<Warning> {
    let (sides, key): (BTreeSet<&str>, &str) = match named {
        Named::Group(group) => (BTreeSet::from([group.as_str()]), group),
        Named::Medicine(at) => {
            let to = table.medicines.get(*at)?;
            if to.name == medicine.name {
                return Some(itself(
                    &medicine.name,
                    &to.name,
                    &allergy.substance,
                    WarningKind::Allergy,
                ));
            }
            let groups = to.groups.iter().map(String::as_str);
            (groups.chain([to.name.as_str()]).collect(), &to.name)
        }
    };
    let warning = |level, through: &str, source: &Source| Warning {
        key: format!("allergy:{}:{key}", medicine.name),
        kind: WarningKind::Allergy,
        level,
        ingredient: medicine.name.clone(),
        with: allergy.substance.clone(),
        through: Some(table.shown(through).to_owned()),
        effect: None,
        of: None,
        source: Some(source.clone()),
    };
    let in_group = sides.iter().find_map(|side| {
        let group = table.groups.get(*side)?;
        let speaks = group.allergy || matches!(named, Named::Group(_));
        (speaks && medicine.is(side)).then(|| warning(Level::Contraindicated, side, &group.source))
    });
    in_group.or_else(|| {
        let crosses = |cross: &&crate::table::Cross| {
            sides.contains(cross.from.as_str()) && medicine.is(&cross.to)
        };
        let cross = table.crosses.iter().find(crosses)?;
        Some(warning(Level::Serious, &cross.from, &cross.source))
    })
}

/// What speaks against taking both.
fn together(table: &Table, medicine: &Medicine, other: &Medicine, local: bool) -> Vec<Warning> {
    let with = Phi::new(other.name.clone());
    if medicine.name == other.name {
        return vec![itself(
            &medicine.name,
            &other.name,
            &with,
            WarningKind::Duplicate,
        )];
    }
    if local {
        return Vec::new();
    }
    let pairs = table.interactions.iter().filter(|pair| {
        (medicine.is(&pair.one) && other.is(&pair.other))
            || (medicine.is(&pair.other) && other.is(&pair.one))
    });
    // Of several rows about the same two medicines the gravest speaks.
    let interaction = pairs.max_by_key(|pair| pair.level).map(|pair| Warning {
        key: format!("interaction:{}:{}", medicine.name, other.name),
        kind: WarningKind::Interaction,
        level: pair.level,
        ingredient: medicine.name.clone(),
        with: with.clone(),
        through: None,
        effect: Some(pair.effect.clone()),
        of: pair.of.clone(),
        source: Some(pair.source.clone()),
    });
    let mut shared = medicine.groups.intersection(&other.groups);
    let duplicate = shared.find_map(|id| {
        let group = table.groups.get(id).filter(|group| group.duplicate)?;
        Some(Warning {
            key: format!("duplicate:{}:{}", medicine.name, other.name),
            kind: WarningKind::Duplicate,
            level: Level::Serious,
            ingredient: medicine.name.clone(),
            with: with.clone(),
            through: Some(group.name.clone()),
            effect: None,
            of: None,
            source: Some(group.source.clone()),
        })
    });
    interaction.into_iter().chain(duplicate).collect()
}

/// The ingredient itself.
fn itself(ingredient: &str, other: &str, with: &Phi<String>, kind: WarningKind) -> Warning {
    let (word, level) = match kind {
        WarningKind::Allergy => ("allergy", Level::Contraindicated),
        _ => ("duplicate", Level::Serious),
    };
    Warning {
        key: format!("{word}:{ingredient}:{other}"),
        kind,
        level,
        ingredient: ingredient.to_owned(),
        with: with.clone(),
        through: None,
        effect: None,
        of: None,
        source: None,
    }
}

/// What the table does not know is at least compared with itself.
fn same_words(one: &str, other: &str) -> bool {
    crate::names::fold(one) == crate::names::fold(other)
}
