//! Sealed blobs: into a stream and out of it, by whoever may reach the stream.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use protocol::StreamId;
use sha2::{Digest, Sha256};

use super::status;
use crate::{
    log::{Hash, LogError, Party},
    server::Relay,
    token::Unknown,
};

pub(super) async fn put(
    State(relay): State<Arc<Relay>>,
    Path((stream, hash)): Path<(StreamId, String)>,
    request: Request,
) -> Result<StatusCode, StatusCode> {
    let by = party(&relay, request.headers()).await?;
    let hash = parse(&hash)?;
    // Before anything is received: whether there is such a stream for this party.
    let reached = relay.log.read(by, stream, 0, 1).await;
    reached.map_err(|error| status(&error))?;
    let _turn = relay.uploads.acquire().await;
    let bytes = Bytes::from_request(request, &()).await;
    let bytes = bytes.map_err(|rejected| rejected.status())?;
    if Hash::from(Sha256::digest(&bytes)) != hash {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    match relay.log.put_blob(by, stream, hash, bytes.into()).await {
        Ok(()) => {
            relay.metrics.blobs.inc();
            Ok(StatusCode::CREATED)
        }
        // Not admitted: it may not leave anything large, however long it waits.
        Err(LogError::TooMany) => Err(StatusCode::FORBIDDEN),
        Err(error) => Err(status(&error)),
    }
}

pub(super) async fn get(
    State(relay): State<Arc<Relay>>,
    Path((stream, hash)): Path<(StreamId, String)>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let by = party(&relay, &headers).await?;
    let blob = relay.log.blob(by, stream, parse(&hash)?).await;
    let blob = blob.map_err(|error| status(&error))?;
    let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
    Ok((kind, Body::from(blob)).into_response())
}

async fn party(relay: &Relay, headers: &HeaderMap) -> Result<Party, StatusCode> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .ok_or(StatusCode::UNAUTHORIZED)?;
    match relay.porter.who(token).await {
        Ok(known) => Ok(known.party),
        Err(Unknown::Token) => Err(StatusCode::UNAUTHORIZED),
        Err(Unknown::Storage) => Err(StatusCode::INSUFFICIENT_STORAGE),
    }
}

/// 64 hexadecimal digits; anything else names nothing.
fn parse(hash: &str) -> Result<Hash, StatusCode> {
    let mut bytes = Hash::default();
    hex::decode_to_slice(hash, &mut bytes).map_err(|_| StatusCode::NOT_FOUND)?;
    Ok(bytes)
}
