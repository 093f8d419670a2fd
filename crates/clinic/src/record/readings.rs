//! Readings: what a model said of a scan. A re-run is a new reading.

use basics::{PatientId, ReadingId, ScanId, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{measured::Measured, scans::find_scan, sql, worklist};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::{Change, find},
};

/// Which model, exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelRef {
    /// Pack.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Research licence.
    pub research_only: bool,
}

/// Against the operating points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below the lower one.
    Below,
    /// Between them.
    Indeterminate,
    /// Above the upper one.
    Above,
}

/// One class of a reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassResult {
    /// Key.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Calibrated probability, 0–1.
    pub probability: f32,
    /// Lower operating point.
    pub lower: Option<f32>,
    /// Upper operating point.
    pub upper: Option<f32>,
    /// Against the operating points.
    pub band: Option<Band>,
    /// Counts towards urgency.
    pub abnormal: bool,
    /// The map is zero everywhere.
    pub map_empty: bool,
}

/// What a model said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// Probabilities, or outlines and measured values, or both.
    Assessed {
        /// In the card's order; empty where a picture was outlined and its series not measured.
        classes: Vec<ClassResult>,
        /// 0–1; none without classes: not known is not low.
        urgency: Option<f32>,
        /// Shown name of the class that the urgency comes from; empty without classes.
        because: String,
        /// What a measuring model told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measured: Option<Measured>,
    },
    /// None, and why.
    NotAssessed {
        /// Key of the reason.
        reason: String,
    },
}

/// What the gate saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// Kind of scan.
    pub kind: String,
    /// Probability of that kind.
    pub confidence: f32,
    /// Remarks on quality.
    pub quality: Vec<String>,
}

/// Milliseconds of a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Millis {
    /// Decoding and windowing.
    pub decode: f64,
    /// The model with all maps.
    pub model: f64,
    /// From file to answer.
    pub total: f64,
}

/// The maps of a reading: `classes` grids of `rows` × `columns`, one after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Maps {
    /// Grids.
    pub classes: u32,
    /// Rows of a grid.
    pub rows: u32,
    /// Columns of a grid.
    pub columns: u32,
    /// `classes * rows * columns` values, each finite and ≥ 0.
    pub values: Vec<f32>,
}

/// A reading to be kept.
#[derive(Clone, Debug)]
pub struct NewReading {
    /// Of which scan.
    pub scan_id: ScanId,
    /// Frame, from 0.
    pub frame: u32,
    /// By which model.
    pub model: ModelRef,
    /// What the gate saw.
    pub gate: Gate,
    /// What the model said.
    pub answer: Answer,
    /// Its maps; none where it was not assessed.
    pub maps: Option<Maps>,
    /// Milliseconds.
    pub ms: Millis,
}

/// A reading.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Id.
    pub id: ReadingId,
    /// Whose.
    pub patient_id: PatientId,
    /// Of which scan.
    pub scan_id: ScanId,
    /// Frame, from 0.
    pub frame: u32,
    /// By which model.
    pub model: ModelRef,
    /// What the gate saw.
    pub gate: Gate,
    /// What the model said.
    pub answer: Answer,
    /// Rows and columns of the maps' grid.
    pub grid: Option<(u32, u32)>,
    /// Milliseconds.
    pub ms: Millis,
    /// Who asked for it.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: basics::Phi<String>,
    /// When.
    pub at: Timestamp,
}

/// How often clinicians agreed with one version of a model.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Pack.
    pub model_id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Readings with a verdict; of each reading the newest verdict counts.
    pub verdicts: u32,
    /// Of which agreed.
    pub agreed: u32,
    /// Readings in all.
    pub readings: u32,
    /// Of which not assessed.
    pub not_assessed: u32,
}

// Everything of a reading in one row; the clauses after it differ.
macro_rules! readings {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, p.id, s.id, r.frame, r.model_id, r.model_name, r.version, r.sha256,
                    r.research_only, r.gate, r.answer, m.height, m.width, r.ms, r.by, u.name, r.at
             FROM readings AS r
             JOIN scans AS s ON s.key = r.scan
             JOIN heads AS p ON p.member = s.patient
             JOIN users AS u ON u.id = r.by
             LEFT JOIN reading_maps AS m ON m.reading = r.key ",
            $rest
        )
    };
}

