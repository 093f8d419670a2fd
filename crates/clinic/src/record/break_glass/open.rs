//! Finding a restricted record in an emergency, opening it, ending it.

use basics::{PatientId, Phi, Timestamp};
use rusqlite::{Row, params};

use super::{BreakReason, End, Lasting, OpeningId, lasting, lasting_rows};
use crate::{
    Clinic, PasswordProof, Sex,
    access::{Permission, Permit},
    clinic::lock_of,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome},
    limits,
    record::{patients, sql, words},
    store::Store,
    write::Change,
};

/// Whom a doctor looks for: a number, or a full name with the birth date.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// The clinic's number or another system's id, exactly.
    Number(Phi<String>),
    /// Both exactly, but for case and spaces.
    Person {
        /// Full name.
        name: Phi<String>,
        /// `YYYY-MM-DD`.
        birth_date: Phi<String>,
    },
}

/// A restricted record as far as an emergency shows it before it is opened: enough to know the person.
#[derive(Clone, Debug)]
pub struct SealedPatient {
    /// Id.
    pub id: PatientId,
    /// The clinic's number.
    pub number: String,
    /// Full name.
    pub name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Shown name of the treating doctor, who may be asked first.
    pub treating: Option<Phi<String>>,
}

impl Clinic {
    /// Restricted records of others that are exactly the one looked for; at most five. No part of a name
    /// finds any, so that nobody can leaf through them.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Invalid`] for a birth date that is none.
    pub fn find_sealed(&self, permit: &Permit, wanted: &Wanted) -> Result<Vec<SealedPatient>> {
        permit.needs(Permission::BreakGlass)?;
        let (number, id, name, birth_date) = match wanted {
            Wanted::Number(text) => {
                let text = text.expose().trim();
                limits::name("number", text)?;
                (
                    patients::key_of_number(text),
                    Some(text.to_owned()),
                    None,
                    None,
                )
            }
            Wanted::Person { name, birth_date } => {
                limits::name("name", name.expose())?;
                limits::date("birth_date", Some(birth_date.expose()))?;
                let sorted = words::sort_name(name.expose());
                (None, None, Some(sorted), Some(birth_date.expose().clone()))
            }
        };
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT p.id, p.key, v.name, v.birth_date, v.sex, u.name
             FROM patients AS p
             JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             LEFT JOIN users AS u ON u.id = p.treating
             WHERE p.restricted = 1 AND p.treating IS NOT ?1 AND p.head = p.key
               AND (p.key IN (SELECT head FROM patients WHERE key = ?2)
                 OR p.external_id = ?3 OR (p.sort_name = ?4 AND v.birth_date = ?5))
             ORDER BY p.key LIMIT 5",
        )?;
        let me = permit.user();
        let rows = statement.query_map(
            params![me.as_bytes(), number, id, name, birth_date],
            sealed_patient,
        )?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Opens a restricted record for one hour. Another one of the same person ends.
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`]; [`ClinicError::NotFound`]; [`ClinicError::Invalid`] without
    /// words; [`ClinicError::Conflict`] (`glass-not-needed`) where the asker may open it anyway.
    pub fn break_glass(
        &mut self,
        proof: PasswordProof,
        patient: PatientId,
        reason: BreakReason,
        words: &Phi<String>,
    ) -> Result<OpeningId> {
        self.needs(Permission::BreakGlass)?;
        proof.check(self.permit, self.now)?;
        limits::name("words", words.expose().trim())?;
        let found = self.patient_for(patient)?;
        let treats = found.owned.treating == Some(self.permit.user());
        if !found.owned.restricted || treats {
            return Err(ClinicError::Conflict {
                reason: "glass-not-needed",
            });
        }
        self.end_lasting(End::Another)?;
        let id = OpeningId::new();
        self.db.execute(
            "INSERT INTO break_glass (id, patient, user, reason, words, opened)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                id.as_bytes(),
                found.key,
                self.by(),
                sql::key_of(&reason)?,
                words.expose().trim(),
                self.at()
            ],
        )?;
        self.db.execute(
            "INSERT INTO break_glass_clock VALUES (?1, 0, ?2)",
            params![self.db.last_insert_rowid(), self.at()],
        )?;
        self.subject(id);
        Ok(id)
    }

    /// Ends the asker's own opening.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where none lasts.
    pub fn end_break_glass(&mut self) -> Result<()> {
        self.needs(Permission::BreakGlass)?;
        match self.end_lasting(End::Person)? {
            true => Ok(()),
            false => Err(ClinicError::NotFound { what: "opening" }),
        }
    }

    fn end_lasting(&mut self, how: End) -> Result<bool> {
        let mut statement = self
            .db
            .prepare_cached(lasting_rows!("AND b.user = ?1 ORDER BY b.key"))?;
        let all = statement
            .query_map([self.by()], lasting)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut ended = false;
        for one in all {
            // The hour may have run out a moment ago, and nobody wrote it down yet.
            let how = match self.clinic.stand_of(&one) {
                super::Stand::Open(_) => how,
                super::Stand::Over(over) => over,
            };
            write_end(self.db, &one, how, self.now)?;
            self.subject(one.patient);
            self.subject(one.id);
            ended = true;
        }
        Ok(ended)
    }
}

/// Writes down that an opening ended without anybody's act; says whether somebody else did meanwhile.
pub(super) fn end_by_itself(
    clinic: &Clinic,
    store: &Store,
    one: &Lasting,
    how: End,
) -> Result<bool> {
    let now = clinic.now();
    let done = store.transaction(|db| {
        write_end(db, one, how, now)?;
        let (subjects, outcome) = ([one.patient.into(), one.id.into()], Outcome::Done);
        let act = Act {
            at: now,
            user: Some(one.user),
            verb: "break_glass.over",
            subjects: &subjects,
            outcome,
            code: None,
        };
        Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
    });
    lock_of(&clinic.inner.openings).remove(&one.id);
    match done {
        Ok(()) => Ok(true),
        Err(ClinicError::Conflict { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

fn write_end(db: &rusqlite::Connection, one: &Lasting, how: End, now: Timestamp) -> Result<()> {
    let written = db.execute(
        "INSERT INTO break_glass_ends SELECT ?1, ?2, max(?3, ?4)
         WHERE NOT EXISTS (SELECT 1 FROM break_glass_ends WHERE opening = ?1)",
        params![
            one.key,
            sql::key_of(&how)?,
            now.as_millisecond(),
            one.kept.opened
        ],
    )?;
    match written {
        0 => Err(ClinicError::Conflict {
            reason: "ended-already",
        }),
        _ => Ok(()),
    }
}

fn sealed_patient(row: &Row<'_>) -> rusqlite::Result<SealedPatient> {
    Ok(SealedPatient {
        id: sql::id(row, 0)?,
        number: patients::number(row.get(1)?),
        name: sql::phi(row, 2)?,
        birth_date: sql::optional_phi(row, 3)?,
        sex: sql::from_key(row, 4)?,
        treating: sql::optional_phi(row, 5)?,
    })
}
