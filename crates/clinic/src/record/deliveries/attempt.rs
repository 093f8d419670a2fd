//! One try after another: what the outbox's worker writes down, each durable before it goes on.
//!
//! Tries and waiting make no row in the journal; how a delivery ends does.

use basics::{DeliveryId, Phi, Timestamp};
use rusqlite::Connection;

use super::{Delivery, DeliveryState, Found, Note, find_delivery, load, step};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    journal::{self, Act, Outcome, Subject},
    limits,
    record::{sql, worklist},
    store::Store,
};

/// Seconds until the next try after so many failed ones: from half a minute to eight hours, for two days
/// in all; after the last it has failed.
pub const BACK_OFF_S: [u32; 14] = [
    30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800, 28_800, 28_800, 28_800,
];

/// How a try ended. `code` is a key of the catalogue; `answer` is what the other side said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptEnd {
    /// The other side took it.
    Delivered {
        /// What it said.
        answer: Phi<String>,
    },
    /// It will not take it.
    Refused {
        /// Why.
        code: &'static str,
        /// What it said.
        answer: Phi<String>,
    },
    /// Nothing was taken; another try may do.
    TryAgain {
        /// Why.
        code: &'static str,
        /// What it said.
        answer: Phi<String>,
        /// Not before so many seconds, where the other side asked for it.
        after_s: Option<u32>,
    },
    /// The content went out and the answer was lost.
    Uncertain {
        /// Why.
        code: &'static str,
        /// What it said before.
        answer: Phi<String>,
    },
}

/// Characters of an answer that are kept; the rest says nothing new.
const ANSWER: usize = 1_000;

impl Clinic {
    /// Begins a try: it is [`DeliveryState::Sending`], durably, before a byte goes out.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`]: `delivery-state` where it is not due (cancelled, being sent, over),
    /// `uncertain-stays`; [`ClinicError::NotFound`]; disk errors: then send nothing.
    pub fn begin_attempt(&self, permit: &Permit, id: DeliveryId) -> Result<Delivery> {
        permit.needs(Permission::SendReports)?;
        let (store, at) = (self.store()?, self.now().as_millisecond());
        store.upkeep(|db| {
            let found = find_delivery(db, permit, id)?;
            found.may_go_again(db)?;
            let note = Note {
                begins: true,
                ..Note::default()
            };
            step(db, &found, DeliveryState::Sending, at, note)?;
            load(db, id)
        })
    }

    /// Says, durably, that the content goes out now. Call it just before; where it is refused, send
    /// nothing: another start of the program has settled this try.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`delivery-state`) where try `attempt` does not run;
    /// [`ClinicError::NotFound`]; disk errors.
    pub fn begin_data(&self, permit: &Permit, id: DeliveryId, attempt: u32) -> Result<()> {
        permit.needs(Permission::SendReports)?;
        self.store()?.upkeep(|db| {
            let found = find_delivery(db, permit, id)?;
            runs(&found, attempt, &[DeliveryState::Sending])?;
            db.prepare_cached("UPDATE deliveries SET data_begun = 1 WHERE key = ?1")?
                .execute([found.key])?;
            Ok(())
        })
    }

    /// Writes down how try `attempt` ended. An answer that comes after the try was called uncertain
    /// settles it. Where the last try of [`BACK_OFF_S`] fails, the delivery has failed (code `gave-up`).
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`delivery-state`) where that try neither runs nor is uncertain;
    /// [`ClinicError::NotFound`]; disk errors.
    pub fn end_attempt(
        &self,
        permit: &Permit,
        id: DeliveryId,
        attempt: u32,
        end: &AttemptEnd,
    ) -> Result<Delivery> {
        permit.needs(Permission::SendReports)?;
        let (store, now) = (self.store()?, self.now());
        let plan = Plan::of(end, attempt, now)?;
        let write = |db: &Connection| -> Result<(Delivery, Found)> {
            let found = find_delivery(db, permit, id)?;
            runs(
                &found,
                attempt,
                &[DeliveryState::Sending, DeliveryState::Uncertain],
            )?;
            let note = Note {
                code: plan.code,
                answer: &plan.answer,
                next_try: plan.next_try,
                ..Note::default()
            };
            if found.state != plan.state {
                step(db, &found, plan.state, now.as_millisecond(), note)?;
            }
            if plan.state == DeliveryState::Delivered {
                worklist::refresh(db, found.scan_key)?;
            }
            Ok((load(db, id)?, found))
        };
        if plan.state == DeliveryState::Waiting {
            return store.upkeep(|db| write(db).map(|(delivery, _)| delivery));
        }
        store.transaction(|db| {
            let (delivery, found) = write(db)?;
            let head = note_end(db, &store, &found, plan.state, now, Some(permit))?;
            Ok((delivery, head))
        })
    }
}

