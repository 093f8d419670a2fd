#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod client;
pub mod content;
mod due;
mod error;
pub mod guest;
pub mod host;
mod outbox;

pub use error::{Error, Result};
pub use guest::Guest;
pub use host::Host;
