//! From what a device gives – any rate, any number of channels – to one channel of 16 kHz, 16 bit.

use rubato::{Fft, FixedSync, Indexing, Resampler, audioadapter_buffers::direct::InterleavedSlice};

use crate::{Error, RATE, Result};

/// Frames that are resampled at once.
const CHUNK: usize = 1024;

/// Turns one device's samples into ours, a few at a time.
pub(crate) struct Mono {
    channels: usize,
    rate: u32,
    /// None where the device speaks our rate already.
    resampler: Option<Fft<f32>>,
    /// Mixed, and not yet resampled.
    waiting: Vec<f32>,
    /// Where the resampler writes.
    chunk: Vec<f32>,
    /// What the resampler's own delay still puts in front.
    delay: usize,
    frames_in: u64,
    samples_out: u64,
}

impl Mono {
    /// For a device of this rate (hertz) and so many channels.
    ///
    /// # Errors
    /// [`Error::Failed`] for a rate or number of channels that is none.
    pub(crate) fn new(rate: u32, channels: u16) -> Result<Self> {
        let unusable = |_| Error::Failed("no format in common");
        if rate == 0 || channels == 0 {
            return Err(Error::Failed("no format in common"));
        }
        let resampler = match rate == RATE {
            true => None,
            false => {
                let (from, to) = (rate as usize, RATE as usize);
                Some(Fft::new(from, to, CHUNK, 1, FixedSync::Input).map_err(unusable)?)
            }
        };
        Ok(Self {
            channels: channels.into(),
            rate,
            delay: resampler.as_ref().map_or(0, Resampler::output_delay),
            chunk: vec![0.0; resampler.as_ref().map_or(0, Resampler::output_frames_max)],
            resampler,
            waiting: Vec::new(),
            frames_in: 0,
            samples_out: 0,
        })
    }

    /// Takes interleaved samples in −1…1 and appends to `out` what is ready.
    pub(crate) fn push(&mut self, samples: &[f32], out: &mut Vec<i16>) -> Result<()> {
        let share = 1.0 / self.channels as f32;
        let frames = samples.chunks_exact(self.channels);
        self.frames_in += frames.len() as u64;
        self.waiting
            .extend(frames.map(|frame| frame.iter().sum::<f32>() * share));
        while self.resampler.is_none() && !self.waiting.is_empty()
            || self.waiting.len() >= self.needed()
        {
            self.resample(None, out)?;
        }
        Ok(())
    }

    /// Appends what is left: as long as what came in, to the sample.
    pub(crate) fn finish(mut self, out: &mut Vec<i16>) -> Result<()> {
        let wanted = self.frames_in * u64::from(RATE) / u64::from(self.rate);
        while self.samples_out < wanted {
            let left = self.waiting.len().min(self.needed());
            let before = out.len();
            self.resample(Some(left), out)?;
            let surplus = self.samples_out.saturating_sub(wanted);
            out.truncate(
                out.len()
                    - usize::try_from(surplus)
                        .unwrap_or(0)
                        .min(out.len() - before),
            );
        }
        Ok(())
    }

    fn needed(&self) -> usize {
        self.resampler
            .as_ref()
            .map_or(usize::MAX, Resampler::input_frames_next)
    }

    /// One chunk; `partial` frames of it are sound, the rest silence.
    fn resample(&mut self, partial: Option<usize>, out: &mut Vec<i16>) -> Result<()> {
        let failed = |_| Error::Failed("resampling");
        let Some(resampler) = &mut self.resampler else {
            self.samples_out += self.waiting.len() as u64;
            out.extend(self.waiting.drain(..).map(sixteen_bit));
            return Ok(());
        };
        let needed = resampler.input_frames_next();
        let have = partial.unwrap_or(needed);
        let size = |_| Error::Failed("resampling");
        let input = InterleavedSlice::new(&self.waiting[..have], 1, have).map_err(size)?;
        let room = self.chunk.len();
        let mut output = InterleavedSlice::new_mut(&mut self.chunk, 1, room).map_err(size)?;
        let indexing = partial.map(|frames| Indexing::new().partial_len(frames));
        let (_, made) = resampler
            .process_into_buffer(&input, &mut output, indexing.as_ref())
            .map_err(failed)?;
        self.waiting.drain(..have);
        let early = self.delay.min(made);
        self.delay -= early;
        self.samples_out += (made - early) as u64;
        out.extend(self.chunk[early..made].iter().copied().map(sixteen_bit));
        Ok(())
    }
}

fn sixteen_bit(sample: f32) -> i16 {
    // `as` saturates, so that a sample over full scale is clipped.
    (sample * 32_767.0).round() as i16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn convert(rate: u32, channels: u16, samples: &[f32], piece: usize) -> Vec<i16> {
        let mut mono = Mono::new(rate, channels).unwrap();
        let mut out = Vec::new();
        for piece in samples.chunks(piece * usize::from(channels)) {
            mono.push(piece, &mut out).unwrap();
        }
        mono.finish(&mut out).unwrap();
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn whatever_the_device_gives_the_length_is_right(
            rate in prop::sample::select(vec![8_000u32, 16_000, 22_050, 44_100, 48_000, 96_000]),
            channels in 1u16..=3,
            frames in 0usize..12_000,
            piece in 1usize..5_000,
        ) {
            let samples = vec![0.25f32; frames * usize::from(channels)];
            let out = convert(rate, channels, &samples, piece);
            prop_assert_eq!(out.len() as u64, frames as u64 * 16_000 / u64::from(rate));
        }
    }

    #[test]
    fn a_tone_stays_in_place_in_tune_and_as_loud() {
        let rate = 44_100;
        let tone: Vec<f32> = (0..rate * 2)
            .flat_map(|at| {
                let value = (f64::from(at) * 440.0 * std::f64::consts::TAU / f64::from(rate)).sin();
                [value as f32 * 0.5, value as f32 * 0.5]
            })
            .collect();
        let out = convert(rate as u32, 2, &tone, 441);
        let middle = &out[8_000..24_000];
        let worst = middle.iter().zip(8_000..).map(|(sample, at)| {
            let value = (f64::from(at) * 440.0 * std::f64::consts::TAU / 16_000.0).sin() * 0.5;
            (f64::from(*sample) / 32_767.0 - value).abs()
        });
        // Half a sample's delay is within what a resampler may have; it makes 0.043 at this pitch.
        assert!(worst.fold(0.0, f64::max) < 0.05);
    }

    #[test]
    fn channels_are_mixed_and_too_loud_is_clipped() {
        assert_eq!(
            convert(16_000, 2, &[1.0, 0.0, 4.0, 4.0], 1),
            [16_384, i16::MAX]
        );
    }
}
