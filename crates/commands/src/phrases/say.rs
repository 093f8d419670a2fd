//! Phrases to say: by situation and word, or close to what was typed.

use ::language::{
    Phrase, Phrasebook,
    phrasebook::{Texts, Who},
};
use basics::Language;

use super::{
    PhraseView, PhrasesPage, PhrasesRequest, SituationView, SlotValueView, SlotView,
    SuggestRequest, SuggestionView, approvals, page as page_of,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn page(call: &Call<'_>, request: PhrasesRequest) -> Result<PhrasesPage, CommandError> {
    let book = Phrasebook::embedded()?;
    let approvals = approvals(&call.clinic()?, call.permit()?)?;
    let languages = [request.language, request.reading_language];
    let speaker = match request.for_patient {
        true => Who::Patient,
        false => Who::Doctor,
    };
    let mut found = book.browse(request.situation.as_deref(), &request.query, languages);
    found.retain(|phrase| phrase.is_said_by(speaker));
    let (rows, next) = page_of(found, request.cursor.as_deref(), request.limit, 500)?;
    let view = |phrase: &Phrase| {
        let [language, reading] = languages;
        Ok(PhraseView {
            key: phrase.key.clone(),
            situation: phrase.situation.clone(),
            kind: phrase.kind.name().into(),
            text: phrase.shown(language),
            translation: phrase.shown(reading),
            provenance: book.provenance(&phrase.key, language, reading, &approvals)?,
            slots: slots(book, phrase, languages),
        })
    };
    Ok(PhrasesPage {
        rows: rows
            .into_iter()
            .map(view)
            .collect::<Result<_, CommandError>>()?,
        next,
        situations: situations(book, request.language, speaker),
    })
}

pub(super) fn suggest(
    call: &Call<'_>,
    request: SuggestRequest,
) -> Result<Vec<SuggestionView>, CommandError> {
    let book = Phrasebook::embedded()?;
    let approvals = approvals(&call.clinic()?, call.permit()?)?;
    let limit = request.limit.clamp(1, 10) as usize;
    let found = book.suggest(request.text.expose(), request.language, limit);
    let view = |used: basics::PhraseUse| {
        let phrase = book.phrase(&used.phrase)?;
        // What has an empty blank is shown with the blank.
        let shown = |language| {
            book.render(&used, language)
                .unwrap_or_else(|_| phrase.shown(language))
        };
        let (language, reading) = (request.language, request.reading_language);
        Ok(SuggestionView {
            text: shown(language),
            translation: shown(reading),
            provenance: book.provenance(&used.phrase, language, reading, &approvals)?,
            phrase: used,
        })
    };
    found
        .into_iter()
        .map(|suggestion| view(suggestion.used))
        .collect()
}

fn slots(book: &Phrasebook, phrase: &Phrase, [language, reading]: [Language; 2]) -> Vec<SlotView> {
    let text = |texts: &Texts, language| texts.get(&language).cloned().unwrap_or_default();
    let slot = |(name, kind): &(String, _)| SlotView {
        name: name.clone(),
        values: (book.values(kind).iter())
            .map(|(key, texts)| SlotValueView {
                key: key.clone(),
                text: text(texts, language),
                translation: text(texts, reading),
            })
            .collect(),
    };
    phrase.slots.iter().map(slot).collect()
}

fn situations(book: &Phrasebook, language: Language, speaker: Who) -> Vec<SituationView> {
    let of = |phrase: &&Phrase, key: &str| phrase.situation == key && phrase.is_said_by(speaker);
    let count = |key: &str| {
        book.phrases()
            .iter()
            .filter(|phrase| of(phrase, key))
            .count()
    };
    (book.situations().iter())
        .map(|situation| SituationView {
            key: situation.key.clone(),
            title: situation.title.get(&language).cloned().unwrap_or_default(),
            phrases: count(&situation.key).try_into().unwrap_or(u32::MAX),
        })
        .collect()
}
