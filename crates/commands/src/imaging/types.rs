//! Importing scans and opening one.

use basics::{JobId, MarkId, PatientId, Phi, ScanId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    clinic::{PatientDetails, PatientRow, PatientView, Sex},
    error::ErrorView,
    reading::{ReadingView, Status, VerdictView},
};

/// Imports files, folders and ZIP archives in the background.
#[derive(Debug, Deserialize, TS)]
pub struct ImportRequest {
    /// Absolute paths on this machine.
    pub paths: Vec<String>,
    /// The open patient, whose the files are expected to be.
    pub patient_id: Option<PatientId>,
    /// Made by the caller, so that no event is missed.
    pub job: JobId,
}

/// Names a job.
#[derive(Debug, Deserialize, TS)]
pub struct JobRequest {
    /// Which.
    pub job: JobId,
}

/// Says whose a waiting file is.
#[derive(Debug, Deserialize, TS)]
pub struct AssignRequest {
    /// The import.
    pub job: JobId,
    /// Items to decide at once, by index.
    pub items: Vec<u32>,
    /// Whose they are.
    pub to: Assignment,
}

/// Whose a waiting file is.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Assignment {
    /// This patient's.
    Patient {
        /// Who.
        id: PatientId,
    },
    /// A new patient's.
    NewPatient {
        /// Who.
        details: PatientDetails,
    },
    /// Nobody's: it is not imported.
    Discard,
}

/// An import, as far as it has come. Also the payload of the event `imaging.progress`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImportView {
    /// Which.
    pub job: JobId,
    /// Files seen so far; grows while folders are walked.
    pub found: u32,
    /// Files dealt with.
    pub done: u32,
    /// All files were dealt with, or it was cancelled.
    pub finished: bool,
    /// The person stopped it.
    pub cancelled: bool,
    /// One an item, in order of finish; in an event only the new ones.
    pub items: Vec<ImportItem>,
}

/// One file of an import.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImportItem {
    /// Place in the import.
    pub index: u32,
    /// File name, or path in the archive.
    pub label: Phi<String>,
    /// What became of it.
    pub outcome: ImportOutcome,
}

/// What became of a file.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ImportOutcome {
    /// Kept.
    Stored {
        /// The scan.
        scan_id: ScanId,
        /// Whose.
        patient_id: PatientId,
    },
    /// Was here already.
    Duplicate {
        /// The scan that holds the same bytes.
        scan_id: ScanId,
        /// Whose.
        patient_id: PatientId,
    },
    /// Cannot be read; nothing was kept.
    Refused {
        /// Why.
        problem: ErrorView,
    },
    /// Holds no identity and no patient is open.
    NeedsPatient {
        /// What the file says, if anything.
        identity: Option<IdentityView>,
    },
    /// Names another person than the open patient.
    IdentityDiffers {
        /// What the file says.
        identity: IdentityView,
        /// The open patient.
        open: PatientRow,
    },
    /// Was not imported because the person said so.
    Discarded,
}

/// Who a file says it belongs to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct IdentityView {
    /// Name.
    pub name: Phi<String>,
    /// Patient ID (0010,0020).
    pub id: Phi<String>,
    /// `YYYY-MM-DD`.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
}

/// Names a scan.
#[derive(Debug, Deserialize, TS)]
pub struct ScanRequest {
    /// Which.
    pub id: ScanId,
}

/// A scan in a list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ScanRow {
    /// Id.
    pub id: ScanId,
    /// DICOM modality; `OT` for plain pictures.
    pub modality: String,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// `YYYY-MM-DD` of the study, where the file says so.
    pub study_date: Option<String>,
    /// Frames.
    pub frames: u32,
    /// Where it stands.
    pub status: Status,
    /// When it was imported.
    pub imported: Timestamp,
}

/// A scan, ready for the reading room.
#[derive(Debug, Serialize, TS)]
pub struct ScanView {
    /// Which.
    pub id: ScanId,
    /// Whose.
    pub patient: PatientView,
    /// How to draw it.
    pub pixels: PixelsView,
    /// What the corners say.
    pub facts: ScanFacts,
    /// Windows: the file's own first, then presets for the modality.
    pub windows: Vec<WindowView>,
    /// Edge letters of the unturned image; none where the data gives no orientation.
    pub edges: Option<EdgesView>,
    /// Size of a pixel; none where the file does not say.
    pub spacing: Option<SpacingView>,
    /// Scans of the same study in reading order, this one among them.
    pub siblings: Vec<ScanRow>,
    /// Measurements and notes.
    pub marks: Vec<MarkView>,
    /// Newest first.
    pub readings: Vec<ReadingView>,
    /// Newest first.
    pub verdicts: Vec<VerdictView>,
    /// Packs that may read this scan: id and name, the default first.
    pub models: Vec<ModelOption>,
    /// The clinician's priority.
    pub priority: crate::reading::Priority,
    /// Where it stands.
    pub status: Status,
}

