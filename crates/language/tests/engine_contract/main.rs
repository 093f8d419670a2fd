//! What every translation engine must do, whatever stands behind it: the suite in `suite.rs`, run by
//! each engine over a server of its own that behaves as badly as servers do.

#![allow(clippy::unwrap_used)]

mod openai;
mod server;
mod suite;
