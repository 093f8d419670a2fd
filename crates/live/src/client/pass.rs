//! As whom to connect: an enrolled workstation, which signs short tokens itself, or a guest with a
//! capability.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use basics::Secret;
use ed25519_dalek::SigningKey;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use protocol::{AUDIENCE, Claims, limits};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// PKCS #8 v1 (RFC 8410, section 7) of an Ed25519 key, up to its seed.
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
];
/// A token begins so many seconds ago: the relay's clock may be a little behind.
const EARLY_S: u64 = 10;

/// A workstation's Ed25519 key.
#[derive(Clone, Debug)]
pub struct WorkstationKey(Secret<[u8; 32]>);

/// Who this workstation is at a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The workstation's id: the issuer of its tokens.
    pub workstation: Uuid,
    /// The relay's id: their audience.
    pub relay: Uuid,
}

/// As whom to connect.
#[derive(Clone, Debug)]
pub enum Pass {
    /// An enrolled workstation: tokens of five minutes are made as they are needed.
    Workstation(WorkstationKey, Enrolment),
    /// A guest's capability.
    Guest(Secret<Vec<u8>>),
}

impl WorkstationKey {
    /// A new key.
    ///
    /// # Errors
    /// [`Error::NoRandom`].
    pub fn generate() -> Result<Self> {
        seal::random()
            .map(|seed| Self(Secret::new(seed)))
            .map_err(|_| Error::NoRandom)
    }

    /// The key with this seed, as kept.
    pub fn from_bytes(seed: Secret<[u8; 32]>) -> Self {
        Self(seed)
    }

    /// The seed, to be kept encrypted.
    pub fn to_bytes(&self) -> Secret<[u8; 32]> {
        self.0.clone()
    }

    /// The public key.
    pub fn public(&self) -> [u8; 32] {
        SigningKey::from_bytes(self.0.expose())
            .verifying_key()
            .to_bytes()
    }
}

impl Pass {
    /// A token for the next minutes. `ahead_s`: how far the relay's clock is ahead of this machine's.
    pub(super) fn token(&self, ahead_s: i64) -> Result<Zeroizing<String>> {
        let (key, enrolment) = match self {
            Self::Guest(capability) => {
                return Ok(Zeroizing::new(URL_SAFE_NO_PAD.encode(capability.expose())));
            }
            Self::Workstation(key, enrolment) => (key, enrolment),
        };
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let iat = now.saturating_add_signed(ahead_s).saturating_sub(EARLY_S);
        let claims = Claims {
            iss: enrolment.workstation,
            aud: format!("{AUDIENCE}:{}", enrolment.relay),
            iat,
            exp: iat + limits::TOKEN.as_secs(),
        };
        let der = Zeroizing::new([&PKCS8[..], key.0.expose()].concat());
        let header = Header::new(Algorithm::EdDSA);
        let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(&der));
        token.map(Zeroizing::new).map_err(|_| Error::State)
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{DecodingKey, Validation};

    use super::*;

    #[test]
    fn a_token_is_signed_by_the_workstation_for_one_relay_and_five_minutes() {
        let key = WorkstationKey::generate().unwrap();
        let enrolment = Enrolment {
            workstation: Uuid::now_v7(),
            relay: Uuid::now_v7(),
        };
        let token = Pass::Workstation(key.clone(), enrolment.clone())
            .token(0)
            .unwrap();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[format!("medibridge-relay:{}", enrolment.relay)]);
        let good = DecodingKey::from_ed_der(&key.public());
        let claims = jsonwebtoken::decode::<Claims>(token.as_bytes(), &good, &validation)
            .unwrap()
            .claims;
        assert_eq!(
            (claims.iss, claims.exp - claims.iat),
            (enrolment.workstation, 300)
        );
        let other = DecodingKey::from_ed_der(&WorkstationKey::generate().unwrap().public());
        assert!(jsonwebtoken::decode::<Claims>(token.as_bytes(), &other, &validation).is_err());
    }
}
