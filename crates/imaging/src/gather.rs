//! Finds pictures in what a person drops on the window: files, folders and ZIP archives.
//!
//! Files come one at a time, so that memory holds one of them and not all. Names inside archives are
//! labels and never become paths.

mod archive;

use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use crate::{Error, Limits, Result};
use archive::Archive;

/// Something that may be a picture.
#[derive(Debug)]
pub struct Found {
    /// What to call it in a list: the path below what was dropped, `archive.zip › name` in an archive.
    pub label: String,
    /// Where it is.
    pub content: Content,
}

/// Where a found file is.
#[derive(Debug)]
pub enum Content {
    /// A file on disk.
    Path(PathBuf),
    /// A file unpacked from an archive.
    Bytes(Vec<u8>),
}

impl Found {
    /// Opens it.
    pub fn open(self, limits: &Limits) -> Result<crate::Picture> {
        match self.content {
            Content::Path(path) => crate::Picture::open(path, limits),
            Content::Bytes(bytes) => crate::Picture::from_bytes(bytes, limits),
        }
    }
    /// Its bytes.
    pub fn bytes(self, limits: &Limits) -> Result<Vec<u8>> {
        match self.content {
            Content::Path(path) => crate::picture::read(&path, limits),
            Content::Bytes(bytes) => Ok(bytes),
        }
    }
}

/// Walks lazily; see [`gather`].
pub struct Gather<'a> {
    queue: VecDeque<(String, PathBuf)>,
    archive: Option<Archive>,
    limits: Limits,
    progress: Box<dyn FnMut(u64) + Send + 'a>,
    cancel: &'a AtomicBool,
    seen: u64,
    done: bool,
}

/// Walks files, folders (in the order of their names, links not followed) and ZIP archives. What
/// cannot be read comes as its label with the reason, and the walk goes on. Hidden files and those
/// that operating systems leave behind are passed over.
///
/// `progress` is told the number of files seen so far. Once `cancel` is set, the next item is
/// [`Error::Cancelled`] and the last.
pub fn gather<'a, P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
    limits: &Limits,
    progress: impl FnMut(u64) + Send + 'a,
    cancel: &'a AtomicBool,
) -> Gather<'a> {
    let queue = paths
        .into_iter()
        .map(|path| {
            let path = path.as_ref();
            let name = path.file_name().unwrap_or(path.as_os_str());
            (name.to_string_lossy().into_owned(), path.to_owned())
        })
        .collect();
    Gather {
        queue,
        archive: None,
        limits: *limits,
        progress: Box::new(progress),
        cancel,
        seen: 0,
        done: false,
    }
}

impl Iterator for Gather<'_> {
    type Item = std::result::Result<Found, (String, Error)>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            if self.cancel.load(Ordering::Relaxed) {
                self.done = true;
                return Some(Err((String::new(), Error::Cancelled)));
            }
            let item = match &mut self.archive {
                Some(archive) => match archive.next(&self.limits) {
                    Some(item) => Some(item),
                    None => {
                        self.archive = None;
                        continue;
                    }
                },
                None => {
                    let (label, path) = self.queue.pop_front()?;
                    self.visit(label, path)
                }
            };
            if let Some(item) = item {
                self.seen += 1;
                (self.progress)(self.seen);
                return Some(item);
            }
        }
        None
    }
}

impl Gather<'_> {
    fn visit(&mut self, label: String, path: PathBuf) -> Option<<Self as Iterator>::Item> {
        let kind = match fs::metadata(&path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => return Some(Err((label, error.into()))),
        };
        if kind.is_dir() {
            return match entries(&label, &path) {
                Ok(entries) => {
                    entries
                        .into_iter()
                        .rev()
                        .for_each(|entry| self.queue.push_front(entry));
                    None
                }
                Err(error) => Some(Err((label, error))),
            };
        }
        if !kind.is_file() {
            return None;
        }
        match archive::is_zip(&path) {
            Ok(false) => Some(Ok(Found {
                label,
                content: Content::Path(path),
            })),
            Ok(true) => match Archive::open(&label, &path, &self.limits) {
                Ok(archive) => {
                    self.archive = Some(archive);
                    None
                }
                Err(error) => Some(Err((label, error))),
            },
            Err(error) => Some(Err((label, error))),
        }
    }
}

fn entries(label: &str, folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Links could lead round in a circle or out of what was dropped.
        if !is_junk(&name) && !entry.file_type()?.is_symlink() {
            found.push((format!("{label}/{name}"), entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// Hidden files and what operating systems leave behind.
fn is_junk(name: &str) -> bool {
    name.starts_with('.')
        || name == "__MACOSX"
        || ["thumbs.db", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
}
