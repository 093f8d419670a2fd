//! A patient's own prescriptions at the kiosk.

use super::{OwnPrescriptionView, order::MANY, views};
use crate::{dispatch::Call, error::CommandError};

pub(crate) fn list(call: &Call<'_>, (): ()) -> Result<Vec<OwnPrescriptionView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let own = permit
        .patient()
        .ok_or(CommandError::NotFound { what: "patient" })?;
    clinic.note_read(permit, call.verb(), Some(own))?;
    let all = clinic.prescriptions_of(permit, own, MANY)?;
    let now = call.inner().clock.now();
    all.iter().map(|one| views::own(one, now)).collect()
}
