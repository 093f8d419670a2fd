//! What the workstation needs from its surroundings, and nothing else.
//!
//! Windows, menus and file dialogs are the shell's own business: the workstation neither opens nor
//! closes any.

use std::path::PathBuf;

use serde_json::Value;

/// The surroundings: the desktop shell, the command line, a test.
pub trait Host: Send + Sync + 'static {
    /// Tells a window, or all of them, that something happened. It must not block.
    fn emit(&self, window: Option<&str>, event: &str, payload: Value);
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
    /// Asks the operating system's keychain for the device's secret; otherwise a key file is used.
    pub use_keychain: bool,
    /// Passwords cost nothing to guess: for tests only; the record says so in its status.
    #[doc(hidden)]
    pub cheap_passwords: bool,
}
