//! Voice notes on their way to words: one at a time, in the order in which they were said, also after
//! their consultation has ended.
//!
//! What waits lies in the record, so nothing is lost with the program. A note in which nobody speaks goes
//! to no engine. An engine that does not answer holds all of them back, and is asked again; a note that
//! it cannot write down says so and holds back nobody.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use ::clinic::{NewTranscript, Permit, TranscriptSegment, WaitingNote};
use ::language::{Error, Transcriber, Transcript, Unusable};
use basics::{Coded, MessageId, UserId};
use tokio::{sync::Notify, task::block_in_place};
use voice::{Cut, Detector};

use super::{EngineState, transcripts};
use crate::{
    error::CommandError,
    workstation::{Inner, lock},
};

/// How often it looks at the clock while something waits, and whether the record is open again while
/// nothing is known to wait.
const LOOK: Duration = Duration::from_secs(1);
const IDLE: Duration = Duration::from_secs(5);
/// The longest rest of an engine that may come back by itself, and of one that somebody must set right.
const LONGEST_S: (u64, u64) = (60, 300);
/// A note that takes the engine too long so many times will do so for ever.
const TOO_LONG: u32 = 3;

/// Writes voice notes down.
#[derive(Default)]
pub(crate) struct Transcribing {
    started: AtomicBool,
    wake: Notify,
    /// Leave of the doctors who are here.
    permits: Mutex<HashMap<UserId, Permit>>,
    detector: Mutex<Option<Detector>>,
    rest: Mutex<Rest>,
}

/// Why nothing is written down at the moment.
#[derive(Default)]
struct Rest {
    /// Failures of the engine, one after the other.
    failures: u32,
    until: Option<Instant>,
    /// Sentence of the catalogue.
    problem: Option<&'static str>,
    /// The note that took too long, and how often.
    slow: Option<(MessageId, u32)>,
}

/// What became of one try.
enum Outcome {
    /// The note waits no longer.
    Settled(NewTranscript),
    /// It waits, and all after it.
    Rests {
        problem: &'static str,
        may_pass: bool,
    },
}

impl Transcribing {
    /// Writes down this doctor's notes as long as they are here.
    pub(super) fn serve(
        self: &Arc<Self>,
        inner: &Arc<Inner>,
        permit: &Permit,
    ) -> Result<(), CommandError> {
        lock(&self.permits).insert(permit.user(), permit.clone());
        let runtime = inner.runtime()?;
        if !self.started.swap(true, Ordering::AcqRel) {
            runtime.spawn(self.clone().run(Arc::downgrade(inner)));
        }
        self.look();
        Ok(())
    }

    /// Something waits.
    pub(super) fn look(&self) {
        self.wake.notify_one();
    }

    /// Somebody wants it tried now.
    pub(super) fn now(&self) {
        *lock(&self.rest) = Rest::default();
        self.look();
    }

    /// Whether notes are written down.
    pub(super) fn state(&self, inner: &Inner) -> EngineState {
        let Some(engine) = inner.engines.transcriber() else {
            return EngineState::None;
        };
        let name = engine.name().to_owned();
        match lock(&self.rest).problem {
            None => EngineState::Ready { name },
            Some(problem) => EngineState::Failing {
                name,
                message_id: problem.into(),
            },
        }
    }

    /// Ends with the workstation; it is never kept alive from here.
    async fn run(self: Arc<Self>, workstation: Weak<Inner>) {
        let Some(mut settings) = workstation.upgrade().map(|inner| inner.engines.watch()) else {
            return;
        };
        loop {
            let Some(inner) = workstation.upgrade() else {
                return;
            };
            let next = block_in_place(|| self.next(&inner));
            let engine = inner.engines.transcriber().filter(|_| self.may_ask());
            drop(inner);
            // This may have been the last one: its runtime has no clock any more.
            if workstation.strong_count() == 0 {
                return;
            }
            let look = if next.is_some() { LOOK } else { IDLE };
            if let (Some((permit, note)), Some(engine)) = (next, engine) {
                self.write_down(&workstation, &permit, &note, engine).await;
                continue;
            }
            tokio::select! {
                () = self.wake.notified() => {}
                changed = settings.changed() => match changed {
                    Ok(()) => *lock(&self.rest) = Rest::default(),
                    Err(_) => return,
                },
                () = tokio::time::sleep(look) => {}
            }
        }
    }

    /// The note that has waited longest, of whoever is here.
    fn next(&self, inner: &Inner) -> Option<(Permit, WaitingNote)> {
        let clinic = inner.clinic().ok()?;
        let mut permits = lock(&self.permits);
        permits.retain(|user, _| inner.sits(*user));
        let permits: Vec<Permit> = permits.values().cloned().collect();
        permits.into_iter().find_map(|permit| {
            // A record that is closed is looked at again when it is opened.
            let note = clinic.waiting_notes(&permit, 1).ok()?.pop()?;
            Some((permit, note))
        })
    }

    fn may_ask(&self) -> bool {
        lock(&self.rest)
            .until
            .is_none_or(|until| Instant::now() >= until)
    }

    async fn write_down(
        &self,
        workstation: &Weak<Inner>,
        permit: &Permit,
        note: &WaitingNote,
        engine: Arc<dyn Transcriber>,
    ) {
        let spoken = match workstation.upgrade() {
            Some(inner) => block_in_place(|| self.speech(&inner, permit, note)),
            None => return,
        };
        let outcome = match spoken {
            Err(outcome) => outcome,
            Ok(cut) => match engine.transcribe(&cut.wav, Some(note.language)).await {
                Ok(heard) => Outcome::Settled(written(heard, &cut, engine.as_ref())),
                // It heard no words in what sounded like speech.
                Err(Error::Unusable(Unusable::Empty)) => Outcome::Settled(NewTranscript::NoSpeech),
                Err(error) => self.failed(&error, note, engine.name()),
            },
        };
        let Some(inner) = workstation.upgrade() else {
            return;
        };
        block_in_place(|| self.settle(&inner, permit, note, outcome));
    }

