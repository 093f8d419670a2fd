//! Numbers in a text: in digits and in words, with what multiplies them and the unit they count.

use basics::Language;

use super::{
    lexer::{Gap, Sort, Token},
    numbers::{ONE, is_grouped, readings},
    read::{Number, Read, State},
    rules::Meaning,
};
use crate::facts::without_prefixes;

impl State<'_> {
    /// Reads a number in digits or words, with its unit; where the next token is.
    pub(super) fn number(&self, at: usize, read: &mut Read<'_>) -> Option<usize> {
        let token = &self.tokens[at];
        let (values, sure, mut end) = match token.sort {
            Sort::Number => {
                let (times, end) = match self.unit(at + 1) {
                    Some(_) => (1, at + 1),
                    None => self.times(at + 1),
                };
                let mut values = readings(&token.text, self.language);
                for value in &mut values {
                    *value = value.saturating_mul(times);
                }
                self.short_years(at, end, &mut values);
                (values, true, end)
            }
            Sort::Word => {
                let (value, sure, end) = self.spelt(at)?;
                (vec![value], sure && self.is_counted(at, end), end)
            }
            Sort::Sign => return None,
        };
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        let in_name = token.sort == Sort::Number
            && matches!(token.gap, Gap::Nothing | Gap::Hyphen)
            && before.is_some_and(|before| is_name(before, self.language));
        let mut unit = self.words.unit_before(&self.texts[..at]).map(str::to_owned);
        if unit.is_none() && !in_name {
            let skip = self
                .texts
                .get(end)
                .is_some_and(|text| self.words.between.contains(*text));
            let found = (self.unit(end)).or_else(|| if skip { self.unit(end + 1) } else { None });
            let in_year = |value: &i128| (1800 * ONE..2100 * ONE).contains(value);
            // 3月12日 is no count of days.
            let of_month = found.is_some_and(|(_, name)| name == "day")
                && at > 0
                && self.texts[at - 1] == "月";
            if let Some((_, name)) = found
                && !of_month
                && !(name == "year" && values.iter().any(in_year))
                && !(name == "g" && values.iter().any(|value| *value >= 1000 * ONE))
            {
                // A sign is no token of its own any more; a word may be a number, too.
                end += usize::from(self.tokens.get(end).is_some_and(|t| t.sort == Sort::Sign));
                unit = Some(name.to_owned());
            }
        }
        let is_dose = unit
            .as_ref()
            .is_some_and(|unit| self.words.doses.contains(unit));
        if let Some(unit) = &unit {
            read.units.insert(unit.clone());
        }
        let is_century = unit.as_deref() == Some("century");
        // Where one language counts one, another says "a".
        let spelt = token.sort == Sort::Word;
        let is_one = (values == [ONE] || values == [0]) && unit.is_none();
        let last = end.min(self.tokens.len()) - 1;
        read.numbers.push(Number {
            values,
            sure: (sure && !is_century && !(is_one && spelt)) || is_dose,
            weak: in_name || is_one,
            unit: unit.filter(|_| !is_century),
            is_dose,
            span: token.span.start..self.tokens[last.max(at)].span.end,
        });
        Some(end)
    }

    /// Where digits stand for a year, or a decade, in short: 2010–11, 1960s.
    fn short_years(&self, at: usize, end: usize, values: &mut Vec<i128>) {
        let token = &self.tokens[at];
        let century = at.checked_sub(1).and_then(|before| {
            let before = &self.tokens[before];
            let is_year = before.sort == Sort::Number && before.text.len() == 4;
            is_year
                .then(|| before.text.get(..2)?.parse::<i128>().ok())
                .flatten()
        });
        if let Some(century) = century
            && token.gap != Gap::Space
            && token.gap != Gap::Break
            && token.text.len() == 2
        {
            values.extend(
                token
                    .text
                    .parse::<i128>()
                    .map(|year| (century * 100 + year) * ONE)
                    .ok(),
            );
        }
        let is_decade = token.text.len() == 4 && token.text.ends_with('0');
        let plural = self
            .tokens
            .get(end)
            .is_some_and(|next| next.text == "s" && next.gap == Gap::Nothing);
        if is_decade && plural {
            values.extend(
                token.text[2..]
                    .parse::<i128>()
                    .map(|years| years * ONE)
                    .ok(),
            );
        }
    }

    /// Chinese and Japanese words hold numerals that count nothing; what is counted has a measure.
    fn is_counted(&self, at: usize, end: usize) -> bool {
        if !matches!(self.language, Language::Zh | Language::Ja) || end > at + 1 {
            return true;
        }
        let measure = self
            .texts
            .get(end)
            .is_some_and(|text| self.words.between.contains(*text));
        measure || self.unit(end).is_some()
    }

    /// The unit that stands here, unless something sets it apart; in Arabic also with a prefix.
    pub(super) fn unit(&self, at: usize) -> Option<(usize, &str)> {
        let token = self.tokens.get(at)?;
        // "7-м издание" and "2009 H1N1": a letter that is no unit.
        let lettered = token.sort == Sort::Word && token.text.chars().count() == 1;
        let goes_on = self
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.gap == Gap::Nothing && next.sort == Sort::Number);
        if token.gap == Gap::Break
            || self.is_elided(token)
            || lettered && (token.gap == Gap::Hyphen || goes_on)
        {
            return None;
        }
        let rest = &self.texts[at..];
        self.words.unit(rest).or_else(|| match self.language {
            Language::Ar => without_prefixes(token.text.as_str())
                .into_iter()
                .find_map(|form| self.words.unit(&[form])),
            _ => None,
        })
    }

    /// "l'eau" is no litre.
    fn is_elided(&self, token: &Token) -> bool {
        self.language == Language::Fr
            && token.text.len() == 1
            && self
                .text
                .get(token.span.end..)
                .is_some_and(|rest| rest.starts_with(['\'', '’']))
    }

    /// A number in words: value, whether it surely is one, where it ends.
    fn spelt(&self, at: usize) -> Option<(i128, bool, usize)> {
        let mut total: i128 = 0;
        let mut part: i128 = 0;
        // The least power of ten that was said in this part: the next must be below it.
        let mut room: i128 = i128::MAX;
        let mut sure = false;
        let mut words = 0;
        let mut counts = false;
        let mut end = at;
        let mut next = at;
        while next < self.tokens.len() && self.tokens[next].sort == Sort::Word {
            if words > 0 && self.tokens[next].gap == Gap::Break {
                break;
            }
            let Some((length, meaning)) = self.part_of_number(next, words > 0) else {
                break;
            };
            match meaning {
                Meaning::Number {
                    value,
                    sure: is_sure,
                } => {
                    let tens_follow = self.language == Language::Ar
                        && (ONE..10 * ONE).contains(&part)
                        && (20 * ONE..100 * ONE).contains(&value)
                        && self.texts[next].starts_with('و');
                    if words > 0 && value >= room && !tens_follow {
                        break;
                    }
                    part += value;
                    room = power(value);
                    counts = true;
                    sure |= is_sure;
                }
                Meaning::Times(times) if times < 1000 && part > 0 && part < times * ONE => {
                    part *= times;
                    room = times * ONE;
                }
                Meaning::Times(times) if words > 0 => {
                    let value = part.max(if total == 0 { ONE } else { 0 });
                    if value == 0 {
                        total = total.saturating_mul(times);
                    } else {
                        total += value.saturating_mul(times);
                    }
                    part = 0;
                    room = times.saturating_mul(ONE);
                }
                Meaning::Times(times) => {
                    part = times * ONE;
                    room = part;
                }
                Meaning::And if words > 0 => {
                    next += length;
                    continue;
                }
                _ => break,
            }
            words += 1;
            next += length;
            end = next;
        }
        (words > 0).then_some((total + part, sure || counts && words > 1, end))
    }

    /// The meaning of the words here as part of a number.
    fn part_of_number(&self, at: usize, inside: bool) -> Option<(usize, Meaning)> {
        let fits = |meaning: &&Meaning| {
            matches!(meaning, Meaning::Number { .. } | Meaning::Times(_))
                || (inside && **meaning == Meaning::And)
        };
        let (length, meanings) = self.find(at)?;
        // A month is a fact first, though it brings its number.
        if meanings
            .iter()
            .any(|meaning| matches!(meaning, Meaning::Fact { .. } | Meaning::Plain))
        {
            return None;
        }
        Some((length, meanings.iter().find(fits)?.clone()))
    }

    /// What the digits before are multiplied with, and where that ends.
    fn times(&self, from: usize) -> (i128, usize) {
        let (mut times, mut at) = (1, from);
        while at < self.tokens.len() && self.tokens[at].gap != Gap::Break {
            let skip = usize::from(matches!(self.texts[at], "de" | "多" | "余"));
            match self.find(at + skip) {
                Some((length, [Meaning::Times(more), ..])) if *more >= 100 => {
                    times *= more;
                    at += length + skip;
                }
                _ => break,
            }
        }
        (times, at)
    }
}

