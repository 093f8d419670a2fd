//! Decoders of one compressed frame each. They are fed only from inside the guarded boundary.

mod jls;
pub(crate) mod jpeg;
mod jpeg2000;
mod rle;

use crate::{Error, Layout, Photometric, Result, StoredFrame, dicom::Compression};

/// Samples as a decoder gives them: little-endian, interleaved.
pub(crate) struct Samples {
    pub(crate) rows: u32,
    pub(crate) columns: u32,
    pub(crate) samples: u32,
    /// 8, 16 or 32.
    pub(crate) bits_allocated: u32,
    /// Bits that carry the value in the codestream.
    pub(crate) precision: u32,
    pub(crate) photometric: Photometric,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn decode(
    compression: Compression,
    data: &[u8],
    layout: &Layout,
) -> Result<StoredFrame> {
    let samples = match compression {
        Compression::Rle => rle::decode(data, layout)?,
        Compression::Jpeg => jpeg::decode(data, layout)?,
        Compression::JpegLs => jls::decode(data, layout)?,
        Compression::Jpeg2000 => jpeg2000::decode(data, layout)?,
        Compression::None | Compression::DeflatedFrame | Compression::Unsupported => {
            return Err(Error::unsupported("this compression"));
        }
    };
    if (samples.rows, samples.columns) != (layout.rows, layout.columns) {
        return Err(Error::Damaged {
            format: "DICOM",
            what: "the codestream has another size than the header",
        });
    }
    if samples.samples != layout.samples {
        return Err(Error::attribute("SamplesPerPixel"));
    }
    let mut bytes = samples.bytes;
    let wanted = layout.bits_allocated.max(8);
    let mut bits_allocated = samples.bits_allocated;
    if bits_allocated < wanted {
        bytes = widen(&bytes, bits_allocated, wanted);
        bits_allocated = wanted;
    }
    let bits_stored = samples.precision.min(bits_allocated);
    mask(&mut bytes, bits_allocated, bits_stored, layout.signed);
    Ok(StoredFrame {
        rows: layout.rows,
        columns: layout.columns,
        samples: layout.samples,
        bits_allocated,
        bits_stored,
        signed: layout.signed,
        float: false,
        photometric: samples.photometric,
        bytes,
    })
}

fn widen(bytes: &[u8], from: u32, to: u32) -> Vec<u8> {
    let (from, to) = (from as usize / 8, to as usize / 8);
    let mut out = vec![0; bytes.len() / from * to];
    for (wide, narrow) in out.chunks_exact_mut(to).zip(bytes.chunks_exact(from)) {
        wide[..from].copy_from_slice(narrow);
    }
    out
}

/// Clears what lies above the stored bits (old overlays), or repeats the sign there.
pub(crate) fn mask(bytes: &mut [u8], allocated: u32, stored: u32, signed: bool) {
    if stored == 0 || stored >= allocated {
        return;
    }
    let shift = allocated - stored;
    match (allocated, signed) {
        (8, false) => bytes.iter_mut().for_each(|b| *b = *b << shift >> shift),
        (8, true) => bytes
            .iter_mut()
            .for_each(|b| *b = (b.cast_signed() << shift >> shift).cast_unsigned()),
        (16, false) => {
            for pair in bytes.as_chunks_mut::<2>().0 {
                *pair = (u16::from_le_bytes(*pair) << shift >> shift).to_le_bytes();
            }
        }
        (16, true) => {
            for pair in bytes.as_chunks_mut::<2>().0 {
                *pair = (i16::from_le_bytes(*pair) << shift >> shift).to_le_bytes();
            }
        }
        (32, false) => {
            for word in bytes.as_chunks_mut::<4>().0 {
                *word = (u32::from_le_bytes(*word) << shift >> shift).to_le_bytes();
            }
        }
        (32, true) => {
            for word in bytes.as_chunks_mut::<4>().0 {
                *word = (i32::from_le_bytes(*word) << shift >> shift).to_le_bytes();
            }
        }
        _ => {}
    }
}

/// `u32` values to little-endian samples of 8, 16 or 32 bits.
fn pack(values: impl Iterator<Item = i32>, bits: u32, count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count * bits as usize / 8);
    match bits {
        8 => bytes.extend(values.map(|value| value as u8)),
        16 => values.for_each(|value| bytes.extend_from_slice(&(value as u16).to_le_bytes())),
        _ => values.for_each(|value| bytes.extend_from_slice(&value.to_le_bytes())),
    }
    bytes
}

/// The photometric interpretation after a decoder has undone its own colour transform.
fn undone(photometric: Photometric) -> Photometric {
    match photometric {
        Photometric::YbrRct | Photometric::YbrIct => Photometric::Rgb,
        Photometric::YbrFull422 => Photometric::YbrFull,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn bits_above_the_stored_ones_are_cleared_or_carry_the_sign() {
        let mut bytes = 0xF7FF_u16.to_le_bytes();
        mask(&mut bytes, 16, 12, false);
        assert_eq!(u16::from_le_bytes(bytes), 0x07FF);
        let mut bytes = 0x0800_u16.to_le_bytes();
        mask(&mut bytes, 16, 12, true);
        assert_eq!(i16::from_le_bytes(bytes), -2048);
    }
}
