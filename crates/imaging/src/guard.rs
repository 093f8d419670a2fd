//! The one guarded boundary: decoders meet hostile bytes only in here.
//!
//! The work runs on a thread of its own. A panic ends that thread and becomes [`Error::Contained`];
//! work that takes too long is left behind (its memory is bounded by [`crate::Limits`]) and becomes
//! [`Error::TooSlow`].

use std::{panic, sync::mpsc, thread, time::Duration};

use crate::{Error, Result};

/// Deeper than any data set we admit needs.
const STACK: usize = 8 << 20;

pub(crate) fn guarded<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("imaging".into())
        .stack_size(STACK)
        .spawn(move || {
            let outcome = panic::catch_unwind(panic::AssertUnwindSafe(work));
            // The receiver is gone when the time was up.
            let _ = sender.send(outcome.unwrap_or(Err(Error::Contained)));
        })
        .map_err(Error::from)?;
    match receiver.recv_timeout(time) {
        Ok(outcome) => outcome,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Error::TooSlow {
            seconds: time.as_secs(),
        }),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Error::Contained),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_and_endless_work_become_named_errors() {
        let second = Duration::from_secs(1);
        assert_eq!(guarded(second, || Ok(7)), Ok(7));
        assert_eq!(
            guarded::<()>(second, || panic!("hostile")),
            Err(Error::Contained)
        );
        let slow = || {
            thread::sleep(Duration::from_millis(300));
            Ok(())
        };
        assert_eq!(
            guarded(Duration::from_millis(10), slow),
            Err(Error::TooSlow { seconds: 0 })
        );
    }
}
