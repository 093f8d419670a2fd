//! How alike two people are, in points that a person can follow. Nothing is merged by points: they only
//! say whom somebody should look at.

use basics::Phi;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::sound::Spoken;
use crate::record::patients::{PatientDetails, Sex};

/// From so many points on, somebody should look.
pub const LIKELY: u8 = 60;

/// What speaks for one person, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// The same id of another system.
    SameId,
    /// The same name.
    SameName,
    /// The same words of a name in another order.
    SameWords,
    /// A name that sounds the same.
    SoundsAlike,
    /// A name with a letter or two written otherwise.
    SpeltAlike,
    /// One name is a part of the other.
    PartOfName,
    /// The same birth date.
    SameBirth,
    /// The same birth date with day and month in each other's place.
    DayMonthSwapped,
    /// A birth date that differs in one digit.
    OneDigit,
    /// The birth date of one is not known.
    BirthUnknown,
    /// The same sex.
    SameSex,
    /// Another sex: speaks against it.
    OtherSex,
}

impl Trait {
    /// How much it counts.
    pub fn points(self) -> i16 {
        match self {
            Self::SameId => 60,
            Self::SameName => 45,
            Self::SameWords => 42,
            Self::SoundsAlike => 36,
            Self::SpeltAlike => 34,
            Self::PartOfName => 28,
            Self::SameBirth => 40,
            Self::DayMonthSwapped => 32,
            Self::OneDigit => 24,
            Self::BirthUnknown => 15,
            Self::SameSex => 5,
            Self::OtherSex => -25,
        }
    }
}

/// How alike two people are, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// 0–100: the points of the traits together.
    pub score: u8,
    /// What was found, most telling first.
    pub traits: Vec<Trait>,
}

impl Likeness {
    /// Compares two people.
    pub fn of(one: &PatientDetails, other: &PatientDetails) -> Self {
        let mut traits = Vec::with_capacity(4);
        if same_id(one, other) {
            traits.push(Trait::SameId);
        }
        traits.extend(names(one.name.expose(), other.name.expose()));
        traits.extend(births(one.birth_date.as_ref(), other.birth_date.as_ref()));
        traits.extend(match (one.sex, other.sex) {
            (Sex::Unknown, _) | (_, Sex::Unknown) => None,
            (one, other) if one == other => Some(Trait::SameSex),
            _ => Some(Trait::OtherSex),
        });
        let points: i16 = traits.iter().map(|one| one.points()).sum();
        Self {
            score: u8::try_from(points.clamp(0, 100)).unwrap_or(0),
            traits,
        }
    }

    /// Whether somebody should look.
    pub fn is_likely(&self) -> bool {
        self.score >= LIKELY
    }
}

/// The same id, unless two different systems gave it.
fn same_id(one: &PatientDetails, other: &PatientDetails) -> bool {
    let text = |value: &Option<Phi<String>>| {
        value
            .as_ref()
            .map(|value| value.expose().trim().to_lowercase())
            .filter(|value| !value.is_empty())
    };
    let issuers = text(&one.issuer).zip(text(&other.issuer));
    text(&one.external_id).is_some_and(|id| text(&other.external_id) == Some(id))
        && issuers.is_none_or(|(one, other)| one == other)
}

fn names(one: &str, other: &str) -> Option<Trait> {
    let (one, other) = (Spoken::of(one), Spoken::of(other));
    let letters = (one.letters(), other.letters());
    if letters.0.is_empty() || letters.1.is_empty() {
        return None;
    }
    if letters.0 == letters.1 {
        return Some(Trait::SameName);
    }
    if one.sorted() == other.sorted() || one.run() == other.run() {
        return Some(Trait::SameWords);
    }
    if one.sounds_like(&other, true) {
        return Some(Trait::SoundsAlike);
    }
    // A slip of a finger: at most two letters, and in a name that is long enough for that to be one.
    let slips = strsim::osa_distance(&letters.0, &letters.1);
    if slips <= 2 && letters.0.len().min(letters.1.len()) >= 4 * slips.max(1) + 2 {
        return Some(Trait::SpeltAlike);
    }
    let fewest = one.words.len().min(other.words.len());
    (fewest >= 2 && one.sounds_like(&other, false)).then_some(Trait::PartOfName)
}

fn births(one: Option<&Phi<String>>, other: Option<&Phi<String>>) -> Option<Trait> {
    let (Some(one), Some(other)) = (one, other) else {
        return Some(Trait::BirthUnknown);
    };
    let (one, other) = (one.expose(), other.expose());
    if one == other {
        return Some(Trait::SameBirth);
    }
    if swapped(one).as_deref() == Some(other) {
        return Some(Trait::DayMonthSwapped);
    }
    let digits = one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .filter(|(a, b)| a != b)
            .count()
            == 1;
    digits.then_some(Trait::OneDigit)
}

/// The date with day and month in each other's place, where that is a date.
fn swapped(date: &str) -> Option<String> {
    let date: Date = date.parse().ok()?;
    Date::new(date.year(), date.day(), date.month())
        .ok()
        .map(|date| date.to_string())
}

