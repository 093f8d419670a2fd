//! The guard on the sentences of TICO-19: how often it is silent on what professionals wrote, and how
//! much it finds of what the red team changed.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod edits;
mod memory;
mod sentences;
mod traps;
