//! The workstation's windows: where they were last, where they may go, and what their end means. Each person works in a
//! window of their own: whoever takes over opens another, and the one before waits behind it, locked, with everything in it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use basics::Code;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tauri::{
    AppHandle, Manager, Runtime, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent, webview::NewWindowResponse,
};

use crate::door;

const LABEL: &str = "main";
/// Windows at once: the one in front and three people whose work waits behind it.
const MOST: usize = 4;
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

/// Where sizes are remembered, and what the next window is called.
pub(crate) struct Windows {
    memory: PathBuf,
    next: AtomicU32,
}

/// Opens the first window, as large as it was when it was last closed.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>, data: &Path) -> tauri::Result<()> {
    let memory = data.join("window.json");
    app.manage(Windows {
        memory: memory.clone(),
        next: AtomicU32::new(2),
    });
    build(app, LABEL, memory).map(drop)
}

/// Opens a window for another person in the place of this one, which is locked and waits out of sight.
#[tauri::command]
pub(crate) async fn open_other(
    window: WebviewWindow,
    windows: State<'_, Windows>,
) -> Result<(), Value> {
    let app = window.app_handle();
    if app.webview_windows().len() >= MOST {
        return Err(door::failure(Code::Busy, "shell-too-many-windows"));
    }
    door::lock(app, window.label());
    let label = format!("other-{}", windows.next.fetch_add(1, Ordering::Relaxed));
    let opened = remember(&window, &windows.memory)
        .and_then(|()| build(app, &label, windows.memory.clone()));
    let opened = opened.map_err(|error| failed(&error))?;
    follow(&window, &opened);
    window.hide().map_err(|error| failed(&error))
}

/// Brings a window back that waits out of sight, in the place of this one; this one waits in its turn, locked, or is closed
/// where nobody is signed in.
#[tauri::command]
pub(crate) async fn switch_to(window: WebviewWindow, label: String) -> Result<(), Value> {
    let app = window.app_handle();
    let Some(other) = app.get_webview_window(&label) else {
        return Err(door::failure(Code::NotFound, "shell-window-gone"));
    };
    let somebody = door::lock(app, window.label());
    follow(&window, &other);
    let shown = other.show().and_then(|()| other.set_focus());
    shown
        .and_then(|()| match somebody {
            true => window.hide(),
            false => window.close(),
        })
        .map_err(|error| failed(&error))
}

fn failed(error: &tauri::Error) -> Value {
    tracing::error!(%error, "windows were not switched");
    door::failure(Code::Internal, "shell-window-not-opened")
}

/// Puts a window where another is. Where the desktop does not say, it stays where it was.
fn follow<R: Runtime>(front: &WebviewWindow<R>, other: &WebviewWindow<R>) {
    if let (Ok(place), Ok(false)) = (front.outer_position(), front.is_maximized()) {
        let _ = other.set_position(place);
    }
}

fn build<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    memory: PathBuf,
) -> tauri::Result<WebviewWindow<R>> {
    let size = fitting(app, recall(&memory));
    let dev = door::dev(app);
    let mut builder = WebviewWindowBuilder::new(app, label, WebviewUrl::default())
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
    Ok(window)
}

/// Never larger than the screen, which may be another one than last time.
fn fitting<R: Runtime>(app: &AppHandle<R>, size: Size) -> Size {
    let Ok(Some(monitor)) = app.primary_monitor() else {
        return size;
    };
    let screen = monitor.size().to_logical::<f64>(monitor.scale_factor());
    Size {
        width: size.width.min(screen.width),
        height: size.height.min(screen.height),
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
        WindowEvent::Destroyed => {
            door::window_closed(window.app_handle(), window.label());
            bring_one_back(window.app_handle(), window.label());
        }
        _ => {}
    }
}

/// The program never goes on unseen: where only waiting windows are left, one comes back, locked as it is.
fn bring_one_back<R: Runtime>(app: &AppHandle<R>, gone: &str) {
    let mut waiting = app.webview_windows();
    waiting.remove(gone);
    let seen = |window: &WebviewWindow<R>| window.is_visible().unwrap_or(false);
    if waiting.values().any(seen) {
        return;
    }
    if let Some(waiting) = waiting.values().next() {
        let _ = waiting.show().and_then(|()| waiting.set_focus());
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
