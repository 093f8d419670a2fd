//! Opened scans of the reading room, so that scrolling through frames does not unseal the file anew.
//! Bounded by bytes; emptied when the record locks.

use std::sync::Mutex;

use ::imaging::Picture;
use basics::ScanId;

use crate::workstation::lock;

/// At most this much of sealed files' content is kept open.
const BYTES: u64 = 256 << 20;

/// The most recently used last.
#[derive(Default)]
pub(crate) struct Pictures(Mutex<Vec<(ScanId, u64, Picture)>>);

impl Pictures {
    /// The opened scan, or what `open` makes: the picture and its size in bytes.
    pub(crate) fn get<E>(
        &self,
        id: ScanId,
        open: impl FnOnce() -> Result<(Picture, u64), E>,
    ) -> Result<Picture, E> {
        {
            let mut kept = lock(&self.0);
            if let Some(at) = kept.iter().position(|(scan, ..)| *scan == id) {
                let entry = kept.remove(at);
                let picture = entry.2.clone();
                kept.push(entry);
                return Ok(picture);
            }
        }
        let (picture, bytes) = open()?;
        let mut kept = lock(&self.0);
        kept.push((id, bytes, picture.clone()));
        while kept.len() > 1 && kept.iter().map(|(_, bytes, _)| bytes).sum::<u64>() > BYTES {
            kept.remove(0);
        }
        Ok(picture)
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }
}
