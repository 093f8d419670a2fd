//! Two identifiers, read again before something is signed, sent, handed over or dispensed: what the person
//! compared on the screen is compared with the record as it is now.

use ::clinic::Permission;
use basics::{PatientId, Phi};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{dispatch::Call, error::CommandError};

/// A way to tell people apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Identifier {
    /// Name.
    Name,
    /// Birth date.
    BirthDate,
    /// The clinic's number.
    Number,
    /// ID elsewhere.
    ExternalId,
}

/// An identifier that the person read and confirmed.
#[derive(Debug, Deserialize, TS)]
pub struct ConfirmedIdentifier {
    /// Which.
    pub identifier: Identifier,
    /// As it stood on the screen; it must be what the record says.
    pub value: Phi<String>,
}

/// Compares what the person read and confirmed with what the record says now: at least two different
/// identifiers, every one of them right. `permission` is by what the asker may see who the patient is.
///
/// # Errors
/// [`CommandError::IdentityUnconfirmed`] for fewer than two; [`CommandError::IdentityDiffers`].
pub(crate) fn confirm_identity_by(
    call: &Call<'_>,
    permission: Permission,
    patient: PatientId,
    confirmed: &[ConfirmedIdentifier],
) -> Result<(), CommandError> {
    let permit = call.leave(permission)?;
    let patient = call.clinic()?.patient(&permit, patient)?;
    let mut kinds: Vec<Identifier> = Vec::new();
    for one in confirmed {
        let known = match one.identifier {
            Identifier::Name => Some(patient.details.name.expose()),
            Identifier::Number => Some(&patient.number),
            Identifier::BirthDate => patient.details.birth_date.as_ref().map(Phi::expose),
            Identifier::ExternalId => patient.details.external_id.as_ref().map(Phi::expose),
        };
        if known.is_none_or(|known| known.trim() != one.value.expose().trim()) {
            return Err(CommandError::IdentityDiffers);
        }
        if !kinds.contains(&one.identifier) {
            kinds.push(one.identifier);
        }
    }
    match kinds.len() {
        0 | 1 => Err(CommandError::IdentityUnconfirmed),
        _ => Ok(()),
    }
}

/// The same for whoever may open charts.
///
/// # Errors
/// As [`confirm_identity_by`].
pub(crate) fn confirm_identity(
    call: &Call<'_>,
    patient: PatientId,
    confirmed: &[ConfirmedIdentifier],
) -> Result<(), CommandError> {
    confirm_identity_by(call, Permission::ReadPatients, patient, confirmed)
}
