//! The rows that a figure counts: ids, dates and kinds, never a name. Each statement counts exactly what the
//! figure's own statement counts (a test compares them).

use basics::Timestamp;
use rusqlite::{Row, named_params};
use uuid::Uuid;

use super::Period;
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::Result,
    limits,
    record::{
        patients::{Page, number},
        sql,
    },
};

/// Which figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Scans that were imported and not retracted.
    Scans,
    /// Scans that wait for a verdict now, whatever the period; the oldest first.
    Waiting,
    /// Readings of a model version by the class found likeliest; none for those not assessed.
    Readings {
        /// Model.
        model_id: String,
        /// Version.
        version: String,
        /// Class.
        class: Option<String>,
    },
    /// The newest verdict on each reading of a model version, whatever the period.
    Verdicts {
        /// Model.
        model_id: String,
        /// Version.
        version: String,
        /// Those that agree, or those that do not.
        agrees: bool,
    },
    /// Consultations that began.
    Consultations,
    /// Reports that became final after longer than `over_ms` and no longer than `up_to_ms`.
    Reports {
        /// Longer than.
        over_ms: Option<u64>,
        /// No longer than.
        up_to_ms: Option<u64>,
    },
}

/// One of the rows.
#[derive(Clone, Debug)]
pub struct CountedRow {
    /// Kind of thing, as the journal names it: `scan`, `reading`, `verdict`, `consultation`, `report`.
    pub kind: &'static str,
    /// Its id.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// The clinic's number of the patient.
    pub patient_number: String,
    /// Modality, class or number of a report.
    pub what: String,
    /// From import to final report, in milliseconds.
    pub ms: Option<u64>,
}

// Every statement answers with key, id, at, key of the patient's record, what, ms; newest first.
const SCANS: &str = "
    SELECT s.key, s.id, s.at, p.head, s.modality, NULL
    FROM scans AS s INDEXED BY scans_by_time JOIN patients AS p ON p.key = s.patient
    WHERE s.at >= :from AND s.at < :to AND (s.at, s.key) < (:at, :key)
      AND NOT EXISTS (SELECT 1 FROM retractions WHERE scan = s.key)
    ORDER BY s.at DESC, s.key DESC LIMIT :limit";
const WAITING: &str = "
    SELECT s.key, s.id, s.at, p.head, s.modality, NULL
    FROM worklist AS w JOIN scans AS s ON s.key = w.scan JOIN patients AS p ON p.key = s.patient
    WHERE w.status < 2 AND w.scan > :key
    ORDER BY w.scan LIMIT :limit";
const READINGS: &str = "
    SELECT c.reading, r.id, c.at, p.head, c.class, NULL
    FROM reading_classes AS c JOIN readings AS r ON r.key = c.reading
    JOIN scans AS s ON s.key = r.scan JOIN patients AS p ON p.key = s.patient
    WHERE c.model_id = :model AND c.version = :version AND c.class = :class
      AND c.at >= :from AND c.at < :to AND (c.at, c.reading) < (:at, :key)
    ORDER BY c.at DESC, c.reading DESC LIMIT :limit";
// A clinician's own words are for nobody who may not read names; a class is.
const VERDICTS: &str = "
    SELECT v.key, v.id, v.at, p.head, coalesce(o.doctor, ''), NULL
    FROM (SELECT verdict, doctor FROM outcomes INDEXED BY outcomes_by_verdict
          WHERE model IN (SELECT key FROM model_versions WHERE model_id = :model AND version = :version)
            AND agrees = :agrees AND verdict < :key
          ORDER BY verdict DESC LIMIT :limit) AS o
    JOIN verdicts AS v ON v.key = o.verdict
    JOIN scans AS s ON s.key = v.scan JOIN patients AS p ON p.key = s.patient
    ORDER BY v.key DESC";
const CONSULTATIONS: &str = "
    SELECT c.key, c.id, c.started, p.head, '', NULL
    FROM consultations AS c INDEXED BY consultations_by_time JOIN patients AS p ON p.key = c.patient
    WHERE c.started >= :from AND c.started < :to AND (c.started, c.key) < (:at, :key)
    ORDER BY c.started DESC, c.key DESC LIMIT :limit";
