//! Join links, and what hangs on a door.
//!
//! `https://relay/j/DOOR#F`: browsers do not send what stands behind `#`, so the relay never sees F,
//! base64url of `secret 32 ‖ first 16 bytes of SHA-256(host's public key)`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use basics::Secret;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{Error, HostKey, HostPublic, Psk, PskId};
use crate::{Key, random};

/// Characters of a door's code.
const DOOR: std::ops::RangeInclusive<usize> = 4..=32;

/// An invitation as a link. Whoever has it may knock.
pub struct JoinLink {
    door: String,
    secret: Key,
    key_hash: [u8; 16],
}

/// What a guest reads on a door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Greeting {
    /// For those who have the link: the host's public key, not yet to be trusted.
    Link([u8; 65]),
    /// For those who were told a code.
    Spoken,
}

impl JoinLink {
    /// A new link to a new door of this host.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn generate(host: &HostKey) -> Result<Self, Error> {
        let door: [u8; 16] = random().map_err(|_| Error::NoRandom)?;
        let secret = Key::make().map_err(|_| Error::NoRandom)?;
        Ok(Self::kept(URL_SAFE_NO_PAD.encode(door), secret, host))
    }

    /// The link that was kept.
    pub fn kept(door: String, secret: Key, host: &HostKey) -> Self {
        Self {
            door,
            secret,
            key_hash: hash(&host.public()),
        }
    }

    /// The link with this door and what stood behind `#`.
    ///
    /// # Errors
    /// [`Error::BadLink`].
    pub fn parse(door: &str, fragment: &str) -> Result<Self, Error> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !DOOR.contains(&door.len()) || !door.bytes().all(plain) {
            return Err(Error::BadLink);
        }
        let bytes = Zeroizing::new(
            URL_SAFE_NO_PAD
                .decode(fragment)
                .map_err(|_| Error::BadLink)?,
        );
        let (secret, key_hash) = bytes.split_first_chunk::<32>().ok_or(Error::BadLink)?;
        let key_hash = key_hash.try_into().map_err(|_| Error::BadLink)?;
        Ok(Self {
            door: door.to_string(),
            secret: Key::from_bytes(*secret),
            key_hash,
        })
    }

    /// What stands behind `#`, 64 characters.
    pub fn to_fragment(&self) -> Secret<String> {
        let mut bytes = Zeroizing::new(self.secret.expose().to_vec());
        bytes.extend_from_slice(&self.key_hash);
        Secret::new(URL_SAFE_NO_PAD.encode(&*bytes))
    }

    /// The door's public code.
    pub fn door(&self) -> &str {
        &self.door
    }

    /// The secret, for the encrypted record alone.
    pub fn secret(&self) -> &Key {
        &self.secret
    }

    /// The secret as the psk of a hello.
    pub fn psk(&self) -> Psk {
        Psk {
            id: PskId::Link,
            key: self.secret.clone(),
        }
    }

    /// The key on the door, if it is the one that the link names.
    ///
    /// # Errors
    /// [`Error::WrongHost`]: go no further, somebody hung another key there.
    pub fn host(&self, public: [u8; 65]) -> Result<HostPublic, Error> {
        if bool::from(hash(&public).ct_eq(&self.key_hash)) {
            Ok(HostPublic(public))
        } else {
            Err(Error::WrongHost)
        }
    }
}

impl Greeting {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Link(public) => [&[1, 1], &public[..]].concat(),
            Self::Spoken => vec![1, 2],
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`Error::BadGreeting`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        match bytes {
            [1, 1, public @ ..] => public
                .try_into()
                .map(Self::Link)
                .map_err(|_| Error::BadGreeting),
            [1, 2] => Ok(Self::Spoken),
            _ => Err(Error::BadGreeting),
        }
    }
}

fn hash(public: &[u8; 65]) -> [u8; 16] {
    let whole: [u8; 32] = Sha256::digest(public).into();
    let mut first = [0; 16];
    first.copy_from_slice(&whole[..16]);
    first
}
