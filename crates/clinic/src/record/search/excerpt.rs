//! The part of a text that answers a question, as pieces: found or not. Screens put them side by side;
//! no markup is ever made of a text.

use std::ops::Range;

use basics::Phi;

use super::question::Question;

/// Bytes of an excerpt, about three lines.
const LENGTH: usize = 260;
/// Bytes before the first place that answers.
const LEAD: usize = 70;

/// Part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Something stands before it.
    pub cut_before: bool,
    /// Its pieces, in order; put together they are the text as it stands.
    pub pieces: Vec<Piece>,
    /// Something stands after it.
    pub cut_after: bool,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As it stands.
    pub text: Phi<String>,
    /// It is what was asked for.
    pub found: bool,
}

/// The part of `text` around the first place that answers; its beginning where nothing was asked for by
/// word.
pub(super) fn excerpt(text: &str, question: Option<&Question>) -> Excerpt {
    let text = text.trim();
    let marks = question.map_or_else(Vec::new, |question| question.marks(text));
    let first = marks.first().map_or(0, |mark| mark.start);
    let from = match text.len() > LENGTH {
        true => word_start(
            text,
            first.saturating_sub(LEAD).min(text.len() - LENGTH),
            first,
        ),
        false => 0,
    };
    let to = word_end(text, (from + LENGTH).min(text.len()));
    let mut pieces = Vec::new();
    let mut at = from;
    for mark in marks {
        let mark = mark.start.max(at)..mark.end.min(to);
        if mark.start >= mark.end {
            continue;
        }
        push(text, at..mark.start, false, &mut pieces);
        push(text, mark.clone(), true, &mut pieces);
        at = mark.end;
    }
    push(text, at..to, false, &mut pieces);
    Excerpt {
        cut_before: from > 0,
        pieces,
        cut_after: to < text.len(),
    }
}

fn push(text: &str, at: Range<usize>, found: bool, pieces: &mut Vec<Piece>) {
    if let Some(part) = text.get(at).filter(|part| !part.is_empty()) {
        pieces.push(Piece {
            text: Phi::new(part.to_owned()),
            found,
        });
    }
}

/// The first place from `at` on where a word begins, but not beyond `latest`.
fn word_start(text: &str, at: usize, latest: usize) -> usize {
    let at = boundary(text, at);
    if at == 0 {
        return 0;
    }
    let space = text.get(at..latest).and_then(|part| part.find(' '));
    space.map_or(at, |space| at + space + 1)
}

/// The last place up to `at` where a word ends, unless that cuts off a third.
fn word_end(text: &str, at: usize) -> usize {
    if at == text.len() {
        return at;
    }
    let at = boundary(text, at);
    let space = text.get(..at).and_then(|part| part.rfind(' '));
    space.filter(|space| at - space < LENGTH / 3).unwrap_or(at)
}

/// The place of a character at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(excerpt: &Excerpt) -> String {
        let pieces = excerpt.pieces.iter();
        pieces
            .map(|piece| match piece.found {
                true => format!("[{}]", piece.text.expose()),
                false => piece.text.expose().clone(),
            })
            .collect()
    }

    #[test]
    fn it_begins_shortly_before_the_answer() {
        let question = Question::read("dolor").unwrap();
        let text = format!(
            "{} me Dolor, dolores {}",
            "antes ".repeat(60),
            "después ".repeat(60)
        );
        let excerpt = excerpt(&text, Some(&question));
        assert!(excerpt.cut_before && excerpt.cut_after);
        let shown = shown(&excerpt);
        assert!(
            shown.starts_with("antes ") && shown.contains("me [Dolor], [dolores] después"),
            "{shown}"
        );
        assert!(shown.len() <= LENGTH + 8);
    }

    #[test]
    fn a_short_text_is_whole() {
        let question = Question::read("头痛").unwrap();
        let excerpt = excerpt(" 我头痛 ", Some(&question));
        assert_eq!(shown(&excerpt), "我[头痛]");
        assert!(!excerpt.cut_before && !excerpt.cut_after);
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "\\PC{0,400}", words in "\\PC{1,8}") {
            let question = Question::read(&words);
            let excerpt = excerpt(&text, question.as_ref());
            let joined: String = excerpt.pieces.iter().map(|p| p.text.expose().as_str()).collect();
            prop_assert!(text.contains(&joined));
            prop_assert!(excerpt.cut_before || text.trim().starts_with(&joined));
            prop_assert!(excerpt.cut_after || text.trim().ends_with(&joined));
        }
    }
}
