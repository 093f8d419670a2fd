//! The device's secret: made once, kept in the keychain or, where none answers, in `device.key`.

use std::{fs, io, path::Path};

use seal::Key;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Cost, KeyStore, Keychain, wrap::PasswordWrap};
use crate::{
    durable,
    error::{ClinicError, Result},
};

/// Which secret of which clinic: each rotation has a place of its own, so that a crash between two files loses neither.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) dir: &'a Path,
    pub(crate) clinic: Uuid,
    pub(crate) generation: u32,
}

impl Place<'_> {
    fn entry(&self) -> String {
        match self.generation {
            0 => format!("device-{}", self.clinic),
            generation => format!("device-{}-{generation}", self.clinic),
        }
    }

    fn file(&self) -> std::path::PathBuf {
        self.dir.join(match self.generation {
            0 => "device.key".into(),
            generation => format!("device-{generation}.key"),
        })
    }

    /// Takes a secret away that nothing rests on any more. What stays behind opens nothing.
    pub(crate) fn forget(&self, store: KeyStore, keychain: &dyn Keychain) {
        let gone = match store {
            KeyStore::Keychain => keychain.delete(&self.entry()).is_ok(),
            KeyStore::PassphraseFile | KeyStore::PlainFile => fs::remove_file(self.file()).is_ok(),
        };
        if !gone {
            tracing::warn!("a device secret that is no longer used could not be removed");
        }
    }
}

/// `device.key`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum DeviceFile {
    /// Under a passphrase.
    Passphrase { wrap: PasswordWrap },
    /// As it is.
    Plain {
        #[serde(with = "hex")]
        secret: [u8; 32],
    },
}

/// Keeps `secret` in the best place there is and says which it was.
pub(crate) fn keep(
    place: &Place<'_>,
    secret: &Key,
    keychain: &dyn Keychain,
    passphrase: Option<&str>,
    cost: Cost,
) -> Result<KeyStore> {
    if keychain.answers() && keychain.write(&place.entry(), secret.expose()).is_ok() {
        return Ok(KeyStore::Keychain);
    }
    let (store, file) = match passphrase {
        Some(passphrase) => {
            let wrap = PasswordWrap::make(
                secret,
                passphrase,
                &no_device(),
                cost,
                place.clinic.as_bytes(),
            )?;
            (KeyStore::PassphraseFile, DeviceFile::Passphrase { wrap })
        }
        None => (
            KeyStore::PlainFile,
            DeviceFile::Plain {
                secret: *secret.expose(),
            },
        ),
    };
    let json = serde_json::to_vec(&file).map_err(|_| ClinicError::Internal("device file"))?;
    durable::replace(&place.file(), &json)?;
    Ok(store)
}

/// Fetches the secret from where `store` says it is.
pub(crate) fn fetch(
    place: &Place<'_>,
    store: KeyStore,
    keychain: &dyn Keychain,
    passphrase: Option<&str>,
) -> Result<Key> {
    if store == KeyStore::Keychain {
        let secret = keychain
            .read(&place.entry())
            .map_err(|_| ClinicError::KeyUnavailable)?;
        return secret
            .and_then(|secret| Key::from_slice(&secret))
            .ok_or(ClinicError::KeyUnavailable);
    }
    let json = fs::read(place.file()).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ClinicError::KeyUnavailable,
        _ => error.into(),
    })?;
    match (serde_json::from_slice(&json), passphrase) {
        (Ok(DeviceFile::Plain { secret }), _) => Ok(Key::from_bytes(secret)),
        (Ok(DeviceFile::Passphrase { wrap }), Some(passphrase)) => wrap
            .open(passphrase, &no_device(), place.clinic.as_bytes())?
            .ok_or(ClinicError::WrongPassphrase),
        (Ok(DeviceFile::Passphrase { .. }), None) => Err(ClinicError::PassphraseNeeded),
        (Err(_), _) => Err(ClinicError::KeyUnavailable),
    }
}

/// The passphrase alone opens the file: there is no other device behind this one.
fn no_device() -> Key {
    Key::from_bytes([0; 32])
}
