//! A patient's chart as one FHIR R4 bundle (4.0.1): who they are, allergies, imaging studies with the names of the
//! files beside it, and everything of their released reports, signed notes and prescriptions.

use ::clinic::{Allergies, Patient, Scan, Severity, Sex, SignedNote, Study};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::error::CommandError;

/// The bundle in the making.
pub(super) struct Chart {
    patient: String,
    entries: Vec<Value>,
}

impl Chart {
    pub(super) fn of(who: &Patient) -> Self {
        let url = format!("urn:uuid:{}", who.id);
        let mut identifiers =
            vec![json!({ "system": "urn:medibridge:number", "value": who.number })];
        if let Some(external) = &who.details.external_id {
            let issuer = who.details.issuer.as_ref().map(|issuer| issuer.expose());
            let mut identifier = json!({ "value": external.expose() });
            if let Some(issuer) = issuer {
                identifier["assigner"] = json!({ "display": issuer });
            }
            identifiers.push(identifier);
        }
        let mut patient = json!({
            "resourceType": "Patient",
            "id": who.id.to_string(),
            "identifier": identifiers,
            "name": [{ "text": who.details.name.expose() }],
            "gender": match who.details.sex {
                Sex::Female => "female",
                Sex::Male => "male",
                Sex::Other => "other",
                Sex::Unknown => "unknown",
            },
        });
        if let Some(born) = &who.details.birth_date {
            patient["birthDate"] = json!(born.expose());
        }
        let mut chart = Self {
            patient: url.clone(),
            entries: vec![json!({ "fullUrl": url, "resource": patient })],
        };
        chart.allergies(who);
        chart
    }

    /// That nobody asked is said by there being none: "none known" is a statement of its own.
    fn allergies(&mut self, who: &Patient) {
        let mut add = |place: usize, mut allergy: Value| {
            allergy["resourceType"] = json!("AllergyIntolerance");
            allergy["patient"] = json!({ "reference": self.patient });
            if let Some(at) = who.allergies_recorded {
                allergy["recordedDate"] = json!(at.to_string());
            }
            let url = format!("urn:medibridge:allergy:{}:{place}", who.id);
            self.entries
                .push(json!({ "fullUrl": url, "resource": allergy }));
        };
        match &who.allergies {
            Allergies::NotAsked => {}
            Allergies::NoneKnown => add(
                0,
                json!({
                    "clinicalStatus": status("allergyintolerance-clinical", "active"),
                    "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "716186003", "display": "No known allergy" }] },
                }),
            ),
            Allergies::Known { items } => {
                for (place, item) in items.iter().enumerate() {
                    let mut reaction =
                        json!({ "manifestation": [{ "text": item.reaction.expose() }] });
                    if item.reaction.expose().is_empty() {
                        reaction["manifestation"] = json!([{ "text": "not recorded" }]);
                    }
                    if let Some(severity) = severity(item.severity) {
                        reaction["severity"] = json!(severity);
                    }
                    add(
                        place,
                        json!({
                            "clinicalStatus": status("allergyintolerance-clinical", "active"),
                            "code": { "text": item.substance.expose() },
                            "reaction": [reaction],
                        }),
                    );
                }
            }
        }
    }

    /// A study; each instance names its file in this export.
    pub(super) fn study(&mut self, study: &Study, scans: &[Scan]) {
        let instances: Vec<Value> = scans
            .iter()
            .filter(|scan| scan.retracted.is_none())
            .map(|scan| {
                let uid = scan.instance_uid.clone().unwrap_or_else(|| uid_of(scan.id.as_bytes()));
                json!({
                    "uid": uid,
                    "number": scan.instance_number.filter(|number| *number >= 0),
                    "title": format!("scans/{}", scan.id),
                    "sopClass": { "system": "urn:ietf:rfc:3986", "code": "urn:oid:1.2.840.10008.5.1.4.1.1.7" },
                })
            })
            .collect();
        let mut resource = json!({
            "resourceType": "ImagingStudy",
            "status": "available",
            "subject": { "reference": self.patient },
            "numberOfSeries": 1,
            "numberOfInstances": instances.len(),
            "series": [{
                "uid": uid_of(study.id.as_bytes()),
                "modality": { "system": "http://dicom.nema.org/resources/ontology/DCM", "code": study.facts.modality },
                "instance": instances,
            }],
        });
        if let Some(uid) = &study.facts.uid {
            resource["identifier"] =
                json!([{ "system": "urn:dicom:uid", "value": format!("urn:oid:{uid}") }]);
        }
        if let Some(date) = &study.facts.date {
            resource["started"] = json!(date);
        }
        if let Some(text) = &study.facts.description {
            resource["description"] = json!(text.expose());
        }
        prune(&mut resource);
        let url = format!("urn:uuid:{}", study.id);
        self.entries
            .push(json!({ "fullUrl": url, "resource": resource }));
    }

