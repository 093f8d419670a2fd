//! The record: encrypted SQLite and vault, access policy, sessions, journal.
//!
//! Start at [`Clinic`]: made or opened, signed in to, read with a [`Permit`], changed with
//! [`Clinic::write`].
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
mod check;
mod clinic;
mod db;
mod durable;
mod error;
pub mod journal;
pub mod keys;
pub mod limits;
pub mod record;
mod session;
mod signin;
mod store;
mod vault;
mod write;

pub use access::{ActiveSession, Permission, Permit, Role, authorize};
pub use clinic::{Clinic, ClinicStatus, Created, NewAccount, Setup};
pub use error::{ClinicError, Result};
pub use journal::{JournalQuery, JournalReport, JournalRow, Outcome, Problem, Subject};
pub use keys::{Cost, FileKeychain, KeyStore, Keychain, OsKeychain, PhraseLength, RecoveryPhrase};
pub use record::{
    marks::*, patients::*, readings::*, scans::*, settings::*, users::*, verdicts::*, worklist::*,
};
pub use session::{Hold, Session};
pub use vault::StoredFile;
pub use write::Change;
