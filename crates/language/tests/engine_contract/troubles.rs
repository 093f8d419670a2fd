//! What goes wrong with any server, and what every engine says then, whatever it was asked for.

use std::time::{Duration, Instant};

use language::{Error, Unusable};

use crate::server::{Answer, Server, failure};

/// For one request, all tries together.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(2);
/// Stands in whatever is asked; no error may repeat any of it.
pub(crate) const PLANTED: &str = "Rosalinda";

/// An address where nobody listens.
pub(crate) async fn nowhere() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}/v1", listener.local_addr().unwrap())
}

/// Has something asked of a server in each trouble. `good` is an answer that can be used.
pub(crate) async fn each<T: std::fmt::Debug>(
    good: Answer,
    ask: impl AsyncFn(&str) -> language::Result<T>,
) {
    let busy = |seconds| failure(429, Some(seconds), "rate_limit_exceeded");
    let overloaded = |status, retry_after| Error::Overloaded {
        status,
        retry_after,
    };
    let troubles = [
        (busy(60), overloaded(429, Some(60)), 1),
        (failure(500, None, "server_error"), overloaded(500, None), 3),
        (Answer::Silence, Error::TimedOut, 1),
        (Answer::Cut, Error::Unreachable, 3),
        (
            Answer::Body(200, None, "{\"choices\": [".into()),
            Error::Unusable(Unusable::Malformed),
            1,
        ),
        (
            Answer::Body(200, None, "{\"answer\": 42}".into()),
            Error::Unusable(Unusable::Malformed),
            1,
        ),
        (failure(401, None, "invalid_api_key"), Error::KeyRefused, 1),
        (failure(429, None, "insufficient_quota"), Error::QuotaOut, 1),
        (
            failure(404, None, "model_not_found"),
            Error::ModelUnknown,
            1,
        ),
        (
            failure(413, None, PLANTED),
            Error::NotTaken { status: 413 },
            1,
        ),
        (
            Answer::Body(307, None, String::new()),
            Error::Settings { field: "base_url" },
            1,
        ),
    ];
    for (answer, error, tries) in troubles {
        let shown = format!("{answer:?}");
        let server = Server::start([answer]).await;
        let begun = Instant::now();
        let outcome = ask(&server.url).await;
        assert!(begun.elapsed() < TIMEOUT * 2, "{shown}");
        assert_eq!(outcome.as_ref().err(), Some(&error), "{shown}: {outcome:?}");
        assert!(!format!("{outcome:?}").contains(PLANTED));
        assert_eq!(server.asked().len(), tries, "{shown}");
    }
    assert_eq!(ask(&nowhere().await).await.err(), Some(Error::Unreachable));
    let server = Server::start([busy(0), good]).await;
    let outcome = ask(&server.url).await;
    assert!(outcome.is_ok(), "{outcome:?}");
}
