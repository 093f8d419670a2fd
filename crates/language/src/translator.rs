//! Finds the translation of what was said: the same language, then the phrasebook, then the engine;
//! where none is set, none, said plainly.
//!
//! The first two answer at once. The engine takes its time: a [`Pending`] waits while it does not
//! answer and asks again until it does, until another engine is set, or until it is dropped.

use std::{
    pin::Pin,
    sync::{Arc, PoisonError, RwLock},
    task::{Context, Poll},
    time::Duration,
};

use basics::{Language, Phi, PhraseUse, Provenance};
use futures_util::{FutureExt, future::BoxFuture};
use tokio::sync::{Semaphore, watch};

use crate::{
    engine::{Engine, Request, State},
    error::{Error, Result},
    fold::tokens,
    phrasebook::{Approvals, Phrasebook},
};

/// Texts that an engine works on at once.
const AT_ONCE: usize = 4;
/// How long to wait before an engine that failed is asked again, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// Translates what is said in consultations. Clones share it.
#[derive(Clone)]
pub struct Translator(Arc<Shared>);

struct Shared {
    book: &'static Phrasebook,
    approvals: RwLock<Approvals>,
    engine: watch::Sender<Option<Arc<dyn Engine>>>,
    state: watch::Sender<State>,
    places: Semaphore,
    pause: (Duration, Duration),
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The words.
    pub text: Phi<String>,
    /// What they are written in.
    pub language: Language,
    /// The phrase they were picked from. It counts only where the words are that phrase.
    pub phrase: Option<PhraseUse>,
    /// What was said just before.
    pub context: Option<Phi<String>>,
}

/// What was said, in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated {
    /// Into what.
    pub language: Language,
    /// The words; empty where `provenance` is [`Provenance::NotTranslated`].
    pub text: Phi<String>,
    /// Who stands behind it.
    pub provenance: Provenance,
}

/// A translation that the engine owes. Nothing happens unless it is polled; dropping it cancels.
pub struct Pending {
    /// Into what.
    pub language: Language,
    work: BoxFuture<'static, Result<Translated>>,
}

impl Translator {
    /// A translator with nothing but this phrasebook.
    pub fn new(book: &'static Phrasebook) -> Self {
        Self::with_pause(book, PAUSE)
    }

    /// The same with other pauses, at first and at most, before a failed engine is asked again.
    pub fn with_pause(book: &'static Phrasebook, pause: (Duration, Duration)) -> Self {
        Self(Arc::new(Shared {
            book,
            approvals: RwLock::default(),
            engine: watch::Sender::new(None),
            state: watch::Sender::new(State::None),
            places: Semaphore::new(AT_ONCE),
            pause,
        }))
    }

    /// Takes another engine, or none. What is owed goes to it.
    pub fn set_engine(&self, engine: Option<Arc<dyn Engine>>) {
        self.0.state.send_replace(match &engine {
            None => State::None,
            Some(engine) => State::Ready {
                name: engine.name().into(),
            },
        });
        self.0.engine.send_replace(engine);
    }

    /// Takes the clinic's approvals as they now stand.
    pub fn set_approvals(&self, approvals: Approvals) {
        *(self.0.approvals.write()).unwrap_or_else(PoisonError::into_inner) = approvals;
    }

    /// Whether the engine answers.
    pub fn state(&self) -> State {
        self.0.state.borrow().clone()
    }

    /// Tells of every change of [`Translator::state`].
    pub fn watch(&self) -> watch::Receiver<State> {
        self.0.state.subscribe()
    }

    /// The translations that are there at once, and those that the engine owes. Each language that was
    /// asked for is in one of the two.
    pub fn begin(&self, said: &Said, targets: &[Language]) -> (Vec<Translated>, Vec<Pending>) {
        let mut done = Vec::new();
        let mut owed = Vec::new();
        for &to in targets {
            match self.at_once(said, to) {
                Some(translated) => done.push(translated),
                None => owed.push(self.ask(said, to)),
            }
        }
        (done, owed)
    }

