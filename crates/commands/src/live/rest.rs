//! Consultations rest while their doctor is signed out and go on at the next sign-in. Locking a
//! window changes nothing: a live consultation is not interrupted.

use std::sync::Arc;

use ::clinic::{ActiveSession, Permission, Role, authorize};

use super::act;
use crate::{
    error::CommandError,
    workstation::{Inner, lock},
};

/// A doctor signed in: consultations that were not ended go on.
pub(crate) fn take_up(inner: &Arc<Inner>, session: &ActiveSession) {
    if session.role() != Role::Doctor {
        return;
    }
    let taken_up = authorize(session, Permission::HostConsultations)
        .map_err(CommandError::from)
        .and_then(|permit| {
            inner.transcribing.serve(inner, &permit)?;
            let running = inner.clinic()?.open_consultations(&permit)?;
            // One that cannot be taken up does not hold up the others.
            for consultation in running {
                if let Err(error) = act::open(inner, &permit, consultation.id) {
                    tracing::error!(%error, "a consultation was not taken up again");
                }
            }
            Ok(())
        });
    if let Err(error) = taken_up {
        tracing::error!(%error, "running consultations could not be looked for");
    }
}

/// A relay is there again: consultations that went over it and lost it go on.
pub(crate) fn reconnect(inner: &Inner) {
    let rooms: Vec<_> = lock(&inner.rooms).values().cloned().collect();
    for room in rooms {
        if let Err(error) = room.find_way() {
            tracing::warn!(%error, "a consultation found no way to its relay");
        }
    }
}

/// Somebody left a window: consultations of whoever sits at none any more wait, and their phones
/// see that the doctor is away. What is kept stays kept.
pub(crate) fn rest(inner: &Inner) {
    lock(&inner.rooms).retain(|_, room| inner.sits(room.doctor));
}
