//! A pack in a folder: `images/*.png` and `manifest.json`, which `models/training/evaluate.py --manifest`
//! reads. It holds no name, no id of the clinic, no date and no words of a clinician.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use ::clinic::{Answer, Feedback};
use basics::{PatientId, ScanId, Secret, Timestamp};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::error::CommandError;

/// Version of what is written.
const FORMAT: &str = "medibridge-feedback-1";
const NOTE: &str = "Images without identity and what clinicians said of a model's answer. A verdict was given \
    with the answer in sight: labels lean towards the model. `person` groups images of one person; keep \
    them on one side of a split. Not for diagnosis.";

/// Names that say nothing: the same for the same thing in each pack of this clinic, and not to be guessed.
pub(super) struct Pseudonyms {
    salt: Secret<[u8; 32]>,
}

/// A row of the manifest.
#[derive(Debug, Serialize)]
pub(super) struct Image {
    /// Relative to the manifest.
    file: String,
    /// The clinician's class.
    label: String,
    /// Where it comes from, as `evaluate.py` groups by.
    source: &'static str,
    /// The same for all images of one person.
    person: String,
    modality: String,
    model: String,
    version: String,
    sha256: String,
    /// The class that the model held most probable.
    said: String,
    probabilities: BTreeMap<String, f32>,
    agrees: bool,
    /// Corners of the clinician's region, `[column, row]` in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Vec<[f64; 2]>>,
}

/// A pack that is being written, beside where it will be.
pub(super) struct Pack {
    folder: PathBuf,
    draft: TempDir,
    rows: Vec<serde_json::Value>,
}

impl Pseudonyms {
    pub(super) fn new(salt: Secret<[u8; 32]>) -> Self {
        Self { salt }
    }

    fn of(&self, kind: &str, id: &[u8; 16]) -> String {
        let hash = Sha256::new()
            .chain_update(self.salt.expose())
            .chain_update("medibridge feedback ")
            .chain_update(kind)
            .chain_update(id)
            .finalize();
        hex::encode(&hash[..8])
    }

    fn scan(&self, id: ScanId) -> String {
        self.of("scan", id.as_bytes())
    }

    fn person(&self, id: PatientId) -> String {
        self.of("person", id.as_bytes())
    }
}

impl Image {
    pub(super) fn of(one: &Feedback, label: String, names: &Pseudonyms) -> Self {
        let classes = match &one.answer {
            Answer::Assessed { classes, .. } => classes.as_slice(),
            Answer::NotAssessed { .. } => &[],
        };
        Self {
            file: format!("images/{}.png", names.scan(one.scan_id)),
            label,
            source: "clinic",
            person: names.person(one.patient_id),
            modality: one.modality.clone(),
            model: one.model.id.clone(),
            version: one.model.version.clone(),
            sha256: one.model.sha256.clone(),
            said: one.answer.top().unwrap_or_default().to_owned(),
            probabilities: classes
                .iter()
                .map(|class| (class.id.clone(), class.probability))
                .collect(),
            agrees: one.agrees,
            region: one.region.clone(),
        }
    }
}

impl Pack {
    /// Begins a pack for this folder.
    ///
    /// # Errors
    /// [`CommandError::FileNotWritten`].
    pub(super) fn begin(folder: &Path) -> Result<Self, CommandError> {
        let draft = tempfile::Builder::new()
            .prefix(".medibridge-feedback-")
            .tempdir_in(folder)
            .map_err(unwritten)?;
        fs::create_dir(draft.path().join("images")).map_err(unwritten)?;
        Ok(Self {
            folder: folder.to_owned(),
            draft,
            rows: Vec::new(),
        })
    }

    pub(super) fn add(&mut self, image: &Image, png: &[u8]) -> Result<(), CommandError> {
        fs::write(self.draft.path().join(&image.file), png).map_err(unwritten)?;
        let row = serde_json::to_value(image).map_err(|_| CommandError::Defect)?;
        self.rows.push(row);
        Ok(())
    }

    /// Writes the manifest and gives the folder its name, which it returns.
    pub(super) fn finish(self, now: Timestamp) -> Result<String, CommandError> {
        let manifest = serde_json::json!({ "format": FORMAT, "note": NOTE, "rows": self.rows });
        let text = serde_json::to_vec_pretty(&manifest).map_err(|_| CommandError::Defect)?;
        fs::write(self.draft.path().join("manifest.json"), text).map_err(unwritten)?;
        let day = now.to_string();
        let day = day.get(..10).unwrap_or_default();
        // A pack never takes the place of another.
        let place = (1..1_000)
            .map(|n| match n {
                1 => self.folder.join(format!("medibridge-feedback-{day}")),
                n => self.folder.join(format!("medibridge-feedback-{day}-{n}")),
            })
            .find(|place| !place.exists())
            .ok_or(CommandError::FileNotWritten)?;
        let draft = self.draft.keep();
        if let Err(error) = fs::rename(&draft, &place) {
            let _ = fs::remove_dir_all(&draft);
            return Err(unwritten(error));
        }
        Ok(place.to_string_lossy().into_owned())
    }
}

fn unwritten(_: std::io::Error) -> CommandError {
    CommandError::FileNotWritten
}
