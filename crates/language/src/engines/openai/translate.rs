//! The translation engine.

use std::time::{Duration, Instant};

use basics::{Language, Phi};
use futures_util::{FutureExt, future::BoxFuture};

use super::{Settings, answer, completions::Completions, prompt};
use crate::{
    engine::{Engine, Request},
    error::{Error, Result},
};

/// Translates by a chat model.
pub struct OpenAi {
    completions: Completions,
    timeout: Duration,
}

impl OpenAi {
    /// Sends nothing yet.
    ///
    /// # Errors
    /// [`Error::Settings`] naming the field that cannot be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        Ok(Self {
            completions: Completions::new(settings)?,
            timeout: settings.timeout,
        })
    }
}

impl Engine for OpenAi {
    fn name(&self) -> &str {
        self.completions.name()
    }

    fn translate<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<String>> {
        async move {
            let said = prompt::said(request)?;
            let answered = self.completions.whole(
                |model, shape| prompt::translation(model, request, &said, shape),
                |body| answer::translation(body, request),
            );
            tokio::time::timeout(self.timeout, answered)
                .await
                .unwrap_or(Err(Error::TimedOut))
        }
        .boxed()
    }

    fn check(&self) -> BoxFuture<'_, Result<Duration>> {
        async move {
            let started = Instant::now();
            let request = Request {
                text: Phi::new("Where does it hurt?".into()),
                from: Language::En,
                to: Language::Es,
                context: None,
            };
            self.translate(&request).await.map(|_| started.elapsed())
        }
        .boxed()
    }
}
