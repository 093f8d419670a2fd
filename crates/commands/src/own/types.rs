//! What a patient asks at the kiosk.

use serde::Deserialize;
use ts_rs::TS;

/// A page of one's own consultations, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct OwnConsultationsRequest {
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}
