//! From the bytes in the file to one frame's stored values.

use std::{borrow::Cow, io::Read, ops::Range};

use dicom_dictionary_std::tags;

use super::{
    Compression, Dicom,
    scan::{Fragment, PixelValue},
};
use crate::{Error, Photometric, Result, StoredFrame, codec, colour};

pub(super) fn stored(dicom: &Dicom, n: u32) -> Result<StoredFrame> {
    let layout = dicom.layout;
    if n >= layout.frames {
        return Err(Error::NoFrame {
            frame: n,
            frames: layout.frames,
        });
    }
    match &dicom.pixels.value {
        PixelValue::Native(range) => native(dicom, range.clone(), n),
        PixelValue::Encapsulated { offsets, fragments } => {
            let data = encapsulated(dicom, offsets, fragments, n)?;
            match dicom.syntax.compression {
                Compression::None => uncompressed(dicom, &data),
                Compression::DeflatedFrame => {
                    uncompressed(dicom, &inflate(&data, frame_bits(dicom)?)?)
                }
                Compression::Unsupported => Err(Error::unsupported(format!(
                    "transfer syntax {} ({})",
                    dicom.syntax.named.uid, dicom.syntax.named.name
                ))),
                compression => codec::decode(compression, &data, &layout),
            }
        }
    }
}

/// Bits of one frame as stored without compression.
fn frame_bits(dicom: &Dicom) -> Result<u64> {
    let layout = dicom.layout;
    let pixels = u64::from(layout.rows) * u64::from(layout.columns);
    if layout.photometric == Photometric::YbrFull422 {
        if layout.columns % 2 == 1 || layout.bits_allocated != 8 {
            return Err(Error::attribute("Columns"));
        }
        return Ok(pixels * 16);
    }
    Ok(pixels * u64::from(layout.samples) * u64::from(layout.bits_allocated))
}

fn native(dicom: &Dicom, range: Range<usize>, n: u32) -> Result<StoredFrame> {
    let bits = frame_bits(dicom)?;
    let value = &dicom.data[range];
    let cut = Error::Truncated { part: "pixels" };
    if dicom.layout.bits_allocated == 1 {
        // Frames follow one another without padding (PS3.5 8.1.1): a frame may begin inside a byte.
        let first = bits * u64::from(n);
        let last = first + bits;
        if last.div_ceil(8) > value.len() as u64 {
            return Err(cut);
        }
        let unpacked = (first..last)
            .map(|bit| (value[(bit / 8) as usize] >> (bit % 8)) & 1)
            .collect::<Vec<u8>>();
        return Ok(frame(dicom, unpacked, dicom.layout.photometric));
    }
    let size = (bits / 8) as usize;
    let start = size.checked_mul(n as usize).ok_or(cut.clone())?;
    let bytes = value
        .get(start..)
        .and_then(|rest| rest.get(..size))
        .ok_or(cut)?;
    if dicom.syntax.named.uid == super::syntax::BIG_ENDIAN {
        let words = dicom.layout.bits_allocated == 8 && words_swapped(dicom);
        return uncompressed(
            dicom,
            &little_endian(value, start, size, dicom.layout.bits_allocated, words),
        );
    }
    uncompressed(dicom, bytes)
}

/// 8-bit samples in big endian lie in 16-bit words if the value is OW (PS3.5 8.1.2, annex D).
fn words_swapped(dicom: &Dicom) -> bool {
    let PixelValue::Native(range) = &dicom.pixels.value else {
        return false;
    };
    range
        .start
        .checked_sub(8)
        .and_then(|at| dicom.data.get(at..at + 2))
        == Some(b"OW")
}

fn little_endian(value: &[u8], start: usize, size: usize, bits: u32, words: bool) -> Vec<u8> {
    match bits {
        8 if words => (start..start + size)
            .map(|at| *value.get(at ^ 1).unwrap_or(&value[at]))
            .collect(),
        8 => value[start..start + size].to_vec(),
        bits => {
            let mut bytes = value[start..start + size].to_vec();
            bytes
                .chunks_exact_mut(bits as usize / 8)
                .for_each(<[u8]>::reverse);
            bytes
        }
    }
}

