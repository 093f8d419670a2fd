//! ZIP archives, read one entry at a time within limits.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use super::{Content, Found, is_junk};
use crate::{Error, Limits, Result};

/// Entries below this may shrink as much as they like.
const UNSUSPICIOUS: u64 = 64 << 20;

type Item = std::result::Result<Found, (String, Error)>;

/// An archive part way through.
pub(super) struct Archive {
    label: String,
    zip: zip::ZipArchive<BufReader<File>>,
    next: usize,
    unpacked: u64,
}

/// Whether the file begins as a ZIP archive does, even an empty one.
pub(super) fn is_zip(path: &Path) -> Result<bool> {
    let mut start = [0; 4];
    match File::open(path)?.read_exact(&mut start) {
        Ok(()) => Ok(is_zip_start(&start)),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn is_zip_start(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl Archive {
    pub(super) fn open(label: &str, path: &Path, limits: &Limits) -> Result<Self> {
        let file = BufReader::new(File::open(path)?);
        let zip = zip::ZipArchive::new(file).map_err(|_| Error::ZipDamaged)?;
        if zip.len() > limits.zip_entries {
            return Err(Error::ZipBomb { limit: "entries" });
        }
        Ok(Self {
            label: label.to_owned(),
            zip,
            next: 0,
            unpacked: 0,
        })
    }

    pub(super) fn next(&mut self, limits: &Limits) -> Option<Item> {
        while self.next < self.zip.len() {
            let index = self.next;
            self.next += 1;
            match self.entry(index, limits) {
                Ok(None) => {}
                Ok(Some(found)) => return Some(Ok(found)),
                Err((label, error)) => {
                    if matches!(error, Error::ZipBomb { limit: "bytes" }) {
                        self.next = self.zip.len();
                    }
                    return Some(Err((label, error)));
                }
            }
        }
        None
    }

    fn entry(
        &mut self,
        index: usize,
        limits: &Limits,
    ) -> std::result::Result<Option<Found>, (String, Error)> {
        let archive = self.label.clone();
        let mut entry = self.zip.by_index(index).map_err(|error| {
            let sealed = matches!(error, zip::result::ZipError::UnsupportedArchive(text) if text.contains("assword"));
            (archive.clone(), if sealed { Error::ZipSealed } else { Error::ZipDamaged })
        })?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if entry.is_dir() || name.split(['/', '\\']).any(is_junk_part) {
            return Ok(None);
        }
        let label = format!("{archive} › {name}");
        let packed = entry.compressed_size().max(1);
        // The entry's own claim is not trusted: what comes out is counted.
        let most = limits
            .file_bytes
            .min(packed.saturating_mul(limits.zip_ratio).max(UNSUSPICIOUS));
        let mut bytes = Vec::new();
        if entry
            .by_ref()
            .take(most + 1)
            .read_to_end(&mut bytes)
            .is_err()
        {
            return Err((label, Error::ZipDamaged));
        }
        let length = bytes.len() as u64;
        self.unpacked += length;
        if length > most {
            let limit = if most == limits.file_bytes {
                "size"
            } else {
                "ratio"
            };
            return Err((label, Error::ZipBomb { limit }));
        }
        if self.unpacked > limits.zip_bytes {
            return Err((label, Error::ZipBomb { limit: "bytes" }));
        }
        if is_zip_start(&bytes) {
            return Err((label, Error::ZipBomb { limit: "nesting" }));
        }
        Ok(Some(Found {
            label,
            content: Content::Bytes(bytes),
        }))
    }
}

/// `.` and `..` are not hidden files; they are only part of a label.
fn is_junk_part(part: &str) -> bool {
    part != "." && part != ".." && is_junk(part)
}
