//! Handlers of signing in and out, locking, one's own password and preferences.

use ::clinic::{
    Challenge, Clinic, ClinicError, Session, SignIn,
    access::{Reach, reach},
    authorize,
};

use super::{
    ChangePasswordRequest, JoinRequest, PasswordStrengthRequest, PasswordStrengthView, PinRequest,
    Preferences, SessionView, SignInRequest, SomebodyHereView, UnlockRequest,
};
use crate::{
    accounts::letters,
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
    let signed = clinic.sign_in_with(&request.login, &request.password, request.code.as_ref())?;
    let session = match signed {
        SignIn::Done(session) => session,
        SignIn::CodeNeeded(challenge) => return Err(ask_for_code(call, &clinic, &challenge)?),
    };
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
    let renewed = call
        .clinic()?
        .touch(call.seat()?.session)
        .map_err(crate::dispatch::ended)?;
    match renewed {
        true => tell_own(call),
        false => Ok(()),
    }
}

/// This window's session has changed: its screens learn of it.
pub(super) fn tell_own(call: &Call<'_>) -> Result<(), CommandError> {
    let shown = current(call, ())?;
    call.inner().session_changed(call.window, shown.as_ref());
    Ok(())
}

/// The code that is due after a right password; by e-mail it is sent first.
fn ask_for_code(
    call: &Call<'_>,
    clinic: &Clinic,
    challenge: &Challenge,
) -> Result<CommandError, CommandError> {
    if challenge.kind == ::clinic::SecondFactor::Email {
        let sent = match clinic.letter_for(challenge) {
            // One went out a minute ago.
            Ok(None) => Ok(()),
            Ok(Some(letter)) => letters::code(call, &letter),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = sent {
            tracing::warn!(%error, "a code was not sent");
            return Ok(CommandError::CodeNotSent);
        }
    }
    Ok(ClinicError::CodeNeeded(challenge.kind).into())
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

pub(super) fn unlock_with_pin(
    call: &Call<'_>,
    request: PinRequest,
) -> Result<SessionView, CommandError> {
    let seat = call.seat()?;
    let opened = call.clinic()?.unlock_with_pin(seat.session, &request.pin);
    let session = match opened {
        Ok(session) => session,
        Err(error) => {
            // The lock screen learns that the PIN opens no more.
            if matches!(error, ClinicError::WrongPin { left: 0 }) {
                tell_own(call)?;
            }
            return Err(crate::dispatch::ended(error));
        }
    };
    let seat = call.inner().sit(call.window, &session)?;
    let shown = view(call.inner(), &seat, session)?;
    call.inner().session_changed(call.window, Some(&shown));
    Ok(shown)
}

pub(super) fn join(call: &Call<'_>, request: JoinRequest) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .join(&request.login, &request.code, &request.password)?)
}

pub(super) fn strength(
    call: &Call<'_>,
    request: PasswordStrengthRequest,
) -> Result<PasswordStrengthView, CommandError> {
    let mut about = request.about;
    let clinic = call.clinic().ok();
    if let (Some(clinic), Ok(seat)) = (&clinic, call.seat())
        && let Ok(session) = clinic.session_view(seat.session)
    {
        about.extend([
            session.login.expose().clone(),
            session.name.expose().clone(),
        ]);
    }
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    let found = match &clinic {
        Some(clinic) => clinic.password_strength(&request.password, &about),
        None => ::clinic::keys::password::strength(request.password.expose(), &about),
    };
    Ok(PasswordStrengthView {
        score: found.score,
        allowed: found.allowed,
        warning: found.warning.map(Into::into),
        suggestions: found.suggestions.into_iter().map(Into::into).collect(),
    })
}

pub(super) fn people(call: &Call<'_>, (): ()) -> Result<Vec<SomebodyHereView>, CommandError> {
    let Ok(clinic) = call.clinic() else {
        return Ok(Vec::new());
    };
    let mut here: Vec<SomebodyHereView> = call
        .inner()
        .windows()
        .into_iter()
        .filter(|window| window != call.window)
        .filter_map(|window| {
            let seat = call.inner().seat(&window)?;
            let session = clinic.session_view(seat.session).ok()?;
            let staff = session.role != ::clinic::Role::Patient;
            Some(SomebodyHereView {
                window,
                name: staff.then(|| session.name.expose().clone()),
                role: session.role.into(),
            })
        })
        .collect();
    here.sort_by(|one, other| one.window.cmp(&other.window));
    Ok(here)
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
        pin: session.pin,
        idle_minutes: session.idle_minutes,
        expires: session.expires,
        preferences: serde_json::from_value(session.preferences).unwrap_or_default(),
    })
}
