//! A report for an image archive: its figures as Secondary Capture images and its content as a
//! structured report, in the study of the source. Both say that they need a clinician's review.

mod capture;
mod codes;
mod content;
mod evidence;
mod narrative;
mod report;
mod strip;
mod value;

use basics::{Phi, ScanId, Timestamp};
use dicom_core::{DataElement, PrimitiveValue, Tag, VR, header::HasLength, value::DataSetSequence};
use dicom_dictionary_std::{tags, uids};
use dicom_object::{FileMetaTableBuilder, InMemDicomObject, mem::InMemElement};
use imaging::Origin;

pub use self::{capture::secondary_capture, report::structured_report};
use crate::{Document, Error, Result, Sex, Signature, State, derived};

/// Who makes these objects.
const MAKER: &str = "Medibridge";

/// The imported file that a figure shows.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which.
    pub scan: ScanId,
    /// What it says of itself; `None` for a plain picture, whose study gets UIDs of our own.
    pub origin: Option<Origin>,
    /// Whether its pixels were ever compressed with loss.
    pub lossy: bool,
}

impl Source {
    /// The source as the opened file tells it.
    pub fn of(scan: ScanId, picture: &imaging::Picture) -> Self {
        let origin = picture.origin();
        let lossy = match &origin {
            Some(origin) => origin.lossy,
            None => picture.header().format == imaging::Format::Jpeg,
        };
        Self {
            scan,
            origin,
            lossy,
        }
    }
}

/// The signing that the document stands on.
///
/// # Errors
/// [`Error::Unsigned`] for a draft: what nobody signed does not leave the workstation.
fn signing(document: &Document) -> Result<&Signature> {
    match (document.state, document.signatures.last()) {
        (State::Draft, _) | (_, None) => Err(Error::Unsigned),
        (_, Some(signature)) => Ok(signature),
    }
}

/// Study Instance UID: the source's, else the document's, else one that follows from the scan.
fn study_uid(document: &Document, source: Option<&Source>) -> String {
    let of_source = source.and_then(|source| source.origin.as_ref());
    let scan = source.map(|source| source.scan);
    let scan = scan.or_else(|| document.figures.first().map(|figure| figure.scan));
    of_source
        .map(|origin| origin.study_uid.clone())
        .or_else(|| document.exam.study_uid.clone())
        .unwrap_or_else(|| match scan {
            Some(scan) => derived::uid(&["study", &scan.to_string()]),
            None => derived::uid(&["study", &document.report.to_string()]),
        })
}

/// Patient and General Study modules (PS3.3 C.7.1.1, C.7.2.1): as the source has them, so that an
/// archive files both together; of a plain picture as the clinic has them.
fn patient_and_study(document: &Document, source: Option<&Source>) -> Vec<InMemElement> {
    let patient = &document.patient;
    let text = |tag, vr, value: &str| element(tag, vr, value);
    let mut elements = match source.and_then(|source| source.origin.as_ref()) {
        Some(origin) => vec![
            text(tags::PATIENT_NAME, VR::PN, origin.patient_name.expose()),
            text(tags::PATIENT_ID, VR::LO, origin.patient_id.expose()),
            text(tags::ISSUER_OF_PATIENT_ID, VR::LO, origin.issuer.expose()),
            text(tags::PATIENT_BIRTH_DATE, VR::DA, origin.birth_date.expose()),
            text(tags::PATIENT_SEX, VR::CS, origin.sex.expose()),
            text(tags::STUDY_DATE, VR::DA, origin.study_date.expose()),
            text(tags::STUDY_TIME, VR::TM, origin.study_time.expose()),
            text(tags::STUDY_ID, VR::SH, origin.study_id.expose()),
            text(tags::ACCESSION_NUMBER, VR::SH, origin.accession.expose()),
            text(
                tags::REFERRING_PHYSICIAN_NAME,
                VR::PN,
                origin.referring.expose(),
            ),
            text(
                tags::STUDY_DESCRIPTION,
                VR::LO,
                origin.study_description.expose(),
            ),
        ],
        None => vec![
            text(
                tags::PATIENT_NAME,
                VR::PN,
                &value::person(patient.name.expose()),
            ),
            text(tags::PATIENT_ID, VR::LO, patient.number.expose()),
            text(tags::ISSUER_OF_PATIENT_ID, VR::LO, &document.clinic.name),
            text(
                tags::PATIENT_BIRTH_DATE,
                VR::DA,
                exposed(&patient.birth_date),
            ),
            text(tags::PATIENT_SEX, VR::CS, sex(patient.sex)),
            text(
                tags::STUDY_DATE,
                VR::DA,
                &document
                    .exam
                    .date
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
            ),
            text(tags::STUDY_TIME, VR::TM, ""),
            text(tags::STUDY_ID, VR::SH, ""),
            text(
                tags::ACCESSION_NUMBER,
                VR::SH,
                exposed(&document.exam.accession),
            ),
            text(tags::REFERRING_PHYSICIAN_NAME, VR::PN, ""),
            text(
                tags::STUDY_DESCRIPTION,
                VR::LO,
                document.exam.title.expose(),
            ),
        ],
    };
    // Types 3: left out rather than empty.
    elements.retain(|element| {
        ![tags::ISSUER_OF_PATIENT_ID, tags::STUDY_DESCRIPTION].contains(&element.header().tag)
            || !element.is_empty()
    });
    elements.push(text(
        tags::STUDY_INSTANCE_UID,
        VR::UI,
        &study_uid(document, source),
    ));
    elements
}

