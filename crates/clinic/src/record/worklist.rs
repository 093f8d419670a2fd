//! The worklist: scans by the clinician's priority, then the AI's urgency, then age.

use basics::{PatientId, Phi, ScanId, StudyId, Timestamp};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::{
    patients::{Sex, listed_of, number},
    readings::Answer,
    sql,
    verdicts::Priority,
    words,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::find,
};

/// Where a scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Kept, not read.
    Imported,
    /// Read by a model; no verdict.
    Read,
    /// A clinician gave a verdict.
    Verified,
    /// A report was signed.
    Reported,
    /// The report was delivered.
    Delivered,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct WorklistQuery {
    /// Only these.
    pub status: Option<Status>,
    /// Only this DICOM modality.
    pub modality: Option<String>,
    /// Words of the patient's name, or a number; empty for all.
    pub text: String,
    /// Only this patient.
    pub patient_id: Option<PatientId>,
    /// Only scans that the asker imported.
    pub only_mine: bool,
    /// Only scans that a model put above its operating point and nobody gave a verdict on.
    pub only_above: bool,
    /// From the page before.
    pub cursor: Option<String>,
    /// 1–200.
    pub limit: u32,
}

/// A page of the worklist.
#[derive(Clone, Debug)]
pub struct WorklistPage {
    /// Scans.
    pub rows: Vec<WorklistRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// How many scans stand where, before the filter by status.
    pub counts: StatusCounts,
}

/// How many scans stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Imported.
    pub imported: u32,
    /// Read.
    pub read: u32,
    /// Verified.
    pub verified: u32,
    /// Reported.
    pub reported: u32,
    /// Delivered.
    pub delivered: u32,
}

/// A scan on the worklist.
#[derive(Clone, Debug)]
pub struct WorklistRow {
    /// Scan.
    pub scan_id: ScanId,
    /// Study.
    pub study_id: StudyId,
    /// Whose.
    pub patient_id: PatientId,
    /// The clinic's own number.
    pub number: String,
    /// The patient's name.
    pub name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Restricted record.
    pub restricted: bool,
    /// Invented person.
    pub demo: bool,
    /// Scans that the patient has in all.
    pub scans: u32,
    /// Modality.
    pub modality: String,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// When it was imported.
    pub imported: Timestamp,
    /// Frames.
    pub frames: u32,
    /// Where it stands.
    pub status: Status,
    /// The clinician's priority.
    pub priority: Priority,
    /// Why it has that priority.
    pub priority_reason: Option<Phi<String>>,
    /// What the newest reading said.
    pub reading: Option<Answer>,
    /// The newest verdict in short.
    pub verdict: Option<VerdictShort>,
}

/// A verdict in short.
#[derive(Clone, Debug)]
pub struct VerdictShort {
    /// Agrees with the reading.
    pub agrees: bool,
    /// The corrected class.
    pub class: Option<Phi<String>>,
    /// Shown name of the clinician.
    pub by_name: Phi<String>,
}

impl Status {
    /// How the record stores it.
    pub(crate) fn number(self) -> i64 {
        self as i64
    }

    pub(crate) fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Imported,
            1 => Self::Read,
            2 => Self::Verified,
            3 => Self::Reported,
            _ => Self::Delivered,
        }
    }
}

