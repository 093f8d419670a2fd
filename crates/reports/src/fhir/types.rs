//! The resources and types of FHIR R4 (<https://hl7.org/fhir/R4/>) as far as a report needs them. Nothing
//! empty is written: FHIR allows no empty value.

use serde::{Serialize, Serializer};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bundle {
    resource_type: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    entry: Vec<Entry>,
}

impl Bundle {
    pub(super) fn new(kind: &'static str, entry: Vec<Entry>) -> Self {
        Self {
            resource_type: "Bundle",
            kind,
            entry,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub(super) full_url: String,
    pub(super) resource: Resource,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<Request>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) if_none_exist: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "resourceType")]
pub(super) enum Resource {
    Patient(Box<Patient>),
    Practitioner(Practitioner),
    Device(Box<Device>),
    ImagingStudy(Box<ImagingStudy>),
    Observation(Box<Observation>),
    DiagnosticReport(Box<DiagnosticReport>),
    DocumentReference(Box<DocumentReference>),
    Provenance(Box<Provenance>),
}

impl Resource {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Patient(_) => "Patient",
            Self::Practitioner(_) => "Practitioner",
            Self::Device(_) => "Device",
            Self::ImagingStudy(_) => "ImagingStudy",
            Self::Observation(_) => "Observation",
            Self::DiagnosticReport(_) => "DiagnosticReport",
            Self::DocumentReference(_) => "DocumentReference",
            Self::Provenance(_) => "Provenance",
        }
    }
}

/// A string that is left out where it is empty.
#[derive(Clone, Default)]
pub(super) struct Text(String);

impl Text {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: AsRef<str>> From<T> for Text {
    fn from(text: T) -> Self {
        Self(text.as_ref().trim().to_owned())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Defines a struct whose fields are left out where they are empty: `Text`, `Vec` and `Option`.
macro_rules! sparse {
    ($($name:ident { $($(#[$attr:meta])* $field:ident: $kind:ty,)* })*) => { $(
        #[derive(Clone, Default, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub(super) struct $name { $(
            #[serde(skip_serializing_if = "Empty::is_empty")]
            $(#[$attr])*
            pub(super) $field: $kind,
        )* }
    )* };
}

trait Empty {
    fn is_empty(&self) -> bool;
}
impl Empty for Text {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}
impl<T> Empty for Vec<T> {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}
impl<T> Empty for Option<T> {
    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

sparse! {
    Coding { system: Text, code: Text, display: Text, }
    Concept { coding: Vec<Coding>, text: Text, }
    Identifier { #[serde(rename = "type")] kind: Option<Concept>, system: Text, value: Text, }
    Reference { reference: Text, identifier: Option<Identifier>, display: Text, }
    Name { text: Text, }
    Annotation { text: Text, }
    Quantity { value: Option<f64>, unit: Text, system: Text, code: Text, }
    Range { low: Option<Quantity>, high: Option<Quantity>, text: Text, }
    Narrative { status: Text, div: Text, }
    Attachment {
        content_type: Text, language: Text, data: Text, size: Option<usize>, title: Text,
        creation: Text,
    }

    Patient {
        identifier: Vec<Identifier>, name: Vec<Name>, gender: Text, birth_date: Text,
    }
    Practitioner { identifier: Vec<Identifier>, name: Vec<Name>, }
    Device {
        identifier: Vec<Identifier>, manufacturer: Text, model_number: Text,
        device_name: Vec<DeviceName>, version: Vec<DeviceVersion>, note: Vec<Annotation>,
    }
    DeviceName { name: Text, #[serde(rename = "type")] kind: Text, }
    DeviceVersion { #[serde(rename = "type")] kind: Option<Concept>, value: Text, }
    ImagingStudy {
        identifier: Vec<Identifier>, status: Text, modality: Vec<Coding>, subject: Option<Reference>,
        started: Text, description: Text, series: Vec<Series>,
    }
    Series { uid: Text, modality: Option<Coding>, instance: Vec<Instance>, }
    Instance { uid: Text, sop_class: Option<Coding>, }
    Observation {
        identifier: Vec<Identifier>, status: Text, category: Vec<Concept>, code: Option<Concept>,
        subject: Option<Reference>, effective_date_time: Text, issued: Text,
        performer: Vec<Reference>, value_quantity: Option<Quantity>,
        value_codeable_concept: Option<Concept>, data_absent_reason: Option<Concept>,
        interpretation: Vec<Concept>, note: Vec<Annotation>, device: Option<Reference>,
        reference_range: Vec<Range>, derived_from: Vec<Reference>,
    }
    DiagnosticReport {
        text: Option<Narrative>, identifier: Vec<Identifier>, status: Text, category: Vec<Concept>,
        code: Option<Concept>, subject: Option<Reference>, effective_date_time: Text, issued: Text,
        performer: Vec<Reference>, results_interpreter: Vec<Reference>, result: Vec<Reference>,
        imaging_study: Vec<Reference>, conclusion: Text,
    }
    DocumentReference {
        master_identifier: Option<Identifier>, identifier: Vec<Identifier>, status: Text,
        doc_status: Text, #[serde(rename = "type")] kind: Option<Concept>,
        subject: Option<Reference>, date: Text, author: Vec<Reference>, description: Text,
        content: Vec<Content>, context: Option<Context>,
    }
    Content { attachment: Option<Attachment>, }
    Context { related: Vec<Reference>, }
    Provenance {
        id: Text, target: Vec<Reference>, recorded: Text, activity: Option<Concept>,
        agent: Vec<Agent>, entity: Vec<Entity>, signature: Vec<Signature>,
    }
    Agent { #[serde(rename = "type")] kind: Option<Concept>, who: Option<Reference>, }
    Entity { role: Text, what: Option<Reference>, }
    Signature {
        #[serde(rename = "type")] kind: Vec<Coding>, when: Text, who: Option<Reference>,
        target_format: Text, sig_format: Text, data: Text,
    }
}

/// URIs as identifiers of what has a UUID.
const URI: &str = "urn:ietf:rfc:3986";

impl Identifier {
    pub(super) fn new(system: &str, value: &str) -> Self {
        Self {
            kind: None,
            system: system.into(),
            value: value.into(),
        }
    }
    /// Of what has a UUID.
    pub(super) fn uuid(id: impl std::fmt::Display) -> Self {
        Self::new(URI, &format!("urn:uuid:{id}"))
    }
    /// A search by this identifier.
    pub(super) fn query(&self) -> String {
        let token = format!("{}|{}", self.system.0, self.value.0);
        let encoded: String = token
            .bytes()
            .map(|byte| match byte {
                b'0'..=b'9'
                | b'A'..=b'Z'
                | b'a'..=b'z'
                | b'-'
                | b'.'
                | b'_'
                | b'~'
                | b':'
                | b'/' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect();
        format!("identifier={encoded}")
    }
}

impl Reference {
    pub(super) fn to(url: &str) -> Self {
        Self {
            reference: url.into(),
            ..Self::default()
        }
    }
}

impl Coding {
    pub(super) fn new(system: &str, code: &str, display: &str) -> Self {
        Self {
            system: system.into(),
            code: code.into(),
            display: display.into(),
        }
    }
}

impl Concept {
    pub(super) fn text(text: &str) -> Self {
        Self {
            coding: Vec::new(),
            text: text.into(),
        }
    }
    pub(super) fn coded(system: &str, code: &str, display: &str) -> Self {
        Self {
            coding: vec![Coding::new(system, code, display)],
            text: Text::default(),
        }
    }
}

impl Annotation {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.into() }
    }
}
