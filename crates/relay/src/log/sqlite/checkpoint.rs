//! Brings the write-ahead log home beside the writer, so that no commit waits for it.
//!
//! While envelopes keep coming, the log is never quite at home when a checkpoint ends, and SQLite begins it
//! anew only when it is. So above a size the writer is asked to bring home the little that is left.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use rusqlite::Connection;

use super::{super::LogError, broken};

/// Between two checkpoints, at least: what is written twice in between is brought home once.
const PAUSE: Duration = Duration::from_secs(1);
/// Pages in the log above which the writer is asked: 64 MiB.
const LONG: i64 = 16 * 1024;

/// The writer's side.
pub(super) struct Checkpoints {
    committed: SyncSender<()>,
    asked: Arc<AtomicBool>,
}

impl Checkpoints {
    /// Starts the thread, over a connection of its own; it ends when this is dropped.
    pub(super) fn start(connection: Connection) -> Result<Self, LogError> {
        let (committed, commits) = sync_channel(1);
        let asked = Arc::new(AtomicBool::new(false));
        let ask = Arc::clone(&asked);
        thread::Builder::new()
            .name("relay-checkpoint".to_owned())
            .spawn(move || bring_home(&connection, &commits, &ask))
            .map_err(broken)?;
        Ok(Self { committed, asked })
    }

    /// After each commit, on the writer's own connection.
    pub(super) fn committed(&self, connection: &Connection) {
        // One note is as good as many.
        let _ = self.committed.try_send(());
        if self.asked.swap(false, Ordering::Relaxed) {
            checkpoint(connection);
        }
    }
}

fn bring_home(connection: &Connection, commits: &Receiver<()>, ask: &AtomicBool) {
    while commits.recv().is_ok() {
        let pages = checkpoint(connection);
        ask.store(pages > LONG, Ordering::Relaxed);
        thread::sleep(PAUSE);
    }
}

/// As far as it goes without making anyone wait; answers how long the log is, in pages.
fn checkpoint(connection: &Connection) -> i64 {
    let done = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1));
    done.unwrap_or_else(|error| {
        // The log only grows longer; a full disk is told where an envelope does not fit.
        tracing::warn!(%error, "the write-ahead log stays where it is");
        0
    })
}
