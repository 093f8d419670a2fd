//! After failures, waiting; the wait doubles and survives a restart.
//!
//! `tries.json` lies outside the encrypted database, because it is needed while that is closed. It
//! names accounts by their slot only. Failures that happened while the record was closed wait in it
//! until they can be written into the journal.

use std::{collections::BTreeMap, fs, path::Path};

use basics::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    durable,
    error::{ClinicError, Result},
};

const FILE: &str = "tries.json";
/// Failures that cost nothing.
const FREE: u32 = 3;
/// The longest wait: 15 minutes.
const LONGEST: i64 = 15 * 60;
/// After so many failures in a row an administrator has to let the person in again. Whoever wants to lock somebody out
/// needs more than two hours for it, because of the waits.
const LOCKOUT: u32 = 20;
/// Where tries at the recovery phrase are counted. It is the last way in, so it only waits.
pub(crate) const PHRASE: &str = "phrase";
/// Slots that are remembered; the one that failed least, and of those longest ago, is forgotten first.
const SLOTS: usize = 512;
/// Failures that wait for the journal.
const PENDING: usize = 1000;

/// Failures per slot.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tries {
    slots: BTreeMap<String, Failures>,
    /// Refusals that are not in the journal yet: when and of which slot.
    pending: Vec<(i64, String)>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Failures {
    count: u32,
    /// Seconds since 1970.
    last: i64,
}

impl Tries {
    /// Reads the file. A damaged one counts as none: it must not lock everybody out.
    pub(crate) fn read(dir: &Path) -> Self {
        fs::read(dir.join(FILE))
            .ok()
            .and_then(|json| serde_json::from_slice(&json).ok())
            .unwrap_or_default()
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<()> {
        let json = serde_json::to_vec(self).map_err(|_| ClinicError::Internal("tries.json"))?;
        Ok(durable::replace(&dir.join(FILE), &json)?)
    }

    /// Refuses while the slot has to wait, or is locked out.
    pub(crate) fn check(&mut self, slot: &str, now: Timestamp) -> Result<()> {
        if self.is_locked_out(slot) {
            return Err(ClinicError::LockedOut);
        }
        let Some(failures) = self.slots.get_mut(slot) else {
            return Ok(());
        };
        // A clock that was set back begins the wait anew, and lengthens it no further.
        failures.last = failures.last.min(now.as_second());
        let wait = wait_after(failures.count);
        let left = failures.last + wait - now.as_second();
        match u64::try_from(left) {
            Ok(seconds) if seconds > 0 => Err(ClinicError::TooManyTries { seconds }),
            _ => Ok(()),
        }
    }

    /// Whether only an administrator opens it again.
    pub(crate) fn is_locked_out(&self, slot: &str) -> bool {
        let count = self.slots.get(slot).map_or(0, |failures| failures.count);
        slot != PHRASE && count >= LOCKOUT
    }

    /// The slots have new names.
    pub(crate) fn follow(&mut self, moved: &[(String, String)]) {
        for (was, is) in moved {
            if let Some(failures) = self.slots.remove(was) {
                self.slots.insert(is.clone(), failures);
            }
        }
    }

    /// Counts a failure.
    pub(crate) fn failed(&mut self, slot: &str, now: Timestamp) {
        let count = self.slots.get(slot).map_or(0, |failures| failures.count);
        let failures = Failures {
            count: count.saturating_add(1),
            last: now.as_second(),
        };
        self.slots.insert(slot.into(), failures);
        while self.slots.len() > SLOTS {
            let oldest = self
                .slots
                .iter()
                .min_by_key(|(_, failures)| (failures.count, failures.last));
            let Some(oldest) = oldest.map(|(slot, _)| slot.clone()) else {
                break;
            };
            self.slots.remove(&oldest);
        }
    }

    /// Keeps a refusal for the journal.
    pub(crate) fn keep_for_journal(&mut self, slot: &str, now: Timestamp) {
        if self.pending.len() < PENDING {
            self.pending.push((now.as_millisecond(), slot.into()));
        }
    }

    /// Refusals for the journal.
    pub(crate) fn pending(&self) -> &[(i64, String)] {
        &self.pending
    }

    /// They are in the journal now.
    pub(crate) fn clear_pending(&mut self) {
        self.pending.clear();
    }

    /// Forgets the failures of a slot; says whether there were any.
    pub(crate) fn succeeded(&mut self, slot: &str) -> bool {
        self.slots.remove(slot).is_some()
    }
}

/// Seconds to wait after so many failures: 0 for the first three, then 2, 4, 8 … up to 15 minutes.
fn wait_after(count: u32) -> i64 {
    match count.checked_sub(FREE) {
        None | Some(0) => 0,
        Some(over) => 2i64.saturating_pow(over.min(30)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_ends() {
        assert_eq!(
            (0..=6).map(wait_after).collect::<Vec<_>>(),
            [0, 0, 0, 0, 2, 4, 8]
        );
        assert_eq!(wait_after(u32::MAX), LONGEST);
    }

    #[test]
    fn twenty_failures_lock_out_but_never_the_phrase() {
        let mut tries = Tries::default();
        let late = Timestamp::from_second(9_000_000).unwrap();
        for slot in ["a", PHRASE] {
            (0..19).for_each(|at| tries.failed(slot, Timestamp::from_second(at).unwrap()));
            tries.check(slot, late).unwrap();
            tries.failed(slot, Timestamp::from_second(20).unwrap());
        }
        assert!(matches!(
            tries.check("a", late),
            Err(ClinicError::LockedOut)
        ));
        tries.check(PHRASE, late).unwrap();
        tries.follow(&[("a".into(), "b".into())]);
        assert!(tries.is_locked_out("b") && !tries.is_locked_out("a"));
        tries.succeeded("b");
        tries.check("b", late).unwrap();
    }

    #[test]
    fn many_other_names_do_not_wash_a_counter_out() {
        let mut tries = Tries::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        (0..10).for_each(|second| tries.failed("target", at(second)));
        (0..2000).for_each(|n| tries.failed(&format!("other {n}"), at(100 + n)));
        assert!(tries.check("target", at(9)).is_err());
    }

    #[test]
    fn a_clock_set_back_by_a_year_lets_one_in_after_the_wait_and_not_before() {
        let mut tries = Tries::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        (0..6).for_each(|_| tries.failed("a", at(40_000_000)));
        assert!(matches!(
            tries.check("a", at(1000)),
            Err(ClinicError::TooManyTries { seconds: 8 })
        ));
        assert!(matches!(
            tries.check("a", at(1007)),
            Err(ClinicError::TooManyTries { seconds: 1 })
        ));
        tries.check("a", at(1008)).unwrap();
    }

    #[test]
    fn a_clock_set_back_lengthens_nothing() {
        let mut tries = Tries::default();
        let now = Timestamp::from_second(1_000_000).unwrap();
        (0..5).for_each(|_| tries.failed("a", now));
        let earlier = Timestamp::from_second(10).unwrap();
        assert!(matches!(
            tries.check("a", earlier),
            Err(ClinicError::TooManyTries { seconds: 4 })
        ));
        tries.check("b", now).unwrap();
        tries
            .check("a", Timestamp::from_second(14).unwrap())
            .unwrap();
    }
}
