//! What is wrong with an order: the field, the rule, and what to write instead.

use std::{collections::BTreeMap, fmt};

use basics::{Code, Coded};
use serde::Serialize;
use ts_rs::TS;

/// A rule of writing that a field breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Something must stand there.
    Required,
    /// Digits with at most one decimal point, more than zero.
    Number,
    /// A comma: it is read as a point here and as nothing there.
    Comma,
    /// `3.0` is read as 30.
    TrailingZero,
    /// `.5` is read as 5.
    LeadingZero,
    /// No unit that is known, or none.
    Unit,
    /// A unit that must be written in full.
    UnitInFull,
    /// An abbreviation that has killed.
    Abbreviation,
    /// The form is not given that way.
    FormRoute,
    /// The dose or quantity is not counted so in this form.
    FormUnit,
    /// One strength for each ingredient.
    Strengths,
    /// Outside what is possible.
    Range,
    /// Longer than its limit.
    TooLong,
}

/// One thing that is wrong with an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "OrderFault")]
pub struct Fault {
    /// Which field.
    pub field: &'static str,
    /// Which rule.
    pub rule: Rule,
    /// What was found there, where that is a known mistake.
    pub found: String,
    /// What to write instead, where that is known.
    pub write: String,
}

/// Everything that is wrong with an order; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

/// Why an order or the table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The order breaks rules of writing.
    #[error("the order breaks rules of writing")]
    Order(Faults),
    /// The table of medicines in this program is damaged.
    #[error("the table of medicines is damaged: {file}, line {line}")]
    Table {
        /// Which file.
        file: &'static str,
        /// Which line, from 1.
        line: usize,
    },
}

impl Fault {
    pub(crate) fn new(field: &'static str, rule: Rule) -> Self {
        Self {
            field,
            rule,
            found: String::new(),
            write: String::new(),
        }
    }

    pub(crate) fn instead(field: &'static str, rule: Rule, found: &str, write: &str) -> Self {
        Self {
            field,
            rule,
            found: found.into(),
            write: write.into(),
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            let comma = if n > 0 { ", " } else { "" };
            write!(f, "{comma}{}: {:?}", fault.field, fault.rule)?;
        }
        Ok(())
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Order(_) => Code::Invalid,
            Self::Table { .. } => Code::Damaged,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Order(_) => "order-not-written",
            Self::Table { .. } => "medicines-damaged",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::Order(faults) => {
                let first = faults.0.first().map_or("", |fault| fault.field);
                BTreeMap::from([("field", first.to_owned())])
            }
            Self::Table { file, line } => {
                BTreeMap::from([("file", (*file).to_owned()), ("line", line.to_string())])
            }
        }
    }
}
