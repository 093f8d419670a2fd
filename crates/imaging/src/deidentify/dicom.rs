//! A DICOM file without identity: Basic Application Level Confidentiality Profile (PS3.15 E.2).
//!
//! Beyond the table, what is not in the data dictionary goes, and so does every attribute outside the
//! table whose type is free text, a person's name or a date. Sequences that the table empties or
//! gives a dummy are left without items; the others are cleaned item by item.

use dicom_core::{
    DataDictionary, DataElement, DicomValue, PrimitiveValue, Tag, VR, value::DataSetSequence,
};
use dicom_dictionary_std::{StandardDataDictionary, tags, uids};
use dicom_encoding::text::SpecificCharacterSet;
use dicom_object::{FileMetaTableBuilder, InMemDicomObject, mem::InMemElement};

use super::{
    dummy::{self, Pseudonyms},
    table::{self, Action},
};
use crate::{
    Error, Result,
    dicom::{self, Dicom},
};

const UNWRITABLE: Error = Error::Damaged {
    format: "DICOM",
    what: "an attribute cannot be written",
};

/// The copy: new file meta information, the cleaned header, the pixels as they lie in the file.
pub(super) fn copy(file: &Dicom, pseudonyms: &Pseudonyms<'_>) -> Result<Vec<u8>> {
    let raw = file.raw();
    let pixels = raw.pixels.ok_or(Error::Truncated { part: "pixels" })?;
    let mut object = cleaned(raw.object, pseudonyms);
    for element in marks() {
        object.put(element);
    }

    let text = |tag| {
        let element = object.element_opt(tag).ok().flatten();
        element
            .and_then(|element| element.to_str().ok().map(|text| text.into_owned()))
            .unwrap_or_default()
    };
    // A deflated data set lies inflated in memory and is written so.
    let syntax = match raw.syntax.deflated {
        true => uids::EXPLICIT_VR_LITTLE_ENDIAN,
        false => &raw.syntax.named.uid,
    };
    let meta = FileMetaTableBuilder::new()
        .media_storage_sop_class_uid(text(tags::SOP_CLASS_UID))
        .media_storage_sop_instance_uid(text(tags::SOP_INSTANCE_UID))
        .transfer_syntax(syntax)
        .implementation_class_uid(dicom::IMPLEMENTATION)
        .build()
        .map_err(|_| UNWRITABLE)?;

    let mut out = vec![0; 128];
    out.extend(b"DICM");
    meta.write(&mut out).map_err(|_| UNWRITABLE)?;
    // What is kept of text was read as Latin 1, one character a byte, and is written back so; the
    // file's own character set stays in force. It is the lowest tag there is.
    if !raw.charset.is_empty() {
        out.extend(raw.syntax.character_set(raw.charset));
    }
    object
        .write_dataset_with_ts_cs(
            &mut out,
            &dicom::encoding(raw.syntax),
            SpecificCharacterSet::ISO_IR_100,
        )
        .map_err(|_| UNWRITABLE)?;
    out.extend(pixels);
    Ok(out)
}

fn cleaned(object: &InMemDicomObject, pseudonyms: &Pseudonyms<'_>) -> InMemDicomObject {
    let kept = object
        .iter()
        .filter_map(|element| kept(element, pseudonyms));
    InMemDicomObject::from_element_iter(kept)
}

/// What becomes of one attribute; `None` where it goes.
fn kept(element: &InMemElement, pseudonyms: &Pseudonyms<'_>) -> Option<InMemElement> {
    let tag = element.header().tag;
    let known = StandardDataDictionary.by_tag(tag)?.vr.relaxed();
    let written = element.header().vr;
    let vr = if written == VR::UN { known } else { written };
    // A sequence that was not read as one, a second set of pixels, what must come before all others.
    let unread = written == VR::UN && known == VR::SQ;
    if unread || tag.group() == 0x7FE0 || tag <= tags::SPECIFIC_CHARACTER_SET {
        return None;
    }
    let new = |value: PrimitiveValue| Some(DataElement::new(tag, vr, value));
    match (table::action(tag), element.value()) {
        (Some(Action::Remove), _) => None,
        (Some(Action::Empty | Action::Dummy), DicomValue::Sequence(_)) => {
            Some(sequence(tag, Vec::new()))
        }
        (None | Some(Action::Exchange), DicomValue::Sequence(items)) => {
            let items = items.items().iter().map(|item| cleaned(item, pseudonyms));
            Some(sequence(tag, items.collect()))
        }
        (Some(Action::Empty), _) => new(PrimitiveValue::Empty),
        (Some(Action::Dummy), DicomValue::Primitive(old)) => {
            new(dummy::value(tag, vr, &old.to_str(), pseudonyms))
        }
        (Some(Action::Exchange), DicomValue::Primitive(old)) => new(exchanged(old, pseudonyms)),
        (None, DicomValue::Primitive(old)) => match vr {
            VR::PN | VR::ST | VR::LT | VR::UT | VR::UR | VR::DA | VR::DT | VR::SQ => None,
            VR::UI => new(exchanged(old, pseudonyms)),
            _ => Some(element.clone()),
        },
        (_, DicomValue::PixelSequence(_)) => None,
    }
}

/// Every UID of a value, exchanged.
fn exchanged(old: &PrimitiveValue, pseudonyms: &Pseudonyms<'_>) -> PrimitiveValue {
    let old = match old {
        PrimitiveValue::U8(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        other => other.to_multi_str().join("\\"),
    };
    let new: Vec<String> = old.split('\\').map(|uid| pseudonyms.uid(uid)).collect();
    PrimitiveValue::from(new.join("\\"))
}

fn sequence(tag: Tag, items: Vec<InMemDicomObject>) -> InMemElement {
    DataElement::new(tag, VR::SQ, DataSetSequence::from(items))
}

/// What a de-identified file says about itself (PS3.15 E.1.1; PS3.16 CID 7050).
fn marks() -> [InMemElement; 4] {
    let text = |tag, vr, text: &str| DataElement::new(tag, vr, PrimitiveValue::from(text));
    let code = InMemDicomObject::from_element_iter([
        text(tags::CODE_VALUE, VR::SH, "113100"),
        text(tags::CODING_SCHEME_DESIGNATOR, VR::SH, "DCM"),
        text(
            tags::CODE_MEANING,
            VR::LO,
            "Basic Application Confidentiality Profile",
        ),
    ]);
    [
        text(tags::PATIENT_IDENTITY_REMOVED, VR::CS, "YES"),
        text(
            tags::DEIDENTIFICATION_METHOD,
            VR::LO,
            "Medibridge, PS3.15 2026c Table E.1-1, pixels unchanged",
        ),
        sequence(tags::DEIDENTIFICATION_METHOD_CODE_SEQUENCE, vec![code]),
        text(
            tags::LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED,
            VR::CS,
            "REMOVED",
        ),
    ]
}
