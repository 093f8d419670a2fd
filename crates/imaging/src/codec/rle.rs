//! RLE Lossless (PS3.5 annex G): one PackBits segment for each byte plane of each sample.

use super::Samples;
use crate::{Error, Layout, Photometric, Result};

const HEADER: usize = 64;
const CODEC: Error = Error::Codec { codec: "RLE" };

pub(super) fn decode(data: &[u8], layout: &Layout) -> Result<Samples> {
    let words: Vec<usize> = data
        .get(..HEADER)
        .ok_or(CODEC)?
        .as_chunks::<4>()
        .0
        .iter()
        .map(|&word| u32::from_le_bytes(word) as usize)
        .collect();
    let bit = layout.bits_allocated == 1;
    let width = layout.bits_allocated.div_ceil(8) as usize;
    let samples = layout.samples as usize;
    if words[0] != width * samples {
        return Err(CODEC);
    }
    let pixels = layout.rows as usize * layout.columns as usize;
    let plane = if bit { pixels.div_ceil(8) } else { pixels };
    let mut bytes = vec![0; plane * samples * width];
    for segment in 0..words[0] {
        let start = words[segment + 1];
        let end = if segment + 1 < words[0] {
            words[segment + 2]
        } else {
            data.len()
        };
        let packed = data.get(start..end).ok_or(CODEC)?;
        // Segments run from the most significant byte of the first sample.
        let (sample, byte) = (segment / width, width - 1 - segment % width);
        let target = bytes
            .iter_mut()
            .skip(sample * width + byte)
            .step_by(samples * width);
        unpack(packed, target, plane)?;
    }
    if bit {
        bytes = bytes
            .iter()
            .flat_map(|byte| (0..8).map(move |at| (byte >> at) & 1))
            .take(pixels)
            .collect();
    }
    Ok(Samples {
        rows: layout.rows,
        columns: layout.columns,
        samples: layout.samples,
        bits_allocated: layout.bits_allocated.max(8),
        precision: layout.bits_stored,
        photometric: match layout.photometric {
            Photometric::YbrFull422 => Photometric::YbrFull,
            other => other,
        },
        bytes,
    })
}

fn unpack<'a>(
    mut packed: &[u8],
    mut target: impl Iterator<Item = &'a mut u8>,
    plane: usize,
) -> Result<()> {
    let mut left = plane;
    while left > 0 {
        let (&control, rest) = packed
            .split_first()
            .ok_or(Error::Truncated { part: "pixels" })?;
        packed = rest;
        match control.cast_signed() {
            -128 => {}
            run @ ..0 => {
                let (&value, rest) = packed
                    .split_first()
                    .ok_or(Error::Truncated { part: "pixels" })?;
                packed = rest;
                let count = (1 - isize::from(run)).unsigned_abs().min(left);
                target.by_ref().take(count).for_each(|byte| *byte = value);
                left -= count;
            }
            literal => {
                let count = (usize::from(literal.unsigned_abs()) + 1).min(left);
                let (literals, rest) = packed
                    .split_at_checked(count)
                    .ok_or(Error::Truncated { part: "pixels" })?;
                packed = rest;
                target
                    .by_ref()
                    .zip(literals)
                    .for_each(|(byte, value)| *byte = *value);
                left -= count;
            }
        }
    }
    Ok(())
}
