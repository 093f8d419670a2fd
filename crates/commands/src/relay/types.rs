//! What the screens ask and get about the relay.

use std::collections::BTreeMap;

use basics::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which relay joins phones to this workstation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RelayMode {
    /// None: only face to face.
    None,
    /// A room inside this app, on this network.
    Lan,
    /// One that runs elsewhere.
    Elsewhere,
}

/// How the relay is set.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RelayView {
    /// Which one new invitations go over: an open room before one elsewhere.
    pub mode: RelayMode,
    /// Address of the one elsewhere.
    pub address: Option<String>,
    /// Whether it knows this workstation.
    pub enrolled: bool,
    /// The open room.
    pub lan: Option<LanRoomView>,
}

/// A relay inside this app.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LanRoomView {
    /// What a phone on this network opens.
    pub url: String,
    /// SHA-256 of its certificate, hexadecimal in pairs.
    pub fingerprint: String,
    /// Its port.
    pub port: u16,
    /// Whether a phone trusts the certificate without a warning.
    pub trusted: bool,
}

/// Introduces this workstation to a relay.
#[derive(Debug, Deserialize, TS)]
pub struct EnrolRequest {
    /// `https://…`.
    pub address: String,
    /// The one-time code that the relay printed.
    pub code: Secret<String>,
    /// SHA-256 of its certificate (hexadecimal, colons allowed) where it made that itself; none
    /// where the operating system trusts it.
    pub fingerprint: Option<String>,
}

/// One try.
#[derive(Debug, Serialize, TS)]
pub struct RelayTestView {
    /// It works.
    pub ok: bool,
    /// Sentence of what failed, from the catalogue.
    pub message_id: Option<String>,
    /// What fills its places.
    pub args: BTreeMap<String, String>,
    /// How long it took, milliseconds.
    pub ms: u64,
}
