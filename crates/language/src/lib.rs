#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod assist;
pub mod chat;
pub mod embedder;
mod engine;
pub mod engines;
mod error;
mod facts;
mod fold;
pub mod guard;
pub mod phrasebook;
pub mod scribe;
pub mod transcriber;
mod translator;

pub use chat::{Chat, ChatRequest, JsonSchema, Speaker, Turn};
pub use embedder::Embedder;
pub use engine::{Engine, Request, State};
pub use error::{Error, ModelFile, Result, Unusable};
pub use facts::{Facts, GuardWords, Kind};
pub use phrasebook::{Approval, Approvals, Phrase, Phrasebook, Standing, Suggestion};
pub use transcriber::{Segment, Transcriber, Transcript};
pub use translator::{Pending, Said, Translated, Translator};
