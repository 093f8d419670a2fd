//! `journal.anchor`: the signed head, outside the database, so that a database that was put back to an
//! older copy, or lost its tail, does not look whole.
//!
//! The file has two places of [`PLACE`] bytes that are written in turn, so that a torn write leaves
//! the other. It is written after the commit and need not be durable at once: an anchor that is
//! behind the journal raises no alarm, one that is ahead does, and after a crash it is never ahead.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Mutex,
};

use ed25519_dalek::{Signature, VerifyingKey};

use super::chain::{self, Hash};

const FILE: &str = "journal.anchor";
const MAGIC: [u8; 8] = *b"MBANCH\x00\x01";
/// magic 8 ‖ workstation 16 ‖ number 8 (little-endian) ‖ hash 32 ‖ signature 64.
const PLACE: usize = 128;

/// A signed head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) workstation: [u8; 16],
    pub(crate) number: i64,
    pub(crate) hash: Hash,
    pub(crate) signature: [u8; 64],
}

/// How far writing has come.
struct Writing {
    file: Option<File>,
    /// Which place is written next.
    turn: u64,
    /// Nothing was written in this run.
    fresh: bool,
}

/// The file, open for writing while the record is.
pub(crate) struct Anchor {
    path: PathBuf,
    file: Mutex<Writing>,
}

impl Head {
    /// Whether the journal's key made it.
    pub(crate) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let bytes = chain::head_bytes(&self.workstation, self.number, &self.hash);
        key.verify_strict(&bytes, &Signature::from_bytes(&self.signature))
            .is_ok()
    }

    fn to_bytes(self) -> [u8; PLACE] {
        let mut bytes = [0; PLACE];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..24].copy_from_slice(&self.workstation);
        bytes[24..32].copy_from_slice(&self.number.to_le_bytes());
        bytes[32..64].copy_from_slice(&self.hash);
        bytes[64..].copy_from_slice(&self.signature);
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (workstation, rest) = rest.split_first_chunk()?;
        let (number, rest) = rest.split_first_chunk()?;
        let (hash, rest) = rest.split_first_chunk()?;
        let (signature, _) = rest.split_first_chunk()?;
        Some(Self {
            workstation: *workstation,
            number: i64::from_le_bytes(*number),
            hash: *hash,
            signature: *signature,
        })
    }
}

impl Anchor {
    /// The anchor of the record in this folder.
    pub(crate) fn new(dir: &Path) -> Self {
        Self {
            path: dir.join(FILE),
            file: Mutex::new(Writing {
                file: None,
                turn: 0,
                fresh: true,
            }),
        }
    }

    /// The newest head in the file that `key` signed; `None` where there is none.
    pub(crate) fn read(&self, key: &VerifyingKey) -> io::Result<Option<Head>> {
        let bytes = match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes?,
        };
        let heads = bytes.chunks(PLACE).take(2).filter_map(Head::from_bytes);
        Ok(heads
            .filter(|head| head.is_signed_by(key))
            .max_by_key(|head| head.number))
    }

    /// Writes the head over the older of the two.
    pub(crate) fn write(&self, head: Head) -> io::Result<()> {
        let mut guard = self
            .file
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let Writing { file, turn, fresh } = &mut *guard;
        if file.is_none() {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            *file = Some(options.open(&self.path)?);
            // The place that is not the newest's, whichever was written last.
            *turn = first_turn(&self.path)?;
        }
        if let Some(file) = file {
            file.seek(SeekFrom::Start((*turn % 2) * PLACE as u64))?;
            file.write_all(&head.to_bytes())?;
            // The first of each run is made durable, so that a power cut leaves no empty file.
            if std::mem::replace(fresh, false) {
                file.sync_all()?;
            }
            *turn += 1;
        }
        Ok(())
    }
}

/// 0 or 1: the place with the lower number.
fn first_turn(path: &Path) -> io::Result<u64> {
    let bytes = fs::read(path)?;
    let number = |at: usize| {
        bytes
            .get(at * PLACE..)
            .and_then(Head::from_bytes)
            .map_or(-1, |head| head.number)
    };
    Ok(u64::from(number(1) < number(0)))
}
