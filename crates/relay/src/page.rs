//! The patient page: files held in memory, each also gzipped once.

use std::{
    collections::HashMap,
    fs,
    io::{self, Write},
    path::Path,
};

use axum::body::Bytes;
use flate2::{Compression, write::GzEncoder};
use rust_embed::RustEmbed;

use crate::{RelayError, config};

/// As the screens' build left it; nothing when it was not built.
#[derive(RustEmbed)]
#[folder = "../../ui/dist-patient"]
#[allow_missing = true]
struct Built;

/// The page that opens at `/` and at a door.
pub(crate) const FIRST: &str = "patient.html";

/// Path → file.
#[derive(Default)]
pub(crate) struct Files(HashMap<String, File>);

/// A file as it is sent.
pub(crate) struct File {
    pub(crate) bytes: Bytes,
    /// When that is shorter.
    pub(crate) gzipped: Option<Bytes>,
    pub(crate) kind: &'static str,
}

impl Files {
    pub(crate) fn read(page: &config::Page) -> Result<Self, RelayError> {
        let mut files = Self::default();
        match page {
            config::Page::Embedded => {
                for name in Built::iter() {
                    if let Some(file) = Built::get(&name) {
                        files.add(name.into_owned(), file.data.into_owned());
                    }
                }
            }
            config::Page::Folder(folder) => files
                .add_folder(folder, folder)
                .map_err(|error| RelayError::Page(folder.clone(), error))?,
        }
        Ok(files)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&File> {
        self.0.get(name)
    }

    fn add_folder(&mut self, top: &Path, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.add_folder(top, &path)?;
            } else if let Ok(name) = path.strip_prefix(top) {
                let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
                self.add(name.join("/"), fs::read(&path)?);
            }
        }
        Ok(())
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) {
        // A source map is nothing that a phone runs.
        let Some(kind) = kind(&name) else { return };
        let gzipped = gzip(&bytes).filter(|small| small.len() < bytes.len() * 9 / 10);
        let file = File {
            bytes: bytes.into(),
            gzipped: gzipped.map(Bytes::from),
            kind,
        };
        self.0.insert(name, file);
    }
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// What the page is made of; nothing else is sent.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}
