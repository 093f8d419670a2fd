//! The patient page's files.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};

use crate::{page::FIRST, server::Relay};

const NO_PAGE: &str = "<!doctype html><html lang=\"en\"><title>Medibridge relay</title>\
    <p>This Medibridge relay runs. It was built without the patient page.";

/// The page itself, at `/` and at every door: the door is read by the page, and is nobody else's business.
pub(super) async fn first(State(relay): State<Arc<Relay>>, headers: HeaderMap) -> Response {
    match send(&relay, FIRST, &headers, "no-cache") {
        Some(page) => page,
        None => Html(NO_PAGE).into_response(),
    }
}

/// A file of the page. Those in `assets` are named by their content and never change.
pub(super) async fn file(
    State(relay): State<Arc<Relay>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let name = uri.path().trim_start_matches('/');
    let caching = match name.starts_with("assets/") {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    match send(&relay, name, &headers, caching) {
        Some(file) if [Method::GET, Method::HEAD].contains(&method) => file,
        Some(_) => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn send(relay: &Relay, name: &str, headers: &HeaderMap, caching: &'static str) -> Option<Response> {
    let file = relay.files.get(name)?;
    let wants = headers.get(header::ACCEPT_ENCODING);
    let wants_gzip =
        wants.is_some_and(|value| value.to_str().is_ok_and(|value| value.contains("gzip")));
    let common = [
        (header::CONTENT_TYPE, file.kind),
        (header::CACHE_CONTROL, caching),
        (header::VARY, "accept-encoding"),
    ];
    Some(match &file.gzipped {
        Some(gzipped) if wants_gzip => {
            let encoding = [(header::CONTENT_ENCODING, "gzip")];
            (common, encoding, Bytes::clone(gzipped)).into_response()
        }
        _ => (common, Bytes::clone(&file.bytes)).into_response(),
    })
}
