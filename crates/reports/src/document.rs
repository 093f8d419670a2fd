//! The report document: what is typeset, signed, exported and verified. One value says everything a
//! reader sees; nothing on a page comes from anywhere else.
//!
//! Its canonical form is JSON after RFC 8785 (JCS), UTF-8. That text is signed and travels inside the PDF.

use basics::{Language, Phi, ReadingId, ReportId, ScanId, Timestamp, UserId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Measured;

/// Format of [`Document`] that this program writes.
pub const FORMAT: u32 = 1;

/// A report, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// [`FORMAT`].
    pub format: u32,
    /// Which report.
    pub report: ReportId,
    /// As people call it, e.g. `R-000123`.
    pub number: String,
    /// 1 for the first signed text; each signing, addendum or retraction counts one further. 0 while
    /// nothing was signed.
    pub revision: u32,
    /// Where the report stands with this revision.
    pub state: State,
    /// Language of headings and fixed sentences; the doctor's own words are not translated.
    pub language: Language,
    /// Minutes east of UTC in which moments are written on the page.
    pub utc_offset: i16,
    /// Who issues it.
    pub clinic: Clinic,
    /// Whose it is.
    pub patient: Patient,
    /// What was examined.
    pub exam: Exam,
    /// What the doctor wrote.
    pub text: Text,
    /// Images on the page, in order.
    pub figures: Vec<Figure>,
    /// What the model said, apart from the doctor's words.
    pub ai: Option<Ai>,
    /// The doctor's judgement of what the model said.
    pub verdict: Option<Verdict>,
    /// Signings so far, oldest first; empty in a draft.
    pub signatures: Vec<Signature>,
    /// What was added after the report was final, newest first; shown above the text.
    pub addenda: Vec<Addendum>,
    /// SHA-256 (hex) of the canonical form of the revision before.
    pub supersedes: Option<String>,
    /// Head of the clinic's journal when this revision was signed: row number and hash (hex).
    pub journal: Option<JournalHead>,
}

/// After FHIR R4 `DiagnosticReport.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written; marked on every page.
    Draft,
    /// Signed, may still change; marked on every page.
    Preliminary,
    /// Signed; never changes.
    Final,
    /// Final, with a correction that says what changed and why.
    Amended,
    /// Final, with something added.
    Appended,
    /// Withdrawn; what it said is kept and struck through.
    EnteredInError,
}

/// Who issues a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinic {
    /// Name.
    pub name: String,
    /// Address and telephone, line by line.
    pub lines: Vec<String>,
}

/// Whose report it is: two identifiers at least on every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Name.
    pub name: Phi<String>,
    /// The clinic's number.
    pub number: Phi<String>,
    /// Birth date, where known.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// ID elsewhere, e.g. the hospital's.
    pub external_id: Option<Phi<String>>,
}

/// DICOM Patient's Sex, with unknown said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// F.
    Female,
    /// M.
    Male,
    /// O.
    Other,
    /// Not said.
    Unknown,
}

/// What was examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exam {
    /// DICOM modality; `OT` for plain pictures.
    pub modality: String,
    /// As the doctor titles it, e.g. `Chest X-ray, PA`.
    pub title: Phi<String>,
    /// Day of the study, where the files say so.
    pub date: Option<Date>,
    /// Study Instance UID, where there is one.
    pub study_uid: Option<String>,
    /// Accession number.
    pub accession: Option<Phi<String>>,
}

/// What the doctor wrote; lines end in `\n`. An empty section is left out of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
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

/// An image on the page. Its pixels travel beside the document (see [`Picture`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it shows.
    pub kind: FigureKind,
    /// The imported file.
    pub scan: ScanId,
    /// SHA-256 (hex) of that file.
    pub file_sha256: String,
    /// Frame, from 0.
    pub frame: u32,
    /// SOP Class, Instance and Series UID, where the file is DICOM.
    pub dicom: Option<DicomRef>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// SHA-256 (hex) of the samples as shown: see [`Picture::sha256`].
    pub pixels_sha256: String,
    /// Letters at the left, right, top and bottom edge, where the data says.
    pub edges: Option<[String; 4]>,
}

/// What a figure shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FigureKind {
    /// The scan.
    Scan,
    /// The scan under the map of one class.
    Map {
        /// Shown name of the class.
        class: String,
        /// 0–1.
        opacity: f32,
        /// `viridis` or `inferno`.
        palette: String,
        /// Cells of the map: rows and columns.
        grid: [u32; 2],
        /// The map is zero everywhere: there was no positive evidence.
        empty: bool,
    },
}

/// Where an image stands in DICOM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DicomRef {
    /// (0008,0016).
    pub class_uid: String,
    /// (0008,0018).
    pub instance_uid: String,
    /// (0020,000E).
    pub series_uid: String,
}

/// What the model said. Every rendering marks it as needing review by a clinician.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ai {
    /// Which reading.
    pub reading: ReadingId,
    /// When.
    pub at: Timestamp,
    /// Pack.
    pub model_id: String,
    /// Shown name.
    pub model_name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file (hex).
    pub sha256: String,
    /// Research licence: not for clinical use.
    pub research_only: bool,
    /// What it answered.
    pub answer: AiAnswer,
}

/// What a model answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AiAnswer {
    /// Calibrated probabilities, in the card's order, or measured values, or both.
    Assessed {
        /// A row each; empty where a series was not measured.
        classes: Vec<ClassRow>,
        /// Of a measuring model. Documents of other models say nothing of it, as those before there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measured: Option<Measured>,
    },
    /// None, and why.
    NotAssessed {
        /// Key of the reason (`assets/i18n/*/ui.not-assessed.json`).
        reason: String,
    },
}

/// One class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassRow {
    /// Key.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// 0–1.
    pub probability: f32,
    /// Lower and upper operating point.
    pub lower: Option<f32>,
    /// Upper one.
    pub upper: Option<f32>,
    /// Against them.
    pub band: Option<Band>,
}

/// Against the operating points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below the lower one.
    Below,
    /// Between them.
    Indeterminate,
    /// Above the upper one.
    Above,
}

/// The doctor's judgement of what the model said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Agrees.
    pub agrees: bool,
    /// Shown name of the corrected class.
    pub class: Option<String>,
    /// What was said with it.
    pub comment: Phi<String>,
    /// By whom.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

/// A clinician.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Account.
    pub id: UserId,
    /// Name.
    pub name: String,
}

/// One signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// What the report became by it.
    pub becomes: State,
}

/// Something added after the report was final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addendum {
    /// `Appended`: added; `Amended`: corrected; `EnteredInError`: withdrawn.
    pub kind: State,
    /// Why, for a correction and a withdrawal.
    pub reason: Phi<String>,
    /// What.
    pub text: Phi<String>,
    /// Who.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

/// Where the journal stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHead {
    /// Number of its newest row.
    pub number: i64,
    /// That row's hash (hex).
    pub hash: String,
}

/// The samples of a figure, as shown: 8-bit grey or RGB, row after row.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// 1 (grey) or 3 (RGB) samples a pixel.
    pub samples: u8,
    /// `width × height × samples` bytes.
    pub bytes: Vec<u8>,
}

impl Picture {
    /// SHA-256 (hex) over `medibridge picture v1`, width, height (4 bytes each, little-endian),
    /// samples (1 byte) and the bytes.
    pub fn sha256(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(b"medibridge picture v1");
        hash.update(self.width.to_le_bytes());
        hash.update(self.height.to_le_bytes());
        hash.update([self.samples]);
        hash.update(&self.bytes);
        hex::encode(hash.finalize())
    }
}
