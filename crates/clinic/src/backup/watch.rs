//! How far a backup or restore has come, and the wish to stop it.

use std::{
    sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering},
    time::Duration,
};

use super::problem::BackupProblem;
use crate::error::Result;

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
    gentle: AtomicBool,
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
    /// For work beside people: it rests a little after each piece.
    pub fn gentle() -> Self {
        Self {
            gentle: AtomicBool::new(true),
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
        if self.gentle.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }
}
