//! The phrasebook: phrases to say, phrases to review, and who may review them.

mod review;
mod reviewers;
mod say;
mod types;

pub use types::*;

use ::clinic::{Clinic, Permit};
use ::language::{Approval, Approvals};

use crate::{error::CommandError, table::commands};

commands! {
    /// Lists phrases of the phrasebook in two languages.
    "phrases.page": say::page, (PhrasesRequest) -> PhrasesPage,
        Permission(May::HostConsultations), Quiet("phrases.page"), provides [Phrases], stales [];
    /// Offers phrases that come close to a text.
    "phrases.suggest": say::suggest, (SuggestRequest) -> Vec<SuggestionView>,
        Permission(May::HostConsultations), Quiet("phrases.suggest"), provides [], stales [];
    /// Lists phrases of a language with who stands behind each.
    "phrases.review_page": review::page, (ReviewPageRequest) -> ReviewPage,
        Permission(May::ApprovePhrases), Quiet("phrases.review_page"),
        provides [Phrases], stales [];
    /// Approves the translation of a phrase.
    "phrases.approve": review::approve, (ApproveRequest) -> ReviewRow,
        Permission(May::ApprovePhrases), Write("phrases.approve"), provides [], stales [Phrases];
    /// Takes the approval of a phrase back.
    "phrases.withdraw": review::withdraw, (WithdrawRequest) -> ReviewRow,
        Permission(May::ApprovePhrases), Write("phrases.withdraw"), provides [], stales [Phrases];
    /// Lists the accounts and whose phrases they may approve.
    "phrases.reviewers": reviewers::list, (()) -> Vec<ReviewerView>,
        Permission(May::NamePhraseReviewers), Read("phrases.reviewers"),
        provides [Phrases, Users], stales [];
    /// Says which languages' phrases somebody may approve.
    "phrases.set_reviewer": reviewers::set, (SetReviewerRequest) -> Vec<ReviewerView>,
        Permission(May::NamePhraseReviewers), Write("phrases.set_reviewer"),
        provides [], stales [Phrases, Session];
}

/// The approvals that stand.
pub(crate) fn approvals(clinic: &Clinic, permit: &Permit) -> Result<Approvals, CommandError> {
    let reviews = clinic.phrase_reviews(permit)?.into_iter();
    let standing = reviews.filter(|review| review.approved);
    Ok(standing
        .map(|review| Approval {
            phrase: review.phrase,
            language: review.language,
            hash: review.hash,
        })
        .collect())
}

/// The rows of a page that begins at `cursor`, and where the next one begins.
fn page<T>(
    all: Vec<T>,
    cursor: Option<&str>,
    limit: u32,
    most: u32,
) -> Result<(Vec<T>, Option<String>), CommandError> {
    let from: usize = match cursor {
        Some(cursor) => (cursor.parse()).map_err(|_| CommandError::Invalid { field: "cursor" })?,
        None => 0,
    };
    let to = from.saturating_add(limit.clamp(1, most) as usize);
    let next = (to < all.len()).then(|| to.to_string());
    Ok((all.into_iter().skip(from).take(to - from).collect(), next))
}
