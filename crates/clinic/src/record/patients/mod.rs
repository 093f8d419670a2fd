//! Patients: identity, allergies, restriction. Every change is a new row; the old ones stay.

mod change;

use basics::{PatientId, Phi, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{sql, words};
use crate::{
    Clinic,
    access::{Listed, Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::find,
};

/// Administrative sex (DICOM (0010,0040), FHIR administrative-gender).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Other.
    Other,
    /// Not known.
    #[default]
    Unknown,
}

/// How grave a reaction was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Mild.
    Mild,
    /// Moderate.
    Moderate,
    /// Severe.
    Severe,
    /// Not known.
    Unknown,
}

/// A recorded allergy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergy {
    /// Substance: 1–200 characters.
    pub substance: Phi<String>,
    /// Reaction: at most 200 characters.
    pub reaction: Phi<String>,
    /// Severity.
    pub severity: Severity,
}

/// What is known of allergies; that nobody asked is never the same as none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Allergies {
    /// Nobody has asked yet.
    #[default]
    NotAsked,
    /// Asked: none known.
    NoneKnown,
    /// These.
    Known {
        /// At least one.
        items: Vec<Allergy>,
    },
}

impl Allergies {
    /// What several records say of one person: whatever any of them knows, and never less.
    pub(crate) fn together(said: impl IntoIterator<Item = Allergies>) -> Self {
        let mut all: Vec<Allergy> = Vec::new();
        let mut asked = false;
        for one in said {
            asked |= !matches!(one, Allergies::NotAsked);
            if let Allergies::Known { items } = one {
                items.into_iter().for_each(|item| {
                    if !all.contains(&item) {
                        all.push(item);
                    }
                });
            }
        }
        match (all.is_empty(), asked) {
            (false, _) => Self::Known { items: all },
            (true, true) => Self::NoneKnown,
            (true, false) => Self::NotAsked,
        }
    }
}

/// Who a patient is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientDetails {
    /// Full name: 1–200 characters.
    pub name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Id given by another system, e.g. DICOM Patient ID (0010,0020).
    pub external_id: Option<Phi<String>>,
    /// Who gave that id (0010,0021).
    pub issuer: Option<Phi<String>>,
}

/// A patient as the record has them now.
#[derive(Clone, Debug)]
pub struct Patient {
    /// Id.
    pub id: PatientId,
    /// The clinic's own number, e.g. `MB-000042`.
    pub number: String,
    /// Who.
    pub details: PatientDetails,
    /// From 1; a correction adds one.
    pub version: u32,
    /// Allergies.
    pub allergies: Allergies,
    /// When allergies were last recorded.
    pub allergies_recorded: Option<Timestamp>,
    /// Only the treating doctor opens it.
    pub restricted: bool,
    /// The treating doctor.
    pub treating: Option<UserId>,
    /// An invented person.
    pub demo: bool,
    /// When the patient was added.
    pub created: Timestamp,
    /// Scans that were not retracted.
    pub scans: u32,
    /// A patient's account is bound to this record.
    pub has_account: bool,
    /// Records that are read as this one: 1 where none was merged.
    pub records: u32,
    /// Who the merged ones say that the patient is.
    pub others: Vec<OtherRecord>,
}

/// Who a record that was merged into another says that the patient is.
#[derive(Clone, Debug)]
pub struct OtherRecord {
    /// Its number.
    pub number: String,
    /// Who.
    pub details: PatientDetails,
}

/// What was once said of allergies.
#[derive(Deserialize)]
struct Said {
    at: i64,
    said: Allergies,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Rows.
    pub rows: Vec<T>,
    /// Hand it back for the next page; none at the end.
    pub next: Option<String>,
}

