//! Changes of patients: each adds a row and touches none of the old ones.

use basics::{PatientId, Phi, UserId};
use rusqlite::params;

use super::{Allergies, Patient, PatientDetails, load, number};
use crate::{
    access::{Permission, Role},
    error::{ClinicError, Result},
    limits,
    record::{identity, sql, words},
    write::Change,
};

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
        // Of merged records all are, so that taking the merge back opens none of them.
        self.db.execute(
            "INSERT INTO restrictions (patient, restricted, treating, reason, by, at)
             SELECT key, ?2, ?3, ?4, ?5, ?6 FROM patients WHERE head = ?1 ORDER BY key",
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
            "UPDATE patients SET restricted = ?2, treating = ?3 WHERE head = ?1",
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
        identity::compare(self.db, key)
    }
}

fn check(who: &PatientDetails) -> Result<()> {
    limits::name("name", who.name.expose())?;
    limits::date("birth_date", who.birth_date.as_ref().map(Phi::expose))?;
    limits::optional("external_id", who.external_id.as_ref().map(Phi::expose))?;
    limits::optional("issuer", who.issuer.as_ref().map(Phi::expose))
}
