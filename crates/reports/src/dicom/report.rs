//! The report as a Comprehensive SR (PS3.3 A.35.3) after TID 1500 Measurement Report (PS3.16): who says it
//! about which images, each class's probability with the algorithm behind it, and the doctor's words.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use super::{
    MAKER, Source,
    codes::{self, Code, OURS},
    content::{Relation::*, coded, container, image, number, person, text, uid, with},
    day_and_time, element, equipment, evidence, file, item, narrative, patient_and_study, sequence,
    signing, study_uid, value,
};
use basics::Language;

use crate::{
    Ai, AiAnswer, Band, ClassRow, Document, Figure, Measured, Result, Signature, State, derived,
    measured::measured_words,
};

/// What stands with every answer of a model.
const WARNING: &str = "Answer of a model. Needs review by a clinician; not for diagnosis alone.";

/// A signed report as a DICOM file; `sources` are the files that its figures show.
///
/// # Errors
/// [`crate::Error::Unsigned`] for a draft.
pub fn structured_report(document: &Document, sources: &[Source]) -> Result<Vec<u8>> {
    let signing = signing(document)?;
    // The images are filed with the study of the first that is DICOM.
    let main = sources.iter().find(|source| source.origin.is_some());
    let main = main.or(sources.first());
    let (day, time) = day_and_time(document, signing.at);
    let final_ = document.state != State::Preliminary;
    let mut object = item(patient_and_study(document, main));
    for element in [
        element(tags::MODALITY, VR::CS, "SR"),
        element(tags::SERIES_INSTANCE_UID, VR::UI, &series(document)),
        element(tags::SERIES_NUMBER, VR::IS, "9002"),
        element(
            tags::SERIES_DESCRIPTION,
            VR::LO,
            "Report with AI measurements",
        ),
        sequence(tags::REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE, vec![]),
        element(
            tags::INSTANCE_NUMBER,
            VR::IS,
            &document.revision.to_string(),
        ),
        element(tags::CONTENT_DATE, VR::DA, &day),
        element(tags::CONTENT_TIME, VR::TM, &time),
        element(tags::COMPLETION_FLAG, VR::CS, "COMPLETE"),
        element(
            tags::PRELIMINARY_FLAG,
            VR::CS,
            if final_ { "FINAL" } else { "PRELIMINARY" },
        ),
        element(
            tags::VERIFICATION_FLAG,
            VR::CS,
            if final_ { "VERIFIED" } else { "UNVERIFIED" },
        ),
        sequence(tags::PERFORMED_PROCEDURE_CODE_SEQUENCE, vec![]),
        sequence(tags::CODING_SCHEME_IDENTIFICATION_SEQUENCE, vec![scheme()]),
    ] {
        object.put(element);
    }
    for element in equipment() {
        object.put(element);
    }
    if final_ {
        object.put(sequence(
            tags::VERIFYING_OBSERVER_SEQUENCE,
            vec![verifier(document, signing)],
        ));
    }
    let study = study_uid(document, main);
    if let Some(before) = document
        .revision
        .checked_sub(1)
        .filter(|before| *before > 0)
    {
        let before = evidence::predecessor(&study, &series(document), &instance(document, before));
        object.put(sequence(tags::PREDECESSOR_DOCUMENTS_SEQUENCE, vec![before]));
    }
    let shown = shown(document, sources);
    let origins: Vec<_> = shown
        .iter()
        .filter_map(|(_, source)| source.origin.as_ref())
        .collect();
    if !origins.is_empty() {
        object.put(sequence(
            tags::CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE,
            evidence::studies(&origins),
        ));
    }
    let mut root = container(
        &codes::MEASUREMENT_REPORT,
        Some("1500"),
        content(document, main, &shown),
    );
    root.remove_element(tags::RELATIONSHIP_TYPE);
    for element in root {
        object.put(element);
    }
    let instance = instance(document, document.revision);
    file(object, uids::COMPREHENSIVE_SR_STORAGE, &instance)
}

/// One series a report; its revisions are instances of it.
fn series(document: &Document) -> String {
    derived::uid(&["report series", &document.report.to_string()])
}

fn instance(document: &Document, revision: u32) -> String {
    derived::uid(&[
        "report",
        &document.report.to_string(),
        &revision.to_string(),
    ])
}

