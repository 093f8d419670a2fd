//! A hundred clips in which nobody speaks: silence, noises of several colours, hum, music, alarms. The
//! same ones each time.

use std::f64::consts::TAU;

use crate::{RATE, wav};

/// Seconds of each.
const SECONDS: usize = 3;
const SAMPLES: usize = SECONDS * RATE as usize;

/// What they are called, and their WAV files.
pub fn hundred() -> Vec<(String, Vec<u8>)> {
    let mut clips: Vec<(String, Vec<f64>)> = Vec::new();
    for n in 0..10 {
        clips.push((format!("silence-{n}"), silence(n)));
    }
    for n in 0..10 {
        let loud = 0.004 * 1.8f64.powi(n);
        clips.push((format!("white-{n}"), scaled(white(n as u64), loud)));
        clips.push((format!("pink-{n}"), scaled(pink(n as u64), loud)));
        clips.push((format!("brown-{n}"), scaled(brown(n as u64), loud)));
        clips.push((format!("hum-{n}"), hum(n as u32)));
        clips.push((format!("gusts-{n}"), gusts(n as u64)));
        clips.push((format!("tone-{n}"), tone(110.0 * 1.45f64.powi(n))));
        clips.push((format!("chords-{n}"), chords(n as u64)));
        clips.push((format!("tune-{n}"), tune(n as u64)));
        clips.push((format!("beat-{n}"), beat(n as u64)));
    }
    clips.truncate(100);
    assert_eq!(clips.len(), 100);
    clips
        .into_iter()
        .map(|(name, sound)| (name, file(&sound)))
        .collect()
}

/// A WAV file of values in −1…1.
pub fn file(sound: &[f64]) -> Vec<u8> {
    let samples: Vec<i16> = sound
        .iter()
        .map(|value| (value * 32_767.0).round() as i16)
        .collect();
    wav::of_samples(&samples).unwrap().wav
}

/// Nothing, an offset, or the last bits of a converter.
fn silence(n: usize) -> Vec<f64> {
    match n {
        0 => vec![0.0; SAMPLES],
        1 => vec![0.02; SAMPLES],
        _ => scaled(white(n as u64), f64::from(n as u32) / 32_767.0),
    }
}

fn white(seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed);
    (0..SAMPLES).map(|_| random.value()).collect()
}

/// A sum of held values, each half as often renewed as the one before (Voss).
fn pink(seed: u64) -> Vec<f64> {
    let mut random = Random::new(100 + seed);
    let mut rows = [0.0; 12];
    (0..SAMPLES)
        .map(|at| {
            let row = (at.trailing_zeros() as usize).min(rows.len() - 1);
            rows[row] = random.value();
            rows.iter().sum::<f64>() / 6.0
        })
        .collect()
}

fn brown(seed: u64) -> Vec<f64> {
    let mut random = Random::new(200 + seed);
    let mut value = 0.0;
    (0..SAMPLES)
        .map(|_| {
            value = value * 0.995 + random.value() * 0.1;
            value
        })
        .collect()
}

/// Mains and its harmonics, with a fan behind.
fn hum(n: u32) -> Vec<f64> {
    let mains = if n.is_multiple_of(2) { 50.0 } else { 60.0 };
    let fan = scaled(brown(300 + u64::from(n)), 0.02 * f64::from(n));
    (0..SAMPLES)
        .map(|at| {
            let harmonics = (1..=6).map(|k| wave(at, mains * f64::from(k)) / f64::from(k * k));
            0.02 * f64::from(n + 1) * harmonics.sum::<f64>() + fan[at]
        })
        .collect()
}

/// Wind on the microphone: noise that swells.
fn gusts(n: u64) -> Vec<f64> {
    pink(400 + n)
        .into_iter()
        .enumerate()
        .map(|(at, value)| {
            let swell = 0.5 + 0.5 * wave(at, 0.3 + 0.2 * n as f64);
            0.3 * swell * value
        })
        .collect()
}

/// A steady tone, as of an alarm that does not stop.
fn tone(hertz: f64) -> Vec<f64> {
    (0..SAMPLES).map(|at| 0.3 * wave(at, hertz)).collect()
}

/// Three-note chords of an organ, one a second.
fn chords(n: u64) -> Vec<f64> {
    let mut random = Random::new(500 + n);
    let mut sound = Vec::with_capacity(SAMPLES);
    for _ in 0..SECONDS {
        let root = 130.8 * 2f64.powf(f64::from(random.below(12)) / 12.0);
        let notes = [root, root * 1.26, root * 1.5];
        sound.extend((0..RATE as usize).map(|at| {
            let voices = notes
                .iter()
                .map(|hertz| wave(at, *hertz) + 0.4 * wave(at, 2.0 * hertz));
            0.12 * voices.sum::<f64>()
        }));
    }
    sound
}

/// A tune of plucked notes.
fn tune(n: u64) -> Vec<f64> {
    let mut random = Random::new(600 + n);
    let length = RATE as usize / (2 + n as usize % 4);
    let mut sound = Vec::with_capacity(SAMPLES);
    while sound.len() < SAMPLES {
        let hertz = 220.0 * 2f64.powf(f64::from(random.below(24)) / 12.0);
        sound.extend((0..length).map(|at| {
            let fades = (-4.0 * at as f64 / length as f64).exp();
            0.3 * fades * (wave(at, hertz) + 0.3 * wave(at, 3.0 * hertz))
        }));
    }
    sound.truncate(SAMPLES);
    sound
}

/// A drum machine: thuds and short noises.
fn beat(n: u64) -> Vec<f64> {
    let mut random = Random::new(700 + n);
    let every = RATE as usize / (2 + n as usize % 5);
    (0..SAMPLES)
        .map(|at| {
            let since = (at % every) as f64 / f64::from(RATE);
            match (at / every) % 2 {
                0 => 0.6 * (-25.0 * since).exp() * (TAU * 60.0 * since).sin(),
                _ => 0.3 * (-40.0 * since).exp() * random.value(),
            }
        })
        .collect()
}

fn wave(at: usize, hertz: f64) -> f64 {
    (at as f64 * hertz * TAU / f64::from(RATE)).sin()
}

fn scaled(sound: Vec<f64>, by: f64) -> Vec<f64> {
    sound.into_iter().map(|value| value * by).collect()
}

/// Numbers that only look like chance (SplitMix64).
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In −1…1.
    fn value(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }

    fn below(&mut self, n: u64) -> u32 {
        (self.next() % n) as u32
    }
}
