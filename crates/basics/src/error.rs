//! How an error reaches a person: a stable code that programs switch on, the id of a sentence in
//! the catalogue, and arguments that hold no person's data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What sort of failure it is; the user interface switches on this and never on text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request does not parse or a field breaks a rule; `args.field` says which.
    Invalid,
    /// Nobody is signed in, or the session has ended.
    SignInNeeded,
    /// The window is locked.
    Locked,
    /// Name or password is wrong.
    WrongPassword,
    /// Too many tries; `args.seconds` says how long to wait.
    TooManyTries,
    /// The role may not do this.
    Forbidden,
    /// There is no such thing, or it may not be seen.
    NotFound,
    /// Somebody else changed it, or it is already so.
    Conflict,
    /// A file cannot be read as what it claims to be; `message_id` names the reason.
    Unreadable,
    /// A stated limit was exceeded; `args.limit` names it.
    TooLarge,
    /// The person cancelled.
    Cancelled,
    /// The disk is full.
    DiskFull,
    /// The disk or folder cannot be written.
    ReadOnly,
    /// The record is damaged or was tampered with.
    Damaged,
    /// The keychain, key file or passphrase does not open the record.
    KeyUnavailable,
    /// A model file or the ONNX Runtime library is missing or altered.
    ModelUnavailable,
    /// A translation or transcription engine does not answer, or not as it must.
    EngineUnavailable,
    /// Another program holds what is needed.
    Busy,
    /// A defect in this program; it is logged without a person's data.
    Internal,
}

/// An error that can be told to a person.
///
/// `message_id` is the key of a sentence in the catalogue (`error.<message_id>` and, for what to do
/// next, `advice.<message_id>`). `args` fill its places; they never hold a person's data.
pub trait Coded: std::error::Error {
    /// What sort of failure it is.
    fn code(&self) -> Code;
    /// The sentence's key, kebab-case, e.g. `dicom-truncated`.
    fn message_id(&self) -> &'static str;
    /// What fills the sentence's places.
    fn args(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::new()
    }
}
