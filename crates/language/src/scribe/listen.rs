//! What was said, as the checks read it: clauses, what each of their words affirms or denies, and which
//! answer belongs to which question.

use basics::{Language, Phi};

use super::{
    Conversation, Teller,
    words::{Scope, Words, fact, facts, folded},
};
use crate::{
    error::Result,
    facts::Kind,
    fold::{asks, is_number},
};

/// Tokens at the beginning of an answer among which a "no" answers.
const ANSWER: usize = 3;

/// A clause.
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) tokens: Vec<String>,
    /// Which of them mean something by themselves: neither quiet nor a number nor a denial.
    pub(super) content: Vec<bool>,
    /// Which of them are denied.
    pub(super) denied: Vec<bool>,
    pub(super) question: bool,
}

/// A message as the checks read it.
pub(super) struct Listened {
    pub(super) by: Teller,
    /// In the note's language; none where it was not translated.
    pub(super) clauses: Option<Vec<Clause>>,
    /// It gives orders to a program.
    pub(super) orders: bool,
    /// Of a question at its end.
    pub(super) answer: Option<Answer>,
    /// The question that it answers.
    pub(super) answers: Option<usize>,
}

/// What answered a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Place of the message.
    pub(super) at: usize,
    /// Affirmed or denied; neither where it does not say.
    pub(super) yes: Option<bool>,
}

/// The conversation, message by message.
pub(super) fn listen(conversation: &Conversation) -> Result<Vec<Listened>> {
    let language = conversation.language;
    let words = Words::of(language)?;
    let mut all = Vec::with_capacity(conversation.heard.len());
    for heard in &conversation.heard {
        let own = heard.wording(language);
        let mut orders = false;
        for wording in &heard.said {
            let tokens = folded(wording.text.expose(), wording.language);
            orders |= Words::of(wording.language)?.orders.any(&tokens);
        }
        all.push(Listened {
            by: heard.by,
            clauses: own.map(|own| clauses(own.text.expose(), language, words)),
            orders,
            answer: None,
            answers: None,
        });
    }
    for at in 0..all.len() {
        let next = (at + 1..all.len()).find(|next| all[*next].by != all[at].by);
        if !all[at].ends_with_question() {
            continue;
        }
        if let Some(next) = next {
            let yes = all[next].says_yes(language, words);
            all[at].answer = Some(Answer { at: next, yes });
            all[next].answers = Some(at);
        }
    }
    Ok(all)
}

/// The sentences of a text, as they were written.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    split(text, |c, between_digits| {
        matches!(
            c,
            '!' | '?' | ';' | '\n' | '。' | '！' | '？' | '।' | '؟' | '؛' | '；'
        ) || (c == '.' && !between_digits)
    })
}

/// The clauses of a text.
pub(super) fn clauses(text: &str, language: Language, words: &Words) -> Vec<Clause> {
    let mut all = Vec::new();
    for sentence in sentences(text) {
        let question = asks(sentence);
        let mut denying = false;
        let parts = split(sentence, |c, between_digits| {
            matches!(c, ',' | '،' | '、' | '，' | ':' | '：') && !between_digits
        });
        for part in parts {
            let tokens = folded(part, language);
            if tokens.is_empty() {
                continue;
            }
            let denied = denied(&tokens, part, language, words, &mut denying);
            let content = content(&tokens, language, words);
            all.push(Clause {
                tokens,
                content,
                denied,
                question,
            });
        }
    }
    all
}

/// What is left between marks; the mark stays with what it ends.
fn split(text: &str, ends: impl Fn(char, bool) -> bool) -> Vec<&str> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_numeric());
    let (mut parts, mut from) = (Vec::new(), 0);
    for (at, (place, c)) in chars.iter().enumerate() {
        if ends(*c, at > 0 && digit(at - 1) && digit(at + 1)) {
            let to = place + c.len_utf8();
            parts.push(text[from..to].trim());
            from = to;
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| part.chars().any(char::is_alphanumeric));
    parts
}

