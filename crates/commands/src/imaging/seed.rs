//! A file on its way into the record: opened, described, decodable; not yet anybody's.

use ::clinic::{NewScan, NewStudy, StoredFile};
use ::imaging::{Limits, Picture};

use super::{IdentityView, document, document::Document};
use crate::error::CommandError;

/// What the record will keep of a file beside its bytes.
pub(crate) struct Seed {
    pub(crate) study: NewStudy,
    pub(crate) identity: Option<IdentityView>,
    pub(crate) format: String,
    pub(crate) modality: String,
    pub(crate) description: Option<basics::Phi<String>>,
    pub(crate) series_uid: Option<String>,
    pub(crate) instance_uid: Option<String>,
    pub(crate) instance_number: Option<i32>,
    pub(crate) frames: u32,
    pub(crate) header: serde_json::Value,
}

impl Seed {
    /// The scan of this study, once its file lies in the vault.
    pub(crate) fn scan(&self, study_id: basics::StudyId, file: StoredFile) -> NewScan {
        NewScan {
            study_id,
            file,
            format: self.format.clone(),
            modality: self.modality.clone(),
            description: self.description.clone(),
            series_uid: self.series_uid.clone(),
            instance_uid: self.instance_uid.clone(),
            instance_number: self.instance_number,
            frames: self.frames,
            header: self.header.clone(),
            quality: Vec::new(),
        }
    }

    /// Opens and decodes: what passes here can be shown later.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, CommandError> {
        let picture = Picture::from_bytes(bytes, &Limits::default())?;
        let header = picture.header();
        let described = Document::of(&picture)?;
        let modality = document::modality(header);
        let phi = |text: &Option<String>| {
            let text = document::printable(text.as_deref()?);
            (!text.is_empty()).then(|| basics::Phi::new(text))
        };
        Ok(Self {
            study: NewStudy {
                uid: header.study_uid.clone(),
                date: header.study_date.clone(),
                description: phi(&header.study_description),
                modality: modality.clone(),
                accession: None,
            },
            identity: document::identity(header),
            format: described.facts.format.clone(),
            description: document::description(header),
            series_uid: header.series_uid.clone(),
            instance_uid: header.sop_uid.clone(),
            instance_number: described.facts.instance,
            frames: described.pixels.frames,
            header: serde_json::to_value(&described).map_err(|_| CommandError::Defect)?,
            modality,
        })
    }
}
