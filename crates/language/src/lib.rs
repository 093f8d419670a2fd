#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod engine;
pub mod engines;
mod error;
mod facts;
mod fold;
pub mod phrasebook;
mod translator;

pub use engine::{Engine, Request, State};
pub use error::{Error, Result, Unusable};
pub use facts::{Facts, GuardWords, Kind};
pub use phrasebook::{Approval, Approvals, Phrase, Phrasebook, Standing, Suggestion};
pub use translator::{Pending, Said, Translated, Translator};
