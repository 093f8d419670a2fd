//! What keeps a pack from being used; pack ids, versions and field names only, no person's data.

use std::collections::BTreeMap;

use basics::{Code, Coded};

/// The result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a pack cannot be used, or a reading not be started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder of packs cannot be listed.
    #[error("the folder of models cannot be read: {0}")]
    Folder(std::io::ErrorKind),
    /// There is no such pack.
    #[error("there is no model {id}")]
    NoSuchPack {
        /// What was asked for.
        id: String,
    },
    /// A file of the pack is missing or cannot be read.
    #[error("model {id}: {file} is missing or cannot be read")]
    FileMissing {
        /// The pack.
        id: String,
        /// The file's name.
        file: String,
    },
    /// The card does not say what it must, or contradicts itself.
    #[error("model {id}: the card is not valid: {what}")]
    Card {
        /// The pack's folder.
        id: String,
        /// Which rule it breaks.
        what: String,
    },
    /// The card was written for a later release of this program.
    #[error("model {id}: card schema {found} is newer than {known}")]
    NewerSchema {
        /// The pack's folder.
        id: String,
        /// The card's schema.
        found: u32,
        /// The newest schema known here.
        known: u32,
    },
    /// The model file is not the one the card was written for.
    #[error("model {id}: model.onnx is not the file that its card describes")]
    Altered {
        /// The pack.
        id: String,
    },
    /// On its stored input the model no longer gives its stored answer.
    #[error("model {id} failed its self-test")]
    SelfTest {
        /// The pack.
        id: String,
    },
    /// ONNX Runtime refuses.
    #[error(transparent)]
    Runtime(#[from] onnx::Error),
    /// The pixels do not fit the stated size.
    #[error("the pixels do not fit rows and columns")]
    Pixels,
    /// Too many jobs wait already.
    #[error("too many readings are waiting")]
    Full,
    /// The queue was shut down, or a job's id is in use.
    #[error("the queue does not take this job")]
    Refused,
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::NoSuchPack { .. } => Code::NotFound,
            Self::Runtime(error) => error.code(),
            Self::Pixels => Code::Internal,
            Self::Full => Code::Busy,
            Self::Refused => Code::Conflict,
            _ => Code::ModelUnavailable,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Folder(_) => "reading-folder-unreadable",
            Self::NoSuchPack { .. } => "reading-no-such-model",
            Self::FileMissing { .. } => "reading-file-missing",
            Self::Card { .. } => "reading-card-not-valid",
            Self::NewerSchema { .. } => "reading-newer-schema",
            Self::Altered { .. } => "reading-model-altered",
            Self::SelfTest { .. } => "reading-self-test-failed",
            Self::Runtime(error) => error.message_id(),
            Self::Pixels => "reading-pixels",
            Self::Full => "reading-queue-full",
            Self::Refused => "reading-job-refused",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::NoSuchPack { id } | Self::Altered { id } | Self::SelfTest { id } => {
                BTreeMap::from([("model", id.clone())])
            }
            Self::FileMissing { id, file } => {
                BTreeMap::from([("model", id.clone()), ("file", file.clone())])
            }
            Self::Card { id, what } => {
                BTreeMap::from([("model", id.clone()), ("what", what.clone())])
            }
            Self::NewerSchema { id, .. } => BTreeMap::from([("model", id.clone())]),
            Self::Runtime(error) => error.args(),
            _ => BTreeMap::new(),
        }
    }
}
