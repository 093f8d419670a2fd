//! What a file says about itself, before any pixel is decoded.

use basics::Phi;
use serde::Serialize;

/// The file format, found by content and never by extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// DICOM PS3.10 file, or a bare data set.
    Dicom,
    /// Portable Network Graphics.
    Png,
    /// JPEG interchange file.
    Jpeg,
    /// Tagged Image File Format.
    Tiff,
}

/// A DICOM transfer syntax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TransferSyntax {
    /// Its UID.
    pub uid: String,
    /// Its name in PS3.6, or `unknown`.
    pub name: &'static str,
}

/// How the samples of a pixel are to be understood (PS3.3 C.7.6.3.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Photometric {
    /// Small values are white.
    #[serde(rename = "MONOCHROME1")]
    Monochrome1,
    /// Small values are black.
    #[serde(rename = "MONOCHROME2")]
    Monochrome2,
    /// Indices into a colour table.
    #[serde(rename = "PALETTE COLOR")]
    Palette,
    /// Red, green, blue.
    #[serde(rename = "RGB")]
    Rgb,
    /// Luminance and chrominance at full resolution.
    #[serde(rename = "YBR_FULL")]
    YbrFull,
    /// Chrominance at half horizontal resolution.
    #[serde(rename = "YBR_FULL_422")]
    YbrFull422,
    /// JPEG 2000 reversible transform.
    #[serde(rename = "YBR_RCT")]
    YbrRct,
    /// JPEG 2000 irreversible transform.
    #[serde(rename = "YBR_ICT")]
    YbrIct,
}

impl Photometric {
    /// The defined term of PS3.3.
    pub fn term(self) -> &'static str {
        match self {
            Self::Monochrome1 => "MONOCHROME1",
            Self::Monochrome2 => "MONOCHROME2",
            Self::Palette => "PALETTE COLOR",
            Self::Rgb => "RGB",
            Self::YbrFull => "YBR_FULL",
            Self::YbrFull422 => "YBR_FULL_422",
            Self::YbrRct => "YBR_RCT",
            Self::YbrIct => "YBR_ICT",
        }
    }
    /// Whether it is one grey sample a pixel.
    pub fn is_grey(self) -> bool {
        matches!(self, Self::Monochrome1 | Self::Monochrome2)
    }
    pub(crate) fn parse(term: &str) -> Option<Self> {
        Some(match term {
            "MONOCHROME1" => Self::Monochrome1,
            "MONOCHROME2" => Self::Monochrome2,
            "PALETTE COLOR" => Self::Palette,
            "RGB" => Self::Rgb,
            "YBR_FULL" => Self::YbrFull,
            "YBR_FULL_422" => Self::YbrFull422,
            "YBR_RCT" => Self::YbrRct,
            "YBR_ICT" => Self::YbrIct,
            _ => return None,
        })
    }
}

/// The shape of the stored pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// Height in pixels.
    pub rows: u32,
    /// Width in pixels.
    pub columns: u32,
    /// Frames in the file.
    pub frames: u32,
    /// Samples per pixel: 1 or 3.
    pub samples: u32,
    /// Bits that a sample takes in the file: 1, 8, 16, 32 or 64.
    pub bits_allocated: u32,
    /// Bits of them that carry the value.
    pub bits_stored: u32,
    /// Whether values are two's complement.
    pub signed: bool,
    /// As the file says; see [`crate::StoredFrame::photometric`] for what was decoded.
    pub photometric: Photometric,
}

/// Who the picture says it shows. Text is data from outside: it may hold control, bidirectional or
/// markup characters and is only ever shown as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// `Family, Given Middle` of the first non-empty component group; empty if none.
    pub name: Phi<String>,
    /// PatientID; empty if none.
    pub id: Phi<String>,
    /// `YYYY-MM-DD`, if it is a real date.
    pub birth_date: Option<Phi<String>>,
    /// `M`, `F` or `O`.
    pub sex: Option<Phi<String>>,
}

