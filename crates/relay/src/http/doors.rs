//! Doors: read what hangs there, knock.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use protocol::{Greeting, Knocked, StreamId};
use sha2::{Digest, Sha256};

use super::status;
use crate::{
    clock,
    guard::{self, too_many},
    log::{Hash, LogError, Party},
    register::random,
    server::Relay,
};

pub(super) async fn greeting(
    State(relay): State<Arc<Relay>>,
    Extension(from): Extension<guard::From>,
    Path(door): Path<String>,
) -> Response {
    if let Some(refused) = relay.guard.refuses(from) {
        return refused;
    }
    match relay.log.greeting(door, clock::now()).await {
        Ok(greeting) => Json(Greeting {
            greeting: greeting.into(),
        })
        .into_response(),
        Err(error) => refuse(&relay, from, &error),
    }
}

pub(super) async fn knock(
    State(relay): State<Arc<Relay>>,
    Extension(from): Extension<guard::From>,
    Path(door): Path<String>,
) -> Response {
    if let Some(refused) = relay.guard.refuses(from) {
        return refused;
    }
    let Ok(token) = random::<32>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hash = Sha256::digest(token).into();
    let mut knocked = enter(&relay, &door, hash).await;
    if knocked == Err(LogError::TooMany) && make_room(&relay, &door).await {
        knocked = enter(&relay, &door, hash).await;
    }
    match knocked {
        Ok(stream) => Json(Knocked {
            stream,
            token: token.to_vec().into(),
            lasts_s: relay.limits.guest_token_s,
        })
        .into_response(),
        Err(LogError::TooMany) => too_many(Duration::from_secs(relay.limits.stands_s)),
        Err(error) => refuse(&relay, from, &error),
    }
}

async fn enter(relay: &Relay, door: &str, token: Hash) -> Result<StreamId, LogError> {
    let now = clock::now();
    let ends = now + relay.porter.guest_token;
    relay.log.knock(door.to_owned(), token, ends, now).await
}

/// The place of the one who has been gone for longest.
async fn make_room(relay: &Relay, door: &str) -> bool {
    let before = clock::now() - clock::millis(Duration::from_secs(relay.limits.stands_s));
    let standing = relay.log.standing(door.to_owned(), before).await;
    let gone = |stream: &StreamId| !relay.hub.is_connected(Party::Guest(*stream));
    match standing.unwrap_or_default().into_iter().find(gone) {
        Some(stream) => relay.log.give_up(stream).await.is_ok(),
        None => false,
    }
}

/// A door that is not there was perhaps guessed.
fn refuse(relay: &Relay, from: guard::From, error: &LogError) -> Response {
    if *error == LogError::NotFound {
        relay.guard.was_wrong(from);
    }
    status(error).into_response()
}
