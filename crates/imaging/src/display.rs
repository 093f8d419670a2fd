//! From stored values to what a display takes: at most 16-bit grey with a rescale, or RGB.

use crate::{
    DisplayFrame, Error, Photometric, PixelFormat, Result, StoredFrame, colour,
    dicom::{Attributes, palette, values},
    lut::{Modality, Table},
};

/// A PNG, JPEG or TIFF picture.
pub(crate) fn raster(stored: StoredFrame) -> DisplayFrame {
    if stored.samples == 3 {
        rgb(stored)
    } else {
        grey(stored, 1.0, 0.0, None)
    }
}

/// Frame `n` of a DICOM file.
pub(crate) fn dicom(stored: StoredFrame, a: &Attributes<'_>, n: u32) -> Result<DisplayFrame> {
    if stored.photometric == Photometric::Palette {
        return palette::rgb(&stored, a);
    }
    if !stored.photometric.is_grey() {
        if stored.samples != 3 || stored.float || stored.bits_allocated > 32 {
            return Err(Error::unsupported("colour of more than 32 bits"));
        }
        return Ok(rgb(stored));
    }
    let mut stored = stored;
    if values::inverse_shape(a) {
        // INVERSE is how a presentation says that small values are white (PS3.3 C.11.6).
        stored.photometric = Photometric::Monochrome1;
    }
    let padding = values::padding(a, stored.signed);
    match values::modality(a, n, stored.signed) {
        Modality::Linear { slope, intercept } if stored.bits_allocated <= 16 => {
            Ok(grey(stored, slope, intercept, padding))
        }
        Modality::Linear { slope, intercept } => Ok(quantised(&stored, slope, intercept)),
        Modality::Table(table) if stored.bits_allocated <= 16 => Ok(mapped(stored, &table)),
        Modality::Table(_) => Err(Error::unsupported("a modality LUT over 32-bit values")),
    }
}

/// RGB of 8 bits: wider samples lose their low bits, YBR is converted.
fn rgb(stored: StoredFrame) -> DisplayFrame {
    let format = format(&stored, 3, 8, false, Photometric::Rgb);
    let shift = stored.bits_stored.saturating_sub(8);
    let mut bytes: Vec<u8> = match stored.bits_allocated {
        8 => stored.bytes,
        16 => {
            let words = stored.bytes.as_chunks::<2>().0.iter();
            words
                .map(|&word| (u16::from_le_bytes(word) >> shift) as u8)
                .collect()
        }
        _ => four(&stored.bytes)
            .map(|word| (u32::from_le_bytes(word) >> shift) as u8)
            .collect(),
    };
    if matches!(
        stored.photometric,
        Photometric::YbrFull | Photometric::YbrFull422
    ) {
        colour::ybr_to_rgb(&mut bytes);
    }
    DisplayFrame { format, bytes }
}

fn grey(
    stored: StoredFrame,
    slope: f64,
    intercept: f64,
    padding: Option<[i32; 2]>,
) -> DisplayFrame {
    let narrow_signed = stored.bits_allocated == 8 && stored.signed;
    let bits = if narrow_signed {
        16
    } else {
        stored.bits_allocated
    };
    let format = PixelFormat {
        slope,
        intercept,
        padding,
        ..format(&stored, 1, bits, stored.signed, stored.photometric)
    };
    let bytes = if narrow_signed {
        stored
            .bytes
            .iter()
            .flat_map(|&b| i16::from(b.cast_signed()).to_le_bytes())
            .collect()
    } else {
        stored.bytes
    };
    DisplayFrame { format, bytes }
}

/// The modality LUT's outputs take the place of the stored values.
fn mapped(stored: StoredFrame, table: &Table) -> DisplayFrame {
    let signed = stored.signed;
    let format = format(&stored, 1, 16, false, stored.photometric);
    let frame = grey(stored, 1.0, 0.0, None);
    let wide = frame.format.bits == 16;
    let size = if wide { 1 << 16 } else { 1 << 8 };
    let outputs: Vec<[u8; 2]> = (0..size)
        .map(|raw: u32| {
            let input = if signed && wide {
                i64::from(raw as u16 as i16)
            } else {
                i64::from(raw)
            };
            table.at(input).to_le_bytes()
        })
        .collect();
    let bytes = if wide {
        let words = frame.bytes.as_chunks::<2>().0.iter();
        words
            .flat_map(|&w| outputs[usize::from(u16::from_le_bytes(w))])
            .collect()
    } else {
        frame
            .bytes
            .iter()
            .flat_map(|&b| outputs[usize::from(b)])
            .collect()
    };
    DisplayFrame { format, bytes }
}

/// 32-bit, 64-bit and floating-point values in 65,536 even steps between their extremes.
fn quantised(stored: &StoredFrame, slope: f64, intercept: f64) -> DisplayFrame {
    let wide: Vec<f64> = match (stored.bits_allocated, stored.float) {
        (32, true) => four(&stored.bytes)
            .map(|b| f64::from(f32::from_le_bytes(b)))
            .collect(),
        (32, false) if stored.signed => four(&stored.bytes)
            .map(|b| f64::from(i32::from_le_bytes(b)))
            .collect(),
        (32, false) => four(&stored.bytes)
            .map(|b| f64::from(u32::from_le_bytes(b)))
            .collect(),
        (_, true) => eight(&stored.bytes).map(f64::from_le_bytes).collect(),
        (_, false) if stored.signed => eight(&stored.bytes)
            .map(|b| i64::from_le_bytes(b) as f64)
            .collect(),
        (_, false) => eight(&stored.bytes)
            .map(|b| u64::from_le_bytes(b) as f64)
            .collect(),
    };
    let finite = || wide.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (
        finite().fold(f64::INFINITY, f64::min),
        finite().fold(f64::NEG_INFINITY, f64::max),
    );
    let low = if low.is_finite() { low } else { 0.0 };
    // Whole numbers that fit keep their exact values.
    let whole = !stored.float && high - low <= 65_535.0;
    let step = if whole {
        1.0
    } else {
        ((high - low) / 65_535.0).max(f64::MIN_POSITIVE)
    };
    // `as` saturates and turns NaN into 0.
    let bytes = wide
        .iter()
        .flat_map(|value| (((value - low) / step).round() as u16).to_le_bytes())
        .collect();
    let format = PixelFormat {
        slope: slope * step,
        intercept: intercept + slope * low,
        ..format(stored, 1, 16, false, stored.photometric)
    };
    DisplayFrame { format, bytes }
}

fn format(
    stored: &StoredFrame,
    samples: u32,
    bits: u32,
    signed: bool,
    photometric: Photometric,
) -> PixelFormat {
    PixelFormat {
        rows: stored.rows,
        columns: stored.columns,
        samples,
        bits,
        signed,
        slope: 1.0,
        intercept: 0.0,
        photometric,
        padding: None,
    }
}

fn four(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> {
    bytes.as_chunks::<4>().0.iter().copied()
}
fn eight(bytes: &[u8]) -> impl Iterator<Item = [u8; 8]> {
    bytes.as_chunks::<8>().0.iter().copied()
}
