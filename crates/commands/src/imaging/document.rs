//! What is kept of a scan beside its sealed bytes, so that lists and the reading room need not
//! decode the file again.

use ::imaging::{Header, Picture, RenderOptions, Voi, orientation, presets};
use base64::{Engine, engine::general_purpose::STANDARD};
use basics::Phi;
use serde::{Deserialize, Serialize};

use super::{
    EdgesView, IdentityView, PixelsView, ScanFacts, SpacingSource, SpacingView, WindowSource,
    WindowView,
};
use crate::clinic::Sex;

/// Rises when a field changes its meaning.
const VERSION: u32 = 1;

/// A scan's header as the record keeps it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Document {
    version: u32,
    pub(crate) pixels: PixelsView,
    pub(crate) facts: ScanFacts,
    pub(crate) windows: Vec<WindowView>,
    pub(crate) edges: Option<EdgesView>,
    pub(crate) spacing: Option<SpacingView>,
    /// PNG, at most [`THUMBNAIL`] pixels long, in Base64.
    pub(crate) thumbnail: String,
}

/// The long side of a list's thumbnail at twice its size on screen.
const THUMBNAIL: u32 = 128;

impl Document {
    /// Decodes the first frame and describes the picture.
    pub(crate) fn of(picture: &Picture) -> ::imaging::Result<Self> {
        let header = picture.header();
        let shown = picture.shown(0)?;
        let format = shown.frame.format;
        let small = RenderOptions {
            size: Some(THUMBNAIL),
            ..RenderOptions::default()
        };
        let thumbnail = shown.render(&small)?.png()?;
        Ok(Self {
            version: VERSION,
            pixels: PixelsView {
                rows: format.rows,
                columns: format.columns,
                frames: header.layout.frames.max(1),
                samples: if format.samples == 1 { 1 } else { 3 },
                bits: if format.bits == 16 { 16 } else { 8 },
                signed: format.signed,
                slope: format.slope,
                intercept: format.intercept,
                inverted: format.photometric == ::imaging::Photometric::Monochrome1,
                unit: (header.modality.as_deref() == Some("CT")).then(|| "HU".into()),
                frame_rate: header
                    .frame_time_ms
                    .filter(|&ms| ms > 0.0)
                    .map(|ms| (1000.0 / ms).clamp(1.0, 60.0)),
            },
            facts: facts(header),
            windows: if format.samples == 1 {
                windows(header, &shown.voi)
            } else {
                Vec::new()
            },
            edges: orientation::edges(header).map(|edges| EdgesView {
                left: edges.left,
                right: edges.right,
                top: edges.top,
                bottom: edges.bottom,
            }),
            spacing: header.spacing.map(|spacing| SpacingView {
                row: spacing.row,
                column: spacing.column,
                source: match spacing.source {
                    ::imaging::SpacingSource::Calibrated => SpacingSource::Calibrated,
                    ::imaging::SpacingSource::ImagerPlane => SpacingSource::ImagerPlane,
                },
            }),
            thumbnail: STANDARD.encode(thumbnail),
        })
    }
}

/// Who a file says it belongs to; none where it names nobody.
pub(crate) fn identity(header: &Header) -> Option<IdentityView> {
    let identity = header.identity.as_ref()?;
    if identity.name.expose().trim().is_empty() && identity.id.expose().trim().is_empty() {
        return None;
    }
    Some(IdentityView {
        name: Phi::new(printable(identity.name.expose())),
        id: Phi::new(printable(identity.id.expose())),
        birth_date: identity.birth_date.clone(),
        sex: match identity.sex.as_ref().map(|sex| sex.expose().as_str()) {
            Some("F") => Sex::Female,
            Some("M") => Sex::Male,
            Some("O") => Sex::Other,
            _ => Sex::Unknown,
        },
    })
}

/// The file's own windows first; then the one made from the pixels; then the modality's usual ones.
fn windows(header: &Header, first: &Voi) -> Vec<WindowView> {
    // A window of no width is none: then the first one was made from the pixels.
    let own = matches!(first, Voi::Table(_));
    let mut windows: Vec<WindowView> = header
        .windows
        .iter()
        .filter(|window| window.width > 0.0 && window.centre.is_finite())
        .map(|window| WindowView {
            label: window
                .explanation
                .as_deref()
                .map(printable)
                .unwrap_or_default(),
            source: WindowSource::File,
            centre: window.centre,
            width: window.width,
        })
        .collect();
    if windows.is_empty() {
        let window = first.window();
        windows.push(WindowView {
            label: String::new(),
            source: if own {
                WindowSource::File
            } else {
                WindowSource::Auto
            },
            centre: window.centre,
            width: window.width.max(f64::EPSILON),
        });
    }
    let usual = presets::for_modality(header.modality.as_deref().unwrap_or_default());
    windows.extend(usual.iter().map(|preset| WindowView {
        label: preset.id.into(),
        source: WindowSource::Preset,
        centre: preset.centre,
        width: preset.width,
    }));
    windows
}

fn facts(header: &Header) -> ScanFacts {
    let phi = |text: &Option<String>| text.as_deref().map(printable).map(Phi::new);
    ScanFacts {
        format: format!("{:?}", header.format).to_lowercase(),
        modality: modality(header),
        institution: phi(&header.institution),
        study_description: phi(&header.study_description),
        series_description: phi(&header.series_description),
        study_date: header.study_date.clone(),
        study_time: header
            .study_time
            .as_ref()
            .map(|time| time.chars().take(5).collect()),
        body_part: header.body_part.as_deref().map(printable),
        laterality: header.laterality.as_deref().map(printable),
        view_position: header.view_position.as_deref().map(printable),
        instance: header
            .instance_number
            .and_then(|number| i32::try_from(number).ok()),
        slice_thickness: header.slice_thickness,
        slice_location: header.slice_position,
        encoding: header
            .transfer_syntax
            .as_ref()
            .map(|syntax| syntax.name.to_string()),
    }
}

/// The DICOM modality; `OT` for plain pictures.
pub(crate) fn modality(header: &Header) -> String {
    header
        .modality
        .as_deref()
        .map(|modality| modality.trim().to_ascii_uppercase())
        .filter(|modality| (2..=16).contains(&modality.len()))
        .filter(|modality| modality.chars().all(|c| c.is_ascii_alphanumeric()))
        .unwrap_or_else(|| "OT".into())
}

/// A scan's description for lists: the series', else the study's.
pub(crate) fn description(header: &Header) -> Option<Phi<String>> {
    let text = header
        .series_description
        .as_ref()
        .or(header.study_description.as_ref())?;
    let text = printable(text);
    (!text.is_empty()).then(|| Phi::new(text))
}

/// A header's short text without control and bidirectional format characters, at most 200 long: it
/// stands in overlays and rows, where such characters could make it read as something else. The
/// file itself stays as it is.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(200)
        .collect::<String>()
        .trim()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_header_cannot_turn_around_what_follows() {
        assert_eq!(printable(" CHEST\u{202e}AP\u{0} "), "CHESTAP");
        assert_eq!(printable(&"x".repeat(500)).len(), 200);
    }
}
