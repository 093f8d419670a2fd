//! Why something cannot be sealed or opened.

use std::io;

/// A failure to seal or open. It tells nothing of the content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// It is no sealed file, or of a version that this program does not know.
    #[error("not a sealed file of a known version")]
    UnknownFormat,
    /// Wrong key, wrong name, or changed, cut or reordered bytes: they cannot be told apart.
    #[error("the sealed bytes do not open")]
    Broken,
    /// The operating system gives no random numbers.
    #[error("no random numbers")]
    NoRandom,
    /// Reading or writing failed.
    #[error("input/output failed")]
    Io(#[from] io::Error),
}
