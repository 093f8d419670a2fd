//! The shape of the stored pixels, checked against the limits and against the file itself.

use dicom_dictionary_std::tags;

use super::{
    Attributes, Compression, Syntax,
    scan::{PixelData, PixelValue},
};
use crate::{Error, Layout, Limits, Photometric, Result};

pub(super) fn layout(
    attributes: &Attributes<'_>,
    pixels: &PixelData,
    syntax: &Syntax,
    limits: &Limits,
) -> Result<Layout> {
    let side = |tag, name| match attributes.integer(tag) {
        Some(side @ 1..=0xFFFF_FFFF) => Ok(side as u32),
        _ => Err(Error::attribute(name)),
    };
    let rows = side(tags::ROWS, "Rows")?;
    let columns = side(tags::COLUMNS, "Columns")?;
    let samples = match attributes.integer(tags::SAMPLES_PER_PIXEL) {
        None => 1,
        Some(samples @ (1 | 3)) => samples as u32,
        Some(_) => return Err(Error::attribute("SamplesPerPixel")),
    };
    let bits_allocated = match pixels.tag {
        tags::FLOAT_PIXEL_DATA => 32,
        tags::DOUBLE_FLOAT_PIXEL_DATA => 64,
        _ => match attributes.integer(tags::BITS_ALLOCATED) {
            Some(bits @ (1 | 8 | 16 | 32 | 64)) => bits as u32,
            _ => return Err(Error::attribute("BitsAllocated")),
        },
    };
    let bits_stored = match attributes.integer(tags::BITS_STORED) {
        None => bits_allocated,
        Some(bits) if bits >= 1 && bits <= i64::from(bits_allocated) => bits as u32,
        Some(_) => return Err(Error::attribute("BitsStored")),
    };
    let frames = match attributes.integer(tags::NUMBER_OF_FRAMES) {
        None | Some(0) => 1,
        Some(frames @ 1..) => frames as u64,
        Some(_) => return Err(Error::attribute("NumberOfFrames")),
    };
    let term = attributes.text(tags::PHOTOMETRIC_INTERPRETATION);
    let photometric = match term.as_deref() {
        None if samples == 1 => Photometric::Monochrome2,
        None => Photometric::Rgb,
        // Markup from outside is not repeated in an error: only well-formed terms are named.
        Some(term) => Photometric::parse(term).ok_or_else(|| {
            let sound = term.len() <= 16
                && term.bytes().all(|b| {
                    b.is_ascii_uppercase() || b == b'_' || b == b' ' || b.is_ascii_digit()
                });
            let term = if sound { term } else { "unknown" };
            Error::unsupported(format!("photometric interpretation {term}"))
        })?,
    };
    let single = photometric.is_grey() || photometric == Photometric::Palette;
    if single != (samples == 1) {
        return Err(Error::attribute("SamplesPerPixel"));
    }
    limits.check(rows, columns, samples, bits_allocated.div_ceil(8), frames)?;
    let layout = Layout {
        rows,
        columns,
        frames: u32::try_from(frames).map_err(|_| Error::attribute("NumberOfFrames"))?,
        samples,
        bits_allocated,
        bits_stored,
        signed: attributes.integer(tags::PIXEL_REPRESENTATION) == Some(1),
        photometric,
    };
    if let PixelValue::Native(range) = &pixels.value {
        if range.is_empty() {
            return Err(if pixels.cut {
                Error::Truncated { part: "pixels" }
            } else {
                Error::NoPixels
            });
        }
        if syntax.compression != Compression::None {
            return Err(Error::Damaged {
                format: "DICOM",
                what: "compressed pixels without fragments",
            });
        }
    }
    Ok(layout)
}
