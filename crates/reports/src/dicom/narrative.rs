//! What people said, in the structured report: the doctor's text, the judgement of the model's answer,
//! addenda.

use dicom_core::VR;
use dicom_dictionary_std::tags;
use dicom_object::InMemDicomObject;

use super::{
    codes::{self, Code},
    content::{Relation::*, coded, person, text, with},
    element, value,
};
use crate::{Addendum, Document, State, Verdict};

/// The items of Qualitative Evaluations (TID 1500, rows 10 to 12).
pub(super) fn evaluations(document: &Document) -> Vec<InMemDicomObject> {
    let mut items: Vec<InMemDicomObject> = Vec::new();
    for addendum in &document.addenda {
        items.push(said_later(document, addendum));
    }
    let words = &document.text;
    for (name, said) in [
        (codes::INDICATION, &words.indication),
        (codes::TECHNIQUE, &words.technique),
        (codes::COMPARISON, &words.comparison),
        (codes::FINDING, &words.findings),
        (codes::IMPRESSION, &words.impression),
        (codes::RECOMMENDATION, &words.recommendation),
    ] {
        if !said.expose().trim().is_empty() {
            items.push(text(Contains, &name, said.expose()));
        }
    }
    if let Some(verdict) = &document.verdict {
        items.push(judged(document, verdict));
    }
    items
}

fn said_later(document: &Document, addendum: &Addendum) -> InMemDicomObject {
    let (reason, words) = (addendum.reason.expose(), addendum.text.expose());
    let kind = match addendum.kind {
        State::EnteredInError => "Withdrawn, entered in error",
        State::Amended => "Corrected",
        _ => "Added",
    };
    let parts = [kind, reason, words];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut item = text(Contains, &codes::ADDENDUM, &parts.join(": "));
    item.put(observed(document, addendum.at));
    with(item, by(&addendum.by.name))
}

fn judged(document: &Document, verdict: &Verdict) -> InMemDicomObject {
    let name = Code::ours("VERDICT", "Clinician's judgement of the model's answer");
    let value = match verdict.agrees {
        true => Code::ours("AGREES", "Agrees"),
        false => Code::ours("DISAGREES", "Disagrees"),
    };
    let mut item = coded(Contains, &name, &value);
    item.put(observed(document, verdict.at));
    let mut below = by(&verdict.by.name);
    if let Some(class) = &verdict.class {
        let name = Code::ours("CORRECTED", "Class that the clinician gave instead");
        below.push(text(Property, &name, class));
    }
    if !verdict.comment.expose().is_empty() {
        below.push(text(Property, &codes::COMMENT, verdict.comment.expose()));
    }
    with(item, below)
}

/// Whose words these are (TID 1002, 1003).
fn by(name: &str) -> Vec<InMemDicomObject> {
    vec![
        coded(Observed, &codes::OBSERVER_TYPE, &codes::PERSON),
        person(Observed, &codes::PERSON_NAME, &value::person(name)),
    ]
}

fn observed(document: &Document, at: basics::Timestamp) -> dicom_object::mem::InMemElement {
    let at = value::local(at, document.utc_offset).strftime("%Y%m%d%H%M%S%z");
    element(tags::OBSERVATION_DATE_TIME, VR::DT, &at.to_string())
}
