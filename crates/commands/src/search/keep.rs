//! Behind the screens: brings into the index what is older than it, compares patients who were in the
//! record before anybody compared them, and has the engine that is set make vectors of the newest texts.
//! All go in small steps that a restart takes up again, and all rest while the record is locked. Texts go
//! to the engine only while the doctor who may read them sits at a window.

use std::{
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ::clinic::{ActiveSession, Permission, Permit, Role, ToEmbed, Vector, authorize};
use ::language::Embedder;
use tokio::sync::Notify;

use crate::{
    error::CommandError,
    table::Tag,
    workstation::{Inner, lock},
};

/// Texts of one step: the record is held for some ten milliseconds.
const STEP: u32 = 50;
/// Between two steps others may write.
const PAUSE: Duration = Duration::from_millis(5);
/// Texts that go to the engine at once.
const BATCH: u32 = 32;
/// How often new texts are looked for, and a failing engine is asked again.
const LOOK: Duration = Duration::from_secs(20);

/// The one who keeps the search up to date.
#[derive(Default)]
pub(crate) struct Keeper {
    started: AtomicBool,
    failing: AtomicBool,
    /// Leave of the doctor who signed in last.
    permit: Mutex<Option<Permit>>,
    wake: Arc<Notify>,
}

impl Keeper {
    /// Whether the engine did not answer when it was asked last.
    pub(super) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Acquire)
    }
}

/// Somebody signed in: the record is open.
pub(crate) fn take_up(inner: &Arc<Inner>, session: &ActiveSession) {
    let keeper = &inner.searching;
    if session.role() == Role::Doctor
        && let Ok(permit) = authorize(session, Permission::SearchRecords)
    {
        *lock(&keeper.permit) = Some(permit);
    }
    if !keeper.started.swap(true, Ordering::AcqRel) {
        match inner.runtime() {
            Ok(runtime) => drop(runtime.spawn(run(Arc::downgrade(inner)))),
            Err(error) => tracing::error!(%error, "the search is not kept up to date"),
        }
    }
    keeper.wake.notify_one();
}

/// Somebody left a window.
pub(crate) fn rest(inner: &Inner) {
    let mut permit = lock(&inner.searching.permit);
    if permit
        .as_ref()
        .is_some_and(|permit| !inner.sits(permit.user()))
    {
        *permit = None;
    }
}

/// Ends with the workstation, which is never kept alive from here: no wait holds it, nor the record.
async fn run(workstation: Weak<Inner>) {
    loop {
        let Some(more) = at(&workstation, index) else {
            return;
        };
        if more {
            pause();
            continue;
        }
        while embed(&workstation).await {
            pause();
        }
        let waits = |inner: &Inner| (inner.searching.wake.clone(), inner.engines.watch());
        let Some((wake, mut changes)) = at(&workstation, waits) else {
            return;
        };
        // Whoever let go of the workstation last took the runtime's timers with it: maybe it was this.
        if workstation.strong_count() == 0 {
            return;
        }
        tokio::select! {
            () = wake.notified() => {}
            _ = changes.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Lets others write.
fn pause() {
    tokio::task::block_in_place(|| std::thread::sleep(PAUSE));
}

/// Something done at the workstation, if it is still there.
fn at<T>(workstation: &Weak<Inner>, act: impl FnOnce(&Inner) -> T) -> Option<T> {
    let inner = workstation.upgrade()?;
    Some(tokio::task::block_in_place(|| act(&inner)))
}

/// One step through older texts; whether more is left.
fn index(inner: &Inner) -> bool {
    let stepped = inner
        .clinic()
        .and_then(|clinic| match clinic.is_unlocked() {
            true => Ok(clinic.index_older(STEP)? || clinic.compare_older(STEP)?),
            false => Ok(false),
        });
    stepped.unwrap_or_else(|error| {
        tracing::warn!(%error, "older texts were not added to the search, or patients not compared");
        false
    })
}

/// One batch of texts to the engine; whether more is left.
async fn embed(workstation: &Weak<Inner>) -> bool {
    let embedded = match at(workstation, waiting) {
        Some(Ok(Some(batch))) if workstation.strong_count() > 0 => {
            answered(workstation, batch).await
        }
        Some(Err(error)) => Err(error),
        Some(Ok(_)) | None => Ok(0),
    };
    let failing = embedded.is_err();
    let count = embedded.unwrap_or_else(|error| {
        tracing::warn!(%error, "texts got no vectors");
        0
    });
    at(workstation, |inner| {
        let changed = inner.searching.failing.swap(failing, Ordering::AcqRel) != failing;
        if changed || count > 0 {
            inner.changed(&[Tag::Engine]);
        }
    });
    count > 0
}

/// Texts on their way, and by whose leave.
struct Batch {
    permit: Permit,
    engine: Arc<dyn Embedder>,
    texts: Vec<ToEmbed>,
}

/// What is next, where there is an engine and a doctor who may read it.
fn waiting(inner: &Inner) -> Result<Option<Batch>, CommandError> {
    let clinic = inner.clinic()?;
    let (Some(permit), Some(engine)) = (
        lock(&inner.searching.permit).clone(),
        inner.engines.embedder(),
    ) else {
        return Ok(None);
    };
    if !clinic.is_unlocked() {
        return Ok(None);
    }
    let texts = clinic.to_embed(&permit, engine.name(), BATCH)?;
    if texts.is_empty() {
        return Ok(None);
    }
    // It leaves this machine: the journal knows before the engine does.
    clinic.note_reads(
        &permit,
        "search.embed",
        texts.iter().map(|one| one.patient_id),
    )?;
    Ok(Some(Batch {
        permit,
        engine,
        texts,
    }))
}

async fn answered(workstation: &Weak<Inner>, batch: Batch) -> Result<usize, CommandError> {
    let Batch {
        permit,
        engine,
        texts,
    } = batch;
    let words: Vec<_> = texts.iter().map(|one| one.text.clone()).collect();
    let numbers = engine.embed(&words).await?;
    if numbers.len() != texts.len() {
        return Err(CommandError::Defect);
    }
    let vectors: Vec<Vector> = texts
        .into_iter()
        .zip(numbers)
        .map(|(of, numbers)| Vector { of, numbers })
        .collect();
    let kept = at(workstation, |inner| -> Result<usize, CommandError> {
        inner
            .clinic()?
            .keep_vectors(&permit, engine.name(), &vectors)?;
        Ok(vectors.len())
    });
    kept.unwrap_or(Ok(0))
}