/// Undoes planes and half-resolution chrominance.
fn uncompressed(dicom: &Dicom, bytes: &[u8]) -> Result<StoredFrame> {
    let layout = dicom.layout;
    let pixels = layout.rows as usize * layout.columns as usize;
    if layout.bits_allocated == 1 {
        let bits = bytes
            .iter()
            .flat_map(|byte| (0..8).map(move |bit| (byte >> bit) & 1));
        let unpacked: Vec<u8> = bits.take(pixels).collect();
        if unpacked.len() < pixels {
            return Err(Error::Truncated { part: "pixels" });
        }
        return Ok(frame(dicom, unpacked, layout.photometric));
    }
    let size = (frame_bits(dicom)? / 8) as usize;
    let bytes = bytes
        .get(..size)
        .ok_or(Error::Truncated { part: "pixels" })?;
    if layout.photometric == Photometric::YbrFull422 {
        return Ok(frame(
            dicom,
            colour::upsample_422(bytes),
            Photometric::YbrFull,
        ));
    }
    let planar = dicom.attributes().integer(tags::PLANAR_CONFIGURATION) == Some(1);
    let bytes = if layout.samples == 3 && planar {
        colour::interleave(bytes, layout.bits_allocated as usize / 8)
    } else {
        bytes.to_vec()
    };
    Ok(frame(dicom, bytes, layout.photometric))
}

fn frame(dicom: &Dicom, mut bytes: Vec<u8>, photometric: Photometric) -> StoredFrame {
    let layout = dicom.layout;
    let float = dicom.pixels.tag != tags::PIXEL_DATA;
    let bits_allocated = layout.bits_allocated.max(8);
    if !float && layout.bits_allocated > 1 {
        codec::mask(
            &mut bytes,
            bits_allocated,
            layout.bits_stored,
            layout.signed,
        );
    }
    StoredFrame {
        rows: layout.rows,
        columns: layout.columns,
        samples: layout.samples,
        bits_allocated,
        bits_stored: layout.bits_stored,
        signed: layout.signed,
        float,
        photometric,
        bytes,
    }
}

/// The fragments of frame `n`, joined (PS3.5 A.4).
fn encapsulated<'a>(
    dicom: &'a Dicom,
    offsets: &[u32],
    fragments: &[Fragment],
    n: u32,
) -> Result<Cow<'a, [u8]>> {
    let frames = dicom.layout.frames as usize;
    let n = n as usize;
    let extended = dicom.attributes().longs(tags::EXTENDED_OFFSET_TABLE);
    let table: Vec<u64> = match extended {
        Some(table) if table.len() == frames => table,
        _ => offsets.iter().map(|&offset| u64::from(offset)).collect(),
    };
    let mine = if frames == 1 {
        0..fragments.len()
    } else if let Some(range) = by_table(&table, fragments, frames, n) {
        range
    } else if fragments.len() == frames {
        n..n + 1
    } else {
        by_start_marker(dicom, fragments, frames, n)?
    };
    let cut = Error::Truncated { part: "pixels" };
    match fragments.get(mine).ok_or(cut.clone())? {
        [] => Err(cut),
        [only] => Ok(Cow::Borrowed(&dicom.data[only.range.clone()])),
        many => Ok(Cow::Owned(
            many.iter()
                .flat_map(|part| &dicom.data[part.range.clone()])
                .copied()
                .collect(),
        )),
    }
}

fn by_table(
    table: &[u64],
    fragments: &[Fragment],
    frames: usize,
    n: usize,
) -> Option<Range<usize>> {
    if table.len() != frames {
        return None;
    }
    let at = |offset| {
        fragments
            .iter()
            .position(|fragment| fragment.offset == offset)
    };
    let start = at(table[n])?;
    let end = match table.get(n + 1) {
        Some(&next) => at(next)?,
        None => fragments.len(),
    };
    (start < end).then_some(start..end)
}

/// Without a table, a fragment that begins a JPEG or JPEG 2000 codestream begins a frame.
fn by_start_marker(
    dicom: &Dicom,
    fragments: &[Fragment],
    frames: usize,
    n: usize,
) -> Result<Range<usize>> {
    let begins = |fragment: &Fragment| {
        let data = &dicom.data[fragment.range.clone()];
        data.starts_with(&[0xFF, 0xD8, 0xFF]) || data.starts_with(&[0xFF, 0x4F, 0xFF, 0x51])
    };
    let starts: Vec<usize> = fragments
        .iter()
        .enumerate()
        .filter(|(_, f)| begins(f))
        .map(|(at, _)| at)
        .collect();
    if starts.len() > frames || (starts.len() < frames && !dicom.pixels.cut) {
        return Err(Error::Damaged {
            format: "DICOM",
            what: "fragments that belong to no frame",
        });
    }
    let start = *starts.get(n).ok_or(Error::Truncated { part: "pixels" })?;
    Ok(start..starts.get(n + 1).copied().unwrap_or(fragments.len()))
}

fn inflate(data: &[u8], bits: u64) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    flate2::read::DeflateDecoder::new(data)
        .take(bits.div_ceil(8))
        .read_to_end(&mut out)
        .map_err(|_| Error::Codec { codec: "deflate" })?;
    Ok(out)
}
