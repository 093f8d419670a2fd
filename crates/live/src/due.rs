//! A moment at which something is tried again. A clock that is set back does not put it off.

use basics::Timestamp;

/// The moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Due {
    set: i64,
    at: i64,
}

impl Due {
    pub(crate) fn after(now: Timestamp, ms: u64) -> Self {
        let set = now.as_millisecond();
        let ms = i64::try_from(ms).unwrap_or(i64::MAX);
        Self {
            set,
            at: set.saturating_add(ms),
        }
    }

    pub(crate) fn is_past(&self, now: Timestamp) -> bool {
        let now = now.as_millisecond();
        now >= self.at || now < self.set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_does_not_put_it_off() {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        let due = Due::after(at(10_000), 500);
        assert!(!due.is_past(at(10_499)) && due.is_past(at(10_500)) && due.is_past(at(1)));
    }
}
