//! HTTP: the socket's upgrade, doors, enrolment, blobs, the page, health and figures.

mod blobs;
mod doors;
mod enrol;
mod headers;
mod page;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{ConnectInfo, DefaultBodyLimit, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use protocol::{Health, limits};
use tower_http::timeout::TimeoutLayer;

use crate::{guard, live, log::LogError, server::Relay};

/// Bytes of a small request's body.
const SMALL: usize = 4 * 1024;
/// How long a small request may take.
const SHORT: Duration = Duration::from_secs(30);
/// How long a blob may take on a slow phone.
const LONG: Duration = Duration::from_secs(300);

/// Every path, behind the limits of its address.
pub(crate) fn app(relay: &Arc<Relay>) -> Router {
    let timeout = |time| TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time);
    let small = Router::new()
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .route("/v1/live", get(live::upgrade))
        .route("/v1/enrol", post(enrol::enrol))
        .route("/v1/doors/{door}", get(doors::greeting))
        .route("/v1/doors/{door}/knock", post(doors::knock))
        .route("/", get(page::first))
        .route("/j/{door}", get(page::first))
        .fallback(page::file)
        .layer(DefaultBodyLimit::max(SMALL))
        .layer(timeout(SHORT));
    let blobs = Router::new()
        .route(
            "/v1/streams/{stream}/blobs/{hash}",
            put(blobs::put).get(blobs::get),
        )
        .layer(DefaultBodyLimit::max(limits::BLOB))
        .layer(timeout(LONG));
    small
        .merge(blobs)
        .layer(middleware::from_fn_with_state(
            Arc::clone(&relay.guard),
            guard::count,
        ))
        .layer(middleware::from_fn_with_state(
            headers::Headers::new(&relay.addresses),
            headers::add,
        ))
        .with_state(Arc::clone(relay))
}

async fn health(State(relay): State<Arc<Relay>>) -> Json<Health> {
    let status = if relay.is_draining() {
        "draining"
    } else {
        "ok"
    };
    Json(Health {
        status: status.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        relay: relay.register.relay(),
    })
}

/// For this machine, unless the operator says otherwise.
async fn metrics(
    State(relay): State<Arc<Relay>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    axum::Extension(from): axum::Extension<guard::From>,
) -> Response {
    // Behind a proxy on this machine everyone's peer is this machine.
    let local = peer.ip().is_loopback() && from.0.is_loopback();
    if !local && !relay.metrics_for_all {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], relay.metrics.text()).into_response()
}

/// What the log refuses, as a status.
fn status(error: &LogError) -> StatusCode {
    match error {
        LogError::NotFound => StatusCode::NOT_FOUND,
        LogError::Closed => StatusCode::GONE,
        LogError::Taken | LogError::KeyReused => StatusCode::CONFLICT,
        LogError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        LogError::TooMany => StatusCode::TOO_MANY_REQUESTS,
        LogError::Storage(_) => StatusCode::INSUFFICIENT_STORAGE,
    }
}
