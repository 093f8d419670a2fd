//! Film sheets: images printed at their true size, with a ruler to check it by.
//!
//! printpdf places the images, in millimetres; typst sets the text, because printpdf cannot shape the
//! scripts that names are written in; lopdf lays the one over the other.

mod draw;
mod layout;

use basics::Language;
use serde::Deserialize;

use crate::{
    Clinic, Error, Exam, Fonts, Patient, Picture, Result,
    typeset::{Label, Side, day, labels},
};

use self::layout::{Placed, place};

/// Images on one sheet at most.
pub const MOST: usize = 6;
/// Free edge around the sheet, in mm: what printers do not reach.
const MARGIN: f64 = 10.0;
/// Height of the lines above the images, in mm.
const HEAD: f64 = 20.0;
/// Height of ruler and remarks below them, in mm.
const FOOT: f64 = 24.0;
/// Length of the ruler, in mm.
const RULER: f64 = 100.0;

/// Size of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 8.5 × 11 in.
    Letter,
    /// 14 × 17 in, the film of a chest.
    Film14x17,
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct FilmSheet<'a> {
    /// Its size.
    pub paper: Paper,
    /// Language of the fixed words.
    pub language: Language,
    /// Who prints it.
    pub clinic: &'a Clinic,
    /// Whose images: two identifiers at least stand on the sheet.
    pub patient: &'a Patient,
    /// What was examined.
    pub exam: &'a Exam,
    /// One to [`MOST`].
    pub images: Vec<FilmImage>,
}

/// One image on a sheet.
#[derive(Clone)]
pub struct FilmImage {
    /// Its samples.
    pub picture: Picture,
    /// Millimetres from pixel to pixel, down and across; `None` where nobody knows: such an image is
    /// fitted to the sheet, which says that its size is not true.
    pub spacing_mm: Option<[f64; 2]>,
    /// Letters at the left, right, top and bottom edge, where the data says.
    pub edges: Option<[String; 4]>,
}

impl std::fmt::Debug for FilmImage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let size = (self.picture.width, self.picture.height);
        write!(f, "FilmImage({size:?}, {:?} mm)", self.spacing_mm)
    }
}

impl Paper {
    /// Width and height in mm.
    pub const fn size_mm(self) -> [f64; 2] {
        match self {
            Self::A4 => [210.0, 297.0],
            Self::A3 => [297.0, 420.0],
            Self::Letter => [215.9, 279.4],
            Self::Film14x17 => [355.6, 431.8],
        }
    }
}

/// Makes a sheet: a PDF of one page. It is not encrypted and names the patient, as film does.
///
/// # Errors
/// [`Error::FilmImages`] for none or too many; [`Error::PictureDiffers`] for an image whose samples are
/// not as many as its size says; [`Error::Layout`], [`Error::Pdf`] for a defect.
pub fn sheet(fonts: &Fonts, sheet: &FilmSheet<'_>) -> Result<Vec<u8>> {
    if sheet.images.is_empty() || sheet.images.len() > MOST {
        return Err(Error::FilmImages { most: MOST });
    }
    for (figure, image) in sheet.images.iter().enumerate() {
        let picture = &image.picture;
        let samples = u64::from(picture.width) * u64::from(picture.height);
        let bytes = samples * u64::from(picture.samples);
        let sound = samples > 0 && matches!(picture.samples, 1 | 3);
        if !sound || bytes != picture.bytes.len() as u64 {
            return Err(Error::PictureDiffers { figure });
        }
    }
    let size = sheet.paper.size_mm();
    let placed = place(size, &sheet.images);
    let text = labels(fonts, sheet.language, size, &lines(sheet, size, &placed)?)?;
    let images = sheet.images.iter().map(|image| &image.picture);
    draw::draw(size, images.zip(&placed), &text)
}

/// Fixed words of a sheet (`assets/i18n/<language>/film.json`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    true_size: String,
    scaled: String,
    unknown: String,
    not_for_diagnosis: String,
    check: String,
}

