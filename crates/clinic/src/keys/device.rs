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

const FILE: &str = "device.key";

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
    dir: &Path,
    clinic: Uuid,
    secret: &Key,
    keychain: &dyn Keychain,
    passphrase: Option<&str>,
    cost: Cost,
) -> Result<KeyStore> {
    if keychain.answers() && keychain.write(&name(clinic), secret.expose()).is_ok() {
        return Ok(KeyStore::Keychain);
    }
    let (store, file) = match passphrase {
        Some(passphrase) => {
            let wrap =
                PasswordWrap::make(secret, passphrase, &no_device(), cost, clinic.as_bytes())?;
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
    durable::replace(&dir.join(FILE), &json)?;
    Ok(store)
}

/// Fetches the secret from where `store` says it is.
pub(crate) fn fetch(
    dir: &Path,
    clinic: Uuid,
    store: KeyStore,
    keychain: &dyn Keychain,
    passphrase: Option<&str>,
) -> Result<Key> {
    if store == KeyStore::Keychain {
        let secret = keychain
            .read(&name(clinic))
            .map_err(|_| ClinicError::KeyUnavailable)?;
        return secret
            .and_then(|secret| Key::from_slice(&secret))
            .ok_or(ClinicError::KeyUnavailable);
    }
    let json = fs::read(dir.join(FILE)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ClinicError::KeyUnavailable,
        _ => error.into(),
    })?;
    match (serde_json::from_slice(&json), passphrase) {
        (Ok(DeviceFile::Plain { secret }), _) => Ok(Key::from_bytes(secret)),
        (Ok(DeviceFile::Passphrase { wrap }), Some(passphrase)) => wrap
            .open(passphrase, &no_device(), clinic.as_bytes())?
            .ok_or(ClinicError::WrongPassphrase),
        (Ok(DeviceFile::Passphrase { .. }), None) => Err(ClinicError::PassphraseNeeded),
        (Err(_), _) => Err(ClinicError::KeyUnavailable),
    }
}

fn name(clinic: Uuid) -> String {
    format!("device-{clinic}")
}

/// The passphrase alone opens the file: there is no other device behind this one.
fn no_device() -> Key {
    Key::from_bytes([0; 32])
}
