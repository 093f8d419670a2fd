//! How often clinicians agreed with a model: counts and an interval, never a name.

use super::AgreementRow;
use crate::{dispatch::Call, error::CommandError, feedback::wilson};

pub(super) fn agreement(call: &Call<'_>, (): ()) -> Result<Vec<AgreementRow>, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    let rows = clinic.agreement(call.permit()?)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (low, high) = wilson(row.agreed, row.verdicts);
            AgreementRow {
                model_id: row.model_id,
                version: row.version,
                sha256: row.sha256,
                verdicts: row.verdicts,
                agreed: row.agreed,
                low,
                high,
                readings: row.readings,
                not_assessed: row.not_assessed,
            }
        })
        .collect())
}
