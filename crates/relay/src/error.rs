//! Why a relay does not start, or an operator's command is not carried out.

use std::{io, net::SocketAddr, path::PathBuf};

/// What an operator reads.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// Plain HTTP would show tokens to the network.
    #[error(
        "{0} is not this machine alone: plain HTTP is for loopback, say --self-signed or --cert and --key"
    )]
    PlainHttp(SocketAddr),
    /// With one's own certificate the relay cannot know by which name it is reached.
    #[error("say --public-url: the address in the certificate, e.g. https://relay.example.org")]
    PublicUrl,
    /// A public address that is none.
    #[error("the public address {0:?} is not http(s)://host[:port]")]
    NotAnAddress(String),
    /// The configuration cannot be read.
    #[error("the configuration {0} cannot be read: {1}")]
    Config(PathBuf, String),
    /// The certificate or its key cannot be used.
    #[error("the certificate cannot be used: {0}")]
    Certificate(String),
    /// The page's folder cannot be read.
    #[error("the page in {0} cannot be read: {1}")]
    Page(PathBuf, io::Error),
    /// The address is taken, or not ours.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, io::Error),
    /// The data folder cannot be used.
    #[error("the data folder {0} cannot be used: {1}")]
    Folder(PathBuf, io::Error),
    /// The data cannot be read or written.
    #[error("the relay's data cannot be used: {0}")]
    Storage(String),
    /// The enrolment code is wrong, spent or older than fifteen minutes; or the key was revoked.
    #[error("the enrolment code is wrong, spent or too old")]
    Code,
    /// Neither a key of 32 bytes nor a short name.
    #[error("a workstation is a key of 32 bytes and a name of 1 to 80 characters")]
    Workstation,
    /// No workstation has this id.
    #[error("no workstation has this id")]
    Unknown,
}

impl From<rusqlite::Error> for RelayError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.to_string())
    }
}
