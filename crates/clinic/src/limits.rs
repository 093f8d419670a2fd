//! Stated limits of texts. A text within its limit is stored as it came, byte for byte; one over it
//! is refused by name. Nothing is ever cut off.

use crate::error::{ClinicError, Result};

/// Characters of a name or another short text.
pub const NAME: usize = 200;
/// Bytes of a free text, or of a header as JSON: 1 MiB.
pub const TEXT: usize = 1024 * 1024;
/// Characters of a message in a consultation.
pub const MESSAGE: usize = 8_000;
/// Characters of a message's translation, which may be longer than the message.
pub const TRANSLATION: usize = 4 * MESSAGE;
/// Characters of a sign-in name.
pub const LOGIN: std::ops::RangeInclusive<usize> = 2..=64;
/// Characters of a password.
pub const PASSWORD: std::ops::RangeInclusive<usize> = 10..=1024;
/// Rows of a page.
pub const PAGE: u32 = 200;

/// A short text: at most [`NAME`] characters.
pub(crate) fn short(field: &'static str, text: &str) -> Result<()> {
    characters(field, text, NAME)
}

/// A text of at most so many characters.
pub(crate) fn characters(field: &'static str, text: &str, limit: usize) -> Result<()> {
    if text.len() > limit && text.chars().count() > limit {
        return Err(ClinicError::TooLong {
            field,
            limit: limit as u64,
        });
    }
    Ok(())
}

/// A short text that must hold something other than white space.
pub(crate) fn name(field: &'static str, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Err(ClinicError::Invalid {
            field,
            rule: "required",
        });
    }
    short(field, text)
}

/// A free text: at most [`TEXT`] bytes.
pub(crate) fn long(field: &'static str, text: &str) -> Result<()> {
    if text.len() > TEXT {
        return Err(ClinicError::TooLong {
            field,
            limit: TEXT as u64,
        });
    }
    Ok(())
}

/// A short text that may be missing.
pub(crate) fn optional(field: &'static str, text: Option<&String>) -> Result<()> {
    text.map_or(Ok(()), |text| short(field, text))
}

/// `YYYY-MM-DD`, a day that exists.
pub(crate) fn date(field: &'static str, text: Option<&String>) -> Result<()> {
    let Some(text) = text else { return Ok(()) };
    match text.parse::<jiff::civil::Date>() {
        Ok(date) if date.to_string() == *text => Ok(()),
        _ => Err(ClinicError::Invalid {
            field,
            rule: "date",
        }),
    }
}

/// A sign-in name: [`LOGIN`] characters, none of them white space or control.
pub(crate) fn login(text: &str) -> Result<()> {
    let wrong = |rule| {
        Err(ClinicError::Invalid {
            field: "login",
            rule,
        })
    };
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return wrong("no-white-space");
    }
    match text.chars().count() {
        count if LOGIN.contains(&count) => Ok(()),
        count if count > *LOGIN.end() => Err(ClinicError::TooLong {
            field: "login",
            limit: *LOGIN.end() as u64,
        }),
        _ => wrong("too-short"),
    }
}

/// A password: [`PASSWORD`] characters (NIST SP 800-63B-4, section 3.1.1: length, no composition).
pub(crate) fn password(text: &str) -> Result<()> {
    match text.chars().count() {
        count if PASSWORD.contains(&count) => Ok(()),
        count if count > *PASSWORD.end() => Err(ClinicError::TooLong {
            field: "password",
            limit: *PASSWORD.end() as u64,
        }),
        _ => Err(ClinicError::Invalid {
            field: "password",
            rule: "too-short",
        }),
    }
}

/// A page's length.
pub(crate) fn page(limit: u32) -> Result<u32> {
    if (1..=PAGE).contains(&limit) {
        Ok(limit)
    } else {
        Err(ClinicError::Invalid {
            field: "limit",
            rule: "page-length",
        })
    }
}
