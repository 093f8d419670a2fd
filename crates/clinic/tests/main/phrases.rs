//! Who may say that a translation is right, and that their word is pinned to what they read.

use basics::{Language, UserId};
use clinic::*;

use crate::support::*;

fn name(house: &House, user: UserId, language: Language, named: bool) {
    let permit = house.permit("ada", Permission::NamePhraseReviewers);
    house
        .clinic
        .write(&permit, "phrases.set_reviewer", |change| {
            change.name_phrase_reviewer(user, language, named)
        })
        .unwrap();
}

fn review(house: &House, permit: &Permit, language: Language, approved: bool) -> Result<()> {
    house.clinic.write(permit, "phrases.approve", |change| {
        change.review_phrase("pain-where", language, "a hash", approved)
    })
}

#[test]
fn only_who_is_named_approves_and_only_their_language() {
    let house = House::new();
    let dora = house.active("dora");
    let may = |session: &ActiveSession| authorize(session, Permission::ApprovePhrases);
    assert!(matches!(may(&dora), Err(ClinicError::Forbidden { .. })));
    name(&house, dora.user(), Language::Es, true);
    name(&house, dora.user(), Language::Te, true);
    name(&house, dora.user(), Language::Te, false);
    // A session that was there before asks anew.
    let permit = may(&house.clinic.session(dora.id()).unwrap()).unwrap();
    review(&house, &permit, Language::Es, true).unwrap();
    for other in [Language::Te, Language::Fr] {
        let refused = review(&house, &permit, other, true);
        assert!(
            matches!(refused, Err(ClinicError::Forbidden { .. })),
            "{refused:?}"
        );
    }
    assert_eq!(
        house.clinic.reviewed_languages(&permit).unwrap(),
        [Language::Es]
    );
    let admin = house.permit("ada", Permission::NamePhraseReviewers);
    let reviewers = house.clinic.phrase_reviewers(&admin).unwrap();
    assert_eq!(
        (reviewers.len(), &reviewers[0].languages[..]),
        (1, &[Language::Es][..])
    );
    name(&house, dora.user(), Language::Es, false);
    assert!(may(&house.clinic.session(dora.id()).unwrap()).is_err());
    let refused = review(&house, &permit, Language::Es, true);
    assert!(
        matches!(refused, Err(ClinicError::Forbidden { .. })),
        "{refused:?}"
    );
}

#[test]
fn the_newest_word_counts_and_the_older_ones_stay() {
    let house = House::new();
    let dirk = house.active("dirk").user();
    name(&house, dirk, Language::Ar, true);
    let permit = house.permit("dirk", Permission::ApprovePhrases);
    for approved in [true, false] {
        house.wait(1);
        review(&house, &permit, Language::Ar, approved).unwrap();
        let reader = house.permit("dora", Permission::HostConsultations);
        let reviews = house.clinic.phrase_reviews(&reader).unwrap();
        assert_eq!(reviews.len(), 1);
        assert_eq!((reviews[0].approved, reviews[0].by), (approved, dirk));
        assert_eq!(
            (reviews[0].phrase.as_str(), reviews[0].hash.as_str()),
            ("pain-where", "a hash")
        );
    }
}
