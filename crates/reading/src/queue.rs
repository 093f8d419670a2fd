//! Readings behind a screen: one worker, a bounded line, progress and cancel.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
};

use basics::{Coded, JobId};

use crate::{
    error::{Error, Result},
    facts::Facts,
    input::Film,
    measure::Series,
    outcome::Outcome,
    reader::Reader,
    shelf::Shelf,
};

/// A decoded film, handed over.
#[derive(Debug)]
pub struct Loaded {
    /// Rows.
    pub rows: u32,
    /// Columns.
    pub columns: u32,
    /// `rows * columns` grey values, 0 black, 1 white.
    pub values: Vec<f32>,
    /// What the header says.
    pub facts: Facts,
    /// How long decoding took, in milliseconds.
    pub decode_ms: f64,
}

/// An error of any crate that can be told to a person.
pub type AnyError = Box<dyn Coded + Send + Sync>;

/// Where a job is. The last call is `Done`, `Failed` or `Cancelled`, and it comes exactly once.
pub enum Progress {
    /// The worker has begun.
    Running,
    /// An outcome, assessed or not.
    Done(Box<Outcome>),
    /// The file or the model does not work.
    Failed(AnyError),
    /// It was cancelled before it had an outcome.
    Cancelled,
}

/// Something to read.
pub struct Job {
    /// Made by the caller.
    pub id: JobId,
    /// Larger goes first; equal ones in their turn.
    pub priority: u8,
    /// Packs in order of preference.
    pub packs: Vec<String>,
    /// Decodes the film, on the worker.
    pub load: Box<dyn FnOnce() -> Result<Loaded, AnyError> + Send>,
    /// The series that it belongs to, for a pack that measures.
    pub series: Option<Box<dyn Series>>,
    /// Told of the progress, on the worker or on the thread that cancels.
    pub tell: Box<dyn Fn(Progress) + Send>,
}

/// The line and its worker. Dropping it cancels what waits and ends the worker.
pub struct Queue {
    shared: Arc<Shared>,
    worker: Option<JoinHandle<()>>,
}

struct Shared {
    line: Mutex<Line>,
    changed: Condvar,
    capacity: usize,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Job>,
    running: Option<JobId>,
    cancelled: bool,
    closed: bool,
}

impl Queue {
    /// Starts the worker. At most `capacity` jobs wait; a run uses `threads` threads.
    ///
    /// One worker only: readings on a screen are few, and two at once would slow each other down.
    pub fn start(shelf: &Arc<Shelf>, threads: usize, capacity: usize) -> Self {
        let shared = Arc::new(Shared {
            line: Mutex::default(),
            changed: Condvar::new(),
            capacity,
        });
        let (of_worker, shelf) = (Arc::clone(&shared), Arc::clone(shelf));
        let worker = std::thread::Builder::new()
            .name("reading".into())
            .spawn(move || of_worker.work(&shelf, threads))
            .ok();
        Self { shared, worker }
    }

    /// Puts a job in the line.
    pub fn submit(&self, job: Job) -> Result<JobId> {
        let mut line = self.shared.lock();
        let known = line.running == Some(job.id) || line.waiting.iter().any(|j| j.id == job.id);
        if line.closed || known || self.worker.is_none() {
            return Err(Error::Refused);
        }
        if line.waiting.len() >= self.shared.capacity {
            return Err(Error::Full);
        }
        let id = job.id;
        let before = line
            .waiting
            .iter()
            .take_while(|j| j.priority >= job.priority)
            .count();
        line.waiting.insert(before, job);
        drop(line);
        self.shared.changed.notify_one();
        Ok(id)
    }

    /// Cancels a job; false if it is not known any more. One that runs is cancelled at its next step.
    pub fn cancel(&self, id: JobId) -> bool {
        let mut line = self.shared.lock();
        if line.running == Some(id) {
            line.cancelled = true;
            return true;
        }
        let at = line.waiting.iter().position(|job| job.id == id);
        let job = at.and_then(|at| line.waiting.remove(at));
        drop(line);
        job.map(|job| (job.tell)(Progress::Cancelled)).is_some()
    }

