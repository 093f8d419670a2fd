//! The record as its users see it, in one test program.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod access;
mod accounts;
mod administration;
mod backup;
mod break_glass;
mod consultations;
#[cfg(target_os = "linux")]
mod disk;
mod everyday;
mod identity;
mod keychain;
mod keys;
mod killed;
mod measured;
mod notes;
mod pages;
mod phrases;
mod planted;
#[cfg(unix)]
mod power;
mod prescriptions;
mod reports;
mod search;
mod services;
mod support;
mod texts;
