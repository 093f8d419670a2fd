//! Names of sealed files: keyed BLAKE3 of the content, so that the same bytes get the same name
//! and a name tells nothing to whoever lacks the key.

use std::fmt;

use crate::Key;

/// Keyed BLAKE3 of a file's content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentName([u8; 32]);

/// Computes a [`ContentName`] piece by piece.
pub struct ContentHasher(Box<blake3::Hasher>);

impl ContentName {
    /// The name of these bytes.
    pub fn of(key: &Key, content: &[u8]) -> Self {
        let mut hasher = ContentHasher::new(key);
        hasher.update(content);
        hasher.finish()
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The name with these bytes, if there are 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl ContentHasher {
    /// Starts.
    pub fn new(key: &Key) -> Self {
        Self(Box::new(blake3::Hasher::new_keyed(key.expose())))
    }

    /// Takes in the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The name of everything taken in.
    pub fn finish(self) -> ContentName {
        ContentName(*self.0.finalize().as_bytes())
    }
}

/// 64 lower-case hexadecimal digits.
impl fmt::Display for ContentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentName({self})")
    }
}
