//! Texts as the search sees them, in every script: folded words with the place each has in the text,
//! so that the index, the question and the marks in an excerpt agree by construction.
//!
//! FTS5 gets these words with spaces between them and splits only there. Han and kana are written
//! without spaces: a run of them becomes its pairs of characters and its last character alone, so that
//! any part of it is found, and most words – two characters long – are one entry of the index.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Folded: without case, accents and spellings that mean the same.
    pub(super) text: String,
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    /// What it is made of.
    pub(super) kind: Kind,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Digits; half a number is another number, so it is found whole or not at all.
    Number,
    /// Characters of a script without spaces.
    Run,
}

/// The words of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((from, first)) = rest.next() {
        let Some(kind) = kind(first) else { continue };
        let mut chars = vec![(from, first)];
        while let Some(&(at, next)) = rest.peek() {
            let goes_on = match kind {
                _ if is_silent(next) => true,
                // A mark belongs to what it stands on.
                _ if is_combining_mark(next) => true,
                Kind::Number => {
                    self::kind(next) == Some(kind)
                        || (is_point(next) && digit_follows(text, at + next.len_utf8()))
                }
                _ => self::kind(next) == Some(kind),
            };
            if !goes_on {
                break;
            }
            chars.push((at, next));
            rest.next();
        }
        let end = rest.peek().map_or(text.len(), |(at, _)| *at);
        match kind {
            Kind::Run => pairs(&chars, end, &mut tokens),
            Kind::Number => push(number(&chars), from..end, kind, &mut tokens),
            Kind::Word => push(word(&chars), from..end, kind, &mut tokens),
        }
    }
    tokens
}

/// Texts as they go into the index.
pub(super) fn indexed(texts: &[&str]) -> String {
    let mut out = String::new();
    for token in texts.iter().flat_map(|text| tokens(text)) {
        out.push_str(&token.text);
        out.push(' ');
    }
    out
}

fn push(text: String, at: Range<usize>, kind: Kind, tokens: &mut Vec<Token>) {
    if !text.is_empty() {
        tokens.push(Token { text, at, kind });
    }
}

fn kind(c: char) -> Option<Kind> {
    match c {
        _ if stands_alone(c) => Some(Kind::Run),
        _ if c.is_numeric() => Some(Kind::Number),
        _ if c.is_alphabetic() => Some(Kind::Word),
        _ => None,
    }
}

/// Hiragana, katakana (also at half width), and the Han blocks of the Unicode Standard, chapter 18.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Inside a word without being part of it: joiners, soft hyphen, the Arabic stretch.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{640}')
}

/// 0.5 in English, 0,5 in German, ٠٫٥ in Arabic.
fn is_point(c: char) -> bool {
    matches!(c, '.' | ',' | '\u{66b}')
}

fn digit_follows(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_numeric)
}

fn number(chars: &[(usize, char)]) -> String {
    let mut out = String::new();
    for (_, c) in chars {
        match is_point(*c) {
            true => out.push('·'),
            false => fold(*c, &mut out),
        }
    }
    out
}

fn word(chars: &[(usize, char)]) -> String {
    let letters: Vec<char> = chars
        .iter()
        .map(|(_, c)| *c)
        .filter(|c| !is_silent(*c) && !is_arabic_mark(*c))
        .collect();
    let mut out = String::new();
    without_article(&letters)
        .iter()
        .for_each(|c| fold(*c, &mut out));
    out
}

/// Arabic writes *the*, and *and*, *by*, *as* or *for* before it, onto the word: الصداع is صداع. As in
/// light stemming (Larkey, Ballesteros and Connell 2002), but a bare alef only: ألم is no article.
fn without_article(letters: &[char]) -> &[char] {
    let rest = match letters {
        ['ا', 'ل', rest @ ..]
        | ['و' | 'ف' | 'ب' | 'ك', 'ا', 'ل', rest @ ..]
        | ['ل', 'ل', rest @ ..]
            if rest.len() >= 2 =>
        {
            rest
        }
        _ => return letters,
    };
    without_article(rest)
}

