//! What one guess at a password costs.

use argon2::{Algorithm, Argon2, Params, Version};
use seal::Key;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::{ClinicError, Result};

/// Argon2id parameters (RFC 9106). They are stored beside each wrap, so that they can be raised later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// 64 MiB, 3 passes, 4 lanes: the second recommended option of RFC 9106, section 4.
    pub fn interactive() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 4,
        }
    }

    /// So cheap that it protects nothing; a record made with it says so in its status.
    #[doc(hidden)]
    pub fn for_tests() -> Self {
        Self {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        }
    }

    /// Whether it is at least [`Cost::interactive`].
    pub fn is_sound(self) -> bool {
        let floor = Self::interactive();
        self.memory_kib >= floor.memory_kib && self.passes >= floor.passes
    }

    /// Argon2id(password, salt), 32 bytes. Takes tenths of a second on purpose.
    pub(crate) fn derive(self, password: &str, salt: &[u8; 16]) -> Result<Key> {
        // A keys.json with absurd figures must not hang or eat the machine.
        if self.memory_kib > 1024 * 1024 || self.passes > 64 || self.lanes > 64 {
            return Err(ClinicError::Damaged { part: "keys" });
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| ClinicError::Damaged { part: "keys" })?;
        let mut out = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), salt, out.as_mut())
            .map_err(|_| ClinicError::Internal("argon2"))?;
        Ok(Key::from_bytes(*out))
    }
}
