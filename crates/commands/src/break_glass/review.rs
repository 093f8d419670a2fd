//! Handlers of whoever reviews, and of the treating doctor.

use ::clinic::{ClinicError, End, JournalQuery, Opening, OpeningFilter, Permission};
use basics::{Phi, Timestamp, UserId};

use super::{
    OpeningActsRequest, OpeningEnd, OpeningView, OpeningsPage, OpeningsRequest,
    OpeningsWaitingView, ReviewOpeningRequest, ReviewOutcome, ReviewView,
};
use crate::{
    clinic::{AccessRow, PatientRequest},
    dispatch::Call,
    error::CommandError,
    journal::{JournalPage, page_view},
};

pub(super) fn waiting(call: &Call<'_>, (): ()) -> Result<OpeningsWaitingView, CommandError> {
    let counts = call.clinic()?.openings_waiting(call.permit()?)?;
    Ok(OpeningsWaitingView {
        waiting: counts.waiting,
        overdue: counts.overdue,
    })
}

pub(super) fn page(
    call: &Call<'_>,
    request: OpeningsRequest,
) -> Result<OpeningsPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), None)?;
    let filter = match request.reviewed {
        true => OpeningFilter::Reviewed,
        false => OpeningFilter::Waiting,
    };
    let limit = request.limit.clamp(1, 200);
    let page = clinic.openings(permit, filter, request.cursor.as_deref(), limit)?;
    let (now, me) = (call.inner().clock.now(), permit.user());
    Ok(OpeningsPage {
        rows: page
            .rows
            .into_iter()
            .map(|one| view(one, now, me))
            .collect(),
        next: page.next,
    })
}

pub(super) fn acts(
    call: &Call<'_>,
    request: OpeningActsRequest,
) -> Result<JournalPage, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    let subject = request.id.to_string().parse();
    let query = JournalQuery {
        subject: Some(subject.map_err(|_| CommandError::Defect)?),
        cursor: request.cursor,
        limit: request.limit.clamp(1, 200),
        ..JournalQuery::default()
    };
    Ok(page_view(clinic.journal_page(
        &call.leave(Permission::ReadJournal)?,
        &query,
    )?))
}

pub(super) fn review(
    call: &Call<'_>,
    request: ReviewOpeningRequest,
) -> Result<OpeningView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let outcome = match request.outcome {
        ReviewOutcome::Justified => ::clinic::ReviewOutcome::Justified,
        ReviewOutcome::NotJustified => ::clinic::ReviewOutcome::NotJustified,
    };
    // Whoever reviews in time is not kept waiting by an end that nobody wrote down yet.
    clinic.settle_break_glass()?;
    let words = Phi::new(request.words);
    let opening = clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.review_break_glass(request.id, outcome, &words)
    })?;
    Ok(view(opening, call.inner().clock.now(), permit.user()))
}

pub(super) fn who_saw(
    call: &Call<'_>,
    request: PatientRequest,
) -> Result<Vec<AccessRow>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let rows = clinic.who_saw_record(permit, request.id)?;
    clinic.note_read(permit, call.verb(), Some(request.id))?;
    Ok(rows.into_iter().map(Into::into).collect())
}

fn view(opening: Opening, now: Timestamp, me: UserId) -> OpeningView {
    let due = opening.due();
    OpeningView {
        id: opening.id,
        user_id: opening.user,
        user: opening.user_name.expose().clone(),
        patient_number: opening.patient_number,
        patient_id: opening.patient_id,
        reason: opening.reason.into(),
        words: opening.words.expose().clone(),
        opened: opening.opened,
        due,
        overdue: opening.review.is_none() && due < now,
        ended: opening.ended.map(|(_, at)| at),
        end: opening.ended.map(|(how, _)| match how {
            End::Time => OpeningEnd::Time,
            End::Person => OpeningEnd::Person,
            End::Another => OpeningEnd::Another,
            End::Clock => OpeningEnd::Clock,
        }),
        acts: opening.acts,
        own: opening.user == me,
        review: opening.review.map(|review| ReviewView {
            outcome: match review.outcome {
                ::clinic::ReviewOutcome::Justified => ReviewOutcome::Justified,
                ::clinic::ReviewOutcome::NotJustified => ReviewOutcome::NotJustified,
            },
            words: review.words.expose().clone(),
            by: review.by_name.expose().clone(),
            at: review.at,
        }),
    }
}
