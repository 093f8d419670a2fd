//! From the record's words to the window's.

use std::path::Path;

use ::clinic::{
    self as record, BackupProgress, BackupRun, BackupState, BackupWatch, FoundSnapshot, Told,
};

use super::{
    BackupJobKind, BackupJobView, BackupOutcome, BackupPhase, BackupPlanView, BackupRunView,
    BackupStateView, SnapshotView,
};
use crate::error::ErrorView;

pub(crate) fn progress_view(kind: BackupJobKind, watch: &BackupWatch) -> BackupJobView {
    let BackupProgress { phase, done, total } = watch.progress();
    BackupJobView {
        kind,
        phase: match phase {
            record::BackupPhase::Waiting => BackupPhase::Waiting,
            record::BackupPhase::Database => BackupPhase::Database,
            record::BackupPhase::Files => BackupPhase::Files,
            record::BackupPhase::Proving => BackupPhase::Proving,
            record::BackupPhase::Tidying => BackupPhase::Tidying,
            record::BackupPhase::Swapping => BackupPhase::Swapping,
        },
        done,
        total,
    }
}

pub(super) fn state_view(state: BackupState, running: Option<BackupJobView>) -> BackupStateView {
    BackupStateView {
        planned: state.planned,
        daily: state.daily,
        running,
        last_verified: state.last_verified,
        problem: state.problem.map(told_view),
        overdue: state.overdue,
        next: state.next,
    }
}

pub(super) fn plan_view(plan: record::BackupPlan) -> BackupPlanView {
    BackupPlanView {
        free_bytes: free(&plan.target),
        folder: plan.target.display().to_string(),
        minute: plan.minute,
        daily: plan.daily,
    }
}

pub(super) fn run_view(run: BackupRun) -> BackupRunView {
    BackupRunView {
        started: run.started,
        ended: run.ended,
        outcome: match run.outcome {
            record::BackupOutcome::Verified => BackupOutcome::Verified,
            record::BackupOutcome::Failed => BackupOutcome::Failed,
            record::BackupOutcome::Cancelled => BackupOutcome::Cancelled,
        },
        bytes: run.done.map(|done| done.bytes),
        written: run.done.map(|done| done.written),
        files: run.done.map(|done| done.files),
        problem: run.problem.map(told_view),
    }
}

pub(crate) fn found_view(found: FoundSnapshot) -> SnapshotView {
    SnapshotView {
        name: found.name.to_string(),
        folder: found.folder.display().to_string(),
        at: found.name.at(),
        clinic_name: found.clinic_name,
        demo: found.demo,
        database_bytes: found.database_bytes,
        verified: found.verified,
    }
}

fn told_view(told: Told) -> ErrorView {
    ErrorView {
        code: told.code,
        message_id: told.message_id,
        args: told.args,
    }
}

fn free(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}
