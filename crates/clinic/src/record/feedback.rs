//! What clinicians said of readings, for whoever wants to know how good a model is here, and for whoever
//! trains the next one. Counts name nobody; what is given away is made without identity by the caller.

use std::collections::BTreeMap;

use basics::{PatientId, Phi, ReadingId, ScanId, Timestamp};
use rusqlite::{Row, params};
use serde::Deserialize;

use super::{patients::listed, readings::{Answer, ModelRef}, sql};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    signin::PasswordProof,
    write::Change,
};

/// Scans of one export.
pub const FEEDBACK: u32 = 5_000;

/// One version of a model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModelVersion {
    /// Pack.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
}

/// What clinicians said of what one version of a model said.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Shown names of its classes by their keys.
    pub classes: BTreeMap<String, String>,
    /// How often it said one class – the most probable – and the clinician another, or the same. `None`:
    /// a clinician's own words that are no class of it.
    pub pairs: BTreeMap<(String, Option<String>), u32>,
    /// Verdicts, and how many of them agreed, by DICOM modality.
    pub modalities: BTreeMap<String, (u32, u32)>,
}

/// A scan with a verdict on a reading.
#[derive(Clone, Debug)]
pub struct Feedback {
    /// Scan.
    pub scan_id: ScanId,
    /// Whose.
    pub patient_id: PatientId,
    /// Frame that was read, from 0.
    pub frame: u32,
    /// DICOM modality.
    pub modality: String,
    /// Reading.
    pub reading_id: ReadingId,
    /// By which model.
    pub model: ModelRef,
    /// What it said.
    pub answer: Answer,
    /// The newest verdict agrees.
    pub agrees: bool,
    /// The clinician's class.
    pub class: Option<Phi<String>>,
    /// The clinician's region, in pixels of the stored image.
    pub region: Option<Vec<[f64; 2]>>,
    /// When the verdict was given.
    pub at: Timestamp,
}

impl Answer {
    /// Key of the most probable class; of equals the first. None where it was not assessed.
    pub fn top(&self) -> Option<&str> {
        let Answer::Assessed { classes, .. } = self else {
            return None;
        };
        let mut best: Option<(&str, f32)> = None;
        for class in classes {
            if best.is_none_or(|(_, most)| class.probability > most) {
                best = Some((&class.id, class.probability));
            }
        }
        best.map(|(id, _)| id)
    }

    /// A class that counts as abnormal lies above its upper operating point.
    pub fn is_above(&self) -> bool {
        let above = Some(super::readings::Band::Above);
        match self {
            Answer::Assessed { classes, .. } => classes
                .iter()
                .any(|class| class.abnormal && class.band == above),
            Answer::NotAssessed { .. } => false,
        }
    }
}

