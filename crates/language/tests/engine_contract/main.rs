//! What every engine must do, whatever stands behind it: a suite for each kind, run by each engine over
//! a server of its own that behaves as badly as servers do, or over a model file that is as bad as files are.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod chat;
mod embedder;
mod model;
mod openai;
mod server;
mod suite;
mod transcriber;
mod troubles;
mod whisper;
