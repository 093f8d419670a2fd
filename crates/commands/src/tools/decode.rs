//! Stored pixel values of a file, for whoever wants to check them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use imaging::{Limits, Picture};
use serde::Serialize;

use crate::error::CommandError;

/// What the bytes of the `.raw` file mean.
#[derive(Debug, Serialize)]
pub struct DecodedHeader {
    /// File format.
    pub format: imaging::Format,
    /// Height in pixels.
    pub rows: u32,
    /// Width in pixels.
    pub columns: u32,
    /// Samples a pixel, interleaved.
    pub samples: u32,
    /// Bits a sample takes in the `.raw` file.
    pub bits: u32,
    /// Bits of them that carry the value.
    pub bits_stored: u32,
    /// Two's complement.
    pub signed: bool,
    /// IEEE 754 values.
    pub float: bool,
    /// As decoded.
    pub photometric: imaging::Photometric,
    /// Frames in the file.
    pub frames: u32,
    /// Frame of this `.raw` file, from 0.
    pub frame: u32,
    /// DICOM transfer syntax.
    pub transfer_syntax: Option<imaging::TransferSyntax>,
}

/// Writes stored pixel values (before any look-up table; little-endian, row-major, samples
/// interleaved) as `NAME.FRAME.raw` with `NAME.FRAME.json` into `out`: one frame, or all of them.
///
/// # Errors
/// The picture's, by name; [`imaging::Error::Io`] where the folder cannot be written.
pub fn decode(file: &Path, out: &Path, frame: Option<u32>) -> Result<Vec<PathBuf>, CommandError> {
    let picture = Picture::open(file, &Limits::default())?;
    let header = picture.header();
    let frames = header.layout.frames.max(1);
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let io = |error: std::io::Error| imaging::Error::from(error);
    fs::create_dir_all(out).map_err(io)?;
    let mut written = Vec::new();
    for n in frame.map_or(0..frames, |frame| frame..frame.saturating_add(1)) {
        let stored = picture.stored_frame(n)?;
        let about = DecodedHeader {
            format: header.format,
            rows: stored.rows,
            columns: stored.columns,
            samples: stored.samples,
            bits: stored.bits_allocated,
            bits_stored: stored.bits_stored,
            signed: stored.signed,
            float: stored.float,
            photometric: stored.photometric,
            frames,
            frame: n,
            transfer_syntax: header.transfer_syntax.clone(),
        };
        let raw = out.join(format!("{name}.{n}.raw"));
        fs::write(&raw, &stored.bytes).map_err(io)?;
        let json = serde_json::to_vec_pretty(&about).map_err(|_| CommandError::Defect)?;
        fs::write(raw.with_extension("json"), json).map_err(io)?;
        written.push(raw);
    }
    Ok(written)
}
