//! What the model answered and what the doctor thinks of it, as Observations.

use basics::{Language, Timestamp};

use super::{
    build::{Links, WARNING, practitioner, url},
    types::{Annotation, Coding, Concept, Identifier, Observation, Quantity, Range, Reference},
};
use crate::{
    Ai, AiAnswer, Band, ClassRow, Document, Measured, MeasuredRow, MeasuredUnit, State, derived,
    measured::measured_words,
};

const UCUM: &str = "http://unitsofmeasure.org";

/// What every Observation here shares.
fn observation(document: &Document, links: &Links, id: &Identifier, at: Timestamp) -> Observation {
    let category = "http://terminology.hl7.org/CodeSystem/observation-category";
    Observation {
        identifier: vec![id.clone()],
        status: match document.state {
            State::Preliminary => "preliminary",
            State::EnteredInError => "entered-in-error",
            _ => "final",
        }
        .into(),
        category: vec![Concept::coded(category, "imaging", "Imaging")],
        subject: Some(Reference::to(&links.patient)),
        effective_date_time: at.to_string().into(),
        derived_from: links
            .study
            .iter()
            .map(|study| Reference::to(study))
            .collect(),
        ..Observation::default()
    }
}

/// An Observation a class; one without a value where nothing was assessed.
pub(super) fn answers(
    document: &Document,
    ai: &Ai,
    links: &Links,
) -> Vec<(Identifier, Observation)> {
    let reading = ai.reading.to_string();
    let system = format!("urn:uuid:{}", derived::uuid(&["classes", &ai.model_id]));
    let made = |key: &str| {
        let id = Identifier::uuid(derived::uuid(&[
            "answer",
            &document.report.to_string(),
            &reading,
            key,
        ]));
        let mut answer = observation(document, links, &id, ai.at);
        answer.device = links.device.as_deref().map(Reference::to);
        answer.note = vec![Annotation::new(WARNING)];
        (id, answer)
    };
    match &ai.answer {
        AiAnswer::Assessed { classes, measured } => classes
            .iter()
            .map(|row| {
                let (id, mut answer) = made(&row.id);
                answer.code = Some(Concept {
                    coding: vec![Coding::new(&system, &row.id, &row.name)],
                    text: format!("Probability of {} by a model", row.name).into(),
                });
                answer.value_quantity = Some(percent(row.probability));
                answer.interpretation = row.band.map(interpretation).into_iter().collect();
                answer.reference_range = range(row).into_iter().collect();
                (id, answer)
            })
            .chain(measured.iter().flat_map(|all| values(all, made)))
            .collect(),
        AiAnswer::NotAssessed { reason } => {
            let (id, mut answer) = made("");
            answer.code = Some(Concept::text("Reading by a model"));
            answer.data_absent_reason = Some(not_performed(reason));
            vec![(id, answer)]
        }
    }
}

/// An Observation a measured value, named in words: nobody's code says that a model outlined it. One without a
/// value where the series was not measured.
fn values(
    measured: &Measured,
    made: impl Fn(&str) -> (Identifier, Observation),
) -> Vec<(Identifier, Observation)> {
    let words = measured_words(Language::En);
    let values = measured.values.iter().map(|row| {
        let (id, mut answer) = made(&format!("measured {}", row.key));
        answer.code = Some(Concept::text(&format!(
            "{}, measured by a model",
            words.name(&row.key)
        )));
        answer.value_quantity = Some(quantity(row));
        if let Some(interval) = row.interval() {
            let told = format!("90 % interval against reference outlines: {interval}");
            answer
                .note
                .push(Annotation::new(&told.replace('\u{a0}', " ")));
        }
        (id, answer)
    });
    let missing = measured.missing.iter().map(|key| {
        let (id, mut answer) = made("measured");
        answer.code = Some(Concept::text("Series measured by a model"));
        answer.data_absent_reason = Some(not_performed(&words.because(key)));
        (id, answer)
    });
    values.chain(missing).collect()
}

fn not_performed(why: &str) -> Concept {
    let absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    Concept {
        text: why.into(),
        ..Concept::coded(absent, "not-performed", "Not Performed")
    }
}

fn quantity(row: &MeasuredRow) -> Quantity {
    let (factor, unit, code) = match row.unit {
        _ if row.is_share() => (100.0, "%", "%"),
        MeasuredUnit::Ratio => (1.0, "ratio", "1"),
        MeasuredUnit::Ml => (1.0, "ml", "mL"),
        MeasuredUnit::G => (1.0, "g", "g"),
    };
    Quantity {
        value: Some((row.value * factor * 100.0).round() / 100.0),
        unit: unit.into(),
        system: UCUM.into(),
        code: code.into(),
    }
}

fn percent(probability: f32) -> Quantity {
    Quantity {
        value: Some((f64::from(probability) * 10_000.0).round() / 100.0),
        unit: "%".into(),
        system: UCUM.into(),
        code: "%".into(),
    }
}

fn interpretation(band: Band) -> Concept {
    let (code, display) = match band {
        Band::Below => ("NEG", "Negative"),
        Band::Indeterminate => ("IND", "Indeterminate"),
        Band::Above => ("POS", "Positive"),
    };
    let system = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    Concept::coded(system, code, display)
}

fn range(row: &ClassRow) -> Option<Range> {
    (row.lower.is_some() || row.upper.is_some()).then(|| Range {
        low: row.lower.map(percent),
        high: row.upper.map(percent),
        text: "Operating points: between them the answer is indeterminate".into(),
    })
}

pub(super) fn verdict(document: &Document, links: &Links) -> Option<(Identifier, Observation)> {
    let verdict = document.verdict.as_ref()?;
    let id = Identifier::uuid(derived::uuid(&["verdict", &document.report.to_string()]));
    let mut judged = observation(document, links, &id, verdict.at);
    judged.code = Some(Concept::text("Clinician's judgement of the model's answer"));
    let agrees = if verdict.agrees {
        "Agrees"
    } else {
        "Disagrees"
    };
    let value = match &verdict.class {
        Some(class) => format!("{agrees}: {class}"),
        None => agrees.to_owned(),
    };
    judged.value_codeable_concept = Some(Concept::text(&value));
    let by = Identifier::uuid(verdict.by.id);
    judged.performer = vec![Reference::to(&url(&practitioner(&verdict.by), &by))];
    if !verdict.comment.expose().trim().is_empty() {
        judged.note = vec![Annotation::new(verdict.comment.expose())];
    }
    judged
        .derived_from
        .extend(links.results.iter().map(|answer| Reference::to(answer)));
    Some((id, judged))
}
