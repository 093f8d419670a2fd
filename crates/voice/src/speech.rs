//! Where somebody speaks in a sound, so that silence, noise and music go to no engine.
//!
//! Silero VAD (`assets/voice`) gives a probability of speech for each 32 ms; the rest is plain code: a
//! stretch begins where it is likely, ends where it has been unlikely for a while, and is given some room.

use onnx::{Input, Session};

use crate::{Error, RATE, Result, wav};

/// The model, inside the program.
const MODEL: &[u8] = include_bytes!("../../../assets/voice/silero_vad_16k_op15.onnx");
/// Samples that the model takes at a time: 32 ms.
const STEP: usize = 512;
/// Samples of the step before that it wants to see again.
const CONTEXT: usize = 64;
/// Numbers that it remembers from step to step.
const STATE: usize = 2 * 128;

/// From here on it counts as speech…
const BEGINS: f32 = 0.5;
/// …until it falls below this,
const ENDS: f32 = 0.35;
/// and stays there for so many steps: half a second, since people pause to think.
const PAUSE: usize = 16;
/// Fewer steps than this in a row are a click or a cough: a quarter of a second.
const SHORTEST: usize = 8;
/// Steps added before and after, so that no consonant is cut off.
const ROOM: usize = 5;

/// Finds speech. Each worker holds its own.
#[derive(Debug)]
pub struct Detector {
    session: Session,
}

/// A stretch in which somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it begins, milliseconds.
    pub from_ms: u64,
    /// Where it ends.
    pub to_ms: u64,
}

impl Detector {
    /// Loads the model; [`onnx::load`] came before.
    ///
    /// # Errors
    /// [`Error::Detector`].
    pub fn load() -> Result<Self> {
        Ok(Self {
            session: Session::from_bytes(MODEL, 1)?,
        })
    }

    /// Where somebody speaks in this WAV file, in order; nowhere where it is silence, noise or music.
    ///
    /// # Errors
    /// Those of [`wav::read`]; [`Error::Detector`].
    pub fn find(&mut self, wav: &[u8]) -> Result<Vec<Span>> {
        let samples = wav::samples(wav)?;
        let likely = self.listen(&samples)?;
        let length = wav::ms_of(samples.len());
        Ok(stretches(&likely)
            .into_iter()
            .map(|(from, to)| Span {
                from_ms: wav::ms_of(from * STEP),
                to_ms: wav::ms_of(to * STEP).min(length),
            })
            .collect())
    }

    /// How likely speech is in each step.
    fn listen(&mut self, samples: &[i16]) -> Result<Vec<f32>> {
        let mut heard = [0.0; CONTEXT + STEP];
        let mut state = vec![0.0; STATE];
        let mut likely = Vec::with_capacity(samples.len() / STEP + 1);
        for step in samples.chunks(STEP) {
            heard.copy_within(STEP.., 0);
            let fresh = &mut heard[CONTEXT..];
            fresh.fill(0.0);
            for (place, sample) in fresh.iter_mut().zip(step) {
                *place = f32::from(*sample) / 32_768.0;
            }
            let inputs = [
                ("input", Input::F32(&[1, CONTEXT + STEP], &heard)),
                ("state", Input::F32(&[2, 1, 128], &state)),
                ("sr", Input::I64(&[], &[RATE as i64])),
            ];
            let mut outputs = self.session.run(&inputs)?.into_iter();
            let (Some(speech), Some(next)) = (outputs.next(), outputs.next()) else {
                return Err(Error::Failed("the speech model's outputs"));
            };
            likely.push(speech.values.first().copied().unwrap_or(0.0));
            state = next.values;
        }
        Ok(likely)
    }
}

/// Stretches of speech as steps, from the first to the one after the last.
fn stretches(likely: &[f32]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, speech) in likely.iter().enumerate() {
        open = match open {
            None if *speech >= BEGINS => Some((at, at + 1)),
            Some((from, _)) if *speech >= ENDS => Some((from, at + 1)),
            Some((from, to)) if at - to >= PAUSE => {
                found.push((from, to));
                None
            }
            open => open,
        };
    }
    found.extend(open);
    found.retain(|(from, to)| to - from >= SHORTEST);
    let mut roomy: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        let (from, to) = (from.saturating_sub(ROOM), (to + ROOM).min(likely.len()));
        match roomy.last_mut() {
            Some(last) if from <= last.1 => last.1 = to,
            _ => roomy.push((from, to)),
        }
    }
    roomy
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(parts: &[(f32, usize)]) -> Vec<(usize, usize)> {
        let likely: Vec<f32> = parts
            .iter()
            .flat_map(|(speech, steps)| std::iter::repeat_n(*speech, *steps))
            .collect();
        stretches(&likely)
    }

    #[test]
    fn a_pause_to_think_is_part_of_it_and_a_long_one_is_not() {
        assert_eq!(run(&[(0.1, 40)]), []);
        assert_eq!(run(&[(0.1, 20), (0.9, 30), (0.1, 40)]), [(15, 55)]);
        assert_eq!(
            run(&[(0.9, 30), (0.1, 15), (0.9, 30), (0.1, 40), (0.9, 10)]),
            [(0, 80), (110, 125)]
        );
    }

    #[test]
    fn a_click_is_no_speech_and_doubt_within_it_does_not_end_it() {
        assert_eq!(run(&[(0.1, 20), (0.9, 7), (0.1, 40)]), []);
        assert_eq!(run(&[(0.4, 40)]), []);
        assert_eq!(run(&[(0.6, 1), (0.4, 40), (0.1, 30)]), [(0, 46)]);
    }

    proptest! {
        #[test]
        fn stretches_lie_in_order_apart_and_inside(likely in prop::collection::vec(0.0f32..1.0, 0..400)) {
            let found = stretches(&likely);
            for (from, to) in &found {
                prop_assert!(from < to && *to <= likely.len());
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].1 < pair[1].0);
            }
        }
    }
}
