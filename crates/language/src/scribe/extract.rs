//! The draft that needs no engine: sentences of the conversation, word for word, sorted by rules. The
//! patient's statements are symptoms; what the doctor said goes by its words, and questions go nowhere.

use super::{
    Conversation, Draft, Drafter, Reason, Section, Sentence, Struck, Teller,
    listen::{Listened, clauses, listen, readable, sentences},
    words::{Words, folded},
};
use crate::{
    error::Result,
    fold::{asks, is_number},
};
use basics::{Language, Phi};

/// An answer of at most so many words is quoted with its question.
const SHORT: usize = 6;

/// Drafts a note from the conversation's own sentences.
///
/// # Errors
/// [`crate::Error::TooLittleSaid`].
pub fn extract(conversation: &Conversation) -> Result<Draft> {
    conversation.is_enough()?;
    let heard = listen(conversation)?;
    let mut all: Vec<Sentence> = Vec::new();
    for (at, message) in conversation.heard.iter().enumerate() {
        let Some((language, text)) = readable(message, conversation.language) else {
            continue;
        };
        let words = Words::of(language)?;
        for (place, quote) in sentences(text.expose()).into_iter().enumerate() {
            let Some(section) = section(message.by, quote, language, words) else {
                continue;
            };
            let question = (place == 0)
                .then(|| question(conversation, &heard, at))
                .flatten();
            let short = folded(quote, language).len() <= SHORT;
            let (text, sources) = match question.filter(|_| short) {
                Some((asked, question)) => (
                    format!("{question} – {quote}"),
                    vec![conversation.heard[asked].id, message.id],
                ),
                None if says_nothing(quote, language, words) => continue,
                None => (quote.to_owned(), vec![message.id]),
            };
            let known = |one: &Sentence| one.section == section && one.text.expose() == &text;
            if all.iter().any(known) {
                continue;
            }
            let struck = match heard[at].orders {
                true => Struck::new(Reason::Orders, []),
                false => None,
            };
            all.push(Sentence {
                section,
                language,
                text: Phi::new(text),
                sources,
                struck,
            });
        }
    }
    // Stable: within a section they stay as they were said.
    all.sort_by_key(|sentence| sentence.section);
    Ok(Draft {
        by: Drafter::Extract,
        sentences: all,
    })
}

fn section(by: Teller, quote: &str, language: Language, words: &Words) -> Option<Section> {
    if asks(quote) {
        return None;
    }
    let tokens = folded(quote, language);
    match by {
        Teller::Patient => Some(Section::Symptoms),
        Teller::Doctor if words.plan.any(&tokens) => Some(Section::Plan),
        Teller::Doctor if words.diagnosis.any(&tokens) => Some(Section::Diagnosis),
        Teller::Doctor => None,
    }
}

/// The question before a message, where one was asked in the same language.
fn question<'a>(
    conversation: &'a Conversation,
    heard: &[Listened],
    at: usize,
) -> Option<(usize, &'a str)> {
    let asked = heard[at].answers.filter(|asked| asked + 1 == at)?;
    let text = conversation.heard[asked].wording(conversation.language)?;
    let own = conversation.heard[at].wording(conversation.language);
    own.and(
        sentences(text.text.expose())
            .into_iter()
            .rfind(|one| asks(one)),
    )
    .map(|question| (asked, question))
}

/// Greetings, thanks, a bare yes.
fn says_nothing(quote: &str, language: Language, words: &Words) -> bool {
    clauses(quote, language, words).iter().all(|clause| {
        let talk = words.talk.cover(&clause.tokens);
        (clause.tokens.iter().zip(&clause.content).zip(talk))
            .all(|((token, content), talk)| talk || !(*content || is_number(token)))
    })
}
