//! Handlers of the journal.

use std::time::Instant;

use ::clinic::{JournalQuery, Outcome};

use super::{JournalOutcome, JournalPage, JournalPageRequest, JournalReport, JournalRowView};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn page(
    call: &Call<'_>,
    request: JournalPageRequest,
) -> Result<JournalPage, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    // `patient:018f…` as a row shows it, or the bare id.
    let subject = match request
        .subject
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        None => None,
        Some(text) => {
            let id = text.rsplit(':').next().unwrap_or(text);
            Some(
                id.parse()
                    .map_err(|_| CommandError::Invalid { field: "subject" })?,
            )
        }
    };
    let query = JournalQuery {
        user_id: request.user_id,
        verb: request.verb.filter(|verb| !verb.is_empty()),
        subject,
        outcome: request.outcome.map(Into::into),
        cursor: request.cursor,
        limit: request.limit.clamp(1, 200),
    };
    let page = clinic.journal_page(call.permit()?, &query)?;
    Ok(JournalPage {
        rows: page
            .rows
            .into_iter()
            .map(|row| JournalRowView {
                number: row.number,
                at: row.at,
                user_id: row.user_id,
                who: row.who.map(|who| who.expose().clone()),
                verb: row.verb,
                subjects: row.subjects,
                outcome: row.outcome.into(),
                code: row.code,
            })
            .collect(),
        next: page.next,
    })
}

pub(super) fn verify(call: &Call<'_>, (): ()) -> Result<JournalReport, CommandError> {
    let clinic = call.clinic()?;
    clinic.note(call.permit()?, call.verb(), &[])?;
    let started = Instant::now();
    let report = clinic.verify_journal(call.permit()?)?;
    Ok(report_view(&report, started))
}

pub(crate) fn report_view(report: &::clinic::JournalReport, started: Instant) -> JournalReport {
    JournalReport {
        rows: report.rows,
        intact: report.is_intact(),
        problem: report.problem.map(|problem| problem.key().into()),
        first_bad: report.first_bad,
        ms: started.elapsed().as_secs_f64() * 1e3,
    }
}

impl From<JournalOutcome> for Outcome {
    fn from(outcome: JournalOutcome) -> Self {
        match outcome {
            JournalOutcome::Done => Self::Done,
            JournalOutcome::Refused => Self::Refused,
            JournalOutcome::Failed => Self::Failed,
        }
    }
}

impl From<Outcome> for JournalOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Done,
            Outcome::Refused => Self::Refused,
            Outcome::Failed => Self::Failed,
        }
    }
}
