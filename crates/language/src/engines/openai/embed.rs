//! Places texts by meaning, by an embedding model.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use basics::Phi;
use futures_util::{FutureExt, future::BoxFuture};
use serde::{Deserialize, Serialize};

use super::{
    Settings,
    ask::{Body, Server},
};
use crate::{
    embedder::Embedder,
    error::{Error, Result, Unusable},
};

/// Texts in one request.
const BATCH: usize = 64;
/// Numbers in a vector, at most.
const WIDEST: usize = 8_192;

/// An embedding model.
pub struct OpenAiEmbedder {
    server: Server,
    model: String,
    timeout: Duration,
    dimensions: OnceLock<usize>,
}

#[derive(Serialize)]
struct Asked<'a> {
    model: &'a str,
    input: Vec<&'a str>,
    encoding_format: &'static str,
}

/// What is read of an answer; servers differ in the rest.
#[derive(Deserialize)]
struct Answered {
    data: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    index: usize,
    embedding: Vec<f32>,
}

impl OpenAiEmbedder {
    /// Sends nothing yet.
    ///
    /// # Errors
    /// [`Error::Settings`] naming the field that cannot be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        settings.models()?;
        Ok(Self {
            server: Server::new(&settings.base_url, settings.key.as_ref())?,
            model: settings.model.trim().to_owned(),
            timeout: settings.timeout,
            dimensions: OnceLock::new(),
        })
    }

    async fn batch(&self, texts: &[Phi<String>]) -> Result<Vec<Vec<f32>>> {
        let body = Body::json(&Asked {
            model: &self.model,
            input: texts.iter().map(|text| text.expose().as_str()).collect(),
            encoding_format: "float",
        })?;
        let answer = self.server.whole(&["embeddings"], &body).await?;
        let malformed = Error::Unusable(Unusable::Malformed);
        let mut answered: Answered =
            serde_json::from_slice(&answer.body).map_err(|_| malformed.clone())?;
        answered.data.sort_by_key(|row| row.index);
        let in_order = (answered.data.iter().enumerate()).all(|(at, row)| row.index == at);
        if answered.data.len() != texts.len() || !in_order {
            return Err(malformed);
        }
        let rows = answered.data.into_iter();
        rows.map(|row| self.checked(row.embedding).ok_or(malformed.clone()))
            .collect()
    }

    /// The vector at length 1, if it is one and as long as all before it.
    fn checked(&self, mut vector: Vec<f32>) -> Option<Vec<f32>> {
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        if !length.is_normal() || vector.len() > WIDEST {
            return None;
        }
        vector.iter_mut().for_each(|x| *x /= length);
        let dimensions = *self.dimensions.get_or_init(|| vector.len());
        (vector.len() == dimensions).then_some(vector)
    }
}

impl Embedder for OpenAiEmbedder {
    fn name(&self) -> &str {
        &self.model
    }

    fn dimensions(&self) -> Option<usize> {
        self.dimensions.get().copied()
    }

    fn embed<'a>(&'a self, texts: &'a [Phi<String>]) -> BoxFuture<'a, Result<Vec<Vec<f32>>>> {
        async move {
            let mut vectors = Vec::with_capacity(texts.len());
            for batch in texts.chunks(BATCH) {
                let answered = tokio::time::timeout(self.timeout, self.batch(batch)).await;
                vectors.append(&mut answered.unwrap_or(Err(Error::TimedOut))?);
            }
            Ok(vectors)
        }
        .boxed()
    }

    fn check(&self) -> BoxFuture<'_, Result<Duration>> {
        async move {
            let started = Instant::now();
            let word = [Phi::new("headache".to_owned())];
            self.embed(&word).await.map(|_| started.elapsed())
        }
        .boxed()
    }
}
