//! Big things: each in a file of its own, sealed, named by a keyed hash of its content.
//!
//! A file is written to `vault/tmp/`, made durable, renamed to `vault/ab/abcd….mbs`, its name made
//! durable – and only then may a row point at it. From before the first byte until after that commit
//! an empty `vault/tmp/abcd….pending` says that the file may be nobody's; the next start looks at
//! those only, so that starting costs nothing however full the vault is.

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use seal::{ContentHasher, ContentName, Key};
use zeroize::Zeroizing;

use crate::{
    durable,
    error::{ClinicError, Result},
};

const NAMES: &str = "medibridge 2026-11 vault names";
const FILES: &str = "medibridge 2026-11 vault files";
const ENDING: &str = "mbs";
const PENDING: &str = "pending";
/// The largest file that is kept: 4 GiB.
pub(crate) const LARGEST: u64 = 4 * 1024 * 1024 * 1024;

/// A file that lies in the vault; no row may point at it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    pub(crate) name: ContentName,
    pub(crate) bytes: u64,
}

impl StoredFile {
    /// Size of the content in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// The folder of sealed files.
pub(crate) struct Vault {
    folder: PathBuf,
    names: Key,
    files: Key,
}

impl Vault {
    /// The vault of the record in `dir`, under keys derived from the root key.
    pub(crate) fn open(dir: &Path, root: &Key) -> Result<Self> {
        let folder = dir.join("vault");
        durable::create_private_dir(&folder.join("tmp"))?;
        Ok(Self {
            folder,
            names: root.derive(NAMES, b""),
            files: root.derive(FILES, b""),
        })
    }

    /// Keeps the content; twice the same content is one file.
    pub(crate) fn put(&self, content: &mut (impl Read + Seek)) -> Result<StoredFile> {
        content.seek(SeekFrom::Start(0))?;
        let (name, bytes) = self.name_of(content)?;
        let stored = StoredFile { name, bytes };
        let path = self.path(&name);
        durable::create_private(&self.pending(&name))?;
        if path.try_exists()? {
            return Ok(stored);
        }
        content.seek(SeekFrom::Start(0))?;
        let fresh = self
            .folder
            .join("tmp")
            .join(uuid::Uuid::now_v7().to_string());
        let moved = self.write(&fresh, &path, &stored, content);
        if moved.is_err() {
            // The disk may be full: do not keep the half.
            let _ = fs::remove_file(&fresh);
        }
        moved.map(|()| stored)
    }

    /// The whole content.
    pub(crate) fn get(&self, stored: &StoredFile) -> Result<Zeroizing<Vec<u8>>> {
        let damaged = || ClinicError::Damaged { part: "vault" };
        let file = File::open(self.path(&stored.name)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => damaged(),
            _ => error.into(),
        })?;
        // The length is known, so the vector never grows and leaves no copy behind.
        let mut content = Zeroizing::new(Vec::new());
        let capacity = usize::try_from(stored.bytes).map_err(|_| damaged())?;
        content
            .try_reserve_exact(capacity)
            .map_err(|_| ClinicError::Internal("memory"))?;
        let name = stored.name.as_bytes();
        let read = seal::open(&self.files, name, &mut BufReader::new(file), &mut *content)?;
        if read != stored.bytes {
            return Err(damaged());
        }
        Ok(content)
    }

    /// Where the file lies, sealed.
    pub(crate) fn sealed(&self, name: &ContentName) -> PathBuf {
        self.path(name)
    }

    /// Opens what claims to be this file and throws the content away: it must be sealed by this record and be
    /// what its name says.
    pub(crate) fn authentic(&self, name: &ContentName, sealed: &mut dyn Read) -> Result<()> {
        let mut naming = Naming(ContentHasher::new(&self.names));
        seal::open(&self.files, name.as_bytes(), sealed, &mut naming)?;
        match naming.0.finish() == *name {
            true => Ok(()),
            false => Err(ClinicError::Damaged { part: "vault" }),
        }
    }

    /// Whether the file is there.
    pub(crate) fn holds(&self, stored: &StoredFile) -> Result<bool> {
        Ok(self.path(&stored.name).try_exists()?)
    }

    /// Removes a file that no row points at.
    pub(crate) fn remove(&self, stored: &StoredFile) -> Result<()> {
        fs::remove_file(self.path(&stored.name))?;
        self.settled(&stored.name);
        Ok(())
    }

    /// A row points at the file now, durably.
    pub(crate) fn settled(&self, name: &ContentName) {
        // Where this fails the next start asks again.
        let _ = fs::remove_file(self.pending(name));
    }

    /// Removes what an interrupted import left behind: half-written files, and whole ones that no row
    /// points at. Returns how many. Only the owner of the record may call it, before any import.
    pub(crate) fn sweep(&self, has_row: impl Fn(&ContentName) -> Result<bool>) -> Result<usize> {
        let mut swept = 0;
        for entry in fs::read_dir(self.folder.join("tmp"))? {
            let path = entry?.path();
            if let Some(name) = pending_name(&path)
                && !has_row(&name)?
                && self.path(&name).try_exists()?
            {
                fs::remove_file(self.path(&name))?;
                swept += 1;
            }
            fs::remove_file(&path)?;
        }
        Ok(swept)
    }

    fn write(
        &self,
        fresh: &Path,
        path: &Path,
        stored: &StoredFile,
        content: &mut impl Read,
    ) -> Result<()> {
        let mut out = BufWriter::with_capacity(256 * 1024, durable::create_private(fresh)?);
        let name = stored.name.as_bytes();
        let sealed = seal::seal(&self.files, name, content, &mut out)?;
        if sealed != stored.bytes {
            // The source changed between the two passes.
            return Err(ClinicError::Conflict {
                reason: "file-changed",
            });
        }
        out.flush()?;
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()?;
        if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
            durable::create_private_dir(parent)?;
            durable::sync_parent(parent)?;
        }
        fs::rename(fresh, path)?;
        Ok(durable::sync_parent(path)?)
    }

    fn name_of(&self, content: &mut impl Read) -> Result<(ContentName, u64)> {
        let mut hasher = ContentHasher::new(&self.names);
        let mut buffer = Zeroizing::new(vec![0; 256 * 1024]);
        let mut bytes = 0;
        loop {
            match content.read(&mut buffer) {
                Ok(0) => return Ok((hasher.finish(), bytes)),
                Ok(read) => {
                    hasher.update(&buffer[..read]);
                    bytes += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
            if bytes > LARGEST {
                return Err(ClinicError::TooLong {
                    field: "file",
                    limit: LARGEST,
                });
            }
        }
    }

    fn pending(&self, name: &ContentName) -> PathBuf {
        self.folder
            .join("tmp")
            .join(name.to_string())
            .with_extension(PENDING)
    }

    fn path(&self, name: &ContentName) -> PathBuf {
        let name = name.to_string();
        self.folder
            .join(&name[..2])
            .join(&name)
            .with_extension(ENDING)
    }
}

/// Names what is written into it, and keeps nothing.
struct Naming(ContentHasher);

impl Write for Naming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The name in `abcd….pending`.
fn pending_name(path: &Path) -> Option<ContentName> {
    path.extension().filter(|ending| *ending == PENDING)?;
    ContentName::from_slice(&hex::decode(path.file_stem()?.to_str()?).ok()?)
}