/// Pairs of a run, and its last character.
fn pairs(chars: &[(usize, char)], end: usize, tokens: &mut Vec<Token>) {
    // A voicing mark is part of the character before it.
    let mut units: Vec<(usize, String)> = Vec::new();
    for (at, c) in chars {
        let mut folded = String::new();
        fold(*c, &mut folded);
        match units.last_mut() {
            Some((_, last)) if is_voicing(*c) => last.push_str(&folded),
            _ if !folded.is_empty() => units.push((*at, folded)),
            _ => {}
        }
    }
    for (place, (from, unit)) in units.iter().enumerate() {
        let next = units.get(place + 1).map_or("", |(_, next)| next);
        let to = units.get(place + 2).map_or(end, |(at, _)| *at);
        push(format!("{unit}{next}"), *from..to, Kind::Run, tokens);
    }
}

fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
}

fn is_arabic_mark(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

/// One character without case, accent and width. Nothing that could split a word comes out.
fn fold(c: char, out: &mut String) {
    let before = out.len();
    let mut whole = true;
    decompose_compatible(c, |part| {
        // ½ is 1⁄2, which is not 12.
        whole &= part.is_alphanumeric() || is_combining_mark(part);
        part.to_lowercase().for_each(|part| fold_part(part, out));
    });
    if !whole {
        out.truncate(before);
        if !c.is_ascii() {
            out.push(c);
        }
    }
}

fn fold_part(c: char, out: &mut String) {
    match c {
        // Accents, Arabic vowels, the dot that Hindi often leaves out.
        '\u{300}'..='\u{36f}' | '\u{93c}' => {}
        _ if is_arabic_mark(c) || is_silent(c) => {}
        '\u{901}' => out.push('\u{902}'),
        'ى' => out.push('ي'),
        'ة' => out.push('ه'),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        // Katakana as hiragana.
        '\u{30a1}'..='\u{30f6}' => out.extend(char::from_u32(c as u32 - 0x60)),
        c => match digit(c) {
            Some(digit) => out.push(digit),
            None => out.push(c),
        },
    }
}

/// Digits of the scripts of the house.
fn digit(c: char) -> Option<char> {
    [0x660, 0x6f0, 0x966, 0xc66]
        .into_iter()
        .filter_map(|zero: u32| (c as u32).checked_sub(zero))
        .find_map(|value| char::from_digit(value, 10))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn the_same_word_is_the_same_in_every_spelling() {
        for (one, other) in [
            ("Éruption", "eruption"),
            ("e\u{301}ruption", "Éruption"),
            ("GRÖSSE", "große"),
            ("боль", "БОЛЬ"),
            ("الصداع", "صداع"),
            ("وَالصُّدَاعُ", "صداع"),
            ("الالتهاب", "التهاب"),
            ("للألم", "ألم"),
            ("الدم", "دم"),
            ("حمّى", "حمي"),
            ("ज़ुकाम", "जुकाम"),
            ("आँख", "आंख"),
            ("ﾊﾞﾀｰ", "ばたー"),
            ("カゼ", "かぜ"),
            ("５００", "500"),
            ("٥٠٠", "५००"),
            ("٠٫٥", "0.5"),
            ("0,5", "0.5"),
            ("జ్వరం", "జ్వరం"),
        ] {
            assert_eq!(words(one), words(other), "{one} {other}");
        }
    }

    #[test]
    fn what_means_something_else_stays_apart() {
        for (one, other) in [
            ("0.5", "5"),
            ("½", "12"),
            ("50", "500"),
            ("ألم", "م"),
            ("頭痛", "腹痛"),
        ] {
            assert_ne!(words(one), words(other), "{one} {other}");
        }
    }

    #[test]
    fn a_run_without_spaces_becomes_pairs_and_its_end() {
        assert_eq!(words("头很痛。"), ["头很", "很痛", "痛"]);
        assert_eq!(words("CTで異常"), ["ct", "て\u{3099}異", "異常", "常"]);
        assert_eq!(words("500mg, 2×"), ["500", "mg", "2"]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Schmerz: très fort 头很痛 ½";
        for token in tokens(text) {
            assert!(text.is_char_boundary(token.at.start) && text.is_char_boundary(token.at.end));
        }
        let found: Vec<_> = tokens(text).into_iter().map(|t| &text[t.at]).collect();
        assert_eq!(
            found,
            ["Schmerz", "très", "fort", "头很", "很痛", "痛", "½"]
        );
    }

    proptest! {
        #[test]
        fn any_text_gives_words_that_the_index_does_not_split(text in "\\PC{0,60}") {
            for token in tokens(&text) {
                prop_assert!(!token.text.is_empty());
                prop_assert!(token.text.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric()), "{token:?}");
                prop_assert!(text.get(token.at.clone()).is_some());
            }
        }
    }
}
