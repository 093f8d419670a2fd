//! A figure as a Secondary Capture Image (PS3.3 A.8.1): the scan with the map burned in, without loss,
//! in a series of its own that says what it is.

use dicom_core::{DataElement, PrimitiveValue, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::{InMemDicomObject, mem::InMemElement};

use super::{
    MAKER, Source, codes, content, day_and_time, element, equipment, evidence, file, item,
    patient_and_study, sequence, signing, strip,
};
use crate::{AiAnswer, Document, Error, Figure, FigureKind, Picture, Result, derived};

/// Series and image carry it.
const WARNING: &str = "Not for diagnosis. Needs review by a clinician.";

/// The figure `figure` (from 0) of a signed report as a DICOM file.
///
/// # Errors
/// [`Error::Unsigned`] for a draft; [`Error::PictureDiffers`] where picture or source are not the ones
/// that the document names; [`Error::Dicom`] where the picture is larger than DICOM allows.
pub fn secondary_capture(
    document: &Document,
    figure: usize,
    picture: &Picture,
    source: &Source,
) -> Result<Vec<u8>> {
    let signing = signing(document)?;
    let shown = (document.figures.get(figure))
        .filter(|shown| shown.scan == source.scan && shown.pixels_sha256 == picture.sha256())
        .ok_or(Error::PictureDiffers { figure })?;
    let pixels = strip::below(picture, &sentences(document, shown));
    let (report, revision) = (document.report.to_string(), document.revision.to_string());
    let instance = derived::uid(&["image", &report, &revision, &figure.to_string()]);
    let (day, time) = day_and_time(document, signing.at);
    let is_map = matches!(shown.kind, FigureKind::Map { .. });
    let text = element;

    let mut object = item(patient_and_study(document, Some(source)));
    let series = derived::uid(&["images", &report, &revision]);
    for element in [
        text(tags::MODALITY, VR::CS, "OT"),
        text(tags::SERIES_INSTANCE_UID, VR::UI, &series),
        text(tags::SERIES_NUMBER, VR::IS, "9001"),
        text(
            tags::SERIES_DESCRIPTION,
            VR::LO,
            if is_map {
                "AI map – not for diagnosis"
            } else {
                "Report image – not for diagnosis"
            },
        ),
        text(tags::CONVERSION_TYPE, VR::CS, "WSD"),
        text(tags::IMAGE_TYPE, VR::CS, "DERIVED\\SECONDARY"),
        text(tags::INSTANCE_NUMBER, VR::IS, &(figure + 1).to_string()),
        text(tags::CONTENT_DATE, VR::DA, &day),
        text(tags::CONTENT_TIME, VR::TM, &time),
        text(tags::PATIENT_ORIENTATION, VR::CS, &orientation(shown)),
        text(tags::IMAGE_COMMENTS, VR::LT, WARNING),
        text(
            tags::DERIVATION_DESCRIPTION,
            VR::ST,
            &derivation(document, shown),
        ),
        text(
            tags::LOSSY_IMAGE_COMPRESSION,
            VR::CS,
            if source.lossy { "01" } else { "00" },
        ),
    ] {
        object.put(element);
    }
    for element in equipment() {
        object.put(element);
    }
    if let Some(model) = model(document) {
        object.put(sequence(tags::CONTRIBUTING_EQUIPMENT_SEQUENCE, vec![model]));
    }
    put_source(&mut object, shown, source);
    put_body_part(&mut object, source);
    put_pixels(&mut object, pixels)?;
    file(object, uids::SECONDARY_CAPTURE_IMAGE_STORAGE, &instance)
}

/// What the strip below the image says: what it is, and whose work. Nothing of the patient.
fn sentences(document: &Document, figure: &Figure) -> Vec<String> {
    let FigureKind::Map { class, empty, .. } = &figure.kind else {
        return vec!["COPY OF THE IMAGE - NOT FOR DIAGNOSIS".into()];
    };
    let shown = match document.ai.as_ref().map(|ai| &ai.answer) {
        // The small font has no such letters: the key is in Latin ones.
        Some(AiAnswer::Assessed { classes, .. }) if !class.is_ascii() => classes
            .iter()
            .find(|row| row.name == *class)
            .map_or(class, |row| &row.id),
        _ => class,
    };
    let mut sentences = vec![format!(
        "AI MAP: {shown} - NOT FOR DIAGNOSIS - NEEDS REVIEW BY A CLINICIAN"
    )];
    if *empty {
        sentences.push("NO POSITIVE EVIDENCE: THE MAP IS ZERO EVERYWHERE".into());
    }
    sentences.extend(model_line(document));
    sentences
}

fn model_line(document: &Document) -> Option<String> {
    let ai = document.ai.as_ref()?;
    let hash: String = ai.sha256.chars().take(12).collect();
    let research = if ai.research_only {
        " RESEARCH ONLY"
    } else {
        ""
    };
    Some(format!(
        "{} {} sha256 {hash}{research}",
        ai.model_id, ai.version
    ))
}

fn derivation(document: &Document, figure: &Figure) -> String {
    let what = match &figure.kind {
        FigureKind::Scan => "Windowed copy of the source image.".to_owned(),
        FigureKind::Map {
            class,
            opacity,
            palette,
            grid: [rows, columns],
            empty,
        } => format!(
            "Source image under the class activation map of '{class}' ({rows} x {columns} cells, \
             {palette}, opacity {opacity}){}.",
            if *empty {
                ", which is zero everywhere: no positive evidence"
            } else {
                ""
            },
        ),
    };
    let model = model_line(document).unwrap_or_default();
    format!(
        "{what} {model} {WARNING} Report {} revision {}. Pixels above the strip: sha256 {}",
        document.number, document.revision, figure.pixels_sha256
    )
}

/// Direction of the rows and of the columns: the letters at the right and at the bottom edge.
fn orientation(figure: &Figure) -> String {
    let Some([_, right, _, bottom]) = &figure.edges else {
        return String::new();
    };
    let known = |side: &str| {
        matches!(side.len(), 1..=3) && side.chars().all(|letter| "RLAPHF".contains(letter))
    };
    match known(right) && known(bottom) {
        true => format!("{right}\\{bottom}"),
        false => String::new(),
    }
}

/// The model, as equipment that had a hand in it (PS3.3 C.12.1.1.5).
fn model(document: &Document) -> Option<InMemDicomObject> {
    let ai = document.ai.as_ref()?;
    let purpose = content::code(&codes::PROCESSING_EQUIPMENT);
    Some(item([
        sequence(tags::PURPOSE_OF_REFERENCE_CODE_SEQUENCE, vec![purpose]),
        element(tags::MANUFACTURER, VR::LO, MAKER),
        element(tags::MANUFACTURER_MODEL_NAME, VR::LO, &ai.model_id),
        element(tags::SOFTWARE_VERSIONS, VR::LO, &ai.version),
        element(
            tags::CONTRIBUTION_DESCRIPTION,
            VR::ST,
            &format!("{}; model file sha256 {}", ai.model_name, ai.sha256),
        ),
    ]))
}

/// The image it was made from; what is burned into that one is burned into this one.
fn put_source(object: &mut InMemDicomObject, figure: &Figure, source: &Source) {
    let Some(origin) = &source.origin else {
        return;
    };
    let mut reference = evidence::reference(origin);
    if origin.frames > 1 {
        let frame = (figure.frame + 1).to_string();
        reference.put(element(tags::REFERENCED_FRAME_NUMBER, VR::IS, &frame));
    }
    reference.put(sequence(
        tags::PURPOSE_OF_REFERENCE_CODE_SEQUENCE,
        vec![content::code(&codes::SOURCE_IMAGE)],
    ));
    object.put(sequence(tags::SOURCE_IMAGE_SEQUENCE, vec![reference]));
    object.put(sequence(
        tags::REFERENCED_SERIES_SEQUENCE,
        vec![item([
            element(tags::SERIES_INSTANCE_UID, VR::UI, &origin.series_uid),
            sequence(
                tags::REFERENCED_INSTANCE_SEQUENCE,
                vec![evidence::reference(origin)],
            ),
        ])],
    ));
    if let Some(burned_in) = origin.burned_in {
        let said = if burned_in { "YES" } else { "NO" };
        object.put(element(tags::BURNED_IN_ANNOTATION, VR::CS, said));
    }
}

/// The part of the body, and its side, which is not known here: a part that may be one of a pair has
/// the attribute without a value (PS3.3 C.7.3.1, type 2C).
fn put_body_part(object: &mut InMemDicomObject, source: &Source) {
    const SINGLE: [&str; 5] = ["CHEST", "HEART", "HEAD", "BRAIN", "ABDOMEN"];
    let part = source
        .origin
        .as_ref()
        .map_or("", |origin| &origin.body_part);
    if !part.is_empty() {
        object.put(element(tags::BODY_PART_EXAMINED, VR::CS, part));
    }
    if !SINGLE.contains(&part) {
        object.put(element(tags::LATERALITY, VR::CS, ""));
    }
}

/// Image Pixel (PS3.3 C.7.6.3), uncompressed.
fn put_pixels(object: &mut InMemDicomObject, picture: Picture) -> Result<()> {
    let side = |length: u32| u16::try_from(length).map_err(|_| Error::Dicom("picture size"));
    let (rows, columns) = (side(picture.height)?, side(picture.width)?);
    let colour = picture.samples == 3;
    let number = |tag, value: u16| -> InMemElement {
        DataElement::new(tag, VR::US, PrimitiveValue::from(value))
    };
    object.put(element(
        tags::PHOTOMETRIC_INTERPRETATION,
        VR::CS,
        if colour { "RGB" } else { "MONOCHROME2" },
    ));
    if colour {
        object.put(number(tags::PLANAR_CONFIGURATION, 0));
    }
    for (tag, value) in [
        (tags::SAMPLES_PER_PIXEL, u16::from(picture.samples)),
        (tags::ROWS, rows),
        (tags::COLUMNS, columns),
        (tags::BITS_ALLOCATED, 8),
        (tags::BITS_STORED, 8),
        (tags::HIGH_BIT, 7),
        (tags::PIXEL_REPRESENTATION, 0),
    ] {
        object.put(number(tag, value));
    }
    let mut bytes = picture.bytes;
    if bytes.len() % 2 == 1 {
        bytes.push(0);
    }
    object.put(DataElement::new(
        tags::PIXEL_DATA,
        VR::OB,
        PrimitiveValue::from(bytes),
    ));
    Ok(())
}
