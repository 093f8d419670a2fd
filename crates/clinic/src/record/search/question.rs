//! What a person typed: as a question to the index, and as marks in a text that answers it.

use std::ops::Range;

use super::tokens::{Kind, Token, tokens};

/// Characters of a question that are read; more is refused.
pub(super) const LONGEST: usize = 400;
/// Terms of a question.
const TERMS: usize = 24;

/// Everything that is asked for; all of it must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    phrases: Vec<Phrase>,
}

/// Words side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    /// The last word is the beginning of one.
    begins: bool,
}

impl Question {
    /// Reads what was typed: words, each the beginning of one in the text, and `"words in a row"` as
    /// they stand. `None` where nothing is asked for.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut phrases = Vec::new();
        for (place, part) in text.split(['"', '“', '”', '„', '«', '»']).enumerate() {
            // Every second part stood between quotes; one that was never closed is being typed.
            if place % 2 == 1 {
                phrases.extend(of_term(part, true));
            } else {
                phrases.extend(
                    part.split_whitespace()
                        .flat_map(|term| of_term(term, false)),
                );
            }
        }
        phrases.truncate(TERMS);
        (!phrases.is_empty()).then_some(Self { phrases })
    }

    /// As FTS5 asks in the column `words`. Words of the index hold no quote.
    pub(super) fn fts(&self) -> String {
        let phrases: Vec<_> = self
            .phrases
            .iter()
            .map(|phrase| {
                let star = if phrase.begins { " *" } else { "" };
                format!("words : \"{}\"{star}", phrase.words.join(" "))
            })
            .collect();
        phrases.join(" AND ")
    }

    /// Where a text answers: places in order, apart from one another.
    pub(super) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let tokens = tokens(text);
        let mut marks: Vec<_> = self
            .phrases
            .iter()
            .flat_map(|phrase| phrase.found_in(&tokens))
            .collect();
        marks.sort_unstable_by_key(|mark| (mark.start, mark.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for mark in marks {
            match apart.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ => apart.push(mark),
            }
        }
        apart
    }

    /// How many of the phrases a text holds.
    pub(super) fn held_by(&self, text: &str) -> usize {
        let tokens = tokens(text);
        self.phrases
            .iter()
            .filter(|phrase| phrase.found_in(&tokens).next().is_some())
            .count()
    }
}

impl Phrase {
    fn found_in<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = Range<usize>> + 'a {
        tokens.windows(self.words.len()).filter_map(|window| {
            let last = self.words.len() - 1;
            let same = self.words.iter().zip(window).enumerate();
            let same =
                same.into_iter().all(
                    |(place, (word, token))| match place == last && self.begins {
                        true => token.text.starts_with(word),
                        false => token.text == *word,
                    },
                );
            let (first, end) = (window.first()?, window.last()?);
            same.then_some(first.at.start..end.at.end)
        })
    }
}

/// A term's phrases: words side by side are one, a run without spaces is one.
fn of_term(term: &str, quoted: bool) -> Vec<Phrase> {
    let all = tokens(term);
    all.chunk_by(|one, next| {
        (one.kind == Kind::Run) == (next.kind == Kind::Run) && touches(one, next)
    })
    .map(|chunk| {
        let run = chunk.first().is_some_and(|token| token.kind == Kind::Run);
        // The end of a run stands alone in the index, but is asked for only where it is all.
        let asked = match chunk {
            [first @ .., _] if run && !first.is_empty() => first,
            all => all,
        };
        let word = asked.last().is_some_and(|last| last.kind == Kind::Word);
        Phrase {
            words: asked.iter().map(|token| token.text.clone()).collect(),
            begins: (word && !quoted) || (run && chunk.len() == 1),
        }
    })
    .collect()
}

/// Two runs with something between them are two phrases; words are not kept apart by a comma.
fn touches(one: &Token, next: &Token) -> bool {
    one.kind != Kind::Run || next.at.start < one.at.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fts(text: &str) -> Option<String> {
        Question::read(text).map(|question| question.fts())
    }

    fn marked(question: &str, text: &str) -> Vec<String> {
        let question = Question::read(question).unwrap();
        let marks = question.marks(text);
        marks
            .into_iter()
            .map(|mark| text[mark].to_owned())
            .collect()
    }

    #[test]
    fn questions_hold_no_operator() {
        for nothing in ["", "  ", "--- \" *", "\"\"", "()"] {
            assert_eq!(fts(nothing), None, "{nothing}");
        }
        assert_eq!(
            fts("fever NEAR(a) 5mg").unwrap(),
            "words : \"fever\" * AND words : \"near a\" * AND words : \"5 mg\" *"
        );
        assert_eq!(
            fts("\"no fever\" 500").unwrap(),
            "words : \"no fever\" AND words : \"500\""
        );
        assert_eq!(fts("头痛").unwrap(), "words : \"头痛\"");
        assert_eq!(fts("头").unwrap(), "words : \"头\" *");
        assert_eq!(fts("头很痛").unwrap(), "words : \"头很 很痛\"");
    }

    #[test]
    fn marks_are_where_the_answer_is() {
        assert_eq!(
            marked("feb tres", "Fiebre, febril, desde hace TRÈS días"),
            ["febril", "TRÈS"]
        );
        assert_eq!(marked("头很痛", "我头很痛，很"), ["头很痛"]);
        assert_eq!(marked("صداع", "أشعر بالصداع اليوم"), ["بالصداع"]);
        assert_eq!(marked("5 mg", "take 50 mg, not 5mg"), ["mg", "5mg"]);
        assert_eq!(marked("\"not 5\"", "take 50 mg, not 5mg"), ["not 5"]);
        assert_eq!(marked("बुखार", "तीन दिन से बुखार है"), ["बुखार"]);
        assert_eq!(marked("జ్వరం", "నాకు జ్వరం ఉంది"), ["జ్వరం"]);
    }

    #[test]
    fn any_part_of_a_run_is_found() {
        let text = "昨日から頭が痛い";
        let chars: Vec<_> = text.chars().collect();
        for from in 0..chars.len() {
            for to in from + 1..=chars.len() {
                let part: String = chars[from..to].iter().collect();
                assert!(!marked(&part, text).is_empty(), "{part}");
            }
        }
    }
}