/// What a try's end makes of its delivery.
struct Plan {
    state: DeliveryState,
    code: &'static str,
    answer: String,
    next_try: Option<i64>,
}

impl Plan {
    fn of(end: &AttemptEnd, attempt: u32, now: Timestamp) -> Result<Self> {
        let wait = back_off(attempt);
        let later = |seconds: u32| {
            let at = now.as_millisecond();
            Some(at.saturating_add(i64::from(seconds) * 1_000))
        };
        let (state, code, answer, next_try) = match end {
            AttemptEnd::Delivered { answer } => (DeliveryState::Delivered, "", answer, None),
            AttemptEnd::Refused { code, answer } => (DeliveryState::Failed, *code, answer, None),
            AttemptEnd::TryAgain {
                code,
                answer,
                after_s,
            } => match wait {
                None => (DeliveryState::Failed, "gave-up", answer, None),
                Some(wait) => {
                    let next_try = later(wait.max(after_s.unwrap_or(0)));
                    (DeliveryState::Waiting, *code, answer, next_try)
                }
            },
            AttemptEnd::Uncertain { code, answer } => (
                DeliveryState::Uncertain,
                *code,
                answer,
                wait.and_then(later),
            ),
        };
        limits::short("code", code)?;
        Ok(Self {
            state,
            code,
            answer: answer.expose().chars().take(ANSWER).collect(),
            next_try,
        })
    }
}

/// Settles what a crash cut off, before anybody sends again: uncertain where its content had begun to go
/// out, else to be sent now.
pub(crate) fn settle(store: &Store, now: Timestamp) -> Result<()> {
    let cut_off: Vec<Found> = {
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT e.key, e.id, r.id, p.id, r.scan, e.channel, e.attempts, e.data_begun
             FROM deliveries AS e INDEXED BY deliveries_by_state
             CROSS JOIN reports AS r ON r.key = e.report
             CROSS JOIN heads AS p ON p.member = r.patient
             WHERE e.state = 'sending'",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Found {
                key: row.get(0)?,
                id: sql::id(row, 1)?,
                report: sql::id(row, 2)?,
                patient: sql::id(row, 3)?,
                scan_key: row.get(4)?,
                channel: sql::from_key(row, 5)?,
                state: DeliveryState::Sending,
                attempts: row.get(6)?,
                data_begun: row.get(7)?,
            })
        })?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    for found in cut_off {
        let at = now.as_millisecond();
        let (state, wait) = match found.data_begun {
            false => (DeliveryState::Waiting, Some(0)),
            true => (DeliveryState::Uncertain, back_off(found.attempts)),
        };
        let note = Note {
            code: "cut-off",
            next_try: wait.map(|seconds| at + i64::from(seconds) * 1_000),
            ..Note::default()
        };
        match state {
            DeliveryState::Waiting => store.upkeep(|db| step(db, &found, state, at, note))?,
            _ => store.transaction(|db| {
                step(db, &found, state, at, note)?;
                let head = note_end(db, store, &found, state, now, None)?;
                Ok::<_, ClinicError>(((), head))
            })?,
        }
    }
    Ok(())
}

/// Seconds until the next try after try number `attempt`; none after the last.
fn back_off(attempt: u32) -> Option<u32> {
    let at = usize::try_from(attempt.saturating_sub(1)).ok()?;
    BACK_OFF_S.get(at).copied()
}

/// Checks that this try, and no later one, stands in one of these states.
fn runs(found: &Found, attempt: u32, states: &[DeliveryState]) -> Result<()> {
    match found.attempts == attempt && states.contains(&found.state) {
        true => Ok(()),
        false => Err(ClinicError::Conflict {
            reason: "delivery-state",
        }),
    }
}

/// The journal's row of how a delivery ended.
fn note_end(
    db: &Connection,
    store: &Store,
    found: &Found,
    state: DeliveryState,
    at: Timestamp,
    permit: Option<&Permit>,
) -> Result<journal::anchor::Head> {
    let (verb, outcome) = match state {
        DeliveryState::Delivered => ("delivery.delivered", Outcome::Done),
        DeliveryState::Uncertain => ("delivery.uncertain", Outcome::Failed),
        _ => ("delivery.failed", Outcome::Failed),
    };
    let subjects: [Subject; 3] = [found.patient.into(), found.report.into(), found.id.into()];
    let act = Act {
        at,
        user: permit.map(Permit::user),
        verb,
        subjects: &subjects,
        outcome,
        code: None,
    };
    journal::append(db, &store.signing, &act)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends_after_two_days() {
        assert!(BACK_OFF_S.is_sorted());
        assert_eq!(
            (back_off(1), back_off(14), back_off(15)),
            (Some(30), Some(28_800), None)
        );
        let days = f64::from(BACK_OFF_S.iter().sum::<u32>()) / 86_400.0;
        assert!((1.9..2.2).contains(&days), "{days}");
    }
}
