//! Reports: what is asked, and what is shown.

use basics::{Language, PatientId, Phi, ReadingId, ReportId, ScanId, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    clinic::{PatientView, Sex},
    reading::{Answer, VerdictView},
};

use super::{ConfirmedIdentifier, RecipientView, ReportFileView};

/// Where a report stands (after FHIR R4 `DiagnosticReport.status`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Being written; nothing was signed.
    Draft,
    /// Signed; may still be written and signed anew.
    Preliminary,
    /// Signed; its text never changes.
    Final,
    /// Final, with a correction.
    Amended,
    /// Final, with something added.
    Appended,
    /// Withdrawn; what it said is kept.
    EnteredInError,
}

/// What an open draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DraftPurpose {
    /// The report itself, until it is final.
    Text,
    /// A correction of what is final.
    Correction,
    /// Something to be added to what is final.
    Addendum,
}

/// Parts of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportShelf {
    /// Mine with an open draft, first or opened again.
    Drafts,
    /// Mine that are preliminary.
    ToSign,
    /// Final and later.
    Signed,
    /// All.
    All,
}

/// A page of reports, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct ReportsRequest {
    /// Which part.
    pub shelf: ReportShelf,
    /// Only of this patient.
    pub patient_id: Option<PatientId>,
    /// Words of the patient's name, or a number of the patient or the report.
    pub query: String,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of reports.
#[derive(Debug, Serialize, TS)]
pub struct ReportsPage {
    /// Reports.
    pub rows: Vec<ReportRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// How many wait for me.
    pub counts: ReportCounts,
}

/// How many wait for me.
#[derive(Clone, Copy, Debug, Default, Serialize, TS)]
pub struct ReportCounts {
    /// My open drafts.
    pub drafts: u32,
    /// Mine that are preliminary.
    pub to_sign: u32,
    /// Deliveries that I asked for and that failed or are uncertain.
    pub trouble: u32,
}

/// A line of the list.
#[derive(Debug, Serialize, TS)]
pub struct ReportRow {
    /// Id.
    pub id: ReportId,
    /// As people call it; none while nothing was signed.
    pub number: Option<String>,
    /// Whose.
    pub patient: ReportPatient,
    /// About which scan.
    pub scan_id: ScanId,
    /// Title of the exam.
    pub exam: Phi<String>,
    /// DICOM modality.
    pub modality: String,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// Where it stands.
    pub state: ReportState,
    /// Signings so far.
    pub revision: u32,
    /// A draft is open.
    pub open: bool,
    /// Shown name of its author.
    pub author: String,
    /// I am its author.
    pub mine: bool,
    /// Language of its headings.
    pub language: Language,
    /// When it was last signed or saved.
    pub changed: Timestamp,
    /// How it travelled.
    pub deliveries: DeliverySummary,
}

/// Whose a report is, for a line.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReportPatient {
    /// Id.
    pub id: PatientId,
    /// The clinic's own number.
    pub number: String,
    /// Full name.
    pub name: Phi<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Restricted.
    pub restricted: bool,
}

/// Deliveries, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct DeliverySummary {
    /// Accepted by the other side.
    pub delivered: u32,
    /// Waiting or on the way.
    pub waiting: u32,
    /// Sent; nobody knows whether it arrived.
    pub uncertain: u32,
    /// Given up.
    pub failed: u32,
}

/// Names a report.
#[derive(Debug, Deserialize, TS)]
pub struct ReportRequest {
    /// Which.
    pub report_id: ReportId,
}

/// Begins a report, filled from what the record knows and the doctor said.
#[derive(Debug, Deserialize, TS)]
pub struct StartReportRequest {
    /// About which scan.
    pub scan_id: ScanId,
    /// With the AI section of this reading; none for the one that the newest verdict is about.
    pub reading_id: Option<ReadingId>,
    /// Key of a template.
    pub template: Option<String>,
    /// Language of the headings.
    pub language: Language,
}

/// What the doctor wrote, section by section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportText {
    /// Why the examination was made.
    pub indication: Phi<String>,
    /// How.
    pub technique: Phi<String>,
    /// With what it was compared.
    pub comparison: Phi<String>,
    /// What is seen.
    pub findings: Phi<String>,
    /// What it means.
    pub impression: Phi<String>,
    /// What to do next.
    pub recommendation: Phi<String>,
}

/// Everything of a report that its author chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportContent {
    /// Title of the exam.
    pub title: Phi<String>,
    /// Language of the headings; the words themselves are not translated.
    pub language: Language,
    /// The words.
    pub text: ReportText,
    /// With the section on the AI.
    pub include_ai: bool,
    /// With the picture.
    pub include_scan: bool,
    /// With a map over the picture; only beside the section on the AI.
    pub map: Option<MapChoice>,
}

/// Which map, and how it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MapChoice {
    /// Key of the class.
    pub class: String,
    /// 0–100 %.
    pub opacity: u8,
    /// Colours.
    pub palette: MapPalette,
}

/// Colours of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MapPalette {
    /// Dark blue to yellow.
    #[default]
    Viridis,
    /// Black to pale yellow.
    Inferno,
}

/// An open draft.
#[derive(Debug, Serialize, TS)]
pub struct DraftView {
    /// What it is for.
    pub purpose: DraftPurpose,
    /// What it says.
    pub content: ReportContent,
    /// Number of this edit: say it when you save or sign.
    pub edit: u32,
    /// When it was saved.
    pub saved: Timestamp,
    /// Where the report stood when it was opened again; none for a first draft.
    pub of: Option<ReportState>,
    /// Why it was opened again.
    pub reason: Phi<String>,
}

