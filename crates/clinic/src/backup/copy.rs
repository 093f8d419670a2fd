//! Copying a file piece by piece: hashed on the way, durable at the end, never much of it unwritten.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    path::Path,
};

use super::watch::BackupWatch;
use crate::{
    durable,
    error::{ClinicError, Result},
};

/// BLAKE3 of a file as it lies on the disk.
pub(super) type Hash = [u8; 32];

/// Bytes of one piece.
const PIECE: usize = 1024 * 1024;
/// What goes is cut off from its end so many bytes at a time: a file system that lets go of a large file at
/// once keeps everybody's commit waiting.
const CUT: u64 = 16 * 1024 * 1024;

/// What was copied or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Copied {
    pub(super) bytes: u64,
    pub(super) hash: Hash,
}

/// Copies `from` to the new file `to`, durable on return. `read` and `write` put failures into words.
pub(super) fn copy(
    from: &Path,
    to: &Path,
    watch: &BackupWatch,
    read: impl Fn(io::Error) -> ClinicError,
    write: impl Fn(io::Error) -> ClinicError,
) -> Result<Copied> {
    let mut source = File::open(from).map_err(&read)?;
    let mut target = durable::create_private(to).map_err(&write)?;
    let mut unwritten = 0;
    let copied = each_piece(&mut source, watch, read, |piece| {
        target.write_all(piece).map_err(&write)?;
        unwritten += piece.len() as u64;
        if unwritten >= watch.written() {
            unwritten = 0;
            target.sync_data().map_err(&write)?;
        }
        Ok(())
    })?;
    target.sync_all().map_err(&write)?;
    Ok(copied)
}

/// Removes a file that may be large.
pub(super) fn let_go(path: &Path, watch: &BackupWatch) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    while left > CUT {
        left -= CUT;
        file.set_len(left)?;
        watch.rest();
    }
    drop(file);
    fs::remove_file(path)
}

fn each_piece(
    source: &mut impl Read,
    watch: &BackupWatch,
    read: impl Fn(io::Error) -> ClinicError,
    mut act: impl FnMut(&[u8]) -> Result<()>,
) -> Result<Copied> {
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        let got = match source.read(&mut piece) {
            Ok(0) => break,
            Ok(got) => got,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(read(error)),
        };
        watch.breathe()?;
        hasher.update(&piece[..got]);
        act(&piece[..got])?;
        bytes += got as u64;
        watch.add(got as u64);
    }
    Ok(Copied {
        bytes,
        hash: *hasher.finalize().as_bytes(),
    })
}

/// Hashes what is read through it.
pub(super) struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<R: Read> Hashing<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            hasher: blake3::Hasher::new(),
            bytes: 0,
        }
    }

    pub(super) fn finish(self) -> Copied {
        Copied {
            bytes: self.bytes,
            hash: *self.hasher.finalize().as_bytes(),
        }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..got]);
        self.bytes += got as u64;
        Ok(got)
    }
}
