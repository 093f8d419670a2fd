//! The relay's clock: milliseconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Now.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    millis(since.unwrap_or_default())
}

/// A time span, at most what fits.
pub(crate) fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// Whole seconds from now until then; 0 when past.
pub(crate) fn seconds_until(then: i64) -> u64 {
    u64::try_from(then - now()).unwrap_or(0) / 1000
}
