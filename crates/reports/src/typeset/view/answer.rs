//! What a model answered, as the template lists it: classes, measured values, or why there are none.

use basics::Language;
use serde::Serialize;

use super::{Line, Maker, Said, filled, pieces};
use crate::{AiAnswer, Document, Measured, Words, measured::measured_words};

/// What a measuring model told of the series.
#[derive(Serialize)]
pub(super) struct MeasuredTable<'a> {
    /// Headings: what, value, interval.
    head: [&'a str; 3],
    values: Vec<MeasuredLine>,
    /// Why there is no value, what is left out, what to check.
    notes: Vec<Line>,
}

#[derive(Serialize)]
struct MeasuredLine {
    name: Line,
    value: String,
    interval: Option<String>,
}

impl<'a> Maker<'a> {
    /// What the model said, in a table of classes and one of measured values.
    pub(super) fn said(&self, document: &Document) -> Option<Said<'a>> {
        let ai = document.ai.as_ref()?;
        let words = &self.words.ai;
        let mut table = None;
        let (reason, rows) = match &ai.answer {
            AiAnswer::Assessed { classes, measured } => {
                table = measured
                    .as_ref()
                    .map(|all| self.measured(all, document.language));
                (None, classes.iter().map(|row| self.row(row)).collect())
            }
            AiAnswer::NotAssessed { reason } => {
                let reason = Words::get(&self.words.not_assessed, reason);
                let because = filled(Words::get(words, "because"), "reason", reason);
                (Some(self.line(&because)), Vec::new())
            }
        };
        let model = format!("{} ({})", ai.model_name, ai.model_id);
        Some(Said {
            facts: vec![
                self.fact(Words::get(words, "model"), &model),
                self.fact(Words::get(words, "version"), &ai.version),
                self.fact(Words::get(words, "at"), &self.dates.moment(ai.at)),
                self.fact(Words::get(words, "hash"), &pieces(&ai.sha256)),
            ],
            research: ai.research_only,
            reason,
            rows,
            measured: table,
        })
    }

    fn measured(&self, measured: &Measured, language: Language) -> MeasuredTable<'a> {
        let words = measured_words(language);
        let head = ["what", "value", "interval"].map(|key| Words::get(&words.head, key));
        let values = measured.values.iter().map(|row| MeasuredLine {
            name: self.line(words.name(&row.key)),
            value: row.written(),
            interval: row.interval(),
        });
        let values: Vec<MeasuredLine> = values.collect();
        let because = measured.missing.iter().map(|key| words.because(key));
        let told = (!values.is_empty()).then_some(&words.interval_means);
        let relative = measured.relative && !values.is_empty();
        let notes = because
            .chain(relative.then(|| words.relative.clone()))
            .chain(told.cloned())
            .chain([words.check.clone()]);
        MeasuredTable {
            head,
            notes: notes.map(|note| self.line(&note)).collect(),
            values,
        }
    }
}