/// Each figure with the file it shows.
fn shown<'a>(document: &'a Document, sources: &'a [Source]) -> Vec<(&'a Figure, &'a Source)> {
    let of = |figure: &Figure| sources.iter().find(|source| source.scan == figure.scan);
    (document.figures.iter())
        .filter_map(|figure| Some((figure, of(figure)?)))
        .collect()
}

fn verifier(document: &Document, signing: &Signature) -> InMemDicomObject {
    let at = value::local(signing.at, document.utc_offset).strftime("%Y%m%d%H%M%S%z");
    item([
        element(
            tags::VERIFYING_OBSERVER_NAME,
            VR::PN,
            &value::person(&signing.by.name),
        ),
        element(tags::VERIFYING_ORGANIZATION, VR::LO, &document.clinic.name),
        element(tags::VERIFICATION_DATE_TIME, VR::DT, &at.to_string()),
        sequence(
            tags::VERIFYING_OBSERVER_IDENTIFICATION_CODE_SEQUENCE,
            vec![],
        ),
    ])
}

/// Whose the codes are that nobody else has (PS3.3 C.12.1.1.7).
fn scheme() -> InMemDicomObject {
    item([
        element(tags::CODING_SCHEME_DESIGNATOR, VR::SH, OURS),
        element(
            tags::CODING_SCHEME_NAME,
            VR::ST,
            "Medibridge: classes of models and verdicts",
        ),
        element(tags::CODING_SCHEME_RESPONSIBLE_ORGANIZATION, VR::ST, MAKER),
    ])
}

/// The rows of TID 1500.
fn content(
    document: &Document,
    main: Option<&Source>,
    shown: &[(&Figure, &Source)],
) -> Vec<InMemDicomObject> {
    let body_part = main
        .and_then(|source| source.origin.as_ref())
        .map_or("", |origin| origin.body_part.as_str());
    let mut items = vec![coded(
        Modifies,
        &codes::LANGUAGE,
        &Code::language(document.language),
    )];
    items.extend(observers(document));
    let procedure = codes::procedure(&document.exam.modality, body_part);
    items.push(coded(Modifies, &codes::PROCEDURE, &procedure));
    let images: Vec<_> = shown
        .iter()
        .filter_map(|(figure, source)| {
            let origin = source.origin.as_ref()?;
            Some(image(Contains, None, origin, Some(figure.frame)))
        })
        .collect();
    if !images.is_empty() {
        let group = container(&codes::IMAGE_LIBRARY_GROUP, None, images);
        items.push(container(&codes::IMAGE_LIBRARY, Some("1600"), vec![group]));
    }
    if let Some(ai) = &document.ai {
        let groups = measurements(document, ai, body_part, shown);
        items.push(container(&codes::MEASUREMENTS, None, groups));
    }
    let evaluations = narrative::evaluations(document);
    if !evaluations.is_empty() {
        items.push(container(&codes::EVALUATIONS, None, evaluations));
    }
    items
}

/// TID 1001: the doctor, and the model as a device.
fn observers(document: &Document) -> Vec<InMemDicomObject> {
    let mut items = Vec::new();
    if let Some(signature) = document.signatures.last() {
        let name = value::person(&signature.by.name);
        items.push(coded(Observed, &codes::OBSERVER_TYPE, &codes::PERSON));
        items.push(person(Observed, &codes::PERSON_NAME, &name));
        items.push(text(
            Observed,
            &codes::PERSON_ORGANIZATION,
            &document.clinic.name,
        ));
    }
    if let Some(ai) = &document.ai {
        items.push(coded(Observed, &codes::OBSERVER_TYPE, &codes::DEVICE));
        items.push(uid(
            Observed,
            &codes::DEVICE_UID,
            &derived::uid(&["model", &ai.sha256]),
        ));
        items.push(text(Observed, &codes::DEVICE_NAME, &ai.model_name));
        items.push(text(Observed, &codes::DEVICE_MANUFACTURER, MAKER));
        items.push(text(
            Observed,
            &codes::DEVICE_MODEL,
            &format!("{} {}", ai.model_id, ai.version),
        ));
        items.push(text(
            Observed,
            &codes::DEVICE_SERIAL,
            &format!("sha256:{}", ai.sha256),
        ));
    }
    items
}

