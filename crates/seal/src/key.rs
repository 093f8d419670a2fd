//! Keys of 32 bytes, wiped when dropped, and keys derived from them for one purpose each.

use zeroize::Zeroizing;

use crate::SealError;

/// A 32-byte key. It prints nothing and is wiped from memory when dropped.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

/// `N` bytes from the operating system.
///
/// # Errors
/// [`SealError::NoRandom`] where the operating system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandom)?;
    Ok(bytes)
}

impl Key {
    /// A new random key.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub fn make() -> Result<Self, SealError> {
        random().map(Self::from_bytes)
    }

    /// The key with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key with these bytes, if there are 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }

    /// The bytes; the name makes each use easy to find in review.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one purpose: BLAKE3 `derive_key(context, self ‖ extra)`.
    ///
    /// `context` is a constant, unique in the world: application, date, purpose.
    pub fn derive(&self, context: &'static str, extra: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(context);
        hasher.update(self.expose());
        hasher.update(extra);
        Self::from_bytes(*hasher.finalize().as_bytes())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_keys_differ_by_purpose_and_extra() {
        let key = Key::from_bytes([7; 32]);
        let one = key.derive("seal 2026 test one", b"");
        assert_ne!(one.expose(), key.derive("seal 2026 test two", b"").expose());
        assert_ne!(
            one.expose(),
            key.derive("seal 2026 test one", b"x").expose()
        );
        assert_eq!(one.expose(), key.derive("seal 2026 test one", b"").expose());
        assert_ne!(Key::make().unwrap().expose(), Key::make().unwrap().expose());
        assert_eq!(format!("{key:?}"), "Key(…)");
    }
}