    /// The speech of a note; without any, or where it cannot be had, what becomes of it.
    fn speech(&self, inner: &Inner, permit: &Permit, note: &WaitingNote) -> Result<Cut, Outcome> {
        let unreadable = |problem| {
            Outcome::Settled(NewTranscript::Failed {
                engine: String::new(),
                problem: String::from(problem),
            })
        };
        let clinic = inner.clinic().map_err(|error| rests(&error))?;
        let wav = match clinic.sound(permit, note.message_id) {
            Ok(wav) => wav,
            Err(error @ ::clinic::ClinicError::Damaged { .. }) => {
                return Err(unreadable(error.message_id()));
            }
            Err(error) => return Err(rests(&error)),
        };
        let mut detector = lock(&self.detector);
        if detector.is_none() {
            onnx::load(&inner.options.onnx_library).map_err(|error| rests(&error))?;
            *detector = Some(Detector::load().map_err(|error| rests(&error))?);
        }
        let spans = match detector.as_mut().map(|detector| detector.find(&wav)) {
            Some(Ok(spans)) => spans,
            Some(Err(error @ voice::Error::Detector(_))) => return Err(rests(&error)),
            Some(Err(error)) => return Err(unreadable(error.message_id())),
            None => return Err(rests(&CommandError::Defect)),
        };
        match spans.is_empty() {
            true => Err(Outcome::Settled(NewTranscript::NoSpeech)),
            false => voice::cut(&wav, &spans).map_err(|error| unreadable(error.message_id())),
        }
    }

    /// Whether it is the note that cannot be written down, or the engine that does not work.
    fn failed(&self, error: &Error, note: &WaitingNote, engine: &str) -> Outcome {
        tracing::warn!(%error, "a voice note was not written down");
        let mut given_up = error.is_of_the_text();
        if *error == Error::TimedOut {
            let mut rest = lock(&self.rest);
            let before = rest.slow.filter(|(id, _)| *id == note.message_id);
            let times = before.map_or(0, |(_, times)| times) + 1;
            rest.slow = Some((note.message_id, times));
            given_up = times >= TOO_LONG;
        }
        match given_up {
            true => Outcome::Settled(NewTranscript::Failed {
                engine: engine.to_owned(),
                problem: error.message_id().into(),
            }),
            false => Outcome::Rests {
                problem: error.message_id(),
                may_pass: error.may_pass(),
            },
        }
    }

    fn settle(&self, inner: &Inner, permit: &Permit, note: &WaitingNote, outcome: Outcome) {
        let before = lock(&self.rest).problem;
        match outcome {
            Outcome::Rests { problem, may_pass } => self.begin_rest(problem, may_pass),
            Outcome::Settled(new) => {
                *lock(&self.rest) = Rest::default();
                if let Err(error) = transcripts::answered(inner, permit, note, &new) {
                    // It still waits: nothing is lost, and it is not asked for again at once.
                    tracing::error!(%error, "a transcript could not be kept");
                    self.begin_rest(error.message_id(), true);
                }
            }
        }
        if before != lock(&self.rest).problem {
            let rooms: Vec<_> = lock(&inner.rooms).values().cloned().collect();
            rooms.iter().for_each(|room| room.changed());
        }
    }

    fn begin_rest(&self, problem: &'static str, may_pass: bool) {
        let mut rest = lock(&self.rest);
        rest.until = Some(Instant::now() + pause(rest.failures, may_pass));
        rest.failures += 1;
        rest.problem = Some(problem);
    }
}

/// What an engine heard, as the record keeps it, with its times in the whole sound.
fn written(heard: Transcript, cut: &Cut, engine: &dyn Transcriber) -> NewTranscript {
    let spoken = |text: &str| !text.trim().is_empty();
    if !heard.segments.iter().any(|one| spoken(one.text.expose())) {
        return NewTranscript::NoSpeech;
    }
    let segments = heard.segments.into_iter().map(|segment| {
        let from_ms = cut.whole_ms(segment.from_ms);
        TranscriptSegment {
            from_ms,
            to_ms: cut.whole_ms(segment.to_ms).max(from_ms),
            text: segment.text,
            confidence: segment.confidence,
        }
    });
    NewTranscript::Written {
        language: heard.language,
        segments: segments.collect(),
        engine: engine.name().to_owned(),
        on_device: engine.on_device(),
    }
}

fn rests(error: &impl Coded) -> Outcome {
    Outcome::Rests {
        problem: error.message_id(),
        may_pass: true,
    }
}

/// How long an engine rests after so many failures.
fn pause(failures: u32, may_pass: bool) -> Duration {
    let longest = if may_pass { LONGEST_S.0 } else { LONGEST_S.1 };
    Duration::from_secs(2u64.saturating_pow(failures).min(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_an_hour_without_network_an_engine_is_asked_about_once_a_minute() {
        let asked = |may_pass| {
            let mut passed = Duration::ZERO;
            (0..)
                .take_while(|failures| {
                    passed += pause(*failures, may_pass);
                    passed <= Duration::from_secs(3600)
                })
                .count()
        };
        assert_eq!((asked(true), asked(false)), (64, 19));
        assert_eq!(pause(0, true), Duration::from_secs(1));
        assert_eq!(pause(u32::MAX, false), Duration::from_secs(300));
    }
}
