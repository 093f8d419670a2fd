//! Handlers of bringing a backup back. Nobody need be able to sign in: a new machine has no clinic yet, and a
//! damaged one opens for nobody. What opens the backup – an administrator's password or the recovery phrase –
//! is the leave.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use ::clinic::{BackupProblem, BackupWatch, Clinic, ClinicError, Restoration, SnapshotKey};

use super::{FindBackupsRequest, RestoreKey, RestoreRequest, RestoreStateView};
use crate::{
    backup::{BackupJobKind, SnapshotView, found_view, progress_view},
    dispatch::Call,
    error::{CommandError, ErrorView},
    table::Tag,
    workstation::{Inner, lock},
};

/// A restore of this workstation.
#[derive(Default)]
pub(crate) struct Restoring {
    job: Mutex<Option<Job>>,
}

struct Job {
    watch: Arc<BackupWatch>,
    ended: Option<Option<ErrorView>>,
}

pub(super) fn find(
    _call: &Call<'_>,
    request: FindBackupsRequest,
) -> Result<Vec<SnapshotView>, CommandError> {
    let found = Clinic::snapshots_in(&PathBuf::from(request.folder))?;
    if found.is_empty() {
        return Err(ClinicError::from(BackupProblem::None).into());
    }
    Ok(found.into_iter().map(found_view).collect())
}

pub(super) fn start(
    call: &Call<'_>,
    request: RestoreRequest,
) -> Result<RestoreStateView, CommandError> {
    let wanted = Restoration {
        folder: PathBuf::from(request.folder),
        key: match request.key {
            RestoreKey::Phrase { phrase } => SnapshotKey::Phrase(phrase),
            RestoreKey::Password {
                login,
                password,
                device_passphrase,
            } => SnapshotKey::Password {
                login,
                password,
                device_passphrase,
            },
        },
    };
    let inner = call.inner();
    let watch = Arc::new(BackupWatch::default());
    {
        let mut job = lock(&inner.restoring.job);
        if job.as_ref().is_some_and(|job| job.ended.is_none()) {
            return Err(ClinicError::from(BackupProblem::Running).into());
        }
        *job = Some(Job {
            watch: watch.clone(),
            ended: None,
        });
    }
    let kept = call.inner_arc().clone();
    let started = std::thread::Builder::new()
        .name("restore".into())
        .spawn(move || {
            let problem = bring_back(&kept, &wanted, &watch)
                .err()
                .map(ErrorView::from);
            if let Some(job) = &mut *lock(&kept.restoring.job) {
                job.ended = Some(problem);
            }
            kept.changed(&[Tag::Setup, Tag::Session, Tag::Backup]);
        });
    if started.is_err() {
        *lock(&inner.restoring.job) = None;
        return Err(CommandError::Defect);
    }
    state(call, ())
}

pub(super) fn state(call: &Call<'_>, (): ()) -> Result<RestoreStateView, CommandError> {
    let job = lock(&call.inner().restoring.job);
    let running = job.as_ref().filter(|job| job.ended.is_none());
    let ended = job.as_ref().and_then(|job| job.ended.clone());
    Ok(RestoreStateView {
        running: running.map(|job| progress_view(BackupJobKind::Restore, &job.watch)),
        restored: matches!(ended, Some(None)),
        problem: ended.flatten(),
    })
}

pub(super) fn cancel(call: &Call<'_>, (): ()) -> Result<RestoreStateView, CommandError> {
    if let Some(job) = &*lock(&call.inner().restoring.job) {
        job.watch.cancel();
    }
    state(call, ())
}

fn bring_back(
    inner: &Arc<Inner>,
    wanted: &Restoration,
    watch: &BackupWatch,
) -> Result<(), CommandError> {
    match inner.clinic() {
        Ok(clinic) => {
            // What runs here belongs to the record that goes.
            lock(&inner.rooms).clear();
            clinic.restore_over(wanted, watch)?;
        }
        Err(_) => {
            let dir = &inner.options.data_dir;
            Clinic::restore(dir, wanted, &*inner.keychain, &*inner.clock, watch)?;
            let clinic = Clinic::open(dir, inner.keychain.clone(), inner.clock.clone())?;
            inner.set_clinic(clinic);
        }
    }
    inner.pictures.clear();
    inner.previews.clear();
    for window in inner.windows() {
        inner.leave(&window);
        inner.session_changed(&window, None);
    }
    Ok(())
}
