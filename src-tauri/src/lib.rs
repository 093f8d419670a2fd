//! The desktop shell: a window, the files on this machine, and one door to [`commands`].
//!
//! It decides nothing about patients, scans or people; all that is in `commands`, which knows
//! nothing of Tauri.

mod door;
mod files;
mod log;
mod room;
mod start;
mod window;

use std::process::ExitCode;

use tauri::RunEvent;

/// Runs the app until its last window is closed.
pub fn run() -> ExitCode {
    commands::prepare_process();
    start::clean_environment();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(door::Door::default())
        .invoke_handler(tauri::generate_handler![
            door::call,
            window::switch_to,
            window::open_other
        ])
        .register_asynchronous_uri_scheme_protocol(door::SCHEME, door::serve)
        .setup(|app| {
            start::start(app.handle());
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            let code = app.run_return(|handle, event| {
                if let RunEvent::Exit = event {
                    door::shut(handle);
                }
            });
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        Err(error) => {
            // No window, so no log of ours yet: a terminal is all that can be told.
            eprintln!("medibridge: the window system did not start: {error}");
            ExitCode::FAILURE
        }
    }
}
