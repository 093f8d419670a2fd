//! Verdicts and priorities by clinicians, apart from what the AI said.

use basics::{PatientId, Phi, ReadingId, ScanId, Timestamp, UserId, VerdictId};
use rusqlite::{OptionalExtension, Row, params};

use super::{scans::find_scan, sql, worklist};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::Change,
};

/// A verdict to be recorded.
#[derive(Clone, Debug)]
pub struct NewVerdict {
    /// Of which scan.
    pub scan_id: ScanId,
    /// The reading that was on screen.
    pub reading_id: Option<ReadingId>,
    /// Agrees with it.
    pub agrees: bool,
    /// The right class (its key), or the clinician's own words; at most 200 characters.
    pub class: Option<Phi<String>>,
    /// Corners of the region, `[column, row]` in pixels of the stored image.
    pub region: Option<Vec<[f64; 2]>>,
    /// Words; at most 1 MiB.
    pub comment: Phi<String>,
}

/// A verdict.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Id.
    pub id: VerdictId,
    /// Whose scan.
    pub patient_id: PatientId,
    /// As recorded.
    pub verdict: NewVerdict,
    /// By whom.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}

/// The clinician's priority.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// In its turn.
    #[default]
    Routine,
    /// Before the others.
    Urgent,
    /// Now.
    Immediate,
}

/// Corners of a region, or points of a mark.
const POINTS: usize = 10_000;

impl Priority {
    /// How the record stores it.
    pub(crate) fn number(self) -> i64 {
        self as i64
    }

    pub(crate) fn from_number(number: i64) -> Self {
        match number {
            2 => Self::Immediate,
            1 => Self::Urgent,
            _ => Self::Routine,
        }
    }
}

impl Clinic {
    /// The verdicts on a scan, newest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn verdicts(&self, permit: &Permit, scan: ScanId) -> Result<Vec<Verdict>> {
        permit.needs_one_of(&[
            Permission::ReadScans,
            Permission::RecordVerdicts,
            Permission::ReadOwnRecord,
        ])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_scan(db, permit, scan)?;
        let mut statement = db.prepare_cached(
            "SELECT v.id, r.id, v.agrees, v.class, v.region, v.comment, v.by, u.name, v.at
             FROM verdicts AS v
             JOIN users AS u ON u.id = v.by
             LEFT JOIN readings AS r ON r.key = v.reading
             WHERE v.scan = ?1 ORDER BY v.key DESC",
        )?;
        let verdicts =
            statement.query_map([found.key], |row| verdict(row, found.patient_id, scan))?;
        Ok(verdicts.collect::<rusqlite::Result<_>>()?)
    }

    /// The clinician's newest priority of a scan, with its reason.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn priority(&self, permit: &Permit, scan: ScanId) -> Result<(Priority, Phi<String>)> {
        permit.needs_one_of(&[Permission::ReadScans, Permission::RecordVerdicts])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_scan(db, permit, scan)?;
        let newest = db
            .prepare_cached(
                "SELECT q.level, q.reason FROM worklist AS w JOIN priorities AS q ON q.key = w.priority
                 WHERE w.scan = ?1",
            )?
            .query_row([found.key], |row| {
                Ok((Priority::from_number(row.get(0)?), sql::phi(row, 1)?))
            })
            .optional()?;
        Ok(newest.unwrap_or_else(|| (Priority::Routine, Phi::new(String::new()))))
    }
}

impl Change<'_> {
    /// Records a verdict. An older one stays; the newest counts.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the scan, or a reading that is not this scan's;
    /// [`ClinicError::Invalid`] where there is nothing to agree with and nothing is said; the limits.
    pub fn record_verdict(&mut self, new: &NewVerdict) -> Result<Verdict> {
        self.needs(Permission::RecordVerdicts)?;
        limits::optional("class", new.class.as_ref().map(Phi::expose))?;
        limits::long("comment", new.comment.expose())?;
        check_points("region", new.region.as_deref().unwrap_or_default())?;
        let silent = new.class.is_none() && new.comment.expose().trim().is_empty();
        if new.reading_id.is_none() && (new.agrees || silent) {
            return Err(ClinicError::Invalid {
                field: "agrees",
                rule: "nothing-to-agree-with",
            });
        }
        let found = self.scan_for(new.scan_id)?;
        let reading = match new.reading_id {
            None => None,
            Some(id) => Some(
                self.db
                    .prepare_cached("SELECT key FROM readings WHERE id = ?1 AND scan = ?2")?
                    .query_row(params![id.as_bytes(), found.key], |row| {
                        row.get::<_, i64>(0)
                    })
                    .optional()?
                    .ok_or(ClinicError::NotFound { what: "reading" })?,
            ),
        };
        let id = VerdictId::new();
        let region = new.region.as_ref().map(serde_json::to_string).transpose()?;
        self.db
            .prepare_cached(
                "INSERT INTO verdicts (id, scan, reading, agrees, class, region, comment, by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                id.as_bytes(),
                found.key,
                reading,
                new.agrees,
                new.class.as_ref().map(Phi::expose),
                region,
                new.comment.expose(),
                self.by(),
                self.at()
            ])?;
        worklist::refresh(self.db, found.key)?;
        if let Some(reading) = new.reading_id {
            self.subject(reading);
        }
        self.subject(id);
        Ok(Verdict {
            id,
            patient_id: found.patient_id,
            verdict: new.clone(),
            by: self.permit.user(),
            by_name: self.own_name()?,
            at: self.now,
        })
    }

    /// Sets the clinician's priority. An older one stays; the newest counts.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for a higher priority without a reason; [`ClinicError::NotFound`].
    pub fn set_priority(&mut self, scan: ScanId, level: Priority, reason: &str) -> Result<()> {
        self.needs(Permission::RecordVerdicts)?;
        limits::long("reason", reason)?;
        if level != Priority::Routine && reason.trim().is_empty() {
            return Err(ClinicError::Invalid {
                field: "reason",
                rule: "required",
            });
        }
        let found = self.scan_for(scan)?;
        self.db.execute(
            "INSERT INTO priorities (scan, level, reason, by, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![found.key, level.number(), reason, self.by(), self.at()],
        )?;
        worklist::refresh(self.db, found.key)
    }

    /// The asker's shown name.
    pub(crate) fn own_name(&self) -> Result<Phi<String>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT name FROM users WHERE id = ?1")?;
        Ok(statement.query_row([self.by()], |row| sql::phi(row, 0))?)
    }
}

/// Points of an image: finite, not too many.
pub(crate) fn check_points(field: &'static str, points: &[[f64; 2]]) -> Result<()> {
    if points.len() > POINTS {
        return Err(ClinicError::TooLong {
            field,
            limit: POINTS as u64,
        });
    }
    match points.iter().flatten().all(|value| value.is_finite()) {
        true => Ok(()),
        false => Err(ClinicError::Invalid {
            field,
            rule: "range",
        }),
    }
}

fn verdict(row: &Row<'_>, patient_id: PatientId, scan_id: ScanId) -> rusqlite::Result<Verdict> {
    let verdict = NewVerdict {
        scan_id,
        reading_id: sql::optional_id(row, 1)?,
        agrees: row.get(2)?,
        class: sql::optional_phi(row, 3)?,
        region: sql::optional_json(row, 4)?,
        comment: sql::phi(row, 5)?,
    };
    Ok(Verdict {
        id: sql::id(row, 0)?,
        patient_id,
        verdict,
        by: sql::id(row, 6)?,
        by_name: sql::phi(row, 7)?,
        at: sql::moment(row, 8)?,
    })
}
