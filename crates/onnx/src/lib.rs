//! The one place that loads ONNX Runtime: once per process, from an absolute path, with telemetry off.
//!
//! The library is not linked: a missing or wrong file must become a sentence on the screen, never
//! a program that does not start. Call [`load`] first; [`Session`] then runs one model file.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod error;
mod runtime;
mod session;

pub use error::{Error, Result};
pub use runtime::{file_name, load, loaded};
pub use session::{Input, Session, Tensor};
