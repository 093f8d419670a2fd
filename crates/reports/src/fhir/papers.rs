//! The report itself, its files, and where both come from: DiagnosticReport, DocumentReference, Provenance.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    Attached, Made,
    build::{Links, revision_id},
    narrative,
    types::{
        Agent, Attachment, Coding, Concept, Content, Context, DiagnosticReport, DocumentReference,
        Entity, Identifier, Provenance, Reference, Request, Resource, Signature,
    },
};
use crate::{Document, Result, State, canonical};

const LOINC: &str = "http://loinc.org";

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

pub(super) fn report(document: &Document, links: &Links) -> Resource {
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

pub(super) fn file(
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
pub(super) fn provenance(
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
