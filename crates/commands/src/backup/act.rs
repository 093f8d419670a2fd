//! Handlers of backups.

use std::path::{Path, PathBuf};

use ::clinic::{BackupPlan, BackupProblem, BackupState, Clinic, ClinicError};
use jiff::{Zoned, tz::TimeZone};

use super::{
    BackupStateView, BackupView, PlanBackupsRequest, SnapshotRequest, jobs,
    views::{found_view, plan_view, run_view, state_view},
};
use crate::{dispatch::Call, error::CommandError, workstation::Inner};

/// Tries that are shown.
const RUNS: u32 = 30;

pub(super) fn state(call: &Call<'_>, (): ()) -> Result<BackupStateView, CommandError> {
    let inner = call.inner();
    // A locked window may keep its bottom bar; a locked record has nothing to say.
    let state = inner.clinic()?.backup_state(&now(inner));
    Ok(state_view(state?, jobs::running(inner)))
}

pub(super) fn view(call: &Call<'_>, (): ()) -> Result<BackupView, CommandError> {
    call.clinic()?
        .note_read(call.permit()?, call.verb(), None)?;
    shown(call)
}

pub(super) fn plan(
    call: &Call<'_>,
    request: PlanBackupsRequest,
) -> Result<BackupView, CommandError> {
    let plan = BackupPlan {
        target: PathBuf::from(request.folder),
        minute: request.minute,
        daily: request.daily,
    };
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.plan_backups(&plan)
        })?;
    shown(call)
}

pub(super) fn start(call: &Call<'_>, (): ()) -> Result<BackupStateView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    if clinic.backup_plan(permit)?.is_none() {
        return Err(ClinicError::from(BackupProblem::NoTarget).into());
    }
    clinic.note(permit, call.verb(), &[])?;
    jobs::back_up(call.inner_arc(), Some(permit.clone()))?;
    state(call, ())
}

pub(super) fn check(
    call: &Call<'_>,
    request: SnapshotRequest,
) -> Result<BackupStateView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let plan = clinic.backup_plan(permit)?;
    let plan = plan.ok_or(ClinicError::from(BackupProblem::NoTarget))?;
    // Only what the list shows: the name of a folder is never put together from what a window says.
    let found = Clinic::snapshots_in(&plan.target)?
        .into_iter()
        .find(|found| found.name.to_string() == request.name)
        .ok_or(CommandError::NotFound { what: "backup" })?;
    clinic.note(permit, call.verb(), &[])?;
    jobs::check(call.inner_arc(), permit.clone(), found)?;
    state(call, ())
}

pub(super) fn cancel(call: &Call<'_>, (): ()) -> Result<BackupStateView, CommandError> {
    call.clinic()?.note(call.permit()?, call.verb(), &[])?;
    jobs::cancel(call.inner());
    state(call, ())
}

/// The moment by the clock on the wall.
pub(super) fn now(inner: &Inner) -> Zoned {
    inner.clock.now().to_zoned(TimeZone::system())
}

pub(super) fn standing(inner: &Inner) -> Result<BackupState, CommandError> {
    Ok(inner.clinic()?.backup_state(&now(inner))?)
}

fn shown(call: &Call<'_>) -> Result<BackupView, CommandError> {
    let (inner, clinic, permit) = (call.inner(), call.clinic()?, call.permit()?);
    let plan = clinic.backup_plan(permit)?;
    let listed = match &plan {
        None => Ok(Vec::new()),
        Some(plan) => snapshots(&plan.target),
    };
    let (snapshots, folder_problem) = match listed {
        Ok(found) => (found.into_iter().map(found_view).collect(), None),
        Err(error) => (Vec::new(), Some(error.into())),
    };
    Ok(BackupView {
        state: state(call, ())?,
        plan: plan.map(plan_view),
        runs: clinic
            .backup_runs(permit, RUNS)?
            .into_iter()
            .map(run_view)
            .collect(),
        snapshots,
        folder_problem,
        checked: jobs::checked(inner),
    })
}

fn snapshots(folder: &Path) -> Result<Vec<::clinic::FoundSnapshot>, ClinicError> {
    Clinic::snapshots_in(folder)
}
