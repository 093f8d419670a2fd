//! What became of the backups: for the bottom bar, the administrator's list, and – in `backup.json`, outside
//! the database – for the day on which the database cannot be read any more.

use std::{
    fs,
    path::{Path, PathBuf},
};

use basics::Timestamp;
use jiff::{SignedDuration, Zoned};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{
    make::BackupDone,
    place::{FoundSnapshot, SnapshotName},
    plan::{self, next_slot},
    problem::Told,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    durable,
    error::{ClinicError, Result},
    record::sql,
    store::Store,
};

const FILE: &str = "backup.json";
/// Without a success for so long a daily backup is overdue.
const OVERDUE: SignedDuration = SignedDuration::from_hours(36);

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupOutcome {
    /// A restore of it succeeded.
    Verified,
    /// It failed.
    Failed,
    /// The person cancelled.
    Cancelled,
}

/// One try.
#[derive(Clone, Debug)]
pub struct BackupRun {
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How.
    pub outcome: BackupOutcome,
    /// The snapshot it made.
    pub snapshot: Option<String>,
    /// Bytes of the snapshot with all it shares, and of what was new.
    pub done: Option<BackupDone>,
    /// What went wrong.
    pub problem: Option<Told>,
}

/// Where backups stand, for whoever works here.
#[derive(Clone, Debug)]
pub struct BackupState {
    /// A folder was chosen.
    pub planned: bool,
    /// Made daily by itself.
    pub daily: bool,
    /// The newest snapshot that a restore proved.
    pub last_verified: Option<Timestamp>,
    /// When the newest try began.
    pub last_try: Option<Timestamp>,
    /// What went wrong with the newest try.
    pub problem: Option<Told>,
    /// No success for longer than a day and a half.
    pub overdue: bool,
    /// When the next one is planned.
    pub next: Option<Timestamp>,
    /// It should be made now.
    pub due: bool,
}

/// The last verified backup as `backup.json` names it.
#[derive(Clone, Debug)]
pub struct LastBackup {
    /// When it was begun.
    pub at: Timestamp,
    /// Its folder.
    pub folder: PathBuf,
    /// It is there now; otherwise the stick is missing.
    pub there: bool,
}

/// `backup.json`: no person's data, and nothing that must stay secret.
#[derive(Default, Serialize, Deserialize)]
struct Remembered {
    target: Option<PathBuf>,
    /// Folder of the last verified snapshot.
    verified: Option<PathBuf>,
}

/// What a row of `backup_runs` says in JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum About {
    Done(BackupDone),
    Problem(Told),
}

impl Clinic {
    /// Where backups stand, for whoever is signed in and for the one who makes them: it shows no patient.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn backup_state(&self, now: &Zoned) -> Result<BackupState> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let plan = plan::read(db)?;
        let newest = run(db, false)?;
        let verified = run(db, true)?;
        let planned_at: Option<i64> = db
            .prepare_cached("SELECT at FROM backup_plan WHERE id = 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let last_verified = verified.map(|run| run.started);
        let last_try = newest.as_ref().map(|run| run.started);
        let since = last_verified
            .or(planned_at.and_then(|at| Timestamp::from_millisecond(at).ok()))
            .map(|at| now.timestamp().duration_since(at));
        let daily = plan.as_ref().is_some_and(|plan| plan.daily);
        Ok(BackupState {
            planned: plan.is_some(),
            daily,
            last_verified,
            last_try,
            problem: newest.and_then(|run| run.problem),
            overdue: daily && since.is_some_and(|since| since > OVERDUE),
            next: plan
                .as_ref()
                .filter(|plan| plan.daily)
                .and_then(|plan| next_slot(plan, now)),
            due: plan
                .as_ref()
                .is_some_and(|plan| plan::is_due(plan, last_verified, last_try, now)),
        })
    }

