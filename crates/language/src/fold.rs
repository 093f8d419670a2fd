//! Texts as they are compared: what differs only in case, punctuation and spacing becomes the same
//! row of tokens; nothing else does.
//!
//! A token is a word, a number (its digits in ASCII, its inner marks kept: `2.5`, `120/80`, `-3`), or
//! a symbol that means something (`%`, `+`, `<`). Chinese and Japanese are written without spaces:
//! there every character is a token.

use basics::Language;
use unicode_normalization::{
    UnicodeNormalization,
    char::{canonical_combining_class, is_combining_mark},
};

/// How a text ends, as far as it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With a question mark.
    Question,
    /// With a full stop or an exclamation mark.
    Statement,
    /// With neither.
    Open,
}

/// The tokens of a text.
pub(crate) fn tokens(text: &str, language: Language) -> Vec<String> {
    let chars: Vec<char> = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(plain)
        .collect();
    let by_character = matches!(language, Language::Zh | Language::Ja);
    let mut tokens: Vec<String> = Vec::new();
    // Whether the last token may still grow.
    let mut open = false;
    for (at, &c) in chars.iter().enumerate() {
        let after = at.checked_sub(1).map(|before| chars[before]);
        let next = chars.get(at + 1).copied();
        let digit_follows = next.is_some_and(|c| c.is_ascii_digit());
        if is_silent(c) {
            continue;
        }
        let numeric = open && tokens.last().is_some_and(|last| is_number(last));
        if c.is_ascii_digit() {
            if !numeric {
                tokens.push(String::new());
            }
            push(&mut tokens, c);
            open = true;
        } else if is_inner_mark(c) && digit_follows && numeric {
            push(&mut tokens, c);
        } else if c == '-' && digit_follows && !after.is_some_and(char::is_alphanumeric) {
            tokens.push("-".into());
            open = true;
        } else if c.is_alphanumeric() || is_combining_mark(c) {
            if !open || numeric || (by_character && !is_combining_mark(c)) {
                tokens.push(String::new());
            }
            push(&mut tokens, c);
            open = true;
        } else if c.is_whitespace() || c.is_control() || is_punctuation(c) {
            open = false;
        } else {
            tokens.push(c.into());
            open = false;
        }
    }
    tokens
}

/// Whether a token is a number.
pub(crate) fn is_number(token: &str) -> bool {
    token
        .strip_prefix('-')
        .unwrap_or(token)
        .starts_with(|c: char| c.is_ascii_digit())
        || token == "-"
}

/// A token without its accents, as hurried people type it. Vowel signs of Hindi and Telugu are no accents.
pub(crate) fn bare(token: &str, language: Language) -> String {
    let is_accent = |c: &char| match language {
        Language::Hi | Language::Te | Language::Ja | Language::Zh => false,
        _ => canonical_combining_class(*c) != 0,
    };
    let bare = token.nfd().filter(|c| !is_accent(c)).nfc();
    match language {
        // Hamza seats, final ya and ta marbuta are written in either way.
        Language::Ar => bare
            .map(|c| match c {
                'ٱ' => 'ا',
                'ى' => 'ي',
                'ة' => 'ه',
                other => other,
            })
            .collect(),
        _ => bare.collect(),
    }
}

/// How a text ends.
pub(crate) fn ending(text: &str) -> Ending {
    if asks(text) {
        return Ending::Question;
    }
    match text.trim_end().chars().last() {
        Some('.' | '!' | '。' | '！' | '．' | '।' | '۔') => Ending::Statement,
        _ => Ending::Open,
    }
}

/// Whether a question mark stands in it.
pub(crate) fn asks(text: &str) -> bool {
    text.contains(['?', '؟', '？', '¿'])
}

fn push(tokens: &mut [String], c: char) {
    if let Some(last) = tokens.last_mut() {
        last.push(c);
    }
}

