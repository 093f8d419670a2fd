#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cut;
mod error;
mod level;
mod microphone;
mod mono;
mod recorder;
mod speech;
#[cfg(all(feature = "testing", target_os = "linux"))]
pub mod testing;
pub mod wav;

pub use cut::{Cut, cut};
pub use error::{Error, Result};
pub use level::{Level, PEAKS};
pub use microphone::{Device, devices};
pub use recorder::{Ears, Recorded, Recorder};
pub use speech::{Detector, Span};
pub use wav::Sound;

/// Samples in a second of every sound here, hertz.
pub const RATE: u32 = 16_000;
/// The longest sound: eight minutes, in milliseconds.
pub const LONGEST_MS: u64 = 8 * 60 * 1000;
