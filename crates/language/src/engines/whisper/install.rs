//! Takes a model file into the clinic's own folder: checked, copied, hashed on the way, durable.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use sha2::{Digest, Sha256};

use super::{Model, file};
use crate::error::{Error, ModelFile, Result};

/// What is read at once.
const PIECE: usize = 1 << 20;

/// Copies a model file into a folder. `told` hears of every piece, as bytes of all bytes; `stopped` ends it.
///
/// # Errors
/// [`Error::ModelFile`] saying what is wrong with it; [`Error::Stopped`]. Nothing is left behind then.
pub fn install(
    source: &Path,
    folder: &Path,
    mut told: impl FnMut(u64, u64),
    stopped: &AtomicBool,
) -> Result<Model> {
    let mut from = File::open(source).map_err(|_| Error::ModelFile(ModelFile::Missing))?;
    let missing = |_| Error::ModelFile(ModelFile::Missing);
    let metadata = from.metadata().map_err(missing)?;
    if !metadata.is_file() {
        return Err(Error::ModelFile(ModelFile::Foreign));
    }
    let bytes = metadata.len();
    file::check(&from, bytes).map_err(Error::ModelFile)?;
    std::io::Seek::rewind(&mut from).map_err(missing)?;

    fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
    let part = Part(folder.join("incoming.part"));
    let sha256 = copy(&mut from, &part.0, |done| {
        told(done, bytes);
        stopped.load(Ordering::Relaxed)
    })?;
    let model = Model {
        name: source
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        path: folder.join(format!("{sha256}.bin")),
        sha256,
        bytes,
    };
    fs::rename(&part.0, &model.path).map_err(|error| unwritable(&error))?;
    Ok(model)
}

/// Whether a file is there and still the one that was installed.
pub(super) fn unchanged(model: &Model) -> Result<()> {
    let missing = |_| Error::ModelFile(ModelFile::Missing);
    let mut file = File::open(&model.path).map_err(missing)?;
    let mut hash = Sha256::new();
    std::io::copy(&mut file, &mut Hashing(&mut hash)).map_err(missing)?;
    match hex::encode(hash.finalize()) == model.sha256 {
        true => Ok(()),
        false => Err(Error::ModelFile(ModelFile::Changed)),
    }
}

fn copy(from: &mut File, to: &Path, mut stop: impl FnMut(u64) -> bool) -> Result<String> {
    let unwritable = |error: std::io::Error| unwritable(&error);
    let mut to = File::create(to).map_err(unwritable)?;
    let (mut hash, mut piece, mut done) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        if stop(done) {
            return Err(Error::Stopped);
        }
        let read = from
            .read(&mut piece)
            .map_err(|_| Error::ModelFile(ModelFile::Truncated))?;
        if read == 0 {
            break;
        }
        hash.update(&piece[..read]);
        to.write_all(&piece[..read]).map_err(unwritable)?;
        done += read as u64;
    }
    to.sync_all().map_err(unwritable)?;
    Ok(hex::encode(hash.finalize()))
}

fn unwritable(error: &std::io::Error) -> Error {
    Error::ModelFile(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ModelFile::DiskFull,
        _ => ModelFile::Unwritable,
    })
}

/// Half a copy, which goes unless it was moved to its place.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0)
            && error.kind() != ErrorKind::NotFound
        {
            tracing::warn!(%error, "half a model file stays behind");
        }
    }
}

struct Hashing<'a>(&'a mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
