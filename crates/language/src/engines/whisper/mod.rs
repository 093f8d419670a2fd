//! Writes down voice notes on this machine, by whisper.cpp and a model file that the clinic installs.
//!
//! One thread of its own does the work, one note after the other, and lets the model go when nobody has
//! spoken for a while. The file is hashed each time before it is loaded.

mod file;
mod install;
mod run;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
};

use basics::Language;
use futures_util::{FutureExt, future::BoxFuture};
use tokio::sync::oneshot;

pub use install::install;

use crate::{
    error::{Error, ModelFile, Result},
    transcriber::{Transcriber, Transcript},
};

/// A model file that was installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// What its file was called.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What it was when it was installed.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// Writes down on this machine.
pub struct Whisper {
    name: String,
    jobs: mpsc::Sender<Job>,
}

/// A note to write down.
struct Job {
    wav: Vec<u8>,
    hint: Option<Language>,
    stopped: Arc<AtomicBool>,
    done: oneshot::Sender<Result<Transcript>>,
}

/// Stops the work when whoever waits for it has gone.
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Whisper {
    /// Loads nothing yet: the first note does.
    ///
    /// # Errors
    /// [`ModelFile::Unloadable`] where the system gives no thread.
    pub fn new(model: Model) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let name = model.name.clone();
        let work = move || run::work(&model, &waiting);
        (std::thread::Builder::new().name("speech".into()))
            .spawn(work)
            .map_err(|_| Error::ModelFile(ModelFile::Unloadable))?;
        Ok(Self { name, jobs })
    }
}

impl Transcriber for Whisper {
    fn name(&self) -> &str {
        &self.name
    }

    fn on_device(&self) -> bool {
        true
    }

    fn transcribe<'a>(
        &'a self,
        wav: &'a [u8],
        hint: Option<Language>,
    ) -> BoxFuture<'a, Result<Transcript>> {
        async move {
            let stop = Stop(Arc::default());
            let (done, answer) = oneshot::channel();
            let job = Job {
                wav: wav.to_vec(),
                hint,
                stopped: stop.0.clone(),
                done,
            };
            let gone = Error::ModelFile(ModelFile::Unloadable);
            self.jobs.send(job).map_err(|_| gone.clone())?;
            answer.await.unwrap_or(Err(gone))
        }
        .boxed()
    }
}
