//! What a translation looks like that went wrong as a whole: far too short or long, or going round
//! and round.

use std::collections::HashMap;

use basics::Language;

use super::{Flag, Kind, read::Read};

/// Where both are shorter, in English letters, their lengths say nothing.
const LONG_ENOUGH: f64 = 40.0;
/// How many times shorter or longer than usual.
const FAR: f64 = 2.2;
/// How often the same words may follow upon themselves.
const OFTEN: usize = 3;

pub(super) fn flags(
    said: &Read<'_>,
    from: Language,
    translated: &Read<'_>,
    to: Language,
) -> Vec<Flag> {
    let mut flags = Vec::new();
    let length = |text: &str| text.trim().chars().count() as f64;
    let (source, target) = (length(said.text), length(translated.text));
    let usual = source / width(from) * width(to);
    let longer = (source / width(from)).max(target / width(to));
    if longer >= LONG_ENOUGH && (target * FAR < usual || target > usual * FAR) {
        flags.push(Flag {
            kind: Kind::Length,
            source: format!("{source}"),
            target: format!("{target}"),
        });
    }
    let (rounds, words) = loops(translated);
    if rounds >= OFTEN && rounds > loops(said).0 {
        flags.push(Flag {
            kind: Kind::Loop,
            source: String::new(),
            target: words,
        });
    }
    flags
}

/// How many characters a text takes, compared with English.
fn width(language: Language) -> f64 {
    match language {
        Language::En => 1.0,
        Language::Ar => 0.92,
        Language::De => 1.15,
        Language::Es => 1.14,
        Language::Fr => 1.18,
        Language::Hi => 1.0,
        Language::Ja => 0.5,
        Language::Pt => 1.11,
        Language::Ru => 1.1,
        Language::Te => 1.05,
        Language::Zh => 0.34,
    }
}

/// How often the same words follow upon themselves at most, and which.
fn loops(read: &Read<'_>) -> (usize, String) {
    let tokens: Vec<&str> = read
        .tokens
        .iter()
        .map(|token| token.text.as_str())
        .collect();
    let mut most = (1, String::new());
    for size in 1..=8.min(tokens.len() / 2) {
        let mut at = 0;
        while at + 2 * size <= tokens.len() {
            let unit = &tokens[at..at + size];
            let rounds = (tokens[at..].chunks_exact(size))
                .take_while(|next| *next == unit)
                .count();
            // "No, no, no" is said.
            let counts = if size == 1 {
                rounds.saturating_sub(1)
            } else {
                rounds
            };
            if rounds > 1 && counts > most.0 {
                let last = (at + rounds * size).min(read.tokens.len()) - 1;
                let span = read.tokens[at].span.start..read.tokens[last].span.end;
                most = (counts, read.text.get(span).unwrap_or_default().to_owned());
            }
            at += if rounds > 1 { rounds * size } else { 1 };
        }
    }
    scattered(&tokens, most)
}

/// The same run of words again and again, whatever stands between.
fn scattered(tokens: &[&str], most: (usize, String)) -> (usize, String) {
    let mut seen: HashMap<&[&str], usize> = HashMap::new();
    for run in tokens.windows(12) {
        *seen.entry(run).or_default() += 1;
    }
    match seen.into_iter().max_by_key(|(_, times)| *times) {
        Some((run, times)) if times > most.0 => (times, run.join(" ")),
        _ => most,
    }
}
