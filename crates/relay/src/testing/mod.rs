//! For tests, here and in `tests/`: a small client that speaks the wire over real sockets, the relay's own
//! program as a process, and the contract that every [`crate::log::Log`] keeps.

#![allow(clippy::unwrap_used)]

mod client;
pub mod contract;
mod process;

pub use client::{Client, Dial, Heard, Host, Wrong, text};
pub use process::Process;