// One statement for each index that can lead; the other filters are applied on the way.
macro_rules! worklist {
    ($leader:literal, $lead:literal) => {
        concat!(
            "SELECT w.rank, w.scan, s.id, t.id, p.id, p.key, v.name, v.birth_date, v.sex, p.restricted,
                    p.demo, p.scans, w.modality, s.description, t.date, s.at, s.frames, w.status,
                    q.level, q.reason, r.answer, d.agrees, d.class, u.name
             FROM worklist AS w ", $leader, "
             CROSS JOIN heads AS p ON p.member = w.patient
             CROSS JOIN scans AS s ON s.key = w.scan
             CROSS JOIN studies AS t ON t.key = s.study
             CROSS JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             LEFT JOIN priorities AS q ON q.key = w.priority
             LEFT JOIN readings AS r ON r.key = w.reading
             LEFT JOIN verdicts AS d ON d.key = w.verdict
             LEFT JOIN users AS u ON u.id = d.by
             WHERE (w.rank, w.scan) > (?1, ?2) AND ", $lead, "
               AND (?3 IS NULL OR w.status = ?3)
               AND (?4 IS NULL OR w.modality = ?4)
               AND (?5 IS NULL OR p.key = ?5)
               AND (?6 IS NULL OR w.importer = ?6)
               AND (?7 IS NULL OR p.key IN (SELECT head FROM patients WHERE key IN
                   (SELECT rowid FROM patient_words WHERE patient_words MATCH ?7)))
               AND (?8 OR p.restricted = 0 OR p.treating = ?9)
               AND (NOT ?11 OR (w.above = 1 AND w.status = 1))
             ORDER BY w.rank, w.scan LIMIT ?10"
        )
    };
}
const BY_RANK: &str = worklist!("INDEXED BY worklist_by_rank", "1");
const BY_ABOVE: &str = worklist!("INDEXED BY worklist_above", "w.above = 1 AND w.status = 1");
const BY_STATUS: &str = worklist!("INDEXED BY worklist_by_status", "w.status = ?3");
const BY_MODALITY: &str = worklist!("INDEXED BY worklist_by_modality", "w.modality = ?4");
const BY_PATIENT: &str = worklist!(
    "INDEXED BY worklist_by_patient",
    "w.patient IN (SELECT key FROM patients WHERE head = ?5)"
);
const BY_IMPORTER: &str = worklist!("INDEXED BY worklist_by_importer", "w.importer = ?6");
// Few patients have the words; all their scans are sorted.
const BY_WORDS: &str = worklist!(
    "INDEXED BY worklist_by_patient",
    "w.patient IN (SELECT key FROM patients WHERE head IN (SELECT head FROM patients WHERE key IN
        (SELECT rowid FROM patient_words WHERE patient_words MATCH ?7)))"
);

macro_rules! counts {
    ($lead:literal) => {
        concat!(
            "SELECT w.status, count(*) FROM worklist AS w JOIN heads AS p ON p.member = w.patient
             WHERE ",
            $lead,
            "
               AND (?1 IS NULL OR w.modality = ?1)
               AND (?2 IS NULL OR w.importer = ?2)
               AND (?3 OR p.restricted = 0 OR p.treating = ?4)
             GROUP BY w.status"
        )
    };
}
const COUNT_PATIENT: &str = counts!("w.patient IN (SELECT key FROM patients WHERE head = ?5)");
const COUNT_WORDS: &str = counts!(
    "w.patient IN (SELECT key FROM patients WHERE head IN (SELECT head FROM patients WHERE key IN
        (SELECT rowid FROM patient_words WHERE patient_words MATCH ?5)))"
);
const COUNT_IMPORTER: &str = counts!("w.importer = ?2 AND ?5 IS NULL");
// Kept by triggers for unrestricted records; of the restricted ones only the asker's are counted.
const COUNT_ALL: &str = "
    SELECT status, sum(scans) FROM (
        SELECT status, scans FROM worklist_counts WHERE ?1 IS NULL OR modality = ?1
        UNION ALL
        SELECT w.status, 1 FROM patients AS p INDEXED BY patients_restricted
        JOIN patients AS m ON m.head = p.key
        JOIN worklist AS w ON w.patient = m.key
        WHERE p.restricted = 1 AND p.head = p.key AND (?3 OR p.treating = ?4) AND (?1 IS NULL OR w.modality = ?1)
          AND ?2 IS NULL AND ?5 IS NULL)
    GROUP BY status";

