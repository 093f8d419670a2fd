//! Ordering, and what is done afterwards: each a row that never changes, with the state it comes to.

use basics::{PatientId, Phi, Timestamp, UserId};
use ed25519_dalek::Signer;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{
    FactId, FactKind, Prescription, PrescriptionId, find_prescription, load, number,
    state::Standing,
};
use crate::{
    PasswordProof,
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::sql,
    write::Change,
};

/// What stands before the content under a signature, so that it can be taken for nothing else.
pub const SIGNED_PRESCRIPTION: &[u8] = b"medibridge-prescription-v1\n";

/// An order to be signed.
#[derive(Clone, Debug)]
pub struct NewPrescription {
    /// Made by whoever orders, so that an answer that was lost orders nothing twice.
    pub id: PrescriptionId,
    /// For whom.
    pub patient_id: PatientId,
    /// When it is over by itself.
    pub ends: Option<Timestamp>,
    /// What is on the shelf; names no person. 1–1,000 characters.
    pub product: String,
    /// All that may be given out, in millionths.
    pub total: u64,
}

/// What the text to be signed has to say of its signing.
#[derive(Clone, Debug)]
pub struct PrescriptionToSign {
    /// Which.
    pub id: PrescriptionId,
    /// For whom.
    pub patient_id: PatientId,
    /// Who signs.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// Something that is done with a prescription.
#[derive(Clone, Debug)]
pub struct NewFact {
    /// Made by whoever does it.
    pub id: FactId,
    /// With which prescription.
    pub prescription_id: PrescriptionId,
    /// How many facts were on the screen.
    pub over: u32,
    /// What.
    pub kind: FactKind,
    /// How much, in millionths; 0 where nothing moves.
    pub amount: u64,
    /// Batch, reason and the like: JSON, at most 1 MiB.
    pub content: Phi<String>,
}

impl Change<'_> {
    /// Signs an order: `text` makes the exact bytes that are kept under the clinic's signature. Ordering
    /// the same again, because the answer was lost, changes nothing.
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`] where `proof` is too old or another person's;
    /// [`ClinicError::NotFound`]; the limits; what `text` fails with.
    pub fn order_prescription<E: From<ClinicError>>(
        &mut self,
        proof: PasswordProof,
        new: &NewPrescription,
        text: impl FnOnce(&PrescriptionToSign) -> Result<Phi<Vec<u8>>, E>,
    ) -> Result<String, E> {
        self.needs(Permission::WritePrescriptions)?;
        proof.check(self.permit, self.now)?;
        let patient = self.patient_for(new.patient_id)?;
        self.subject(new.id);
        let before = self
            .db
            .prepare_cached("SELECT key FROM prescriptions WHERE id = ?1 AND author = ?2")
            .and_then(|mut row| {
                row.query_row(params![new.id.as_bytes(), self.by()], |row| row.get(0))
                    .optional()
            })
            .map_err(ClinicError::from)?;
        if let Some(key) = before {
            return Ok(number(key));
        }
        limits::characters("product", &new.product, 1000)?;
        let content = text(&PrescriptionToSign {
            id: new.id,
            patient_id: patient.owned.patient,
            by: self.permit.user(),
            at: self.now,
        })?;
        let content = content.expose();
        if content.is_empty() || content.len() > limits::TEXT {
            return Err(ClinicError::TooLong {
                field: "content",
                limit: limits::TEXT as u64,
            }
            .into());
        }
        let hash: [u8; 32] = Sha256::digest(content).into();
        let signature = self.store.reports.sign(&signed(content)).to_bytes();
        let key = self.store.reports.verifying_key().to_bytes();
        let kept = || -> Result<i64> {
            self.db
                .prepare_cached(
                    "INSERT INTO prescriptions (id, patient, author, at, ends, product, total,
                                                content, sha256, signature, public_key)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                )?
                .execute(params![
                    new.id.as_bytes(),
                    patient.key,
                    self.by(),
                    self.at(),
                    new.ends.map(Timestamp::as_millisecond),
                    new.product,
                    kept_size("total", new.total)?,
                    content,
                    hash,
                    signature,
                    key
                ])?;
            let row = self.db.last_insert_rowid();
            self.stand(row, Standing::ordered(new.total), 0)?;
            Ok(row)
        };
        Ok(number(kept()?))
    }

    /// Does something with a prescription. Doing the same again, because the answer was lost, changes
    /// nothing.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`]: `prescription-changed` where something was done since the screen showed
    /// it, `prescription-state` where it does not go as it stands; [`ClinicError::Invalid`] (`amount`);
    /// [`ClinicError::NotFound`]; [`ClinicError::WrongPermit`].
    pub fn add_fact(&mut self, new: &NewFact) -> Result<Prescription> {
        self.needs(match new.kind {
            FactKind::Dispensed | FactKind::Returned | FactKind::Asked => {
                Permission::DispensePrescriptions
            }
            FactKind::Answered | FactKind::Cancelled => Permission::WritePrescriptions,
        })?;
        limits::long("content", new.content.expose())?;
        let found = find_prescription(self.db, self.permit, new.prescription_id)?;
        self.subject(found.patient);
        self.subject(new.prescription_id);
        let now = load(self.db, &found)?;
        if let Some(done) = now.facts.iter().find(|fact| fact.id == new.id) {
            let same =
                (done.kind, done.amount, done.by) == (new.kind, new.amount, self.permit.user());
            return if same { Ok(now) } else { Err(CHANGED) };
        }
        let last = now.facts.last().map_or(0, |fact| fact.number);
        if last != new.over {
            return Err(CHANGED);
        }
        let standing = Standing {
            state: now.state,
            given: now.given,
            total: now.total,
        };
        let after = standing.after(new.kind, new.amount)?;
        self.db
            .prepare_cached(
                "INSERT INTO prescription_facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                found.key,
                last + 1,
                new.id.as_bytes(),
                sql::key_of(&new.kind)?,
                self.by(),
                self.at(),
                kept_size("amount", new.amount)?,
                new.content.expose()
            ])?;
        self.stand(found.key, after, last + 1)?;
        load(self.db, &found)
    }

    fn stand(&self, key: i64, standing: Standing, facts: u32) -> Result<()> {
        self.db
            .prepare_cached("INSERT OR REPLACE INTO prescription_states VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                key,
                sql::key_of(&standing.state)?,
                kept_size("given", standing.given)?,
                facts
            ])?;
        Ok(())
    }
}

const CHANGED: ClinicError = ClinicError::Conflict {
    reason: "prescription-changed",
};

/// The bytes under a signature.
pub(super) fn signed(content: &[u8]) -> Vec<u8> {
    [SIGNED_PRESCRIPTION, content].concat()
}

fn kept_size(field: &'static str, size: u64) -> Result<i64> {
    i64::try_from(size).map_err(|_| ClinicError::Invalid {
        field,
        rule: "range",
    })
}
