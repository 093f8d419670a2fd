//! What can go wrong with the runtime or a model file; file names and versions only, no person's data.

use std::{collections::BTreeMap, path::Path};

use basics::{Code, Coded};

/// The result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why ONNX Runtime or a model does not work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path is relative; the system's search path must not decide which library is loaded.
    #[error("the path of the ONNX Runtime library is not absolute")]
    RelativePath,
    /// There is no such file.
    #[error("the ONNX Runtime library {file} is missing")]
    LibraryMissing {
        /// The file's name, without its folder.
        file: String,
    },
    /// The file is no shared library for this machine, or not ONNX Runtime.
    #[error("{file} is not an ONNX Runtime library")]
    NotTheLibrary {
        /// The file's name, without its folder.
        file: String,
    },
    /// The library is too old.
    #[error("ONNX Runtime {found} is too old: 1.{needed} or newer is needed")]
    TooOld {
        /// Version of the file.
        found: String,
        /// Oldest minor version that works.
        needed: u32,
    },
    /// A session was opened before [`crate::load`] succeeded.
    #[error("ONNX Runtime is not loaded")]
    NotLoaded,
    /// The model file cannot be read or is not a model that this runtime accepts.
    #[error("the model does not load: {reason}")]
    Model {
        /// What the runtime says.
        reason: String,
    },
    /// A run failed: an input that does not fit, or a defect of the model.
    #[error("the model does not run: {reason}")]
    Run {
        /// What the runtime says.
        reason: String,
    },
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Run { .. } | Self::RelativePath => Code::Internal,
            _ => Code::ModelUnavailable,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::RelativePath => "onnx-relative-path",
            Self::LibraryMissing { .. } => "onnx-library-missing",
            Self::NotTheLibrary { .. } => "onnx-not-the-library",
            Self::TooOld { .. } => "onnx-too-old",
            Self::NotLoaded => "onnx-not-loaded",
            Self::Model { .. } => "onnx-model-does-not-load",
            Self::Run { .. } => "onnx-model-does-not-run",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::LibraryMissing { file } | Self::NotTheLibrary { file } => {
                BTreeMap::from([("file", file.clone())])
            }
            Self::TooOld { found, needed } => {
                BTreeMap::from([("found", found.clone()), ("needed", format!("1.{needed}"))])
            }
            _ => BTreeMap::new(),
        }
    }
}

/// A path's last part, for messages.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