/// Values of all maps of a reading together: 4 MiB of them.
const LARGEST_MAPS: usize = 1024 * 1024;

impl Clinic {
    /// A reading.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn reading(&self, permit: &Permit, id: ReadingId) -> Result<Reading> {
        permit.needs_one_of(&MAY_READ)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        load(reader.db()?, permit, id)
    }

    /// The readings of a scan, newest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn readings(&self, permit: &Permit, scan: ScanId) -> Result<Vec<Reading>> {
        permit.needs_one_of(&MAY_READ)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_scan(db, permit, scan)?;
        let mut statement =
            db.prepare_cached(readings!("WHERE r.scan = ?1 ORDER BY r.key DESC"))?;
        let readings = statement.query_map([found.key], reading)?;
        Ok(readings.collect::<rusqlite::Result<_>>()?)
    }

    /// The maps of a reading; `None` where it was not assessed. A patient's own reports show maps.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Damaged`].
    pub fn maps(&self, permit: &Permit, id: ReadingId) -> Result<Option<Maps>> {
        let [scans, readings, verdicts] = MAY_READ;
        permit.needs_one_of(&[scans, readings, verdicts, Permission::ReadOwnReports])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        load(db, permit, id)?;
        let found: Option<(u32, u32, u32, Vec<u8>)> = db
            .prepare_cached(
                "SELECT m.classes, m.height, m.width, m.grid FROM reading_maps AS m
                 JOIN readings AS r ON r.key = m.reading WHERE r.id = ?1",
            )?
            .query_row([id.as_bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()?;
        let Some((classes, rows, columns, bytes)) = found else {
            return Ok(None);
        };
        let (values, rest) = bytes.as_chunks::<4>();
        let values: Vec<_> = values
            .iter()
            .map(|value| f32::from_le_bytes(*value))
            .collect();
        let maps = Maps {
            classes,
            rows,
            columns,
            values,
        };
        match rest.is_empty() && maps.fits() {
            true => Ok(Some(maps)),
            false => Err(ClinicError::Damaged { part: "database" }),
        }
    }

    /// How often clinicians agreed with each version of each model: counts only, no names.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn agreement(&self, permit: &Permit) -> Result<Vec<Agreement>> {
        permit.needs(Permission::ReadStatistics)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT m.model_id, m.version, m.sha256, count(o.agrees), coalesce(sum(o.agrees), 0), count(*),
                    sum(o.said IS NULL)
             FROM model_versions AS m
             CROSS JOIN outcomes AS o INDEXED BY outcomes_in_short ON o.model = m.key
             GROUP BY m.key ORDER BY m.model_id, m.version, m.sha256",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Agreement {
                model_id: row.get(0)?,
                version: row.get(1)?,
                sha256: row.get(2)?,
                verdicts: row.get(3)?,
                agreed: row.get(4)?,
                readings: row.get(5)?,
                not_assessed: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Keeps a reading.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Invalid`] for figures that are none, maps that do not
    /// fit, or a frame that the scan has not; the limits.
    pub fn add_reading(&mut self, new: &NewReading) -> Result<Reading> {
        self.needs(Permission::RunReadings)?;
        check(new)?;
        let found = self.scan_for(new.scan_id)?;
        if new.frame >= found.frames {
            return Err(ClinicError::Invalid {
                field: "frame",
                rule: "range",
            });
        }
        let (gate, answer) = (json("gate", &new.gate)?, json("answer", &new.answer)?);
        let assessed = matches!(new.answer, Answer::Assessed { .. });
        let id = ReadingId::new();
        self.db
            .prepare_cached(
                "INSERT INTO readings (id, scan, frame, model_id, model_name, version, sha256,
                                       research_only, gate, answer, assessed, ms, by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                id.as_bytes(),
                found.key,
                new.frame,
                new.model.id,
                new.model.name,
                new.model.version,
                new.model.sha256,
                new.model.research_only,
                gate,
                answer,
                assessed,
                json("ms", &new.ms)?,
                self.by(),
                self.at()
            ])?;
        if let Some(maps) = &new.maps {
            let key = self.db.last_insert_rowid();
            let grid: Vec<u8> = maps
                .values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect();
            self.db
                .prepare_cached("INSERT INTO reading_maps VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![key, maps.classes, maps.rows, maps.columns, grid])?;
        }
        worklist::refresh(self.db, found.key)?;
        self.subject(id);
        load(self.db, self.permit, id)
    }
}

impl Maps {
    /// One class's grid.
    pub fn class(&self, index: usize) -> Option<&[f32]> {
        let size = (self.rows as usize).checked_mul(self.columns as usize)?;
        let start = index.checked_mul(size)?;
        self.values.get(start..start.checked_add(size)?)
    }

    fn fits(&self) -> bool {
        let values = u64::from(self.classes) * u64::from(self.rows) * u64::from(self.columns);
        values == self.values.len() as u64
            && self
                .values
                .iter()
                .all(|value| value.is_finite() && *value >= 0.0)
    }
}

const MAY_READ: [Permission; 3] = [
    Permission::ReadScans,
    Permission::RunReadings,
    Permission::RecordVerdicts,
];

fn check(new: &NewReading) -> Result<()> {
    limits::name("model_id", &new.model.id)?;
    limits::name("model_name", &new.model.name)?;
    limits::name("model_version", &new.model.version)?;
    limits::name("model_sha256", &new.model.sha256)?;
    let invalid = |field| {
        Err(ClinicError::Invalid {
            field,
            rule: "range",
        })
    };
    match &new.answer {
        Answer::NotAssessed { reason } => {
            limits::name("reason", reason)?;
            if new.maps.is_some() {
                return invalid("maps");
            }
        }
        Answer::Assessed {
            classes,
            urgency,
            because,
            measured,
        } => {
            limits::short("because", because)?;
            measured.as_ref().map_or(Ok(()), Measured::check)?;
            let share = |value: &f32| (0.0..=1.0).contains(value);
            if classes.is_empty() && measured.is_none() {
                return invalid("classes");
            }
            if urgency.is_some() == classes.is_empty() || !urgency.iter().all(share) {
                return invalid("urgency");
            }
            if !classes.iter().all(|class| share(&class.probability)) {
                return invalid("probability");
            }
        }
    }
    match &new.maps {
        Some(maps) if maps.values.len() > LARGEST_MAPS => Err(ClinicError::TooLong {
            field: "maps",
            limit: LARGEST_MAPS as u64,
        }),
        Some(maps) if !maps.fits() => invalid("maps"),
        _ => Ok(()),
    }
}

fn json(field: &'static str, value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(value)?;
    limits::long(field, &text)?;
    Ok(text)
}

fn load(db: &Connection, permit: &Permit, id: ReadingId) -> Result<Reading> {
    let missing = || ClinicError::NotFound { what: "reading" };
    let mut statement = db.prepare_cached(readings!("WHERE r.id = ?1"))?;
    let found = statement
        .query_row([id.as_bytes()], reading)
        .optional()?
        .ok_or_else(missing)?;
    find(db, permit, found.patient_id).map_err(|error| match error {
        ClinicError::NotFound { .. } => missing(),
        error => error,
    })?;
    Ok(found)
}

fn reading(row: &Row<'_>) -> rusqlite::Result<Reading> {
    Ok(Reading {
        id: sql::id(row, 0)?,
        patient_id: sql::id(row, 1)?,
        scan_id: sql::id(row, 2)?,
        frame: row.get(3)?,
        model: ModelRef {
            id: row.get(4)?,
            name: row.get(5)?,
            version: row.get(6)?,
            sha256: row.get(7)?,
            research_only: row.get(8)?,
        },
        gate: sql::json(row, 9)?,
        answer: sql::json(row, 10)?,
        grid: row.get::<_, Option<u32>>(11)?.zip(row.get(12)?),
        ms: sql::json(row, 13)?,
        by: sql::id(row, 14)?,
        by_name: sql::phi(row, 15)?,
        at: sql::moment(row, 16)?,
    })
}
