//! The one door between the screens and [`commands`]: the command `call`, the scheme `img` for
//! pixels, and the event channel `event`.

use std::sync::{Arc, OnceLock};

use basics::Code;
use commands::{Host, Room, RoomError, RoomWanted, Workstation};
use serde_json::{Value, json};
use tauri::{
    AppHandle, Emitter, Manager, Runtime, State, UriSchemeContext, UriSchemeResponder, Url,
    WebviewWindow,
    async_runtime::spawn_blocking,
    http::{Request, Response, StatusCode, header},
};

use crate::room::Rooms;

/// The scheme of pixels: `img://localhost/<path>`, on Windows `http://img.localhost/<path>`.
pub(crate) const SCHEME: &str = "img";
/// The one event channel; its payload is `{name, payload}`.
const CHANNEL: &str = "event";
const JSON: &str = "application/json";

/// Holds the workstation from the moment that it is open.
#[derive(Default)]
pub(crate) struct Door(OnceLock<Arc<Workstation>>);

impl Door {
    /// Puts the opened workstation behind the door; a second one is ignored.
    pub(crate) fn open(&self, workstation: Workstation) {
        let _ = self.0.set(Arc::new(workstation));
    }

    fn workstation(&self) -> Result<Arc<Workstation>, Value> {
        self.0
            .get()
            .cloned()
            .ok_or_else(|| failure(Code::Internal, "shell-not-started"))
    }
}

/// What `commands` may ask of the desktop: to tell the windows something, and to open a room.
pub(crate) struct Windows<R: Runtime> {
    app: AppHandle<R>,
    rooms: Rooms,
}

impl<R: Runtime> Windows<R> {
    /// Those of this app.
    pub(crate) fn of(app: &AppHandle<R>) -> Self {
        Self {
            app: app.clone(),
            rooms: Rooms::default(),
        }
    }
}

impl<R: Runtime> Host for Windows<R> {
    fn emit(&self, window: Option<&str>, event: &str, payload: Value) {
        let message = json!({ "name": event, "payload": payload });
        let sent = match window {
            Some(label) => self.app.emit_to(label, CHANNEL, message),
            None => self.app.emit(CHANNEL, message),
        };
        if let Err(error) = sent {
            tracing::warn!(event, %error, "an event reached no window");
        }
    }

    fn open_room(&self, wanted: &RoomWanted) -> Result<Room, RoomError> {
        self.rooms.open(wanted)
    }

    fn close_room(&self) {
        self.rooms.close();
    }

    fn room(&self) -> Option<Room> {
        self.rooms.room()
    }
}

/// Runs one command of the table for the window that asks.
#[tauri::command]
pub(crate) async fn call(
    window: WebviewWindow,
    door: State<'_, Door>,
    name: String,
    request: Value,
) -> Result<Value, Value> {
    let workstation = door.workstation()?;
    let label = window.label().to_owned();
    spawn_blocking(move || {
        workstation
            .call(&label, &name, request)
            .map_err(|error| json!(error))
    })
    .await
    .unwrap_or_else(|_| Err(failure(Code::Internal, "shell-panicked")))
}

/// Answers a request for pixels, off the thread that draws.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    let label = context.webview_label().to_owned();
    spawn_blocking(move || responder.respond(answer(&app, &label, &request)));
}

/// Tells the workstation that a window has gone, which ends the session made in it.
pub(crate) fn window_closed<R: Runtime>(app: &AppHandle<R>, label: &str) {
    if let Some(workstation) = app.state::<Door>().0.get() {
        workstation.window_closed(label);
    }
}

/// Locks a window; says whether somebody is signed in at it.
pub(crate) fn lock<R: Runtime>(app: &AppHandle<R>, label: &str) -> bool {
    let open = app.state::<Door>().0.get().cloned();
    open.is_some_and(|workstation| workstation.lock_window(label))
}