/// "Between 14 and 22 million": what multiplies the second may count for the first.
pub(super) fn shared_times(numbers: &mut [Number]) {
    for at in 1..numbers.len() {
        let near = numbers[at]
            .span
            .start
            .saturating_sub(numbers[at - 1].span.end)
            <= 8;
        let (Some(&first), Some(&second)) =
            (numbers[at - 1].values.first(), numbers[at].values.first())
        else {
            continue;
        };
        for times in [1000, 10_000, 1_000_000, 1_000_000_000] {
            if near
                && first < 1000 * ONE
                && second >= times * ONE
                && second % (times * ONE / 100) == 0
            {
                numbers[at - 1].values.push(first.saturating_mul(times));
            }
        }
    }
}

/// The greatest power of ten that divides a value: after "twenty" comes what is below ten.
fn power(value: i128) -> i128 {
    let mut power = ONE;
    while value > 0 && value % (power * 10) == 0 {
        power *= 10;
    }
    // Sixty and eighty take up to nineteen in French.
    power
}

/// Whether digits written onto this word are part of a name: letters of Latin script.
fn is_name(token: &Token, language: Language) -> bool {
    let latin = token.text.chars().all(|c| c.is_ascii_alphabetic());
    let foreign = !matches!(
        language,
        Language::De | Language::En | Language::Es | Language::Fr | Language::Pt
    );
    token.sort == Sort::Word && (latin || foreign && token.text.starts_with(is_lettered))
}

