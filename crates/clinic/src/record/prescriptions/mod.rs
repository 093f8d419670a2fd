//! Prescriptions: ordered and signed by a doctor, then facts that never change – dispensed, taken back,
//! asked, answered, stopped. What they come to is a state that is made from them alone.
//!
//! What an order says is opaque here: JSON bytes under the clinic's signature.

mod page;
mod state;
mod write;

use basics::{Id, PatientId, Phi, Timestamp, UserId};
use ed25519_dalek::{Signature, VerifyingKey};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use page::{PrescriptionCounts, PrescriptionQueue, PrescriptionRow};
pub use write::{NewFact, NewPrescription, PrescriptionToSign, SIGNED_PRESCRIPTION};

use super::sql;
use crate::{
    Clinic,
    access::{Permission, Permit, Reach},
    error::{ClinicError, Result},
    journal::Subject,
    limits,
    write::find,
};

#[doc(hidden)]
pub enum PrescriptionKind {}
/// A prescription.
pub type PrescriptionId = Id<PrescriptionKind>;
#[doc(hidden)]
pub enum FactIdKind {}
/// Something that was done with a prescription; made by whoever does it, so that it is kept once.
pub type FactId = Id<FactIdKind>;

/// Where a prescription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrescriptionState {
    /// Signed; nothing was given out.
    Ordered,
    /// Some was given out.
    Partly,
    /// All was given out.
    Dispensed,
    /// The pharmacist asks the doctor.
    Asked,
    /// Stopped by a doctor.
    Cancelled,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Given out, in whole or in part.
    Dispensed,
    /// Taken back from the patient.
    Returned,
    /// Sent back to the doctor with a question.
    Asked,
    /// The doctor's answer; it is in the queue again.
    Answered,
    /// Stopped.
    Cancelled,
}

/// A prescription with all that was done.
#[derive(Clone, Debug)]
pub struct Prescription {
    /// Id.
    pub id: PrescriptionId,
    /// As people call it, e.g. `RX-000042`.
    pub number: String,
    /// For whom.
    pub patient_id: PatientId,
    /// Who signed it.
    pub author: UserId,
    /// Shown name of that person.
    pub author_name: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// When it is over by itself.
    pub ends: Option<Timestamp>,
    /// What it says, byte for byte.
    pub content: Phi<Vec<u8>>,
    /// The clinic's signature over it.
    pub seal: PrescriptionSeal,
    /// All that may be given out, in millionths.
    pub total: u64,
    /// What was given out and not taken back.
    pub given: u64,
    /// Where it stands.
    pub state: PrescriptionState,
    /// What was done, oldest first.
    pub facts: Vec<PrescriptionFact>,
}

/// A signature of the clinic's key over [`SIGNED_PRESCRIPTION`] and the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrescriptionSeal {
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    /// Ed25519.
    pub signature: [u8; 64],
    /// The clinic's public key at that time.
    pub key: [u8; 32],
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrescriptionFact {
    /// Id.
    pub id: FactId,
    /// From 1 without gaps.
    pub number: u32,
    /// What.
    pub kind: FactKind,
    /// By whom.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// How much, in millionths; 0 where nothing moved.
    pub amount: u64,
    /// Batch, reason and the like: JSON.
    pub content: Phi<String>,
}

/// A prescription as changes and reads find it.
pub(super) struct Found {
    pub(super) key: i64,
    pub(super) patient: PatientId,
}

impl From<PrescriptionId> for Subject {
    fn from(id: PrescriptionId) -> Self {
        Self::of("prescription", *id.as_bytes())
    }
}

pub(super) const READERS: [Permission; 4] = [
    Permission::ReadPrescriptions,
    Permission::WritePrescriptions,
    Permission::DispensePrescriptions,
    Permission::ReadOwnPrescriptions,
];

impl PrescriptionSeal {
    /// Whether it is this content that was signed.
    pub fn holds(&self, content: &[u8]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.key) else {
            return false;
        };
        let hash: [u8; 32] = Sha256::digest(content).into();
        let signature = Signature::from_bytes(&self.signature);
        hash == self.sha256
            && key
                .verify_strict(&write::signed(content), &signature)
                .is_ok()
    }
}

