//! Randomness for libraries that want a generator which cannot fail: the operating system is asked
//! once, where it may refuse, and BLAKE3 stretches what it gave.

use std::convert::Infallible;

use hpke::rand_core::{TryCryptoRng, TryRng};
use zeroize::Zeroize;

use super::Error;
use crate::Key;

/// A generator for one operation.
pub(super) struct Drawn(blake3::OutputReader);

impl Drawn {
    /// Seeded by the operating system.
    pub(super) fn new() -> Result<Self, Error> {
        let seed = Key::make().map_err(|_| Error::NoRandom)?;
        let mut hasher =
            blake3::Hasher::new_derive_key("medibridge 2026-11-21 seal live randomness");
        hasher.update(seed.expose());
        let stretched = hasher.finalize_xof();
        hasher.zeroize();
        Ok(Self(stretched))
    }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(into);
        Ok(())
    }
}
impl TryCryptoRng for Drawn {}