/// A report.
#[derive(Debug, Serialize, TS)]
pub struct ReportView {
    /// Id.
    pub id: ReportId,
    /// As people call it; none while nothing was signed.
    pub number: Option<String>,
    /// Where it stands.
    pub state: ReportState,
    /// Signings so far.
    pub revision: u32,
    /// Whose.
    pub patient: PatientView,
    /// About which scan.
    pub scan_id: ScanId,
    /// DICOM modality.
    pub modality: String,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// Shown name of its author.
    pub author: String,
    /// I am its author: nobody else writes or signs it.
    pub mine: bool,
    /// When its author last wrote in an open draft.
    pub drafting: Option<Timestamp>,
    /// My open draft.
    pub draft: Option<DraftView>,
    /// What the newest signing says; of a first draft what the draft says; none for another's first draft.
    pub content: Option<ReportContent>,
    /// What the model said, apart from the doctor's words.
    pub ai: Option<ReportAi>,
    /// The doctor's verdict on that.
    pub verdict: Option<VerdictView>,
    /// Oldest first.
    pub signings: Vec<SigningView>,
    /// Newest first.
    pub addenda: Vec<AddendumView>,
    /// Sealed files, newest first.
    pub files: Vec<ReportFileView>,
    /// Who got an earlier revision and not the newest one.
    pub not_told: Vec<RecipientView>,
}

/// What a model said, for the section of its own.
#[derive(Debug, Serialize, TS)]
pub struct ReportAi {
    /// Which reading.
    pub reading_id: ReadingId,
    /// When.
    pub at: Timestamp,
    /// Pack.
    pub model_id: String,
    /// Shown name.
    pub model_name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
    /// Research licence.
    pub research_only: bool,
    /// What it said.
    pub answer: Answer,
}

/// A signed revision in short.
#[derive(Debug, Serialize, TS)]
pub struct SigningView {
    /// From 1.
    pub revision: u32,
    /// What the report became by it.
    pub becomes: ReportState,
    /// Shown name of who signed.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why, for a correction and a withdrawal.
    pub reason: Phi<String>,
    /// SHA-256 of what was signed, hex.
    pub sha256: String,
    /// The clinic's public report key, hex.
    pub key: String,
}

/// A signed revision with what it said.
#[derive(Debug, Serialize, TS)]
pub struct RevisionView {
    /// Who, when, why.
    #[serde(flatten)]
    pub signing: SigningView,
    /// What it said.
    pub content: ReportContent,
    /// What it added, corrected or withdrew.
    pub addendum: Option<AddendumView>,
}

/// Something added after the report was final.
#[derive(Debug, Serialize, TS)]
pub struct AddendumView {
    /// `appended`, `amended` or `entered_in_error`.
    pub kind: ReportState,
    /// Why.
    pub reason: Phi<String>,
    /// What.
    pub text: Phi<String>,
    /// Shown name of who signed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Saves what was written so far.
#[derive(Debug, Deserialize, TS)]
pub struct SaveReportRequest {
    /// Which.
    pub report_id: ReportId,
    /// The edit it stands on.
    pub edit: u32,
    /// What is written now.
    pub content: ReportContent,
}

/// A draft was saved.
#[derive(Debug, Serialize, TS)]
pub struct DraftSaved {
    /// Number of this edit.
    pub edit: u32,
    /// When.
    pub saved: Timestamp,
}

/// Lays a report out.
#[derive(Debug, Deserialize, TS)]
pub struct PreviewRequest {
    /// Which.
    pub report_id: ReportId,
    /// A signed revision; none for the open draft, else for the newest revision.
    pub revision: Option<u32>,
}

/// Pages of a report; each is at `page/<grant>/<report>/<stamp>/<n>`, n from 0, as SVG.
#[derive(Debug, Serialize, TS)]
pub struct PreviewView {
    /// How many.
    pub pages: u32,
    /// Changes with the content.
    pub stamp: String,
}

/// Signs the open draft.
#[derive(Debug, Deserialize, TS)]
pub struct SignReportRequest {
    /// Which.
    pub report_id: ReportId,
    /// The edit that was read.
    pub edit: u32,
    /// [`PreviewView::stamp`] of the pages that were read.
    pub stamp: String,
    /// `preliminary` or `final`; `amended` for a correction.
    pub becomes: ReportState,
    /// The doctor's password, again.
    pub password: Secret<String>,
    /// At least two different ones.
    pub confirmed: Vec<ConfirmedIdentifier>,
}

/// Adds something to a final report, signed at once.
#[derive(Debug, Deserialize, TS)]
pub struct AddendReportRequest {
    /// Which.
    pub report_id: ReportId,
    /// What.
    pub text: Phi<String>,
    /// The doctor's password, again.
    pub password: Secret<String>,
    /// At least two different ones.
    pub confirmed: Vec<ConfirmedIdentifier>,
}

/// Opens a draft over a signed report: for a correction, or to go on with a preliminary one.
#[derive(Debug, Deserialize, TS)]
pub struct ReopenReportRequest {
    /// Which.
    pub report_id: ReportId,
    /// Why; due for a correction.
    pub reason: Phi<String>,
}

/// Withdraws a signed report; what it said is kept.
#[derive(Debug, Deserialize, TS)]
pub struct RetractReportRequest {
    /// Which.
    pub report_id: ReportId,
    /// Why.
    pub reason: Phi<String>,
    /// The doctor's password, again.
    pub password: Secret<String>,
    /// At least two different ones.
    pub confirmed: Vec<ConfirmedIdentifier>,
}
