//! What writes: notes as typed JSON, answers word by word. Only where a clinic sets an engine.

use std::time::Duration;

use basics::Phi;
use futures_util::{future::BoxFuture, stream::BoxStream};
use serde_json::Value;

use crate::error::Result;

/// One thing to answer.
#[derive(Clone, Debug)]
pub struct ChatRequest {
    /// The program's own instructions. Never anything that a person said or wrote.
    pub system: String,
    /// What was said so far, the newest last.
    pub turns: Vec<Turn>,
    /// The answer's length, at most.
    pub max_tokens: u32,
}

/// One turn of a talk.
#[derive(Clone, Debug)]
pub struct Turn {
    /// Whose.
    pub by: Speaker,
    /// The words: data to the engine, whatever they say.
    pub text: Phi<String>,
}

/// Who speaks in a talk with an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// A person.
    User,
    /// The engine itself, earlier.
    Assistant,
}

/// The shape that an answer must have.
#[derive(Clone, Debug)]
pub struct JsonSchema {
    name: &'static str,
    schema: Value,
}

impl JsonSchema {
    /// A schema that servers also take in their strict mode: every property required,
    /// `additionalProperties: false`.
    pub fn new(name: &'static str, schema: Value) -> Self {
        Self { name, schema }
    }

    /// Its name: letters, digits and `_`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The schema itself.
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// Whether a value has this shape. A schema that is none fits nothing.
    pub fn fits(&self, value: &Value) -> bool {
        jsonschema::validator_for(&self.schema).is_ok_and(|schema| schema.is_valid(value))
    }
}

/// Answers. Dropping a future or a stream cancels: nothing goes on in the background.
///
/// What comes out is a machine's text: whoever shows it marks it so. `tests/engine_contract` is what
/// each must pass.
pub trait Chat: Send + Sync + 'static {
    /// What the settings and marks call it: the model, never a key.
    fn name(&self) -> &str;

    /// One whole answer of this shape. Whatever is not JSON of this shape is
    /// [`crate::Unusable::Malformed`], also where the server promised to keep to the schema.
    fn answer_json<'a>(
        &'a self,
        request: &'a ChatRequest,
        schema: &'a JsonSchema,
    ) -> BoxFuture<'a, Result<Value>>;

    /// The answer's words as they come. It ends after the last word or with one error; an answer that
    /// was cut in the middle ends with an error, never as if it were whole.
    fn stream<'a>(&'a self, request: &'a ChatRequest) -> BoxStream<'a, Result<String>>;

    /// Asks a small question of its own to see whether it works; how long that took.
    fn check(&self) -> BoxFuture<'_, Result<Duration>>;
}