/// Which tokens are denied; `denying` says whether a denial reaches in from the clause before.
fn denied(
    tokens: &[String],
    text: &str,
    language: Language,
    words: &Words,
    denying: &mut bool,
) -> Vec<bool> {
    let mut out = vec![false; tokens.len()];
    match words.scope {
        Scope::Forward => {
            for (at, denied) in out.iter_mut().enumerate() {
                if words.ends_denial(tokens, at) {
                    *denying = false;
                }
                *denying |= denies(&tokens[at], language, words);
                *denied = *denying;
            }
        }
        Scope::Whole | Scope::WholeAndOn => {
            // From one "but" to the next.
            let mut from = 0;
            while from < tokens.len() {
                let to = (from + 1..tokens.len())
                    .find(|at| words.ends_denial(tokens, *at))
                    .unwrap_or(tokens.len());
                if words.ends_denial(tokens, from) || words.scope == Scope::Whole {
                    *denying = false;
                }
                let part = tokens[from..to].join(match language {
                    Language::Ja => "",
                    _ => " ",
                });
                let whole = from == 0 && to == tokens.len();
                let part = if whole { text } else { &part };
                *denying |= facts(part, language)
                    .of(Kind::Negation)
                    .any(|name| is_denial(name, language, words));
                out[from..to].fill(*denying);
                from = to;
            }
        }
    }
    out
}

fn denies(token: &str, language: Language, words: &Words) -> bool {
    fact(token, language)
        .is_some_and(|(kind, name)| kind == Kind::Negation && is_denial(&name, language, words))
}

/// Telugu denies by endings, so that each word is a fact of its own.
fn is_denial(name: &str, language: Language, words: &Words) -> bool {
    language == Language::Te || words.denials.contains(name)
}

fn content(tokens: &[String], language: Language, words: &Words) -> Vec<bool> {
    let quiet = words.quiet.cover(tokens);
    let mut content: Vec<bool> = (tokens.iter().zip(quiet))
        .map(|(token, quiet)| {
            let known = fact(token, language);
            // "In", "on" and the like: a side in one sentence, nothing in another. A side counts.
            let quiet = quiet && !matches!(known, Some((Kind::Side | Kind::Drug, _)));
            let number = is_number(token) || matches!(known, Some((Kind::Number, _)));
            !quiet && !number && !denies(token, language, words)
        })
        .collect();
    if language == Language::Ja {
        // What follows a kanji in hiragana is mostly how it is inflected.
        for (at, content) in content.iter_mut().enumerate() {
            let after = [1, 2].iter().any(|back| {
                at.checked_sub(*back)
                    .is_some_and(|at| is_kanji(&tokens[at]))
            });
            *content &= !(is_hiragana(&tokens[at]) && after);
        }
    }
    content
}

pub(super) fn is_kanji(token: &str) -> bool {
    token
        .chars()
        .all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

pub(super) fn is_hiragana(token: &str) -> bool {
    token
        .chars()
        .all(|c| ('\u{3040}'..='\u{309f}').contains(&c))
}

impl Listened {
    fn ends_with_question(&self) -> bool {
        (self.clauses.as_ref())
            .and_then(|clauses| clauses.last())
            .is_some_and(|last| last.question)
    }

    /// What it answers to a question: the beginning counts.
    fn says_yes(&self, language: Language, words: &Words) -> Option<bool> {
        let first = self.clauses.as_ref()?.first()?;
        if first.question || words.unsure.any(&first.tokens) {
            return None;
        }
        let start = first.tokens.len().min(match language {
            Language::Zh => 2 * ANSWER,
            _ => ANSWER,
        });
        let no = match words.scope {
            Scope::Forward => first.denied[..start].contains(&true),
            Scope::Whole | Scope::WholeAndOn => first.denied.contains(&true),
        };
        Some(!no)
    }
}

/// The words of a message in the note's language, or as they were said.
pub(super) fn readable(
    heard: &super::Heard,
    language: Language,
) -> Option<(Language, &Phi<String>)> {
    let wording = heard.wording(language).or_else(|| heard.said.first())?;
    (!wording.text.expose().trim().is_empty()).then_some((wording.language, &wording.text))
}
