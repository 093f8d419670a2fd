//! How far a backup or restore has come, and the wish to stop it.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use super::problem::BackupProblem;
use crate::{
    clinic::lock_of,
    error::{ClinicError, Result},
};

/// The longest rest after one piece: a disk that hangs is no reason to hang as long again.
const REST: Duration = Duration::from_millis(10);
/// The disk gets what was written after so many bytes, so that nobody else's commit waits for all of it:
/// a commit cannot be durable before what the file system has taken on with it.
const WRITTEN_GENTLY: u64 = 1024 * 1024;
const WRITTEN: u64 = 16 * 1024 * 1024;
/// Steps down from everybody's priority: a quarter of their share where all of it is wanted, so that it still ends.
#[cfg(target_os = "linux")]
const LAST: i32 = 5;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupPhase {
    /// Not begun.
    Waiting,
    /// The database is copied while people write.
    Database,
    /// Files of the vault are copied.
    Files,
    /// It is restored into a temporary place and checked.
    Proving,
    /// Old snapshots go.
    Tidying,
    /// The restored record takes its place; this cannot be cancelled.
    Swapping,
}

const PHASES: [BackupPhase; 6] = [
    BackupPhase::Waiting,
    BackupPhase::Database,
    BackupPhase::Files,
    BackupPhase::Proving,
    BackupPhase::Tidying,
    BackupPhase::Swapping,
];

/// Shared between the one who works and the one who looks on.
#[derive(Debug, Default)]
pub struct BackupWatch {
    cancelled: AtomicBool,
    /// Let others at the disk and the processor in between.
    gentle: bool,
    /// When the last rest ended.
    rested: Mutex<Option<Instant>>,
    phase: AtomicU8,
    done: AtomicU64,
    total: AtomicU64,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupProgress {
    /// What is being done.
    pub phase: BackupPhase,
    /// Bytes of this phase that are done.
    pub done: u64,
    /// Bytes of this phase; 0 where nobody knows.
    pub total: u64,
}

impl BackupWatch {
    /// For work beside people: small pieces, and after each a rest as long as the piece took, so that half
    /// of the disk and of the processor stays theirs.
    pub fn gentle() -> Self {
        Self {
            gentle: true,
            ..Self::default()
        }
    }

    /// Asks it to stop; it does within a moment and leaves nothing half-done behind.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
    }

    /// How far it has come.
    pub fn progress(&self) -> BackupProgress {
        let phase = usize::from(self.phase.load(Ordering::Acquire));
        BackupProgress {
            phase: PHASES.get(phase).copied().unwrap_or(BackupPhase::Waiting),
            done: self.done.load(Ordering::Relaxed),
            total: self.total.load(Ordering::Relaxed),
        }
    }

    pub(super) fn begin(&self, phase: BackupPhase, total: u64) {
        let number = PHASES.iter().position(|one| *one == phase).unwrap_or(0);
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.phase
            .store(u8::try_from(number).unwrap_or(0), Ordering::Release);
    }

    pub(super) fn at(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    pub(super) fn add(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Between two pieces: stops where that was asked for, and lets others work.
    pub(super) fn breathe(&self) -> Result<()> {
        if self.cancelled.load(Ordering::Acquire) {
            return Err(BackupProblem::Cancelled.into());
        }
        self.rest();
        Ok(())
    }

    /// Lets others work, where that was asked for.
    pub(super) fn rest(&self) {
        if !self.gentle {
            return;
        }
        let mut rested = lock_of(&self.rested);
        if let Some(since) = *rested {
            std::thread::sleep(since.elapsed().min(REST));
        }
        *rested = Some(Instant::now());
    }

    /// Bytes after which the disk gets what was written.
    pub(super) fn written(&self) -> u64 {
        match self.gentle {
            true => WRITTEN_GENTLY,
            false => WRITTEN,
        }
    }

    /// Runs `act` beside people, where that was asked for: in a thread of its own that comes last at the
    /// processor. (On Linux, where a priority is a thread's; elsewhere it would be the whole program's.)
    pub(super) fn beside_people<T: Send>(
        &self,
        act: impl FnOnce() -> Result<T> + Send,
    ) -> Result<T> {
        if !self.gentle {
            return act();
        }
        std::thread::scope(|scope| {
            let last = scope.spawn(|| {
                #[cfg(target_os = "linux")]
                if let Err(error) = rustix::process::nice(LAST) {
                    tracing::warn!(%error, "the backup has everybody's priority");
                }
                act()
            });
            let defect = Err(ClinicError::Internal("backup thread"));
            last.join().unwrap_or(defect)
        })
    }
}
