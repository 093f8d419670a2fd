//! What an open draft holds, and what a signed document said, as the author's choices.

use ::clinic::{ClinicError, DraftText};
use ::reports::{Document, FigureKind};
use basics::{Phi, ReadingId};
use serde::{Deserialize, Serialize};

use super::{MapChoice, MapPalette, ReportContent, ReportText};
use crate::error::CommandError;

/// Characters of a title.
const TITLE: usize = 200;
/// Characters of a section: some twelve pages.
const SECTION: usize = 20_000;

/// A draft as the record keeps it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    /// What its author chose.
    pub(super) content: ReportContent,
    /// The reading whose answer has the section on the AI.
    pub(super) reading: Option<ReadingId>,
    /// Frame of the picture, from 0.
    pub(super) frame: u32,
    /// Why a signed report was opened again.
    #[serde(default)]
    pub(super) reason: Phi<String>,
}

impl Draft {
    pub(super) fn read(open: &::clinic::Draft) -> Result<Self, CommandError> {
        Deserialize::deserialize(&open.text.value)
            .map_err(|_| ClinicError::Damaged { part: "database" }.into())
    }

    pub(super) fn text(&self) -> Result<DraftText, CommandError> {
        Ok(DraftText {
            title: self.content.title.clone(),
            value: serde_json::to_value(self).map_err(|_| CommandError::Defect)?,
        })
    }

    /// A draft that says what a signed document says.
    pub(super) fn of(document: &Document) -> Self {
        Self {
            content: ReportContent::of(document),
            reading: document.ai.as_ref().map(|ai| ai.reading),
            frame: document.figures.first().map_or(0, |figure| figure.frame),
            reason: Phi::default(),
        }
    }
}

/// Reads what was signed.
pub(crate) fn document(signing: &::clinic::Signing) -> Result<Document, CommandError> {
    serde_json::from_slice(signing.content.expose())
        .map_err(|_| ClinicError::Damaged { part: "database" }.into())
}

impl ReportContent {
    /// Checks lengths and figures.
    pub(super) fn check(&self) -> Result<(), CommandError> {
        let long = |text: &Phi<String>, most: usize| text.expose().chars().count() > most;
        if long(&self.title, TITLE) {
            return Err(CommandError::Invalid { field: "title" });
        }
        if let Some((field, _)) = self
            .text
            .sections()
            .into_iter()
            .find(|(_, text)| long(text, SECTION))
        {
            return Err(CommandError::Invalid { field });
        }
        match &self.map {
            Some(map) if map.opacity > 100 => Err(CommandError::Invalid { field: "opacity" }),
            _ => Ok(()),
        }
    }

    /// The choices that made a signed document.
    pub(super) fn of(document: &Document) -> Self {
        let map = document
            .figures
            .iter()
            .find_map(|figure| match &figure.kind {
                FigureKind::Scan => None,
                FigureKind::Map {
                    class,
                    opacity,
                    palette,
                    ..
                } => Some(MapChoice {
                    class: class_key(document, class),
                    opacity: (opacity * 100.0).round() as u8,
                    palette: MapPalette::of(palette),
                }),
            });
        Self {
            title: document.exam.title.clone(),
            language: document.language,
            text: ReportText {
                indication: document.text.indication.clone(),
                technique: document.text.technique.clone(),
                comparison: document.text.comparison.clone(),
                findings: document.text.findings.clone(),
                impression: document.text.impression.clone(),
                recommendation: document.text.recommendation.clone(),
            },
            include_ai: document.ai.is_some(),
            include_scan: document
                .figures
                .iter()
                .any(|figure| figure.kind == FigureKind::Scan),
            map,
        }
    }
}

impl ReportText {
    /// Every section by its key, in the order of the page.
    pub(super) fn sections(&self) -> [(&'static str, &Phi<String>); 6] {
        [
            ("indication", &self.indication),
            ("technique", &self.technique),
            ("comparison", &self.comparison),
            ("findings", &self.findings),
            ("impression", &self.impression),
            ("recommendation", &self.recommendation),
        ]
    }

    /// It says nothing of what was seen or what it means.
    pub(super) fn says_nothing(&self) -> bool {
        [&self.findings, &self.impression]
            .iter()
            .all(|text| text.expose().trim().is_empty())
    }
}

impl MapPalette {
    /// Its name in a document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Viridis => "viridis",
            Self::Inferno => "inferno",
        }
    }

    pub(super) fn of(key: &str) -> Self {
        match key {
            "inferno" => Self::Inferno,
            _ => Self::Viridis,
        }
    }
}

/// A document names classes as they are shown; its section on the AI knows their keys.
fn class_key(document: &Document, shown: &str) -> String {
    use ::reports::AiAnswer;
    match document.ai.as_ref().map(|ai| &ai.answer) {
        Some(AiAnswer::Assessed { classes, .. }) => classes
            .iter()
            .find(|class| class.name == shown)
            .map_or_else(String::new, |class| class.id.clone()),
        _ => String::new(),
    }
}
