//! Measurements and notes on a scan. Taking one away leaves it in the history.

use basics::{MarkId, Phi, ScanId, Timestamp, UserId};

/// A mark to be kept.
#[derive(Clone, Debug)]
pub struct NewMark {
    /// On which scan.
    pub scan_id: ScanId,
    /// The mark it takes the place of.
    pub replaces: Option<MarkId>,
    /// Frame, from 0.
    pub frame: u32,
    /// Key of the tool, e.g. `length`; 1–40 characters.
    pub tool: String,
    /// `[column, row]` in pixels of the stored image.
    pub points: Vec<[f64; 2]>,
    /// Text; at most 1 MiB.
    pub text: Phi<String>,
}

/// A mark.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Id.
    pub id: MarkId,
    /// As kept.
    pub mark: NewMark,
    /// Who drew it.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}
