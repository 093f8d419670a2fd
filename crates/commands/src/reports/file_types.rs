//! Files of reports, phrases, and a patient's own reports: what is asked, and what is shown.

use basics::{Language, Phi, ReportId, ScanId, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AddendumView, ReportState, ReportText, SigningView};

/// Why a sealed file was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportFilePurpose {
    /// Sealed first for this revision.
    Original,
    /// Sealed anew by the clinic, with another passphrase.
    Copy,
    /// Sealed by the patient, with a passphrase of their own; only its hash is kept.
    Own,
}

/// A sealed file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReportFileView {
    /// Id.
    pub id: String,
    /// Of which revision.
    pub revision: u32,
    /// Why it was made.
    pub purpose: ReportFilePurpose,
    /// When.
    pub sealed: Timestamp,
    /// Size.
    pub bytes: u64,
}

/// Who got an earlier revision and not the newest one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RecipientView {
    /// `email`, `whats_app`, `consultation`, `print` or `fhir`.
    pub channel: String,
    /// Where it went.
    pub address: Phi<String>,
    /// Language of the covering text.
    pub language: Language,
    /// The newest revision that they got.
    pub revision: u32,
}

/// Asks for templates.
#[derive(Debug, Deserialize, TS)]
pub struct TemplatesRequest {
    /// Only those for this modality, and those for any.
    pub modality: Option<String>,
}

/// A text to begin with. It is English, whatever the language of the headings.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TemplateView {
    /// Key.
    pub key: String,
    /// What it is for.
    pub name: String,
    /// Modalities that it is for; any where there are none.
    pub modalities: Vec<String>,
    /// Title of the exam.
    pub title: String,
    /// The words.
    pub text: ReportText,
}

/// A short word for a longer text: `.name` in the editor.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MacroView {
    /// Lower-case letters, digits and hyphens.
    pub name: String,
    /// What it stands for.
    pub text: Phi<String>,
    /// Everybody's; a doctor's own of the same name goes before it.
    pub built_in: bool,
}

/// Keeps a short word of one's own, in place of the one with this name.
#[derive(Debug, Deserialize, TS)]
pub struct SaveMacroRequest {
    /// Lower-case letters, digits and hyphens, at most 40.
    pub name: String,
    /// What it stands for.
    pub text: Phi<String>,
}

/// Takes a short word of one's own away.
#[derive(Debug, Deserialize, TS)]
pub struct RemoveMacroRequest {
    /// Which.
    pub name: String,
}

/// Seals the newest signed revision.
#[derive(Debug, Deserialize, TS)]
pub struct SealReportRequest {
    /// Which.
    pub report_id: ReportId,
    /// Chosen by the doctor; none for one that is made.
    pub passphrase: Option<Secret<String>>,
}

/// A file was sealed.
#[derive(Debug, Serialize, TS)]
pub struct SealedView {
    /// Which.
    pub file: ReportFileView,
    /// Shown once; `reports.passphrase` tells it again.
    pub passphrase: String,
}

/// Names a sealed file.
#[derive(Debug, Deserialize, TS)]
pub struct ReportFileRequest {
    /// Of which report.
    pub report_id: ReportId,
    /// Which.
    pub file_id: String,
}

/// A passphrase.
#[derive(Debug, Serialize, TS)]
pub struct PassphraseView {
    /// It.
    pub passphrase: String,
}

/// What a report can be written to disk as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportFileKind {
    /// The sealed PDF of the newest revision.
    Pdf,
    /// A draft or preliminary report to be printed: marked on every page, not sealed, never sent.
    DraftPdf,
    /// The image in true size, with a ruler.
    Film,
    /// DICOM Secondary Capture of the picture with the map burned in.
    DicomSc,
    /// DICOM Structured Report after TID 1500.
    DicomSr,
    /// FHIR R4 bundle.
    Fhir,
    /// The original DICOM file without the person (PS3.15 basic profile).
    Deidentified,
}

/// Writes a file to disk.
#[derive(Debug, Deserialize, TS)]
pub struct SaveReportFileRequest {
    /// Which report.
    pub report_id: ReportId,
    /// As what.
    pub kind: ReportFileKind,
    /// Where.
    pub path: String,
    /// Somebody looked at the pixels and saw no name in them: due for a copy without the person where
    /// names are often burned in.
    #[serde(default)]
    pub pixels_looked_at: bool,
}

/// Asks what to call a file.
#[derive(Debug, Deserialize, TS)]
pub struct FileNameRequest {
    /// Which report.
    pub report_id: ReportId,
    /// As what.
    pub kind: ReportFileKind,
}

/// A file's name, without a person's data.
#[derive(Debug, Serialize, TS)]
pub struct FileNameView {
    /// It.
    pub file_name: String,
}

/// A FHIR server took it.
#[derive(Debug, Serialize, TS)]
pub struct PushedView {
    /// Address of the server.
    pub server: String,
    /// Where the report lies there, as the server said.
    pub location: Option<String>,
}

/// Names a file on disk.
#[derive(Debug, Deserialize, TS)]
pub struct CheckFileRequest {
    /// Where it is.
    pub path: String,
}

/// What became of checking a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckedFile {
    /// Byte for byte the file that this clinic sealed.
    Same,
    /// No file of this clinic: changed by at least a byte, or from elsewhere.
    Unknown,
}

/// What was found out about a file.
#[derive(Debug, Serialize, TS)]
pub struct CheckedFileView {
    /// Whether this clinic sealed exactly this file.
    pub file: CheckedFile,
    /// Which report it is.
    pub report_id: Option<ReportId>,
    /// As people call it.
    pub number: Option<String>,
    /// Of which revision.
    pub revision: Option<u32>,
    /// A newer revision was signed since.
    pub superseded: bool,
    /// The signature over its text holds; none where the file could not be opened.
    pub signature: Option<bool>,
    /// The text inside is what the record holds.
    pub document: Option<bool>,
    /// Every picture is the one that was signed.
    pub pictures: Option<bool>,
}

/// One of one's own reports.
#[derive(Debug, Serialize, TS)]
pub struct OwnReportRow {
    /// Id.
    pub id: ReportId,
    /// As people call it.
    pub number: String,
    /// Title of the exam.
    pub exam: Phi<String>,
    /// DICOM modality.
    pub modality: String,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// `final` or later.
    pub state: ReportState,
    /// Shown name of who signed it.
    pub author: String,
    /// When it was last signed.
    pub signed: Timestamp,
}

/// One of one's own reports, whole: the pages are the report, this is what stands beside them.
#[derive(Debug, Serialize, TS)]
pub struct OwnReportView {
    /// In short.
    pub row: OwnReportRow,
    /// About which scan.
    pub scan_id: ScanId,
    /// Language of its headings.
    pub language: Language,
    /// Oldest first.
    pub signings: Vec<SigningView>,
    /// Newest first.
    pub addenda: Vec<AddendumView>,
}

/// Writes one's own report to disk, sealed with a passphrase of one's own.
#[derive(Debug, Deserialize, TS)]
pub struct SaveOwnReportRequest {
    /// Which.
    pub report_id: ReportId,
    /// The patient's own.
    pub passphrase: Secret<String>,
    /// Where.
    pub path: String,
}
