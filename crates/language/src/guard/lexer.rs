//! A text as a row of words, numbers and signs, each with its place in the text.

use std::ops::Range;

use basics::Language;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::fold::{bare, is_silent, plain};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    /// Digits, with the marks inside.
    Number,
    /// `%`, `°`, `/` and the like.
    Sign,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Nothing,
    Hyphen,
    Space,
    /// Punctuation, or the beginning.
    Break,
}

/// A word, a number or a sign.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) sort: Sort,
    /// Lower case, without accents, digits in ASCII.
    pub(super) text: String,
    pub(super) gap: Gap,
    /// Where it stands in the text, in bytes.
    pub(super) span: Range<usize>,
}

/// The tokens of a text.
pub(super) fn lex(text: &str, language: Language) -> Vec<Token> {
    // What stands for a comma in Chinese sets no thousands apart.
    let parts = |c: char| if matches!(c, '，' | '．') { '、' } else { c };
    let chars: Vec<(usize, usize, char)> = text
        .char_indices()
        .flat_map(|(at, c)| {
            let end = at + c.len_utf8();
            std::iter::once(parts(c))
                .nfkc()
                .flat_map(char::to_lowercase)
                .map(move |c| (at, end, plain(c)))
        })
        .collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut gap = Gap::Break;
    // Whether the last token may still grow.
    let mut open = false;
    for (at, &(from, to, c)) in chars.iter().enumerate() {
        let next = chars.get(at + 1).map(|&(_, _, c)| c);
        let is_apostrophe = matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´');
        if is_silent(c) && !(is_apostrophe && language == Language::Fr) {
            continue;
        }
        let last = tokens.last().map(|token| token.sort);
        let digit_follows = next.is_some_and(|c| c.is_ascii_digit());
        if c.is_ascii_digit() {
            let grows = open && last == Some(Sort::Number);
            put(&mut tokens, grows, Sort::Number, c, gap, from..to);
            (open, gap) = (true, Gap::Nothing);
        } else if matches!(c, '.' | ',') && digit_follows && open && last == Some(Sort::Number) {
            put(&mut tokens, true, Sort::Number, c, gap, from..to);
        } else if c.is_alphanumeric() || is_combining_mark(c) {
            let single = is_single(c);
            let grows = open
                && last == Some(Sort::Word)
                && (is_combining_mark(c) || !single && !ends_single(&tokens));
            put(&mut tokens, grows, Sort::Word, c, gap, from..to);
            (open, gap) = (true, Gap::Nothing);
        } else if c == '-' {
            (open, gap) = (
                false,
                if gap == Gap::Nothing {
                    Gap::Hyphen
                } else {
                    gap
                },
            );
        } else if c.is_whitespace() {
            if gap != Gap::Break {
                gap = Gap::Space;
            }
            open = false;
        } else if matches!(
            c,
            '%' | '°' | '/' | '$' | '€' | '£' | '¥' | '+' | '<' | '>' | '='
        ) {
            put(&mut tokens, false, Sort::Sign, c, gap, from..to);
            (open, gap) = (false, Gap::Nothing);
        } else {
            (open, gap) = (false, Gap::Break);
        }
    }
    for token in tokens.iter_mut().filter(|token| token.sort == Sort::Word) {
        token.text = bare(&token.text, language);
    }
    tokens
}

fn put(tokens: &mut Vec<Token>, grows: bool, sort: Sort, c: char, gap: Gap, span: Range<usize>) {
    if grows && let Some(last) = tokens.last_mut() {
        last.text.push(c);
        last.span.end = span.end;
        return;
    }
    tokens.push(Token {
        sort,
        text: c.into(),
        gap,
        span,
    });
}

/// Characters that are tokens of their own: Han, hiragana. Katakana are written in runs, as loan words.
fn is_single(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn ends_single(tokens: &[Token]) -> bool {
    (tokens.last().and_then(|token| token.text.chars().last())).is_some_and(is_single)
}
