//! What runs in the background: one backup, check or restore at a time, and the look at the clock that starts
//! the daily one.
//!
//! The record is open only while somebody is signed in; without its key nothing can be copied or proved. So
//! the daily backup begins at its time where somebody works then, and otherwise as soon as somebody signs in.
//! Once begun it keeps the key until it is done, also after everybody locked.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use ::clinic::{BackupProblem, BackupWatch, ClinicError, FoundSnapshot, Permit, Proved};

use super::{
    BackupJobKind, BackupJobView, CheckedView, WholeView, act::standing, views::progress_view,
};
use crate::{
    error::{CommandError, ErrorView},
    table::Tag,
    workstation::{Inner, lock},
};

/// How often the plan is looked at.
const LOOK: Duration = Duration::from_secs(20);

/// Backups of this workstation.
#[derive(Default)]
pub(crate) struct Backups {
    job: Mutex<Option<Job>>,
    checked: Mutex<Option<CheckedView>>,
    looked: Mutex<Option<Instant>>,
    /// What was told last, so that nothing is said twice.
    told: Mutex<Option<BackupJobView>>,
}

struct Job {
    kind: BackupJobKind,
    watch: Arc<BackupWatch>,
}

/// What runs now.
pub(super) fn running(inner: &Inner) -> Option<BackupJobView> {
    let job = lock(&inner.backups.job);
    job.as_ref().map(|job| progress_view(job.kind, &job.watch))
}

/// How the last check ended.
pub(super) fn checked(inner: &Inner) -> Option<CheckedView> {
    lock(&inner.backups.checked).clone()
}

pub(super) fn cancel(inner: &Inner) {
    if let Some(job) = &*lock(&inner.backups.job) {
        job.watch.cancel();
    }
}

/// Looks at the clock, and tells the windows how far a job has come. Called every other second.
pub(crate) fn look(inner: &Arc<Inner>) {
    let now = running(inner);
    let before = std::mem::replace(&mut *lock(&inner.backups.told), now.clone());
    if now != before
        && let Some(now) = &now
    {
        match serde_json::to_value(now) {
            Ok(payload) => inner.host.emit(None, "backup.progress", payload),
            Err(error) => tracing::error!(%error, "backup.progress"),
        }
    }
    {
        let mut looked = lock(&inner.backups.looked);
        if now.is_some() || looked.is_some_and(|looked| looked.elapsed() < LOOK) {
            return;
        }
        *looked = Some(Instant::now());
    }
    let open = inner.clinic().is_ok_and(|clinic| clinic.is_unlocked());
    if !open {
        // The next sign-in is looked at without delay.
        *lock(&inner.backups.looked) = None;
        return;
    }
    match standing(inner) {
        Ok(state) if state.due => {
            if let Err(error) = back_up(inner, None) {
                tracing::error!(%error, "the daily backup did not begin");
            }
        }
        Ok(_) | Err(CommandError::Clinic(ClinicError::Locked)) => {}
        Err(error) => tracing::error!(%error, "the plan of the backups"),
    }
}

/// Begins a backup: by a person's leave, or by the plan.
pub(super) fn back_up(inner: &Arc<Inner>, permit: Option<Permit>) -> Result<(), CommandError> {
    let clinic = inner.clinic()?;
    let hold = clinic.hold()?;
    run(inner, BackupJobKind::Backup, move |inner, watch| {
        let done = match &permit {
            Some(permit) => clinic.back_up(permit, watch),
            None => clinic.back_up_as_planned(watch),
        };
        if let Err(error) = &done {
            tracing::warn!(%error, "the backup failed");
        }
        drop(hold);
        inner.changed(&[Tag::Backup, Tag::Journal]);
    })
}

/// Begins a check of a snapshot.
pub(super) fn check(
    inner: &Arc<Inner>,
    permit: Permit,
    found: FoundSnapshot,
) -> Result<(), CommandError> {
    let clinic = inner.clinic()?;
    let hold = clinic.hold()?;
    run(inner, BackupJobKind::Check, move |inner, watch| {
        let proved = clinic.prove_snapshot(&permit, &found.folder, watch);
        *lock(&inner.backups.checked) = Some(checked_view(&found, proved));
        drop(hold);
        inner.changed(&[Tag::Backup]);
    })
}

fn checked_view(found: &FoundSnapshot, proved: Result<Proved, ClinicError>) -> CheckedView {
    let (whole, problem) = match proved {
        Ok(proved) => {
            let whole = WholeView {
                bytes: proved.bytes,
                files: proved.files,
                journal_rows: proved.journal_rows,
            };
            (Some(whole), None)
        }
        Err(error) => (None, Some(ErrorView::from(error))),
    };
    CheckedView {
        name: found.name.to_string(),
        whole,
        problem,
    }
}

/// Runs work in a thread of its own, unless something runs already.
fn run(
    inner: &Arc<Inner>,
    kind: BackupJobKind,
    work: impl FnOnce(&Inner, &BackupWatch) + Send + 'static,
) -> Result<(), CommandError> {
    // It works beside people who wait for their screens.
    let watch = Arc::new(BackupWatch::gentle());
    {
        let mut job = lock(&inner.backups.job);
        if job.is_some() {
            return Err(ClinicError::from(BackupProblem::Running).into());
        }
        *job = Some(Job {
            kind,
            watch: watch.clone(),
        });
    }
    let kept = inner.clone();
    let started = std::thread::Builder::new()
        .name("backup".into())
        .spawn(move || {
            let _over = Over(&kept);
            work(&kept, &watch);
        });
    if started.is_err() {
        *lock(&inner.backups.job) = None;
        return Err(CommandError::Defect);
    }
    Ok(())
}

/// However the work ends, the place is free again and the windows look anew.
struct Over<'a>(&'a Inner);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        *lock(&self.0.backups.job) = None;
        self.0.changed(&[Tag::Backup]);
    }
}

impl Backups {
    /// Stops what runs; the program ends.
    pub(crate) fn stop(&self) {
        if let Some(job) = &*lock(&self.job) {
            job.watch.cancel();
        }
    }
}
