//! The order of help – same language, phrase, engine, nothing – and what happens while an engine is down.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use basics::{Language, Phi, PhraseUse, Provenance};
use futures_util::{FutureExt, future::BoxFuture, future::join_all};
use language::{Engine, Error, Phrasebook, Request, Result, Said, State, Translator};

const PAUSE: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(20));

/// Fails as told, then translates; counts who is inside.
#[derive(Default)]
struct Scripted {
    failures: Mutex<VecDeque<Error>>,
    down: AtomicBool,
    asked: AtomicUsize,
    inside: AtomicUsize,
    most: AtomicUsize,
    dropped: Arc<AtomicUsize>,
    silent: bool,
}

struct Inside<'a>(&'a Scripted);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::SeqCst);
        self.0.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

impl Engine for Scripted {
    fn name(&self) -> &str {
        "scripted"
    }

    fn translate<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<String>> {
        async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(inside, Ordering::SeqCst);
            let _inside = Inside(self);
            tokio::task::yield_now().await;
            if self.silent {
                std::future::pending::<()>().await;
            }
            if self.down.load(Ordering::SeqCst) {
                return Err(Error::Unreachable);
            }
            match self.failures.lock().unwrap().pop_front() {
                Some(error) => Err(error),
                None => Ok(format!("[{}] {}", request.to.tag(), request.text.expose())),
            }
        }
        .boxed()
    }

    fn check(&self) -> BoxFuture<'_, Result<Duration>> {
        async { Ok(Duration::ZERO) }.boxed()
    }
}

fn failing(failures: impl IntoIterator<Item = Error>) -> Arc<Scripted> {
    Arc::new(Scripted {
        failures: Mutex::new(failures.into_iter().collect()),
        ..Scripted::default()
    })
}

fn translator() -> Translator {
    Translator::with_pause(Phrasebook::embedded().unwrap(), PAUSE)
}

fn said(text: &str) -> Said {
    Said {
        text: Phi::new(text.into()),
        language: Language::En,
        phrase: None,
        context: None,
    }
}

/// The first phrase without slots.
fn phrase() -> PhraseUse {
    let phrases = Phrasebook::embedded().unwrap().phrases();
    PhraseUse {
        phrase: phrases
            .iter()
            .find(|phrase| phrase.slots.is_empty())
            .unwrap()
            .key
            .clone(),
        slots: BTreeMap::new(),
    }
}

const FREE: &str = "My neighbour's goat ate the prescription.";

#[test]
fn without_an_engine_what_is_no_phrase_is_not_translated_and_says_so() {
    let (done, owed) = translator().begin(&said(FREE), &[Language::En, Language::De]);
    assert!(owed.is_empty());
    assert_eq!(done[0].provenance, Provenance::SameLanguage);
    assert_eq!(done[1].provenance, Provenance::NotTranslated);
    assert!(done[1].text.expose().is_empty());
}