    /// The translation if it needs no engine, or if there is none to ask.
    pub fn at_once(&self, said: &Said, to: Language) -> Option<Translated> {
        let shared = &self.0;
        if said.language == to {
            return Some(Translated {
                language: to,
                text: said.text.clone(),
                provenance: Provenance::SameLanguage,
            });
        }
        if let Some(used) = shared.phrase_of(said) {
            let approvals = (shared.approvals.read()).unwrap_or_else(PoisonError::into_inner);
            if let Ok((text, provenance)) =
                (shared.book).translate(&used, said.language, to, &approvals)
            {
                return Some(Translated {
                    language: to,
                    text: text.into(),
                    provenance,
                });
            }
        }
        shared.engine.borrow().is_none().then(|| nothing(to))
    }

    /// A translation by the engine, whatever the phrasebook knows: to see what another one says.
    ///
    /// # Errors
    /// [`Error::NoEngine`].
    pub fn by_engine(&self, said: &Said, to: Language) -> Result<Pending> {
        match self.state() {
            State::None => Err(Error::NoEngine),
            _ => Ok(self.ask(said, to)),
        }
    }

    fn ask(&self, said: &Said, to: Language) -> Pending {
        let request = Request {
            text: said.text.clone(),
            from: said.language,
            to,
            context: said.context.clone(),
        };
        let shared = self.0.clone();
        Pending {
            language: to,
            work: async move { shared.until_answered(request).await }.boxed(),
        }
    }
}

impl Shared {
    /// The phrase that the words are: the one they were picked from, if it says the same, or any.
    fn phrase_of(&self, said: &Said) -> Option<PhraseUse> {
        let typed = tokens(said.text.expose(), said.language);
        let is_it = |used: &&PhraseUse| {
            (self.book.render(used, said.language))
                .is_ok_and(|text| tokens(&text, said.language) == typed)
        };
        (said.phrase.as_ref().filter(is_it).cloned())
            .or_else(|| self.book.exact(said.text.expose(), said.language))
    }

    async fn until_answered(&self, request: Request) -> Result<Translated> {
        let mut engines = self.engine.subscribe();
        let mut states = self.state.subscribe();
        let (mut pause, longest) = self.pause;
        loop {
            let Some(engine) = engines.borrow_and_update().clone() else {
                return Ok(nothing(request.to));
            };
            states.borrow_and_update();
            let outcome = match self.places.acquire().await {
                Ok(_place) => engine.translate(&request).await,
                Err(_) => Err(Error::Unreachable),
            };
            let error = match outcome {
                Ok(text) => {
                    self.tell(&engine, None);
                    return Ok(Translated {
                        language: request.to,
                        text: text.into(),
                        provenance: Provenance::Machine,
                    });
                }
                // The engine works: it is this text that it cannot translate.
                Err(error) if error.is_of_the_text() => {
                    self.tell(&engine, None);
                    return Err(error);
                }
                Err(error) => error,
            };
            self.tell(&engine, Some(&error));
            let wait = match &error {
                Error::Overloaded {
                    retry_after: Some(seconds),
                    ..
                } => pause.max(Duration::from_secs(*seconds)).min(longest),
                _ => pause,
            };
            tokio::select! {
                changed = engines.changed() => if changed.is_ok() { pause = self.pause.0 },
                () = answers_again(&mut states) => {}
                // A refused key or an unknown model stays so until somebody changes the settings.
                () = tokio::time::sleep(wait), if error.may_pass() => pause = (pause * 2).min(longest),
            }
        }
    }

    /// Notes how the engine did, unless another was set meanwhile.
    fn tell(&self, engine: &Arc<dyn Engine>, error: Option<&Error>) {
        let current = self.engine.borrow();
        if !current
            .as_ref()
            .is_some_and(|current| Arc::ptr_eq(current, engine))
        {
            return;
        }
        let name = engine.name().to_owned();
        let state = match error {
            None => State::Ready { name },
            Some(error) => {
                tracing::warn!(%error, "the translation engine does not answer");
                let error = error.clone();
                State::Failing { name, error }
            }
        };
        self.state.send_if_modified(|known| {
            let modified = *known != state;
            *known = state;
            modified
        });
    }
}

impl Future for Pending {
    type Output = Result<Translated>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.work.poll_unpin(context)
    }
}

/// Returns when the engine has answered somebody else.
async fn answers_again(states: &mut watch::Receiver<State>) {
    if (states
        .wait_for(|state| matches!(state, State::Ready { .. }))
        .await)
        .is_err()
    {
        std::future::pending::<()>().await;
    }
}

fn nothing(language: Language) -> Translated {
    Translated {
        language,
        text: String::new().into(),
        provenance: Provenance::NotTranslated,
    }
}
