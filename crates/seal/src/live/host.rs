//! The host's key of one door, and what a guest knows of a host.

use hpke::{Deserializable, Kem as _, Serializable};

use super::drawn::Drawn;
use super::{Error, hello::Kem};
use crate::Key;

/// A P-256 key pair; made for one door and deleted with it.
pub struct HostKey {
    pub(super) private: <Kem as hpke::Kem>::PrivateKey,
    public: [u8; 65],
}

/// A host's public key that the guest has reason to trust: the link named it, the spoken code vouched
/// for it, or it was kept since one of them did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HostPublic(pub(super) [u8; 65]);

impl HostKey {
    /// A new key.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn generate() -> Result<Self, Error> {
        let (private, public) = Kem::gen_keypair_with_rng(&mut Drawn::new()?);
        Ok(Self {
            private,
            public: public.to_bytes().into(),
        })
    }

    /// The key that was kept.
    ///
    /// # Errors
    /// [`Error::BadKey`] if the bytes are no key.
    pub fn from_bytes(bytes: &Key) -> Result<Self, Error> {
        let private = <Kem as hpke::Kem>::PrivateKey::from_bytes(bytes.expose())
            .map_err(|_| Error::BadKey)?;
        let public = Kem::sk_to_pk(&private).to_bytes().into();
        Ok(Self { private, public })
    }

    /// The private key's bytes, for the encrypted record alone.
    pub fn to_bytes(&self) -> Key {
        Key::from_bytes(self.private.to_bytes().into())
    }

    /// The public key, uncompressed: what hangs on the door.
    pub fn public(&self) -> [u8; 65] {
        self.public
    }
}

impl HostPublic {
    /// A key that was trusted before and kept since then.
    pub fn kept(bytes: [u8; 65]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to keep.
    pub fn to_bytes(&self) -> [u8; 65] {
        self.0
    }
}
