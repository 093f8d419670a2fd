//! A key sealed under another key, in one small JSON object.

use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use seal::Key;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Cost;
use crate::error::{ClinicError, Result};

const USER: &str = "medibridge 2026-11 user key";

/// 32 bytes sealed with XChaCha20-Poly1305: nonce ‖ ciphertext, hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed(#[serde(with = "hex")] Vec<u8>);

/// A key sealed under a password and the device's secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PasswordWrap {
    cost: Cost,
    #[serde(with = "hex")]
    salt: [u8; 16],
    sealed: Sealed,
    /// Made with the device secret before the present one, for this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rests_on: Option<String>,
}

impl Sealed {
    /// Seals `inner` under `outer`; `bound` must be given again to open.
    pub(crate) fn make(outer: &Key, inner: &Key, bound: &[u8]) -> Result<Self> {
        let nonce: [u8; 24] = seal::random()?;
        let payload = Payload {
            msg: inner.expose(),
            aad: bound,
        };
        let sealed = XChaCha20Poly1305::new(outer.expose().into())
            .encrypt(&nonce.into(), payload)
            .map_err(|_| ClinicError::Internal("seal"))?;
        Ok(Self([&nonce[..], &sealed].concat()))
    }

    /// Opens; `None` where the key or `bound` is another.
    pub(crate) fn open(&self, outer: &Key, bound: &[u8]) -> Option<Key> {
        let (nonce, sealed) = self.0.split_first_chunk::<24>()?;
        let payload = Payload {
            msg: sealed,
            aad: bound,
        };
        let opened = XChaCha20Poly1305::new(outer.expose().into())
            .decrypt(nonce.into(), payload)
            .ok()
            .map(Zeroizing::new)?;
        Key::from_slice(&opened)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl PasswordWrap {
    /// Wraps `root` under `password` and `device`; `bound` names the place it is for.
    pub(crate) fn make(
        root: &Key,
        password: &str,
        device: &Key,
        cost: Cost,
        bound: &[u8],
    ) -> Result<Self> {
        let salt = seal::random()?;
        let outer = user_key(password, device, cost, &salt)?;
        Ok(Self {
            cost,
            salt,
            sealed: Sealed::make(&outer, root, bound)?,
            rests_on: None,
        })
    }

    /// The place that it was made for under the device secret before, if so.
    pub(crate) fn rests_on(&self) -> Option<&str> {
        self.rests_on.as_deref()
    }

    /// The same, found at a new place after the device's secret was made anew.
    pub(crate) fn resting_on(mut self, was: &str) -> Self {
        self.rests_on = Some(was.into());
        self
    }

    /// Unwraps; `None` where the password is wrong.
    pub(crate) fn open(&self, password: &str, device: &Key, bound: &[u8]) -> Result<Option<Key>> {
        let outer = user_key(password, device, self.cost, &self.salt)?;
        Ok(self.sealed.open(&outer, bound))
    }
}

/// Does the work of a guess and throws the answer away, so that an unknown login takes as long.
pub(crate) fn pretend(password: &str, device: &Key, cost: Cost) -> Result<()> {
    user_key(password, device, cost, &[0; 16]).map(|_| ())
}

fn user_key(password: &str, device: &Key, cost: Cost, salt: &[u8; 16]) -> Result<Key> {
    Ok(cost.derive(password, salt)?.derive(USER, device.expose()))
}
