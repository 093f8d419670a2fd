//! Lines of text at places on an otherwise empty page: what a film sheet says, in any script.

use basics::Language;
use jiff::civil::Date;
use serde::Serialize;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::{
    REMEMBERED,
    dates::Dates,
    defect,
    fonts::Fonts,
    plain::{Direction, first_letter, printed},
    world::{Paper, Template},
};
use crate::{Error, Result, words};

/// A line: pieces that keep to themselves, each running its own way.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// Left edge, in mm from the page's left.
    pub(crate) x: f64,
    /// Upper edge, in mm from the page's top.
    pub(crate) y: f64,
    /// In mm.
    pub(crate) width: f64,
    /// In points.
    pub(crate) size: f64,
    /// Bold.
    pub(crate) bold: bool,
    /// Where in its width.
    pub(crate) side: Side,
    /// What it says.
    pub(crate) pieces: Vec<String>,
}

/// Where in its width a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    Left,
    Center,
    Right,
}

#[derive(Serialize)]
struct Sheet {
    lang: &'static str,
    width: f64,
    height: f64,
    labels: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    x: f64,
    y: f64,
    width: f64,
    size: f64,
    bold: bool,
    side: Side,
    pieces: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    dir: Direction,
}

/// A PDF of one page of this size (mm) with nothing but these lines on it.
///
/// # Errors
/// [`Error::Layout`] for a defect of the template.
pub(crate) fn labels(
    fonts: &Fonts,
    language: Language,
    [width, height]: [f64; 2],
    labels: &[Label],
) -> Result<Vec<u8>> {
    let piece = |text: &String| Piece {
        text: printed(fonts, text),
        dir: first_letter(text).unwrap_or(Direction::Ltr),
    };
    let shown = labels.iter().map(|label| Shown {
        x: label.x,
        y: label.y,
        width: label.width,
        size: label.size,
        bold: label.bold,
        side: label.side,
        pieces: label.pieces.iter().map(piece).collect(),
    });
    let sheet = Sheet {
        lang: language.tag(),
        width,
        height,
        labels: shown.collect(),
    };
    let data = serde_json::to_vec(&sheet).map_err(|_| Error::Layout { line: 0 })?;
    let paper = Paper::new(fonts, Template::Labels, data, Vec::new());
    let laid = typst::compile::<PagedDocument>(&paper).output;
    let laid = laid.map_err(|errors| defect(&paper, errors.first()))?;
    let options = PdfOptions {
        ident: Smart::Custom("film".into()),
        creator: Smart::Custom(Some("Medibridge".into())),
        tagged: false,
        ..PdfOptions::default()
    };
    let written = typst_pdf::pdf(&laid, &options);
    typst::comemo::evict(REMEMBERED);
    written.map_err(|_| Error::Layout { line: 0 })
}

/// A day, with its month as a word.
pub(crate) fn day(language: Language, date: Date) -> String {
    Dates::new(words(language), 0).day(date)
}
