//! How much one file may cost, checked before memory is taken for it.

use std::time::Duration;

use crate::{Error, Result};

/// What is refused by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows × columns of one frame.
    pub pixels: u64,
    /// All frames of a file, decoded.
    pub decoded_bytes: u64,
    /// The file itself, and one inflated from a deflated data set or an archive.
    pub file_bytes: u64,
    /// Frames in a file.
    pub frames: u64,
    /// Time for one frame.
    pub time: Duration,
    /// Entries in one archive.
    pub zip_entries: usize,
    /// Unpacked ÷ packed size of an archive entry that unpacks to more than 64 MiB: a blank film may
    /// well shrink a thousandfold, a large one that does is a bomb.
    pub zip_ratio: u64,
    /// Unpacked size of a whole archive.
    pub zip_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pixels: 100_000_000,
            decoded_bytes: 1 << 30,
            file_bytes: 1 << 30,
            frames: 16_384,
            time: Duration::from_secs(30),
            zip_entries: 50_000,
            zip_ratio: 200,
            zip_bytes: 32 << 30,
        }
    }
}

impl Limits {
    /// Checks a file's announced size. `sample_bytes` is that of one decoded sample.
    pub(crate) fn check(
        &self,
        rows: u32,
        columns: u32,
        samples: u32,
        sample_bytes: u32,
        frames: u64,
    ) -> Result<()> {
        let pixels = u64::from(rows) * u64::from(columns);
        if pixels > self.pixels {
            return Err(Error::TooManyPixels {
                pixels,
                limit: self.pixels,
            });
        }
        if frames > self.frames {
            return Err(Error::TooManyFrames {
                frames,
                limit: self.frames,
            });
        }
        let bytes = pixels
            .saturating_mul(u64::from(samples))
            .saturating_mul(u64::from(sample_bytes))
            .saturating_mul(frames);
        if bytes > self.decoded_bytes {
            return Err(Error::TooManyBytes {
                bytes,
                limit: self.decoded_bytes,
            });
        }
        Ok(())
    }

    pub(crate) fn check_file(&self, bytes: u64) -> Result<()> {
        match bytes {
            0 => Err(Error::Empty),
            bytes if bytes > self.file_bytes => Err(Error::FileTooLarge {
                bytes,
                limit: self.file_bytes,
            }),
            _ => Ok(()),
        }
    }
}