#[tokio::test]
async fn a_phrase_never_asks_the_engine() {
    let (translator, engine) = (translator(), failing([]));
    translator.set_engine(Some(engine.clone()));
    let book = Phrasebook::embedded().unwrap();
    let english = book.render(&phrase(), Language::En).unwrap().to_uppercase();
    let (done, owed) = translator.begin(&said(&english), &Language::ALL);
    assert!(owed.is_empty());
    let te = done
        .iter()
        .find(|done| done.language == Language::Te)
        .unwrap();
    assert_eq!(
        te.text.expose(),
        &book.render(&phrase(), Language::Te).unwrap()
    );
    assert_eq!(te.provenance, Provenance::UnreviewedPhrase);
    assert_eq!(engine.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_phrase_that_the_words_are_not_does_not_count() {
    let translator = translator();
    let forged = Said {
        phrase: Some(phrase()),
        ..said(FREE)
    };
    let (done, _) = translator.begin(&forged, &[Language::De]);
    assert_eq!(done[0].provenance, Provenance::NotTranslated);
    translator.set_engine(Some(failing([])));
    let (_, mut owed) = translator.begin(&forged, &[Language::De]);
    let translated = owed.remove(0).await.unwrap();
    assert_eq!(translated.provenance, Provenance::Machine);
    assert_eq!(translated.text.expose(), &format!("[de] {FREE}"));
}

#[tokio::test]
async fn thirty_messages_wait_for_an_engine_that_is_down_and_none_is_lost() {
    let (translator, engine) = (translator(), failing([]));
    engine.down.store(true, Ordering::SeqCst);
    translator.set_engine(Some(engine.clone()));
    let mut states = translator.watch();
    let owed: Vec<_> = (0..30)
        .flat_map(|n| {
            translator
                .begin(&said(&format!("{FREE} {n}")), &[Language::De])
                .1
        })
        .collect();
    let all = tokio::spawn(join_all(owed));
    let failing = states
        .wait_for(|state| matches!(state, State::Failing { .. }))
        .await
        .unwrap()
        .clone();
    assert_eq!(
        failing,
        State::Failing {
            name: "scripted".into(),
            error: Error::Unreachable
        }
    );
    engine.down.store(false, Ordering::SeqCst);
    let all = all.await.unwrap();
    for (n, translated) in all.into_iter().enumerate() {
        assert_eq!(
            translated.unwrap().text.expose(),
            &format!("[de] {FREE} {n}")
        );
    }
    assert_eq!(
        translator.state(),
        State::Ready {
            name: "scripted".into()
        }
    );
    assert!(engine.most.load(Ordering::SeqCst) <= 4);
    assert!(engine.asked.load(Ordering::SeqCst) > 30);
}

#[tokio::test]
async fn a_refused_key_waits_for_new_settings_and_not_for_time() {
    let (translator, engine) = (translator(), failing(vec![Error::KeyRefused; 100]));
    translator.set_engine(Some(engine.clone()));
    let (_, mut owed) = translator.begin(&said(FREE), &[Language::De]);
    let mut states = translator.watch();
    let waiting = tokio::spawn(owed.remove(0));
    states
        .wait_for(|state| matches!(state, State::Failing { .. }))
        .await
        .unwrap();
    tokio::time::sleep(PAUSE.1 * 3).await;
    assert_eq!(engine.asked.load(Ordering::SeqCst), 1);
    translator.set_engine(Some(failing([])));
    assert_eq!(
        waiting.await.unwrap().unwrap().provenance,
        Provenance::Machine
    );
}

#[tokio::test]
async fn what_is_owed_ends_plainly_when_the_engine_is_taken_away() {
    let translator = translator();
    translator.set_engine(Some(failing(vec![Error::TimedOut; 1000])));
    let (_, mut owed) = translator.begin(&said(FREE), &[Language::De]);
    let mut states = translator.watch();
    let waiting = tokio::spawn(owed.remove(0));
    states
        .wait_for(|state| matches!(state, State::Failing { .. }))
        .await
        .unwrap();
    translator.set_engine(None);
    assert_eq!(
        waiting.await.unwrap().unwrap().provenance,
        Provenance::NotTranslated
    );
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_ends_this_text_and_leaves_the_engine_ready() {
    let translator = translator();
    let unusable = Error::Unusable(language::Unusable::Script);
    translator.set_engine(Some(failing([unusable.clone()])));
    let (_, mut owed) = translator.begin(&said(FREE), &[Language::De]);
    assert_eq!(owed.remove(0).await, Err(unusable));
    assert!(matches!(translator.state(), State::Ready { .. }));
}

#[tokio::test]
async fn dropping_what_is_owed_cancels_it() {
    let engine = Arc::new(Scripted {
        silent: true,
        ..Scripted::default()
    });
    let translator = translator();
    translator.set_engine(Some(engine.clone()));
    let (_, mut owed) = translator.begin(&said(FREE), &[Language::De]);
    let waiting = tokio::spawn(owed.remove(0));
    while engine.inside.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert_eq!(engine.dropped.load(Ordering::SeqCst), 1);
}
