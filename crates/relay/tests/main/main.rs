//! The relay over real sockets, and its log by the contract.
#![allow(clippy::unwrap_used)]

mod doors;
mod faults;
mod guard;
mod house;
mod log;
mod streams;
mod tokens;
