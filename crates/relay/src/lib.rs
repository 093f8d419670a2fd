#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod accept;
mod address;
mod clock;
mod config;
mod error;
mod guard;
mod http;
mod hub;
mod live;
pub mod log;
mod metrics;
mod page;
mod register;
mod server;
#[cfg(feature = "testing")]
pub mod testing;
mod tls;
mod token;

pub use config::{Config, Limits, Page, Tls};
pub use error::RelayError;
pub use register::{Register, Workstation};
pub use server::{Running, start};
