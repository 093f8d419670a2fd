//! The concepts that a structured report names: DICOM's own (PS3.16 Annex D), SNOMED CT, UCUM, UMLS, and
//! ours where nobody has one.

use std::borrow::Cow;

/// A concept (PS3.3, 8).
#[derive(Clone)]
pub(super) struct Code {
    pub(super) value: Cow<'static, str>,
    pub(super) scheme: &'static str,
    pub(super) meaning: Cow<'static, str>,
}

/// The scheme of our own codes.
pub(super) const OURS: &str = "99MEDIBRIDGE";

const fn code(value: &'static str, scheme: &'static str, meaning: &'static str) -> Code {
    Code {
        value: Cow::Borrowed(value),
        scheme,
        meaning: Cow::Borrowed(meaning),
    }
}

const fn dcm(value: &'static str, meaning: &'static str) -> Code {
    code(value, "DCM", meaning)
}

impl Code {
    /// One of our own.
    pub(super) fn ours(value: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self {
            value: Cow::Owned(value.into()),
            scheme: OURS,
            meaning: Cow::Owned(meaning.into()),
        }
    }
    /// A language by its tag (RFC 5646).
    pub(super) fn language(language: basics::Language) -> Self {
        code(language.tag(), "RFC5646", language.english_name())
    }
}

pub(super) const PROCESSING_EQUIPMENT: Code = dcm("109102", "Processing Equipment");
pub(super) const SOURCE_IMAGE: Code = dcm("121322", "Source image for image processing operation");

pub(super) const MEASUREMENT_REPORT: Code = dcm("126000", "Imaging Measurement Report");
pub(super) const LANGUAGE: Code = dcm("121049", "Language of Content Item and Descendants");
pub(super) const OBSERVER_TYPE: Code = dcm("121005", "Observer Type");
pub(super) const PERSON: Code = dcm("121006", "Person");
pub(super) const DEVICE: Code = dcm("121007", "Device");
pub(super) const PERSON_NAME: Code = dcm("121008", "Person Observer Name");
pub(super) const PERSON_ORGANIZATION: Code = dcm("121009", "Person Observer's Organization Name");
pub(super) const DEVICE_UID: Code = dcm("121012", "Device Observer UID");
pub(super) const DEVICE_NAME: Code = dcm("121013", "Device Observer Name");
pub(super) const DEVICE_MANUFACTURER: Code = dcm("121014", "Device Observer Manufacturer");
pub(super) const DEVICE_MODEL: Code = dcm("121015", "Device Observer Model Name");
pub(super) const DEVICE_SERIAL: Code = dcm("121016", "Device Observer Serial Number");
pub(super) const PROCEDURE: Code = dcm("121058", "Procedure reported");

pub(super) const IMAGE_LIBRARY: Code = dcm("111028", "Image Library");
pub(super) const IMAGE_LIBRARY_GROUP: Code = dcm("126200", "Image Library Group");

pub(super) const MEASUREMENTS: Code = dcm("126010", "Imaging Measurements");
pub(super) const MEASUREMENT_GROUP: Code = dcm("125007", "Measurement Group");
pub(super) const TRACKING_ID: Code = dcm("112039", "Tracking Identifier");
pub(super) const TRACKING_UID: Code = dcm("112040", "Tracking Unique Identifier");
pub(super) const FINDING: Code = dcm("121071", "Finding");
pub(super) const FINDING_SITE: Code = code("363698007", "SCT", "Finding Site");
pub(super) const CERTAINTY: Code = dcm("111012", "Certainty of Finding");
pub(super) const SOURCE_OF_MEASUREMENT: Code = dcm("121112", "Source of Measurement");
pub(super) const ALGORITHM_NAME: Code = dcm("111001", "Algorithm Name");
pub(super) const ALGORITHM_PARAMETERS: Code = dcm("111002", "Algorithm Parameters");
pub(super) const ALGORITHM_VERSION: Code = dcm("111003", "Algorithm Version");
pub(super) const PERCENT: Code = code("%", "UCUM", "Percent");

pub(super) const EVALUATIONS: Code = code("C0034375", "UMLS", "Qualitative Evaluations");
pub(super) const COMMENT: Code = dcm("121106", "Comment");
pub(super) const INDICATION: Code = dcm("121109", "Indications for Procedure");
pub(super) const TECHNIQUE: Code = dcm("121065", "Procedure Description");
pub(super) const COMPARISON: Code = dcm("121069", "Previous Finding");
pub(super) const IMPRESSION: Code = dcm("121073", "Impression");
pub(super) const RECOMMENDATION: Code = dcm("121075", "Recommendation");
pub(super) const ADDENDUM: Code = dcm("121078", "Addendum");

/// What was done, as far as modality and body part tell.
pub(super) fn procedure(modality: &str, body_part: &str) -> Code {
    let chest = body_part.eq_ignore_ascii_case("CHEST");
    match modality {
        "CR" | "DX" | "RG" if chest => code("399208008", "SCT", "Plain chest X-ray"),
        "CR" | "DX" | "RG" => code("168537006", "SCT", "Plain radiography"),
        "CT" => code("77477000", "SCT", "Computed tomography"),
        "MR" => code("113091000", "SCT", "Magnetic resonance imaging"),
        "US" => code("16310003", "SCT", "Diagnostic ultrasonography"),
        _ => code("363679005", "SCT", "Imaging procedure"),
    }
}

/// Where, by Body Part Examined (PS3.16 Annex L); the commonest alone.
pub(super) fn site(body_part: &str) -> Option<Code> {
    Some(match body_part.to_ascii_uppercase().as_str() {
        "CHEST" => code("51185008", "SCT", "Chest"),
        "LUNG" => code("39607008", "SCT", "Lung"),
        "HEART" => code("80891009", "SCT", "Heart"),
        "HEAD" => code("69536005", "SCT", "Head"),
        "BRAIN" => code("12738006", "SCT", "Brain"),
        "ABDOMEN" => code("818981001", "SCT", "Abdomen"),
        _ => return None,
    })
}
