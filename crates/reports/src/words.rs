//! The fixed words of a report in each language: headings, names of states, months, and the text of the
//! message that carries it. The doctor's own words are never translated.

use std::{collections::BTreeMap, sync::LazyLock};

use basics::Language;
use serde::{Deserialize, Serialize};

/// Words of one language (`assets/i18n/<language>/report.json`).
///
/// `{…}` in a value is a place that the program fills.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What such a document is called.
    pub title: String,
    /// States by [`State`](crate::State), snake case.
    pub states: BTreeMap<String, String>,
    /// Words across the page, by state; a final report has none.
    pub watermark: BTreeMap<String, String>,
    /// Names of the facts in the banner and the exam line.
    pub fields: BTreeMap<String, String>,
    /// Headings by section.
    pub sections: BTreeMap<String, String>,
    /// Sexes by [`Sex`](crate::Sex), snake case.
    pub sexes: BTreeMap<String, String>,
    /// About images.
    pub figures: BTreeMap<String, String>,
    /// About the model's answer.
    pub ai: BTreeMap<String, String>,
    /// Bands by [`Band`](crate::Band), snake case.
    pub bands: BTreeMap<String, String>,
    /// Why a scan was not assessed, by the reason's key.
    pub not_assessed: BTreeMap<String, String>,
    /// The doctor's judgement of the model's answer.
    pub verdict: BTreeMap<String, String>,
    /// The block of signatures.
    pub signed: BTreeMap<String, String>,
    /// What was added later, by [`State`](crate::State), and about it.
    pub addenda: BTreeMap<String, String>,
    /// Foot of the page, revision, fingerprints.
    pub page: BTreeMap<String, String>,
    /// A whole date: `{d}`, `{month}`, `{y}`.
    pub date: String,
    /// A month: `{month}`, `{y}`.
    pub month: String,
    /// A moment: `{date}`, `{time}`, `{zone}`.
    pub moment: String,
    /// Age in years: `{n}`.
    pub years: String,
    /// Age in months, below two years: `{n}`.
    pub months_old: String,
    /// Months inside a date, January first.
    pub months: [String; 12],
    /// The message that carries a sealed report.
    pub mail: Mail,
}

/// The covering message: it holds no patient's data, and never the passphrase. `{clinic}` is the
/// clinic's name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Subject line.
    pub subject: String,
    /// First line.
    pub greeting: String,
    /// What is attached.
    pub what: String,
    /// How the passphrase comes.
    pub passphrase: String,
    /// How to open it.
    pub open: String,
    /// What to do when it came to the wrong person.
    pub mistake: String,
    /// Last line.
    pub closing: String,
    /// The attachment's file name, without patient data and without an ending: `{number}`.
    pub file_name: String,
}

impl Words {
    /// The value of a key in one of the tables; the key itself where there is none, so that a page is
    /// never empty where it should speak.
    pub fn get<'a>(table: &'a BTreeMap<String, String>, key: &'a str) -> &'a str {
        table.get(key).map_or(key, String::as_str)
    }
}

impl Mail {
    /// The body: paragraphs with an empty line between them.
    pub fn body(&self, clinic: &str) -> String {
        let parts = [
            &self.greeting,
            &self.what,
            &self.passphrase,
            &self.open,
            &self.mistake,
            &self.closing,
        ];
        let filled = parts.map(|part| part.replace("{clinic}", clinic));
        filled.join("\n\n")
    }

    /// The subject.
    pub fn subject(&self, clinic: &str) -> String {
        self.subject.replace("{clinic}", clinic)
    }
}

/// The words of a language.
pub fn words(language: Language) -> &'static Words {
    static NONE: LazyLock<Words> = LazyLock::new(Words::default);
    CATALOGUE.get(&language).unwrap_or(&NONE)
}

macro_rules! texts {
    ($($language:ident $tag:literal),*) => {
        [$((
            Language::$language,
            include_str!(concat!("../../../assets/i18n/", $tag, "/report.json")),
        )),*]
    };
}

const TEXTS: [(Language, &str); 11] = texts!(
    Ar "ar", De "de", En "en", Es "es", Fr "fr", Hi "hi", Ja "ja", Pt "pt", Ru "ru", Te "te", Zh "zh"
);

/// A test holds that every text parses.
static CATALOGUE: LazyLock<BTreeMap<Language, Words>> = LazyLock::new(|| {
    let parsed = TEXTS.map(|(language, text)| (language, serde_json::from_str(text).ok()));
    parsed
        .into_iter()
        .filter_map(|(language, words)| Some((language, words?)))
        .collect()
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    /// Every leaf: its path and its text.
    fn leaves(value: &Value, path: &str, out: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => out.push((path.into(), text.clone())),
            Value::Array(all) => {
                for (n, one) in all.iter().enumerate() {
                    leaves(one, &format!("{path}/{n}"), out);
                }
            }
            Value::Object(all) => {
                for (key, one) in all {
                    leaves(one, &format!("{path}/{key}"), out);
                }
            }
            _ => panic!("{path} is no text"),
        }
    }

    fn texts_of(language: Language) -> Vec<(String, String)> {
        let value = serde_json::to_value(words(language)).unwrap();
        let mut out = Vec::new();
        leaves(&value, "", &mut out);
        out
    }

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect()
    }

    #[test]
    fn every_language_says_the_same_things_with_the_same_places() {
        let english = texts_of(Language::En);
        assert!(english.len() > 100);
        for language in Language::ALL {
            let texts = texts_of(language);
            let keys = |all: &[(String, String)]| -> Vec<String> {
                all.iter().map(|(key, _)| key.clone()).collect()
            };
            assert_eq!(keys(&texts), keys(&english), "{language:?}");
            for ((key, text), (_, model)) in texts.iter().zip(&english) {
                assert!(!text.trim().is_empty(), "{language:?} {key}");
                assert_eq!(places(text), places(model), "{language:?} {key}");
            }
        }
    }

    #[test]
    fn no_translation_is_left_in_english() {
        let english: BTreeSet<(String, String)> = texts_of(Language::En).into_iter().collect();
        for language in Language::ALL.into_iter().filter(|one| *one != Language::En) {
            let same = texts_of(language).into_iter().filter(|text| {
                text.1.len() > 16 && !text.1.starts_with("{") && english.contains(text)
            });
            assert_eq!(same.collect::<Vec<_>>(), [], "{language:?}");
        }
    }

    /// "Normal" is what a scan that was not assessed must never be called.
    #[test]
    fn every_reason_of_the_screens_has_words_here() {
        let screens = include_str!("../../../assets/i18n/en/ui.not-assessed.json");
        let screens: BTreeMap<String, String> = serde_json::from_str(screens).unwrap();
        assert_eq!(words(Language::En).not_assessed, screens);
    }

    #[test]
    fn the_covering_message_names_the_clinic_and_holds_no_place_unfilled() {
        for language in Language::ALL {
            let mail = &words(language).mail;
            let body = mail.body("Clinic of the Hill");
            assert!(
                body.contains("Clinic of the Hill") && !body.contains('{'),
                "{body}"
            );
            assert!(!mail.subject("Clinic").contains('{'));
        }
    }
}
