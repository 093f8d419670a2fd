//! The relay over real sockets.
#![allow(clippy::unwrap_used)]
