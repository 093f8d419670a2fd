//! The log: a file in the data folder, kept small, without a person's data.
//!
//! Only the house's own crates write to it. A library may print what it was given (an attribute of
//! a DICOM file, a statement's values), so no library's line is kept.

use std::{fs, io, panic, path::Path, sync::Mutex};

use file_rotate::{ContentLimit, FileRotate, compression::Compression, suffix::AppendCount};
use tracing_subscriber::EnvFilter;

/// Whose lines are kept.
const FILTER: &str = "off,shell=info,basics=info,seal=info,onnx=info,clinic=info,imaging=info,\
    reading=info,reports=info,language=info,voice=info,live=info,relay=info,prescribing=info,\
    commands=info,vigil=info";
/// The log is put aside past this size, in bytes; the one before is dropped.
const LIMIT: usize = 1 << 20;

/// Starts to write `folder/medibridge.log`, and makes every panic a line that names its place.
///
/// A panic's message is never written: it may hold whatever was being worked on.
pub(crate) fn start(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let log = rotating(&folder.join("medibridge.log"), LIMIT);
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_env_filter(EnvFilter::new(FILTER))
        .with_writer(Mutex::new(log))
        .finish();
    let _ = tracing::subscriber::set_global_default(subscriber);
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        tracing::error!(place, thread = thread.name(), "a panic");
    }));
    Ok(())
}

/// A file that starts anew when it is full; the one before is kept as `.1`.
fn rotating(path: &Path, limit: usize) -> FileRotate<AppendCount> {
    let limit = ContentLimit::BytesSurpassed(limit);
    FileRotate::new(path, AppendCount::new(1), limit, Compression::None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_is_put_aside_and_only_one_is_kept() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("medibridge.log");
        let mut log = rotating(&path, 8);
        for line in ["first line\n", "second line\n", "third line\n"] {
            io::Write::write_all(&mut log, line.as_bytes())?;
        }
        io::Write::write_all(&mut log, b"last")?;
        let before = folder.path().join("medibridge.log.1");
        assert_eq!(fs::read_to_string(&path)?, "last");
        assert_eq!(fs::read_to_string(before)?, "third line\n");
        assert_eq!(fs::read_dir(folder.path())?.count(), 2);
        Ok(())
    }
}