impl Clinic {
    /// A page of the worklist: the clinician's priority first, then the AI's urgency, then the oldest.
    /// A scan without an assessed reading stands at urgency one half: not assessed is not low.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn worklist(&self, permit: &Permit, query: &WorklistQuery) -> Result<WorklistPage> {
        permit.needs(Permission::ReadScans)?;
        let limit = limits::page(query.limit)?;
        let (rank, scan) = cursor(query.cursor.as_deref())?;
        let (all, me) = listed_of(permit, query.patient_id)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // Rows and counts of one moment.
        let db = reader.db()?.unchecked_transaction()?;
        let words = words::query(&query.text);
        let patient = match query.patient_id {
            None => None,
            Some(id) => Some(find(&db, permit, id)?.key),
        };
        let mine = query.only_mine.then_some(me);
        let text = match query {
            _ if patient.is_some() => BY_PATIENT,
            _ if words.is_some() => BY_WORDS,
            _ if query.only_mine => BY_IMPORTER,
            _ if query.only_above => BY_ABOVE,
            WorklistQuery {
                status: Some(_), ..
            } => BY_STATUS,
            WorklistQuery {
                modality: Some(_), ..
            } => BY_MODALITY,
            _ => BY_RANK,
        };
        let status = query.status.map(Status::number);
        let rows = db
            .prepare_cached(text)?
            .query_map(
                params![
                    rank,
                    scan,
                    status,
                    query.modality,
                    patient,
                    mine,
                    words,
                    all,
                    me,
                    limit + 1,
                    query.only_above
                ],
                worklist_row,
            )?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let page = sql::page(rows, limit, |(cursor, _)| cursor.clone());
        let counts = {
            let (text, narrow): (_, &dyn rusqlite::ToSql) = match (&patient, &words) {
                (Some(_), _) => (COUNT_PATIENT, &patient),
                (None, Some(_)) => (COUNT_WORDS, &words),
                (None, None) if query.only_mine => (COUNT_IMPORTER, &rusqlite::types::Null),
                (None, None) => (COUNT_ALL, &rusqlite::types::Null),
            };
            count(&db, text, params![query.modality, mine, all, me, narrow])?
        };
        let rows = page.rows.into_iter().map(|(_, row)| row).collect();
        Ok(WorklistPage {
            rows,
            next: page.next,
            counts,
        })
    }
}

/// Puts a new scan on the list.
pub(crate) fn add(
    db: &Connection,
    scan: i64,
    patient: i64,
    modality: &str,
    importer: [u8; 16],
    at: i64,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO worklist (scan, patient, status, modality, rank, importer)
         VALUES (?1, ?2, 0, ?3, ?4, ?5)",
    )?
    .execute(params![
        scan,
        patient,
        modality,
        rank(Priority::Routine, None, at),
        importer
    ])?;
    Ok(())
}

/// What a scan's line is made from.
struct Newest {
    at: i64,
    reading: Option<i64>,
    answer: Option<Answer>,
    verdict: Option<i64>,
    priority: Option<i64>,
    level: Option<i64>,
    reported: bool,
    delivered: bool,
}

/// Brings a scan's line up to date with its newest reading, verdict and priority, and with its reports: it
/// is reported while one stands that is final, and delivered once such a one was.
pub(crate) fn refresh(db: &Connection, scan: i64) -> Result<()> {
    let newest = db
        .prepare_cached(
            "SELECT s.at, r.key, r.answer, (SELECT max(key) FROM verdicts WHERE scan = s.key),
                    q.key, q.level,
                    EXISTS (SELECT 1 FROM reports INDEXED BY reports_by_scan WHERE scan = s.key
                            AND state IN ('final', 'amended', 'appended')),
                    EXISTS (SELECT 1 FROM reports AS o INDEXED BY reports_by_scan
                            CROSS JOIN deliveries AS e INDEXED BY deliveries_by_report
                                ON e.report = o.key
                            WHERE o.scan = s.key AND e.state = 'delivered'
                              AND o.state IN ('final', 'amended', 'appended'))
             FROM scans AS s
             LEFT JOIN readings AS r ON r.key = (SELECT max(key) FROM readings WHERE scan = s.key)
             LEFT JOIN priorities AS q ON q.key = (SELECT max(key) FROM priorities WHERE scan = s.key)
             WHERE s.key = ?1",
        )?
        .query_row([scan], |row| {
            Ok(Newest {
                at: row.get(0)?,
                reading: row.get(1)?,
                answer: sql::optional_json(row, 2)?,
                verdict: row.get(3)?,
                priority: row.get(4)?,
                level: row.get(5)?,
                reported: row.get(6)?,
                delivered: row.get(7)?,
            })
        })?;
    let urgency = match &newest.answer {
        Some(Answer::Assessed { urgency, .. }) => *urgency,
        Some(Answer::NotAssessed { .. }) | None => None,
    };
    let above = newest.answer.as_ref().is_some_and(Answer::is_above);
    let status = match (newest.verdict, newest.reading) {
        _ if newest.delivered => Status::Delivered,
        _ if newest.reported => Status::Reported,
        (Some(_), _) => Status::Verified,
        (None, Some(_)) => Status::Read,
        (None, None) => Status::Imported,
    };
    let rank = rank(
        Priority::from_number(newest.level.unwrap_or(0)),
        urgency,
        newest.at,
    );
    db.prepare_cached(
        "UPDATE worklist SET status = ?2, rank = ?3, reading = ?4, verdict = ?5,
                priority = ?6, above = ?7
         WHERE scan = ?1",
    )?
    .execute(params![
        scan,
        status.number(),
        rank,
        newest.reading,
        newest.verdict,
        newest.priority,
        above
    ])?;
    Ok(())
}

