//! The eleven languages of the house.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language that people speak here, by its BCP 47 primary subtag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Arabic, written right to left.
    Ar,
    /// German.
    De,
    /// English.
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Hindi.
    Hi,
    /// Japanese.
    Ja,
    /// Portuguese (of Brazil in the phrasebook).
    Pt,
    /// Russian.
    Ru,
    /// Telugu.
    Te,
    /// Chinese, in simplified characters.
    Zh,
}

impl Language {
    /// Every language, by tag.
    pub const ALL: [Self; 11] = [
        Self::Ar,
        Self::De,
        Self::En,
        Self::Es,
        Self::Fr,
        Self::Hi,
        Self::Ja,
        Self::Pt,
        Self::Ru,
        Self::Te,
        Self::Zh,
    ];

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::De => "de",
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::Hi => "hi",
            Self::Ja => "ja",
            Self::Pt => "pt",
            Self::Ru => "ru",
            Self::Te => "te",
            Self::Zh => "zh",
        }
    }

    /// The language with this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// Its name in English, for a translation engine and for staff.
    pub fn english_name(self) -> &'static str {
        match self {
            Self::Ar => "Arabic",
            Self::De => "German",
            Self::En => "English",
            Self::Es => "Spanish",
            Self::Fr => "French",
            Self::Hi => "Hindi",
            Self::Ja => "Japanese",
            Self::Pt => "Portuguese",
            Self::Ru => "Russian",
            Self::Te => "Telugu",
            Self::Zh => "Chinese",
        }
    }

    /// Its name as its own speakers write it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Ar => "العربية",
            Self::De => "Deutsch",
            Self::En => "English",
            Self::Es => "Español",
            Self::Fr => "Français",
            Self::Hi => "हिन्दी",
            Self::Ja => "日本語",
            Self::Pt => "Português",
            Self::Ru => "Русский",
            Self::Te => "తెలుగు",
            Self::Zh => "中文",
        }
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        matches!(self, Self::Ar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_lead_back_to_their_language_and_are_what_serde_writes() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
            let written = serde_json::to_string(&language).unwrap_or_default();
            assert_eq!(written, format!("\"{}\"", language.tag()));
        }
        assert_eq!(Language::from_tag("EN"), None);
    }
}
