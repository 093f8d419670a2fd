//! Dates that nobody can misread: the month is a word, the year has four digits.
//!
//! Digits are Western in every language: a date or a dose must read the same to whoever finds the page.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};

use crate::Words;

/// Writes dates in one language and one zone.
pub(super) struct Dates {
    words: &'static Words,
    offset: Offset,
}

impl Dates {
    /// `utc_offset` in minutes east of UTC; an impossible one is UTC.
    pub(super) fn new(words: &'static Words, utc_offset: i16) -> Self {
        let offset = Offset::from_seconds(i32::from(utc_offset) * 60).unwrap_or(Offset::UTC);
        Self { words, offset }
    }

    /// A day, e.g. `14-Jul-1945`.
    pub(super) fn day(&self, date: Date) -> String {
        let filled = self.words.date.replace("{d}", &date.day().to_string());
        let filled = filled.replace("{month}", self.month(date));
        filled.replace("{y}", &format!("{:04}", date.year()))
    }

    /// A moment with its zone, e.g. `21-Nov-2026, 14:05 UTC+05:30`.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let there = at.to_zoned(TimeZone::fixed(self.offset));
        let minutes = self.offset.seconds() / 60;
        let zone = match minutes {
            0 => "UTC".to_owned(),
            _ => {
                let sign = if minutes < 0 { '−' } else { '+' };
                let minutes = minutes.abs();
                format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        let filled = self.words.moment.replace("{date}", &self.day(there.date()));
        let filled = filled.replace("{time}", &there.strftime("%H:%M").to_string());
        filled.replace("{zone}", &zone)
    }

    /// A birth date, with the age on a day where both are known; what is no date is written as it is.
    pub(super) fn born(&self, born: &str, on: Option<Date>) -> String {
        let parts: Vec<i16> = born
            .split('-')
            .map_while(|part| part.parse().ok())
            .collect();
        match parts[..] {
            [_, _, _] => match born.parse::<Date>() {
                Ok(date) => match on.and_then(|on| self.age(date, on)) {
                    Some(age) => format!("{} ({age})", self.day(date)),
                    None => self.day(date),
                },
                Err(_) => born.to_owned(),
            },
            [year, month] => match Date::new(year, i8::try_from(month).unwrap_or(0), 1) {
                Ok(first) => {
                    let filled = self.words.month.replace("{month}", self.month(first));
                    filled.replace("{y}", &format!("{year:04}"))
                }
                Err(_) => born.to_owned(),
            },
            _ => born.to_owned(),
        }
    }

    /// In months below two years.
    fn age(&self, born: Date, on: Date) -> Option<String> {
        let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
        let years = i32::from(on.year()) - i32::from(born.year()) - i32::from(before_birthday);
        if years >= 2 {
            return Some(self.words.years.replace("{n}", &years.to_string()));
        }
        let months = (i32::from(on.year()) - i32::from(born.year())) * 12
            + i32::from(on.month() - born.month())
            - i32::from(on.day() < born.day());
        (months >= 0).then(|| self.words.months_old.replace("{n}", &months.to_string()))
    }

    fn month(&self, date: Date) -> &'static str {
        let index = usize::try_from(date.month() - 1).unwrap_or_default();
        self.words.months.get(index).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use basics::Language;

    use super::*;
    use crate::words;

    fn dates(language: Language, offset: i16) -> Dates {
        Dates::new(words(language), offset)
    }

    #[test]
    fn days_are_unambiguous_in_every_language() {
        let day = Date::constant(1945, 7, 4);
        for language in Language::ALL {
            let written = dates(language, 0).day(day);
            assert!(
                written.contains('4') && written.contains("1945"),
                "{written}"
            );
            // No two months of a language are written alike.
            let all =
                (1..=12).map(|month| dates(language, 0).day(Date::new(1945, month, 4).unwrap()));
            let all: std::collections::BTreeSet<String> = all.collect();
            assert_eq!(all.len(), 12, "{language:?}");
        }
        assert_eq!(dates(Language::En, 0).day(day), "4-Jul-1945");
    }

    #[test]
    fn moments_name_their_zone() {
        let at: Timestamp = "2026-11-21T08:35:00Z".parse().unwrap();
        let written = |offset| dates(Language::En, offset).moment(at);
        assert_eq!(written(0), "21-Nov-2026, 08:35 UTC");
        assert_eq!(written(330), "21-Nov-2026, 14:05 UTC+05:30");
        assert_eq!(written(-600), "20-Nov-2026, 22:35 UTC−10:00");
    }

    #[test]
    fn an_age_is_that_on_the_day_of_the_examination() {
        let born = |text: &str, on: [i16; 3]| {
            let on = Date::new(on[0], on[1] as i8, on[2] as i8).unwrap();
            dates(Language::En, 0).born(text, Some(on))
        };
        assert_eq!(born("1945-07-14", [2026, 7, 13]), "14-Jul-1945 (80 y)");
        assert_eq!(born("1945-07-14", [2026, 7, 14]), "14-Jul-1945 (81 y)");
        assert_eq!(born("2025-11-30", [2026, 7, 14]), "30-Nov-2025 (7 months)");
        assert_eq!(born("2027-01-01", [2026, 7, 14]), "1-Jan-2027");
        assert_eq!(born("1945-07", [2026, 7, 14]), "Jul 1945");
        assert_eq!(born("1945", [2026, 7, 14]), "1945");
        assert_eq!(born("about 1945", [2026, 7, 14]), "about 1945");
    }
}
