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
/// Slots that are remembered; the one that failed longest ago is forgotten first.
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

    /// Refuses while the slot has to wait.
    pub(crate) fn check(&self, slot: &str, now: Timestamp) -> Result<()> {
        let Some(failures) = self.slots.get(slot) else {
            return Ok(());
        };
        let wait = wait_after(failures.count);
        // A clock that was set back lengthens nothing beyond the wait itself.
        let left = (failures.last + wait - now.as_second()).min(wait);
        match u64::try_from(left) {
            Ok(seconds) if seconds > 0 => Err(ClinicError::TooManyTries { seconds }),
            _ => Ok(()),
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
            let oldest = self.slots.iter().min_by_key(|(_, failures)| failures.last);
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
            .check("a", Timestamp::from_second(1_000_004).unwrap())
            .unwrap();
    }
}
