//! `keys.json`: the wrapped keys, and what may be known before anybody signs in.

use std::{collections::BTreeMap, fs, io, path::Path};

use seal::Key;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Cost, KeyStore,
    wrap::{PasswordWrap, Sealed},
};
use crate::{
    durable,
    error::{ClinicError, Result},
};

const FILE: &str = "keys.json";
const VERSION: u32 = 1;
const SLOT: &str = "medibridge 2026-11 login slot";

/// The file. It holds no login: an account is found by a keyed hash of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    version: u32,
    /// Of this record.
    pub(crate) clinic: Uuid,
    /// Of this machine; named in each journal row.
    pub(crate) workstation: Uuid,
    /// Shown before sign-in.
    pub(crate) clinic_name: String,
    /// Invented people only.
    pub(crate) demo: bool,
    /// The phrase was shown and some of its words were typed back.
    pub(crate) recovery_confirmed: bool,
    /// Where the device's secret is.
    pub(crate) key_store: KeyStore,
    /// For new passwords, and for logins that do not exist.
    pub(crate) cost: Cost,
    /// The root key under the recovery phrase.
    pub(crate) recovery: Sealed,
    /// The root key under each account's password.
    pub(crate) accounts: BTreeMap<String, PasswordWrap>,
    /// The root key under the code of each person who was invited.
    #[serde(default)]
    pub(crate) invitations: BTreeMap<String, PasswordWrap>,
    /// How often the device's secret was made anew.
    #[serde(default)]
    pub(crate) generation: u32,
    /// The device secret before this one, sealed under this one, while some wrap rests on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Sealed>,
}

/// What a new file says.
pub(crate) struct NewKeyFile<'a> {
    pub(crate) clinic: Uuid,
    pub(crate) clinic_name: &'a str,
    pub(crate) demo: bool,
    pub(crate) key_store: KeyStore,
    pub(crate) cost: Cost,
    pub(crate) recovery: Sealed,
}

impl KeyFile {
    pub(crate) fn new(new: NewKeyFile<'_>) -> Self {
        Self {
            version: VERSION,
            clinic: new.clinic,
            workstation: Uuid::now_v7(),
            clinic_name: new.clinic_name.into(),
            demo: new.demo,
            recovery_confirmed: false,
            key_store: new.key_store,
            cost: new.cost,
            recovery: new.recovery,
            accounts: BTreeMap::new(),
            invitations: BTreeMap::new(),
            generation: 0,
            before: None,
        }
    }

    /// Reads the file; `None` where there is none.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>> {
        let json = match fs::read(dir.join(FILE)) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let file: Self =
            serde_json::from_slice(&json).map_err(|_| ClinicError::Damaged { part: "keys" })?;
        if file.version != VERSION {
            return Err(ClinicError::NewerSchema {
                found: file.version,
                known: VERSION,
            });
        }
        Ok(Some(file))
    }

    /// Replaces the file, durably.
    pub(crate) fn write(&self, dir: &Path) -> Result<()> {
        let json =
            serde_json::to_vec_pretty(self).map_err(|_| ClinicError::Internal("keys.json"))?;
        Ok(durable::replace(&dir.join(FILE), &json)?)
    }

    /// Where an account's wrap lies: a hash of the login under the device's secret. Upper and lower
    /// case are one.
    pub(crate) fn slot(device: &Key, login: &str) -> String {
        hex::encode(
            &device
                .derive(SLOT, login.to_lowercase().as_bytes())
                .expose()[..16],
        )
    }

    /// Unwraps what lies at `place`; `None` where the password is wrong.
    pub(crate) fn open_wrap(
        &self,
        wrap: &PasswordWrap,
        place: &str,
        password: &str,
        device: &Key,
    ) -> Result<Option<Key>> {
        let Some(was) = wrap.rests_on() else {
            return wrap.open(password, device, &self.bound(place));
        };
        let before = crate::accounts::before_device(self, device);
        let before = before.ok_or(ClinicError::Damaged { part: "keys" })?;
        wrap.open(password, &before, &self.bound(was))
    }

    /// What a wrap is bound to, so that it cannot be moved to another account or clinic.
    pub(crate) fn bound(&self, slot: &str) -> Vec<u8> {
        [self.clinic.as_bytes(), slot.as_bytes()].concat()
    }
}
