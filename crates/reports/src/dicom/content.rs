//! Content items of a structured report (PS3.3 C.17.3).

use dicom_core::VR;
use dicom_dictionary_std::tags;
use dicom_object::InMemDicomObject;
use imaging::Origin;

use super::{codes::Code, element, evidence, item, sequence};

/// How an item belongs to the one above it (PS3.3, table C.17.3-8).
#[derive(Clone, Copy)]
pub(super) enum Relation {
    Contains,
    Modifies,
    Observed,
    Property,
    InferredFrom,
}

impl Relation {
    fn term(self) -> &'static str {
        match self {
            Self::Contains => "CONTAINS",
            Self::Modifies => "HAS CONCEPT MOD",
            Self::Observed => "HAS OBS CONTEXT",
            Self::Property => "HAS PROPERTIES",
            Self::InferredFrom => "INFERRED FROM",
        }
    }
}

/// The item of a code sequence. A value longer than 16 characters is a Long Code Value.
pub(super) fn code(code: &Code) -> InMemDicomObject {
    let value = match code.value.chars().count() {
        ..=16 => element(tags::CODE_VALUE, VR::SH, &code.value),
        _ => element(tags::LONG_CODE_VALUE, VR::UC, &code.value),
    };
    item([
        value,
        element(tags::CODING_SCHEME_DESIGNATOR, VR::SH, code.scheme),
        element(tags::CODE_MEANING, VR::LO, &code.meaning),
    ])
}

fn named(relation: Relation, kind: &str, name: &Code) -> InMemDicomObject {
    item([
        element(tags::RELATIONSHIP_TYPE, VR::CS, relation.term()),
        element(tags::VALUE_TYPE, VR::CS, kind),
        sequence(tags::CONCEPT_NAME_CODE_SEQUENCE, vec![code(name)]),
    ])
}

/// CONTAINER, by a template of PS3.16 where there is one.
pub(super) fn container(
    name: &Code,
    template: Option<&str>,
    children: Vec<InMemDicomObject>,
) -> InMemDicomObject {
    let mut object = named(Relation::Contains, "CONTAINER", name);
    object.put(element(tags::CONTINUITY_OF_CONTENT, VR::CS, "SEPARATE"));
    if let Some(template) = template {
        object.put(sequence(
            tags::CONTENT_TEMPLATE_SEQUENCE,
            vec![item([
                element(tags::MAPPING_RESOURCE, VR::CS, "DCMR"),
                element(tags::TEMPLATE_IDENTIFIER, VR::CS, template),
            ])],
        ));
    }
    with(object, children)
}

/// The item with these below it.
pub(super) fn with(
    mut object: InMemDicomObject,
    children: Vec<InMemDicomObject>,
) -> InMemDicomObject {
    if !children.is_empty() {
        object.put(sequence(tags::CONTENT_SEQUENCE, children));
    }
    object
}

/// TEXT.
pub(super) fn text(relation: Relation, name: &Code, words: &str) -> InMemDicomObject {
    let mut object = named(relation, "TEXT", name);
    object.put(element(tags::TEXT_VALUE, VR::UT, words));
    object
}

/// CODE.
pub(super) fn coded(relation: Relation, name: &Code, value: &Code) -> InMemDicomObject {
    let mut object = named(relation, "CODE", name);
    object.put(sequence(tags::CONCEPT_CODE_SEQUENCE, vec![code(value)]));
    object
}

/// PNAME; `name` as [`super::value::person`] makes it.
pub(super) fn person(relation: Relation, name: &Code, person: &str) -> InMemDicomObject {
    let mut object = named(relation, "PNAME", name);
    object.put(element(tags::PERSON_NAME, VR::PN, person));
    object
}

/// UIDREF.
pub(super) fn uid(relation: Relation, name: &Code, uid: &str) -> InMemDicomObject {
    let mut object = named(relation, "UIDREF", name);
    object.put(element(tags::UID, VR::UI, uid));
    object
}

/// NUM, two decimals.
pub(super) fn number(relation: Relation, name: &Code, value: f64, unit: &Code) -> InMemDicomObject {
    let mut object = named(relation, "NUM", name);
    object.put(sequence(
        tags::MEASURED_VALUE_SEQUENCE,
        vec![item([
            sequence(tags::MEASUREMENT_UNITS_CODE_SEQUENCE, vec![code(unit)]),
            element(tags::NUMERIC_VALUE, VR::DS, &format!("{value:.2}")),
        ])],
    ));
    object
}

/// IMAGE, whole or one frame of it (from 0).
pub(super) fn image(
    relation: Relation,
    name: Option<&Code>,
    origin: &Origin,
    frame: Option<u32>,
) -> InMemDicomObject {
    let mut reference = evidence::reference(origin);
    if let Some(frame) = frame.filter(|_| origin.frames > 1) {
        let frame = (frame + 1).to_string();
        reference.put(element(tags::REFERENCED_FRAME_NUMBER, VR::IS, &frame));
    }
    let mut object = item([
        element(tags::RELATIONSHIP_TYPE, VR::CS, relation.term()),
        element(tags::VALUE_TYPE, VR::CS, "IMAGE"),
        sequence(tags::REFERENCED_SOP_SEQUENCE, vec![reference]),
    ]);
    if let Some(name) = name {
        object.put(sequence(tags::CONCEPT_NAME_CODE_SEQUENCE, vec![code(name)]));
    }
    object
}
