//! Handlers of signing in and out, locking, one's own password and preferences.

use ::clinic::{
    ClinicError, Session,
    access::{Reach, reach},
    authorize,
};

use super::{ChangePasswordRequest, Preferences, SessionView, SignInRequest, UnlockRequest};
use crate::{
    delivery,
    dispatch::Call,
    error::CommandError,
    language, live, search,
    table::{Need, table},
    workstation::{Inner, Seat},
};

pub(super) fn sign_in(
    call: &Call<'_>,
    request: SignInRequest,
) -> Result<SessionView, CommandError> {
    let clinic = call.clinic()?;
    let session = clinic.sign_in(&request.login, &request.password)?;
    // Whoever sat here before is signed out: one window, one person.
    if let Some(before) = call.inner().leave(call.window) {
        clinic.sign_out(before.session)?;
    }
    let seat = call.inner().sit(call.window, &session)?;
    live::rest(call.inner());
    delivery::rest(call.inner());
    search::rest(call.inner());
    if let Ok(active) = clinic.session(session.id) {
        language::take_up(call.inner(), &active);
        live::take_up(call.inner_arc(), &active);
        delivery::take_up(call.inner_arc(), &active);
        search::take_up(call.inner_arc(), &active);
    }
    let shown = view(call.inner(), &seat, session)?;
    call.inner().session_changed(call.window, Some(&shown));
    Ok(shown)
}

pub(super) fn current(call: &Call<'_>, (): ()) -> Result<Option<SessionView>, CommandError> {
    let Ok(seat) = call.seat() else {
        return Ok(None);
    };
    match call.clinic()?.session_view(seat.session) {
        Ok(session) => view(call.inner(), seat, session).map(Some),
        Err(ClinicError::SessionEnded) => {
            call.inner().leave(call.window);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn touch(call: &Call<'_>, (): ()) -> Result<(), CommandError> {
    call.clinic()?
        .touch(call.seat()?.session)
        .map_err(crate::dispatch::ended)
}

pub(super) fn lock(call: &Call<'_>, (): ()) -> Result<(), CommandError> {
    call.clinic()?
        .lock_session(call.seat()?.session)
        .map_err(crate::dispatch::ended)?;
    call.inner().pictures.clear();
    call.inner().previews.clear();
    let shown = current(call, ())?;
    call.inner().session_changed(call.window, shown.as_ref());
    Ok(())
}

pub(super) fn unlock(call: &Call<'_>, request: UnlockRequest) -> Result<SessionView, CommandError> {
    let seat = call.seat()?;
    let session = call
        .clinic()?
        .unlock_session(seat.session, &request.password)
        .map_err(crate::dispatch::ended)?;
    // Addresses from before the lock show nothing any more.
    let seat = call.inner().sit(call.window, &session)?;
    let shown = view(call.inner(), &seat, session)?;
    call.inner().session_changed(call.window, Some(&shown));
    Ok(shown)
}

pub(super) fn sign_out(call: &Call<'_>, (): ()) -> Result<(), CommandError> {
    call.inner().asking.stop(call.window, None);
    if let Some(seat) = call.inner().leave(call.window) {
        call.clinic()?.sign_out(seat.session)?;
    }
    live::rest(call.inner());
    delivery::rest(call.inner());
    search::rest(call.inner());
    call.inner().pictures.clear();
    call.inner().previews.clear();
    call.inner().session_changed(call.window, None);
    Ok(())
}

pub(super) fn change_password(
    call: &Call<'_>,
    request: ChangePasswordRequest,
) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .change_password(&call.active()?, &request.current, &request.new)?)
}

pub(super) fn save_preferences(
    call: &Call<'_>,
    mut request: Preferences,
) -> Result<(), CommandError> {
    request.map_opacity = request.map_opacity.min(100);
    let value = crate::dispatch::encode(&request)?;
    call.clinic()?.save_preferences(&call.active()?, value)?;
    Ok(())
}

/// The session as its window shows it.
fn view(inner: &Inner, seat: &Seat, session: Session) -> Result<SessionView, CommandError> {
    let clinic = inner.clinic()?;
    let status = clinic.status();
    let active = clinic.session(seat.session).ok();
    let commands = table()
        .iter()
        .filter(|row| match row.need {
            Need::Nobody | Need::SignedIn => true,
            Need::Permission(permission) => match reach(session.role, permission) {
                // What only named people may do is offered to them alone.
                Some(Reach::Named) => {
                    (active.as_ref()).is_some_and(|active| authorize(active, permission).is_ok())
                }
                reach => reach.is_some(),
            },
        })
        .map(|row| row.name.to_string())
        .collect();
    Ok(SessionView {
        user_id: session.user_id,
        name: session.name.expose().clone(),
        login: session.login.expose().clone(),
        role: session.role.into(),
        patient_id: session.patient_id,
        clinic_name: status.clinic_name,
        demo: status.demo,
        commands,
        grant: if session.locked {
            String::new()
        } else {
            seat.grant.clone()
        },
        locked: session.locked,
        idle_minutes: session.idle_minutes,
        expires: session.expires,
        preferences: serde_json::from_value(session.preferences).unwrap_or_default(),
    })
}
