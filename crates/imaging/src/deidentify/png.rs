//! A PNG with the chunks that the picture is made of, and no other (ISO/IEC 15948, 11).

use image::metadata::Orientation;

use crate::{Error, Result};

const SIGNATURE: usize = 8;
/// Without these the picture looks another; text, times, Exif and what others invented are not here.
const KEPT: [&[u8; 4]; 10] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs",
];

pub(super) fn copy(bytes: &[u8], orientation: Orientation) -> Result<Vec<u8>> {
    let cut = || Error::Truncated { part: "pixels" };
    let mut out = bytes.get(..SIGNATURE).ok_or_else(cut)?.to_vec();
    let mut at = SIGNATURE;
    loop {
        let rest = bytes.get(at..).ok_or_else(cut)?;
        let length = rest.first_chunk::<4>().copied().ok_or_else(cut)?;
        let whole = 12 + u32::from_be_bytes(length) as usize;
        let chunk = rest.get(..whole).ok_or_else(cut)?;
        let kind = &chunk[4..8];
        if KEPT.iter().any(|kept| *kept == kind) {
            out.extend(chunk);
        }
        if kind == b"IHDR"
            && let Some(block) = super::exif(orientation)
        {
            out.extend(exif(&block));
        }
        if kind == b"IEND" {
            return Ok(out);
        }
        at += whole;
    }
}

fn exif(block: &[u8]) -> Vec<u8> {
    let mut chunk = b"eXIf".to_vec();
    chunk.extend(block);
    let mut crc = flate2::Crc::new();
    crc.update(&chunk);
    let length = u32::try_from(block.len()).unwrap_or(0).to_be_bytes();
    [&length[..], &chunk, &crc.sum().to_be_bytes()].concat()
}
