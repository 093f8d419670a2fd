//! Handlers of the accounts.

use ::clinic::{ClinicError, NewUser, Role as Stored};
use basics::Phi;

use super::{CreateUserRequest, ResetPasswordRequest, SetUserEnabledRequest, UserView};
use crate::{dispatch::Call, error::CommandError, session::Role};

pub(super) fn list(call: &Call<'_>, (): ()) -> Result<Vec<UserView>, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    Ok(clinic
        .users(call.permit()?)?
        .into_iter()
        .map(Into::into)
        .collect())
}

pub(super) fn create(
    call: &Call<'_>,
    request: CreateUserRequest,
) -> Result<UserView, CommandError> {
    // A patient's account is bound to a record and made from their chart.
    if request.role == Role::Patient {
        return Err(CommandError::Invalid { field: "role" });
    }
    let new = NewUser {
        login: request.login,
        name: Phi::new(request.name),
        role: Stored::from(request.role),
        password: request.password,
    };
    let user = call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.create_user(&new)
        })?;
    Ok(user.into())
}

pub(super) fn set_enabled(
    call: &Call<'_>,
    request: SetUserEnabledRequest,
) -> Result<UserView, CommandError> {
    let user = call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.set_user_enabled(request.id, request.enabled)
        })?;
    Ok(user.into())
}

pub(super) fn reset_password(
    call: &Call<'_>,
    request: ResetPasswordRequest,
) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.reset_password(request.id, &request.password)
        })?)
}
