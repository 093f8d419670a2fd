//! What the workstation needs from its surroundings, and nothing else.
//!
//! Windows, menus and file dialogs are the shell's own business: the workstation neither opens nor
//! closes any.

use std::path::PathBuf;

use basics::Secret;
use serde_json::Value;
use uuid::Uuid;

/// The surroundings: the desktop shell, the command line, a test.
pub trait Host: Send + Sync + 'static {
    /// Tells a window, or all of them, that something happened. It must not block.
    fn emit(&self, window: Option<&str>, event: &str, payload: Value);

    /// Opens a relay inside this program, for phones on this network; an open one stays as it is.
    ///
    /// # Errors
    /// Why there is none; surroundings that can open none say so.
    fn open_room(&self, _wanted: &RoomWanted) -> Result<Room, RoomError> {
        Err(RoomError::NotHere)
    }

    /// Closes it; it can be opened again with the same key and port.
    fn close_room(&self) {}

    /// The open room.
    fn room(&self) -> Option<Room> {
        None
    }
}

/// What a room needs.
pub struct RoomWanted {
    /// Where it keeps sealed envelopes and its certificate.
    pub folder: PathBuf,
    /// Its port of last time, so that links stay good.
    pub port: Option<u16>,
    /// This workstation's Ed25519 public key, which the room lets in.
    pub key: Secret<[u8; 32]>,
}

/// A relay inside this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// What a phone on this network opens.
    pub url: String,
    /// SHA-256 of its certificate (DER).
    pub fingerprint: [u8; 32],
    /// Its port.
    pub port: u16,
    /// Whether a phone trusts the certificate without a warning.
    pub trusted: bool,
    /// This workstation's id there.
    pub workstation: Uuid,
    /// The room's own id.
    pub relay: Uuid,
}

/// Why there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    /// This program has no way to open one.
    #[error("no room can be opened here")]
    NotHere,
    /// This machine is on no network that a phone could join.
    #[error("this machine is on no network")]
    NoNetwork,
    /// Another program has the port, or the system forbids it.
    #[error("the port cannot be used")]
    Port,
    /// The folder cannot be used.
    #[error("the room's folder cannot be used")]
    Folder,
}

/// Surroundings with nobody to tell.
pub struct Silent;

impl Host for Silent {
    fn emit(&self, _window: Option<&str>, _event: &str, _payload: Value) {}
}

/// Where things are on this machine.
#[derive(Clone, Debug)]
pub struct Options {
    /// The record's folder; made when missing.
    pub data_dir: PathBuf,
    /// Model packs, a folder each.
    pub models_dir: PathBuf,
    /// The ONNX Runtime shared library, an absolute path.
    pub onnx_library: PathBuf,
    /// Sample scans of the demo clinic.
    pub samples_dir: PathBuf,
    /// The fonts that reports are set in.
    pub fonts_dir: PathBuf,
    /// Asks the operating system's keychain for the device's secret; otherwise a key file is used.
    pub use_keychain: bool,
    /// Passwords cost nothing to guess: for tests only; the record says so in its status.
    #[doc(hidden)]
    pub cheap_passwords: bool,
}
