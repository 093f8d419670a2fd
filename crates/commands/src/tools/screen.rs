//! Batch screening: a line for each file, in order of finish.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use imaging::{Limits, Map, Palette, Picture, RenderOptions};
use reading::{Answer, BatchOptions, Outcome, Screened, Shelf};
use serde::Serialize;

use crate::error::{CommandError, ErrorView, view_of};

/// How to screen.
#[derive(Clone, Debug)]
pub struct ScreenOptions {
    /// Files, folders and ZIP archives.
    pub paths: Vec<PathBuf>,
    /// A pack by name; none for the packs that are on by default.
    pub model: Option<String>,
    /// Where overlays are written, a PNG for each class; none for no overlays.
    pub maps: Option<PathBuf>,
    /// Model packs, a folder each.
    pub models_dir: PathBuf,
    /// The ONNX Runtime shared library, an absolute path.
    pub onnx_library: PathBuf,
    /// Worker threads; 0 for one a core.
    pub workers: usize,
}

/// One file.
#[derive(Debug, Serialize)]
pub struct ScreenLine {
    /// As it was found.
    pub file: String,
    /// What the gate saw.
    pub kind: Option<&'static str>,
    /// Whether there are probabilities.
    pub assessed: bool,
    /// Why not.
    pub reason: Option<&'static str>,
    /// By which model.
    pub model: Option<ModelLine>,
    /// Calibrated probabilities by label.
    pub probabilities: BTreeMap<String, f32>,
    /// 0–1.
    pub urgency: Option<f32>,
    /// Of a model that measures; a file on its own has outlines and areas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<MeasuredLine>,
    /// Milliseconds.
    pub ms: MillisLine,
    /// The file cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
}

/// Which model, exactly.
#[derive(Debug, Serialize)]
pub struct ModelLine {
    /// Pack.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the model file, hex.
    pub sha256: String,
}

/// What was measured.
#[derive(Debug, Serialize)]
pub struct MeasuredLine {
    /// Outlines.
    pub contours: usize,
    /// Areas in pixels by part.
    pub areas: BTreeMap<&'static str, f64>,
    /// Areas in square millimetres by part, where the header gives the size of a pixel.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub square_mm: BTreeMap<&'static str, f64>,
    /// Values of the series by key: of a file that holds a whole series.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<::reading::Value>,
    /// Why the series was not measured.
    pub missing: Option<&'static str>,
}

impl MeasuredLine {
    fn of(measured: &::reading::Measured) -> Self {
        let areas = || measured.areas.iter();
        let known = areas().filter_map(|one| Some((one.part.key(), one.square_mm?)));
        Self {
            contours: measured.contours.len(),
            areas: areas().map(|one| (one.part.key(), one.pixels)).collect(),
            square_mm: known.collect(),
            values: measured.values.clone(),
            missing: measured.missing.map(::reading::Missing::key),
        }
    }
}

/// Milliseconds.
#[derive(Debug, Default, Serialize)]
pub struct MillisLine {
    /// Opening, decoding and windowing.
    pub decode: f64,
    /// The model with all maps.
    pub model: f64,
    /// From file to answer.
    pub total: f64,
}

/// The licence notice of a research pack, to be shown before it is used.
pub struct Notice(pub String);

/// Screens files; `tell` is called once a file on this thread.
///
/// # Errors
/// Where no file could be read at all: the runtime or a model is missing or altered, the pack is
/// unknown. A file's own trouble is a line with `error`.
pub fn screen(
    options: &ScreenOptions,
    cancel: &AtomicBool,
    notice: impl FnOnce(Notice),
    mut tell: impl FnMut(ScreenLine),
) -> Result<(), CommandError> {
    onnx::load(&options.onnx_library).map_err(reading::Error::from)?;
    let shelf = Arc::new(Shelf::open(&options.models_dir)?);
    let packs = match &options.model {
        None => shelf.defaults(),
        Some(id) => {
            let card = shelf.pack(id)?.card()?;
            if card.research_only {
                notice(Notice(format!(
                    "{}: {}. Not for: {}",
                    card.name, card.licence, card.not_for
                )));
            }
            vec![id.clone()]
        }
    };
    if let Some(folder) = &options.maps {
        fs::create_dir_all(folder).map_err(imaging::Error::from)?;
    }
    let batch = BatchOptions {
        workers: options.workers,
        packs,
        limits: Limits::default(),
    };
    let found = imaging::gather(&options.paths, &batch.limits, |_| (), cancel);
    reading::batch(&shelf, found, &batch, cancel, |screened| {
        let mut line = line(&screened);
        if let (Some(folder), Ok(outcome)) = (&options.maps, &screened.result)
            && let Err(error) = write_maps(folder, &screened, outcome)
        {
            line.error = Some(error.into());
        }
        tell(line);
    })?;
    Ok(())
}

fn line(screened: &Screened) -> ScreenLine {
    let mut line = ScreenLine {
        file: screened.label.clone(),
        kind: None,
        assessed: false,
        reason: None,
        model: None,
        probabilities: BTreeMap::new(),
        urgency: None,
        measured: None,
        ms: MillisLine::default(),
        error: None,
    };
    match &screened.result {
        Err(error) => line.error = Some(view_of(&**error)),
        Ok(outcome) => {
            line.kind = Some(outcome.gate.kind.key());
            line.model = outcome.model.as_ref().map(|model| ModelLine {
                id: model.id.clone(),
                version: model.version.clone(),
                sha256: model.sha256.clone(),
            });
            line.ms = MillisLine {
                decode: outcome.ms.decode,
                model: outcome.ms.gate + outcome.ms.model,
                total: outcome.ms.total,
            };
            match &outcome.answer {
                Answer::NotAssessed { reason } => line.reason = Some(reason.key()),
                Answer::Assessed(assessed) => {
                    line.assessed = true;
                    line.urgency = assessed.urgency;
                    line.measured = assessed.measured.as_ref().map(MeasuredLine::of);
                    line.probabilities = assessed
                        .findings
                        .iter()
                        .map(|finding| (finding.id.clone(), finding.probability))
                        .collect();
                }
            }
        }
    }
    line
}

/// Writes `FILE.LABEL.png` for every class of an assessed film.
fn write_maps(folder: &Path, screened: &Screened, outcome: &Outcome) -> Result<(), CommandError> {
    let (Answer::Assessed(assessed), Some(path)) = (&outcome.answer, &screened.path) else {
        return Ok(());
    };
    let picture = Picture::open(path, &Limits::default())?;
    let rendered = picture.render(0, &RenderOptions::default())?;
    let name: String = screened
        .label
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '.' {
                c
            } else {
                '_'
            }
        })
        .collect();
    // What follows from a series has no map.
    for finding in assessed.findings.iter().filter(|one| one.map.rows > 0) {
        let map = Map {
            rows: finding.map.rows as usize,
            columns: finding.map.columns as usize,
            values: &finding.map.values,
        };
        let png = imaging::overlay(&rendered, &map, 0.5, Palette::Inferno)?;
        fs::write(folder.join(format!("{name}.{}.png", finding.id)), png)
            .map_err(imaging::Error::from)?;
    }
    Ok(())
}
