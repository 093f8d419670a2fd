//! What may be done with a prescription as it stands, and what it comes to.

use super::{FactKind, PrescriptionState as State};
use crate::error::{ClinicError, Result};

/// Where it stands and how much was given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) state: State,
    pub(super) given: u64,
    pub(super) total: u64,
}

/// It may not be done as it stands.
pub(super) const STANDS: ClinicError = ClinicError::Conflict {
    reason: "prescription-state",
};

impl Standing {
    /// Signed just now.
    pub(super) fn ordered(total: u64) -> Self {
        Self {
            state: State::Ordered,
            given: 0,
            total,
        }
    }

    /// After a fact.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`prescription-state`); [`ClinicError::Invalid`] (`amount`) for more than
    /// is left or was given, for nothing where something must move, for something where nothing moves.
    pub(super) fn after(self, kind: FactKind, amount: u64) -> Result<Self> {
        use FactKind as F;
        let open = matches!(self.state, State::Ordered | State::Partly);
        let allowed = match kind {
            F::Dispensed | F::Asked => open,
            F::Answered => self.state == State::Asked,
            F::Returned => self.given > 0,
            F::Cancelled => self.state != State::Cancelled,
        };
        if !allowed {
            return Err(STANDS);
        }
        let possible = match kind {
            F::Dispensed => (1..=self.total - self.given).contains(&amount),
            F::Returned => (1..=self.given).contains(&amount),
            F::Asked | F::Answered | F::Cancelled => amount == 0,
        };
        if !possible {
            return Err(ClinicError::Invalid {
                field: "amount",
                rule: "range",
            });
        }
        let given = match kind {
            F::Dispensed => self.given + amount,
            F::Returned => self.given - amount,
            _ => self.given,
        };
        let by_given = match given {
            0 => State::Ordered,
            given if given < self.total => State::Partly,
            _ => State::Dispensed,
        };
        let state = match (kind, self.state) {
            (F::Cancelled, _) | (_, State::Cancelled) => State::Cancelled,
            (F::Asked, _) => State::Asked,
            (F::Returned, State::Asked) => State::Asked,
            _ => by_given,
        };
        Ok(Self {
            state,
            given,
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [FactKind; 5] = [
        FactKind::Dispensed,
        FactKind::Returned,
        FactKind::Asked,
        FactKind::Answered,
        FactKind::Cancelled,
    ];

    proptest! {
        #[test]
        fn never_more_is_given_than_ordered_and_stopped_stays_stopped(
            total in 1_u64..1000, acts in prop::collection::vec((0..5_usize, 0_u64..1500), 0..30)
        ) {
            let mut now = Standing::ordered(total);
            let (mut given, mut stopped) = (0_i64, false);
            for (kind, amount) in acts {
                let Ok(next) = now.after(KINDS[kind], amount) else { continue };
                given += match KINDS[kind] {
                    FactKind::Dispensed => amount as i64,
                    FactKind::Returned => -(amount as i64),
                    _ => 0,
                };
                prop_assert_eq!(next.given as i64, given);
                prop_assert!(next.given <= total);
                prop_assert!(!(stopped && KINDS[kind] == FactKind::Dispensed));
                stopped |= KINDS[kind] == FactKind::Cancelled;
                prop_assert_eq!(next.state == State::Cancelled, stopped);
                prop_assert_eq!(next.state == State::Dispensed && next.given < total, false);
                now = next;
            }
        }
    }
}
