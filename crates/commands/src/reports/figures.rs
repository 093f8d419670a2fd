//! The pictures of a report: the frame as it is first shown, and the map of one class over it. They are
//! drawn again whenever they are needed and checked by their hash, so that the record keeps them once.

use ::imaging::{Limits, Map, Palette, Picture as Opened, RenderOptions, Rendered, orientation};
use ::reports::{AiAnswer, DicomRef, Document, Figure, FigureKind, Picture};
use basics::{ReadingId, ScanId};
use sha2::{Digest, Sha256};

use super::{compose::Desk, content::Draft};
use crate::error::CommandError;

/// The longer side in pixels: about 220 dots an inch where two pictures stand side by side on A4.
pub(super) const SIDE: u32 = 768;

/// Drawn pictures that are kept, so that typing does not draw anew.
const KEPT: usize = 8;

/// What to draw. Equal wishes give equal pixels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    scan: ScanId,
    frame: u32,
    side: u32,
    map: Option<WantedMap>,
}

/// Which map, and how.
#[derive(Clone, Debug, PartialEq)]
struct WantedMap {
    reading: ReadingId,
    class: usize,
    name: String,
    opacity: f32,
    palette: String,
}

/// A picture with what the document says of it.
pub(crate) type Drawn = (Figure, Picture);

/// The figures that a draft asks for.
pub(super) fn of_draft(
    desk: &Desk<'_>,
    scan: ScanId,
    draft: &Draft,
    reading: Option<&::clinic::Reading>,
) -> Result<Vec<Drawn>, CommandError> {
    let picture = Wanted {
        scan,
        frame: draft.frame,
        side: SIDE,
        map: None,
    };
    let map = draft
        .content
        .map
        .as_ref()
        .zip(reading.filter(|_| draft.content.include_ai))
        .and_then(|(choice, reading)| {
            let ::clinic::Answer::Assessed { classes, .. } = &reading.answer else {
                return None;
            };
            // A measuring model has classes and no maps.
            reading.grid?;
            let class = classes.iter().position(|class| class.id == choice.class)?;
            Some(Wanted {
                // The map belongs to the frame that the model saw.
                frame: reading.frame,
                map: Some(WantedMap {
                    reading: reading.id,
                    class,
                    name: classes[class].name.clone(),
                    opacity: f32::from(choice.opacity.min(100)) / 100.0,
                    palette: choice.palette.key().into(),
                }),
                ..picture.clone()
            })
        });
    let wanted = draft
        .content
        .include_scan
        .then_some(picture)
        .into_iter()
        .chain(map);
    wanted.map(|wanted| draw(desk, wanted)).collect()
}

/// The pictures of a signed document, drawn again; whoever lays them out checks their hashes.
pub(super) fn of_document(
    desk: &Desk<'_>,
    document: &Document,
) -> Result<Vec<Picture>, CommandError> {
    document
        .figures
        .iter()
        .map(|figure| {
            let map = match &figure.kind {
                FigureKind::Scan => None,
                FigureKind::Map {
                    class,
                    opacity,
                    palette,
                    ..
                } => Some(again(document, class, *opacity, palette)?),
            };
            let wanted = Wanted {
                scan: figure.scan,
                frame: figure.frame,
                side: figure.width.max(figure.height),
                map,
            };
            Ok(draw(desk, wanted)?.1)
        })
        .collect()
}

fn again(
    document: &Document,
    class: &str,
    opacity: f32,
    palette: &str,
) -> Result<WantedMap, CommandError> {
    let missing = CommandError::NotFound { what: "map" };
    let ai = document.ai.as_ref().ok_or(missing)?;
    let place = match &ai.answer {
        AiAnswer::Assessed { classes, .. } => classes.iter().position(|row| row.name == class),
        AiAnswer::NotAssessed { .. } => None,
    };
    Ok(WantedMap {
        reading: ai.reading,
        class: place.ok_or(CommandError::NotFound { what: "map" })?,
        name: class.into(),
        opacity,
        palette: palette.into(),
    })
}

fn draw(desk: &Desk<'_>, wanted: Wanted) -> Result<Drawn, CommandError> {
    if let Some(kept) = desk.inner.previews.drawn(&wanted) {
        // Asked each time, so that a restriction takes effect at once.
        desk.clinic.scan(&desk.scans, wanted.scan)?;
        return Ok(kept);
    }
    let file = desk.clinic.read_file(&desk.scans, wanted.scan)?;
    let file_sha256 = hex::encode(Sha256::digest(file.as_slice()));
    let opened = Opened::from_bytes(file.to_vec(), &Limits::default())?;
    let options = RenderOptions {
        size: Some(wanted.side),
        ..RenderOptions::default()
    };
    let plain = opened.render(wanted.frame, &options)?;
    let (shown, kind) = match &wanted.map {
        None => (plain, FigureKind::Scan),
        Some(map) => over(desk, &plain, map)?,
    };
    let picture = Picture {
        width: shown.columns,
        height: shown.rows,
        samples: if shown.samples == 1 { 1 } else { 3 },
        bytes: shown.bytes,
    };
    let header = opened.header();
    let uids = (&header.sop_class, &header.sop_uid, &header.series_uid);
    let figure = Figure {
        kind,
        scan: wanted.scan,
        file_sha256,
        frame: wanted.frame,
        dicom: match uids {
            (Some(class), Some(instance), Some(series)) => Some(DicomRef {
                class_uid: class.clone(),
                instance_uid: instance.clone(),
                series_uid: series.clone(),
            }),
            _ => None,
        },
        width: picture.width,
        height: picture.height,
        pixels_sha256: picture.sha256(),
        edges: orientation::edges(header)
            .map(|edges| [edges.left, edges.right, edges.top, edges.bottom]),
    };
    let drawn = (figure, picture);
    desk.inner.previews.keep_drawn(wanted, &drawn, KEPT);
    Ok(drawn)
}

/// The picture under the map of one class.
fn over(
    desk: &Desk<'_>,
    plain: &Rendered,
    wanted: &WantedMap,
) -> Result<(Rendered, FigureKind), CommandError> {
    let missing = CommandError::NotFound { what: "map" };
    let maps = desk.clinic.maps(&desk.maps, wanted.reading)?;
    let maps = maps.ok_or(missing)?;
    let values = maps
        .class(wanted.class)
        .ok_or(CommandError::NotFound { what: "map" })?;
    let map = Map {
        rows: maps.rows as usize,
        columns: maps.columns as usize,
        values,
    };
    let palette = match wanted.palette.as_str() {
        "inferno" => Palette::Inferno,
        _ => Palette::Viridis,
    };
    let drawn = ::imaging::blend(plain, &map, wanted.opacity, palette)?;
    let kind = FigureKind::Map {
        class: wanted.name.clone(),
        opacity: wanted.opacity,
        palette: wanted.palette.clone(),
        grid: [maps.rows, maps.columns],
        empty: values.iter().all(|value| *value <= 0.0),
    };
    Ok((drawn, kind))
}
