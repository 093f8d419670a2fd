//! Files that leave the record, where a person wants them.

use std::{fs, io::Write, path::Path};

use crate::error::CommandError;

/// Writes a file whole or not at all: beside its place first, then there.
///
/// # Errors
/// [`CommandError::FileNotWritten`].
pub(crate) fn write(path: &str, bytes: &[u8]) -> Result<(), CommandError> {
    put(Path::new(path), bytes).map_err(|_| CommandError::FileNotWritten)
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    // The folder's own entry, where the system lets one.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}
