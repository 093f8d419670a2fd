//! A workstation introduces itself by a one-time code.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use protocol::{Enrol, Enrolled};
use tokio::task::spawn_blocking;

use crate::{RelayError, guard, server::Relay};

pub(super) async fn enrol(
    State(relay): State<Arc<Relay>>,
    Extension(from): Extension<guard::From>,
    Json(enrol): Json<Enrol>,
) -> Response {
    if let Some(refused) = relay.guard.refuses(from) {
        return refused;
    }
    let register = Arc::clone(&relay.register);
    let enrolled =
        spawn_blocking(move || register.enrol(&enrol.code, enrol.key.as_ref(), &enrol.name));
    match enrolled.await {
        Ok(Ok(workstation)) => {
            tracing::info!(%workstation, "enrolled");
            let relay = relay.register.relay();
            Json(Enrolled { workstation, relay }).into_response()
        }
        Ok(Err(RelayError::Code)) => {
            relay.guard.was_wrong(from);
            StatusCode::FORBIDDEN.into_response()
        }
        Ok(Err(RelayError::Workstation)) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        Ok(Err(error)) => {
            tracing::error!(%error, "nobody can be enrolled");
            StatusCode::INSUFFICIENT_STORAGE.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
