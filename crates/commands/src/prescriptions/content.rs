//! What is kept of an order, under the clinic's signature, and of what is done with it.

use ::clinic::{Prescription, PrescriptionId};
use ::prescribing::{Checked, Order};
use basics::{PatientId, Phi, Timestamp, UserId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{BatchView, Override};
use crate::error::CommandError;

/// A signed order with what it was checked against.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Signed {
    /// Shape of this text.
    pub(super) format: u32,
    pub(super) prescription_id: PrescriptionId,
    pub(super) patient_id: PatientId,
    pub(super) by: UserId,
    pub(super) at: Timestamp,
    pub(super) order: Order,
    /// Version of the table, what it said, and why it was signed all the same.
    pub(super) table: String,
    pub(super) checked: Checked,
    pub(super) overrides: Vec<Override>,
}

/// What is noted of a fact; each kind uses its own part.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Noted {
    pub(super) batch: Option<BatchView>,
    pub(super) product: Option<String>,
    pub(super) text: Phi<String>,
    pub(super) overridden: Vec<Override>,
}

/// Shape of [`Signed`].
pub(super) const FORMAT: u32 = 1;

impl Signed {
    pub(super) fn of(prescription: &Prescription) -> Result<Self, CommandError> {
        Self::read(prescription.content.expose())
    }

    pub(super) fn read(content: &[u8]) -> Result<Self, CommandError> {
        serde_json::from_slice(content).map_err(|_| DAMAGED)
    }

    pub(super) fn bytes(&self) -> Result<Phi<Vec<u8>>, CommandError> {
        let bytes = serde_json::to_vec(self).map_err(|_| CommandError::Defect)?;
        Ok(Phi::new(bytes))
    }
}

impl Noted {
    pub(super) fn text(text: &Phi<String>) -> Self {
        Self {
            text: text.clone(),
            ..Self::default()
        }
    }

    pub(super) fn read(text: &Phi<String>) -> Result<Self, CommandError> {
        json(text.expose())
    }

    pub(super) fn json(&self) -> Result<Phi<String>, CommandError> {
        let text = serde_json::to_string(self).map_err(|_| CommandError::Defect)?;
        Ok(Phi::new(text))
    }
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, CommandError> {
    serde_json::from_str(text).map_err(|_| DAMAGED)
}

const DAMAGED: CommandError =
    CommandError::Clinic(::clinic::ClinicError::Damaged { part: "database" });
