//! Whether a password may be chosen: its length, how many guesses it withstands (zxcvbn), and none of what
//! everybody would try here first. NIST SP 800-63B-4, section 3.1.1: length and a list of forbidden ones, no rules
//! about kinds of characters.

use zxcvbn::{
    Score,
    feedback::{Suggestion, Warning},
};

use crate::{
    error::{ClinicError, Result},
    limits,
};

/// From this score on (0–4) a password may be chosen: "safely unguessable", 10⁸ guesses and more.
pub const ENOUGH: u8 = 3;

/// What everybody would try in a clinic first. A password is forbidden when it is one of these with digits and
/// signs around it or in the place of letters, whatever the score says.
const FORBIDDEN: &[&str] = &[
    "medibridge",
    "medibridgeclinic",
    "workstation",
    "hospital",
    "hospitalclinic",
    "clinic",
    "clinical",
    "democlinic",
    "doctor",
    "doctordoctor",
    "physician",
    "radiology",
    "radiologist",
    "pharmacy",
    "pharmacist",
    "nurse",
    "nursing",
    "patient",
    "patients",
    "administrator",
    "administration",
    "reception",
    "emergency",
    "emergencyroom",
    "stethoscope",
    "medicine",
    "healthcare",
    "welcome",
    "welcomeback",
    "changeme",
    "changemenow",
    "letmein",
    "letmeinnow",
    "default",
    "temporary",
    "temppassword",
    "newpassword",
    "mypassword",
    "password",
    "passwordpassword",
    "passwort",
    "contrasena",
    "motdepasse",
    "secret",
    "topsecret",
    "qwertyuiop",
    "asdfghjkl",
    "iloveyou",
    "sunshine",
    "princess",
    "correcthorsebatterystaple",
];

/// How good a password is, and what would make it better; keys for the words of the screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    /// 0 (falls at once) to 4.
    pub score: u8,
    /// It may be chosen.
    pub allowed: bool,
    /// Why it is weak.
    pub warning: Option<&'static str>,
    /// What would help.
    pub suggestions: Vec<&'static str>,
}

/// Looks at a password; `about` is what an attacker would know of its owner: names, sign-in name, clinic.
pub fn strength(password: &str, about: &[&str]) -> Strength {
    // Each word of a name is known, too.
    let known: Vec<&str> = about
        .iter()
        .flat_map(|text| std::iter::once(*text).chain(text.split(|c: char| !c.is_alphanumeric())))
        .filter(|text| text.chars().count() >= 3)
        .chain(["medibridge", "clinic"])
        .collect();
    let guessed = zxcvbn::zxcvbn(password, &known);
    let score = match guessed.score() {
        Score::Zero => 0,
        Score::One => 1,
        Score::Two => 2,
        Score::Three => 3,
        _ => 4,
    };
    let long_enough = limits::password(password).is_ok();
    let forbidden = is_forbidden(password, about);
    let feedback = guessed.feedback();
    let warning = match (forbidden, long_enough) {
        (true, _) => Some("forbidden"),
        (false, false) if score >= ENOUGH => Some("too-short"),
        _ => feedback
            .and_then(|feedback| feedback.warning())
            .map(warning_key),
    };
    let suggestions = feedback.map_or_else(Vec::new, |feedback| {
        feedback
            .suggestions()
            .iter()
            .copied()
            .map(suggestion_key)
            .collect()
    });
    Strength {
        score: if forbidden { 0 } else { score },
        allowed: long_enough && !forbidden && score >= ENOUGH,
        warning,
        suggestions,
    }
}

/// Refuses what may not be chosen.
pub(crate) fn check(password: &str, about: &[&str]) -> Result<()> {
    limits::password(password)?;
    let rule = match strength(password, about) {
        Strength { allowed: true, .. } => return Ok(()),
        Strength {
            warning: Some("forbidden"),
            ..
        } => "forbidden",
        _ => "too-easy",
    };
    Err(ClinicError::PasswordRefused { rule })
}

/// One of the forbidden, or little but what the owner and the clinic are called; digits, signs and the usual replacements
/// change nothing.
fn is_forbidden(password: &str, about: &[&str]) -> bool {
    let mut bare = letters(password);
    if FORBIDDEN.contains(&bare.as_str()) {
        return true;
    }
    let whole = bare.chars().count();
    let words = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = words
        .map(letters)
        .filter(|word| word.chars().count() >= 3)
        .collect();
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    for word in words {
        bare = bare.replace(&word, "");
    }
    // What is left beside names.
    let left = bare.chars().count();
    left < whole && left < 4
}