/// One number that sorts ascending: priority (2 bits, highest first), urgency in thousandths (10 bits,
/// highest first), moment of import in milliseconds (43 bits, oldest first).
pub(crate) fn rank(priority: Priority, urgency: Option<f32>, at: i64) -> i64 {
    let urgency = urgency
        .filter(|urgency| urgency.is_finite())
        .unwrap_or(0.5)
        .clamp(0.0, 1.0);
    let calm = 1000 - (urgency * 1000.0).round() as i64;
    let age = at.clamp(0, (1 << 43) - 1);
    ((2 - priority.number()) << 53) | (calm << 43) | age
}

fn cursor(text: Option<&str>) -> Result<(i64, i64)> {
    let Some(text) = text else {
        return Ok((i64::MIN, 0));
    };
    let (rank, scan) = text.split_once('.').ok_or(ClinicError::Invalid {
        field: "cursor",
        rule: "cursor",
    })?;
    Ok((sql::number("cursor", rank)?, sql::number("cursor", scan)?))
}

fn count(db: &Connection, text: &str, params: &[&dyn rusqlite::ToSql]) -> Result<StatusCounts> {
    let mut counts = StatusCounts::default();
    let mut statement = db.prepare_cached(text)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        let scans = row.get(1)?;
        match Status::from_number(row.get(0)?) {
            Status::Imported => counts.imported = scans,
            Status::Read => counts.read = scans,
            Status::Verified => counts.verified = scans,
            Status::Reported => counts.reported = scans,
            Status::Delivered => counts.delivered = scans,
        }
    }
    Ok(counts)
}

fn worklist_row(row: &Row<'_>) -> rusqlite::Result<(String, WorklistRow)> {
    let cursor = format!("{}.{}", row.get::<_, i64>(0)?, row.get::<_, i64>(1)?);
    let verdict = match row.get::<_, Option<bool>>(21)? {
        None => None,
        Some(agrees) => {
            let by_name = sql::optional_phi(row, 23)?.unwrap_or_else(|| Phi::new(String::new()));
            Some(VerdictShort {
                agrees,
                class: sql::optional_phi(row, 22)?,
                by_name,
            })
        }
    };
    let line = WorklistRow {
        scan_id: sql::id(row, 2)?,
        study_id: sql::id(row, 3)?,
        patient_id: sql::id(row, 4)?,
        number: number(row.get(5)?),
        name: sql::phi(row, 6)?,
        birth_date: sql::optional_phi(row, 7)?,
        sex: sql::from_key(row, 8)?,
        restricted: row.get(9)?,
        demo: row.get(10)?,
        scans: row.get(11)?,
        modality: row.get(12)?,
        description: sql::optional_phi(row, 13)?,
        study_date: row.get(14)?,
        imported: sql::moment(row, 15)?,
        frames: row.get(16)?,
        status: Status::from_number(row.get(17)?),
        priority: Priority::from_number(row.get::<_, Option<i64>>(18)?.unwrap_or(0)),
        priority_reason: sql::optional_phi(row, 19)?,
        reading: sql::optional_json(row, 20)?,
        verdict,
    };
    Ok((cursor, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_sorts_by_priority_then_urgency_then_age() {
        let now = 1_800_000_000_000;
        let ranks = [
            rank(Priority::Immediate, Some(0.0), now),
            rank(Priority::Urgent, Some(0.9), now),
            rank(Priority::Routine, Some(0.9), now - 5),
            rank(Priority::Routine, Some(0.9), now),
            rank(Priority::Routine, None, 0),
            rank(Priority::Routine, Some(f32::NAN), 1),
            rank(Priority::Routine, Some(0.2), 0),
            rank(Priority::Routine, Some(-3.0), i64::MAX),
        ];
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert!(ranks.iter().all(|rank| *rank > 0));
    }
}
