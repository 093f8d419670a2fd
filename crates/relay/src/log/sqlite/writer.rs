//! The one thread that writes, and its group commit: everything that waits becomes one transaction and
//! one sync; only then is anyone answered or told.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Instant,
};

use futures_util::FutureExt;
use tokio::sync::oneshot;

use super::{
    super::{Answer, LogError},
    Options, broken,
    checkpoint::Checkpoints,
    desk::Desk,
};

/// Acts in one transaction, at most.
const BATCH: usize = 1024;

/// The queue to the thread, which ends when the last of these is dropped.
#[derive(Clone)]
pub(super) struct Writer {
    queue: Sender<Box<dyn Act>>,
}

/// Something to do inside the transaction, and someone who waits for its answer.
trait Act: Send {
    /// Does it; an error means that the transaction is lost.
    fn perform(&mut self, desk: &mut Desk) -> Result<(), LogError>;
    /// Answers; `lost` says why nothing was stored.
    fn answer(self: Box<Self>, lost: Option<&LogError>);
}

struct Waiting<T, F> {
    act: Option<F>,
    outcome: Option<Result<T, LogError>>,
    reply: oneshot::Sender<Result<T, LogError>>,
}

impl<T, F> Act for Waiting<T, F>
where
    T: Send,
    F: FnOnce(&mut Desk) -> Result<T, LogError> + Send,
{
    fn perform(&mut self, desk: &mut Desk) -> Result<(), LogError> {
        let Some(act) = self.act.take() else {
            return Ok(());
        };
        match act(desk) {
            Err(LogError::Storage(why)) => Err(LogError::Storage(why)),
            outcome => {
                self.outcome = Some(outcome);
                Ok(())
            }
        }
    }

    fn answer(self: Box<Self>, lost: Option<&LogError>) {
        let outcome = match (lost, self.outcome) {
            (Some(lost), _) => Err(lost.clone()),
            (None, outcome) => outcome.unwrap_or(Err(stopped())),
        };
        // Whoever asked may have gone.
        let _ = self.reply.send(outcome);
    }
}

impl Writer {
    pub(super) fn start(
        desk: Desk,
        checkpoints: Checkpoints,
        options: Options,
    ) -> Result<Self, LogError> {
        let (queue, acts) = channel();
        thread::Builder::new()
            .name("relay-writer".to_owned())
            .spawn(move || write(desk, &acts, &checkpoints, &options))
            .map_err(broken)?;
        Ok(Self { queue })
    }

    /// Puts an act into the queue at once; its answer comes after the commit.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Desk) -> Result<T, LogError> + Send + 'static,
    ) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting {
            act: Some(act),
            outcome: None,
            reply,
        };
        // A thread that is gone drops the reply, which is then the answer.
        let _ = self.queue.send(Box::new(waiting));
        async move { answer.await.unwrap_or(Err(stopped())) }.boxed()
    }
}

fn stopped() -> LogError {
    LogError::Storage("the relay is stopping".to_owned())
}

fn write(
    mut desk: Desk,
    acts: &Receiver<Box<dyn Act>>,
    checkpoints: &Checkpoints,
    options: &Options,
) {
    let (tell, committed) = (Arc::clone(&options.tell), Arc::clone(&options.committed));
    while let Ok(first) = acts.recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Ok(next) = acts.try_recv()
        {
            batch.push(next);
        }
        let began = Instant::now();
        let lost = desk.transaction(|desk| batch.iter_mut().try_for_each(|act| act.perform(desk)));
        let lost = lost.err();
        if let Some(why) = &lost {
            tracing::error!(acts = batch.len(), %why, "nothing was stored");
        }
        committed(batch.len(), began.elapsed());
        let news = desk.take_news();
        if !news.is_empty() {
            tell(news);
        }
        for act in batch {
            act.answer(lost.as_ref());
        }
        checkpoints.committed(&desk.connection);
    }
}
