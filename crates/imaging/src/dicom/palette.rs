//! PALETTE COLOR: indices into three tables (PS3.3 C.7.9), plain or segmented (C.7.9.2).

use dicom_core::Tag;
use dicom_dictionary_std::tags;

use super::{Attributes, values};
use crate::{DisplayFrame, Error, Photometric, PixelFormat, Result, StoredFrame, lut::Table};

const CHANNELS: [(Tag, Tag, Tag); 3] = [
    (
        tags::RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
        tags::RED_PALETTE_COLOR_LOOKUP_TABLE_DATA,
        tags::SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA,
    ),
    (
        tags::GREEN_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
        tags::GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA,
        tags::SEGMENTED_GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA,
    ),
    (
        tags::BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR,
        tags::BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA,
        tags::SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA,
    ),
];

pub(crate) fn rgb(stored: &StoredFrame, a: &Attributes<'_>) -> Result<DisplayFrame> {
    let missing = Error::attribute("PaletteColorLookupTable");
    let mut tables = Vec::with_capacity(3);
    for (descriptor, data, segmented) in CHANNELS {
        tables.push(channel(a, descriptor, data, segmented, stored.signed).ok_or(missing.clone())?);
    }
    // Some files announce 16 bits and fill 8.
    let filled = tables
        .iter()
        .flat_map(|table| &table.values)
        .any(|&value| value > 0xFF);
    let shift = if filled {
        tables.iter().map(|table| table.bits).max().unwrap_or(16) - 8
    } else {
        0
    };
    let colour = |index: i64| {
        let mut out = [0_u8; 3];
        for (byte, table) in out.iter_mut().zip(&tables) {
            *byte = (table.at(index) >> shift).min(0xFF) as u8;
        }
        out
    };
    let (wide, signed) = (stored.bits_allocated == 16, stored.signed);
    let size: u32 = match stored.bits_allocated {
        8 => 1 << 8,
        16 => 1 << 16,
        _ => return Err(Error::attribute("BitsAllocated")),
    };
    let colours: Vec<[u8; 3]> = (0..size)
        .map(|raw| {
            colour(match (signed, wide) {
                (false, _) => i64::from(raw),
                (true, true) => i64::from(raw as u16 as i16),
                (true, false) => i64::from(raw as u8 as i8),
            })
        })
        .collect();
    let bytes = if wide {
        let words = stored.bytes.as_chunks::<2>().0.iter();
        words
            .flat_map(|&word| colours[usize::from(u16::from_le_bytes(word))])
            .collect()
    } else {
        stored
            .bytes
            .iter()
            .flat_map(|&byte| colours[usize::from(byte)])
            .collect()
    };
    let format = PixelFormat {
        rows: stored.rows,
        columns: stored.columns,
        samples: 3,
        bits: 8,
        signed: false,
        slope: 1.0,
        intercept: 0.0,
        photometric: Photometric::Rgb,
        padding: None,
    };
    Ok(DisplayFrame { format, bytes })
}

fn channel(
    a: &Attributes<'_>,
    descriptor: Tag,
    data: Tag,
    segmented: Tag,
    signed: bool,
) -> Option<Table> {
    let descriptor = a.words(descriptor)?;
    let &[entries, first, bits] = descriptor.as_slice() else {
        return None;
    };
    let data = match a.words(data) {
        Some(data) => data,
        None => unfold(&a.words(segmented)?, bits)?,
    };
    values::table_of(entries, first, bits, data, signed)
}

/// Segments of words: discrete (0), linear from the last value (1), indirect copies of earlier ones (2).
fn unfold(words: &[u16], bits: u16) -> Option<Vec<u16>> {
    // 8-bit tables hold their opcodes in bytes.
    let units: Vec<u16> = if bits == 8 {
        words
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .map(u16::from)
            .collect()
    } else {
        words.to_vec()
    };
    let mut out = Vec::new();
    expand(&units, bits, 0, units.len(), usize::MAX, true, &mut out)?;
    Some(out)
}

fn expand(
    units: &[u16],
    bits: u16,
    mut at: usize,
    end: usize,
    mut segments: usize,
    indirect: bool,
    out: &mut Vec<u16>,
) -> Option<()> {
    while at + 2 <= end && segments > 0 && out.len() <= 1 << 16 {
        let (opcode, length) = (units[at], usize::from(units[at + 1]));
        at += 2;
        segments -= 1;
        match opcode {
            0 => {
                out.extend_from_slice(units.get(at..at + length)?);
                at += length;
            }
            1 => {
                let (from, to) = (f64::from(*out.last()?), f64::from(*units.get(at)?));
                out.extend(
                    (1..=length).map(|step| {
                        (from + (to - from) * step as f64 / length as f64).round() as u16
                    }),
                );
                at += 1;
            }
            2 if indirect => {
                let width = if bits == 8 { 4 } else { 2 };
                let parts = units.get(at..at + width)?;
                let shift = if bits == 8 { 8 } else { 16 };
                let offset = parts
                    .iter()
                    .rev()
                    .fold(0_usize, |sum, &part| (sum << shift) | usize::from(part));
                expand(
                    units,
                    bits,
                    offset.min(units.len()),
                    units.len(),
                    length,
                    false,
                    out,
                )?;
                at += width;
            }
            _ => break,
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::unfold;

    #[test]
    fn segments_unfold_to_entries() {
        // Three discrete values, a ramp of four, then the first segment again.
        let words = [0, 3, 10, 20, 30, 1, 4, 70, 2, 1, 0, 0];
        assert_eq!(
            unfold(&words, 16),
            Some(vec![10, 20, 30, 40, 50, 60, 70, 10, 20, 30])
        );
        assert_eq!(
            unfold(&[1, 4, 70], 16),
            None,
            "a ramp needs a value to start from"
        );
    }
}
