//! How the record's key is kept: never plain, always wrapped.
//!
//! ```text
//! root key  (32 random bytes) → database key, vault keys, journal's key: derived, one for each purpose
//! user key  = derive(Argon2id(password, salt, cost) ‖ device secret)   wraps the root key, per account
//! phrase key= derive(entropy of the recovery phrase, ≥ 128 bits)       wraps the root key, once
//! device secret (32 random bytes): in the OS keychain, or in `device.key`
//! ```
//! The wraps lie in `keys.json` beside the database, which cannot be read without them. Neither the
//! folder without the device, nor the device without a password, opens the record.

pub(crate) mod backoff;
mod cost;
pub(crate) mod device;
pub(crate) mod file;
mod keychain;
pub mod password;
mod phrase;
pub(crate) mod wrap;

pub use cost::Cost;
pub use keychain::{FileKeychain, KeyStore, Keychain, KeychainError, OsKeychain};
pub use phrase::{PhraseLength, RecoveryPhrase};