/// Where the distance between pixels was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SpacingSource {
    /// In the patient: PixelSpacing of a cross-sectional image, or calibrated.
    Calibrated,
    /// At the detector of a projection radiograph: larger than in the patient by the magnification.
    ImagerPlane,
}

/// Millimetres between pixel centres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spacing {
    /// Between rows (vertical).
    pub row: f64,
    /// Between columns (horizontal).
    pub column: f64,
    /// Where it was measured.
    pub source: SpacingSource,
}

/// A window that the file offers, in units after the modality LUT.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WindowPreset {
    /// Window Center.
    pub centre: f64,
    /// Window Width.
    pub width: f64,
    /// Window Center & Width Explanation.
    pub explanation: Option<String>,
}

/// What a file says about itself. Everything but [`Header::layout`] may be missing.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    /// By content.
    pub format: Format,
    /// DICOM only.
    pub transfer_syntax: Option<TransferSyntax>,
    /// Modality, e.g. `DX`.
    pub modality: Option<String>,
    /// SOP Class UID.
    pub sop_class: Option<String>,
    /// DICOM only; `None` if the file names nobody.
    pub identity: Option<Identity>,
    /// Study Instance UID.
    pub study_uid: Option<String>,
    /// Series Instance UID.
    pub series_uid: Option<String>,
    /// SOP Instance UID.
    pub sop_uid: Option<String>,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// `HH:MM:SS`, local to the scanner.
    pub study_time: Option<String>,
    /// Study Description.
    pub study_description: Option<String>,
    /// Series Description.
    pub series_description: Option<String>,
    /// Institution Name.
    pub institution: Option<String>,
    /// Body Part Examined.
    pub body_part: Option<String>,
    /// `L`, `R` or `B`: Image Laterality, else Laterality.
    pub laterality: Option<String>,
    /// View Position, e.g. `PA`.
    pub view_position: Option<String>,
    /// Patient Orientation: direction of the rows, of the columns.
    pub patient_orientation: Option<[String; 2]>,
    /// Image Orientation (Patient): row cosines x y z, column cosines x y z.
    pub image_orientation: Option<[f64; 6]>,
    /// Image Position (Patient), mm.
    pub image_position: Option<[f64; 3]>,
    /// Series Number.
    pub series_number: Option<i64>,
    /// Instance Number.
    pub instance_number: Option<i64>,
    /// mm.
    pub slice_thickness: Option<f64>,
    /// Slice Location, mm.
    pub slice_position: Option<f64>,
    /// Where none is given, lengths are in pixels.
    pub spacing: Option<Spacing>,
    /// In the file's order.
    pub windows: Vec<WindowPreset>,
    /// Whether the file has a VOI LUT Sequence.
    pub has_voi_lut: bool,
    /// Time between frames of a cine loop, ms.
    pub frame_time_ms: Option<f64>,
    /// Whether it says that identity is burned into the pixels; `None` if it does not say.
    pub burned_in_annotation: Option<bool>,
    /// `FOR PRESENTATION` or `FOR PROCESSING`.
    pub presentation_intent: Option<String>,
    /// The shape of the stored pixels.
    pub layout: Layout,
}

impl Header {
    /// A header that says nothing but its shape.
    pub(crate) fn bare(format: Format, layout: Layout) -> Self {
        Self {
            format,
            transfer_syntax: None,
            modality: None,
            sop_class: None,
            identity: None,
            study_uid: None,
            series_uid: None,
            sop_uid: None,
            study_date: None,
            study_time: None,
            study_description: None,
            series_description: None,
            institution: None,
            body_part: None,
            laterality: None,
            view_position: None,
            patient_orientation: None,
            image_orientation: None,
            image_position: None,
            series_number: None,
            instance_number: None,
            slice_thickness: None,
            slice_position: None,
            spacing: None,
            windows: Vec::new(),
            has_voi_lut: false,
            frame_time_ms: None,
            burned_in_annotation: None,
            presentation_intent: None,
            layout,
        }
    }
}
