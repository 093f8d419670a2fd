//! What engines of speech need to know of a file of sound.

use std::io::Cursor;

use basics::Phi;
use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

use crate::error::{Error, Result};

/// Samples in a second.
const RATE: u32 = 16_000;
const SPEC: WavSpec = WavSpec {
    channels: 1,
    sample_rate: RATE,
    bits_per_sample: 16,
    sample_format: SampleFormat::Int,
};

/// The samples of a WAV file, -1 to 1.
///
/// # Errors
/// [`Error::Sound`] unless it is 16 kHz, one channel, 16 bit.
pub(super) fn samples(wav: &[u8]) -> Result<Vec<f32>> {
    let mut reader = WavReader::new(Cursor::new(wav)).map_err(|_| Error::Sound)?;
    if reader.spec() != SPEC {
        return Err(Error::Sound);
    }
    let samples = reader.samples::<i16>();
    samples
        .map(|sample| Ok(f32::from(sample.map_err(|_| Error::Sound)?) / 32_768.0))
        .collect()
}

/// How long a WAV file lasts; nobody knows of another format.
pub(super) fn milliseconds(sound: &[u8]) -> Option<u64> {
    let reader = WavReader::new(Cursor::new(sound)).ok()?;
    let rate = u64::from(reader.spec().sample_rate).max(1);
    Some(u64::from(reader.duration()) * 1_000 / rate)
}

/// A file name that says the format: servers go by it.
pub(super) fn file_name(sound: &[u8]) -> &'static str {
    match sound {
        [b'O', b'g', b'g', b'S', ..] => "note.ogg",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "note.webm",
        [b'f', b'L', b'a', b'C', ..] => "note.flac",
        [b'I', b'D', b'3', ..] | [0xff, 0xe2..=0xfb, ..] => "note.mp3",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "note.m4a",
        _ => "note.wav",
    }
}

/// The words an engine gave, without what is no word.
pub(super) fn words(text: &str) -> Phi<String> {
    let kept: String = text.chars().filter(|c| !c.is_control()).collect();
    Phi::new(kept.trim().to_owned())
}

/// A second in which nobody speaks.
pub(crate) fn silence() -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    if let Ok(mut writer) = WavWriter::new(&mut file, SPEC) {
        let written = (0..RATE).try_for_each(|_| writer.write_sample(0_i16));
        if let Err(error) = written.and_then(|()| writer.finalize()) {
            tracing::error!(%error, "a second of silence could not be written");
        }
    }
    file.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_a_second_of_what_is_taken() {
        let wav = silence();
        assert_eq!(milliseconds(&wav), Some(1_000));
        assert_eq!(samples(&wav).unwrap().len(), RATE as usize);
        assert_eq!(file_name(&wav), "note.wav");
    }

    #[test]
    fn another_rate_a_second_channel_and_half_a_file_are_refused() {
        let wav = silence();
        let mut fast = wav.clone();
        fast[24..28].copy_from_slice(&44_100_u32.to_le_bytes());
        for bad in [&fast[..], &wav[..1_001], b"RIFF", b"", b"OggS\0"] {
            assert_eq!(samples(bad).map(|found| found.len()), Err(Error::Sound));
        }
    }
}