/// An earlier or the present version of a patient's identity.
#[derive(Clone, Debug)]
pub struct PatientVersion {
    /// From 1.
    pub version: u32,
    /// As it was written.
    pub details: PatientDetails,
    /// Why it was written.
    pub reason: Phi<String>,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

// Everything of a patient in one row; the clauses after it differ.
macro_rules! patients {
    ($rest:literal) => {
        concat!(
            "SELECT p.key, p.id, v.name, v.birth_date, v.sex, v.external_id, v.issuer, p.version,
                    (SELECT json_group_array(json_object('at', s.at, 'said', json(s.allergies)))
                     FROM patients AS m
                     JOIN allergy_statements AS s ON s.key =
                        (SELECT max(key) FROM allergy_statements WHERE patient = m.key)
                     WHERE m.head = p.key
                       AND (m.key = p.key OR a.key IS NULL OR a.key <= m.merged_after)),
                    p.restricted, p.treating, p.demo, p.created,
                    (SELECT sum(scans) FROM patients WHERE head = p.key),
                    EXISTS (SELECT 1 FROM users WHERE patient IN
                            (SELECT id FROM patients WHERE head = p.key)),
                    (SELECT count(*) FROM patients WHERE head = p.key)
             FROM patients AS p
             JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             LEFT JOIN allergy_statements AS a ON a.key =
                (SELECT max(key) FROM allergy_statements WHERE patient = p.key) ",
            $rest
        )
    };
}

impl Clinic {
    /// A patient; their own account may ask for itself.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach them.
    pub fn patient(&self, permit: &Permit, id: PatientId) -> Result<Patient> {
        permit.needs_one_of(&[
            Permission::ReadPatients,
            Permission::WritePatients,
            Permission::ReadScans,
            Permission::ImportScans,
            Permission::ReadOwnRecord,
            Permission::WritePrescriptions,
            Permission::ReadPrescriptions,
            Permission::DispensePrescriptions,
            Permission::ReadOwnPrescriptions,
        ])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        find(db, permit, id)?;
        load(db, id)
    }

    /// A page of patients by name, or of those whose name, number or other id has words that begin
    /// with the words of `text`, newest first.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn patients(
        &self,
        permit: &Permit,
        text: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Patient>> {
        permit.needs(Permission::ReadPatients)?;
        let limit = limits::page(limit)?;
        let cursor: Option<i64> = cursor
            .map(|cursor| sql::number("cursor", cursor))
            .transpose()?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let rows = match words::query(text) {
            None => db
                .prepare_cached(patients!(
                    "WHERE (p.sort_name, p.key) >
                        (coalesce((SELECT sort_name FROM patients WHERE key = ?1), ''), coalesce(?1, 0))
                     AND p.head = p.key AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                     ORDER BY p.sort_name, p.key LIMIT ?4"
                ))?
                .query_map(params![cursor, all, me, limit + 1], patient)?
                .collect::<rusqlite::Result<Vec<_>>>()?,
            Some(query) => db
                .prepare_cached(patients!(
                    "WHERE p.key IN (SELECT head FROM patients WHERE key IN
                        (SELECT rowid FROM patient_words WHERE patient_words MATCH ?5))
                     AND p.key < coalesce(?1, 9223372036854775807)
                     AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                     ORDER BY p.key DESC LIMIT ?4"
                ))?
                .query_map(params![cursor, all, me, limit + 1, query], patient)?
                .collect::<rusqlite::Result<Vec<_>>>()?,
        };
        let page = sql::page(rows, limit, |(key, _)| key.to_string());
        let rows = page.rows.into_iter().map(|row| with_others(db, row));
        Ok(Page {
            rows: rows.collect::<Result<_>>()?,
            next: page.next,
        })
    }

    /// Patients who may be the same person: the same other id, or the same name with no other birth
    /// date. At most 20.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn similar_patients(&self, permit: &Permit, who: &PatientDetails) -> Result<Vec<Patient>> {
        permit.needs_one_of(&[
            Permission::ReadPatients,
            Permission::WritePatients,
            Permission::ImportScans,
        ])?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let mut statement = db.prepare_cached(patients!(
            "WHERE p.key IN (
                SELECT head FROM patients WHERE external_id = ?1
                UNION
                SELECT q.head FROM patients AS q
                JOIN patient_versions AS w ON w.patient = q.key AND w.version = q.version
                WHERE q.sort_name = ?2
                  AND (w.birth_date IS NULL OR ?3 IS NULL OR w.birth_date = ?3))
             AND (?4 OR p.restricted = 0 OR p.treating = ?5)
             ORDER BY p.key LIMIT 20"
        ))?;
        let rows = statement.query_map(
            params![
                who.external_id.as_ref().map(Phi::expose),
                words::sort_name(who.name.expose()),
                who.birth_date.as_ref().map(Phi::expose),
                all,
                me
            ],
            patient,
        )?;
        rows.map(|row| with_others(db, row?)).collect()
    }

    /// Every version of a patient's identity, newest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn patient_history(&self, permit: &Permit, id: PatientId) -> Result<Vec<PatientVersion>> {
        permit.needs(Permission::ReadPatients)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT name, birth_date, sex, external_id, issuer, version, reason, by, at
             FROM patient_versions WHERE patient = ?1 ORDER BY version DESC",
        )?;
        let versions = statement.query_map([found.key], |row| {
            Ok(PatientVersion {
                version: row.get(5)?,
                details: details(row, 0)?,
                reason: sql::phi(row, 6)?,
                by: sql::id(row, 7)?,
                at: sql::moment(row, 8)?,
            })
        })?;
        Ok(versions.collect::<rusqlite::Result<_>>()?)
    }
}

