//! Text of people, made safe to print: every character is seen as it is, or is named.

use unicode_segmentation::UnicodeSegmentation;

use super::fonts::Fonts;

/// Words longer than this many characters may be broken.
const LONG: usize = 30;
/// Characters from break to break in them.
const PIECE: usize = 10;

/// The text as it is printed: control characters, bidi overrides and what no font has are named
/// (`‹U+202E›`), very long words made breakable. Isolates stay: they keep a telephone number together
/// inside Arabic, and end with their line.
pub(super) fn printed(fonts: &Fonts, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            '\t' => out.push_str("    "),
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            // Ends of line of other systems; embeddings, which isolates have replaced.
            '\r' | '\u{feff}' | '\u{202a}'..='\u{202c}' => {}
            ' '..='~' => out.push(c),
            // Joiners, marks of direction and break points: shaping needs them, fonts lack them.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{61c}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}' => out.push(c),
            '\u{fe00}'..='\u{fe0f}' => out.push(c),
            '\u{202d}' | '\u{202e}' => name(&mut out, c),
            _ if c.is_control() || !fonts.have(c) => name(&mut out, c),
            _ => out.push(c),
        }
    }
    if out.split_whitespace().any(|word| word.len() > LONG) {
        out = out
            .split_inclusive(char::is_whitespace)
            .map(breakable)
            .collect();
    }
    out
}

/// Whether a line reads from right to left: by its first letter (UAX #9, P2 and P3).
pub(super) fn first_letter(line: &str) -> Option<Direction> {
    line.chars().find_map(|c| match c {
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
            c.is_alphabetic().then_some(Direction::Rtl)
        }
        _ => c.is_alphabetic().then_some(Direction::Ltr),
    })
}

/// Of a line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

fn name(out: &mut String, c: char) {
    out.push_str(&format!("‹U+{:04X}›", u32::from(c)));
}

/// A word with break points between its pieces, where nothing else lets it break.
fn breakable(word: &str) -> String {
    if word.len() <= LONG || word.chars().any(breaks_anyway) || word.graphemes(true).count() <= LONG
    {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len() + word.len() / PIECE * 3);
    for (n, grapheme) in word.graphemes(true).enumerate() {
        if n > 0 && n % PIECE == 0 {
            out.push('\u{200b}');
        }
        out.push_str(grapheme);
    }
    out
}

/// Chinese and Japanese break at almost every character, by rules of their own.
fn breaks_anyway(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..)
}
