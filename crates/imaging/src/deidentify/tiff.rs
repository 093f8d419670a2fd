//! A TIFF made anew of the decoded samples: its directories may hold anything anywhere.

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder, codecs::tiff::TiffEncoder};

use crate::{Error, Result, StoredFrame};

/// Upright, any transparency laid over black, as it is shown; no sample is changed.
pub(super) fn copy(frame: &StoredFrame) -> Result<Vec<u8>> {
    let kind = match (frame.samples, frame.bits_allocated) {
        (1, 8) => ExtendedColorType::L8,
        (1, 16) => ExtendedColorType::L16,
        (3, 8) => ExtendedColorType::Rgb8,
        (3, 16) => ExtendedColorType::Rgb16,
        _ => return Err(Error::unsupported("these samples in TIFF")),
    };
    // The encoder takes words as the machine has them.
    let bytes: Vec<u8> = match frame.bits_allocated {
        16 => frame
            .bytes
            .as_chunks::<2>()
            .0
            .iter()
            .flat_map(|&pair| u16::from_le_bytes(pair).to_ne_bytes())
            .collect(),
        _ => frame.bytes.clone(),
    };
    let mut out = Cursor::new(Vec::new());
    TiffEncoder::new(&mut out)
        .write_image(&bytes, frame.columns, frame.rows, kind)
        .map_err(|_| Error::Codec { codec: "TIFF" })?;
    Ok(out.into_inner())
}
