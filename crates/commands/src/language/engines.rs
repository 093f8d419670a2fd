//! What is set, in one place: whoever needs an engine asks here and never reads the settings.
//!
//! "None" is the usual case. After a start nobody has asked the record yet; signing in does.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use ::language::{Chat, Embedder, Error, ModelFile, Transcriber};
use tokio::sync::watch;

use crate::error::CommandError;

/// The engines beside the translator, as they are set now.
#[derive(Clone, Default)]
pub(crate) struct Set {
    pub(crate) chat: Option<Arc<dyn Chat>>,
    pub(crate) embedder: Option<Arc<dyn Embedder>>,
    pub(crate) transcriber: Option<Arc<dyn Transcriber>>,
}

/// Hands them out, and tells of every change of the settings.
pub(crate) struct Engines {
    set: watch::Sender<Set>,
    /// Whether the record was asked since the program began.
    known: AtomicBool,
    installing: AtomicBool,
    stopped: AtomicBool,
}

/// The one installation of a speech model that may go on.
pub(super) struct Installing<'a>(&'a Engines);

impl Engines {
    /// Writes notes and answers questions.
    pub(crate) fn chat(&self) -> Option<Arc<dyn Chat>> {
        self.set.borrow().chat.clone()
    }

    /// Places texts by meaning.
    pub(crate) fn embedder(&self) -> Option<Arc<dyn Embedder>> {
        self.set.borrow().embedder.clone()
    }

    /// Writes down voice notes.
    pub(crate) fn transcriber(&self) -> Option<Arc<dyn Transcriber>> {
        self.set.borrow().transcriber.clone()
    }

    /// Tells when others are set: what waits for one tries again then.
    pub(crate) fn watch(&self) -> watch::Receiver<Set> {
        self.set.subscribe()
    }

    pub(super) fn replace(&self, set: Set) {
        self.known.store(true, Ordering::SeqCst);
        self.set.send_replace(set);
    }

    /// Whether the record was not asked yet.
    pub(super) fn are_unknown(&self) -> bool {
        !self.known.load(Ordering::SeqCst)
    }

    /// Begins an installation.
    ///
    /// # Errors
    /// [`ModelFile::Installing`] while another goes on.
    pub(super) fn installing(&self) -> Result<Installing<'_>, CommandError> {
        if self.installing.swap(true, Ordering::SeqCst) {
            return Err(Error::ModelFile(ModelFile::Installing).into());
        }
        self.stopped.store(false, Ordering::SeqCst);
        Ok(Installing(self))
    }

    /// Ends it, if one goes on.
    pub(super) fn stop_installing(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }
}

impl Default for Engines {
    fn default() -> Self {
        Self {
            set: watch::Sender::new(Set::default()),
            known: AtomicBool::default(),
            installing: AtomicBool::default(),
            stopped: AtomicBool::default(),
        }
    }
}

impl Installing<'_> {
    /// Whether somebody stopped it.
    pub(super) fn stopped(&self) -> &AtomicBool {
        &self.0.stopped
    }
}

impl Drop for Installing<'_> {
    fn drop(&mut self) {
        self.0.installing.store(false, Ordering::SeqCst);
    }
}
