//! What a measuring model told, as a report lists it. Figures are written as on the screens, which the words are
//! taken from, too (`assets/i18n/<language>/ui.measured.json`).

use std::{collections::BTreeMap, sync::LazyLock};

use basics::Language;
use serde::{Deserialize, Serialize};

/// Values of a series, or why there are none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// In the model's order; empty where the series was not measured.
    pub values: Vec<MeasuredRow>,
    /// Places that the series has.
    pub slices: u32,
    /// Moments of the heartbeat that it has.
    pub phases: u32,
    /// The headers do not give the size of a pixel: no volumes.
    pub relative: bool,
    /// Key of why the series was not measured.
    pub missing: Option<String>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredRow {
    /// Which.
    pub key: String,
    /// How much.
    pub value: f64,
    /// Lower end of the 90 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// In which unit.
    pub unit: MeasuredUnit,
}

/// Unit of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasuredUnit {
    /// None.
    Ratio,
    /// Millilitres.
    Ml,
    /// Grams.
    G,
}

/// Words of one language.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct MeasuredWords {
    /// Headings: `what`, `value`, `interval`.
    pub(crate) head: BTreeMap<String, String>,
    row: BTreeMap<String, String>,
    alone: BTreeMap<String, String>,
    because: String,
    missing: BTreeMap<String, String>,
    /// There are no volumes.
    pub(crate) relative: String,
    /// What the interval says.
    #[serde(rename = "intervalMeans")]
    pub(crate) interval_means: String,
    /// What to look at before a figure is used.
    pub(crate) check: String,
}

impl MeasuredWords {
    /// A value's name where it stands alone.
    pub(crate) fn name<'a>(&'a self, key: &'a str) -> &'a str {
        let name = self.alone.get(key).or_else(|| self.row.get(key));
        name.map_or(key, String::as_str)
    }

    /// Why the series was not measured, as a sentence.
    pub(crate) fn because(&self, missing: &str) -> String {
        let reason = self.missing.get(missing).map_or(missing, String::as_str);
        self.because.replace("{{reason}}", reason)
    }
}

impl MeasuredRow {
    /// `54 %`, `0.94`, `142 ml`.
    pub(crate) fn written(&self) -> String {
        format!("{}{}", self.figure(self.value), self.unit())
    }

    /// `48–60 %`; none where no interval is known. Nothing here can be less than none, and no heart throws
    /// out more than it holds.
    pub(crate) fn interval(&self) -> Option<String> {
        let most = if self.is_share() { 1.0 } else { f64::INFINITY };
        let (low, high) = (self.low?.max(0.0), self.high?.min(most));
        Some(format!(
            "{}–{}{}",
            self.figure(low),
            self.figure(high),
            self.unit()
        ))
    }

    /// A ratio that people know as percent.
    pub(crate) fn is_share(&self) -> bool {
        self.unit == MeasuredUnit::Ratio && self.key.ends_with("_ejection_fraction")
    }

    fn unit(&self) -> &'static str {
        match self.unit {
            _ if self.is_share() => "\u{a0}%",
            MeasuredUnit::Ratio => "",
            MeasuredUnit::Ml => "\u{a0}ml",
            MeasuredUnit::G => "\u{a0}g",
        }
    }

    fn figure(&self, value: f64) -> String {
        match self.unit {
            _ if self.is_share() => format!("{:.0}", value * 100.0),
            MeasuredUnit::Ratio => format!("{value:.2}"),
            _ if value < 10.0 => format!("{value:.1}"),
            _ => format!("{value:.0}"),
        }
    }
}

/// The words of a language.
pub(crate) fn measured_words(language: Language) -> &'static MeasuredWords {
    static NONE: LazyLock<MeasuredWords> = LazyLock::new(MeasuredWords::default);
    CATALOGUE.get(&language).unwrap_or(&NONE)
}

macro_rules! texts {
    ($($language:ident $tag:literal),*) => {
        [$((
            Language::$language,
            include_str!(concat!("../../../assets/i18n/", $tag, "/ui.measured.json")),
        )),*]
    };
}

const TEXTS: [(Language, &str); 11] = texts!(
    Ar "ar", De "de", En "en", Es "es", Fr "fr", Hi "hi", Ja "ja", Pt "pt", Ru "ru", Te "te", Zh "zh"
);

/// A test holds that every text parses.
static CATALOGUE: LazyLock<BTreeMap<Language, MeasuredWords>> = LazyLock::new(|| {
    let parsed = TEXTS.map(|(language, text)| Some((language, serde_json::from_str(text).ok()?)));
    parsed.into_iter().flatten().collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, unit: MeasuredUnit, [value, low, high]: [f64; 3], expected: [&str; 2]) {
        let row = MeasuredRow {
            key: key.into(),
            value,
            low: Some(low),
            high: Some(high),
            unit,
        };
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(plain(row.written()), expected[0]);
        assert_eq!(plain(row.interval().unwrap()), expected[1]);
    }

    #[test]
    fn figures_are_written_as_on_the_screens() {
        let (ratio, ml, g) = (MeasuredUnit::Ratio, MeasuredUnit::Ml, MeasuredUnit::G);
        check(
            "lv_ejection_fraction",
            ratio,
            [0.542, 0.45, 0.63],
            ["54 %", "45–63 %"],
        );
        check(
            "rv_ejection_fraction",
            ratio,
            [0.9, 0.7, 1.1],
            ["90 %", "70–100 %"],
        );
        check("rv_to_lv", ratio, [0.944, -0.1, 1.5], ["0.94", "0.00–1.50"]);
        check(
            "lv_end_diastolic_volume",
            ml,
            [141.7, 130.0, 150.0],
            ["142 ml", "130–150 ml"],
        );
        check("lv_mass", g, [9.44, 8.0, 11.0], ["9.4 g", "8.0–11 g"]);
    }

    #[test]
    fn every_language_names_every_value_and_reason() {
        assert_eq!(CATALOGUE.len(), 11);
        let english = measured_words(Language::En);
        assert_eq!((english.row.len(), english.missing.len()), (15, 8));
        for words in CATALOGUE.values() {
            assert!(words.row.keys().eq(english.row.keys()));
            assert!(words.missing.keys().eq(english.missing.keys()));
            let sentence = words.because("one-phase");
            assert!(sentence.contains(&words.missing["one-phase"]) && !sentence.contains('{'));
            assert!(
                ["what", "value", "interval"]
                    .iter()
                    .all(|key| !words.head[*key].is_empty())
            );
            for text in [&words.relative, &words.interval_means, &words.check] {
                assert!(!text.is_empty() && !text.contains('{'), "{text}");
            }
        }
    }
}