impl Clinic {
    /// A prescription.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn prescription(&self, permit: &Permit, id: PrescriptionId) -> Result<Prescription> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let found = find_prescription(&db, permit, id)?;
        load(&db, &found)
    }

    /// A patient's prescriptions, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where the permit does not reach the patient.
    pub fn prescriptions_of(
        &self,
        permit: &Permit,
        patient: PatientId,
        limit: u32,
    ) -> Result<Vec<Prescription>> {
        permit.needs_one_of(&READERS)?;
        self.newest_prescriptions(permit, patient, limits::page(limit)?.into())
    }

    /// The same for an export: all of them, with the leave that [`Permit::for_export`] gave.
    ///
    /// # Errors
    /// As [`Clinic::prescriptions_of`].
    pub fn every_prescription(
        &self,
        permit: &Permit,
        patient: PatientId,
    ) -> Result<Vec<Prescription>> {
        permit.needs(Permission::ReadPrescriptions)?;
        // SQLite's word for no limit.
        self.newest_prescriptions(permit, patient, -1)
    }

    fn newest_prescriptions(
        &self,
        permit: &Permit,
        patient: PatientId,
        limit: i64,
    ) -> Result<Vec<Prescription>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let patient = find(&db, permit, patient)?;
        let keys: Vec<i64> = db
            .prepare_cached(
                "SELECT key FROM prescriptions
                 WHERE patient IN (SELECT key FROM patients WHERE head = ?1)
                 ORDER BY key DESC LIMIT ?2",
            )?
            .query_map(params![patient.key, limit], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let patient = patient.owned.patient;
        keys.into_iter()
            .map(|key| load(&db, &Found { key, patient }))
            .collect()
    }

    /// What was noted when the same product was given out last: JSON of that fact.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn last_dispensed(&self, permit: &Permit, product: &str) -> Result<Option<Phi<String>>> {
        permit.needs(Permission::DispensePrescriptions)?;
        if permit.reach() != Reach::EveryPatient {
            return Ok(None);
        }
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        Ok(reader
            .db()?
            .prepare_cached(
                "SELECT f.content FROM prescription_facts AS f
                 WHERE f.kind = 'dispensed' AND f.prescription IN
                    (SELECT key FROM prescriptions WHERE product = ?1 ORDER BY key DESC LIMIT 50)
                 ORDER BY f.at DESC LIMIT 1",
            )?
            .query_row([product], |row| sql::phi(row, 0))
            .optional()?)
    }
}

/// The prescription, if the permit reaches its patient.
pub(super) fn find_prescription(
    db: &Connection,
    permit: &Permit,
    id: PrescriptionId,
) -> Result<Found> {
    let missing = || ClinicError::NotFound {
        what: "prescription",
    };
    let (key, patient) = db
        .prepare_cached(
            "SELECT r.key, p.id FROM prescriptions AS r JOIN patients AS p ON p.key = r.patient
             WHERE r.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, sql::id(row, 1)?)))
        .optional()?
        .ok_or_else(missing)?;
    let patient = find(db, permit, patient).map_err(|_| missing())?;
    Ok(Found {
        key,
        patient: patient.owned.patient,
    })
}

pub(super) fn load(db: &Connection, found: &Found) -> Result<Prescription> {
    let facts = db
        .prepare_cached(
            "SELECT f.id, f.number, f.kind, f.by, u.name, f.at, f.amount, f.content
             FROM prescription_facts AS f JOIN users AS u ON u.id = f.by
             WHERE f.prescription = ?1 ORDER BY f.number",
        )?
        .query_map([found.key], |row| {
            Ok(PrescriptionFact {
                id: sql::id(row, 0)?,
                number: row.get(1)?,
                kind: sql::from_key(row, 2)?,
                by: sql::id(row, 3)?,
                by_name: sql::phi(row, 4)?,
                at: sql::moment(row, 5)?,
                amount: sql::size(row, 6)?,
                content: sql::phi(row, 7)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let loaded = db
        .prepare_cached(
            "SELECT r.id, r.author, u.name, r.at, r.ends, r.content, r.sha256, r.signature,
                    r.public_key, r.total, s.given, s.state
             FROM prescriptions AS r
             JOIN users AS u ON u.id = r.author
             JOIN prescription_states AS s ON s.prescription = r.key
             WHERE r.key = ?1",
        )?
        .query_row([found.key], |row| {
            Ok(Prescription {
                id: sql::id(row, 0)?,
                number: number(found.key),
                patient_id: found.patient,
                author: sql::id(row, 1)?,
                author_name: sql::phi(row, 2)?,
                at: sql::moment(row, 3)?,
                ends: sql::optional_moment(row, 4)?,
                content: row.get(5).map(Phi::new)?,
                seal: PrescriptionSeal {
                    sha256: row.get(6)?,
                    signature: row.get(7)?,
                    key: row.get(8)?,
                },
                total: sql::size(row, 9)?,
                given: sql::size(row, 10)?,
                state: sql::from_key(row, 11)?,
                facts,
            })
        })?;
    Ok(loaded)
}

/// As people call it.
pub(super) fn number(key: i64) -> String {
    format!("RX-{key:06}")
}

/// The key behind such a number, however it was typed.
pub(super) fn key_of_number(text: &str) -> Option<i64> {
    let text = text.trim();
    let (head, digits) = text.split_at_checked(3)?;
    let digits = head.eq_ignore_ascii_case("rx-").then_some(digits)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(())?;
    digits.parse().ok()
}
