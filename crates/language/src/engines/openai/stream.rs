//! An answer as it comes: server-sent events, a piece of words in each. An answer that ends without
//! saying that it is whole is an error, never a shorter answer.

use std::{pin::Pin, time::Duration};

use eventsource_stream::{Event, EventStreamError, Eventsource};
use futures_util::{
    FutureExt, Stream, StreamExt, TryFutureExt,
    future::{BoxFuture, Future},
    stream::{self, BoxStream},
};
use reqwest::{Response, header::CONTENT_TYPE};
use serde::Deserialize;

use super::{answer, ask::Told};
use crate::error::{Error, Result, Unusable};

/// More words than anybody reads.
const LONGEST: usize = 1 << 20;
/// The event after the last piece.
const DONE: &str = "[DONE]";

/// What is read of an event; servers differ in the rest.
#[derive(Deserialize)]
struct Piece {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    error: Option<Told>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

type Events = Pin<Box<dyn Stream<Item = Result<Event, EventStreamError<reqwest::Error>>> + Send>>;

/// Where an answer stands.
struct Reading {
    events: Events,
    timeout: Duration,
    length: usize,
    /// The server said that this was all.
    whole: bool,
    over: bool,
}

/// The words of an answer that is being opened; no piece may take longer than the time.
pub(super) fn words<'a>(
    timeout: Duration,
    opening: impl Future<Output = Result<Response>> + Send + 'a,
) -> BoxStream<'a, Result<String>> {
    let begun = opening.and_then(move |response| begin(response, timeout));
    begun.try_flatten_stream().boxed()
}

fn begin(
    response: Response,
    timeout: Duration,
) -> BoxFuture<'static, Result<BoxStream<'static, Result<String>>>> {
    async move {
        let kind = response.headers().get(CONTENT_TYPE);
        // Some own servers send no pieces, whatever they were asked.
        if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json")) {
            let body = tokio::time::timeout(timeout, response.bytes()).await;
            let body = body.map_err(|_| Error::TimedOut)?;
            let words = answer::words(&body.map_err(|_| Error::Unreachable)?)?;
            return Ok(stream::iter([Ok(words)]).boxed());
        }
        let reading = Reading {
            events: Box::pin(response.bytes_stream().eventsource()),
            timeout,
            length: 0,
            whole: false,
            over: false,
        };
        Ok(stream::unfold(reading, next).boxed())
    }
    .boxed()
}

/// The next words, or the one error that ends it.
async fn next(mut reading: Reading) -> Option<(Result<String>, Reading)> {
    if reading.over {
        return None;
    }
    match reading.next().await {
        Ok(Some(words)) => Some((Ok(words), reading)),
        Ok(None) => None,
        Err(error) => {
            reading.over = true;
            Some((Err(error), reading))
        }
    }
}

impl Reading {
    async fn next(&mut self) -> Result<Option<String>> {
        loop {
            let event = tokio::time::timeout(self.timeout, self.events.next()).await;
            let data = match event.map_err(|_| Error::TimedOut)? {
                None => return self.ended().map(|()| None),
                Some(Ok(event)) if event.data == DONE => {
                    self.whole = true;
                    return self.ended().map(|()| None);
                }
                Some(Ok(event)) => event.data,
                Some(Err(EventStreamError::Transport(_))) => return Err(Error::Unreachable),
                Some(Err(_)) => return Err(Error::Unusable(Unusable::Malformed)),
            };
            if let Some(words) = self.piece(&data)? {
                return Ok(Some(words));
            }
        }
    }

    fn piece(&mut self, data: &str) -> Result<Option<String>> {
        let piece: Piece =
            serde_json::from_str(data).map_err(|_| Error::Unusable(Unusable::Malformed))?;
        if let Some(told) = piece.error {
            return Err(told.in_a_stream());
        }
        // The last event of some servers only counts tokens.
        let Some(choice) = piece.choices.into_iter().next() else {
            return Ok(None);
        };
        let refused = choice.delta.refusal.is_some_and(|said| !said.is_empty());
        if refused {
            return Err(Error::Unusable(Unusable::Refused));
        }
        if let Some(reason) = choice.finish_reason.as_deref() {
            answer::whole(Some(reason)).map_err(Error::Unusable)?;
            self.whole = true;
        }
        let words = choice.delta.content.filter(|words| !words.is_empty());
        self.length += words.as_ref().map_or(0, String::len);
        match self.length > LONGEST {
            true => Err(Error::Unusable(Unusable::Length)),
            false => Ok(words),
        }
    }

    fn ended(&mut self) -> Result<()> {
        self.over = true;
        match (self.whole, self.length) {
            (false, _) => Err(Error::Unreachable),
            (true, 0) => Err(Error::Unusable(Unusable::Empty)),
            (true, _) => Ok(()),
        }
    }
}
