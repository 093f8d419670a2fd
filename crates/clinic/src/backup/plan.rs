//! Where backups go and at what time of the day.

use std::path::{Path, PathBuf};

use basics::Timestamp;
use jiff::{SignedDuration, ToSpan, Zoned};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{
    place::Place,
    problem::{BackupProblem, at_target},
    state,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    clinic::lock_of,
    error::{ClinicError, Result},
    limits,
    record::sql,
    write::Change,
};

/// What an administrator chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupPlan {
    /// The folder or stick.
    pub target: PathBuf,
    /// Minutes after midnight, local time: 0–1439.
    pub minute: u16,
    /// Made daily by itself; otherwise only on request.
    pub daily: bool,
}

/// After a failure, so long until the next try.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);

/// Whether a backup is due now: today's time, or yesterday's where today's is still to come, has passed
/// without a success since, and the last try is long enough ago.
pub fn is_due(
    plan: &BackupPlan,
    last_success: Option<Timestamp>,
    last_try: Option<Timestamp>,
    now: &Zoned,
) -> bool {
    let Some(slot) = last_slot(plan, now) else {
        return false;
    };
    let waits = last_try.is_some_and(|tried| {
        let since = now.timestamp().duration_since(tried);
        // A clock that was set back must not stop the backups.
        !since.is_negative() && since < AGAIN
    });
    plan.daily && !waits && last_success.is_none_or(|success| success < slot)
}

/// The newest planned moment that has come.
fn last_slot(plan: &BackupPlan, now: &Zoned) -> Option<Timestamp> {
    let time = jiff::civil::time(
        i8::try_from(plan.minute / 60).ok()?,
        i8::try_from(plan.minute % 60).ok()?,
        0,
        0,
    );
    let on = |date: jiff::civil::Date| {
        let at = date.to_datetime(time).to_zoned(now.time_zone().clone());
        at.ok().map(|at| at.timestamp())
    };
    let today = on(now.date())?;
    match today <= now.timestamp() {
        true => Some(today),
        false => on(now.date().checked_sub(1.day()).ok()?),
    }
}

/// The next planned moment.
pub(super) fn next_slot(plan: &BackupPlan, now: &Zoned) -> Option<Timestamp> {
    let tomorrow = now.checked_add(1.day()).ok()?;
    last_slot(plan, &tomorrow)
}

impl Clinic {
    /// What an administrator chose; none where nobody did.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn backup_plan(&self, permit: &Permit) -> Result<Option<BackupPlan>> {
        permit.needs(Permission::ManageBackups)?;
        let store = self.store()?;
        read(store.readers.borrow()?.db()?)
    }
}

impl Change<'_> {
    /// Chooses the folder and the time. The folder must be there and be writable: a place for this clinic's
    /// backups is made in it now, so that a stick that is missing later is told from an empty folder.
    ///
    /// # Errors
    /// [`ClinicError::Backup`] for the folder; [`ClinicError::Invalid`] for the time.
    pub fn plan_backups(&mut self, plan: &BackupPlan) -> Result<()> {
        self.needs(Permission::ManageBackups)?;
        if plan.minute >= 24 * 60 {
            let (field, rule) = ("minute", "minutes-of-a-day");
            return Err(ClinicError::Invalid { field, rule });
        }
        let text = plan.target.to_str().ok_or(BackupProblem::TargetMissing)?;
        limits::long("target", text)?;
        if !plan.target.is_absolute() || !plan.target.is_dir() {
            return Err(BackupProblem::TargetMissing.into());
        }
        refuse_inside(&plan.target, &self.clinic.inner.dir)?;
        let clinic = lock_of(&self.clinic.inner.keys).clinic;
        Place::make(&plan.target, clinic)?;
        let json = serde_json::to_string(plan)?;
        self.db.execute(
            "INSERT OR REPLACE INTO backup_plan VALUES (1, ?1, ?2, ?3)",
            params![json, self.by(), self.at()],
        )?;
        state::remember_target(&self.clinic.inner.dir, &plan.target)
    }
}

/// A backup inside the record's folder goes with it.
fn refuse_inside(target: &Path, record: &Path) -> Result<()> {
    let target = target.canonicalize().map_err(at_target)?;
    match target.starts_with(record.canonicalize()?) {
        true => Err(BackupProblem::TargetInside.into()),
        false => Ok(()),
    }
}

pub(super) fn read(db: &Connection) -> Result<Option<BackupPlan>> {
    Ok(db
        .prepare_cached("SELECT plan FROM backup_plan WHERE id = 1")?
        .query_row([], |row| sql::json(row, 0))
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(minute: u16) -> BackupPlan {
        let target = PathBuf::from("/stick");
        BackupPlan {
            target,
            minute,
            daily: true,
        }
    }

    fn at(text: &str) -> Zoned {
        text.parse().unwrap()
    }

    #[test]
    fn it_is_due_once_a_day_after_its_time() {
        let plan = plan(130);
        let now = at("2026-11-21T02:09:00+01:00[Europe/Berlin]");
        let yesterday = at("2026-11-20T02:10:30+01:00[Europe/Berlin]").timestamp();
        assert!(!is_due(&plan, Some(yesterday), Some(yesterday), &now));
        let now = at("2026-11-21T02:10:00+01:00[Europe/Berlin]");
        assert!(is_due(&plan, Some(yesterday), Some(yesterday), &now));
        let done = at("2026-11-21T02:12:00+01:00[Europe/Berlin]");
        let later = at("2026-11-21T23:59:00+01:00[Europe/Berlin]");
        assert!(!is_due(
            &plan,
            Some(done.timestamp()),
            Some(done.timestamp()),
            &later
        ));
        // Nobody was there at ten past two: due as soon as somebody is.
        assert!(is_due(&plan, Some(yesterday), Some(yesterday), &later));
        assert!(is_due(&plan, None, None, &later));
    }

    #[test]
    fn after_a_failure_it_waits_a_quarter_of_an_hour() {
        let plan = plan(130);
        let tried = at("2026-11-21T02:10:00+01:00[Europe/Berlin]").timestamp();
        let soon = at("2026-11-21T02:24:59+01:00[Europe/Berlin]");
        let then = at("2026-11-21T02:25:00+01:00[Europe/Berlin]");
        assert!(!is_due(&plan, None, Some(tried), &soon));
        assert!(is_due(&plan, None, Some(tried), &then));
        // The clock was set back by a day: it is tried all the same.
        let back = at("2026-11-20T03:00:00+01:00[Europe/Berlin]");
        assert!(is_due(&plan, None, Some(tried), &back));
    }

    #[test]
    fn a_time_that_a_summer_morning_skips_comes_all_the_same() {
        // 02:30 does not exist on 29 March 2026 in Berlin; jiff takes 03:30.
        let plan = plan(150);
        let before = at("2026-03-28T02:31:00+01:00[Europe/Berlin]").timestamp();
        let now = at("2026-03-29T03:30:00+02:00[Europe/Berlin]");
        assert!(is_due(&plan, Some(before), Some(before), &now));
        assert_eq!(
            next_slot(&plan, &at("2026-03-28T12:00:00+01:00[Europe/Berlin]")),
            Some(now.timestamp())
        );
    }

    #[test]
    fn never_by_itself_where_it_is_switched_off() {
        let plan = BackupPlan {
            daily: false,
            ..plan(130)
        };
        assert!(!is_due(
            &plan,
            None,
            None,
            &at("2026-11-21T02:10:00+00:00[UTC]")
        ));
    }
}
