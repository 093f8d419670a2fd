//! Sounds and files at a relay: sealed with a key of their own, named by the hash of the sealed bytes.

use std::sync::Arc;

use futures_util::stream;
use protocol::{StreamId, limits};
use reqwest::{Body, Method, header};
use seal::{
    Key,
    live::{blob_name, open_blob, seal_blob},
};

use super::{Pass, Relay, http::body};
use crate::{Error, Result, content::Blob};

/// Told of bytes done, of how many.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// Bytes sent between two reports.
const PIECE: usize = 64 * 1024;

impl Relay {
    /// Seals bytes and puts them into a stream. `progress` gets bytes sent, of how many.
    ///
    /// # Errors
    /// [`Error::TooLarge`] and those of the way there.
    pub async fn put_blob(
        &self,
        pass: &Pass,
        stream: StreamId,
        bytes: &[u8],
        progress: Progress,
    ) -> Result<Blob> {
        let (key, sealed) = seal_blob(bytes).map_err(|error| match error {
            seal::live::Error::TooLarge => Error::TooLarge {
                limit: limits::BLOB,
            },
            _ => Error::NoRandom,
        })?;
        let sha256 = hex::encode(blob_name(&sealed));
        let whole = sealed.len() as u64;
        let pieces: Vec<Vec<u8>> = sealed.chunks(PIECE).map(<[u8]>::to_vec).collect();
        let mut sent = 0;
        let pieces = stream::iter(pieces.into_iter().map(move |piece| {
            sent += piece.len() as u64;
            progress(sent, whole);
            Ok::<_, std::io::Error>(piece)
        }));
        let request = self
            .request(Method::PUT, &format!("v1/streams/{stream}/blobs/{sha256}"))
            .bearer_auth(&*self.token(pass)?)
            .header(header::CONTENT_LENGTH, whole)
            .body(Body::wrap_stream(pieces));
        self.send(request).await?;
        Ok(Blob {
            sha256,
            key: key.expose().to_vec().into(),
        })
    }

    /// Fetches sealed bytes out of a stream and opens them.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unopenable`], [`Error::TooLarge`] and those of the way there.
    pub async fn fetch_blob(
        &self,
        pass: &Pass,
        stream: StreamId,
        blob: &Blob,
        progress: Progress,
    ) -> Result<Vec<u8>> {
        let name = hex::decode(&blob.sha256)
            .ok()
            .filter(|name| name.len() == 32);
        let (Some(name), Some(key)) = (name, Key::from_slice(&blob.key.0)) else {
            return Err(Error::Unopenable);
        };
        let request = self
            .request(
                Method::GET,
                &format!("v1/streams/{stream}/blobs/{}", blob.sha256),
            )
            .bearer_auth(&*self.token(pass)?);
        let sealed = body(self.send(request).await?, limits::BLOB, |done, whole| {
            progress(done, whole)
        })
        .await?;
        if blob_name(&sealed)[..] != name[..] {
            return Err(Error::Unopenable);
        }
        open_blob(&key, &sealed).map_err(|_| Error::Unopenable)
    }
}
