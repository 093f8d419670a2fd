//! How often and for how long: chosen, never abbreviated, so that "QD" cannot be written at all.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Rule;

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Frequency {
    /// One dose, never again.
    Once,
    /// 1 to 6 times a day.
    TimesADay {
        /// How many times.
        times: u8,
    },
    /// Every so many hours, 1 to 72.
    EveryHours {
        /// How many hours.
        hours: u8,
    },
    /// Every so many days, 2 to 90.
    EveryDays {
        /// How many days.
        days: u8,
    },
    /// Once a week.
    Weekly,
    /// Once a month.
    Monthly,
    /// Once a day, at bedtime.
    AtBedtime,
}

/// Unit of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DurationUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months of 30 days.
    Months,
}

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TreatmentDuration")]
pub struct Duration {
    /// From 1.
    pub number: u16,
    /// Of what.
    pub unit: DurationUnit,
}

impl Frequency {
    /// The same, if it is possible.
    pub(crate) fn checked(self) -> Result<Self, Rule> {
        let possible = match self {
            Self::TimesADay { times } => (1..=6).contains(&times),
            Self::EveryHours { hours } => (1..=72).contains(&hours),
            Self::EveryDays { days } => (2..=90).contains(&days),
            Self::Once | Self::Weekly | Self::Monthly | Self::AtBedtime => true,
        };
        if possible { Ok(self) } else { Err(Rule::Range) }
    }

    /// Doses in so many hours.
    pub(crate) fn doses(self) -> (u64, u64) {
        match self {
            Self::Once => (1, u64::MAX),
            Self::TimesADay { times } => (times.into(), 24),
            Self::EveryHours { hours } => (1, hours.into()),
            Self::EveryDays { days } => (1, u64::from(days) * 24),
            Self::Weekly => (1, 7 * 24),
            Self::Monthly => (1, 30 * 24),
            Self::AtBedtime => (1, 24),
        }
    }
}

impl Duration {
    /// The same, if it is possible: up to two years.
    pub(crate) fn checked(self) -> Result<Self, Rule> {
        match self.days() {
            1..=730 => Ok(self),
            _ => Err(Rule::Range),
        }
    }

    /// In days.
    pub fn days(self) -> u32 {
        u32::from(self.number)
            * match self.unit {
                DurationUnit::Days => 1,
                DurationUnit::Weeks => 7,
                DurationUnit::Months => 30,
            }
    }
}
