#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod error;
mod key;
pub mod live;
mod name;
mod stream;

pub use error::SealError;
pub use key::{Key, random};
pub use name::{ContentHasher, ContentName};
pub use stream::{CHUNK, open, seal, sealed_len};
