#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod client;
pub mod content;
mod error;
pub mod host;

pub use error::{Error, Result};
pub use host::Host;
