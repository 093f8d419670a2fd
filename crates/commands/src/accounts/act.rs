//! Handlers of people's access.

use ::clinic::{Change, ClinicError, Invitation, NewInvitation, Role as Stored, Rotation};
use basics::Phi;

use super::{
    AccountRequest, AccountStateView, InviteStaffRequest, KeyRotationView, RenewInvitationRequest,
    RotateKeysRequest, StaffInvitationView, letters,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn states(call: &Call<'_>, (): ()) -> Result<Vec<AccountStateView>, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    let states = clinic.account_states(call.permit()?)?;
    Ok(states
        .into_iter()
        .map(|state| AccountStateView {
            user_id: state.user,
            invited_until: state.invited_until,
            invited_email: state.invited_email.map(|email| email.expose().clone()),
            locked_out: state.locked_out,
            second_factor: state.factor.map(Into::into),
        })
        .collect())
}

pub(super) fn invite(
    call: &Call<'_>,
    request: InviteStaffRequest,
) -> Result<StaffInvitationView, CommandError> {
    let email = (request.email)
        .map(|email| email.trim().to_owned())
        .filter(|email| !email.is_empty());
    letters::check(email.as_deref())?;
    let new = NewInvitation {
        login: request.login,
        name: Phi::new(request.name),
        role: Stored::from(request.role),
        email: email.map(Phi::new),
    };
    let invitation = write(call, |change| change.invite(&new))?;
    shown(call, &invitation, request.send)
}

pub(super) fn renew(
    call: &Call<'_>,
    request: RenewInvitationRequest,
) -> Result<StaffInvitationView, CommandError> {
    let invitation = write(call, |change| change.renew_invitation(request.id))?;
    shown(call, &invitation, request.send)
}

pub(super) fn withdraw(call: &Call<'_>, request: AccountRequest) -> Result<(), CommandError> {
    write(call, |change| change.withdraw_invitation(request.id))
}

pub(super) fn unlock(call: &Call<'_>, request: AccountRequest) -> Result<(), CommandError> {
    write(call, |change| change.unlock_account(request.id))
}

pub(super) fn remove_factor(call: &Call<'_>, request: AccountRequest) -> Result<(), CommandError> {
    write(call, |change| change.remove_factor_of(request.id))
}

pub(super) fn rotation(call: &Call<'_>, (): ()) -> Result<KeyRotationView, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    Ok(clinic.rotation(call.permit()?)?.into())
}

pub(super) fn rotate(
    call: &Call<'_>,
    request: RotateKeysRequest,
) -> Result<KeyRotationView, CommandError> {
    let passphrase = request.passphrase.filter(|text| !text.expose().is_empty());
    let done = call.clinic()?.rotate_device(
        call.permit()?,
        &call.active()?,
        &request.password,
        passphrase.as_ref(),
    )?;
    Ok(done.into())
}

fn write<T>(
    call: &Call<'_>,
    change: impl FnOnce(&mut Change<'_>) -> Result<T, ClinicError>,
) -> Result<T, CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), change)?)
}

/// The code as the administrator sees it once; a letter that does not go out is said beside it, and takes nothing back.
fn shown(
    call: &Call<'_>,
    invitation: &Invitation,
    send: bool,
) -> Result<StaffInvitationView, CommandError> {
    let sent = match (&invitation.email, send) {
        (Some(to), true) => Some(letters::invite(call, to, invitation)),
        _ => None,
    };
    let (sent_to, problem) = match (sent, &invitation.email) {
        (Some(Ok(())), Some(to)) => (Some(to.expose().clone()), None),
        (Some(Err(error)), _) => (None, Some(error.into())),
        _ => (None, None),
    };
    Ok(StaffInvitationView {
        user_id: invitation.user,
        login: invitation.login.expose().clone(),
        code: invitation.code.expose().clone(),
        expires: invitation.expires,
        sent_to,
        problem,
    })
}

impl From<Rotation> for KeyRotationView {
    fn from(rotation: Rotation) -> Self {
        Self {
            generation: rotation.generation,
            waiting: rotation.waiting,
        }
    }
}