/// Letters only, in lower case, with `0`, `1`, `3`, `4`, `5`, `7`, `@`, `$` between letters read as the letters they stand for.
fn letters(text: &str) -> String {
    let lower = text.to_lowercase();
    let inner = lower.trim_matches(|c: char| !c.is_alphabetic() && c != '@' && c != '$');
    inner
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .filter(|c| c.is_alphabetic())
        .collect()
}

fn warning_key(warning: Warning) -> &'static str {
    use Warning as W;
    match warning {
        W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess => "keyboard",
        W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            "repeats"
        }
        W::ThisIsATop10Password
        | W::ThisIsATop100Password
        | W::ThisIsACommonPassword
        | W::ThisIsSimilarToACommonlyUsedPassword => "common",
        W::SequencesLikeAbcAreEasyToGuess => "sequence",
        W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess => "date",
        W::AWordByItselfIsEasyToGuess => "one-word",
        W::NamesAndSurnamesByThemselvesAreEasyToGuess | W::CommonNamesAndSurnamesAreEasyToGuess => {
            "name"
        }
    }
}

fn suggestion_key(suggestion: Suggestion) -> &'static str {
    use Suggestion as S;
    match suggestion {
        S::UseAFewWordsAvoidCommonPhrases | S::NoNeedForSymbolsDigitsOrUppercaseLetters => {
            "few-words"
        }
        S::AddAnotherWordOrTwo => "another-word",
        S::CapitalizationDoesntHelpVeryMuch
        | S::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => "capitals",
        S::ReversedWordsArentMuchHarderToGuess | S::PredictableSubstitutionsDontHelpVeryMuch => {
            "disguise"
        }
        S::UseALongerKeyboardPatternWithMoreTurns | S::AvoidSequences => "no-pattern",
        S::AvoidRepeatedWordsAndCharacters => "no-repeats",
        S::AvoidRecentYears
        | S::AvoidYearsThatAreAssociatedWithYou
        | S::AvoidDatesAndYearsThatAreAssociatedWithYou => "no-dates",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_forbidden_whatever_is_hung_on_it() {
        for password in [
            "MediBridge2026!",
            "medibr1dge-2026",
            "2026Hospital2026",
            "P@ssw0rd!!!!",
            "administrator1",
            "doctordoctor99",
        ] {
            let found = strength(password, &[]);
            assert!(!found.allowed && found.score == 0, "{password}: {found:?}");
            assert_eq!(found.warning, Some("forbidden"), "{password}");
        }
    }

    #[test]
    fn the_owners_own_names_do_not_count() {
        let about = ["Amara Diallo", "a.diallo", "Riverside Clinic"];
        for password in [
            "amaradiallo",
            "Diallo-Amara-1",
            "riversideclinic1",
            "RiversideClinic2026",
        ] {
            assert!(!strength(password, &about).allowed, "{password}");
        }
        assert!(strength("seven quiet herons", &about).allowed);
    }

    #[test]
    fn length_alone_or_oddness_alone_is_not_enough() {
        for (password, allowed) in [
            ("aaaaaaaaaaaaaaaaaaaa", false),
            ("qwertyuiopasdf", false),
            ("1234567890123", false),
            ("abcdefghijkl", false),
            ("xK9#qL2$v", false),
            ("correct horse battery", true),
            ("a long enough password", true),
            ("seven quiet herons", true),
            ("गंगा किनारे सात बगुले", true),
        ] {
            assert_eq!(
                strength(password, &[]).allowed,
                allowed,
                "{password}: {:?}",
                strength(password, &[])
            );
        }
    }

    #[test]
    fn a_very_long_password_is_looked_at_in_no_time() {
        let long = "seven quiet herons ".repeat(50);
        let started = std::time::Instant::now();
        assert!(check(&long, &[]).is_ok());
        assert!(
            started.elapsed() < std::time::Duration::from_secs(3),
            "{:?}",
            started.elapsed()
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
        #[test]
        fn no_text_makes_it_panic(password in "\\PC{0,120}", about in "\\PC{0,30}") {
            let found = strength(&password, &[&about]);
            proptest::prop_assert!(found.score <= 4);
            proptest::prop_assert_eq!(found.allowed, check(&password, &[&about]).is_ok());
        }
    }
}
