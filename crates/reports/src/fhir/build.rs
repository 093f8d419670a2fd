//! From a document to its resources.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use basics::Timestamp;

use super::{
    Attached, Made, narrative,
    types::{
        Agent, Annotation, Attachment, Coding, Concept, Content, Context, Device, DeviceName,
        DeviceVersion, DiagnosticReport, DocumentReference, Entity, Identifier, ImagingStudy,
        Instance, Name, Observation, Patient, Practitioner, Provenance, Quantity, Range, Reference,
        Request, Resource, Series, Signature,
    },
};
use crate::{
    Ai, AiAnswer, Band, ClassRow, Document, Person, Result, Sex, State, canonical, derived,
};

const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";
const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const UID: &str = "urn:dicom:uid";
const WARNING: &str = "Answer of a model. Needs review by a clinician; not for diagnosis alone.";

/// What the resources refer to.
struct Links {
    patient: String,
    author: Option<String>,
    device: Option<String>,
    study: Option<String>,
    results: Vec<String>,
}

pub(super) fn resources(document: &Document, attached: &Attached<'_>) -> Result<Vec<Made>> {
    let mut made = vec![once(patient(document), patient_id(document))];
    let mut links = Links {
        patient: made[0].url.clone(),
        author: None,
        device: None,
        study: None,
        results: Vec::new(),
    };
    for person in people(document) {
        let practitioner = once(practitioner(&person), Identifier::uuid(person.id));
        if document
            .signatures
            .last()
            .is_some_and(|last| last.by.id == person.id)
        {
            links.author = Some(practitioner.url.clone());
        }
        made.push(practitioner);
    }
    if let Some(uid) = &document.exam.study_uid {
        let study = once(study(document, uid, &links), study_id(uid));
        links.study = Some(study.url.clone());
        made.push(study);
    }
    if let Some(ai) = &document.ai {
        let device = once(device(ai), device_id(ai));
        links.device = Some(device.url.clone());
        made.push(device);
        for (id, observation) in answers(document, ai, &links) {
            let answer = always(Resource::Observation(Box::new(observation)), id);
            links.results.push(answer.url.clone());
            made.push(answer);
        }
    }
    if let Some((id, observation)) = verdict(document, &links) {
        let verdict = always(Resource::Observation(Box::new(observation)), id);
        links.results.push(verdict.url.clone());
        made.push(verdict);
    }
    let report = always(report(document, &links), Identifier::uuid(document.report));
    let mut targets = vec![report.url.clone()];
    made.push(report);
    if attached.pdf.is_some() || attached.signed.is_some() {
        let file = once(
            file(document, attached, &links, &targets[0])?,
            Identifier::uuid(revision_id(document, "file")),
        );
        targets.push(file.url.clone());
        made.push(file);
    }
    made.push(provenance(document, attached, &links, &targets));
    Ok(made)
}

/// Made if the server does not have it: others may know more about it than we do.
fn once(resource: Resource, id: Identifier) -> Made {
    Made {
        url: url(&resource, &id),
        request: Request {
            method: "POST",
            url: resource.name().into(),
            if_none_exist: Some(id.query()),
        },
        resource,
    }
}

/// Ours to say: made, or brought up to date.
fn always(resource: Resource, id: Identifier) -> Made {
    Made {
        url: url(&resource, &id),
        request: Request {
            method: "PUT",
            url: format!("{}?{}", resource.name(), id.query()),
            if_none_exist: None,
        },
        resource,
    }
}

fn url(resource: &Resource, id: &Identifier) -> String {
    format!(
        "urn:uuid:{}",
        derived::uuid(&["fhir", resource.name(), &id.query()])
    )
}

/// The clinic's own numbering of its patients.
fn patient_id(document: &Document) -> Identifier {
    let clinic = derived::uuid(&["patient numbers", &document.clinic.name]);
    Identifier::new(
        &format!("urn:uuid:{clinic}"),
        document.patient.number.expose(),
    )
}

fn study_id(uid: &str) -> Identifier {
    Identifier::new(UID, &format!("urn:oid:{uid}"))
}

fn device_id(ai: &Ai) -> Identifier {
    Identifier::uuid(derived::uuid(&[
        "model",
        &ai.model_id,
        &ai.version,
        &ai.sha256,
    ]))
}

fn revision_id(document: &Document, what: &str) -> uuid::Uuid {
    let revision = document.revision.to_string();
    derived::uuid(&[what, &document.report.to_string(), &revision])
}

fn patient(document: &Document) -> Resource {
    let patient = &document.patient;
    let day = patient.birth_date.as_ref().map(|day| day.expose().as_str());
    let day = day.filter(|day| day.parse::<jiff::civil::Date>().is_ok());
    let mut identifier = vec![patient_id(document)];
    if let Some(id) = &patient.external_id {
        identifier.push(Identifier::new("", id.expose()));
    }
    Resource::Patient(Box::new(Patient {
        identifier,
        name: vec![Name {
            text: patient.name.expose().into(),
        }],
        gender: match patient.sex {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Other => "other",
            Sex::Unknown => "unknown",
        }
        .into(),
        birth_date: day.unwrap_or_default().into(),
    }))
}

