//! What happens for every call, in one place: find the row, the session, the permission; run the
//! handler; keep the outcome in the journal; answer with a view or an error that can be told.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use ::clinic::{ActiveSession, Clinic, Permission, Permit, authorize};
use basics::{Code, Coded};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    error::{CommandError, ErrorView},
    table::{Need, Row, Verb},
    workstation::{Inner, Seat, Workstation},
};

/// One call, as its handler sees it.
pub(crate) struct Call<'a> {
    pub(crate) workstation: &'a Workstation,
    pub(crate) window: &'a str,
    verb: Verb,
    seat: Option<Seat>,
    active: Option<ActiveSession>,
    permit: Option<Permit>,
}

impl Workstation {
    /// Carries out one row of the table for a window.
    ///
    /// # Errors
    /// The view of whatever went wrong; nothing was changed then.
    pub fn call(&self, window: &str, name: &str, request: Value) -> Result<Value, ErrorView> {
        let row = self
            .inner
            .rows
            .get(name)
            .ok_or(CommandError::UnknownCommand)?;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let call = Call::enter(self, window, row)?;
            (row.run)(&call, request)
        }))
        .unwrap_or_else(|_| {
            tracing::error!(command = name, "a handler panicked");
            Err(CommandError::Defect)
        });
        match outcome {
            Ok(answer) => {
                self.inner.changed(row.stales);
                Ok(answer)
            }
            Err(error) => {
                self.note_failure(window, row, &error);
                Err(error.into())
            }
        }
    }

    /// Refusals and failures belong in the journal, whatever the row.
    fn note_failure(&self, window: &str, row: &Row, error: &CommandError) {
        let code = error.code();
        // Signing in and setting up keep their own refusals; a call that never was one keeps none.
        if matches!(row.need, Need::Nobody) || matches!(code, Code::SignInNeeded | Code::Locked) {
            return;
        }
        let Some(seat) = self.inner.seat(window) else {
            return;
        };
        let Ok(clinic) = self.inner.clinic() else {
            return;
        };
        if let Ok(session) = clinic.session(seat.session)
            && let Err(error) = clinic.note_unsuccessful(Some(&session), row.verb.name(), &[], code)
        {
            tracing::error!(%error, verb = row.verb.name(), "a refusal was not journalled");
        }
    }
}

impl<'a> Call<'a> {
    fn enter(
        workstation: &'a Workstation,
        window: &'a str,
        row: &Row,
    ) -> Result<Self, CommandError> {
        let inner = &workstation.inner;
        let seat = inner.seat(window);
        let mut call = Self {
            workstation,
            window,
            verb: row.verb,
            seat,
            active: None,
            permit: None,
        };
        match row.need {
            Need::Nobody => {}
            Need::SignedIn => {
                call.seat()?;
            }
            Need::Permission(permission) => {
                let seat = call.seat()?;
                let active = inner.clinic()?.session(seat.session).map_err(ended)?;
                call.permit = Some(authorize(&active, permission)?);
                call.active = Some(active);
            }
        }
        Ok(call)
    }

    pub(crate) fn inner(&self) -> &'a Inner {
        &self.workstation.inner
    }

    /// The same, for work that goes on after the call.
    pub(crate) fn inner_arc(&self) -> &'a Arc<Inner> {
        &self.workstation.inner
    }

    pub(crate) fn clinic(&self) -> Result<Clinic, CommandError> {
        self.inner().clinic()
    }

    /// Who sits at this window, also while it is locked.
    pub(crate) fn seat(&self) -> Result<&Seat, CommandError> {
        self.seat.as_ref().ok_or(CommandError::SignInNeeded)
    }

    /// The session of this window, if it may act.
    pub(crate) fn active(&self) -> Result<ActiveSession, CommandError> {
        match &self.active {
            Some(active) => Ok(active.clone()),
            None => self.clinic()?.session(self.seat()?.session).map_err(ended),
        }
    }

    /// The leave that the dispatcher got for this row.
    pub(crate) fn permit(&self) -> Result<&Permit, CommandError> {
        self.permit.as_ref().ok_or(CommandError::SignInNeeded)
    }

    /// Leave for another permission of the same person, for what a row needs beside its own.
    pub(crate) fn leave(&self, permission: Permission) -> Result<Permit, CommandError> {
        Ok(authorize(&self.active()?, permission)?)
    }

    /// The row's verb in the journal.
    pub(crate) fn verb(&self) -> &'static str {
        self.verb.name()
    }
}

/// Reads a request; what is wrong with it is not repeated, since it may hold a person's data.
pub(crate) fn decode<T: DeserializeOwned>(request: Value) -> Result<T, CommandError> {
    serde_json::from_value(request).map_err(|_| CommandError::BadRequest)
}

pub(crate) fn encode<T: Serialize>(response: &T) -> Result<Value, CommandError> {
    serde_json::to_value(response).map_err(|_| CommandError::Defect)
}

/// A session that ended or is locked, in the words of this window.
pub(crate) fn ended(error: ::clinic::ClinicError) -> CommandError {
    match error {
        ::clinic::ClinicError::SessionEnded => CommandError::SignInNeeded,
        ::clinic::ClinicError::SessionLocked => CommandError::WindowLocked,
        other => other.into(),
    }
}
