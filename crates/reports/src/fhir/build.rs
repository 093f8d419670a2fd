//! From a document to its resources, and how each gets onto a server.

use std::collections::BTreeMap;

use super::{
    Attached, Made, observations, papers,
    types::{
        Annotation, Coding, Concept, Device, DeviceName, DeviceVersion, Identifier, ImagingStudy,
        Instance, Name, Patient, Practitioner, Reference, Request, Resource, Series,
    },
};
use crate::{Ai, Document, Person, Result, Sex, derived};

const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const UID: &str = "urn:dicom:uid";
pub(super) const WARNING: &str =
    "Answer of a model. Needs review by a clinician; not for diagnosis alone.";

/// What the resources refer to.
pub(super) struct Links {
    pub(super) patient: String,
    pub(super) author: Option<String>,
    pub(super) device: Option<String>,
    pub(super) study: Option<String>,
    pub(super) results: Vec<String>,
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
        for (id, observation) in observations::answers(document, ai, &links) {
            let answer = always(Resource::Observation(Box::new(observation)), id);
            links.results.push(answer.url.clone());
            made.push(answer);
        }
    }
    if let Some((id, observation)) = observations::verdict(document, &links) {
        let verdict = always(Resource::Observation(Box::new(observation)), id);
        links.results.push(verdict.url.clone());
        made.push(verdict);
    }
    let report = always(
        papers::report(document, &links),
        Identifier::uuid(document.report),
    );
    let mut targets = vec![report.url.clone()];
    made.push(report);
    if attached.pdf.is_some() || attached.signed.is_some() {
        let file = once(
            papers::file(document, attached, &links, &targets[0])?,
            Identifier::uuid(revision_id(document, "file")),
        );
        targets.push(file.url.clone());
        made.push(file);
    }
    made.push(papers::provenance(document, attached, &links, &targets));
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

pub(super) fn url(resource: &Resource, id: &Identifier) -> String {
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

pub(super) fn revision_id(document: &Document, what: &str) -> uuid::Uuid {
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

pub(super) fn practitioner(person: &Person) -> Resource {
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
