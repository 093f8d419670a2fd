//! From the program's first line to the window, or to a sentence that says why there is none.

use std::{collections::BTreeMap, env, fs, path::Path, sync::Arc};

use basics::SystemClock;
use commands::{ErrorView, Options, Workstation};
use serde_json::Value;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use crate::{
    door::{Door, Windows},
    files::Places,
    log, window,
};

/// Lets a WebDriver steer a WebKit window, in release builds too.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";
/// Leaves the system's keychain alone: the device's secret lies in a key file instead.
const NO_KEYCHAIN: &str = "MEDIBRIDGE_NO_KEYCHAIN";
/// Turns off WebKitGTK's shared graphics buffers.
#[cfg(target_os = "linux")]
const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Sets the environment that WebKit reads; call it before the first thread starts.
pub(crate) fn clean_environment() {
    if cfg!(not(feature = "automation")) {
        set(AUTOMATION, None);
    }
    // Without a graphics card the shared buffers only cost: 75 ms a frame instead of 43.
    #[cfg(target_os = "linux")]
    if env::var_os(NO_DMABUF).is_none() && !Path::new("/dev/dri").exists() {
        set(NO_DMABUF, Some("1"));
    }
}

/// Opens the record and then the window; if either fails, says why and ends.
pub(crate) fn start<R: Runtime>(app: &AppHandle<R>) {
    let places = match Places::find(app) {
        Ok(places) => places,
        Err(error) => return fail(app, &format!("The data folder cannot be used: {error}.")),
    };
    if let Err(error) = log::start(&places.data.join("logs")) {
        return fail(app, &format!("The data folder cannot be written: {error}."));
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "start");
    let options = Options {
        data_dir: places.data.clone(),
        models_dir: places.models(),
        onnx_library: places.onnx_library(),
        samples_dir: places.samples(),
        fonts_dir: places.fonts(),
        use_keychain: env::var_os(NO_KEYCHAIN).is_none(),
        cheap_passwords: false,
    };
    let host = Arc::new(Windows::of(app));
    let opened = Workstation::open(options, host, Arc::new(SystemClock)).map_err(ErrorView::from);
    match opened {
        Ok(workstation) => {
            let watched = workstation.clone();
            vigil::watch(vigil::Bus::System, move |_| watched.lock_windows());
            app.state::<Door>().open(workstation);
        }
        Err(error) => {
            tracing::error!(error.message_id, "the record did not open");
            return fail(
                app,
                &sentence(&places.sentences(), &error.message_id, &error.args),
            );
        }
    }
    if let Err(error) = window::open(app, &places.data) {
        fail(app, &format!("The window cannot be opened: {error}."));
    }
}

/// Shows one sentence in a dialog of the system and ends the app when it was read.
fn fail<R: Runtime>(app: &AppHandle<R>, text: &str) {
    tracing::error!("the app ends before its window opened");
    let ending = app.clone();
    app.dialog()
        .message(text)
        .title("Medibridge cannot start")
        .kind(MessageDialogKind::Error)
        .show(move |_| ending.exit(1));
}

/// The catalogue's sentence and advice for an error, or its key where the catalogue has none.
fn sentence(folder: &Path, key: &str, args: &BTreeMap<String, String>) -> String {
    let entry =
        catalogues(folder).find_map(|mut catalogue| catalogue.get_mut(key).map(Value::take));
    let Some(entry) = entry else {
        return format!("Error: {key}.");
    };
    let mut text = [&entry["title"], &entry["advice"]]
        .into_iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join("\n\n");
    for (name, value) in args {
        text = text.replace(&format!("{{{{{name}}}}}"), value);
    }
    text
}

fn catalogues(folder: &Path) -> impl Iterator<Item = Value> {
    let files = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    files
        .filter(|path| {
            path.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with("errors."))
        })
        .filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).ok())
}

/// Sets or removes a variable of this process.
#[expect(
    unsafe_code,
    reason = "called before the first thread starts, so nothing reads meanwhile"
)]
fn set(name: &str, value: Option<&str>) {
    match value {
        Some(value) => unsafe { env::set_var(name, value) },
        None => unsafe { env::remove_var(name) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_in_the_catalogues_words() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let words =
            r#"{"store-busy": {"title": "In use since {{since}}.", "advice": "Close it."}}"#;
        fs::write(folder.path().join("errors.clinic.json"), words)?;
        fs::write(folder.path().join("other.json"), "{")?;
        let args = BTreeMap::from([("since".to_owned(), "08:00".to_owned())]);
        let told = sentence(folder.path(), "store-busy", &args);
        assert_eq!(told, "In use since 08:00.\n\nClose it.");
        assert_eq!(
            sentence(folder.path(), "unknown-key", &args),
            "Error: unknown-key."
        );
        Ok(())
    }
}