    /// The newest tries, newest first.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn backup_runs(&self, permit: &Permit, limit: u32) -> Result<Vec<BackupRun>> {
        permit.needs(Permission::ManageBackups)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        runs(reader.db()?, false, limit)
    }

    /// The last verified backup of the record in this folder, before anybody signs in: the record itself
    /// may not open any more. `None` where none is known.
    pub fn last_backup_of(dir: &Path) -> Option<LastBackup> {
        let folder = remembered(dir).verified?;
        let name: SnapshotName = folder.file_name()?.to_str()?.parse().ok()?;
        Some(LastBackup {
            at: name.at(),
            there: folder.join(super::place::MANIFEST).is_file(),
            folder,
        })
    }

    /// Snapshots in or at a folder, newest first, as anybody in front of the workstation may see them.
    ///
    /// # Errors
    /// [`ClinicError::Backup`] where the folder is missing or cannot be read.
    pub fn snapshots_in(folder: &Path) -> Result<Vec<FoundSnapshot>> {
        super::place::find(folder)
    }
}

/// Keeps how a try ended, together with its row in the journal.
pub(super) fn keep(
    clinic: &Clinic,
    store: &Store,
    started: Timestamp,
    name: Option<SnapshotName>,
    done: &Result<BackupDone>,
    user: Option<basics::UserId>,
) -> Result<()> {
    use crate::journal::{self, Act, Outcome, Subject};
    let (outcome, about, code) = match done {
        Ok(done) => (BackupOutcome::Verified, About::Done(*done), None),
        Err(error) => {
            let told = Told::of(error);
            let outcome = match told.code {
                basics::Code::Cancelled => BackupOutcome::Cancelled,
                _ => BackupOutcome::Failed,
            };
            (outcome, About::Problem(told.clone()), Some(told.code))
        }
    };
    let ended = clinic.now();
    let subjects: Vec<Subject> = name.iter().map(|name| Subject::backup(name.id())).collect();
    let code = code.map(journal::code_key);
    store.transaction(|db| {
        db.execute(
            "INSERT INTO backup_runs (started, ended, outcome, snapshot, about)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                started.as_millisecond(),
                ended.as_millisecond(),
                sql::key_of(&outcome)?,
                name.map(|name| name.to_string()),
                serde_json::to_string(&about)?
            ],
        )?;
        let act = Act {
            at: ended,
            user,
            verb: "backup.run",
            subjects: &subjects,
            outcome: match done {
                Ok(_) => Outcome::Done,
                Err(_) => Outcome::Failed,
            },
            code: code.as_deref(),
        };
        Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
    })
}

/// The newest, of all or of those that were verified.
fn run(db: &Connection, verified: bool) -> Result<Option<BackupRun>> {
    Ok(runs(db, verified, 1)?.pop())
}

fn runs(db: &Connection, verified: bool, limit: u32) -> Result<Vec<BackupRun>> {
    let mut statement = db.prepare_cached(
        "SELECT started, ended, outcome, snapshot, about FROM backup_runs
         WHERE NOT ?1 OR outcome = 'verified' ORDER BY key DESC LIMIT ?2",
    )?;
    let runs = statement.query_map((verified, limit.min(crate::limits::PAGE)), |row| {
        let (done, problem) = match sql::json(row, 4)? {
            About::Done(done) => (Some(done), None),
            About::Problem(problem) => (None, Some(problem)),
        };
        Ok(BackupRun {
            started: sql::moment(row, 0)?,
            ended: sql::moment(row, 1)?,
            outcome: sql::from_key(row, 2)?,
            snapshot: row.get(3)?,
            done,
            problem,
        })
    })?;
    Ok(runs.collect::<rusqlite::Result<_>>()?)
}

/// Notes where backups go, outside the database.
pub(super) fn remember_target(dir: &Path, target: &Path) -> Result<()> {
    let mut remembered = remembered(dir);
    remembered.target = Some(target.into());
    write(dir, &remembered)
}

/// Notes the last verified snapshot, outside the database.
pub(super) fn remember_verified(dir: &Path, folder: &Path) -> Result<()> {
    let mut remembered = remembered(dir);
    remembered.verified = Some(folder.into());
    write(dir, &remembered)
}

fn remembered(dir: &Path) -> Remembered {
    let json = fs::read(dir.join(FILE)).ok();
    json.and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}

fn write(dir: &Path, remembered: &Remembered) -> Result<()> {
    let json = serde_json::to_vec(remembered).map_err(|_| ClinicError::Internal("backup.json"))?;
    Ok(durable::replace(&dir.join(FILE), &json)?)
}