/// Everybody who signed or judged, each once.
fn people(document: &Document) -> Vec<Person> {
    let signed = document.signatures.iter().map(|signature| &signature.by);
    let judged = document.verdict.iter().map(|verdict| &verdict.by);
    let mut people: Vec<Person> = Vec::new();
    for person in signed.chain(judged) {
        if !people.iter().any(|known| known.id == person.id) {
            people.push(person.clone());
        }
    }
    people
}

fn practitioner(person: &Person) -> Resource {
    Resource::Practitioner(Practitioner {
        identifier: vec![Identifier::uuid(person.id)],
        name: vec![Name {
            text: person.name.as_str().into(),
        }],
    })
}

fn device(ai: &Ai) -> Resource {
    let version = |kind: &str, value: &str| DeviceVersion {
        kind: Some(Concept::text(kind)),
        value: value.into(),
    };
    let mut note = vec![Annotation::new(WARNING)];
    if ai.research_only {
        note.push(Annotation::new("Research licence: not for clinical use."));
    }
    Resource::Device(Box::new(Device {
        identifier: vec![device_id(ai)],
        manufacturer: "Medibridge".into(),
        model_number: ai.model_id.as_str().into(),
        device_name: vec![DeviceName {
            name: ai.model_name.as_str().into(),
            kind: "model-name".into(),
        }],
        version: vec![
            version("version", &ai.version),
            version("SHA-256 of the model file", &ai.sha256),
        ],
        note,
    }))
}