impl Clinic {
    /// What clinicians said of each version of each model: counts only. Of each reading the newest verdict
    /// counts; scans entered in error do not.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn judged(&self, permit: &Permit) -> Result<BTreeMap<ModelVersion, Judged>> {
        permit.needs_one_of(&[Permission::ReadStatistics, Permission::ExportFeedback])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT r.model_id, r.version, r.sha256, s.modality, r.answer, v.agrees, v.class
             FROM readings AS r
             JOIN scans AS s ON s.key = r.scan
             JOIN verdicts AS v ON v.key = (SELECT max(key) FROM verdicts WHERE reading = r.key)
             LEFT JOIN retractions AS x ON x.scan = s.key
             WHERE r.assessed = 1 AND x.scan IS NULL",
        )?;
        let mut judged: BTreeMap<ModelVersion, Judged> = BTreeMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let of = judged.entry(version(row)?).or_default();
            let said: Said = sql::json(row, 4)?;
            let Some(top) = said.top() else { continue };
            let agrees: bool = row.get(5)?;
            let theirs: Option<String> = match agrees {
                true => Some(top.id.clone()),
                false => row.get(6)?,
            };
            let theirs = theirs.filter(|key| said.classes.iter().any(|class| class.id == *key));
            *of.pairs.entry((top.id.clone(), theirs)).or_default() += 1;
            let (verdicts, agreed) = of.modalities.entry(row.get(3)?).or_default();
            (*verdicts, *agreed) = (*verdicts + 1, *agreed + u32::from(agrees));
            for class in said.classes {
                of.classes.entry(class.id).or_insert(class.name);
            }
        }
        Ok(judged)
    }

    /// The scores – probability of anything abnormal – that each version of each model gave, oldest first.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn scores(&self, permit: &Permit) -> Result<BTreeMap<ModelVersion, Vec<f64>>> {
        permit.needs_one_of(&[Permission::ReadStatistics, Permission::ExportFeedback])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT r.model_id, r.version, r.sha256, json_extract(r.answer, '$.urgency')
             FROM readings AS r WHERE r.assessed = 1 ORDER BY r.key",
        )?;
        let mut scores: BTreeMap<ModelVersion, Vec<f64>> = BTreeMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            scores.entry(version(row)?).or_default().push(row.get(3)?);
        }
        Ok(scores)
    }

    /// Scans whose newest verdict is on an assessed reading, newest first, as far as the permit reaches: at
    /// most [`FEEDBACK`].
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn feedback(&self, permit: &Permit) -> Result<Vec<Feedback>> {
        permit.needs(Permission::ExportFeedback)?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT s.id, p.id, r.frame, s.modality, r.id, r.model_id, r.model_name, r.version, r.sha256,
                    r.research_only, r.answer, v.agrees, v.class, v.region, v.at
             FROM worklist AS w
             CROSS JOIN verdicts AS v ON v.key = w.verdict
             CROSS JOIN readings AS r ON r.key = v.reading
             CROSS JOIN scans AS s ON s.key = w.scan
             CROSS JOIN heads AS p ON p.member = w.patient
             WHERE r.assessed = 1 AND (?1 OR p.restricted = 0 OR p.treating = ?2)
             ORDER BY v.key DESC LIMIT ?3",
        )?;
        let found = statement.query_map(params![all, me, FEEDBACK], feedback)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Writes into the journal that these scans leave the clinic without identity.
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`] where `proof` is too old or another person's;
    /// [`ClinicError::NotFound`] for a scan that the permit does not reach.
    pub fn give_feedback(&mut self, proof: PasswordProof, scans: &[ScanId]) -> Result<()> {
        self.needs(Permission::ExportFeedback)?;
        proof.check(self.permit, self.now)?;
        if scans.is_empty() {
            return Err(ClinicError::Invalid {
                field: "scans",
                rule: "required",
            });
        }
        for scan in scans {
            self.scan_for(*scan)?;
        }
        Ok(())
    }
}

/// What the dashboard needs of an answer.
#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    classes: Vec<SaidClass>,
}

#[derive(Deserialize)]
struct SaidClass {
    id: String,
    name: String,
    probability: f32,
}

impl Said {
    fn top(&self) -> Option<&SaidClass> {
        let mut best: Option<&SaidClass> = None;
        for class in &self.classes {
            if best.is_none_or(|best| class.probability > best.probability) {
                best = Some(class);
            }
        }
        best
    }
}

fn version(row: &Row<'_>) -> rusqlite::Result<ModelVersion> {
    Ok(ModelVersion {
        id: row.get(0)?,
        version: row.get(1)?,
        sha256: row.get(2)?,
    })
}

fn feedback(row: &Row<'_>) -> rusqlite::Result<Feedback> {
    Ok(Feedback {
        scan_id: sql::id(row, 0)?,
        patient_id: sql::id(row, 1)?,
        frame: row.get(2)?,
        modality: row.get(3)?,
        reading_id: sql::id(row, 4)?,
        model: ModelRef {
            id: row.get(5)?,
            name: row.get(6)?,
            version: row.get(7)?,
            sha256: row.get(8)?,
            research_only: row.get(9)?,
        },
        answer: sql::json(row, 10)?,
        agrees: row.get(11)?,
        class: sql::optional_phi(row, 12)?,
        region: sql::optional_json(row, 13)?,
        at: sql::moment(row, 14)?,
    })
}
