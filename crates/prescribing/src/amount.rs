//! A number on a prescription: exact, and written one way only – no trailing zero, a leading zero.
//!
//! `3.0 mg` has been read as 30 mg and `.5 mg` as 5 mg (Joint Commission, "Do Not Use" list).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Rule;

/// More than zero, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

const ONE: u64 = 1_000_000;
/// Digits before the point.
const WHOLE: usize = 7;
/// Digits after the point that a person may write.
const AFTER: usize = 3;

impl Amount {
    /// So many whole ones.
    pub fn whole(count: u32) -> Option<Self> {
        Self::millionths(u64::from(count).checked_mul(ONE)?)
    }

    /// So many millionths.
    pub fn millionths(count: u64) -> Option<Self> {
        (count > 0).then_some(Self(count))
    }

    /// In millionths.
    pub fn as_millionths(self) -> u64 {
        self.0
    }

    /// This many times, divided; rounded up to a whole one.
    pub(crate) fn times_up(self, by: u64, over: u64) -> Option<Self> {
        let all = u128::from(self.0) * u128::from(by);
        let whole = all.div_ceil(u128::from(over.max(1)) * u128::from(ONE));
        Self::whole(u32::try_from(whole).ok()?)
    }
}

impl FromStr for Amount {
    type Err = Rule;

    fn from_str(text: &str) -> Result<Self, Rule> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Rule::Required);
        }
        if text.contains(',') {
            return Err(Rule::Comma);
        }
        let (whole, after) = match text.split_once('.') {
            None => (text, ""),
            Some((_, after)) if after.is_empty() || after.ends_with('0') => {
                return Err(Rule::TrailingZero);
            }
            Some(("", _)) => return Err(Rule::LeadingZero),
            Some(parts) => parts,
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let padded = whole.len() > 1 && whole.starts_with('0');
        if !digits(whole) || !digits(after) || padded || after.len() > AFTER || whole.len() > WHOLE
        {
            return Err(Rule::Number);
        }
        let number = |part: &str| part.parse::<u64>().map_err(|_| Rule::Number);
        let after = number(&format!("{after:0<6}"))?;
        Self::millionths(number(whole)? * ONE + after).ok_or(Rule::Number)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, after) = (self.0 / ONE, self.0 % ONE);
        if after == 0 {
            return write!(f, "{whole}");
        }
        let after = format!("{after:06}");
        write!(f, "{whole}.{}", after.trim_end_matches('0'))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let text = String::deserialize(deserializer)?;
        // What this program wrote may have six digits after the point.
        let wrong = || D::Error::custom("amount");
        let (whole, after) = text.split_once('.').unwrap_or((&text, ""));
        if after.len() > 6 {
            return Err(wrong());
        }
        let whole: u64 = whole.parse().map_err(|_| wrong())?;
        let after: u64 = format!("{after:0<6}").parse().map_err(|_| wrong())?;
        let all = whole
            .checked_mul(ONE)
            .and_then(|whole| whole.checked_add(after));
        all.and_then(Self::millionths).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, Rule> {
        text.parse::<Amount>().map(|amount| amount.to_string())
    }

    #[test]
    fn a_number_is_written_one_way_only() {
        assert_eq!(read("3"), Ok("3".into()));
        assert_eq!(read(" 0.5 "), Ok("0.5".into()));
        assert_eq!(read("62.5"), Ok("62.5".into()));
        for wrong in ["3.0", "3.", "0.50", "10.100"] {
            assert_eq!(read(wrong), Err(Rule::TrailingZero), "{wrong}");
        }
        assert_eq!(read(".5"), Err(Rule::LeadingZero));
        assert_eq!(read("0,5"), Err(Rule::Comma));
        assert_eq!(read("1,000"), Err(Rule::Comma));
        for wrong in [
            "0", "00", "05", "1e3", "-1", "½", "1.2.3", "0.0001", "12345678", "٣",
        ] {
            assert_eq!(read(wrong), Err(Rule::Number), "{wrong}");
        }
        assert_eq!(read(""), Err(Rule::Required));
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_written_without_trailing_and_with_leading_zero(text in "[0-9.,]{0,9}") {
            if let Ok(amount) = text.parse::<Amount>() {
                let written = amount.to_string();
                prop_assert!(!written.starts_with('.'), "{written}");
                prop_assert!(!written.contains('.') || !written.ends_with(['0', '.']), "{written}");
                prop_assert_eq!(written.parse::<Amount>(), Ok(amount));
                prop_assert_eq!(text.trim(), written.as_str());
            }
        }

        #[test]
        fn any_amount_survives_being_kept(millionths in 1_u64..9_999_999_000_000) {
            let amount = Amount::millionths(millionths).unwrap();
            let kept = serde_json::to_string(&amount).unwrap();
            prop_assert_eq!(serde_json::from_str::<Amount>(&kept).unwrap(), amount);
        }
    }
}
