//! Where the device's secret lies: the operating system's keychain where one truly answers.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::durable;

/// Where the device's secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyStore {
    /// The operating system's keychain.
    Keychain,
    /// `device.key`, sealed under a passphrase that is asked at each start.
    PassphraseFile,
    /// `device.key` with no passphrase: whoever takes the disk has it.
    PlainFile,
}

/// Why a keychain does not serve.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// None answers, or it is locked.
    #[error("no keychain answers")]
    Unavailable,
}

/// Keeps small secrets by name.
pub trait Keychain: Send + Sync + 'static {
    /// The secret of this name, if there is one.
    ///
    /// # Errors
    /// [`KeychainError::Unavailable`].
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;
    /// Keeps a secret under this name, in place of an older one.
    ///
    /// # Errors
    /// [`KeychainError::Unavailable`].
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError>;
    /// Forgets the secret of this name.
    ///
    /// # Errors
    /// [`KeychainError::Unavailable`].
    fn delete(&self, name: &str) -> Result<(), KeychainError>;

    /// Writes, reads and deletes a trial secret: a locked or absent keychain may let an entry be made and
    /// fail only here.
    fn answers(&self) -> bool {
        let Ok(trial) = seal::random::<16>() else {
            return false;
        };
        let name = format!("probe-{}", uuid::Uuid::now_v7());
        let kept = self.write(&name, &trial).is_ok()
            && matches!(self.read(&name), Ok(Some(read)) if *read == trial);
        // Deleted even where reading failed, so that no trial stays behind.
        self.delete(&name).is_ok() && kept
    }
}

/// The keychain of the operating system: Keychain (macOS), Credential Manager (Windows), Secret
/// Service (Linux).
#[derive(Clone, Copy, Debug, Default)]
pub struct OsKeychain;

const SERVICE: &str = "medibridge";

impl OsKeychain {
    fn entry(name: &str) -> Result<keyring::Entry, KeychainError> {
        keyring::Entry::new(SERVICE, name).map_err(unavailable)
    }
}

impl Keychain for OsKeychain {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match Self::entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        Self::entry(name)?.set_secret(secret).map_err(unavailable)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(unavailable(error)),
        }
    }
}

fn unavailable(_: keyring::Error) -> KeychainError {
    KeychainError::Unavailable
}

/// A folder of plain files in the place of a keychain, for tests and for tools without a desktop.
#[derive(Clone, Debug)]
pub struct FileKeychain(PathBuf);

impl FileKeychain {
    /// Keeps secrets in this folder, which is made when the first is written.
    pub fn at(folder: impl AsRef<Path>) -> Self {
        Self(folder.as_ref().into())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0
            .join(name.replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "_"))
    }
}

impl Keychain for FileKeychain {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match fs::read(self.path(name)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(KeychainError::Unavailable),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        durable::create_private_dir(&self.0)
            .and_then(|()| durable::replace(&self.path(name), secret))
            .map_err(|_| KeychainError::Unavailable)
    }

    fn delete(&self, name: &str) -> Result<(), KeychainError> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(KeychainError::Unavailable)
            }
            _ => Ok(()),
        }
    }
}
