//! Sounds as WAV files: 16 kHz, one channel, 16 bit, little-endian PCM (RIFF/WAVE).

use std::io::Cursor;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

use crate::{Error, LONGEST_MS, RATE, Result, level};

/// A phone that stops late may be so much over, milliseconds.
const GRACE_MS: u64 = 500;

/// A sound.
#[derive(Clone)]
pub struct Sound {
    /// The WAV file, with nothing in it but format and samples.
    pub wav: Vec<u8>,
    /// How long it plays, milliseconds.
    pub ms: u64,
    /// Loudness from 0 to 100 in [`crate::PEAKS`] equal parts.
    pub peaks: Vec<u8>,
}

impl std::fmt::Debug for Sound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What was said is nobody's business in a log.
        write!(f, "Sound({} ms)", self.ms)
    }
}

/// A recording that was made elsewhere. The file is written anew, so that nothing but sound is in it.
///
/// # Errors
/// [`Error::NotWav`]; [`Error::WrongFormat`]; [`Error::Empty`]; [`Error::TooLong`].
pub fn read(bytes: &[u8]) -> Result<Sound> {
    of_samples(&samples(bytes)?)
}

/// The samples of such a file.
pub(crate) fn samples(bytes: &[u8]) -> Result<Vec<i16>> {
    let reader = WavReader::new(Cursor::new(bytes)).map_err(|_| Error::NotWav)?;
    let spec = reader.spec();
    let wrong = |what| Err(Error::WrongFormat { what });
    if spec.sample_rate != RATE {
        return wrong("rate");
    }
    if spec.channels != 1 {
        return wrong("channels");
    }
    if spec.bits_per_sample != 16 || spec.sample_format != SampleFormat::Int {
        return wrong("bits");
    }
    if ms_of(reader.duration() as usize) > LONGEST_MS + GRACE_MS {
        return Err(Error::TooLong);
    }
    let samples = reader.into_samples().collect::<Result<Vec<i16>, _>>();
    samples.map_err(|_| Error::NotWav)
}

/// Samples as bytes, little-endian, without a header: what was handed to [`crate::Ears`].
///
/// # Errors
/// [`Error::Empty`]; [`Error::TooLong`]; [`Error::NotWav`] for half a sample.
pub fn from_pcm(bytes: &[u8]) -> Result<Sound> {
    let (samples, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(Error::NotWav);
    }
    let samples: Vec<i16> = samples
        .iter()
        .map(|pair| i16::from_le_bytes(*pair))
        .collect();
    if ms_of(samples.len()) > LONGEST_MS + GRACE_MS {
        return Err(Error::TooLong);
    }
    of_samples(&samples)
}

/// How long so many samples play, milliseconds.
pub(crate) fn ms_of(samples: usize) -> u64 {
    samples as u64 * 1000 / u64::from(RATE)
}

pub(crate) fn of_samples(samples: &[i16]) -> Result<Sound> {
    if samples.is_empty() {
        return Err(Error::Empty);
    }
    let spec = WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut wav = Vec::with_capacity(44 + samples.len() * 2);
    let failed = |_| Error::Failed("writing a sound");
    let mut writer = WavWriter::new(Cursor::new(&mut wav), spec).map_err(failed)?;
    for sample in samples {
        writer.write_sample(*sample).map_err(failed)?;
    }
    writer.finalize().map_err(failed)?;
    Ok(Sound {
        wav,
        ms: ms_of(samples.len()),
        peaks: level::peaks(samples),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(rate: u32, channels: u16, bits: u16, samples: usize) -> Vec<u8> {
        let spec = WavSpec {
            channels,
            sample_rate: rate,
            bits_per_sample: bits,
            sample_format: SampleFormat::Int,
        };
        let mut bytes = Vec::new();
        let mut writer = WavWriter::new(Cursor::new(&mut bytes), spec).unwrap();
        for _ in 0..samples {
            writer.write_sample(100i8).unwrap();
        }
        writer.finalize().unwrap();
        bytes
    }

    #[test]
    fn a_phones_recording_is_measured_and_anything_else_is_refused_by_name() {
        let sound = read(&file(16_000, 1, 16, 16_000)).unwrap();
        assert_eq!(
            (sound.ms, sound.peaks.len(), sound.wav.len()),
            (1000, 64, 44 + 32_000)
        );
        let wrong = |bytes: &[u8]| read(bytes).unwrap_err();
        let format = |what| Error::WrongFormat { what };
        assert_eq!(wrong(&file(44_100, 1, 16, 10)), format("rate"));
        assert_eq!(wrong(&file(16_000, 2, 16, 10)), format("channels"));
        assert_eq!(wrong(&file(16_000, 1, 8, 10)), format("bits"));
        assert_eq!(wrong(&file(16_000, 1, 16, 0)), Error::Empty);
        assert_eq!(wrong(b"OggS"), Error::NotWav);
        assert_eq!(wrong(&file(16_000, 1, 16, 16_000 * 481)), Error::TooLong);
        let mut cut = file(16_000, 1, 16, 100);
        cut.truncate(100);
        assert_eq!(wrong(&cut), Error::NotWav);
    }

    #[test]
    fn what_else_a_file_carries_is_left_behind() {
        let mut bytes = file(16_000, 1, 16, 100);
        bytes.extend(b"LIST\x0c\0\0\0INFOIART\0\0\0\0 Maria Silva");
        let length = u32::try_from(bytes.len() - 8).unwrap();
        bytes[4..8].copy_from_slice(&length.to_le_bytes());
        assert_eq!(read(&bytes).unwrap().wav, file(16_000, 1, 16, 100));
    }

    proptest! {
        #[test]
        fn pieces_that_were_kept_become_the_same_file(samples in prop::collection::vec(any::<i16>(), 1..4000)) {
            let pcm: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            let sound = from_pcm(&pcm).unwrap();
            prop_assert_eq!(&sound.wav, &of_samples(&samples).unwrap().wav);
            prop_assert_eq!(read(&sound.wav).unwrap().wav, sound.wav);
        }

        #[test]
        fn no_bytes_at_all_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            let mut hostile = file(16_000, 1, 16, 20);
            for (at, byte) in bytes.iter().enumerate() {
                let place = at * 7 % hostile.len();
                hostile[place] ^= byte;
            }
            let _ = read(&hostile);
        }
    }
}
