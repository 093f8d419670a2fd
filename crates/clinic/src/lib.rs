#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
#[doc(hidden)]
pub mod bulk;
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
mod setup;
mod signin;
mod store;
mod vault;
mod write;

pub use access::{ActiveSession, Permission, Permit, Role, authorize};
pub use clinic::{Clinic, ClinicStatus};
pub use error::{ClinicError, Result};
pub use journal::{JournalQuery, JournalReport, JournalRow, Outcome, Problem, Subject};
pub use keys::{Cost, FileKeychain, KeyStore, Keychain, OsKeychain, PhraseLength, RecoveryPhrase};
pub use record::{
    consultations::*, deliveries::*, engines::*, macros::*, marks::*, notes::*, patients::*,
    phrases::*, readings::*, reports::*, scans::*, search::*, secrets::*, services::*, settings::*,
    users::*, verdicts::*, worklist::*,
};
pub use session::{Hold, Session};
pub use setup::{Created, NewAccount, Setup};
pub use signin::PasswordProof;
pub use vault::StoredFile;
pub use write::Change;
