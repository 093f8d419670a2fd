//! What a file's header says. It may refuse a scan early; it never admits one by itself.

use imaging::{Picture, Place};

use crate::{
    card::Role,
    outcome::{Kind, Reason},
};

/// Facts of a file's header that matter to the gate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// DICOM Modality (0008,0060).
    pub modality: Option<String>,
    /// DICOM Body Part Examined (0018,0015).
    pub body_part: Option<String>,
    /// Number of frames; 0 and 1 both mean a single image.
    pub frames: u32,
    /// Where and when the frame was taken.
    pub place: Place,
}

/// Modalities under which chest radiographs are filed (PS3.3 C.7.3.1.1.1), `OT` and `SC` because
/// converted films carry them.
const RADIOGRAPHS: [&str; 6] = ["CR", "DX", "DR", "RG", "OT", "SC"];

/// Defined terms of Body Part Examined (PS3.16 annex L) that show neither lungs nor heart as the packs read them.
const NOT_THE_CHEST: [&str; 43] = [
    "ABDOMEN",
    "ANKLE",
    "ARM",
    "BLADDER",
    "BRAIN",
    "BREAST",
    "BUTTOCK",
    "CALCANEUS",
    "COCCYX",
    "COLON",
    "CSPINE",
    "EAR",
    "ELBOW",
    "EXTREMITY",
    "EYE",
    "FEMUR",
    "FINGER",
    "FOOT",
    "FOREARM",
    "HAND",
    "HEAD",
    "HIP",
    "HUMERUS",
    "JAW",
    "KIDNEY",
    "KNEE",
    "LEG",
    "LIVER",
    "LSPINE",
    "NECK",
    "PATELLA",
    "PELVIS",
    "PROSTATE",
    "SINUS",
    "SKULL",
    "SPLEEN",
    "SSPINE",
    "STOMACH",
    "TOE",
    "UTERUS",
    "WRIST",
    "ZYGOMA",
    "TOOTH",
];

impl Facts {
    /// The facts of an opened file.
    pub fn of(header: &imaging::Header) -> Self {
        Self {
            modality: header.modality.clone(),
            body_part: header.body_part.clone(),
            frames: header.layout.frames,
            place: Place::default(),
        }
    }

    /// The facts of one of its frames, from 0.
    pub fn of_frame(picture: &Picture, frame: u32) -> imaging::Result<Self> {
        Ok(Self {
            place: picture.place(frame)?,
            ..Self::of(picture.header())
        })
    }

    /// Why a model of this role that reads `kind` must not be asked, if the header says so. A measuring pack
    /// reads the asked frame of a cine.
    pub fn refuse(&self, kind: Kind, role: Role) -> Option<Reason> {
        let modality = upper(self.modality.as_deref());
        let fits = match kind {
            Kind::ChestFilm => RADIOGRAPHS.contains(&modality.as_str()),
            Kind::LungCt => ["CT", "OT", "SC"].contains(&modality.as_str()),
            Kind::CardiacMr => ["MR", "OT", "SC"].contains(&modality.as_str()),
            Kind::Other => true,
        };
        if !modality.is_empty() && !fits {
            return Some(Reason::WrongModality);
        }
        let part = upper(self.body_part.as_deref());
        if kind != Kind::Other && NOT_THE_CHEST.contains(&part.as_str()) {
            return Some(Reason::WrongBodyPart);
        }
        (self.frames > 1 && role != Role::Measure).then_some(Reason::MultiFrame)
    }
}

fn upper(text: Option<&str>) -> String {
    text.unwrap_or_default().trim().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(modality: &str, part: &str, frames: u32) -> Facts {
        Facts {
            modality: Some(modality.into()),
            body_part: (!part.is_empty()).then(|| part.into()),
            frames,
            place: Place::default(),
        }
    }

    fn check(modality: &str, part: &str, frames: u32, expected: Option<Reason>) {
        assert_eq!(
            facts(modality, part, frames).refuse(Kind::ChestFilm, Role::Classifier),
            expected,
            "{modality} {part} {frames}"
        );
    }

    #[test]
    fn each_kind_of_scan_has_its_modality_and_parts() {
        let refused =
            |kind, role, modality, part, frames| facts(modality, part, frames).refuse(kind, role);
        let heart = |modality, part, frames| {
            refused(Kind::CardiacMr, Role::Measure, modality, part, frames)
        };
        assert_eq!(heart("MR", "HEART", 1), None);
        assert_eq!(heart("MR", "CHEST", 25), None);
        assert_eq!(heart("MR", "", 25), None);
        assert_eq!(heart("MR", "BRAIN", 1), Some(Reason::WrongBodyPart));
        assert_eq!(heart("CT", "HEART", 1), Some(Reason::WrongModality));
        let lung = |modality, part, frames| {
            refused(Kind::LungCt, Role::Classifier, modality, part, frames)
        };
        assert_eq!(lung("CT", "CHEST", 1), None);
        assert_eq!(lung("CT", "LUNG", 1), None);
        assert_eq!(lung("CT", "HEAD", 1), Some(Reason::WrongBodyPart));
        assert_eq!(lung("MR", "CHEST", 1), Some(Reason::WrongModality));
        assert_eq!(lung("CT", "CHEST", 9), Some(Reason::MultiFrame));
    }

    #[test]
    fn a_header_may_refuse() {
        check("MR", "", 1, Some(Reason::WrongModality));
        check("CT", "CHEST", 1, Some(Reason::WrongModality));
        check("DX", "hip ", 1, Some(Reason::WrongBodyPart));
        check("XA", "HEART", 60, Some(Reason::WrongModality));
        check("DX", "CHEST", 2, Some(Reason::MultiFrame));
    }

    #[test]
    fn a_header_that_fits_or_is_silent_refuses_nothing() {
        check("DX", "CHEST", 1, None);
        check("cr", "", 0, None);
        check("OT", "UNHEARD OF", 1, None);
        let silent = Facts::default();
        assert_eq!(silent.refuse(Kind::ChestFilm, Role::Classifier), None);
    }
}
