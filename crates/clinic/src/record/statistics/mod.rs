//! Figures for the administrator: counts, intervals of time and the rows behind them, all of them without
//! a name. Narrow tables and indexes (`0011_break_glass.sql`) keep each answer cheap; what clinicians said of
//! readings is counted from one of them (`outcomes`), too: [`Clinic::agreement`], [`Clinic::judged`],
//! [`Clinic::scores`].

mod rows;
#[cfg(test)]
mod tests;

use basics::Timestamp;
use rusqlite::{Connection, params};

pub use rows::{Counted, CountedRow};

use super::sql;
use crate::{
    Clinic,
    access::{Permission, Permit, Role},
    error::{ClinicError, Result},
};

/// From one moment up to another, without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// From.
    pub from: Timestamp,
    /// Up to.
    pub to: Timestamp,
}

/// Things that happen at a moment and are counted by day or week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Scans that were imported and not retracted.
    Scans,
    /// Consultations that began.
    Consultations,
    /// Reports that became final for the first time.
    Reports,
}

/// How often a version of a model found a class likeliest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCount {
    /// Model.
    pub model_id: String,
    /// Its version.
    pub version: String,
    /// The class; none where the scan was not assessed.
    pub class: Option<String>,
    /// Readings.
    pub readings: u32,
}

/// From import to final report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turnaround {
    /// Reports that became final in the period.
    pub reports: u32,
    /// Half of them took no longer, in milliseconds.
    pub median_ms: Option<u64>,
    /// Nine of ten took no longer.
    pub p90_ms: Option<u64>,
    /// How many took up to each limit of [`TURNAROUND_LIMITS`] and longer than the one before; the last is
    /// of those that took longer still.
    pub counts: Vec<u32>,
}

/// One hour, four hours, one day, three days, in milliseconds.
pub const TURNAROUND_LIMITS: [u64; 4] = [3_600_000, 14_400_000, 86_400_000, 259_200_000];

/// How many accounts of a role there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountCount {
    /// Role.
    pub role: Role,
    /// May sign in.
    pub enabled: u32,
    /// May not.
    pub disabled: u32,
    /// Removed.
    pub removed: u32,
}

/// Scans that wait for a doctor's verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub scans: u32,
    /// The longest, since.
    pub since: Option<Timestamp>,
}

