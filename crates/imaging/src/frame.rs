//! Decoded frames: as stored, and ready for a display.

use serde::Serialize;

use crate::Photometric;

/// One frame's stored values, before any look-up table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFrame {
    /// Height in pixels.
    pub rows: u32,
    /// Width in pixels.
    pub columns: u32,
    /// Samples per pixel, interleaved.
    pub samples: u32,
    /// Bits a sample takes in `bytes`: 8, 16, 32 or 64 (1-bit values are unpacked to 8).
    pub bits_allocated: u32,
    /// Bits that carry the value.
    pub bits_stored: u32,
    /// Whether samples are two's complement.
    pub signed: bool,
    /// Whether samples are IEEE 754 (Float and Double Float Pixel Data).
    pub float: bool,
    /// As decoded: JPEG and JPEG 2000 undo their colour transform, so YBR becomes RGB there.
    pub photometric: Photometric,
    /// Little-endian, row-major, samples interleaved; bits above `bits_stored` are the sign or 0.
    pub bytes: Vec<u8>,
}

/// One frame for a display: grey with its rescale, or RGB.
#[derive(Clone, Debug, PartialEq)]
pub struct DisplayFrame {
    /// What the bytes mean.
    pub format: PixelFormat,
    /// Little-endian, row-major, samples interleaved.
    pub bytes: Vec<u8>,
}

/// What the bytes of a [`DisplayFrame`] mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PixelFormat {
    /// Height in pixels.
    pub rows: u32,
    /// Width in pixels.
    pub columns: u32,
    /// 1 (grey) or 3 (RGB).
    pub samples: u32,
    /// 8 or 16; RGB is always 8.
    pub bits: u32,
    /// Whether 16-bit grey is two's complement.
    pub signed: bool,
    /// Output unit (e.g. HU) = value × slope + intercept.
    pub slope: f64,
    /// See `slope`.
    pub intercept: f64,
    /// `MONOCHROME1`, `MONOCHROME2` or `RGB`.
    pub photometric: Photometric,
    /// The stored range that stands for no anatomy (Pixel Padding Value, Range Limit).
    pub padding: Option<[i32; 2]>,
}

impl DisplayFrame {
    /// Grey values as stored, in order; empty for RGB.
    pub fn values(&self) -> Vec<i32> {
        let format = &self.format;
        if format.samples != 1 {
            return Vec::new();
        }
        match (format.bits, format.signed) {
            (8, _) => self.bytes.iter().map(|&byte| i32::from(byte)).collect(),
            (_, true) => pairs(&self.bytes)
                .map(|pair| i32::from(i16::from_le_bytes(pair)))
                .collect(),
            (_, false) => pairs(&self.bytes)
                .map(|pair| i32::from(u16::from_le_bytes(pair)))
                .collect(),
        }
    }
}

fn pairs(bytes: &[u8]) -> impl Iterator<Item = [u8; 2]> {
    bytes.as_chunks::<2>().0.iter().copied()
}

impl DisplayFrame {
    /// Grey values that occur, in rising order, with how often; padding is left out.
    pub(crate) fn histogram(&self) -> Vec<(i32, u64)> {
        let wide = self.format.bits == 16;
        let mut counts = vec![0_u64; if wide { 1 << 16 } else { 1 << 8 }];
        if wide {
            pairs(&self.bytes).for_each(|pair| counts[usize::from(u16::from_le_bytes(pair))] += 1);
        } else {
            self.bytes
                .iter()
                .for_each(|&byte| counts[usize::from(byte)] += 1);
        }
        let mut found: Vec<(i32, u64)> = counts
            .into_iter()
            .enumerate()
            .filter(|&(_, count)| count > 0)
            .map(|(raw, count)| (self.format.value(raw), count))
            .filter(|&(value, _)| !self.format.is_padding(value))
            .collect();
        found.sort_unstable();
        found
    }
}

impl PixelFormat {
    /// The stored value of a bit pattern.
    pub(crate) fn value(&self, raw: usize) -> i32 {
        if self.signed {
            i32::from(raw as u16 as i16)
        } else {
            i32::from(raw as u16)
        }
    }
    pub(crate) fn is_padding(&self, value: i32) -> bool {
        self.padding
            .is_some_and(|[low, high]| (low..=high).contains(&value))
    }
}
