//! Finding and loading the shared library.

use std::{
    path::Path,
    sync::{Mutex, OnceLock, PoisonError},
};

use ort::{LoadDynamicError, environment::Environment, logging::LogLevel};

use crate::error::{Error, Result, name_of};

/// The loaded runtime; it lives until the process ends.
static RUNTIME: OnceLock<Environment> = OnceLock::new();
/// Two first calls at once must not both load.
static LOADING: Mutex<()> = Mutex::new(());

/// The library's file name on this system, as `cargo xtask setup` and the bundle name it.
pub fn file_name() -> &'static str {
    if cfg!(target_os = "windows") {
        "onnxruntime.dll"
    } else if cfg!(target_os = "macos") {
        "libonnxruntime.dylib"
    } else {
        "libonnxruntime.so.1"
    }
}

/// Loads ONNX Runtime from this absolute path; later calls change nothing.
///
/// Call it at start-up, before other threads run: it sets an environment variable (see
/// [`forbid_telemetry`]). After a failure it may be tried again with another path.
pub fn load(path: &Path) -> Result<()> {
    if loaded() {
        return Ok(());
    }
    let _one_at_a_time = LOADING.lock().unwrap_or_else(PoisonError::into_inner);
    if loaded() {
        return Ok(());
    }
    if !path.is_absolute() {
        return Err(Error::RelativePath);
    }
    if !path.is_file() {
        return Err(Error::LibraryMissing {
            file: name_of(path),
        });
    }
    forbid_telemetry();
    let builder = ort::init_from(path).map_err(|error| match error {
        LoadDynamicError::BadVersion { version_str, .. } => Error::TooOld {
            found: version_str,
            needed: ort::MINOR_VERSION,
        },
        _ => Error::NotTheLibrary {
            file: name_of(path),
        },
    })?;
    let environment = builder
        .with_name("medibridge")
        .with_telemetry(false)
        .build()
        .map_err(|_| Error::NotTheLibrary {
            file: name_of(path),
        })?;
    environment.set_log_level(LogLevel::Error);
    let _ = RUNTIME.set(environment);
    Ok(())
}

/// Whether [`load`] has succeeded in this process.
pub fn loaded() -> bool {
    RUNTIME.get().is_some()
}

pub(crate) fn environment() -> Result<&'static Environment> {
    RUNTIME.get().ok_or(Error::NotLoaded)
}

/// Since 1.29 the published libraries report their use to Microsoft, also on Linux and macOS, and
/// the first report is sent while the environment is made, before it can be switched off through
/// the interface. With this variable set no uploader, device identifier or cache comes into being.
///
/// [`load`] does this, too; a program that starts threads before it loads the runtime calls it first
/// thing in `main`.
#[allow(unsafe_code)]
pub fn forbid_telemetry() {
    if std::env::var_os("ORT_DISABLE_TELEMETRY").is_none_or(|value| value != "1") {
        // SAFETY: unsound only while another thread reads the environment through C; documented to be
        // called at start-up, before such threads exist.
        unsafe { std::env::set_var("ORT_DISABLE_TELEMETRY", "1") };
    }
}
