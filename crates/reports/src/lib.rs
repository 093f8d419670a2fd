#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod canonical;
pub mod delivery;
mod derived;
pub mod dicom;
mod document;
mod error;
pub mod fhir;
pub mod film;
mod measured;
mod passphrase;
mod sample;
mod seal;
mod sign;
mod typeset;
mod verify;
mod words;

pub use canonical::{canonical, fingerprint, parse_canonical};
pub use document::*;
pub use error::{Error, Result};
pub use measured::{Measured, MeasuredRow, MeasuredUnit};
pub use passphrase::Passphrase;
pub use sample::Sample;
pub use seal::{Enclosed, reseal, seal};
pub use sign::{Signed, signing_bytes};
pub use typeset::{Fonts, MedicineLabel, Pages, forget, medicine_label, typeset};
pub use verify::{Finding, Part, Verified, verify};
pub use words::{Words, words};