/// One writing for digits and for marks that mean the same.
pub(crate) fn plain(c: char) -> char {
    const ZEROS: [char; 5] = ['٠', '۰', '०', '౦', '０'];
    for zero in ZEROS {
        let (zero, code) = (u32::from(zero), u32::from(c));
        if (zero..zero + 10).contains(&code) {
            return char::from_digit(code - zero, 10).unwrap_or(c);
        }
    }
    match c {
        '٫' => '.',
        '٬' => ',',
        '٪' => '%',
        '⁄' => '/',
        '−' | '‐' | '‑' | '–' | '—' => '-',
        other => other,
    }
}

/// Marks that belong to a number when digits stand on both sides.
fn is_inner_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '/' | '-')
}

/// What is neither seen nor heard: apostrophes inside words, the Arabic elongation, joiners,
/// direction marks, the soft hyphen.
pub(crate) fn is_silent(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{640}' | '\u{ad}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
    )
}

/// Marks that structure a sentence and change none of its words; `%`, `+`, `<`, `=` are none of them.
fn is_punctuation(c: char) -> bool {
    match c {
        '%' | '+' | '<' | '=' | '>' | '$' | '^' | '~' | '|' => false,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '،' | '؛' | '؟' | '۔' | '।' | '॥' => {
            true
        }
        '\u{2010}'..='\u{2027}' | '\u{2032}'..='\u{205e}' => c != '\u{2044}' && c != '\u{2052}',
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '・' => true,
        _ => c.is_ascii_punctuation(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same(language: Language, one: &str, other: &str) -> bool {
        tokens(one, language) == tokens(other, language)
    }

    #[test]
    fn case_punctuation_and_spacing_do_not_count() {
        assert!(same(
            Language::En,
            "Where does it hurt?",
            "  WHERE does\tit hurt "
        ));
        assert!(same(Language::En, "I don't know.", "i don’t know"));
        assert!(same(
            Language::Fr,
            "Avez-vous mal\u{a0}?",
            "avez vous mal ?"
        ));
        assert!(same(Language::Es, "¿Dónde le duele?", "dónde le duele"));
        assert!(same(Language::Ar, "أين الألم؟", "أين الألـم"));
        assert!(same(Language::Zh, "您 哪里 疼？", "您哪里疼"));
        assert!(same(
            Language::Ja,
            "どこが痛みますか。",
            "どこが 痛みますか？"
        ));
        assert!(same(Language::Ru, "Что болит?", "ЧТО БОЛИТ"));
    }

    #[test]
    fn digits_of_every_script_are_the_same_digits() {
        assert!(same(Language::Ar, "٣ أيام", "3 أيام"));
        assert!(same(Language::Hi, "३ दिन", "3 दिन"));
        assert!(same(Language::Te, "౩ రోజులు", "3 రోజులు"));
        assert!(same(Language::Ja, "３日", "3 日"));
        assert!(same(Language::En, "10mg", "10 mg"));
    }

    #[test]
    fn what_changes_the_meaning_stays() {
        for (one, other) in [
            ("2.5 mg", "25 mg"),
            ("2.5 mg", "2 5 mg"),
            ("-3", "3"),
            ("120/80", "120 80"),
            ("5 %", "5"),
            ("< 5", "> 5"),
            ("nowhere", "now here"),
            ("I can", "I can't"),
        ] {
            assert!(!same(Language::En, one, other), "{one} {other}");
        }
        assert!(!same(Language::Es, "año", "ano"));
        assert!(!same(Language::Ru, "все", "всё"));
    }

    proptest! {
        #[test]
        fn any_text_folds_and_its_tokens_fold_to_themselves(text in "\\PC{0,60}") {
            for language in Language::ALL {
                let once = tokens(&text, language);
                prop_assert!(once.iter().all(|token| !token.is_empty()));
                prop_assert!(once.iter().all(|token| !token.contains(char::is_whitespace)));
            }
        }
    }
}
