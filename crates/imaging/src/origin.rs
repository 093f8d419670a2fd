//! What a new DICOM object needs of the file it is derived from, so that an archive files both together.

use basics::Phi;
use dicom_dictionary_std::tags;

use crate::dicom::Attributes;

/// Patient, study and instance of a DICOM file. Text is as the file writes it, decoded, its syntax
/// kept: a name has its `^` and `=` (PS3.5 6.2.1), a date is `YYYYMMDD`. Empty where nothing is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// (0008,0016).
    pub sop_class: String,
    /// (0008,0018).
    pub sop_uid: String,
    /// (0020,000D).
    pub study_uid: String,
    /// (0020,000E).
    pub series_uid: String,
    /// Number of frames.
    pub frames: u32,
    /// (0008,0060).
    pub modality: String,
    /// (0018,0015).
    pub body_part: String,
    /// (0010,0010).
    pub patient_name: Phi<String>,
    /// (0010,0020).
    pub patient_id: Phi<String>,
    /// (0010,0021).
    pub issuer: Phi<String>,
    /// (0010,0030).
    pub birth_date: Phi<String>,
    /// (0010,0040).
    pub sex: Phi<String>,
    /// (0008,0020).
    pub study_date: Phi<String>,
    /// (0008,0030).
    pub study_time: Phi<String>,
    /// (0020,0010).
    pub study_id: Phi<String>,
    /// (0008,0050).
    pub accession: Phi<String>,
    /// (0008,0090).
    pub referring: Phi<String>,
    /// (0008,1030).
    pub study_description: Phi<String>,
    /// Whether it says that identity is burned into the pixels; `None` if it does not say.
    pub burned_in: Option<bool>,
    /// Whether the pixels were ever compressed with loss (0028,2110).
    pub lossy: bool,
}

impl Origin {
    /// `None` where the file lacks a UID by which it could be referred to.
    pub(crate) fn of(a: &Attributes<'_>, frames: u32, lossy_syntax: bool) -> Option<Self> {
        let phi = |tag| Phi::new(a.texts(tag).join("\\"));
        let plain = |tag| a.text(tag).unwrap_or_default();
        let uid = |tag| a.text(tag).filter(|uid| is_uid(uid));
        Some(Self {
            sop_class: uid(tags::SOP_CLASS_UID)?,
            sop_uid: uid(tags::SOP_INSTANCE_UID)?,
            study_uid: uid(tags::STUDY_INSTANCE_UID)?,
            series_uid: uid(tags::SERIES_INSTANCE_UID)?,
            frames,
            modality: plain(tags::MODALITY),
            body_part: plain(tags::BODY_PART_EXAMINED),
            patient_name: phi(tags::PATIENT_NAME),
            patient_id: phi(tags::PATIENT_ID),
            issuer: phi(tags::ISSUER_OF_PATIENT_ID),
            birth_date: phi(tags::PATIENT_BIRTH_DATE),
            sex: phi(tags::PATIENT_SEX),
            study_date: phi(tags::STUDY_DATE),
            study_time: phi(tags::STUDY_TIME),
            study_id: phi(tags::STUDY_ID),
            accession: phi(tags::ACCESSION_NUMBER),
            referring: phi(tags::REFERRING_PHYSICIAN_NAME),
            study_description: phi(tags::STUDY_DESCRIPTION),
            burned_in: a
                .text(tags::BURNED_IN_ANNOTATION)
                .and_then(|text| Some(text == "YES").filter(|yes| *yes || text == "NO")),
            lossy: lossy_syntax || a.text(tags::LOSSY_IMAGE_COMPRESSION).as_deref() == Some("01"),
        })
    }
}

/// PS3.5 9.1: digits parted by dots, 64 characters at most.
fn is_uid(text: &str) -> bool {
    text.len() <= 64
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
