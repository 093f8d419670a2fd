//! Figures as the screens show them.

use basics::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::session::Role;

/// How long a bar of a chart is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// From midnight to midnight where this workstation is.
    Day,
    /// From Monday to Monday.
    Week,
}

/// A stretch of time up to now.
#[derive(Debug, Deserialize, TS)]
pub struct StatisticsRequest {
    /// How many days or weeks: 1–366.
    pub steps: u32,
    /// Which.
    pub step: Step,
}

/// How often something happened in one day or week.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BucketView {
    /// Its first day, `YYYY-MM-DD`.
    pub day: String,
    /// From.
    pub from: Timestamp,
    /// Up to, without it.
    pub to: Timestamp,
    /// How often.
    pub count: u32,
}

/// How often a version of a model found a class likeliest.
#[derive(Debug, Serialize, TS)]
pub struct ClassCountView {
    /// Model.
    pub model_id: String,
    /// Version.
    pub version: String,
    /// Class; none where the scan was not assessed.
    pub class: Option<String>,
    /// Readings.
    pub readings: u32,
}

/// How many reports took so long.
#[derive(Debug, Serialize, TS)]
pub struct TurnaroundBand {
    /// Longer than so many milliseconds.
    pub over_ms: Option<u64>,
    /// No longer than; none for the last.
    pub up_to_ms: Option<u64>,
    /// Reports.
    pub count: u32,
}

/// From import to final report.
#[derive(Debug, Serialize, TS)]
pub struct TurnaroundView {
    /// Reports that became final.
    pub reports: u32,
    /// Half of them took no longer.
    pub median_ms: Option<u64>,
    /// Nine of ten took no longer.
    pub p90_ms: Option<u64>,
    /// By how long it took.
    pub bands: Vec<TurnaroundBand>,
}

/// Accounts of a role.
#[derive(Debug, Serialize, TS)]
pub struct AccountCountView {
    /// Role.
    pub role: Role,
    /// May sign in.
    pub enabled: u32,
    /// May not.
    pub disabled: u32,
    /// Removed.
    pub removed: u32,
}

/// Everything that is counted over a stretch of time.
#[derive(Debug, Serialize, TS)]
pub struct StatisticsView {
    /// From.
    pub from: Timestamp,
    /// Up to, without it.
    pub to: Timestamp,
    /// Scans imported and not retracted.
    pub scans: Vec<BucketView>,
    /// Consultations that began.
    pub consultations: Vec<BucketView>,
    /// Reports that became final.
    pub reports: Vec<BucketView>,
    /// What readings found likeliest.
    pub classes: Vec<ClassCountView>,
    /// From import to final report.
    pub turnaround: TurnaroundView,
    /// Accounts as they are now.
    pub accounts: Vec<AccountCountView>,
}

/// What an administrator begins the day with.
#[derive(Debug, Serialize, TS)]
pub struct AdministratorHome {
    /// Emergency accesses to review.
    pub reviews: u32,
    /// Of these: late.
    pub reviews_overdue: u32,
    /// Scans that wait for a doctor's verdict.
    pub waiting: u32,
    /// The longest, since.
    pub waiting_since: Option<Timestamp>,
    /// Acts that were refused since `since`.
    pub refused: u32,
    /// Acts that failed since then.
    pub failed: u32,
    /// Seven days ago.
    pub since: Timestamp,
    /// Accounts that may sign in.
    pub people: u32,
    /// People who are signed in on this workstation now.
    pub signed_in: u32,
    /// Scans of the last 30 days.
    pub scans: Vec<BucketView>,
    /// From import to final report in the last 30 days.
    pub turnaround: TurnaroundView,
}

/// Which figure.
#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum FigureView {
    /// Scans imported and not retracted.
    Scans,
    /// Scans that wait for a verdict now, the oldest first.
    Waiting,
    /// Readings by the class found likeliest.
    Readings {
        /// Model.
        model_id: String,
        /// Version.
        version: String,
        /// Class; none for those not assessed.
        class: Option<String>,
    },
    /// Verdicts on readings of a model version.
    Verdicts {
        /// Model.
        model_id: String,
        /// Version.
        version: String,
        /// Those that agree, or those that do not.
        agrees: bool,
    },
    /// Consultations that began.
    Consultations,
    /// Reports that became final.
    Reports {
        /// After longer than.
        over_ms: Option<u64>,
        /// After no longer than.
        up_to_ms: Option<u64>,
    },
}

/// The rows behind a figure.
#[derive(Debug, Deserialize, TS)]
pub struct CountedRowsRequest {
    /// Which figure.
    pub counted: FigureView,
    /// From.
    pub from: Timestamp,
    /// Up to, without it.
    pub to: Timestamp,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A row behind a figure.
#[derive(Debug, Serialize, TS)]
pub struct CountedRowView {
    /// `scan`, `reading`, `verdict`, `consultation`, `report`.
    pub kind: String,
    /// Its id.
    #[ts(type = "string")]
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// The clinic's number of the patient.
    pub patient_number: String,
    /// Modality, class or number.
    pub what: String,
    /// From import to final report.
    pub ms: Option<u64>,
}

/// A page of them.
#[derive(Debug, Serialize, TS)]
pub struct CountedRowsPage {
    /// Rows.
    pub rows: Vec<CountedRowView>,
    /// For the next page; none at the end.
    pub next: Option<String>,
}
