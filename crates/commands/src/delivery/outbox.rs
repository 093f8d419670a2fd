//! The outbox at work: it sends while somebody who may send is signed in, also behind a locked window.
//! What waits lies in the record, so that nothing here needs to survive a crash.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use ::clinic::{ActiveSession, Clinic, DeliveryChannel, Hold, Permission, Permit, authorize};
use basics::UserId;

use super::{OutboxView, lane::Lane};
use crate::{
    error::CommandError,
    workstation::{Inner, lock},
};

/// What the program holds of the outbox.
pub(crate) struct Outbox {
    senders: Mutex<HashMap<UserId, Permit>>,
    /// While something waits the record stays open, also behind a locked window.
    hold: Mutex<Option<Hold>>,
    /// One message at a time on each way; ways do not wait for one another.
    lanes: [Arc<Lane>; 2],
}

impl Default for Outbox {
    fn default() -> Self {
        let lane = |channel| Arc::new(Lane::new(channel));
        Self {
            senders: Mutex::default(),
            hold: Mutex::default(),
            lanes: [
                lane(DeliveryChannel::Email),
                lane(DeliveryChannel::WhatsApp),
            ],
        }
    }
}

impl Outbox {
    /// Leave of everybody who sends now.
    pub(super) fn permits(&self) -> Vec<Permit> {
        lock(&self.senders).values().cloned().collect()
    }

    /// Keeps the record open while something waits or is on its way, and no longer. All of it is asked
    /// under one lock: a lane that finds nothing must not close the record under another that sends.
    pub(super) fn keep_open(&self, clinic: &Clinic, waits: impl FnOnce() -> bool) -> bool {
        let mut hold = lock(&self.hold);
        let waits = waits();
        let sending = self.lanes.iter().any(|lane| lane.is_sending());
        match (waits || sending, hold.is_some()) {
            (true, false) => *hold = clinic.hold().ok(),
            (false, true) => *hold = None,
            _ => {}
        }
        waits
    }
}

/// Somebody signed in: what they may send goes out.
pub(crate) fn take_up(inner: &Arc<Inner>, session: &ActiveSession) {
    let Ok(permit) = authorize(session, Permission::SendReports) else {
        return;
    };
    lock(&inner.outbox.senders).insert(session.user(), permit);
    for lane in &inner.outbox.lanes {
        if let Err(error) = lane.start(inner) {
            tracing::error!(%error, "the outbox could not be started");
        }
    }
    wake(inner);
}

/// Something is to be sent, or can be sent now.
pub(super) fn wake(inner: &Inner) {
    inner.outbox.lanes.iter().for_each(|lane| lane.wake());
}

/// Somebody left a window: whoever sits at none any more sends nothing more.
pub(crate) fn rest(inner: &Inner) {
    let outbox = &inner.outbox;
    lock(&outbox.senders).retain(|user, _| inner.sits(*user));
    if lock(&outbox.senders).is_empty()
        && let Ok(clinic) = inner.clinic()
    {
        outbox.keep_open(&clinic, || false);
    }
}

/// The outbox as the bar at the bottom shows it.
pub(super) fn view(
    inner: &Inner,
    clinic: &Clinic,
    permit: &Permit,
) -> Result<OutboxView, CommandError> {
    let (outbox, services) = (clinic.outbox(permit)?, clinic.services(permit)?);
    let waiting = outbox.waiting + outbox.sending;
    let problem = inner.outbox.lanes.iter().find_map(|lane| lane.problem());
    let mut channels = Vec::new();
    channels.extend(services.smtp.map(|_| super::DeliveryChannel::Email));
    channels.extend(services.whatsapp.map(|_| super::DeliveryChannel::WhatsApp));
    channels.extend(services.fhir.map(|_| super::DeliveryChannel::Fhir));
    Ok(OutboxView {
        waiting,
        uncertain: outbox.uncertain,
        failed: outbox.failed,
        next_try: clinic.next_delivery(permit)?,
        channels,
        problem: problem.filter(|_| waiting > 0).map(Into::into),
    })
}