/// A pack that may read a scan.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ModelOption {
    /// Id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Research licence.
    pub research_only: bool,
}

/// How the bytes of a frame are to be understood.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PixelsView {
    /// Rows.
    pub rows: u32,
    /// Columns.
    pub columns: u32,
    /// Frames.
    pub frames: u32,
    /// 1 (grey) or 3 (RGB).
    pub samples: u8,
    /// 8 or 16 bits a sample.
    pub bits: u8,
    /// Two's complement.
    pub signed: bool,
    /// Rescale slope, never 0.
    pub slope: f64,
    /// Rescale intercept.
    pub intercept: f64,
    /// Low values are bright (MONOCHROME1).
    pub inverted: bool,
    /// Unit of the rescaled values, e.g. `HU`.
    pub unit: Option<String>,
    /// Frames a second, for cine.
    pub frame_rate: Option<f64>,
}

/// What the corners of the image say.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct ScanFacts {
    /// `dicom`, `png`, `jpeg` or `tiff`.
    pub format: String,
    /// Modality.
    pub modality: String,
    /// Institution.
    pub institution: Option<Phi<String>>,
    /// Study description.
    pub study_description: Option<Phi<String>>,
    /// Series description.
    pub series_description: Option<Phi<String>>,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// `HH:MM`.
    pub study_time: Option<String>,
    /// Body part.
    pub body_part: Option<String>,
    /// Side, `L` or `R`, as the file says.
    pub laterality: Option<String>,
    /// `PA`, `AP`, `LL` …
    pub view_position: Option<String>,
    /// Instance number.
    pub instance: Option<i32>,
    /// Slice thickness, mm.
    pub slice_thickness: Option<f64>,
    /// Slice location, mm.
    pub slice_location: Option<f64>,
    /// Transfer syntax, in words.
    pub encoding: Option<String>,
}

/// A window.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct WindowView {
    /// The file's own explanation, or the preset's key in the catalogue (`window.<label>`).
    pub label: String,
    /// Where it comes from.
    pub source: WindowSource,
    /// Centre (level), in rescaled units.
    pub centre: f64,
    /// Width, above 0.
    pub width: f64,
}

/// Where a window comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WindowSource {
    /// The file.
    File,
    /// Made from the pixels.
    Auto,
    /// A usual window for the modality.
    Preset,
}

/// Letters at the edges of the unturned image: R, L, A, P, H, F, alone or combined.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EdgesView {
    /// Left edge.
    pub left: String,
    /// Right edge.
    pub right: String,
    /// Top edge.
    pub top: String,
    /// Bottom edge.
    pub bottom: String,
}

/// Size of a pixel in mm.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SpacingView {
    /// Between rows.
    pub row: f64,
    /// Between columns.
    pub column: f64,
    /// Calibrated in the patient, or only at the detector.
    pub source: SpacingSource,
}

/// What a pixel's size refers to (PS3.3 section 10.7.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpacingSource {
    /// In the patient.
    Calibrated,
    /// In the detector's plane: magnified, no true lengths.
    ImagerPlane,
}

/// A tool that leaves a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarkTool {
    /// Two points.
    Length,
    /// Three points, the corner second.
    Angle,
    /// Two corners of the box around it.
    Ellipse,
    /// Two opposite corners.
    Rectangle,
    /// One point and text.
    Note,
}

/// A measurement or note.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MarkView {
    /// Id.
    pub id: MarkId,
    /// Frame, from 0.
    pub frame: u32,
    /// Tool.
    pub tool: MarkTool,
    /// `[column, row]` in pixels of the stored image, the first pixel's corner at 0.
    pub points: Vec<[f64; 2]>,
    /// Text of a note.
    pub text: Phi<String>,
    /// Shown name of who drew it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Keeps a mark; with an `id`, in place of that one.
#[derive(Debug, Deserialize, TS)]
pub struct SaveMarkRequest {
    /// On which scan.
    pub scan_id: ScanId,
    /// The mark it replaces.
    pub replaces: Option<MarkId>,
    /// Frame, from 0.
    pub frame: u32,
    /// Tool.
    pub tool: MarkTool,
    /// Points.
    pub points: Vec<[f64; 2]>,
    /// Text.
    pub text: Phi<String>,
}

/// Takes a mark away (it stays in the history).
#[derive(Debug, Deserialize, TS)]
pub struct RemoveMarkRequest {
    /// Which.
    pub id: MarkId,
}

/// Marks a scan as entered in error: it leaves the lists and stays in the history.
#[derive(Debug, Deserialize, TS)]
pub struct RetractScanRequest {
    /// Which.
    pub id: ScanId,
    /// Why.
    pub reason: String,
}