impl Clinic {
    /// How often something happened between each two neighbouring edges.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for edges that do not rise or are more than 400.
    pub fn happened(
        &self,
        permit: &Permit,
        what: Happening,
        edges: &[Timestamp],
    ) -> Result<Vec<u32>> {
        permit.needs(Permission::ReadStatistics)?;
        if edges.len() > 400 || edges.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(ClinicError::Invalid {
                field: "period",
                rule: "range",
            });
        }
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // Every count is of the same moment.
        let db = reader.db()?.unchecked_transaction()?;
        let mut statement = db.prepare_cached(match what {
            Happening::Scans => "SELECT count(*) FROM scans WHERE at >= ?1 AND at < ?2",
            Happening::Consultations => {
                "SELECT count(*) FROM consultations WHERE started >= ?1 AND started < ?2"
            }
            Happening::Reports => "SELECT count(*) FROM turnarounds WHERE at >= ?1 AND at < ?2",
        })?;
        let mut counts = edges
            .windows(2)
            .map(|pair| {
                let (from, to) = (pair[0].as_millisecond(), pair[1].as_millisecond());
                statement.query_row([from, to], |row| row.get(0))
            })
            .collect::<rusqlite::Result<Vec<u32>>>()?;
        if what == Happening::Scans {
            // Few are retracted: they are looked up one by one and taken off.
            for at in retracted(&db)? {
                let place = edges.partition_point(|edge| edge.as_millisecond() <= at);
                if let Some(count) = place.checked_sub(1).and_then(|place| counts.get_mut(place)) {
                    *count = count.saturating_sub(1);
                }
            }
        }
        Ok(counts)
    }

    /// What readings of a period found likeliest, by model version; the most frequent first.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn reading_classes(&self, permit: &Permit, period: Period) -> Result<Vec<ClassCount>> {
        permit.needs(Permission::ReadStatistics)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT model_id, version, class, count(*) AS readings FROM reading_classes
             WHERE at >= ?1 AND at < ?2
             GROUP BY model_id, version, class ORDER BY model_id, version, readings DESC, class",
        )?;
        let rows = statement.query_map(bounds(period), |row| {
            let class: String = row.get(2)?;
            Ok(ClassCount {
                model_id: row.get(0)?,
                version: row.get(1)?,
                class: Some(class).filter(|class| !class.is_empty()),
                readings: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How long it took from import to final report, for reports that became final in the period.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn turnaround(&self, permit: &Permit, period: Period) -> Result<Turnaround> {
        permit.needs(Permission::ReadStatistics)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader
            .db()?
            .prepare_cached("SELECT ms FROM turnarounds WHERE at >= ?1 AND at < ?2 ORDER BY ms")?;
        let times = statement
            .query_map(bounds(period), |row| sql::size(row, 0))?
            .collect::<rusqlite::Result<Vec<u64>>>()?;
        let mut counts = vec![0; TURNAROUND_LIMITS.len() + 1];
        for time in &times {
            counts[TURNAROUND_LIMITS.partition_point(|limit| limit < time)] += 1;
        }
        Ok(Turnaround {
            reports: u32::try_from(times.len()).unwrap_or(u32::MAX),
            median_ms: share(&times, 50),
            p90_ms: share(&times, 90),
            counts,
        })
    }

    /// How many accounts of each role there are.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn account_counts(&self, permit: &Permit) -> Result<Vec<AccountCount>> {
        permit.needs(Permission::ReadStatistics)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT coalesce(sum(removed IS NULL AND enabled = 1), 0),
                    coalesce(sum(removed IS NULL AND enabled = 0), 0),
                    coalesce(sum(removed IS NOT NULL), 0)
             FROM users WHERE role = ?1",
        )?;
        Role::ALL
            .into_iter()
            .map(|role| {
                Ok(statement.query_row([role.key()], |row| {
                    Ok(AccountCount {
                        role,
                        enabled: row.get(0)?,
                        disabled: row.get(1)?,
                        removed: row.get(2)?,
                    })
                })?)
            })
            .collect()
    }

    /// Scans that no doctor has judged yet, of restricted records too.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn waiting_scans(&self, permit: &Permit) -> Result<Waiting> {
        permit.needs(Permission::ReadStatistics)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // Keys rise with time, so that the lowest has waited longest.
        let mut statement = reader.db()?.prepare_cached(
            "SELECT n, (SELECT at FROM scans WHERE key = first)
             FROM (SELECT count(*) AS n, min(scan) AS first FROM worklist WHERE status < 2)",
        )?;
        Ok(statement.query_row([], |row| {
            Ok(Waiting {
                scans: row.get(0)?,
                since: sql::optional_moment(row, 1)?,
            })
        })?)
    }

    /// Acts of a period that were refused, and that failed.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn unsuccessful(&self, permit: &Permit, period: Period) -> Result<(u32, u32)> {
        permit.needs_one_of(&[Permission::ReadStatistics, Permission::ReadJournal])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT coalesce(sum(outcome = 1), 0), coalesce(sum(outcome = 2), 0)
             FROM journal INDEXED BY journal_by_time WHERE at >= ?1 AND at < ?2",
        )?;
        Ok(statement.query_row(bounds(period), |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}

fn bounds(period: Period) -> [i64; 2] {
    [period.from.as_millisecond(), period.to.as_millisecond()]
}

/// When the scans that were retracted had been imported.
fn retracted(db: &Connection) -> Result<Vec<i64>> {
    let mut statement = db.prepare_cached(
        "SELECT s.at FROM retractions AS r CROSS JOIN scans AS s ON s.key = r.scan",
    )?;
    let rows = statement.query_map(params![], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The smallest of `sorted` that at least `percent` of them do not exceed.
fn share(sorted: &[u64], percent: usize) -> Option<u64> {
    let place = (sorted.len() * percent).div_ceil(100);
    sorted.get(place.checked_sub(1)?).copied()
}