fn exposed(text: &Option<Phi<String>>) -> &str {
    text.as_ref().map_or("", |text| text.expose().as_str())
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Other => "O",
        Sex::Unknown => "",
    }
}

/// General Equipment (PS3.3 C.7.5.1): this program.
fn equipment() -> [InMemElement; 3] {
    [
        element(tags::MANUFACTURER, VR::LO, MAKER),
        element(
            tags::MANUFACTURER_MODEL_NAME,
            VR::LO,
            "Medibridge workstation",
        ),
        element(tags::SOFTWARE_VERSIONS, VR::LO, env!("CARGO_PKG_VERSION")),
    ]
}

/// A text element, cut and cleaned as its type allows.
fn element(tag: Tag, vr: VR, text: &str) -> InMemElement {
    DataElement::new(tag, vr, PrimitiveValue::from(value::fit(vr, text)))
}

/// A sequence element.
fn sequence(tag: Tag, items: Vec<InMemDicomObject>) -> InMemElement {
    DataElement::new(tag, VR::SQ, DataSetSequence::from(items))
}

fn item(elements: impl IntoIterator<Item = InMemElement>) -> InMemDicomObject {
    InMemDicomObject::from_element_iter(elements)
}

/// Day and time of a moment on the clinic's clock, as DA and TM.
fn day_and_time(document: &Document, at: Timestamp) -> (String, String) {
    let local = value::local(at, document.utc_offset);
    (
        local.strftime("%Y%m%d").to_string(),
        local.strftime("%H%M%S").to_string(),
    )
}

/// The file (PS3.10), explicit VR little endian.
fn file(mut object: InMemDicomObject, class: &str, instance: &str) -> Result<Vec<u8>> {
    object.put(element(tags::SPECIFIC_CHARACTER_SET, VR::CS, "ISO_IR 192"));
    object.put(element(tags::SOP_CLASS_UID, VR::UI, class));
    object.put(element(tags::SOP_INSTANCE_UID, VR::UI, instance));
    let meta = FileMetaTableBuilder::new()
        .media_storage_sop_class_uid(class)
        .media_storage_sop_instance_uid(instance)
        .transfer_syntax(uids::EXPLICIT_VR_LITTLE_ENDIAN)
        .implementation_class_uid(imaging::IMPLEMENTATION)
        .implementation_version_name("MEDIBRIDGE");
    let mut bytes = Vec::new();
    object
        .with_meta(meta)
        .map_err(|_| Error::Dicom("file meta information"))?
        .write_all(&mut bytes)
        .map_err(|_| Error::Dicom("data set"))?;
    Ok(bytes)
}
