//! Whose a token is: a workstation's own JWT (EdDSA, RFC 8037), or a guest's 256 random bits.

use std::{collections::HashSet, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, dangerous};
use protocol::{AUDIENCE, Claims, limits};
use sha2::{Digest, Sha256};

use crate::{
    clock,
    log::{Hash, Log, LogError, Party},
    register::Register,
};

/// Seconds that two clocks may differ.
const LEEWAY: u64 = 10;

/// A party and when its token ends, milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) party: Party,
    pub(crate) ends: i64,
}

/// Why someone is not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// Wrong, expired, revoked, for another relay: the answer is the same.
    Token,
    /// Nobody can be looked up at present.
    Storage,
}

/// Looks people up.
#[derive(Clone)]
pub(crate) struct Porter {
    pub(crate) register: Arc<Register>,
    pub(crate) log: Arc<dyn Log>,
    /// Milliseconds that a guest's token lasts from a renewal.
    pub(crate) guest_token: i64,
}

impl Porter {
    pub(crate) async fn who(&self, token: &str) -> Result<Known, Unknown> {
        match token.contains('.') {
            true => self.workstation(token.to_owned()).await,
            false => {
                let hash = guest_hash(token).ok_or(Unknown::Token)?;
                self.guest(self.log.guest(hash, clock::now()).await)
            }
        }
    }

    /// As [`Porter::who`]; a guest's token lasts anew.
    pub(crate) async fn renew(&self, token: &str) -> Result<Known, Unknown> {
        match token.contains('.') {
            true => self.workstation(token.to_owned()).await,
            false => {
                let hash = guest_hash(token).ok_or(Unknown::Token)?;
                let now = clock::now();
                self.guest(self.log.renew(hash, now + self.guest_token, now).await)
            }
        }
    }

    fn guest(&self, found: Result<crate::log::Guest, LogError>) -> Result<Known, Unknown> {
        match found {
            Ok(guest) => Ok(Known {
                party: Party::Guest(guest.stream),
                ends: guest.ends,
            }),
            Err(LogError::Storage(_)) => Err(Unknown::Storage),
            Err(_) => Err(Unknown::Token),
        }
    }

    async fn workstation(&self, token: String) -> Result<Known, Unknown> {
        let register = Arc::clone(&self.register);
        let look = tokio::task::spawn_blocking(move || verify(&register, &token));
        look.await.unwrap_or(Err(Unknown::Storage))
    }
}

/// A guest's token is kept as this alone.
pub(crate) fn guest_hash(token: &str) -> Option<Hash> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    (bytes.len() == 32).then(|| Sha256::digest(&bytes).into())
}

fn verify(register: &Register, token: &str) -> Result<Known, Unknown> {
    // Only to find the key that must have signed it.
    let claimed: Claims = dangerous::insecure_decode_claims(token).map_err(|_| Unknown::Token)?;
    let key = register.key(claimed.iss).map_err(|_| Unknown::Storage)?;
    let key = DecodingKey::from_ed_der(&key.ok_or(Unknown::Token)?);
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.leeway = LEEWAY;
    rules.set_audience(&[format!("{AUDIENCE}:{}", register.relay())]);
    rules.required_spec_claims = HashSet::from(["exp", "aud", "iss"].map(str::to_owned));
    let token = jsonwebtoken::decode::<Claims>(token, &key, &rules).map_err(|_| Unknown::Token)?;
    let Claims { iss, iat, exp, .. } = token.claims;
    let now = clock::now() / 1000;
    let longest = limits::TOKEN.as_secs();
    let soon = now.cast_unsigned() + LEEWAY;
    if iat > soon || exp.saturating_sub(iat) > longest || exp <= iat {
        return Err(Unknown::Token);
    }
    Ok(Known {
        party: Party::Host(iss),
        ends: i64::try_from(exp).map_err(|_| Unknown::Token)? * 1000,
    })
}
