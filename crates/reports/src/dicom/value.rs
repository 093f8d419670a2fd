//! Text as DICOM's types allow it (PS3.5, table 6.2-1): characters that mean something else are
//! exchanged, what is too long is cut and ends in `…`.

use basics::Timestamp;
use dicom_core::VR;
use jiff::{Zoned, tz};

/// The moment on a clock so many minutes east of UTC.
pub(super) fn local(at: Timestamp, minutes: i16) -> Zoned {
    let offset = tz::Offset::from_seconds(i32::from(minutes) * 60).unwrap_or(tz::Offset::UTC);
    at.to_zoned(offset.to_time_zone())
}

/// A value of this type that says as much of `text` as the type can.
pub(super) fn fit(vr: VR, text: &str) -> String {
    match vr {
        VR::LO => cut(&line(text), 64),
        VR::SH => cut(&line(text), 16),
        VR::PN => {
            let groups = text.split('=').take(3);
            let groups: Vec<String> = groups.map(|group| cut(&line(group), 64)).collect();
            groups.join("=")
        }
        VR::ST => cut(&lines(text), 1024),
        VR::LT => cut(&lines(text), 10_240),
        VR::UT | VR::UC => lines(text),
        VR::DA => {
            let digits: String = text.chars().filter(|c| !matches!(c, '-' | '.')).collect();
            let is_day = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_day { digits } else { String::new() }
        }
        VR::TM => {
            let digits: String = text.chars().filter(|c| *c != ':').collect();
            let known = |byte: u8| byte.is_ascii_digit() || byte == b'.';
            if digits.len() <= 14 && digits.bytes().all(known) {
                digits
            } else {
                String::new()
            }
        }
        // Codes and UIDs are our own or were checked when they were read.
        _ => text.to_owned(),
    }
}

/// One line: a backslash parts values, and control characters have no place.
fn line(text: &str) -> String {
    let clean = text.chars().map(|c| match c {
        '\\' => '/',
        c if c.is_control() => ' ',
        c => c,
    });
    clean.collect::<String>().trim().to_owned()
}

/// Lines end in CR LF.
fn lines(text: &str) -> String {
    let clean: Vec<String> = text
        .lines()
        .map(|line| line.chars().filter(|c| !c.is_control()).collect())
        .collect();
    clean.join("\r\n").trim_end().to_owned()
}

/// Lengths are counted in characters, not bytes (PS3.5 6.1.2.2).
fn cut(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let kept: String = text.chars().take(length - 1).collect();
    kept.trim_end().to_owned() + "…"
}

/// A shown name as a person's name (PS3.5 6.2.1.1). What stands before a comma is the family's; a name in
/// Chinese or Japanese characters belongs into the second, ideographic group.
pub(super) fn person(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if "^=".contains(c) { ' ' } else { c })
        .collect();
    let parts = match name.split_once(',') {
        Some((family, given)) => format!("{}^{}", family.trim(), given.trim()),
        None => name.trim().to_owned(),
    };
    let ideographic = name.chars().any(|c| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
    });
    if ideographic {
        format!("={parts}")
    } else {
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fit_their_types() {
        assert_eq!(fit(VR::SH, "a\\b\nc"), "a/b c");
        assert_eq!(fit(VR::SH, &"م".repeat(16)), "م".repeat(16));
        assert_eq!(fit(VR::SH, &"م".repeat(17)), "م".repeat(15) + "…");
        assert_eq!(fit(VR::UT, "one\ntwo\u{1b}\n"), "one\r\ntwo");
        assert_eq!(fit(VR::DA, "1945-07-14"), "19450714");
        assert_eq!(fit(VR::DA, "about 1945"), "");
        assert_eq!(fit(VR::TM, "09:30:00"), "093000");
        let long = fit(VR::PN, &format!("{}={}", "a".repeat(70), "王".repeat(70)));
        assert_eq!(long.chars().count(), 64 + 1 + 64);
    }

    #[test]
    fn names_find_their_group() {
        assert_eq!(person("Silva, Maria Ana"), "Silva^Maria Ana");
        assert_eq!(person("قباني لنزار"), "قباني لنزار");
        assert_eq!(person("王小東"), "=王小東");
        assert_eq!(person("a^b=c"), "a b c");
    }
}
