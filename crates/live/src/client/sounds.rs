//! Sounds at a relay: sealed with a key of their own, named by the hash of the sealed bytes.

use std::sync::Arc;

use futures_util::stream;
use protocol::{StreamId, limits};
use reqwest::{Body, Method, header};
use seal::{
    Key,
    live::{blob_name, open_blob, seal_blob},
};

use super::{Pass, Relay, http::body};
use crate::{Error, Result, content::Sound};

/// Told of bytes done, of how many.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// Bytes sent between two reports.
const PIECE: usize = 64 * 1024;

impl Relay {
    /// Seals a sound and puts it into a stream. `progress` gets bytes sent, of how many.
    ///
    /// # Errors
    /// [`Error::TooLarge`] and those of the way there.
    pub async fn put_sound(
        &self,
        pass: &Pass,
        stream: StreamId,
        wav: &[u8],
        ms: u64,
        progress: Progress,
    ) -> Result<Sound> {
        let (key, sealed) = seal_blob(wav).map_err(|error| match error {
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
        Ok(Sound {
            sha256,
            key: key.expose().to_vec().into(),
            ms,
        })
    }

    /// Fetches a sound out of a stream and opens it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unopenable`], [`Error::TooLarge`] and those of the way there.
    pub async fn fetch_sound(
        &self,
        pass: &Pass,
        stream: StreamId,
        sound: &Sound,
        progress: Progress,
    ) -> Result<Vec<u8>> {
        let name = hex::decode(&sound.sha256)
            .ok()
            .filter(|name| name.len() == 32);
        let (Some(name), Some(key)) = (name, Key::from_slice(&sound.key.0)) else {
            return Err(Error::Unopenable);
        };
        let request = self
            .request(
                Method::GET,
                &format!("v1/streams/{stream}/blobs/{}", sound.sha256),
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
