//! What clinicians said of readings, for whoever wants to know how good a model is here, and for whoever
//! trains the next one. Counts name nobody; what is given away is made without identity by the caller.

use std::collections::BTreeMap;

use basics::{PatientId, Phi, ReadingId, ScanId, Timestamp};
use rusqlite::{Row, params};

use super::{
    patients::listed,
    readings::{Answer, ModelRef},
    sql,
};
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
        // One answer of each line names the classes: a version of a model has the same in all.
        let mut statement = reader.db()?.prepare_cached(
            "SELECT m.model_id, m.version, m.sha256, o.modality, o.said, o.agrees, o.doctor, o.readings,
                    r.answer
             FROM (SELECT model, modality, said, agrees, doctor, count(*) AS readings,
                          min(reading) AS first
                   FROM outcomes INDEXED BY outcomes_in_short
                   WHERE said IS NOT NULL AND agrees IS NOT NULL AND retracted = 0
                   GROUP BY model, modality, said, agrees, doctor) AS o
             JOIN model_versions AS m ON m.key = o.model
             JOIN readings AS r ON r.key = o.first",
        )?;
        let mut judged: BTreeMap<ModelVersion, Judged> = BTreeMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let of = judged.entry(version(row)?).or_default();
            let (agrees, readings): (bool, u32) = (row.get(5)?, row.get(7)?);
            *of.pairs.entry((row.get(4)?, row.get(6)?)).or_default() += readings;
            let (verdicts, agreed) = of.modalities.entry(row.get(3)?).or_default();
            *verdicts += readings;
            *agreed += if agrees { readings } else { 0 };
            if let Answer::Assessed { classes, .. } = sql::json(row, 8)? {
                let names = classes.into_iter().map(|class| (class.id, class.name));
                of.classes.extend(names);
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
        let db = reader.db()?;
        let mut by_key: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
        let mut statement = db.prepare_cached(
            "SELECT model, score FROM outcomes WHERE score IS NOT NULL ORDER BY reading",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            by_key.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
        let mut statement = db.prepare_cached(
            "SELECT model_id, version, sha256 FROM model_versions WHERE key = ?1",
        )?;
        let scores = by_key
            .into_iter()
            .map(|(key, scores)| Ok((statement.query_row([key], version)?, scores)))
            .collect::<rusqlite::Result<_>>()?;
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
             FROM verdicts AS v
             CROSS JOIN worklist AS w ON w.scan = v.scan AND w.verdict = v.key
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