    /// How many jobs wait or run.
    pub fn len(&self) -> usize {
        let line = self.shared.lock();
        line.waiting.len() + usize::from(line.running.is_some())
    }

    /// Whether nothing waits or runs.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The worker's reader, opened for the first job.
struct Reading<'a> {
    reader: &'a mut Option<Reader>,
    shelf: &'a Arc<Shelf>,
    threads: usize,
}

impl Drop for Queue {
    fn drop(&mut self) {
        let mut line = self.shared.lock();
        line.closed = true;
        line.cancelled = true;
        let waiting = std::mem::take(&mut line.waiting);
        drop(line);
        self.shared.changed.notify_all();
        waiting
            .into_iter()
            .for_each(|job| (job.tell)(Progress::Cancelled));
        // A job may hold the last handle to the queue; a worker cannot wait for itself.
        if let Some(worker) = self.worker.take()
            && worker.thread().id() != std::thread::current().id()
        {
            let _ = worker.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, shelf: &Arc<Shelf>, threads: usize) {
        let mut reader = None;
        while let Some(job) = self.next() {
            let Job {
                packs,
                load,
                mut series,
                tell,
                ..
            } = job;
            tell(Progress::Running);
            let attempt = catch_unwind(AssertUnwindSafe(|| {
                let reader = Reading {
                    reader: &mut reader,
                    shelf,
                    threads,
                };
                self.attempt(reader, &packs, load, &mut series)
            }));
            let result = attempt.unwrap_or_else(|_| {
                reader = None; // its sessions may be half-way through a run
                Err(Box::new(Error::Refused))
            });
            let cancelled = {
                let mut line = self.lock();
                line.running = None;
                std::mem::take(&mut line.cancelled) || matches!(result, Ok(None))
            };
            tell(match result {
                _ if cancelled => Progress::Cancelled,
                Ok(Some(outcome)) => Progress::Done(Box::new(outcome)),
                Ok(None) => Progress::Cancelled,
                Err(error) => Progress::Failed(error),
            });
        }
    }

    /// Waits for a job; none when the queue is closed.
    fn next(&self) -> Option<Job> {
        let mut line = self.lock();
        loop {
            if line.closed {
                return None;
            }
            if let Some(job) = line.waiting.pop_front() {
                line.running = Some(job.id);
                line.cancelled = false;
                return Some(job);
            }
            line = self
                .changed
                .wait(line)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Decodes and reads; none if it was cancelled in between.
    fn attempt(
        &self,
        reading: Reading<'_>,
        packs: &[String],
        load: Box<dyn FnOnce() -> Result<Loaded, AnyError> + Send>,
        series: &mut Option<Box<dyn Series>>,
    ) -> Result<Option<Outcome>, AnyError> {
        let cancelled = || self.lock().cancelled;
        if cancelled() {
            return Ok(None);
        }
        let film = load()?;
        if cancelled() {
            return Ok(None);
        }
        let reader = match reading.reader {
            Some(reader) => reader,
            None => {
                let new = Reader::open(reading.shelf, reading.threads).map_err(boxed)?;
                reading.reader.insert(new)
            }
        };
        let view = Film::new(film.rows, film.columns, &film.values).map_err(boxed)?;
        let series = series
            .as_mut()
            .map(|series| &mut **series as &mut dyn Series);
        let read = reader.read_in_series(&view, &film.facts, packs, series, &cancelled);
        Ok(read.map_err(boxed)?.map(|mut outcome| {
            outcome.ms.decode = film.decode_ms;
            outcome.ms.total += film.decode_ms;
            outcome
        }))
    }
}

fn boxed(error: Error) -> AnyError {
    Box::new(error)
}