/// A key that is the same whichever way day and month were written.
pub(super) fn birth_key(date: &str) -> Option<String> {
    let date: Date = date.parse().ok()?;
    let (a, b) = (date.month(), date.day());
    Some(format!("born:{}-{}-{}", date.year(), a.min(b), a.max(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, birth: &str, sex: Sex, id: &str) -> PatientDetails {
        let some = |text: &str| (!text.is_empty()).then(|| Phi::new(text.to_owned()));
        PatientDetails {
            name: Phi::new(name.into()),
            birth_date: some(birth),
            sex,
            external_id: some(id),
            issuer: None,
        }
    }

    #[test]
    fn who_may_be_one_person_is_told_and_why() {
        use Sex::{Female, Male, Unknown};
        use Trait::*;
        for (one, other, traits) in [
            (
                ("Ana Silva", "1970-03-04", Female, ""),
                ("ana  silva", "1970-03-04", Female, ""),
                vec![SameName, SameBirth, SameSex],
            ),
            (
                ("Ana Silva", "1970-03-04", Female, ""),
                ("Silva, Ana", "1970-04-03", Female, ""),
                vec![SameWords, DayMonthSwapped, SameSex],
            ),
            (
                ("Katharina Meyer", "1951-12-01", Female, ""),
                ("Catherina Meier", "1951-12-01", Unknown, ""),
                vec![SoundsAlike, SameBirth],
            ),
            (
                ("Mohammed Hassan", "1988-02-11", Male, ""),
                ("محمد حسن", "1988-11-02", Male, ""),
                vec![SoundsAlike, DayMonthSwapped, SameSex],
            ),
            (
                ("Jonas Petersen", "1960-05-05", Male, ""),
                ("Jonas Petetsen", "1960-05-05", Male, ""),
                vec![SpeltAlike, SameBirth, SameSex],
            ),
            (
                ("Maria Silva", "1990-01-31", Female, ""),
                ("Maria da Silva Santos", "1990-01-31", Female, ""),
                vec![PartOfName, SameBirth, SameSex],
            ),
            (
                ("Somebody Else", "", Unknown, "A-17"),
                ("Anyone", "1990-01-31", Female, "a-17"),
                vec![SameId, BirthUnknown],
            ),
            (
                ("Ana Silva", "", Unknown, ""),
                ("Ana Silva", "1970-03-04", Female, ""),
                vec![SameName, BirthUnknown],
            ),
            (
                ("Ana Silva", "1970-03-04", Female, ""),
                ("Ana Silva", "1970-03-14", Female, ""),
                vec![SameName, OneDigit, SameSex],
            ),
        ] {
            let found = Likeness::of(
                &person(one.0, one.1, one.2, one.3),
                &person(other.0, other.1, other.2, other.3),
            );
            assert_eq!(found.traits, traits, "{} {}", one.0, other.0);
            assert!(found.is_likely(), "{} {} {}", one.0, other.0, found.score);
        }
    }

    #[test]
    fn other_people_are_left_alone() {
        use Sex::{Female, Male};
        for (one, other) in [
            // Namesakes, twins, brother and sister, a family of one address.
            (
                ("Ana Silva", "1970-03-04", Female, ""),
                ("Ana Silva", "1985-09-21", Female, ""),
            ),
            (
                ("Ana Silva", "1970-03-04", Female, ""),
                ("Eva Silva", "1970-03-04", Female, ""),
            ),
            (
                ("Mario Rossi", "1970-03-04", Male, ""),
                ("Maria Rossi", "1970-03-04", Female, ""),
            ),
            (
                ("Li Wei", "1970-03-04", Male, ""),
                ("Lu Fang", "1970-03-04", Male, ""),
            ),
            (
                ("Ana Silva", "1970-03-04", Female, "17"),
                ("Bruno Costa", "1999-03-04", Male, "17"),
            ),
        ] {
            let found = Likeness::of(
                &person(one.0, one.1, one.2, one.3),
                &person(other.0, other.1, other.2, other.3),
            );
            assert!(!found.is_likely(), "{} {} {found:?}", one.0, other.0);
        }
    }

    #[test]
    fn two_systems_may_give_the_same_number() {
        let of = |issuer: &str| PatientDetails {
            issuer: Some(Phi::new(issuer.into())),
            ..person("Ana Silva", "", Sex::Unknown, "17")
        };
        assert!(same_id(&of("north"), &of("North ")));
        assert!(!same_id(&of("north"), &of("south")));
        assert!(!same_id(
            &person("A", "", Sex::Unknown, ""),
            &person("A", "", Sex::Unknown, "")
        ));
    }

    #[test]
    fn a_swapped_day_has_the_same_key() {
        assert_eq!(birth_key("1970-03-04"), birth_key("1970-04-03"));
        assert_eq!(swapped("1970-03-24"), None);
        assert_eq!(swapped("1970-03-04").unwrap(), "1970-04-03");
    }
}