/// The clinic's own number of a patient.
pub(crate) fn number(key: i64) -> String {
    format!("MB-{key:06}")
}

/// The key in such a number, `MB-000042` or 42.
pub(crate) fn key_of_number(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text
        .strip_prefix("MB-")
        .or_else(|| text.strip_prefix("mb-"))
        .unwrap_or(text);
    digits.parse().ok()
}

/// Whom a list shows: everybody, or (`?` for the asker) also the restricted ones that they treat.
pub(crate) fn listed(permit: &Permit) -> Result<(bool, [u8; 16])> {
    let me = *permit.user().as_bytes();
    match permit.lists() {
        Some(Listed::Everybody) => Ok((true, me)),
        Some(Listed::Unrestricted) => Ok((false, me)),
        None => Err(ClinicError::Forbidden {
            permission: permit.permission(),
        }),
    }
}

/// The same for a list of one patient's facts: a record that was opened in an emergency is shown whole.
pub(crate) fn listed_of(permit: &Permit, patient: Option<PatientId>) -> Result<(bool, [u8; 16])> {
    let (all, me) = listed(permit)?;
    let opened = patient.is_some_and(|patient| permit.opened_for(patient).is_some());
    Ok((all || opened, me))
}

/// The patient, whoever asks: the caller has checked.
pub(crate) fn load(db: &Connection, id: PatientId) -> Result<Patient> {
    let mut statement = db.prepare_cached(patients!(
        "WHERE p.key = (SELECT head FROM patients WHERE id = ?1)"
    ))?;
    let found = statement.query_row([id.as_bytes()], patient).optional()?;
    with_others(db, found.ok_or(ClinicError::NotFound { what: "patient" })?)
}

/// The same by its row.
pub(crate) fn load_key(db: &Connection, key: i64) -> Result<Patient> {
    let mut statement = db.prepare_cached(patients!(
        "WHERE p.key = (SELECT head FROM patients WHERE key = ?1)"
    ))?;
    let found = statement.query_row([key], patient).optional()?;
    with_others(db, found.ok_or(ClinicError::NotFound { what: "patient" })?)
}

/// Adds who the merged records say that the patient is.
fn with_others(db: &Connection, (key, mut patient): (i64, Patient)) -> Result<Patient> {
    if patient.records > 1 {
        let mut statement = db.prepare_cached(
            "SELECT v.name, v.birth_date, v.sex, v.external_id, v.issuer, m.key
             FROM patients AS m
             JOIN patient_versions AS v ON v.patient = m.key AND v.version = m.version
             WHERE m.head = ?1 AND m.key <> ?1 ORDER BY m.key",
        )?;
        let others = statement.query_map([key], |row| {
            Ok(OtherRecord {
                number: number(row.get(5)?),
                details: details(row, 0)?,
            })
        })?;
        patient.others = others.collect::<rusqlite::Result<_>>()?;
    }
    Ok(patient)
}

/// Name, birth date, sex, other id, issuer, from column `at` on.
pub(crate) fn details(row: &Row<'_>, at: usize) -> rusqlite::Result<PatientDetails> {
    Ok(PatientDetails {
        name: sql::phi(row, at)?,
        birth_date: sql::optional_phi(row, at + 1)?,
        sex: sql::from_key(row, at + 2)?,
        external_id: sql::optional_phi(row, at + 3)?,
        issuer: sql::optional_phi(row, at + 4)?,
    })
}

fn patient(row: &Row<'_>) -> rusqlite::Result<(i64, Patient)> {
    let key = row.get(0)?;
    let said: Vec<Said> = sql::json(row, 8)?;
    let patient = Patient {
        id: sql::id(row, 1)?,
        number: number(key),
        details: details(row, 2)?,
        version: row.get(7)?,
        allergies_recorded: said
            .iter()
            .map(|one| Timestamp::from_millisecond(one.at))
            .max_by_key(|at| at.as_ref().ok().copied())
            .transpose()
            .map_err(|error| sql::wrong(8, rusqlite::types::Type::Text, error))?,
        allergies: Allergies::together(said.into_iter().map(|one| one.said)),
        restricted: row.get(9)?,
        treating: sql::optional_id(row, 10)?,
        demo: row.get(11)?,
        created: sql::moment(row, 12)?,
        scans: row.get(13)?,
        has_account: row.get(14)?,
        records: row.get(15)?,
        others: Vec::new(),
    };
    Ok((key, patient))
}
