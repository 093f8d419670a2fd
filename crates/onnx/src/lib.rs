#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod error;
mod runtime;
mod session;

pub use error::{Error, Result};
pub use runtime::{file_name, forbid_telemetry, load, loaded};
pub use session::{Input, Session, Tensor};
