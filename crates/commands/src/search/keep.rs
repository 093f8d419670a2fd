//! Behind the screens: brings into the index what is older than it, compares patients who were in the
//! record before anybody compared them, and has the engine that is set make vectors of the newest texts.
//! All go in small steps that a restart takes up again, and all rest while the record is locked. Texts go
//! to the engine only while the doctor who may read them sits at a window.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ::clinic::{ActiveSession, Permission, Permit, Role, ToEmbed, Vector, authorize};
use ::language::Embedder;
use basics::Phi;
use sha2::{Digest, Sha256};
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

/// Stands for a text as one engine gets it.
type Print = [u8; 32];

/// The one who keeps the search up to date.
#[derive(Default)]
pub(crate) struct Keeper {
    started: AtomicBool,
    failing: AtomicBool,
    /// Prints of texts that an engine does not take: they hold up no others, and are found by words.
    refused: Mutex<HashSet<Print>>,
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
    let refused = lock(&inner.searching.refused).clone();
    let more = u32::try_from(refused.len()).unwrap_or(u32::MAX);
    let mut texts = clinic.to_embed(&permit, engine.name(), BATCH.saturating_add(more))?;
    texts.retain(|one| !refused.contains(&print(engine.as_ref(), &one.text)));
    texts.truncate(BATCH as usize);
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
    let (vectors, refused) = vectors(engine.as_ref(), texts).await?;
    let kept = at(workstation, |inner| -> Result<usize, CommandError> {
        inner
            .clinic()?
            .keep_vectors(&permit, engine.name(), &vectors)?;
        let settled = vectors.len() + refused.len();
        lock(&inner.searching.refused).extend(refused);
        Ok(settled)
    });
    kept.unwrap_or(Ok(0))
}

/// The vectors of these texts, and the prints of those that the engine does not take, for example
/// because they are too long for it.
async fn vectors(
    engine: &dyn Embedder,
    texts: Vec<ToEmbed>,
) -> Result<(Vec<Vector>, Vec<Print>), CommandError> {
    let words: Vec<_> = texts.iter().map(|one| one.text.clone()).collect();
    let numbers = match engine.embed(&words).await {
        Ok(numbers) if numbers.len() == texts.len() => {
            numbers.into_iter().map(Some).collect::<Vec<_>>()
        }
        Ok(_) => return Err(CommandError::Defect),
        Err(error) if error.is_of_the_text() => {
            // Is it the engine after all?
            engine.check().await?;
            one_by_one(engine, &words).await?
        }
        Err(error) => return Err(error.into()),
    };
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for (of, numbers) in texts.into_iter().zip(numbers) {
        match numbers {
            Some(numbers) => taken.push(Vector { of, numbers }),
            None => refused.push(print(engine, &of.text)),
        }
    }
    Ok((taken, refused))
}

/// Each text alone; none for one that the engine does not take.
async fn one_by_one(
    engine: &dyn Embedder,
    words: &[Phi<String>],
) -> Result<Vec<Option<Vec<f32>>>, CommandError> {
    let mut all = Vec::new();
    for one in words {
        all.push(match engine.embed(std::slice::from_ref(one)).await {
            Ok(mut numbers) => numbers.pop(),
            Err(error) if error.is_of_the_text() => None,
            Err(error) => return Err(error.into()),
        });
    }
    Ok(all)
}

fn print(engine: &dyn Embedder, text: &Phi<String>) -> Print {
    Sha256::new()
        .chain_update(engine.name())
        .chain_update([0])
        .chain_update(text.expose())
        .finalize()
        .into()
}
