//! Handlers of accounts.

use ::clinic::{ClinicError, Role as Stored};

use super::{DutiesView, SetUserRoleRequest, SignedInView, UserRequest};
use crate::{clinic::UserView, dispatch::Call, error::CommandError, session::Role};

pub(super) fn set_role(
    call: &Call<'_>,
    request: SetUserRoleRequest,
) -> Result<UserView, CommandError> {
    let role = Stored::from(request.role);
    let user = call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.set_user_role(request.id, role)
        })?;
    Ok(user.into())
}

pub(super) fn remove(call: &Call<'_>, request: UserRequest) -> Result<UserView, CommandError> {
    let user = call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.remove_user(request.id)
        })?;
    Ok(user.into())
}

pub(super) fn end_sessions(call: &Call<'_>, request: UserRequest) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.end_sessions(request.id)
        })?)
}

pub(super) fn signed_in(call: &Call<'_>, (): ()) -> Result<Vec<SignedInView>, CommandError> {
    let signed_in = call.clinic()?.signed_in(call.permit()?)?;
    let own = call.seat()?.session;
    Ok(signed_in
        .into_iter()
        .map(|one| SignedInView {
            user_id: one.user_id,
            name: (one.role != Stored::Patient).then(|| one.name.expose().clone()),
            role: Role::from(one.role),
            window: call.inner().window_of(one.session),
            here: one.session == own,
            locked: one.locked,
            since: one.since,
            active: one.active,
        })
        .collect())
}

pub(super) fn duties(call: &Call<'_>, request: UserRequest) -> Result<DutiesView, CommandError> {
    let duties = call.clinic()?.duties(call.permit()?, request.id)?;
    Ok(DutiesView {
        restricted: duties.restricted,
        drafts: duties.drafts,
        consultations: duties.consultations,
    })
}
