//! What places texts by their meaning, for the search.

use std::time::Duration;

use basics::Phi;
use futures_util::future::BoxFuture;

use crate::error::Result;

/// Turns texts into vectors. Dropping the future cancels.
pub trait Embedder: Send + Sync + 'static {
    /// The model. Vectors of two models say nothing about each other: keep the name beside them.
    fn name(&self) -> &str;

    /// Numbers in a vector, once an answer has shown it.
    fn dimensions(&self) -> Option<usize>;

    /// A vector for each text, in the same order: of length 1, finite, as many numbers each time.
    fn embed<'a>(&'a self, texts: &'a [Phi<String>]) -> BoxFuture<'a, Result<Vec<Vec<f32>>>>;

    /// Places a word of its own to see whether it works; how long that took.
    fn check(&self) -> BoxFuture<'_, Result<Duration>>;
}