    /// Everything of a report's own bundle; its patient is this one.
    pub(super) fn report(&mut self, bundle: Value) {
        let Some(entries) = bundle["entry"].as_array() else {
            return;
        };
        let theirs = entries
            .iter()
            .find(|entry| entry["resource"]["resourceType"] == "Patient")
            .and_then(|entry| entry["fullUrl"].as_str());
        for entry in entries {
            let mut entry = entry.clone();
            if entry["resource"]["resourceType"] == "Patient" {
                continue;
            }
            if let Some(theirs) = theirs {
                point(&mut entry["resource"], theirs, &self.patient);
            }
            // Reports of one study share it, and the people in it.
            let known = self
                .entries
                .iter()
                .any(|one| one["fullUrl"] == entry["fullUrl"]);
            if !known {
                self.entries.push(entry);
            }
        }
    }

    /// A signed note, with its text inside. Returns the text, for the file beside the bundle.
    pub(super) fn note(&mut self, note: &SignedNote) -> String {
        let (by, at) = (note.by_name.expose(), note.at);
        let text = format!(
            "Note of a consultation, signed by {by} on {at}.\n\n{}\n",
            note.words.expose()
        );
        let resource = json!({
            "resourceType": "DocumentReference",
            "id": note.id.to_string(),
            "status": "current",
            "docStatus": "final",
            "type": { "coding": [{ "system": "http://loinc.org", "code": "11488-4", "display": "Consult note" }] },
            "subject": { "reference": self.patient },
            "date": at.to_string(),
            "author": [{ "display": by }],
            "content": [{ "attachment": {
                "contentType": "text/plain; charset=utf-8",
                "data": STANDARD.encode(&text),
                "title": format!("notes/{}.txt", note.id),
            } }],
        });
        let url = format!("urn:uuid:{}", note.id);
        self.entries
            .push(json!({ "fullUrl": url, "resource": resource }));
        text
    }

    /// The patient's address in the bundle.
    pub(super) fn patient(&self) -> &str {
        &self.patient
    }

    pub(super) fn add(&mut self, entries: Vec<Value>) {
        self.entries.extend(entries);
    }

    pub(super) fn json(&self) -> Result<Vec<u8>, CommandError> {
        let bundle =
            json!({ "resourceType": "Bundle", "type": "collection", "entry": self.entries });
        serde_json::to_vec_pretty(&bundle).map_err(|_| CommandError::Defect)
    }
}

fn status(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code }] })
}

fn severity(severity: Severity) -> Option<&'static str> {
    match serde_json::to_value(severity) {
        Ok(Value::String(key)) if key == "mild" => Some("mild"),
        Ok(Value::String(key)) if key == "moderate" => Some("moderate"),
        Ok(Value::String(key)) if key == "severe" => Some("severe"),
        _ => None,
    }
}

/// A UID from a UUID (DICOM PS3.5, B.2): 2.25 and the number.
fn uid_of(id: &[u8; 16]) -> String {
    format!("2.25.{}", u128::from_be_bytes(*id))
}

/// References to one address become references to another.
fn point(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(text) if key == "reference" && text == from => *text = to.into(),
                    other => point(other, from, to),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| point(item, from, to)),
        _ => {}
    }
}

/// FHIR knows no null.
fn prune(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.iter_mut().for_each(|(_, field)| prune(field));
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}
