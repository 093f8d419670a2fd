//! Measures, strengths and counts: `500 mg`, `250 mg + 62.5 mg/5 mL`, `2 tablets`.
//!
//! A mass from 1 g is written in grams, below in milligrams, below 1 mg in micrograms, in full
//! (WHO Guide to Good Prescribing, chapter 9).

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, Piece};

/// A unit of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "MedicineUnit")]
pub enum Unit {
    /// g
    Gram,
    /// mg
    Milligram,
    /// microgram, in full
    Microgram,
    /// units, in full
    Units,
    /// mL
    Millilitre,
    /// mmol
    Millimole,
    /// %
    Percent,
}

/// A number with its unit; a mass stands in the unit that the rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Measure {
    amount: Amount,
    unit: Unit,
}

/// What a strength is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// In this volume or mass.
    Measure(Measure),
    /// In one puff or spray.
    Dose,
    /// In one hour, of a patch.
    Hour,
}

/// How much is in one piece, or in a volume: one measure for each ingredient.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Strength {
    /// One for each ingredient, in their order.
    pub parts: Vec<Measure>,
    /// In what; nothing means in one piece.
    pub per: Option<Per>,
}

/// A number of pieces, or a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Counted {
    /// E.g. 2 tablets.
    Pieces {
        /// How many.
        amount: Amount,
        /// Of what.
        piece: Piece,
    },
    /// E.g. 5 mL.
    Measured {
        /// How much.
        measure: Measure,
    },
}

const PG_OF_GRAM: u64 = 1_000_000_000_000;
const PG_OF_MILLIGRAM: u64 = 1_000_000_000;

impl Unit {
    /// As it is written in English: in full where an abbreviation is dangerous.
    pub fn written(self) -> &'static str {
        match self {
            Self::Gram => "g",
            Self::Milligram => "mg",
            Self::Microgram => "microgram",
            Self::Units => "units",
            Self::Millilitre => "mL",
            Self::Millimole => "mmol",
            Self::Percent => "%",
        }
    }

    /// Picograms in a millionth of it, for a mass.
    fn picograms(self) -> Option<u64> {
        match self {
            Self::Gram => Some(1_000_000),
            Self::Milligram => Some(1_000),
            Self::Microgram => Some(1),
            _ => None,
        }
    }
}

impl Measure {
    /// A number in a unit; a mass is put into the unit that the rule asks for.
    pub fn new(amount: Amount, unit: Unit) -> Self {
        let Some(mass) = unit
            .picograms()
            .and_then(|each| amount.as_millionths().checked_mul(each))
        else {
            return Self { amount, unit };
        };
        let wanted = match mass {
            PG_OF_GRAM.. => Unit::Gram,
            PG_OF_MILLIGRAM.. => Unit::Milligram,
            _ => Unit::Microgram,
        };
        let each = wanted.picograms().unwrap_or(1);
        match Amount::millionths(mass / each) {
            Some(amount) if mass % each == 0 => Self {
                amount,
                unit: wanted,
            },
            // Finer than can be written in that unit: as it was.
            _ => Self { amount, unit },
        }
    }

    /// How many.
    pub fn amount(self) -> Amount {
        self.amount
    }

    /// Of what.
    pub fn unit(self) -> Unit {
        self.unit
    }
}

impl Counted {
    /// How many, of whatever it is.
    pub fn amount(self) -> Amount {
        match self {
            Self::Pieces { amount, .. } => amount,
            Self::Measured { measure } => measure.amount,
        }
    }

    /// What is counted, in one word: `tablet`, `mL`.
    pub fn unit_key(self) -> &'static str {
        match self {
            Self::Pieces { piece, .. } => piece.key(),
            Self::Measured { measure } => measure.unit.written(),
        }
    }

    /// The same unit with another number; a mass keeps the unit that it has.
    pub fn with(self, amount: Amount) -> Self {
        match self {
            Self::Pieces { piece, .. } => Self::Pieces { amount, piece },
            Self::Measured { measure } => Self::Measured {
                measure: Measure {
                    amount,
                    unit: measure.unit,
                },
            },
        }
    }

    /// Whether both are counted alike, so that their numbers can be compared.
    pub fn alike(self, other: Self) -> bool {
        match (self, other) {
            (Self::Pieces { piece, .. }, Self::Pieces { piece: other, .. }) => piece == other,
            (Self::Measured { measure }, Self::Measured { measure: other }) => {
                measure.unit == other.unit
            }
            _ => false,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.unit, self.amount.as_millionths()) {
            (Unit::Units, 1_000_000) => write!(f, "1 unit"),
            (unit, _) => write!(f, "{} {}", self.amount, unit.written()),
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measure(measure) if measure.amount.as_millionths() == 1_000_000 => {
                write!(f, "{}", measure.unit.written())
            }
            Self::Measure(measure) => measure.fmt(f),
            Self::Dose => f.write_str("dose"),
            Self::Hour => f.write_str("hour"),
        }
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, part) in self.parts.iter().enumerate() {
            let plus = if n > 0 { " + " } else { "" };
            write!(f, "{plus}{part}")?;
        }
        match &self.per {
            None => Ok(()),
            Some(per) => write!(f, "/{per}"),
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measured { measure } => measure.fmt(f),
            Self::Pieces { amount, piece } => write!(f, "{amount} {}", piece.written(*amount)),
        }
    }
}
