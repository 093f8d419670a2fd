//! Handlers of the journal.

use std::time::Instant;

use ::clinic::{JournalQuery, JournalRow, Outcome, Page};

use super::{
    ExportJournalRequest, JournalExportView, JournalOutcome, JournalPage, JournalPageRequest,
    JournalProgress, JournalReport, JournalRowView,
};
use crate::{dispatch::Call, error::CommandError, outside};

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
            match id.parse() {
                Ok(id) => Some(id),
                // `MB-000042`: a patient of whom an administrator knows the number and no more.
                Err(_) => Some(
                    clinic
                        .patient_of_number(call.permit()?, text)?
                        .and_then(|id| id.to_string().parse().ok())
                        .ok_or(CommandError::Invalid { field: "subject" })?,
                ),
            }
        }
    };
    let query = JournalQuery {
        user_id: request.user_id,
        verb: request.verb.filter(|verb| !verb.is_empty()),
        subject,
        outcome: request.outcome.map(Into::into),
        unsuccessful: request.unsuccessful,
        from: request.from,
        to: request.to,
        cursor: request.cursor,
        limit: request.limit.clamp(1, 200),
    };
    Ok(page_view(clinic.journal_page(call.permit()?, &query)?))
}

pub(crate) fn page_view(page: Page<JournalRow>) -> JournalPage {
    JournalPage {
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
    }
}

pub(super) fn verify(call: &Call<'_>, (): ()) -> Result<JournalReport, CommandError> {
    let clinic = call.clinic()?;
    clinic.note(call.permit()?, call.verb(), &[])?;
    let started = Instant::now();
    let report = clinic.verify_journal_with(call.permit()?, &mut |rows, of| {
        let progress = JournalProgress { rows, of };
        call.inner()
            .tell(call.window, "journal.progress", &progress);
    })?;
    Ok(JournalReport {
        fingerprint: Some(clinic.journal_fingerprint(call.permit()?)?),
        ..report_view(&report, started)
    })
}

pub(crate) fn report_view(report: &::clinic::JournalReport, started: Instant) -> JournalReport {
    JournalReport {
        rows: report.rows,
        intact: report.is_intact(),
        problem: report.problem.map(|problem| problem.key().into()),
        first_bad: report.first_bad,
        ms: started.elapsed().as_secs_f64() * 1e3,
        fingerprint: None,
    }
}

pub(super) fn export(
    call: &Call<'_>,
    request: ExportJournalRequest,
) -> Result<JournalExportView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    // It leaves the record: the journal knows before the disk does, and the file says it, too.
    clinic.note(permit, call.verb(), &[])?;
    let mut bytes = Vec::new();
    let written = clinic.export_journal(permit, request.from, request.to, &mut bytes)?;
    outside::write(&request.path, &bytes)?;
    Ok(JournalExportView {
        rows: written.rows,
        first: written.first,
        last: written.last,
        fingerprint: written.fingerprint,
    })
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
