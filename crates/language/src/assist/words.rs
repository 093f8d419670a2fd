//! The words by which a question and a passage are compared: without case, accents and English endings,
//! without words that every question has, and with words that mean the same made one.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use basics::Language;
use serde::Deserialize;

use crate::fold::{bare, is_number, tokens};

/// `assets/assist/words.json`.
const FILE: &str = include_str!("../../../../assets/assist/words.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Words that say nothing about what is asked.
    stop: Vec<String>,
    /// Words that mean the same in this program; the first stands for all.
    same: Vec<Vec<String>>,
}

#[derive(Default)]
struct Known {
    stop: HashSet<String>,
    same: HashMap<String, String>,
}

/// The words that count, in order.
pub(super) fn terms(text: &str) -> Vec<String> {
    let known = known();
    tokens(text, Language::En)
        .iter()
        .map(|token| bare(token, Language::En))
        .filter(|token| !known.stop.contains(token))
        .flat_map(|token| pieces(&token))
        .map(|term| known.same.get(&term).cloned().unwrap_or(term))
        .collect()
}

/// Whether some of the words are English function words: only then do rules made of English words reach.
pub(super) fn is_english(text: &str) -> bool {
    let stop = &known().stop;
    let tokens = tokens(text, Language::En);
    let plain = tokens.iter().filter(|token| stop.contains(*token)).count();
    // "a", "me" and "no" stand in other languages too: one alone is no proof.
    plain * 4 >= tokens.len() && plain > 0
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        // A broken file is found by the test below.
        let Ok(file) = serde_json::from_str::<File>(FILE) else {
            return Known::default();
        };
        let mut same = HashMap::new();
        for group in &file.same {
            if let Some(first) = group.first() {
                for word in group {
                    same.insert(stem(word), stem(first));
                }
            }
        }
        Known {
            stop: file.stop.into_iter().collect(),
            same,
        }
    })
}

/// A token as it is compared: an English word by its stem, Chinese and Japanese by pairs of characters.
fn pieces(token: &str) -> Vec<String> {
    let chars: Vec<char> = token.chars().collect();
    if chars.iter().any(|&c| is_ideograph(c)) {
        return match chars.len() {
            1 => vec![token.into()],
            _ => chars.windows(2).map(|pair| pair.iter().collect()).collect(),
        };
    }
    if is_number(token) {
        // 120/80 and 2026-11-03 are also found by their parts.
        return (token.split(['/', '-']))
            .filter(|part| !part.is_empty())
            .map(Into::into)
            .collect();
    }
    vec![stem(token)]
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// An English word without its ending. It is rough on purpose: it only has to treat both sides alike.
fn stem(word: &str) -> String {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.into();
    }
    let mut stem = word.to_owned();
    if let Some(head) = stem.strip_suffix("ies").or(stem.strip_suffix("ied")) {
        stem = format!("{head}y");
    } else if ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|end| stem.ends_with(end))
    {
        stem.truncate(stem.len() - 2);
    } else if stem.ends_with('s') && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem.pop();
    }
    for ending in ["ing", "ed", "ly"] {
        if let Some(head) = stem.strip_suffix(ending)
            && head.len() >= 3
            && head.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        {
            stem = undoubled(head);
            break;
        }
    }
    // "Note" stays apart from "not".
    if stem.len() > 4 && stem.ends_with('e') {
        stem.pop();
    }
    if stem.len() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

/// "dropp" → "drop"; "fill" stays.
fn undoubled(head: &str) -> String {
    let mut ends = head.bytes().rev();
    match (ends.next(), ends.next()) {
        (Some(one), Some(two)) if one == two && !b"lsz".contains(&one) => {
            head[..head.len() - 1].into()
        }
        _ => head.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_valid_and_no_stop_word_has_a_meaning() {
        let file: File = serde_json::from_str(FILE).unwrap();
        for word in file.same.iter().flatten() {
            assert!(!file.stop.contains(word), "{word}");
        }
    }

    #[test]
    fn endings_do_not_count() {
        for (one, other) in [
            ("report", "reports"),
            ("measure", "measuring"),
            ("drop", "dropped"),
            ("verify", "verified"),
            ("key", "keys"),
            ("allergy", "allergies"),
            ("fill", "filled"),
            ("sign", "signing"),
            ("image", "images"),
            ("recover", "recovery"),
        ] {
            let same = |word| stem(word).trim_end_matches('i').to_owned();
            assert_eq!(same(one), same(other), "{one} {other}");
        }
        assert_ne!(stem("scan"), stem("scanner"));
        assert_ne!(stem("left"), stem("lef"));
    }

    #[test]
    fn other_scripts_have_terms_too() {
        assert_eq!(terms("胸が痛い").len(), 3);
        assert!(!terms("بطني يؤلمني").is_empty());
        assert_eq!(terms("Wie lautet die Diagnose?").last().unwrap(), "diagnos");
    }

    #[test]
    fn english_is_told_from_other_languages() {
        assert!(is_english("Is it serious?"));
        assert!(is_english("what was found in my lungs"));
        assert!(!is_english("¿Es grave?"));
        assert!(!is_english("Muss ich mir Sorgen machen?"));
        assert!(!is_english("何が見つかりましたか"));
    }
}
