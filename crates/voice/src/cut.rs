//! A sound without its silences, and the way back: engines are sent speech alone, and what they say of a
//! moment in it is a moment of the whole.

use crate::{RATE, Result, Span, wav};

/// Between two stretches so much silence is left, milliseconds: engines end a sentence there.
const GAP_MS: u64 = 300;

/// The speech of a sound.
#[derive(Clone, Debug)]
pub struct Cut {
    /// A WAV file with the stretches one after the other.
    pub wav: Vec<u8>,
    /// Where each begins in it, and in the whole.
    places: Vec<(u64, Span)>,
}

impl Cut {
    /// The moment of the whole sound that is heard at this moment of the cut one, milliseconds.
    pub fn whole_ms(&self, ms: u64) -> u64 {
        let before = self.places.iter().rev().find(|(at, _)| *at <= ms);
        match before.or(self.places.first()) {
            Some((at, span)) => (span.from_ms + ms.saturating_sub(*at)).min(span.to_ms),
            None => ms,
        }
    }
}

/// Takes these stretches out of a WAV file.
///
/// # Errors
/// Those of [`wav::read`]; [`crate::Error::Empty`] where there are none.
pub fn cut(bytes: &[u8], spans: &[Span]) -> Result<Cut> {
    let samples = wav::samples(bytes)?;
    let mut speech: Vec<i16> = Vec::new();
    let mut places = Vec::new();
    for span in spans {
        if !speech.is_empty() {
            speech.resize(speech.len() + samples_of(GAP_MS), 0);
        }
        places.push((wav::ms_of(speech.len()), *span));
        let to = samples_of(span.to_ms).min(samples.len());
        let from = samples_of(span.from_ms).min(to);
        speech.extend_from_slice(&samples[from..to]);
    }
    Ok(Cut {
        wav: wav::of_samples(&speech)?.wav,
        places,
    })
}

fn samples_of(ms: u64) -> usize {
    usize::try_from(ms * u64::from(RATE) / 1000).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    const SPANS: [Span; 2] = [
        Span {
            from_ms: 1_000,
            to_ms: 2_000,
        },
        Span {
            from_ms: 7_000,
            to_ms: 8_500,
        },
    ];

    #[test]
    fn speech_is_kept_to_the_sample_and_every_moment_finds_its_way_back() {
        let samples: Vec<i16> = (0..160_000).map(|at| (at / 16) as i16).collect();
        let whole = wav::of_samples(&samples).unwrap().wav;
        let cut = cut(&whole, &SPANS).unwrap();
        let left = wav::samples(&cut.wav).unwrap();
        assert_eq!(wav::ms_of(left.len()), 1_000 + GAP_MS + 1_500);
        assert_eq!((left[0], left[16_000 - 1]), (1_000, 1_999));
        assert_eq!(left[16_000 + 4_800], 7_000);
        for (at, whole) in [
            (0, 1_000),
            (999, 1_999),
            (1_100, 2_000),
            (1_300, 7_000),
            (2_800, 8_500),
            (9_999, 8_500),
        ] {
            assert_eq!(cut.whole_ms(at), whole, "{at}");
        }
    }

    #[test]
    fn nothing_is_cut_from_nothing_and_a_stretch_beyond_the_end_is_what_is_there() {
        let whole = wav::of_samples(&[1; 16_000]).unwrap().wav;
        assert_eq!(cut(&whole, &[]).unwrap_err(), Error::Empty);
        let beyond = Span {
            from_ms: 500,
            to_ms: 90_000,
        };
        let left = cut(&whole, &[beyond]).unwrap();
        assert_eq!(wav::samples(&left.wav).unwrap().len(), 8_000);
    }
}
