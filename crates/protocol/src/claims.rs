//! A workstation's token: a JWT (RFC 7519) that the workstation signs itself with its enrolled key
//! (EdDSA over Ed25519, RFC 8037).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a token is made out to, besides the relay's own id: `medibridge-relay:<relay id>`.
pub const AUDIENCE: &str = "medibridge-relay";

/// The claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The enrolled workstation.
    pub iss: Uuid,
    /// `medibridge-relay:<relay id>`: a token for one relay is worth nothing at another.
    pub aud: String,
    /// Seconds since 1970.
    pub iat: u64,
    /// Seconds since 1970; at most [`crate::limits::TOKEN`] after `iat`.
    pub exp: u64,
}
