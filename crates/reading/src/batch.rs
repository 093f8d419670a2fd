//! A folder of files: as many workers as cores, each with its own sessions, each holding one film.
//!
//! A worker decodes and reads the same film itself. Nothing is handed from thread to thread but
//! names and outcomes, so memory does not grow with the number of files, and no core waits for another.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Instant,
};

use basics::JobId;
use imaging::{Content, Found, Limits, Picture};

use crate::{
    error::{Error, Result},
    facts::Facts,
    input::Film,
    measure::{Member, Series},
    outcome::Outcome,
    queue::AnyError,
    reader::Reader,
    shelf::Shelf,
};

/// How to go through a folder.
#[derive(Clone, Debug)]
pub struct BatchOptions {
    /// Worker threads; 0 means one a core.
    pub workers: usize,
    /// Packs in order of preference.
    pub packs: Vec<String>,
    /// What a file may cost.
    pub limits: Limits,
}

/// One file's result.
pub struct Screened {
    /// What to call the file: see [`Found::label`].
    pub label: String,
    /// Where it lies; none for a file in an archive.
    pub path: Option<PathBuf>,
    /// What was read, or why the file or the model does not work.
    pub result: Result<Outcome, AnyError>,
}

/// A file of several frames as a series of its own.
struct Cine {
    /// New for each file: two folders may hold files of one name.
    id: String,
    picture: Picture,
}

impl Series for Cine {
    fn asked(&self) -> (String, u32) {
        (self.id.clone(), 0)
    }

    fn members(&mut self) -> Result<Vec<Member>, AnyError> {
        Ok(vec![Member {
            id: self.id.clone(),
            frames: self.picture.header().layout.frames,
        }])
    }

    fn open(&mut self, _: &str) -> Result<Picture, AnyError> {
        Ok(self.picture.clone())
    }
}

/// Opens, decodes and reads one file's first frame. Other files of its series are not looked for: a pack
/// that measures tells outlines and areas only, but for a file that holds its series itself.
pub fn screen(
    reader: &mut Reader,
    found: Found,
    packs: &[String],
    limits: &Limits,
) -> Result<Outcome, AnyError> {
    let started = Instant::now();
    let picture = found
        .open(limits)
        .map_err(|error| Box::new(error) as AnyError)?;
    let facts = Facts::of_frame(&picture, 0).map_err(|error| Box::new(error) as AnyError)?;
    let plane = picture
        .model_plane(0)
        .map_err(|error| Box::new(error) as AnyError)?;
    let mut cine = (picture.header().layout.frames > 1).then_some(Cine {
        id: JobId::new().to_string(),
        picture,
    });
    let decode = started.elapsed().as_secs_f64() * 1e3;
    let film = Film::new(plane.rows, plane.columns, &plane.values)
        .map_err(|error| Box::new(error) as AnyError)?;
    let series = cine.as_mut().map(|cine| cine as &mut dyn Series);
    let mut outcome = reader
        .read_in_series(&film, &facts, packs, series, &|| false)
        .and_then(|read| read.ok_or(Error::Refused))
        .map_err(|error| Box::new(error) as AnyError)?;
    outcome.ms.decode = decode;
    outcome.ms.total = started.elapsed().as_secs_f64() * 1e3;
    Ok(outcome)
}

/// Reads every file of a [`imaging::gather`]; `tell` is called on this thread, in order of finish, once a file.
///
/// Setting `cancel` ends it after the files that are being read. An error means that no worker could
/// start, because the gate or the runtime does not work; then `tell` was never called.
pub fn batch(
    shelf: &Arc<Shelf>,
    found: impl Iterator<Item = Result<Found, (String, imaging::Error)>> + Send,
    options: &BatchOptions,
    cancel: &AtomicBool,
    mut tell: impl FnMut(Screened),
) -> Result<()> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = if options.workers == 0 {
        cores
    } else {
        options.workers
    };
    // All sessions are opened before the first file, so that a broken model is one error, not many.
    let readers = (0..workers)
        .map(|_| Reader::open(shelf, 1))
        .collect::<Result<Vec<Reader>>>()?;
    let found = Mutex::new(found);
    let (sender, results) = mpsc::sync_channel(workers);
    std::thread::scope(|scope| {
        for mut reader in readers {
            let (sender, found) = (sender.clone(), &found);
            scope.spawn(move || {
                while !cancel.load(Ordering::Relaxed) {
                    let next = found.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(next) = next else { break };
                    let screened = one(&mut reader, next, options);
                    if sender.send(screened).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        results.into_iter().for_each(&mut tell);
    });
    Ok(())
}

fn one(
    reader: &mut Reader,
    next: Result<Found, (String, imaging::Error)>,
    options: &BatchOptions,
) -> Screened {
    match next {
        Err((label, error)) => Screened {
            label,
            path: None,
            result: Err(Box::new(error)),
        },
        Ok(found) => {
            let path = match &found.content {
                Content::Path(path) => Some(path.clone()),
                Content::Bytes(_) => None,
            };
            let label = found.label.clone();
            Screened {
                label,
                path,
                result: screen(reader, found, &options.packs, &options.limits),
            }
        }
    }
}
