//! One way out and what goes over it, a message at a time.
//!
//! A message that fails waits as the record says. A way that fails – no network, a wrong password –
//! holds the others back with it, so that they do not use up their tries against a closed door.

use std::{
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ::clinic::{AttemptEnd, Clinic, Delivery, DeliveryChannel, Permit};
use ::reports::delivery::{Channel, Failure, Outcome, Parcel, Problem};
use basics::{Coded, Phi, Timestamp};
use tokio::sync::Notify;

use super::{channels, outbox};
use crate::{
    error::CommandError,
    table::Tag,
    workstation::{Inner, lock},
};

/// Seconds for which a way rests after so many failures of its own, one after the other. A single broken
/// connection says nothing about the next.
const REST_S: [i64; 7] = [0, 10, 30, 60, 120, 300, 900];

/// Settings that are wrong stay wrong until somebody changes them; then the lane is woken.
const WRONG_SETTINGS_S: i64 = 3600;

/// How often a lane looks at the clock while something waits: machines sleep, and clocks are set.
const LOOK: Duration = Duration::from_secs(1);

/// Messages that are looked up at once: the next, and a few more should it have been taken back just now.
const BATCH: u32 = 8;

/// A way out.
pub(super) struct Lane {
    channel: DeliveryChannel,
    started: AtomicBool,
    sending: AtomicBool,
    wake: Notify,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Failures of the way itself, one after the other.
    failures: usize,
    /// It rests until then.
    rests: Option<Timestamp>,
    /// Why.
    problem: Option<Problem>,
}

/// A message about to go out.
struct Sending {
    way: Arc<dyn Channel>,
    parcel: Parcel,
    delivery: Delivery,
    permit: Permit,
}

impl Lane {
    pub(super) fn new(channel: DeliveryChannel) -> Self {
        Self {
            channel,
            started: AtomicBool::new(false),
            sending: AtomicBool::new(false),
            wake: Notify::new(),
            state: Mutex::default(),
        }
    }

    /// Starts it, once.
    pub(super) fn start(self: &Arc<Self>, inner: &Arc<Inner>) -> Result<(), CommandError> {
        let runtime = inner.runtime()?;
        if !self.started.swap(true, Ordering::AcqRel) {
            runtime.spawn(self.clone().run(Arc::downgrade(inner)));
        }
        Ok(())
    }

    /// Looks again now; what it rested for may have changed.
    pub(super) fn wake(&self) {
        *lock(&self.state) = State::default();
        self.wake.notify_one();
    }

    pub(super) fn is_sending(&self) -> bool {
        self.sending.load(Ordering::Acquire)
    }

    /// Why it rests.
    pub(super) fn problem(&self) -> Option<Problem> {
        lock(&self.state).problem
    }

    /// Ends with the workstation; it is never kept alive from here.
    async fn run(self: Arc<Self>, workstation: Weak<Inner>) {
        loop {
            while let Some(sending) = workstation.upgrade().and_then(|inner| self.next(&inner)) {
                self.send(&workstation, sending).await;
                self.sending.store(false, Ordering::Release);
            }
            let Some(waits) = workstation.upgrade().map(|inner| something_waits(&inner)) else {
                return;
            };
            match waits {
                true => drop(tokio::time::timeout(LOOK, self.wake.notified()).await),
                false => self.wake.notified().await,
            }
        }
    }

    /// The next message that is due, begun durably.
    fn next(&self, inner: &Inner) -> Option<Sending> {
        let now = inner.clock.now();
        if lock(&self.state).rests.is_some_and(|until| now < until) {
            return None;
        }
        let clinic = inner.clinic().ok()?;
        for permit in inner.outbox.permits() {
            let Ok(due) = clinic.due_deliveries(&permit, self.channel, BATCH) else {
                continue;
            };
            for delivery in due {
                self.sending.store(true, Ordering::Release);
                inner.outbox.keep_open(&clinic, || true);
                match self.begin(&clinic, permit.clone(), &delivery) {
                    Ok(Some(sending)) => return Some(sending),
                    // Not set up: it waits until it is.
                    Ok(None) => break,
                    // Somebody took it back just now, or the record is closing.
                    Err(error) => tracing::warn!(%error, "a delivery was not begun"),
                }
            }
        }
        self.sending.store(false, Ordering::Release);
        None
    }

    fn begin(
        &self,
        clinic: &Clinic,
        permit: Permit,
        due: &Delivery,
    ) -> Result<Option<Sending>, CommandError> {
        let Some(way) = channels::open(clinic, &permit, self.channel)? else {
            return Ok(None);
        };
        let delivery = clinic.begin_attempt(&permit, due.id)?;
        match parcel(clinic, &permit, &delivery) {
            Ok(parcel) => Ok(Some(Sending {
                way,
                parcel,
                delivery,
                permit,
            })),
            Err(error) => {
                let failure = Problem::RecordUnavailable.into();
                end(clinic, &permit, &delivery, Outcome::TryAgain(failure))?;
                Err(error)
            }
        }
    }

    async fn send(&self, workstation: &Weak<Inner>, sending: Sending) {
        let Sending {
            way,
            parcel,
            delivery,
            permit,
        } = sending;
        let (id, attempt) = (delivery.id, delivery.attempts);
        let point = {
            let (workstation, permit) = (workstation.clone(), permit.clone());
            move || {
                workstation
                    .upgrade()
                    .and_then(|inner| inner.clinic().ok())
                    .is_some_and(|clinic| clinic.begin_data(&permit, id, attempt).is_ok())
            }
        };
        let outcome = way.send(&parcel, &point).await;
        let Some(inner) = workstation.upgrade() else {
            return;
        };
        self.learn(&inner, &outcome);
        let kept = inner
            .clinic()
            .and_then(|clinic| end(&clinic, &permit, &delivery, outcome));
        if let Err(error) = kept {
            // The record settles it when it is opened again.
            tracing::error!(%error, "how a delivery ended could not be kept");
        }
        tell(&inner, &permit);
    }

    /// What an outcome says about the way itself.
    fn learn(&self, inner: &Inner, outcome: &Outcome) {
        let mut state = lock(&self.state);
        let problem = match outcome {
            Outcome::TryAgain(failure) | Outcome::Uncertain(failure) => failure.problem,
            Outcome::Delivered { .. } | Outcome::Refused(_) | Outcome::Stopped => {
                return *state = State::default();
            }
        };
        if !problem.of_the_way() {
            return;
        }
        let seconds = match problem.of_settings() {
            true => WRONG_SETTINGS_S,
            false => REST_S[state.failures.min(REST_S.len() - 1)],
        };
        state.failures += 1;
        state.problem = Some(problem);
        state.rests = Some(
            inner
                .clock
                .now()
                .saturating_add(jiff::SignedDuration::from_secs(seconds))
                .unwrap_or(Timestamp::MAX),
        );
    }
}

/// The message, with its sealed file from the vault.
fn parcel(clinic: &Clinic, permit: &Permit, delivery: &Delivery) -> Result<Parcel, CommandError> {
    let missing = CommandError::NotFound { what: "file" };
    let bytes = clinic.report_file_bytes(permit, delivery.file_id.ok_or(missing)?)?;
    Ok(Parcel::of_report(
        delivery.message_id.clone(),
        delivery.created,
        delivery.address.clone(),
        delivery.language,
        &clinic.status().clinic_name,
        &delivery.report_number,
        bytes.to_vec(),
    ))
}

/// Keeps how a try ended.
fn end(
    clinic: &Clinic,
    permit: &Permit,
    delivery: &Delivery,
    outcome: Outcome,
) -> Result<(), CommandError> {
    let parts = |failure: Failure| {
        let code = failure.problem.message_id();
        (code, failure.answer.unwrap_or_default())
    };
    let end = match outcome {
        Outcome::Delivered { answer } => AttemptEnd::Delivered { answer },
        Outcome::Refused(failure) => {
            let (code, answer) = parts(failure);
            AttemptEnd::Refused { code, answer }
        }
        Outcome::TryAgain(failure) => {
            let (code, answer) = parts(failure);
            AttemptEnd::TryAgain {
                code,
                answer,
                after_s: None,
            }
        }
        Outcome::Uncertain(failure) => {
            let (code, answer) = parts(failure);
            AttemptEnd::Uncertain { code, answer }
        }
        // The record refused the point of no return; where it can still be written, it is tried again.
        Outcome::Stopped => AttemptEnd::TryAgain {
            code: Problem::RecordUnavailable.message_id(),
            answer: Phi::default(),
            after_s: None,
        },
    };
    clinic.end_attempt(permit, delivery.id, delivery.attempts, &end)?;
    Ok(())
}

/// Whether anything is due now or later, for anybody who sends; holds the record open while it is so.
fn something_waits(inner: &Inner) -> bool {
    let Ok(clinic) = inner.clinic() else {
        return false;
    };
    let permits = inner.outbox.permits();
    inner.outbox.keep_open(&clinic, || {
        permits
            .iter()
            .any(|permit| matches!(clinic.next_delivery(permit), Ok(Some(_))))
    })
}

/// Tells whoever sends how the outbox stands.
fn tell(inner: &Inner, permit: &Permit) {
    inner.changed(&[Tag::Outbox, Tag::Reports, Tag::Worklist]);
    let shown = inner
        .clinic()
        .and_then(|clinic| outbox::view(inner, &clinic, permit));
    match shown {
        Ok(shown) => inner.tell_user(permit.user(), "delivery.changed", &shown),
        Err(error) => tracing::warn!(%error, "the outbox could not be shown"),
    }
}
