//! Which counters were taken: the 128 up to the highest are remembered, older ones are refused.

use super::Error;

/// How many counters are remembered.
const WIDTH: u64 = 128;

/// The replay window of one direction (after RFC 4303, section 3.4.3).
#[derive(Default)]
pub(super) struct Window {
    highest: u64,
    /// Bit i: `highest − i` was taken.
    taken: u128,
}

impl Window {
    /// Whether the counter may still be taken.
    pub(super) fn check(&self, counter: u64) -> Result<(), Error> {
        let Some(behind) = self.highest.checked_sub(counter) else {
            return Ok(());
        };
        if behind >= WIDTH {
            Err(Error::TooOld)
        } else if self.taken >> behind & 1 == 1 {
            Err(Error::Replayed)
        } else {
            Ok(())
        }
    }

    /// Takes the counter, once.
    pub(super) fn take(&mut self, counter: u64) -> Result<(), Error> {
        self.check(counter)?;
        if let Some(ahead) = counter.checked_sub(self.highest).filter(|ahead| *ahead > 0) {
            self.taken = if ahead >= WIDTH {
                0
            } else {
                self.taken << ahead
            };
            self.highest = counter;
        }
        self.taken |= 1 << (self.highest - counter);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_reaches_127_back_and_no_further() {
        let mut window = Window::default();
        window.take(200).unwrap();
        assert_eq!(window.check(73), Ok(()));
        assert_eq!(window.check(72), Err(Error::TooOld));
        window.take(73).unwrap();
        assert_eq!(window.take(73), Err(Error::Replayed));
        window.take(u64::MAX).unwrap();
        assert_eq!(window.take(u64::MAX), Err(Error::Replayed));
        assert_eq!(window.check(200), Err(Error::TooOld));
    }
}
