//! Writes notes and answers by a chat model.

use std::time::{Duration, Instant};

use futures_util::{FutureExt, future::BoxFuture, stream::BoxStream};
use serde_json::{Value, json};

use super::{Settings, answer, completions::Completions, prompt, stream};
use crate::{
    chat::{Chat, ChatRequest, JsonSchema, Speaker, Turn},
    error::{Error, Result},
};

/// Answers by a chat model.
pub struct OpenAiChat {
    completions: Completions,
    timeout: Duration,
}

impl OpenAiChat {
    /// Sends nothing yet.
    ///
    /// # Errors
    /// [`Error::Settings`] naming the field that cannot be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        Ok(Self {
            completions: Completions::new(settings)?,
            timeout: settings.timeout,
        })
    }
}

impl Chat for OpenAiChat {
    fn name(&self) -> &str {
        self.completions.name()
    }

    fn answer_json<'a>(
        &'a self,
        request: &'a ChatRequest,
        schema: &'a JsonSchema,
    ) -> BoxFuture<'a, Result<Value>> {
        async move {
            let answered = self.completions.whole(
                |model, shape| prompt::answer(model, request, Some(schema), shape),
                |body| answer::json(body, schema),
            );
            tokio::time::timeout(self.timeout, answered)
                .await
                .unwrap_or(Err(Error::TimedOut))
        }
        .boxed()
    }

    fn stream<'a>(&'a self, request: &'a ChatRequest) -> BoxStream<'a, Result<String>> {
        stream::words(self.timeout, async move {
            let opened = self.completions.open(|model, shape| {
                let mut asked = prompt::answer(model, request, None, shape);
                asked.stream = Some(true);
                asked
            });
            tokio::time::timeout(self.timeout, opened)
                .await
                .unwrap_or(Err(Error::TimedOut))
        })
    }

    fn check(&self) -> BoxFuture<'_, Result<Duration>> {
        async move {
            let started = Instant::now();
            let request = ChatRequest {
                system: "Answer with the JSON object {\"ready\": true}.".into(),
                turns: vec![Turn {
                    by: Speaker::User,
                    text: "Are you ready?".to_owned().into(),
                }],
                max_tokens: 1_000,
            };
            let schema = JsonSchema::new(
                "ready",
                json!({
                    "type": "object",
                    "properties": { "ready": { "type": "boolean" } },
                    "required": ["ready"],
                    "additionalProperties": false,
                }),
            );
            let answered = self.answer_json(&request, &schema).await;
            answered.map(|_| started.elapsed())
        }
        .boxed()
    }
}
