//! Looks at an answer before anybody sees it. What is doubtful is an error, never shown.

use basics::Language;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    chat::JsonSchema,
    engine::Request,
    error::{Error, Result, Unusable},
    fold::tokens,
};

/// Words with which a model declines instead of translating. No patient speaks so.
const REFUSALS: [&str; 9] = [
    "as an ai",
    "i can't assist",
    "i cannot assist",
    "i can't help with that",
    "i cannot help with that",
    "i can't translate",
    "i cannot translate",
    "i'm unable to assist",
    "i am unable to assist",
];

/// What is read of a chat completion; servers differ in the rest.
#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    translation: String,
}

/// The translation in an answer's body.
pub(super) fn translation(body: &[u8], request: &Request) -> Result<String> {
    read(body)
        .and_then(|text| doubts(&text, request).map_or(Ok(text), Err))
        .map_err(Error::Unusable)
}

/// The JSON of this shape in an answer's body.
pub(super) fn json(body: &[u8], schema: &JsonSchema) -> Result<Value> {
    let content = content(body).map_err(Error::Unusable)?;
    let value: Option<Value> = serde_json::from_str(unfenced(&content)).ok();
    match value.filter(|value| schema.fits(value)) {
        Some(value) => Ok(value),
        None => Err(Error::Unusable(of_another_kind(&content))),
    }
}

/// The words of a whole answer, where a server that was asked for pieces sends none.
pub(super) fn words(body: &[u8]) -> Result<String> {
    let content = content(body).map_err(Error::Unusable)?;
    match content.trim().is_empty() {
        true => Err(Error::Unusable(Unusable::Empty)),
        false => Ok(content),
    }
}

fn read(body: &[u8]) -> Result<String, Unusable> {
    let content = content(body)?;
    let answer: Answer =
        serde_json::from_str(unfenced(&content)).map_err(|_| of_another_kind(&content))?;
    Ok(answer.translation.trim().to_owned())
}

/// What an answer is that is not the JSON that was asked for.
fn of_another_kind(content: &str) -> Unusable {
    match is_refusal(content) {
        true => Unusable::Refused,
        false => Unusable::Malformed,
    }
}

/// What the message says, if it is whole.
fn content(body: &[u8]) -> Result<String, Unusable> {
    let mut completion: Completion =
        serde_json::from_slice(body).map_err(|_| Unusable::Malformed)?;
    let [choice, ..] = completion.choices.as_mut_slice() else {
        return Err(Unusable::Malformed);
    };
    whole(choice.finish_reason.as_deref())?;
    if choice
        .message
        .refusal
        .as_ref()
        .is_some_and(|said| !said.is_empty())
    {
        return Err(Unusable::Refused);
    }
    Ok(choice.message.content.take().unwrap_or_default())
}

/// Whether an answer that ended so is whole.
pub(super) fn whole(finish_reason: Option<&str>) -> Result<(), Unusable> {
    match finish_reason {
        Some("length") => Err(Unusable::Length),
        Some("content_filter") => Err(Unusable::Refused),
        _ => Ok(()),
    }
}

/// Models without a schema like to put JSON into a fence.
fn unfenced(content: &str) -> &str {
    let content = content.trim();
    let inner = content
        .strip_prefix("```json")
        .or_else(|| content.strip_prefix("```"));
    inner
        .and_then(|inner| inner.strip_suffix("```"))
        .unwrap_or(content)
        .trim()
}

/// What is wrong with a translation, if anything.
fn doubts(text: &str, request: &Request) -> Option<Unusable> {
    let source = request.text.expose();
    if text.is_empty() {
        return Some(Unusable::Empty);
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Some(Unusable::Malformed);
    }
    if is_refusal(text) {
        return Some(Unusable::Refused);
    }
    if !has_credible_length(source, text, request.from) || loops(text, request.to) {
        return Some(Unusable::Length);
    }
    if is_unchanged(source, text, request) {
        return Some(Unusable::Unchanged);
    }
    (!is_in_script(text, request.to)).then_some(Unusable::Script)
}

fn is_refusal(text: &str) -> bool {
    let text = text.replace('’', "'").to_lowercase();
    REFUSALS.iter().any(|refusal| text.contains(refusal))
}

/// Between a twelfth and a few times as long: a Chinese character makes up to eight letters.
fn has_credible_length(source: &str, text: &str, from: Language) -> bool {
    let (before, after) = (source.chars().count(), text.chars().count());
    let times = match from {
        Language::Zh | Language::Ja => 10,
        _ => 4,
    };
    after <= 80 + times * before && (before < 80 || after * 12 >= before)
}

/// Whether one to four words come again and again, six times or more on end.
fn loops(text: &str, language: Language) -> bool {
    let tokens = tokens(text, language);
    (1..=4).any(|length| {
        let mut run = 0;
        (length..tokens.len()).any(|at| {
            run = if tokens[at] == tokens[at - length] {
                run + 1
            } else {
                0
            };
            run >= 5 * length
        })
    })
}

/// A name or a number may stay what it was; four words or eight characters do not.
fn is_unchanged(source: &str, text: &str, request: &Request) -> bool {
    let (before, after) = (tokens(source, request.from), tokens(text, request.from));
    let long = match request.from {
        Language::Zh | Language::Ja => 8,
        _ => 4,
    };
    before.len() >= long && before == after
}

/// Whether at least half of the letters are of the language's script; fewer than four letters may be a name.
fn is_in_script(text: &str, language: Language) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let own = letters.iter().filter(|c| is_of(**c, language)).count();
    let has_kana = || {
        letters
            .iter()
            .any(|c| ('\u{3040}'..='\u{30ff}').contains(c))
    };
    letters.len() < 4 || (own * 2 >= letters.len() && !(language == Language::Zh && has_kana()))
}

fn is_of(c: char, language: Language) -> bool {
    let is_han = ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{f900}'..='\u{faff}').contains(&c);
    match language {
        Language::De | Language::En | Language::Es | Language::Fr | Language::Pt => {
            c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c)
        }
        Language::Ar => ('\u{600}'..='\u{77f}').contains(&c),
        Language::Hi => ('\u{900}'..='\u{97f}').contains(&c),
        Language::Te => ('\u{c00}'..='\u{c7f}').contains(&c),
        Language::Ru => ('\u{400}'..='\u{4ff}').contains(&c),
        Language::Ja => is_han || ('\u{3040}'..='\u{30ff}').contains(&c),
        Language::Zh => is_han,
    }
}
