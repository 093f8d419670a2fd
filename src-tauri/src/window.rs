//! The workstation's window: where it was last, where it may go, and what its end means.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};
use tauri::{
    AppHandle, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::NewWindowResponse,
};

use crate::door;

const LABEL: &str = "main";
/// The smallest window in which every screen fits, in logical pixels.
const LEAST: (f64, f64) = (960.0, 640.0);

/// A browser's menu (back, reload, save as) has no place on a clinic's screen; a text field keeps
/// its own.
const NO_BROWSER_MENU: &str = "addEventListener('contextmenu', event => {
    const editable = event.target.closest?.('input, textarea, [contenteditable=\"true\"]');
    if (!editable) event.preventDefault();
}, { capture: true });";

/// The window's size as it was left, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Size {
    width: f64,
    height: f64,
    maximized: bool,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            width: 1440.0,
            height: 900.0,
            maximized: false,
        }
    }
}

/// Opens the window, as large as it was when it was last closed.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>, data: &Path) -> tauri::Result<()> {
    let memory = data.join("window.json");
    let size = fitting(app, recall(&memory));
    let dev = app
        .config()
        .build
        .dev_url
        .clone()
        .filter(|_| tauri::is_dev());
    let mut builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Medibridge")
        .inner_size(size.width, size.height)
        .min_inner_size(LEAST.0, LEAST.1)
        .maximized(size.maximized)
        .zoom_hotkeys_enabled(true)
        .on_navigation(move |url| door::is_own(url, dev.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny);
    if cfg!(not(debug_assertions)) {
        builder = builder.initialization_script(NO_BROWSER_MENU);
    }
    let window = builder.build()?;
    let watched = window.clone();
    window.on_window_event(move |event| watch(&watched, &memory, event));
    Ok(())
}

/// Never larger than the screen, which may be another one than last time.
fn fitting<R: Runtime>(app: &AppHandle<R>, size: Size) -> Size {
    let Ok(Some(monitor)) = app.primary_monitor() else {
        return size;
    };
    let screen = monitor.size().to_logical::<f64>(monitor.scale_factor());
    let (width, height) = (size.width.min(screen.width), size.height.min(screen.height));
    Size {
        width,
        height,
        ..size
    }
}

fn watch<R: Runtime>(window: &WebviewWindow<R>, memory: &Path, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { .. } => {
            if let Err(error) = remember(window, memory) {
                tracing::warn!(%error, "the window's size was not kept");
            }
        }
        WindowEvent::Destroyed => door::window_closed(window.app_handle(), window.label()),
        _ => {}
    }
}

fn remember<R: Runtime>(window: &WebviewWindow<R>, memory: &Path) -> tauri::Result<()> {
    let maximized = window.is_maximized()?;
    let inner = window
        .inner_size()?
        .to_logical::<f64>(window.scale_factor()?);
    let size = match maximized {
        true => Size {
            maximized,
            ..recall(memory)
        },
        false => Size {
            width: inner.width,
            height: inner.height,
            maximized,
        },
    };
    fs::write(memory, serde_json::to_vec(&size)?)?;
    Ok(())
}

/// The size as it was left, never smaller than every screen needs; a damaged file counts as none.
fn recall(memory: &Path) -> Size {
    let size: Size = fs::read(memory)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    Size {
        width: size.width.max(LEAST.0),
        height: size.height.max(LEAST.1),
        ..size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_survives_and_a_damaged_one_is_forgotten() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let memory = folder.path().join("window.json");
        assert_eq!(recall(&memory), Size::default());
        fs::write(
            &memory,
            r#"{"width":1200.0,"height":10.0,"maximized":true}"#,
        )?;
        assert_eq!(
            recall(&memory),
            Size {
                width: 1200.0,
                height: LEAST.1,
                maximized: true
            }
        );
        fs::write(&memory, "{")?;
        assert_eq!(recall(&memory), Size::default());
        Ok(())
    }
}
