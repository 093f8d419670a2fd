//! The first screen of a doctor.

use basics::{ConsultationId, NoteId, PatientId, Phi, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    delivery::DeliveryView, live::ConsultationRow, reading::WorklistRow, reports::ReportRow,
};

/// Asks what waits.
#[derive(Debug, Deserialize, TS)]
pub struct DoctorHomeRequest {
    /// When today began here.
    pub since: Timestamp,
}

/// What waits for a doctor. Each count is the length of a list of its own; the rows are its first.
#[derive(Debug, Serialize, TS)]
pub struct DoctorHome {
    /// One's own consultations of today, and those that still last.
    pub consultations: u32,
    /// Of which last.
    pub running: u32,
    /// The newest of them.
    pub consultation_rows: Vec<ConsultationRow>,
    /// Scans above an operating point that nobody gave a verdict on: the whole clinic's.
    pub above: u32,
    /// The first of them.
    pub above_rows: Vec<WorklistRow>,
    /// One's own reports that are being written.
    pub drafts: u32,
    /// The newest of them.
    pub draft_rows: Vec<ReportRow>,
    /// One's own notes that wait for a signature.
    pub notes: u32,
    /// The newest of them.
    pub note_rows: Vec<UnsignedNote>,
    /// One's own deliveries that failed, or that may or may not have arrived.
    pub trouble: u32,
    /// The newest of them.
    pub trouble_rows: Vec<TroubleRow>,
    /// Pairs of records that may be one person's.
    pub duplicates: u32,
}

/// A note that waits for its signature.
#[derive(Debug, Serialize, TS)]
pub struct UnsignedNote {
    /// Note.
    pub id: NoteId,
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// Whose.
    pub patient_id: PatientId,
    /// Their number.
    pub patient_number: String,
    /// Their name.
    pub patient_name: Phi<String>,
    /// It was signed before and has been corrected since.
    pub again: bool,
    /// When it was last written.
    pub at: Timestamp,
}

/// A delivery in trouble.
#[derive(Debug, Serialize, TS)]
pub struct TroubleRow {
    /// Whose report.
    pub patient_name: Phi<String>,
    /// The delivery.
    pub delivery: DeliveryView,
}
