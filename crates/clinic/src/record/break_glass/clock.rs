//! The hour of an emergency opening, by a clock that neither a restart nor a changed clock lengthens.
//!
//! Three things count at once and the largest is believed: the wall clock since the opening, this
//! process's own time, and what was kept in the record. A clock that is put forward ends the hour sooner;
//! one that is put back gives nothing while the program runs, and ends the opening at the next start.

use std::time::{Duration, Instant};

use super::End;

/// How long an opening lasts.
pub(crate) const LENGTH: Duration = Duration::from_secs(60 * 60);
/// Clocks are set right by so much now and then.
const SET_RIGHT: i64 = 2 * 60_000;
/// How often the record keeps how much is spent.
const KEPT_EVERY: i64 = 15_000;

/// What the record knows, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    pub(crate) opened: i64,
    pub(crate) spent: i64,
    pub(crate) seen: i64,
}

/// How much was spent when this process last looked, and when that was by its own time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    at: Instant,
    spent: i64,
}

/// How an opening stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// So many milliseconds of the hour are spent.
    Open(i64),
    /// It is over, though nobody has written it down yet.
    Over(End),
}

impl Run {
    pub(crate) fn new(spent: i64) -> Self {
        Self {
            at: Instant::now(),
            spent,
        }
    }

    /// Spent by now.
    pub(crate) fn spent(&self) -> i64 {
        let passed = i64::try_from(self.at.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.spent.saturating_add(passed)
    }
}

impl Kept {
    /// Where the record should be told anew.
    pub(crate) fn is_old(&self, spent: i64) -> bool {
        spent - self.spent >= KEPT_EVERY
    }
}

impl Stand {
    /// How much of the hour is left.
    pub(crate) fn left(self) -> Option<Duration> {
        match self {
            Self::Over(_) => None,
            Self::Open(spent) => LENGTH.checked_sub(Duration::from_millis(spent.unsigned_abs())),
        }
    }
}

/// How an opening stands at `wall`; `run` is what this process counted, none at its first look.
pub(crate) fn stand(kept: Kept, wall: i64, run: Option<i64>) -> Stand {
    if run.is_none() && wall.saturating_add(SET_RIGHT) < kept.seen {
        return Stand::Over(End::Clock);
    }
    let spent = kept
        .spent
        .max(run.unwrap_or(0))
        .max(wall.saturating_sub(kept.opened));
    match u128::from(spent.unsigned_abs()) < LENGTH.as_millis() {
        true => Stand::Open(spent),
        false => Stand::Over(End::Time),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;

    fn kept(spent: i64, seen: i64) -> Kept {
        Kept {
            opened: 0,
            spent,
            seen,
        }
    }

    #[test]
    fn it_lasts_an_hour_and_no_longer() {
        assert_eq!(stand(kept(0, 0), HOUR - 1, Some(0)), Stand::Open(HOUR - 1));
        assert_eq!(stand(kept(0, 0), HOUR, Some(0)), Stand::Over(End::Time));
        assert_eq!(stand(kept(0, 0), 0, Some(HOUR)), Stand::Over(End::Time));
    }

    #[test]
    fn a_clock_put_back_gives_nothing() {
        // While the program runs its own time goes on.
        let back = stand(kept(30 * MINUTE, 30 * MINUTE), -HOUR, Some(31 * MINUTE));
        assert_eq!(back, Stand::Open(31 * MINUTE));
        // After a restart nobody can say how long it was.
        let back = stand(kept(30 * MINUTE, 30 * MINUTE), 10 * MINUTE, None);
        assert_eq!(back, Stand::Over(End::Clock));
        // A clock that was set right by a minute is no offence.
        let right = stand(kept(30 * MINUTE, 30 * MINUTE), 29 * MINUTE, None);
        assert_eq!(right, Stand::Open(30 * MINUTE));
    }

    #[test]
    fn a_clock_put_forward_ends_it() {
        let forward = stand(kept(MINUTE, MINUTE), 5 * HOUR, Some(2 * MINUTE));
        assert_eq!(forward, Stand::Over(End::Time));
    }

    proptest! {
        /// Whatever the wall clock shows, nobody gets more than what the record and the process leave.
        #[test]
        fn no_clock_gives_time(spent in 0..HOUR, seen in 0..HOUR, wall in -9 * HOUR..9 * HOUR, run: Option<u32>) {
            let run = run.map(|run| i64::from(run) % HOUR);
            if let Stand::Open(now) = stand(kept(spent, seen), wall, run) {
                prop_assert!(now >= spent && now >= run.unwrap_or(0) && now >= wall && now < HOUR);
            }
        }
    }
}
