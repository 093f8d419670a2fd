//! Patients: identity, allergies, restriction. Every change is a new row; the old ones stay.

use basics::{PatientId, Phi, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{sql, words};
use crate::{
    Clinic,
    access::{Listed, Permission, Permit, Role},
    error::{ClinicError, Result},
    limits,
    write::{Change, find},
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
                    a.allergies, a.at, p.restricted, p.treating, p.demo, p.created, p.scans,
                    EXISTS (SELECT 1 FROM users WHERE patient = p.id)
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
                     AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                     ORDER BY p.sort_name, p.key LIMIT ?4"
                ))?
                .query_map(params![cursor, all, me, limit + 1], patient)?
                .collect::<rusqlite::Result<Vec<_>>>()?,
            Some(query) => db
                .prepare_cached(patients!(
                    "WHERE p.key IN (SELECT rowid FROM patient_words WHERE patient_words MATCH ?5)
                     AND p.key < coalesce(?1, 9223372036854775807)
                     AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                     ORDER BY p.key DESC LIMIT ?4"
                ))?
                .query_map(params![cursor, all, me, limit + 1, query], patient)?
                .collect::<rusqlite::Result<Vec<_>>>()?,
        };
        let page = sql::page(rows, limit, |(key, _)| key.to_string());
        Ok(Page {
            rows: page.rows.into_iter().map(|(_, patient)| patient).collect(),
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
        let mut statement = reader.db()?.prepare_cached(patients!(
            "WHERE p.key IN (
                SELECT key FROM patients WHERE external_id = ?1
                UNION
                SELECT q.key FROM patients AS q
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
        Ok(rows
            .map(|row| row.map(|(_, patient)| patient))
            .collect::<rusqlite::Result<_>>()?)
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

impl Change<'_> {
    /// Adds a patient. A doctor who adds one becomes the treating doctor.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] and [`ClinicError::TooLong`] for the fields.
    pub fn create_patient(&mut self, who: &PatientDetails, demo: bool) -> Result<Patient> {
        self.permit
            .needs_one_of(&[Permission::WritePatients, Permission::ImportScans])?;
        check(who)?;
        let id = PatientId::new();
        let treating = (self.permit.role() == Role::Doctor).then(|| self.by());
        self.db
            .prepare_cached(
                "INSERT INTO patients (id, version, sort_name, external_id, treating, demo, created)
                 VALUES (?1, 0, '', NULL, ?2, ?3, ?4)",
            )?
            .execute(params![id.as_bytes(), treating, demo, self.at()])?;
        let key = self.db.last_insert_rowid();
        self.add_version(key, 1, who, "")?;
        self.subject(id);
        load(self.db, id)
    }

    /// Corrects a patient's identity: a new version that follows the one that was on screen.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`changed-meanwhile`) where `version` is not the present one;
    /// [`ClinicError::NotFound`]; the limits.
    pub fn correct_patient(
        &mut self,
        id: PatientId,
        version: u32,
        who: &PatientDetails,
        reason: &str,
    ) -> Result<Patient> {
        self.needs(Permission::WritePatients)?;
        check(who)?;
        limits::long("reason", reason)?;
        let found = self.patient_for(id)?;
        if found.version != version {
            return Err(ClinicError::Conflict {
                reason: "changed-meanwhile",
            });
        }
        self.add_version(found.key, version + 1, who, reason)?;
        load(self.db, id)
    }

    /// Records what is known of allergies, in place of what was known before.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for an empty list; [`ClinicError::NotFound`]; the limits.
    pub fn set_allergies(&mut self, id: PatientId, allergies: &Allergies) -> Result<Patient> {
        self.needs(Permission::WritePatients)?;
        if let Allergies::Known { items } = allergies {
            if items.is_empty() {
                return Err(ClinicError::Invalid {
                    field: "allergies",
                    rule: "required",
                });
            }
            for item in items {
                limits::name("substance", item.substance.expose())?;
                limits::short("reaction", item.reaction.expose())?;
            }
        }
        let json = serde_json::to_string(allergies)?;
        limits::long("allergies", &json)?;
        let found = self.patient_for(id)?;
        self.db.execute(
            "INSERT INTO allergy_statements (patient, allergies, by, at) VALUES (?1, ?2, ?3, ?4)",
            params![found.key, json, self.by(), self.at()],
        )?;
        load(self.db, id)
    }

    /// Restricts a record to its treating doctor, or opens it again. An administrator may also name
    /// the treating doctor; `None` leaves who it is.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Invalid`] where nobody would treat the patient or the
    /// named person is no doctor; [`ClinicError::Forbidden`] where a doctor names another.
    pub fn set_restricted(
        &mut self,
        id: PatientId,
        restricted: bool,
        treating: Option<UserId>,
        reason: &str,
    ) -> Result<()> {
        self.needs(Permission::RestrictRecords)?;
        limits::long("reason", reason)?;
        let found = self.patient_for(id)?;
        if let Some(doctor) = treating {
            if self.permit.role() != Role::Administrator && doctor != self.permit.user() {
                return Err(ClinicError::Forbidden {
                    permission: Permission::RestrictRecords,
                });
            }
            let sql = "SELECT 1 FROM users WHERE id = ?1 AND role = 'doctor'";
            if !self.db.prepare_cached(sql)?.exists([doctor.as_bytes()])? {
                return Err(ClinicError::Invalid {
                    field: "treating",
                    rule: "doctor",
                });
            }
        }
        let Some(treating) = treating.or(found.owned.treating) else {
            return Err(ClinicError::Invalid {
                field: "treating",
                rule: "required",
            });
        };
        self.db.execute(
            "INSERT INTO restrictions (patient, restricted, treating, reason, by, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                found.key,
                restricted,
                treating.as_bytes(),
                reason,
                self.by(),
                self.at()
            ],
        )?;
        self.db.execute(
            "UPDATE patients SET restricted = ?2, treating = ?3 WHERE key = ?1",
            params![found.key, restricted, treating.as_bytes()],
        )?;
        Ok(())
    }

    fn add_version(
        &self,
        key: i64,
        version: u32,
        who: &PatientDetails,
        reason: &str,
    ) -> Result<()> {
        let external_id = who.external_id.as_ref().map(Phi::expose);
        self.db
            .prepare_cached(
                "INSERT INTO patient_versions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                key,
                version,
                who.name.expose(),
                who.birth_date.as_ref().map(Phi::expose),
                sql::key_of(&who.sex)?,
                external_id,
                who.issuer.as_ref().map(Phi::expose),
                reason,
                self.by(),
                self.at()
            ])?;
        self.db
            .prepare_cached(
                "UPDATE patients SET version = ?2, sort_name = ?3, external_id = ?4 WHERE key = ?1",
            )?
            .execute(params![
                key,
                version,
                words::sort_name(who.name.expose()),
                external_id
            ])?;
        let id = external_id.map_or("", String::as_str);
        let found_by = words::indexed(&[who.name.expose(), &number(key), id]);
        self.db
            .prepare_cached("INSERT OR REPLACE INTO patient_words (rowid, words) VALUES (?1, ?2)")?
            .execute(params![key, found_by])?;
        Ok(())
    }
}

/// The clinic's own number of a patient.
pub(crate) fn number(key: i64) -> String {
    format!("MB-{key:06}")
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

/// The patient, whoever asks: the caller has checked.
pub(crate) fn load(db: &Connection, id: PatientId) -> Result<Patient> {
    let mut statement = db.prepare_cached(patients!("WHERE p.id = ?1"))?;
    let found = statement.query_row([id.as_bytes()], patient).optional()?;
    found
        .map(|(_, patient)| patient)
        .ok_or(ClinicError::NotFound { what: "patient" })
}

/// Name, birth date, sex, other id, issuer, from column `at` on.
fn details(row: &Row<'_>, at: usize) -> rusqlite::Result<PatientDetails> {
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
    let patient = Patient {
        id: sql::id(row, 1)?,
        number: number(key),
        details: details(row, 2)?,
        version: row.get(7)?,
        allergies: sql::optional_json(row, 8)?.unwrap_or_default(),
        allergies_recorded: sql::optional_moment(row, 9)?,
        restricted: row.get(10)?,
        treating: sql::optional_id(row, 11)?,
        demo: row.get(12)?,
        created: sql::moment(row, 13)?,
        scans: row.get(14)?,
        has_account: row.get(15)?,
    };
    Ok((key, patient))
}

fn check(who: &PatientDetails) -> Result<()> {
    limits::name("name", who.name.expose())?;
    limits::date("birth_date", who.birth_date.as_ref().map(Phi::expose))?;
    limits::optional("external_id", who.external_id.as_ref().map(Phi::expose))?;
    limits::optional("issuer", who.issuer.as_ref().map(Phi::expose))
}
