//! The log: a file in the data folder, kept small, without a person's data.
//!
//! Only the house's own crates write to it. A library may print what it was given (an attribute of
//! a DICOM file, a statement's values), so no library's line is kept.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    panic,
    path::{Path, PathBuf},
    sync::Mutex,
};

use tracing_subscriber::EnvFilter;

/// Whose lines are kept.
const FILTER: &str = "off,shell=info,basics=info,seal=info,onnx=info,clinic=info,imaging=info,\
    reading=info,commands=info,vigil=info";
/// The log is put aside at this size, in bytes; the one before is dropped.
const LIMIT: u64 = 1 << 20;

/// Starts to write `folder/medibridge.log`, and makes every panic a line that names its place.
///
/// A panic's message is never written: it may hold whatever was being worked on.
pub(crate) fn start(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let log = Rotating::open(folder.join("medibridge.log"), LIMIT)?;
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_env_filter(EnvFilter::new(FILTER))
        .with_writer(Mutex::new(log))
        .finish();
    let _ = tracing::subscriber::set_global_default(subscriber);
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current()
            .name()
            .unwrap_or("unnamed")
            .to_owned();
        tracing::error!(place, thread, "a panic");
    }));
    Ok(())
}

/// A file that starts anew when it is full.
struct Rotating {
    path: PathBuf,
    file: File,
    written: u64,
    limit: u64,
}

impl Rotating {
    fn open(path: PathBuf, limit: u64) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        let written = file.metadata()?.len();
        Ok(Self {
            path,
            file,
            written,
            limit,
        })
    }

    fn put_aside(&mut self) -> io::Result<()> {
        fs::rename(&self.path, self.path.with_extension("old.log"))?;
        self.file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        self.written = 0;
        Ok(())
    }
}

impl Write for Rotating {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.written >= self.limit {
            self.put_aside()?;
        }
        let count = self.file.write(line)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_is_put_aside_and_only_one_is_kept() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("medibridge.log");
        let mut log = Rotating::open(path.clone(), 8)?;
        for line in ["first line\n", "second line\n", "third line\n"] {
            log.write_all(line.as_bytes())?;
        }
        assert_eq!(fs::read_to_string(&path)?, "third line\n");
        assert_eq!(
            fs::read_to_string(path.with_extension("old.log"))?,
            "second line\n"
        );
        assert_eq!(fs::read_dir(folder.path())?.count(), 2);
        Ok(())
    }
}