fn words(language: Language) -> Result<Words> {
    macro_rules! film {
        ($($language:ident $tag:literal),*) => {
            match language {
                $(Language::$language => {
                    include_str!(concat!("../../../../assets/i18n/", $tag, "/film.json"))
                })*
            }
        };
    }
    let text = film!(
        Ar "ar", De "de", En "en", Es "es", Fr "fr", Hi "hi", Ja "ja", Pt "pt", Ru "ru", Te "te", Zh "zh"
    );
    serde_json::from_str(text).map_err(|_| Error::Layout { line: 0 })
}

/// Everything that the sheet says.
fn lines(
    sheet: &FilmSheet<'_>,
    [width, height]: [f64; 2],
    placed: &[Placed],
) -> Result<Vec<Label>> {
    let words = words(sheet.language)?;
    let (patient, exam) = (sheet.patient, sheet.exam);
    let line = |y, size, bold, pieces: Vec<Option<String>>| Label {
        x: MARGIN,
        y,
        width: width - 2.0 * MARGIN,
        size,
        bold,
        side: Side::Left,
        pieces: pieces
            .into_iter()
            .flatten()
            .filter(|p| !p.is_empty())
            .collect(),
    };
    let who = vec![
        Some(patient.name.expose().clone()),
        patient
            .birth_date
            .as_ref()
            .map(|born| birth(sheet.language, born.expose())),
        Some(patient.number.expose().clone()),
        patient.external_id.as_ref().map(|id| id.expose().clone()),
    ];
    let what = vec![
        Some(exam.title.expose().clone()),
        exam.date.map(|date| day(sheet.language, date)),
        exam.accession
            .as_ref()
            .map(|accession| accession.expose().clone()),
    ];
    let clinic = vec![Some(sheet.clinic.name.clone())];
    let remark = vec![Some(words.not_for_diagnosis), Some(words.check)];
    let mut lines = vec![
        line(MARGIN, 12.0, true, who),
        line(MARGIN + 6.5, 9.5, false, what),
        line(MARGIN + 12.0, 8.0, false, clinic),
        line(height - MARGIN - 5.0, 8.0, false, remark),
        Label {
            x: MARGIN + RULER + 2.0,
            ..line(
                height - MARGIN - 11.0,
                8.0,
                true,
                vec![Some("100 mm".into())],
            )
        },
    ];
    for (image, place) in sheet.images.iter().zip(placed) {
        let size = match place.scale {
            Some(scale) if scale >= 1.0 => words.true_size.clone(),
            Some(scale) => words
                .scaled
                .replace("{percent}", &format!("{:.1}", below(scale))),
            None => words.unknown.clone(),
        };
        lines.push(Label {
            x: place.x,
            width: place.width.max(60.0).min(width - MARGIN - place.x),
            ..line(place.y + place.height + 5.5, 8.0, true, vec![Some(size)])
        });
        lines.extend(image.edges.iter().flat_map(|edges| letters(edges, place)));
    }
    Ok(lines)
}

/// Percent with one figure, never rounded up to 100.
fn below(scale: f64) -> f64 {
    (scale * 1000.0).floor() / 10.0
}

/// A birth date as it is shown; what is no date stays as it was written.
fn birth(language: Language, written: &str) -> String {
    let date = written.parse::<jiff::civil::Date>();
    date.map_or_else(|_| written.to_owned(), |date| day(language, date))
}

/// The letters beside the image, not on it.
fn letters([left, right, top, bottom]: &[String; 4], place: &Placed) -> Vec<Label> {
    let middle = place.y + place.height / 2.0 - 2.0;
    let label = |x, y, width, side, text: &String| Label {
        x,
        y,
        width,
        size: 11.0,
        bold: true,
        side,
        pieces: vec![text.clone()],
    };
    let all = [
        label(place.x - 6.0, middle, 5.0, Side::Right, left),
        label(place.x + place.width + 1.0, middle, 5.0, Side::Left, right),
        label(place.x, place.y - 5.0, place.width, Side::Center, top),
        label(
            place.x,
            place.y + place.height + 1.0,
            place.width,
            Side::Center,
            bottom,
        ),
    ];
    all.into_iter()
        .filter(|label| !label.pieces[0].is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
