//! How loud it is, from 0 to 100: for the meter while recording, and to draw a voice note.

use crate::RATE;

/// How many parts a sound's loudness is told in.
pub const PEAKS: usize = 64;

/// Samples of one tick of the meter: a tenth of a second.
pub(crate) const TICK: usize = RATE as usize / 10;

/// Below this many decibels under full scale it counts as silence: a quiet room's noise.
const FLOOR: f32 = 60.0;

/// What the meter shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Loudness of the last tenth of a second (RMS), from 0 to 100 in decibels: 0 is 60 dB under full scale.
    pub level: u8,
    /// Its loudest sample on the same scale; 100 is clipped.
    pub peak: u8,
    /// Recorded so far, milliseconds.
    pub ms: u64,
}

/// Loudness of some samples (RMS), from 0 to 100.
pub(crate) fn loudness(samples: &[i16]) -> u8 {
    if samples.is_empty() {
        return 0;
    }
    let square = |sample: &i16| f64::from(*sample) * f64::from(*sample);
    let mean = samples.iter().map(square).sum::<f64>() / samples.len() as f64;
    scale(mean.sqrt() as f32)
}

/// The loudest of some samples, from 0 to 100.
pub(crate) fn peak(samples: &[i16]) -> u8 {
    let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max();
    scale(f32::from(loudest.unwrap_or(0)))
}

/// Loudness in [`PEAKS`] equal parts.
pub(crate) fn peaks(samples: &[i16]) -> Vec<u8> {
    let at = |part: usize| samples.len() * part / PEAKS;
    (0..PEAKS)
        .map(|part| loudness(&samples[at(part)..at(part + 1)]))
        .collect()
}

fn scale(amplitude: f32) -> u8 {
    let decibels = 20.0 * (amplitude / 32_767.0).log10();
    ((decibels + FLOOR) / FLOOR * 100.0)
        .clamp(0.0, 100.0)
        .round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_nothing_full_scale_is_everything_and_half_is_six_decibels_less() {
        assert_eq!(loudness(&[]), 0);
        assert_eq!((loudness(&[0; 10]), peak(&[0; 10])), (0, 0));
        assert_eq!(
            (loudness(&[i16::MAX; 10]), peak(&[i16::MIN; 10])),
            (100, 100)
        );
        assert_eq!(loudness(&[16_384; 10]), 90);
    }

    #[test]
    fn a_sound_of_any_length_has_its_parts_in_place() {
        for length in [0, 1, 63, 64, 1000] {
            assert_eq!(peaks(&vec![1; length]).len(), PEAKS);
        }
        let mut late = vec![0; 6400];
        late[6300..].fill(i16::MAX);
        let drawn = peaks(&late);
        assert!(drawn[..63].iter().all(|part| *part == 0) && drawn[63] == 100);
    }
}
