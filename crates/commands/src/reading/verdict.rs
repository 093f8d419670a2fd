//! The clinician's verdict.

use ::clinic::{ClinicError, NewVerdict};
use basics::Phi;

use super::{RecordVerdictRequest, VerdictView};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn record(
    call: &Call<'_>,
    request: RecordVerdictRequest,
) -> Result<VerdictView, CommandError> {
    // Agreeing needs something to agree with; disagreeing says what it is instead.
    let says_something = request
        .class
        .as_ref()
        .is_some_and(|class| !class.trim().is_empty())
        || !request.comment.expose().trim().is_empty();
    if request.agrees && request.reading_id.is_none() {
        return Err(CommandError::Invalid { field: "reading" });
    }
    if !request.agrees && !says_something {
        return Err(CommandError::Invalid { field: "class" });
    }
    let verdict = NewVerdict {
        scan_id: request.scan_id,
        reading_id: request.reading_id,
        agrees: request.agrees,
        class: request.class.map(Phi::new),
        region: request.region,
        comment: request.comment,
    };
    let recorded =
        call.clinic()?
            .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
                change.record_verdict(&verdict)
            })?;
    Ok(recorded.into())
}
