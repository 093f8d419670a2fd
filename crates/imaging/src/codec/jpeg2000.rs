//! JPEG 2000 and High-Throughput JPEG 2000 (ISO/IEC 15444-1, -15) by OpenJPEG's Rust port.

use jpeg2k::Image;

use super::{Samples, pack, undone};
use crate::{Error, Layout, Result};

const CODEC: Error = Error::Codec { codec: "JPEG 2000" };

pub(super) fn decode(data: &[u8], layout: &Layout) -> Result<Samples> {
    size_agrees(data, layout)?;
    let image = Image::from_bytes(data).map_err(|_| CODEC)?;
    let components = image.components();
    let first = components.first().ok_or(CODEC)?;
    let count = first.width() as usize * first.height() as usize;
    if components
        .iter()
        .any(|c| c.data().len() != count || c.precision() != first.precision())
    {
        return Err(Error::unsupported("JPEG 2000 components of different size"));
    }
    let precision = first.precision();
    let bits_allocated = match precision {
        ..=8 => 8,
        9..=16 => 16,
        _ => 32,
    };
    let planes: Vec<&[i32]> = components
        .iter()
        .map(|component| component.data())
        .collect();
    let bytes = match planes.as_slice() {
        [only] => pack(only.iter().copied(), bits_allocated, count),
        [a, b, c] => pack(
            (0..count).flat_map(|at| [a[at], b[at], c[at]]),
            bits_allocated,
            3 * count,
        ),
        _ => return Err(Error::attribute("SamplesPerPixel")),
    };
    Ok(Samples {
        rows: first.height(),
        columns: first.width(),
        samples: planes.len() as u32,
        bits_allocated,
        precision,
        photometric: undone(layout.photometric),
        bytes,
    })
}

/// Reads the SIZ marker segment (A.5.1), which must follow SOC, before the decoder takes memory.
fn size_agrees(data: &[u8], layout: &Layout) -> Result<()> {
    let at = data
        .windows(4)
        .take(1 << 16)
        .position(|w| w == [0xFF, 0x4F, 0xFF, 0x51])
        .ok_or(CODEC)?;
    let word = |offset: usize| {
        data.get(at + offset..)
            .and_then(|rest| rest.first_chunk::<4>())
            .map(|&w| u32::from_be_bytes(w))
            .ok_or(CODEC)
    };
    let width = word(8)?.checked_sub(word(16)?).ok_or(CODEC)?;
    let height = word(12)?.checked_sub(word(20)?).ok_or(CODEC)?;
    if (height, width) != (layout.rows, layout.columns) {
        return Err(Error::Damaged {
            format: "JPEG 2000",
            what: "another size than the header",
        });
    }
    Ok(())
}
