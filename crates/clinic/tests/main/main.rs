//! The record as its users see it, in one test program.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod access;
mod everyday;
mod killed;
mod support;