/// Closes the record.
pub(crate) fn shut<R: Runtime>(app: &AppHandle<R>) {
    if let Some(workstation) = app.state::<Door>().0.get() {
        workstation.shutdown();
    }
}

fn answer<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    request: &Request<Vec<u8>>,
) -> Response<Vec<u8>> {
    let Some(origin) = allowed_origin(app, label, request) else {
        return response(StatusCode::FORBIDDEN, None, "text/plain", Vec::new());
    };
    let path = request.uri().path().trim_start_matches('/');
    let served = app
        .state::<Door>()
        .workstation()
        .and_then(|workstation| workstation.serve(label, path).map_err(|error| json!(error)));
    let (status, mime, body) = match served {
        Ok(served) => (StatusCode::OK, served.mime, served.bytes),
        Err(error) => (StatusCode::NOT_FOUND, JSON, error.to_string().into()),
    };
    response(status, Some(&origin), mime, body)
}

/// A failure of the shell itself, in the form in which `commands` tells its own.
pub(crate) fn failure(code: Code, message_id: &str) -> Value {
    json!({ "code": code, "message_id": message_id, "args": {} })
}

/// The app's own origin that this request comes from, or `None` if it comes from elsewhere.
///
/// A fetch says its origin. A picture element says none; then the page that the window shows
/// decides, which [`crate::window`] never lets leave the app.
fn allowed_origin<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    request: &Request<Vec<u8>>,
) -> Option<String> {
    let dev = dev(app);
    match request.headers().get(header::ORIGIN) {
        Some(origin) => {
            let origin = origin.to_str().ok()?;
            Url::parse(origin)
                .ok()
                .filter(|url| is_own(url, dev.as_ref()))
                .map(|_| origin.to_owned())
        }
        None => {
            let url = app.get_webview_window(label)?.url().ok()?;
            is_own(&url, dev.as_ref()).then(|| format!("{}://{}", url.scheme(), url.authority()))
        }
    }
}

/// The server of the screens, in development.
pub(crate) fn dev<R: Runtime>(app: &AppHandle<R>) -> Option<Url> {
    let url = &app.config().build.dev_url;
    url.clone().filter(|_| tauri::is_dev())
}

/// Whether a page at this address is the app itself (or, in development, its server).
pub(crate) fn is_own(url: &Url, dev: Option<&Url>) -> bool {
    let bundled = matches!(
        (url.scheme(), url.host_str(), url.port()),
        ("tauri", Some("localhost"), None) | ("http" | "https", Some("tauri.localhost"), None)
    );
    bundled || dev.is_some_and(|dev| dev.origin() == url.origin())
}

fn response(
    status: StatusCode,
    origin: Option<&str>,
    mime: &str,
    body: Vec<u8>,
) -> Response<Vec<u8>> {
    let mut builder = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, mime)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::VARY, "Origin")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if let Some(origin) = origin {
        builder = builder.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    builder.body(body).unwrap_or_else(|_| {
        let mut plain = Response::new(Vec::new());
        *plain.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(url: &str, dev: Option<&str>) -> bool {
        let parse = |text: &str| Url::parse(text).expect("an address");
        is_own(&parse(url), dev.map(parse).as_ref())
    }

    #[test]
    fn only_the_apps_own_pages_are_answered() {
        assert!(own("tauri://localhost", None));
        assert!(own("http://tauri.localhost/index.html", None));
        for foreign in [
            "https://example.org",
            "tauri://example.org",
            "http://tauri.localhost:8080",
            "http://localhost:5173",
            "null://localhost",
        ] {
            assert!(!own(foreign, None), "{foreign}");
        }
    }

    #[test]
    fn the_development_server_counts_only_in_development() {
        assert!(own(
            "http://localhost:5173/x",
            Some("http://localhost:5173")
        ));
        assert!(!own("http://localhost:5174", Some("http://localhost:5173")));
    }
}