/// A measurement group (TID 1501) for each class; one that says why, where nothing was assessed.
fn measurements(
    document: &Document,
    ai: &Ai,
    body_part: &str,
    shown: &[(&Figure, &Source)],
) -> Vec<InMemDicomObject> {
    let group = |class: &str, items: Vec<InMemDicomObject>| {
        let reading = ai.reading.to_string();
        let mut all = vec![
            text(
                Observed,
                &codes::TRACKING_ID,
                &format!("{} {class}", document.number),
            ),
            uid(
                Observed,
                &codes::TRACKING_UID,
                &derived::uid(&["finding", &reading, class]),
            ),
        ];
        if let Some(site) = codes::site(body_part) {
            all.push(coded(Modifies, &codes::FINDING_SITE, &site));
        }
        all.extend(algorithm(ai));
        all.extend(items);
        all.push(text(Contains, &codes::COMMENT, WARNING));
        container(&codes::MEASUREMENT_GROUP, Some("1501"), all)
    };
    match &ai.answer {
        AiAnswer::Assessed { classes, measured } => {
            let classes = classes
                .iter()
                .map(|row| group(&row.id, answered(row, shown)));
            let measured = measured.iter().map(|all| group("measured", values(all)));
            classes.chain(measured).collect()
        }
        AiAnswer::NotAssessed { reason } => {
            let name = Code::ours("NOT_ASSESSED", "Not assessed, because");
            vec![group("not assessed", vec![text(Contains, &name, reason)])]
        }
    }
}

/// What was measured, as text: a name, a value and its interval, or why there is none.
fn values(measured: &Measured) -> Vec<InMemDicomObject> {
    let words = measured_words(Language::En);
    let name = Code::ours("MEASURED", "Measured by a model");
    let values = measured.values.iter().map(|row| {
        let interval = match row.interval() {
            Some(interval) => format!(" (90 % interval {interval})"),
            None => String::new(),
        };
        format!("{}: {}{interval}", words.name(&row.key), row.written())
    });
    let missing = measured.missing.iter().map(|key| words.because(key));
    let told = values.chain(missing);
    told.map(|told| text(Contains, &name, &told.replace('\u{a0}', " ")))
        .collect()
}

/// TID 4019.
fn algorithm(ai: &Ai) -> Vec<InMemDicomObject> {
    let mut items = vec![
        text(
            Modifies,
            &codes::ALGORITHM_NAME,
            &format!("{} ({})", ai.model_name, ai.model_id),
        ),
        text(Modifies, &codes::ALGORITHM_VERSION, &ai.version),
        text(
            Modifies,
            &codes::ALGORITHM_PARAMETERS,
            &format!("model file sha256:{}", ai.sha256),
        ),
    ];
    if ai.research_only {
        items.push(text(
            Modifies,
            &codes::ALGORITHM_PARAMETERS,
            "research only",
        ));
    }
    items
}

/// A class with its probability, the operating points it is held against, and the images it is of.
fn answered(row: &ClassRow, shown: &[(&Figure, &Source)]) -> Vec<InMemDicomObject> {
    let percent = |probability: f32| f64::from(probability) * 100.0;
    let mut below = Vec::new();
    for (point, value, meaning) in [
        (row.lower, "LOWER_POINT", "Lower operating point"),
        (row.upper, "UPPER_POINT", "Upper operating point"),
    ] {
        if let Some(point) = point {
            let name = Code::ours(value, meaning);
            below.push(number(Property, &name, percent(point), &codes::PERCENT));
        }
    }
    let first = shown.iter().find_map(|(figure, source)| {
        let origin = source.origin.as_ref()?;
        Some(image(
            InferredFrom,
            Some(&codes::SOURCE_OF_MEASUREMENT),
            origin,
            Some(figure.frame),
        ))
    });
    below.extend(first);
    let certainty = number(
        Contains,
        &codes::CERTAINTY,
        percent(row.probability),
        &codes::PERCENT,
    );
    let mut items = vec![
        coded(
            Contains,
            &codes::FINDING,
            &Code::ours(row.id.clone(), row.name.clone()),
        ),
        with(certainty, below),
    ];
    if let Some(band) = row.band {
        let name = Code::ours("BAND", "Probability against the operating points");
        let value = match band {
            Band::Below => Code::ours("BELOW", "Below the lower one"),
            Band::Indeterminate => Code::ours("INDETERMINATE", "Between them"),
            Band::Above => Code::ours("ABOVE", "Above the upper one"),
        };
        items.push(coded(Contains, &name, &value));
    }
    items
}
