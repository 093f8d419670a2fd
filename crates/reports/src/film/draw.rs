//! The sheet itself: images and ruler by printpdf, the page of text laid over it by lopdf.

use lopdf::{Document as Pdf, Object, ObjectId, Stream, dictionary};
use printpdf::{
    Line, LinePoint, Mm, Op, PdfDocument, PdfPage, PdfSaveOptions, Point, Pt, RawImage,
    RawImageData, RawImageFormat, XObjectTransform,
};

use super::{MARGIN, RULER, layout::Placed};
use crate::{Error, Picture, Result};

/// printpdf places an image of so many dots per inch: a dot is a point.
const DOTS: f32 = 72.0;
/// Thickness of the ruler's lines, in points: 0.2 mm.
const THIN: f32 = 0.57;

/// Draws the sheet (`size` in mm) and lays `text`, a PDF of one page, over it.
pub(super) fn draw<'a>(
    size: [f64; 2],
    images: impl Iterator<Item = (&'a Picture, &'a Placed)>,
    text: &[u8],
) -> Result<Vec<u8>> {
    let mut sheet = PdfDocument::new("");
    let mut ops = Vec::new();
    for (picture, placed) in images {
        let id = sheet.add_image(&raw(picture));
        let points = |mm: f64| Pt::from(Mm(mm as f32));
        ops.push(Op::UseXobject {
            id,
            transform: XObjectTransform {
                translate_x: Some(points(placed.x)),
                translate_y: Some(points(size[1] - placed.y - placed.height)),
                scale_x: Some(points(placed.width).0 / picture.width as f32),
                scale_y: Some(points(placed.height).0 / picture.height as f32),
                dpi: Some(DOTS),
                ..XObjectTransform::default()
            },
        });
    }
    ops.extend(ruler());
    let page = PdfPage::new(Mm(size[0] as f32), Mm(size[1] as f32), ops);
    let written = sheet
        .with_pages(vec![page])
        .save(&PdfSaveOptions::default(), &mut Vec::new());
    over(&written, text).map_err(|_| Error::Pdf)
}

fn raw(picture: &Picture) -> RawImage {
    RawImage {
        pixels: RawImageData::U8(picture.bytes.clone()),
        width: picture.width as usize,
        height: picture.height as usize,
        data_format: match picture.samples {
            1 => RawImageFormat::R8,
            _ => RawImageFormat::RGB8,
        },
        tag: Vec::new(),
    }
}

/// A line of 100 mm with a mark at every 10 mm, above the last line of text.
fn ruler() -> Vec<Op> {
    let (left, base) = (MARGIN, MARGIN + 7.0);
    let line = |from: [f64; 2], to: [f64; 2]| Op::DrawLine {
        line: Line {
            points: [from, to]
                .map(|[x, y]| LinePoint {
                    p: Point::new(Mm(x as f32), Mm(y as f32)),
                    bezier: false,
                })
                .to_vec(),
            is_closed: false,
        },
    };
    let marks = (0..=10).map(|n| {
        let x = left + RULER / 10.0 * f64::from(n);
        let tall = if n % 5 == 0 { 5.0 } else { 3.0 };
        line([x, base], [x, base + tall])
    });
    let first = [
        Op::SetOutlineThickness { pt: Pt(THIN) },
        line([left, base], [left + RULER, base]),
    ];
    first.into_iter().chain(marks).collect()
}

/// Lays the one page of `text` over the one page of `sheet`, as a form.
fn over(sheet: &[u8], text: &[u8]) -> lopdf::Result<Vec<u8>> {
    let mut sheet = Pdf::load_mem(sheet)?;
    let mut text = Pdf::load_mem(text)?;
    text.renumber_objects_with(sheet.max_id + 1);
    let (page, below) = (only_page(&text)?, only_page(&sheet)?);
    let from = text.get_dictionary(page)?;
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => from.get(b"MediaBox")?.clone(),
        "Resources" => from.get(b"Resources")?.clone(),
    };
    let mut form = Stream::new(form, text.get_page_content(page));
    form.compress()?;
    sheet.max_id = text.max_id;
    sheet.objects.append(&mut text.objects);
    let form = sheet.add_object(form);
    let (own, _) = sheet.get_page_resources(below)?;
    let mut resources = match own {
        Some(resources) => resources.clone(),
        None => sheet
            .get_dictionary(below)?
            .get_deref(b"Resources", &sheet)?
            .as_dict()?
            .clone(),
    };
    let mut forms = resources
        .get_deref(b"XObject", &sheet)
        .and_then(Object::as_dict)
        .cloned()
        .unwrap_or_default();
    forms.set("Text", form);
    resources.set("XObject", forms);
    sheet.get_dictionary_mut(below)?.set("Resources", resources);
    sheet.add_page_contents(below, b"q /Text Do Q".to_vec())?;
    // No name of a patient, no time: printpdf writes both kinds of metadata.
    sheet.trailer.remove(b"Info");
    sheet.catalog_mut()?.remove(b"Metadata");
    sheet.prune_objects();
    let mut out = Vec::new();
    sheet.save_to(&mut out)?;
    Ok(out)
}

fn only_page(pdf: &Pdf) -> lopdf::Result<ObjectId> {
    let page = pdf.page_iter().next();
    page.ok_or(lopdf::Error::PageNumberNotFound(1))
}
