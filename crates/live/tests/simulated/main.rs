//! Consultations in a bottle: the state machines over a relay in memory, where anything may happen.

#![allow(clippy::unwrap_used)]

mod consultation;
mod made;
mod phone;
mod relay;
mod schedules;
mod world;
