//! The page: typst lays out a template of ours over one report's data.
//!
//! What a person wrote enters as data (a JSON file that the template reads), never as markup, so that a
//! report that says `#read("/etc/passwd")` prints just that. The page is a function of the document and
//! its pictures alone: no clock, no fonts of the machine.

mod dates;
mod fonts;
mod labels;
mod medicine;
mod plain;
mod view;
mod world;

use std::sync::Arc;

use typst::{
    World, comemo,
    diag::SourceDiagnostic,
    foundations::Smart,
    syntax::{DiagSpan, DiagSpanKind},
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

pub use self::fonts::Fonts;
pub(crate) use self::labels::{Label, Side, day, labels};
pub use self::medicine::{MedicineLabel, medicine_label};
use self::{
    view::View,
    world::{Paper, Template},
};
use crate::{Document, Error, Picture, Result};

/// Layouts that the cache remembers: the page beside the editor changes a word at a time.
const REMEMBERED: usize = 4;

/// A report, laid out.
#[derive(Clone)]
pub struct Pages {
    document: Arc<PagedDocument>,
    /// Names the file among all others: report and revision, no person's data.
    ident: String,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pages({})", self.len())
    }
}

/// Lays a report out. `pictures[i]` belongs to `document.figures[i]` and must have its size and hash.
///
/// Characters that no bundled font has, control characters and bidi overrides are shown as `‹U+202E›`.
///
/// # Errors
/// [`Error::PictureDiffers`]; [`Error::Layout`] for a defect of the template.
pub fn typeset(fonts: &Fonts, document: &Document, pictures: &[Picture]) -> Result<Pages> {
    for (figure, named) in document.figures.iter().enumerate() {
        let differs = Error::PictureDiffers { figure };
        let Some(picture) = pictures.get(figure) else {
            return Err(differs);
        };
        let size = [picture.width, picture.height, picture.samples.into()];
        let bytes = size
            .iter()
            .try_fold(1_usize, |all, n| all.checked_mul(*n as usize));
        let sound = matches!(picture.samples, 1 | 3)
            && bytes == Some(picture.bytes.len())
            && (picture.width, picture.height) == (named.width, named.height)
            && picture.sha256() == named.pixels_sha256;
        if !sound {
            return Err(differs);
        }
    }
    let view = View::new(fonts, document, pictures);
    let data = serde_json::to_vec(&view).map_err(|_| Error::Layout { line: 0 })?;
    let pictures = pictures.iter().take(document.figures.len());
    let paper = Paper::new(
        fonts,
        Template::Report,
        data,
        pictures.map(|picture| picture.bytes.clone()).collect(),
    );
    let laid = typst::compile::<PagedDocument>(&paper).output;
    comemo::evict(REMEMBERED);
    let document = match laid {
        Ok(pages) => Pages {
            document: Arc::new(pages),
            ident: format!("{} {}", document.report, document.revision),
        },
        Err(errors) => return Err(defect(&paper, errors.first())),
    };
    Ok(document)
}

/// Empties the layout's cache, which holds text of the reports that were laid out last. To be called
/// when a person signs out or locks.
pub fn forget() {
    comemo::evict(0);
}

impl Pages {
    /// How many pages; at least one.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.document.pages().len()
    }

    /// A page, from 0, as an SVG image: glyphs as outlines, pictures inside it; no script, no link.
    pub fn svg(&self, page: usize) -> Option<String> {
        let page = self.document.pages().get(page)?;
        Some(typst_svg::svg(page, &typst_svg::SvgOptions::default()))
    }

    /// The pages as a tagged PDF, the same bytes for the same document. Its title is the report's
    /// number; it names no person and no time.
    ///
    /// # Errors
    /// [`Error::Layout`] for a defect of the template.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let options = PdfOptions {
            ident: Smart::Custom(self.ident.clone()),
            creator: Smart::Custom(Some("Medibridge".into())),
            ..PdfOptions::default()
        };
        let written = typst_pdf::pdf(&self.document, &options);
        comemo::evict(REMEMBERED);
        written.map_err(|_| Error::Layout { line: 0 })
    }
}

/// Where in the template it went wrong. The message itself may quote the report and is dropped.
fn defect(paper: &Paper<'_>, error: Option<&SourceDiagnostic>) -> Error {
    let line = error.and_then(|error| line(paper, error.span)).unwrap_or(0);
    Error::Layout { line }
}

fn line(paper: &Paper<'_>, span: DiagSpan) -> Option<usize> {
    let DiagSpanKind::Number { id, num, sub_range } = span.get() else {
        return None;
    };
    let source = paper.source(id).ok()?;
    let place = source.range(num, sub_range)?.start;
    Some(source.lines().byte_to_line(place)? + 1)
}

#[cfg(test)]
mod tests;