/// Letters of scripts in which "COVID" is spelt, too; Han and kana stand beside digits anyway.
fn is_lettered(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}' | '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{97f}' | '\u{c00}'..='\u{c7f}')
}

/// Joins thousands set apart by spaces; takes dates such as 12.03.2020 apart.
pub(super) fn numbers_apart(tokens: Vec<Token>, language: Language) -> Vec<Token> {
    let spaced = matches!(
        language,
        Language::Es | Language::Fr | Language::Pt | Language::Ru | Language::De
    );
    let plain = |token: &Token| token.text.bytes().all(|b| b.is_ascii_digit());
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut may_grow = false;
    for token in tokens {
        if token.sort != Sort::Number {
            joined.push(token);
            may_grow = false;
            continue;
        }
        let three = token.text.find([',', '.']).unwrap_or(token.text.len()) == 3;
        if let Some(last) = joined.last_mut()
            && spaced
            && may_grow
            && token.gap == Gap::Space
            && three
        {
            may_grow = plain(&token);
            last.text.push_str(&token.text);
            last.span.end = token.span.end;
            continue;
        }
        may_grow = plain(&token) && token.text.len() <= 3 && !token.text.starts_with('0');
        let marks = token.text.matches(['.', ',']).count();
        let grouped = [',', '.'].iter().any(|mark| is_grouped(&token.text, *mark));
        if marks > 1 && !grouped && !(token.text.contains('.') && token.text.contains(',')) {
            let mut start = token.span.start;
            for (part, text) in token.text.split(['.', ',']).enumerate() {
                joined.push(Token {
                    sort: Sort::Number,
                    text: text.to_owned(),
                    gap: if part == 0 { token.gap } else { Gap::Break },
                    span: start..(start + text.len()).min(token.span.end),
                });
                start += text.len() + 1;
            }
            continue;
        }
        joined.push(token);
    }
    joined
}
