//! The thread that works: loads the model when a note waits, writes down one after the other.

use std::{
    sync::{
        atomic::Ordering,
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::Duration,
};

use basics::Language;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperSegment,
    WhisperState, get_lang_str, install_logging_hooks,
};

use super::{Job, Model, install};
use crate::{
    engines::sound,
    error::{Error, ModelFile, Result},
    transcriber::{Segment, Transcript},
};

/// A model that nobody needed for so long is let go: it takes up to some gigabytes.
const IDLE: Duration = Duration::from_secs(300);
/// More make it no faster, and the machine has other work.
const THREADS: usize = 4;

/// Works until nobody can ask any more.
pub(super) fn work(model: &Model, jobs: &Receiver<Job>) {
    let mut loaded = None;
    loop {
        let job = match jobs.recv_timeout(IDLE) {
            Ok(job) => job,
            Err(RecvTimeoutError::Timeout) => {
                loaded = None;
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let outcome = write_down(model, &mut loaded, &job);
        // Whoever asked may have gone meanwhile.
        let _ = job.done.send(outcome);
    }
}

fn write_down(model: &Model, loaded: &mut Option<WhisperContext>, job: &Job) -> Result<Transcript> {
    if job.stopped.load(Ordering::Relaxed) {
        return Err(Error::Stopped);
    }
    let samples = sound::samples(&job.wav)?;
    if samples.is_empty() {
        return Ok(Transcript::default());
    }
    let context = match loaded {
        Some(context) => context,
        none => none.insert(load(model)?),
    };
    let unloadable = |_| Error::ModelFile(ModelFile::Unloadable);
    let mut state = context.create_state().map_err(unloadable)?;
    let language = match (context.is_multilingual(), job.hint) {
        (true, hint) => hint.map(Language::tag),
        (false, None | Some(Language::En)) => Some("en"),
        (false, Some(_)) => return Err(Error::ModelFile(ModelFile::EnglishOnly)),
    };
    let stopped = job.stopped.clone();
    let mut asked = FullParams::new(SamplingStrategy::Greedy { best_of: 5 });
    asked.set_language(language);
    asked.set_translate(false);
    asked.set_no_context(true);
    asked.set_suppress_nst(true);
    asked.set_n_threads(threads());
    asked.set_print_special(false);
    asked.set_print_progress(false);
    asked.set_print_realtime(false);
    asked.set_print_timestamps(false);
    // Boxed, as the binding keeps it: it hands the box itself to what it takes for the closure.
    let stop: Box<dyn FnMut() -> bool> = Box::new(move || stopped.load(Ordering::Relaxed));
    asked.set_abort_callback_safe(stop);
    let outcome = state.full(asked, &samples);
    match outcome {
        _ if job.stopped.load(Ordering::Relaxed) => Err(Error::Stopped),
        Ok(()) => Ok(transcript(context, &state)),
        Err(error) => {
            tracing::warn!(%error, "the speech model failed");
            Err(Error::ModelFile(ModelFile::Unloadable))
        }
    }
}

fn load(model: &Model) -> Result<WhisperContext> {
    install_logging_hooks();
    install::unchanged(model)?;
    WhisperContext::new_with_params(&model.path, WhisperContextParameters::default()).map_err(
        |error| {
            tracing::warn!(%error, "the speech model cannot be loaded");
            Error::ModelFile(ModelFile::Unloadable)
        },
    )
}

fn threads() -> i32 {
    let all = std::thread::available_parallelism().map_or(1, usize::from);
    i32::try_from(all.min(THREADS)).unwrap_or(1)
}

fn transcript(context: &WhisperContext, state: &WhisperState) -> Transcript {
    let tag = get_lang_str(state.full_lang_id_from_state());
    let segments = state.as_iter().filter_map(|piece| segment(context, &piece));
    Transcript {
        language: tag.and_then(Language::from_tag),
        segments: segments.collect(),
    }
}

fn segment(context: &WhisperContext, piece: &WhisperSegment<'_>) -> Option<Segment> {
    let text = sound::words(&piece.to_str_lossy().ok()?);
    // Hundredths of a second.
    let ms = |hundredths: i64| u64::try_from(hundredths).unwrap_or_default() * 10;
    let from_ms = ms(piece.start_timestamp());
    (!text.expose().is_empty()).then(|| Segment {
        from_ms,
        to_ms: ms(piece.end_timestamp()).max(from_ms),
        text,
        confidence: confidence(context, piece),
    })
}

/// The mean likelihood of its words, less the more it may be no speech at all.
fn confidence(context: &WhisperContext, piece: &WhisperSegment<'_>) -> Option<f32> {
    let likely: Vec<f32> = (0..piece.n_tokens())
        .filter_map(|at| piece.get_token(at))
        .filter(|token| token.token_id() < context.token_eot())
        .map(|token| token.token_probability().max(f32::MIN_POSITIVE).ln())
        .collect();
    let mean = likely.iter().sum::<f32>() / likely.len() as f32;
    let spoken = 1.0 - piece.no_speech_probability().clamp(0.0, 1.0);
    (!likely.is_empty()).then(|| (mean.exp() * spoken).clamp(0.0, 1.0))
}