fn study(document: &Document, uid: &str, links: &Links) -> Resource {
    let modality = || Coding::new(DCM, &document.exam.modality, "");
    let mut series: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for image in document
        .figures
        .iter()
        .filter_map(|figure| figure.dicom.as_ref())
    {
        let images = series.entry(&image.series_uid).or_default();
        images.insert(&image.instance_uid, &image.class_uid);
    }
    let series = series.into_iter().map(|(uid, images)| Series {
        uid: uid.into(),
        modality: Some(modality()),
        instance: images
            .into_iter()
            .map(|(uid, class)| Instance {
                uid: uid.into(),
                sop_class: Some(Coding::new(
                    "urn:ietf:rfc:3986",
                    &format!("urn:oid:{class}"),
                    "",
                )),
            })
            .collect(),
    });
    let mut identifier = vec![study_id(uid)];
    if let Some(accession) = &document.exam.accession {
        let mut id = Identifier::new("", accession.expose());
        let table = "http://terminology.hl7.org/CodeSystem/v2-0203";
        id.kind = Some(Concept::coded(table, "ACSN", "Accession ID"));
        identifier.push(id);
    }
    Resource::ImagingStudy(Box::new(ImagingStudy {
        identifier,
        status: "available".into(),
        modality: vec![modality()],
        subject: Some(Reference::to(&links.patient)),
        started: document
            .exam
            .date
            .map(|day| day.to_string())
            .unwrap_or_default()
            .into(),
        description: document.exam.title.expose().into(),
        series: series.collect(),
    }))
}

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
fn answers(document: &Document, ai: &Ai, links: &Links) -> Vec<(Identifier, Observation)> {
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
        AiAnswer::Assessed { classes } => classes
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
            .collect(),
        AiAnswer::NotAssessed { reason } => {
            let (id, mut answer) = made("");
            let absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
            answer.code = Some(Concept::text("Reading by a model"));
            answer.data_absent_reason = Some(Concept {
                text: reason.as_str().into(),
                ..Concept::coded(absent, "not-performed", "Not Performed")
            });
            vec![(id, answer)]
        }
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

fn verdict(document: &Document, links: &Links) -> Option<(Identifier, Observation)> {
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

/// `DiagnosticReport.status`. A draft never comes here.
fn status(state: State) -> &'static str {
    match state {
        State::Draft => "registered",
        State::Preliminary => "preliminary",
        State::Final => "final",
        State::Amended => "amended",
        State::Appended => "appended",
        State::EnteredInError => "entered-in-error",
    }
}

fn issued(document: &Document) -> String {
    let last = document.signatures.last();
    last.map(|signature| signature.at.to_string())
        .unwrap_or_default()
}

fn imaging_report() -> Concept {
    Concept::coded(LOINC, "18748-4", "Diagnostic imaging study")
}

fn report(document: &Document, links: &Links) -> Resource {
    let author: Vec<&String> = links.author.iter().collect();
    let to = |urls: &[&String]| {
        urls.iter()
            .map(|url| Reference::to(url))
            .collect::<Vec<_>>()
    };
    let department = "http://terminology.hl7.org/CodeSystem/v2-0074";
    Resource::DiagnosticReport(Box::new(DiagnosticReport {
        text: Some(narrative::of(document)),
        identifier: vec![
            Identifier::uuid(document.report),
            Identifier::new("", &document.number),
        ],
        status: status(document.state).into(),
        category: vec![Concept::coded(department, "RAD", "Radiology")],
        code: Some(Concept {
            text: document.exam.title.expose().into(),
            ..imaging_report()
        }),
        subject: Some(Reference::to(&links.patient)),
        effective_date_time: match document.exam.date {
            Some(day) => day.to_string(),
            None => issued(document),
        }
        .into(),
        issued: issued(document).into(),
        performer: to(&author),
        results_interpreter: to(&author),
        result: to(&links.results.iter().collect::<Vec<_>>()),
        imaging_study: to(&links.study.iter().collect::<Vec<_>>()),
        conclusion: narrative::conclusion(document).into(),
    }))
}

fn file(
    document: &Document,
    attached: &Attached<'_>,
    links: &Links,
    report: &str,
) -> Result<Resource> {
    let attachment = |kind: &str, bytes: &[u8], title: String| Content {
        attachment: Some(Attachment {
            content_type: kind.into(),
            language: document.language.tag().into(),
            data: STANDARD.encode(bytes).into(),
            size: Some(bytes.len()),
            title: title.into(),
            creation: issued(document).into(),
        }),
    };
    let mut content = Vec::new();
    if let Some(pdf) = attached.pdf {
        let title = format!("{}, sealed with a passphrase", document.number);
        content.push(attachment("application/pdf", pdf, title));
    }
    if attached.signed.is_some() {
        let title = format!("{}, the document that is signed", document.number);
        content.push(attachment("application/json", &canonical(document)?, title));
    }
    Ok(Resource::DocumentReference(Box::new(DocumentReference {
        master_identifier: Some(Identifier::uuid(revision_id(document, "file"))),
        identifier: vec![Identifier::uuid(revision_id(document, "file"))],
        status: match document.state {
            State::EnteredInError => "entered-in-error",
            _ => "current",
        }
        .into(),
        doc_status: match document.state {
            State::Amended | State::Appended => "amended",
            state => status(state),
        }
        .into(),
        kind: Some(imaging_report()),
        subject: Some(Reference::to(&links.patient)),
        date: issued(document).into(),
        author: links
            .author
            .iter()
            .map(|author| Reference::to(author))
            .collect(),
        description: format!("Report {} revision {}", document.number, document.revision).into(),
        content,
        context: Some(Context {
            related: vec![Reference::to(report)],
        }),
    })))
}

/// Who made it out of what, and the clinic's signature. R4 gives a Provenance no identifier, so it has
/// an id of our own and is put in its place.
fn provenance(
    document: &Document,
    attached: &Attached<'_>,
    links: &Links,
    targets: &[String],
) -> Made {
    let roles = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    let agent = |role: &str, display: &str, who: &str| Agent {
        kind: Some(Concept::coded(roles, role, display)),
        who: Some(Reference::to(who)),
    };
    let author = links
        .author
        .iter()
        .map(|author| agent("author", "Author", author));
    let model = links
        .device
        .iter()
        .map(|model| agent("assembler", "Assembler", model));
    let id = revision_id(document, "provenance").to_string();
    let completion = "http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion";
    let activity = match document.state {
        State::Preliminary => Concept::coded(completion, "AU", "authenticated"),
        _ => Concept::coded(completion, "LA", "legally authenticated"),
    };
    let resource = Resource::Provenance(Box::new(Provenance {
        id: id.as_str().into(),
        target: targets.iter().map(|target| Reference::to(target)).collect(),
        recorded: issued(document).into(),
        activity: Some(activity),
        agent: author.chain(model).collect(),
        entity: links
            .study
            .iter()
            .map(|study| Entity {
                role: "source".into(),
                what: Some(Reference::to(study)),
            })
            .collect(),
        signature: signature(document, attached).into_iter().collect(),
    }));
    Made {
        url: format!("urn:uuid:{id}"),
        request: Request {
            method: "PUT",
            url: format!("Provenance/{id}"),
            if_none_exist: None,
        },
        resource,
    }
}

/// The clinic's Ed25519 signature, as it is: 64 bytes over `medibridge report v1`, a zero byte and the
/// canonical document that the DocumentReference holds. It is no JWS and no XML signature, and not the
/// doctor's own: the key is the clinic's.
fn signature(document: &Document, attached: &Attached<'_>) -> Option<Signature> {
    let signed = attached.signed?;
    let mut key = Identifier::new("", &hex::encode(signed.key));
    key.kind = Some(Concept::text("Ed25519 public key"));
    Some(Signature {
        kind: vec![Coding::new(
            "urn:iso-astm:E1762-95:2013",
            "1.2.840.10065.1.12.1.14",
            "Source Signature",
        )],
        when: issued(document).into(),
        who: Some(Reference {
            identifier: Some(key),
            display: document.clinic.name.as_str().into(),
            ..Reference::default()
        }),
        target_format: "application/json".into(),
        sig_format: "application/octet-stream".into(),
        data: STANDARD.encode(signed.signature).into(),
    })
}
