//! Where things lie on this machine: the clinic's data, and what was installed with the app.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use tauri::{AppHandle, Manager, Runtime};

/// Names another data folder: for tests, and for a clinic on a drive of its own.
const DATA: &str = "MEDIBRIDGE_DATA";
/// A folder of this name beside the program holds the data, so that both can travel on one drive.
const PORTABLE: &str = "medibridge-data";

#[cfg(target_os = "windows")]
const ONNX_LIBRARY: &str = "onnxruntime.dll";
#[cfg(target_os = "macos")]
const ONNX_LIBRARY: &str = "libonnxruntime.dylib";
#[cfg(not(any(target_os = "windows", target_os = "macos")))]
const ONNX_LIBRARY: &str = "libonnxruntime.so.1";

/// The folders and files that the workstation needs; all paths are absolute.
pub(crate) struct Places {
    /// The encrypted record, the vault, the log.
    pub(crate) data: PathBuf,
    /// What was installed with the app, laid out as in the repository.
    installed: PathBuf,
}

impl Places {
    /// Finds the folders and makes the one for data.
    pub(crate) fn find<R: Runtime>(app: &AppHandle<R>) -> io::Result<Self> {
        let beside = env::current_exe()?.with_file_name(PORTABLE);
        let data = match env::var_os(DATA).filter(|value| !value.is_empty()) {
            Some(named) => PathBuf::from(named),
            None if beside.is_dir() => beside,
            None => app.path().app_data_dir().map_err(io::Error::other)?,
        };
        fs::create_dir_all(&data)?;
        Ok(Self {
            data: data.canonicalize()?,
            installed: installed(app)?,
        })
    }

    /// The model packs.
    pub(crate) fn models(&self) -> PathBuf {
        self.installed.join("models")
    }

    /// The ONNX Runtime library; it may be missing, which a reading then says.
    pub(crate) fn onnx_library(&self) -> PathBuf {
        self.installed.join("assets/onnxruntime").join(ONNX_LIBRARY)
    }

    /// The demo clinic's scans.
    pub(crate) fn samples(&self) -> PathBuf {
        self.installed.join("assets/samples")
    }

    /// The fonts that reports are set in.
    pub(crate) fn fonts(&self) -> PathBuf {
        self.installed.join("assets/fonts")
    }

    /// The English sentences for errors.
    pub(crate) fn sentences(&self) -> PathBuf {
        self.installed.join("assets/i18n/en")
    }
}

/// The resource folder of an installed app; the repository for a build that lies in no bundle.
fn installed<R: Runtime>(app: &AppHandle<R>) -> io::Result<PathBuf> {
    let bundled = app.path().resource_dir().map_err(io::Error::other)?;
    if cfg!(debug_assertions) && !bundled.join("models").is_dir() {
        return Ok(Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf());
    }
    Ok(bundled)
}
