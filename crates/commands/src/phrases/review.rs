//! Reviewing: a bilingual person of the clinic reads a phrase beside its English and stands behind it.

use std::collections::HashMap;

use ::clinic::{ClinicError, Permission, PhraseReview};
use ::language::{Approvals, Error, Phrase, Phrasebook, Standing as Known};
use basics::Language;

use super::{
    ApproveRequest, ReviewPage, ReviewPageRequest, ReviewProgress, ReviewRow, Standing,
    WithdrawRequest, approvals, page as page_of,
};
use crate::{dispatch::Call, error::CommandError};

/// What was decided last about each phrase in a language.
type Reviews = HashMap<(String, Language), PhraseReview>;

pub(super) fn page(
    call: &Call<'_>,
    request: ReviewPageRequest,
) -> Result<ReviewPage, CommandError> {
    let (book, language) = (Phrasebook::embedded()?, request.language);
    let named = named(call, language)?;
    let reviews = reviews(call)?;
    let found = book.browse(None, &request.query, [Language::En, language]);
    let mut rows = Vec::new();
    for phrase in found {
        let row = row(book, phrase, language, &reviews)?;
        let open = matches!(
            row.standing,
            Standing::Unreviewed | Standing::Changed { .. }
        );
        if open || !request.only_open {
            rows.push(row);
        }
    }
    let (rows, next) = page_of(rows, request.cursor.as_deref(), request.limit, 200)?;
    let progress = named
        .into_iter()
        .map(|language| progress(book, language, &reviews));
    Ok(ReviewPage {
        rows,
        next,
        progress: progress.collect::<Result<_, CommandError>>()?,
    })
}

pub(super) fn approve(call: &Call<'_>, request: ApproveRequest) -> Result<ReviewRow, CommandError> {
    if Phrasebook::embedded()?.hash(&request.phrase, request.language)? != request.hash {
        return Err(Error::TextChanged.into());
    }
    decide(call, &request.phrase, request.language, true)
}

pub(super) fn withdraw(
    call: &Call<'_>,
    request: WithdrawRequest,
) -> Result<ReviewRow, CommandError> {
    decide(call, &request.phrase, request.language, false)
}

fn decide(
    call: &Call<'_>,
    key: &str,
    language: Language,
    approved: bool,
) -> Result<ReviewRow, CommandError> {
    let book = Phrasebook::embedded()?;
    named(call, language)?;
    let hash = book.hash(key, language)?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        change.review_phrase(key, language, &hash, approved)
    })?;
    call.inner()
        .translator()?
        .set_approvals(approvals(&clinic, permit)?);
    row(book, book.phrase(key)?, language, &reviews(call)?)
}

/// The languages that the asker was named for, this one among them. English is what all others
/// translate: there is nothing to review in it.
fn named(call: &Call<'_>, language: Language) -> Result<Vec<Language>, CommandError> {
    let named = call.clinic()?.reviewed_languages(call.permit()?)?;
    if language == Language::En || !named.contains(&language) {
        let permission = Permission::ApprovePhrases;
        return Err(ClinicError::Forbidden { permission }.into());
    }
    Ok(named)
}

fn reviews(call: &Call<'_>) -> Result<Reviews, CommandError> {
    let reviews = call.clinic()?.phrase_reviews(call.permit()?)?.into_iter();
    Ok(reviews
        .map(|review| ((review.phrase.clone(), review.language), review))
        .collect())
}

fn row(
    book: &Phrasebook,
    phrase: &Phrase,
    language: Language,
    reviews: &Reviews,
) -> Result<ReviewRow, CommandError> {
    let hash = book.hash(&phrase.key, language)?;
    let review = reviews
        .get(&(phrase.key.clone(), language))
        .filter(|review| review.approved);
    let standing = match book.standing(&phrase.key, language, &Approvals::default())? {
        Known::Professional { source } => Standing::Professional { source },
        _ => match review {
            None => Standing::Unreviewed,
            Some(PhraseReview {
                by_name,
                at,
                hash: approved,
                ..
            }) => {
                let (by, at) = (by_name.clone(), *at);
                match *approved == hash {
                    true => Standing::Approved { by, at },
                    false => Standing::Changed { by, at },
                }
            }
        },
    };
    Ok(ReviewRow {
        phrase: phrase.key.clone(),
        situation: phrase.situation.clone(),
        english: phrase.shown(Language::En),
        text: phrase.shown(language),
        hash,
        standing,
    })
}

fn progress(
    book: &Phrasebook,
    language: Language,
    reviews: &Reviews,
) -> Result<ReviewProgress, CommandError> {
    let mut progress = ReviewProgress {
        language,
        phrases: 0,
        professional: 0,
        approved: 0,
    };
    for phrase in book.phrases() {
        progress.phrases += 1;
        match row(book, phrase, language, reviews)?.standing {
            Standing::Professional { .. } => progress.professional += 1,
            Standing::Approved { .. } => progress.approved += 1,
            Standing::Unreviewed | Standing::Changed { .. } => {}
        }
    }
    Ok(progress)
}
