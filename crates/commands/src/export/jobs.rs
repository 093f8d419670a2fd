//! The export that runs: one at a time. Whoever began it sees it and may stop it; nobody else does. It goes on after
//! its person locked, and keeps the record's key until it is done.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use basics::{Code, Coded, PatientId, UserId};

use super::{ExportJobView, ExportStateView, ExportedView, files::Folder, write::Exporter};
use crate::{
    error::{CommandError, ErrorView},
    table::Tag,
    workstation::{Inner, lock},
};

/// Exports of this workstation.
#[derive(Default)]
pub(crate) struct Exports {
    job: Mutex<Option<Job>>,
    last: Mutex<Option<Last>>,
    /// What was told last, so that nothing is said twice.
    told: Mutex<Option<ExportJobView>>,
}

struct Job {
    by: UserId,
    patient: Option<PatientId>,
    watch: Arc<Watch>,
}

/// How the newest ended, and who may know.
struct Last {
    by: UserId,
    patient: Option<PatientId>,
    ended: Result<ExportedView, ErrorView>,
}

/// Shared between the one who writes and the one who looks on.
#[derive(Default)]
pub(super) struct Watch {
    cancelled: AtomicBool,
    pub(super) patients: AtomicU64,
    pub(super) total: AtomicU64,
    pub(super) bytes: AtomicU64,
}

impl Watch {
    /// Between two files: stops where that was asked for.
    pub(super) fn go_on(&self) -> Result<(), CommandError> {
        match self.cancelled.load(Ordering::Acquire) {
            true => Err(CommandError::ExportCancelled),
            false => Ok(()),
        }
    }

    fn view(&self) -> ExportJobView {
        ExportJobView {
            patients: self.patients.load(Ordering::Relaxed),
            total: self.total.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }
}

/// Where this person's export stands.
pub(super) fn state(inner: &Inner, user: UserId) -> ExportStateView {
    if let Some(job) = &*lock(&inner.exports.job)
        && job.by == user
    {
        return ExportStateView {
            patient_id: job.patient,
            running: Some(job.watch.view()),
            ..ExportStateView::default()
        };
    }
    match &*lock(&inner.exports.last) {
        Some(last) if last.by == user => ExportStateView {
            patient_id: last.patient,
            running: None,
            done: last.ended.as_ref().ok().cloned(),
            problem: last.ended.as_ref().err().cloned(),
        },
        _ => ExportStateView::default(),
    }
}

pub(super) fn cancel(inner: &Inner, user: UserId) {
    if let Some(job) = &*lock(&inner.exports.job)
        && job.by == user
    {
        job.watch.cancelled.store(true, Ordering::Release);
    }
}

/// Tells the windows that an export went on. Called every other second.
pub(crate) fn look(inner: &Inner) {
    let now = lock(&inner.exports.job)
        .as_ref()
        .map(|job| job.watch.view());
    let before = std::mem::replace(&mut *lock(&inner.exports.told), now);
    if now.is_some() && now != before {
        inner.changed(&[Tag::Export]);
    }
}

/// Begins to write, unless an export runs already.
pub(super) fn begin(
    inner: &Arc<Inner>,
    exporter: Exporter,
    patient: Option<PatientId>,
    mut folder: Folder,
) -> Result<(), CommandError> {
    let hold = exporter.clinic.hold()?;
    let watch = Arc::new(Watch::default());
    let by = exporter.session.user();
    {
        let mut job = lock(&inner.exports.job);
        if job.is_some() {
            return Err(CommandError::ExportRuns);
        }
        *job = Some(Job {
            by,
            patient,
            watch: watch.clone(),
        });
        *lock(&inner.exports.last) = None;
    }
    let kept = inner.clone();
    let work = move || {
        let _over = Over(&kept);
        let written = exporter.write(&kept, &mut folder, patient, &watch);
        let ended = written.and_then(|()| folder.finish());
        // What is half-written is gone before anybody hears that it is.
        drop(folder);
        if let Err(error) = &ended {
            if error.code() != Code::Cancelled {
                tracing::warn!(%error, "the export failed");
            }
            exporter.note_end(patient, error.code());
        }
        let ended = ended.map_err(ErrorView::from);
        *lock(&kept.exports.last) = Some(Last { by, patient, ended });
        drop(hold);
    };
    let thread = std::thread::Builder::new().name("export".into());
    if thread.spawn(work).is_err() {
        *lock(&inner.exports.job) = None;
        return Err(CommandError::Defect);
    }
    Ok(())
}

/// However the work ends, the place is free again and the windows look anew.
struct Over<'a>(&'a Inner);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        *lock(&self.0.exports.job) = None;
        self.0.changed(&[Tag::Export, Tag::Journal]);
    }
}

impl Exports {
    /// Stops what runs; the program ends.
    pub(crate) fn stop(&self) {
        if let Some(job) = &*lock(&self.job) {
            job.watch.cancelled.store(true, Ordering::Release);
        }
    }
}
