//! A few threads that read, each over a connection of its own.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use futures_util::FutureExt;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{
    super::{Answer, LogError},
    broken, connect,
};

const THREADS: usize = 2;

type Read = Box<dyn FnOnce(&mut Connection) + Send>;

/// The queue to the threads, which end when it is dropped.
pub(super) struct Readers {
    queue: Sender<Read>,
}

impl Readers {
    pub(super) fn start(path: &Path) -> Result<Self, LogError> {
        let (queue, reads) = channel::<Read>();
        let reads = Arc::new(Mutex::new(reads));
        for number in 0..THREADS {
            let mut connection = connect(path)?;
            connection.pragma_update(None, "query_only", true)?;
            let reads = Arc::clone(&reads);
            thread::Builder::new()
                .name(format!("relay-reader-{number}"))
                .spawn(move || {
                    while let Some(read) = next(&reads) {
                        read(&mut connection);
                    }
                })
                .map_err(broken)?;
        }
        Ok(Self { queue })
    }

    pub(super) fn ask<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        let read: Read = Box::new(move |connection| {
            // Whoever asked may have gone.
            let _ = reply.send(read(connection));
        });
        let _ = self.queue.send(read);
        let stopped = || Err(LogError::Storage("the relay is stopping".to_owned()));
        async move { answer.await.unwrap_or_else(|_| stopped()) }.boxed()
    }
}

fn next(reads: &Mutex<Receiver<Read>>) -> Option<Read> {
    let reads = reads.lock().unwrap_or_else(PoisonError::into_inner);
    reads.recv().ok()
}