const REPORTS: &str = "
    SELECT t.report, r.id, t.at, p.head, coalesce(r.number, ''), t.ms
    FROM turnarounds AS t JOIN reports AS r ON r.key = t.report JOIN patients AS p ON p.key = r.patient
    WHERE t.at >= :from AND t.at < :to AND (t.at, t.report) < (:at, :key)
      AND (:over IS NULL OR t.ms > :over) AND (:upto IS NULL OR t.ms <= :upto)
    ORDER BY t.at DESC, t.report DESC LIMIT :limit";

impl Clinic {
    /// A page of the rows behind a figure.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Invalid`] for a cursor or limit that is
    /// none.
    pub fn counted(
        &self,
        permit: &Permit,
        what: &Counted,
        period: Period,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<CountedRow>> {
        permit.needs(Permission::ReadStatistics)?;
        let limit = limits::page(limit)?;
        let rising = *what == Counted::Waiting;
        let (at, key) = match cursor {
            None if rising => (0, 0),
            None => (i64::MAX, i64::MAX),
            Some(cursor) => place(cursor)?,
        };
        let (from, to) = (period.from.as_millisecond(), period.to.as_millisecond());
        let (kind, text) = match what {
            Counted::Scans => ("scan", SCANS),
            Counted::Waiting => ("scan", WAITING),
            Counted::Readings { .. } => ("reading", READINGS),
            Counted::Verdicts { .. } => ("verdict", VERDICTS),
            Counted::Consultations => ("consultation", CONSULTATIONS),
            Counted::Reports { .. } => ("report", REPORTS),
        };
        let (model, version) = what.model();
        let class = what.class();
        let agrees = matches!(what, Counted::Verdicts { agrees: true, .. });
        let (over, upto) = what.bounds();
        let one_more = limit + 1;
        let mut values = named_params! {
            ":from": from, ":to": to, ":at": at, ":key": key, ":limit": one_more, ":model": model,
            ":version": version, ":class": class, ":agrees": agrees, ":over": over, ":upto": upto,
        }
        .to_vec();
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(text)?;
        // Not every statement has every place.
        values.retain(|(name, _)| matches!(statement.parameter_index(name), Ok(Some(_))));
        let rows = statement
            .query_map(values.as_slice(), |row| counted_row(row, kind))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let page = sql::page(rows, limit, |(key, row)| {
            format!("{}.{key}", row.at.as_millisecond())
        });
        Ok(Page {
            rows: page.rows.into_iter().map(|(_, row)| row).collect(),
            next: page.next,
        })
    }
}

impl Counted {
    fn model(&self) -> (&str, &str) {
        match self {
            Self::Readings {
                model_id, version, ..
            }
            | Self::Verdicts {
                model_id, version, ..
            } => (model_id, version),
            _ => ("", ""),
        }
    }

    fn class(&self) -> &str {
        match self {
            Self::Readings { class, .. } => class.as_deref().unwrap_or_default(),
            _ => "",
        }
    }

    fn bounds(&self) -> (Option<i64>, Option<i64>) {
        let signed = |ms: &Option<u64>| ms.map(|ms| i64::try_from(ms).unwrap_or(i64::MAX));
        match self {
            Self::Reports { over_ms, up_to_ms } => (signed(over_ms), signed(up_to_ms)),
            _ => (None, None),
        }
    }
}

fn place(cursor: &str) -> Result<(i64, i64)> {
    let (at, key) = cursor.split_once('.').unwrap_or((cursor, ""));
    Ok((sql::number("cursor", at)?, sql::number("cursor", key)?))
}

fn counted_row(row: &Row<'_>, kind: &'static str) -> rusqlite::Result<(i64, CountedRow)> {
    let what = match row.get_ref(4)? {
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        text => text.as_str().unwrap_or_default().to_owned(),
    };
    let counted = CountedRow {
        kind,
        id: Uuid::from_bytes(row.get(1)?),
        at: sql::moment(row, 2)?,
        patient_number: number(row.get(3)?),
        what,
        ms: match row.get::<_, Option<i64>>(5)? {
            None => None,
            Some(_) => Some(sql::size(row, 5)?),
        },
    };
    Ok((row.get(0)?, counted))
}
