//! Who may approve phrases: the administrator says so, language by language.

use ::clinic::{ClinicError, Permission, authorize};
use basics::Language;

use super::{ReviewerView, SetReviewerRequest};
use crate::{dispatch::Call, error::CommandError, views::account_name};

pub(super) fn list(call: &Call<'_>, (): ()) -> Result<Vec<ReviewerView>, CommandError> {
    call.clinic()?
        .note_read(call.permit()?, call.verb(), None)?;
    view(call)
}

pub(super) fn set(
    call: &Call<'_>,
    request: SetReviewerRequest,
) -> Result<Vec<ReviewerView>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let reviewers = clinic.phrase_reviewers(permit)?;
    let before = (reviewers
        .iter()
        .find(|reviewer| reviewer.user_id == request.user_id))
    .map_or(&[][..], |reviewer| &reviewer.languages);
    let changed = |language: &Language| {
        let named = request.languages.contains(language);
        (named != before.contains(language)).then_some((*language, named))
    };
    // English is what all others translate: there is nothing to review in it.
    let languages = Language::ALL
        .iter()
        .filter(|language| **language != Language::En);
    let changes: Vec<(Language, bool)> = languages.filter_map(changed).collect();
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        (changes.iter()).try_for_each(|&(language, named)| {
            change.name_phrase_reviewer(request.user_id, language, named)
        })
    })?;
    view(call)
}

fn view(call: &Call<'_>) -> Result<Vec<ReviewerView>, CommandError> {
    let clinic = call.clinic()?;
    let users = clinic.users(&authorize(&call.active()?, Permission::ManageUsers)?)?;
    let reviewers = clinic.phrase_reviewers(call.permit()?)?;
    let languages = |user| {
        (reviewers.iter().find(|reviewer| reviewer.user_id == user))
            .map_or_else(Vec::new, |reviewer| reviewer.languages.clone())
    };
    Ok((users.into_iter().filter(|user| user.enabled))
        .map(|user| ReviewerView {
            languages: languages(user.id),
            user_id: user.id,
            name: account_name(&user).clone(),
            role: user.role.into(),
        })
        .collect())
}
