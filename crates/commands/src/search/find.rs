//! Handlers of the search. The journal keeps whose data was shown, once for each person and patient,
//! and never a word of what was asked.

use basics::Phi;

use super::{
    MeaningView, SearchMeaningRequest, SearchPage, SearchRequest, SearchRow, SearchStateView, views,
};
use crate::{dispatch::Call, error::CommandError};

/// Texts that a search by meaning shows: what is further down has little to do with the question.
const NEAREST: u32 = 20;
/// Characters of a question.
const LONGEST: usize = 400;

pub(super) fn page(call: &Call<'_>, request: SearchRequest) -> Result<SearchPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let query = views::query(request.words, request.limits);
    let limit = request.limit.clamp(1, 200);
    let page = clinic.search(permit, &query, request.cursor.as_deref(), limit)?;
    let shown = page.rows.iter().map(|row| row.patient_id);
    clinic.note_reads(permit, call.verb(), shown)?;
    Ok(SearchPage {
        rows: page.rows.into_iter().map(SearchRow::from).collect(),
        next: page.next,
    })
}

pub(super) fn meaning(
    call: &Call<'_>,
    request: SearchMeaningRequest,
) -> Result<Vec<SearchRow>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let words = request.words.expose().trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        return Err(CommandError::Invalid { field: "words" });
    }
    let engine = call
        .inner()
        .engines
        .embedder()
        .ok_or(CommandError::NotFound { what: "engine" })?;
    let asked = [Phi::new(words.to_owned())];
    let vectors = call.inner().runtime()?.block_on(engine.embed(&asked))?;
    let vector = vectors.first().ok_or(CommandError::Defect)?;
    let query = views::query(Phi::default(), request.limits);
    let rows = clinic.search_meaning(permit, &query, engine.name(), vector, NEAREST)?;
    clinic.note_reads(permit, call.verb(), rows.iter().map(|row| row.patient_id))?;
    Ok(rows.into_iter().map(SearchRow::from).collect())
}

pub(super) fn state(call: &Call<'_>, (): ()) -> Result<SearchStateView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let meaning = match call.inner().engines.embedder() {
        None => None,
        Some(engine) => {
            let state = clinic.meaning_state(permit, engine.name())?;
            Some(MeaningView {
                engine: engine.name().to_owned(),
                ready: state.ready,
                of: state.of,
                failing: call.inner().searching.is_failing(),
            })
        }
    };
    Ok(SearchStateView {
        behind: clinic.search_is_behind(permit)?,
        meaning,
    })
}
