//! The suite. An engine joins by saying how to make itself in front of each [`Behaviour`].

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use basics::{Language, Phi};
use language::{Engine, Error, Request, Unusable};

/// For one text, all tries together.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(2);
/// What a good answer says.
pub(crate) const SPANISH: &str = "¿Dónde le duele?";
/// What is translated; no error may repeat any of it.
pub(crate) const SAID: &str = "Where does it hurt, Rosalinda?";

/// How the other side answers, every time it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behaviour {
    Translates,
    BusyThenTranslates,
    BusyForAMinute,
    Broken,
    Silent,
    CutOff,
    NobodyThere,
    MalformedJson,
    WrongSchema,
    Empty,
    Refuses,
    RefusesInProse,
    StopsHalfway,
    Repeats,
    Rambles,
    EchoesTheText,
    AnswersInAnotherScript,
    KeyRefused,
    QuotaOut,
    ModelUnknown,
    EchoesTheRequestInItsError,
}

pub(crate) fn request(to: Language) -> Request {
    Request {
        text: Phi::new(SAID.into()),
        from: Language::En,
        to,
        context: None,
    }
}

/// Runs the whole suite.
pub(crate) async fn run<F>(make: F)
where
    F: AsyncFn(Behaviour) -> Arc<dyn Engine>,
{
    use Behaviour as B;
    assert_eq!(ask(&make, B::Translates).await.as_deref(), Ok(SPANISH));
    assert_eq!(
        ask(&make, B::BusyThenTranslates).await.as_deref(),
        Ok(SPANISH)
    );

    let unusable = [
        (B::MalformedJson, Unusable::Malformed),
        (B::WrongSchema, Unusable::Malformed),
        (B::Empty, Unusable::Empty),
        (B::Refuses, Unusable::Refused),
        (B::RefusesInProse, Unusable::Refused),
        (B::StopsHalfway, Unusable::Length),
        (B::Repeats, Unusable::Length),
        (B::Rambles, Unusable::Length),
        (B::EchoesTheText, Unusable::Unchanged),
        (B::AnswersInAnotherScript, Unusable::Script),
    ];
    for (behaviour, why) in unusable {
        assert_eq!(
            ask(&make, behaviour).await,
            Err(Error::Unusable(why)),
            "{behaviour:?}"
        );
    }
    let minute = Error::Overloaded {
        status: 429,
        retry_after: Some(60),
    };
    let failures = [
        (B::BusyForAMinute, minute),
        (
            B::Broken,
            Error::Overloaded {
                status: 500,
                retry_after: None,
            },
        ),
        (B::CutOff, Error::Unreachable),
        (B::NobodyThere, Error::Unreachable),
        (B::KeyRefused, Error::KeyRefused),
        (B::QuotaOut, Error::QuotaOut),
        (B::ModelUnknown, Error::ModelUnknown),
        (
            B::EchoesTheRequestInItsError,
            Error::NotTaken { status: 413 },
        ),
    ];
    for (behaviour, error) in failures {
        let told = ask(&make, behaviour).await;
        assert_eq!(told, Err(error), "{behaviour:?}");
        assert!(!format!("{told:?}").contains("Rosalinda"));
    }
    silence_ends_in_time(&make).await;
    a_check_says_what_failed(&make).await;
}

async fn ask<F>(make: &F, behaviour: Behaviour) -> language::Result<String>
where
    F: AsyncFn(Behaviour) -> Arc<dyn Engine>,
{
    make(behaviour)
        .await
        .translate(&request(Language::Es))
        .await
}

async fn silence_ends_in_time<F>(make: &F)
where
    F: AsyncFn(Behaviour) -> Arc<dyn Engine>,
{
    let started = Instant::now();
    assert_eq!(ask(make, Behaviour::Silent).await, Err(Error::TimedOut));
    assert!(started.elapsed() < TIMEOUT * 2, "{:?}", started.elapsed());
}

async fn a_check_says_what_failed<F>(make: &F)
where
    F: AsyncFn(Behaviour) -> Arc<dyn Engine>,
{
    assert!(make(Behaviour::Translates).await.check().await.is_ok());
    assert_eq!(
        make(Behaviour::KeyRefused).await.check().await,
        Err(Error::KeyRefused)
    );
}
