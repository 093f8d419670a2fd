//! What a number as written may mean. Values are whole: ten thousand times the number, so that
//! 2.5 and 0.0005 are exact.

use basics::Language;

/// What is one.
pub(super) const ONE: i128 = 10_000;

/// Every value that digits with their marks may have in a language, the likeliest first. "1.500" is one
/// and a half in English, and in Spanish fifteen hundred or one and a half.
pub(super) fn readings(text: &str, language: Language) -> Vec<i128> {
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let decimal_comma = matches!(
        language,
        Language::Es | Language::Fr | Language::Pt | Language::Ru | Language::De
    );
    let (grouping, decimal) = match decimal_comma {
        true => ('.', ','),
        false => (',', '.'),
    };
    let mut found = Vec::new();
    let mut add = |value: Option<i128>| {
        if let Some(value) = value
            && !found.contains(&value)
        {
            found.push(value);
        }
    };
    match (marks.first(), marks.last(), marks.len()) {
        (None, ..) => add(whole(text)),
        (Some(first), Some(last), _) if first != last => add(fraction(text, *last)),
        (Some(&mark), _, 1) => {
            let groups = is_grouped(text, mark);
            if mark == grouping && groups {
                add(whole(text));
                // Many write the other way round where the comma is the decimal mark.
                if decimal_comma {
                    add(fraction(text, mark));
                }
            } else {
                add(fraction(text, mark));
                if decimal_comma && groups && mark == decimal {
                    add(whole(text));
                }
            }
        }
        _ => add(whole(text)),
    }
    found
}

/// Whether the marks stand where thousands are set apart: 1,234,567; in India 12,34,567.
pub(super) fn is_grouped(text: &str, mark: char) -> bool {
    let groups: Vec<&str> = text.split(mark).collect();
    let Some((last, rest)) = groups.split_last() else {
        return false;
    };
    let Some((first, middle)) = rest.split_first() else {
        return false;
    };
    last.len() == 3
        && (1..=3).contains(&first.len())
        && *first != "0"
        && (middle.iter().all(|group| group.len() == 3)
            || (first.len() <= 2 && middle.iter().all(|group| group.len() == 2)))
}

/// The digits as one whole number; of more than twenty-four the last, for nobody reads those.
fn whole(text: &str) -> Option<i128> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    let digits = &digits[digits.len().saturating_sub(24)..];
    let value = digits
        .iter()
        .fold(0i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    (!digits.is_empty()).then_some(value * ONE)
}

/// The number with this decimal mark; further places than four do not tell numbers apart.
fn fraction(text: &str, mark: char) -> Option<i128> {
    let (before, after) = text.rsplit_once(mark)?;
    let places: String = after.chars().chain("0000".chars()).take(4).collect();
    let whole = whole(before)?;
    Some(whole + places.parse::<i128>().ok()?)
}
