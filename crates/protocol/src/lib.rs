#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bytes;
mod claims;
pub mod close;
mod frame;
mod http;
pub mod limits;

pub use bytes::Bytes;
pub use claims::{AUDIENCE, Claims};
pub use frame::{Closed, FromClient, FromRelay, Refusal, Role, Sender, StreamId};
pub use http::{Enrol, Enrolled, Greeting, Health, Knocked};

/// This wire's version: the first number of every path and of the first frame.
pub const VERSION: u8 = 1;
