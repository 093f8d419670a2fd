//! The pharmacist's queue: pages by key, the oldest that waits first.

use basics::{PatientId, Phi, Timestamp};
use rusqlite::params;

use super::{Found, Prescription, PrescriptionId, PrescriptionState, key_of_number, load, number};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::Result,
    limits,
    record::{patients, patients::Page, sql, words},
};

/// A part of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrescriptionQueue {
    /// To be given out, the oldest first.
    Waiting,
    /// With the doctor, the oldest first.
    Asked,
    /// Given out or stopped, the newest first.
    Done,
}

/// A line of the queue.
#[derive(Clone, Debug)]
pub struct PrescriptionRow {
    /// Id.
    pub id: PrescriptionId,
    /// As people call it.
    pub number: String,
    /// For whom.
    pub patient_id: PatientId,
    /// Name of that person.
    pub patient_name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Shown name of the doctor.
    pub author_name: Phi<String>,
    /// When it was signed.
    pub at: Timestamp,
    /// What it says, byte for byte.
    pub content: Phi<Vec<u8>>,
    /// All that may be given out, in millionths.
    pub total: u64,
    /// What was given out.
    pub given: u64,
    /// Where it stands.
    pub state: PrescriptionState,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrescriptionCounts {
    /// To be given out.
    pub waiting: u32,
    /// With a doctor.
    pub asked: u32,
}

macro_rules! queue {
    ($states:literal, $order:literal, $after:literal) => {
        concat!(
            "SELECT r.key, r.id, p.id, v.name, v.birth_date, u.name, r.at, r.content, r.total,
                    s.given, s.state
             FROM prescription_states AS s
             CROSS JOIN prescriptions AS r ON r.key = s.prescription
             CROSS JOIN heads AS p ON p.member = r.patient
             CROSS JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             CROSS JOIN users AS u ON u.id = r.author
             WHERE s.state IN (",
            $states,
            ") AND (?1 IS NULL OR s.prescription ",
            $after,
            " ?1)
               AND (?2 IS NULL OR r.key = ?2)
               AND (?3 IS NULL OR p.key IN (SELECT head FROM patients WHERE key IN
                   (SELECT rowid FROM patient_words WHERE patient_words MATCH ?3)))
               AND (?4 OR p.restricted = 0 OR p.treating = ?5)
             ORDER BY s.prescription ",
            $order,
            " LIMIT ?6"
        )
    };
}

impl Clinic {
    /// A page of the queue; `text` finds by the patient's name or number, or by the prescription's.
    ///
    /// # Errors
    /// [`crate::ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn prescription_queue(
        &self,
        permit: &Permit,
        queue: PrescriptionQueue,
        text: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<PrescriptionRow>> {
        permit.needs(Permission::DispensePrescriptions)?;
        let limit = limits::page(limit)?;
        let cursor: Option<i64> = cursor
            .map(|cursor| sql::number("cursor", cursor))
            .transpose()?;
        let (all, me) = patients::listed(permit)?;
        let key = key_of_number(text);
        let words = match key {
            None => words::query(text),
            Some(_) => None,
        };
        let sql = match queue {
            PrescriptionQueue::Waiting => queue!("'ordered', 'partly'", "ASC", ">"),
            PrescriptionQueue::Asked => queue!("'asked'", "ASC", ">"),
            PrescriptionQueue::Done => queue!("'dispensed', 'cancelled'", "DESC", "<"),
        };
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(sql)?;
        let rows = statement
            .query_map(params![cursor, key, words, all, me, limit + 1], |row| {
                let key: i64 = row.get(0)?;
                Ok((
                    key,
                    PrescriptionRow {
                        id: sql::id(row, 1)?,
                        number: number(key),
                        patient_id: sql::id(row, 2)?,
                        patient_name: sql::phi(row, 3)?,
                        birth_date: sql::optional_phi(row, 4)?,
                        author_name: sql::phi(row, 5)?,
                        at: sql::moment(row, 6)?,
                        content: row.get(7).map(Phi::new)?,
                        total: sql::size(row, 8)?,
                        given: sql::size(row, 9)?,
                        state: sql::from_key(row, 10)?,
                    },
                ))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let page = sql::page(rows, limit, |(key, _)| key.to_string());
        Ok(Page {
            rows: page.rows.into_iter().map(|(_, row)| row).collect(),
            next: page.next,
        })
    }

    /// The asker's own prescriptions that a pharmacist asks about, the oldest first, at most 200.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Locked`].
    pub fn prescriptions_asked(&self, permit: &Permit) -> Result<Vec<Prescription>> {
        permit.needs(Permission::WritePrescriptions)?;
        let (all, me) = patients::listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let found = db
            .prepare_cached(
                "SELECT r.key, p.id FROM prescription_states AS s
                 CROSS JOIN prescriptions AS r ON r.key = s.prescription
                 CROSS JOIN heads AS p ON p.member = r.patient
                 WHERE s.state = 'asked' AND r.author = ?2
                   AND (?1 OR p.restricted = 0 OR p.treating = ?2)
                 ORDER BY s.prescription LIMIT 200",
            )?
            .query_map(params![all, me], |row| {
                Ok(Found {
                    key: row.get(0)?,
                    patient: sql::id(row, 1)?,
                })
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        found.iter().map(|found| load(&db, found)).collect()
    }

    /// How many wait.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Locked`].
    pub fn prescription_counts(&self, permit: &Permit) -> Result<PrescriptionCounts> {
        permit.needs(Permission::DispensePrescriptions)?;
        let (all, me) = patients::listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        Ok(reader
            .db()?
            .prepare_cached(
                "SELECT count(*) FILTER (WHERE s.state <> 'asked'),
                        count(*) FILTER (WHERE s.state = 'asked')
                 FROM prescription_states AS s
                 JOIN prescriptions AS r ON r.key = s.prescription
                 JOIN heads AS p ON p.member = r.patient
                 WHERE s.state IN ('ordered', 'partly', 'asked')
                   AND (?1 OR p.restricted = 0 OR p.treating = ?2)",
            )?
            .query_row(params![all, me], |row| {
                Ok(PrescriptionCounts {
                    waiting: row.get(0)?,
                    asked: row.get(1)?,
                })
            })?)
    }
}
