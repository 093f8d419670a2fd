//! Making a snapshot: copy, seal, prove by a restore, then let old ones go. Nobody who works waits for it.

use std::{fs, path::PathBuf};

use basics::{Timestamp, UserId};
use serde::{Deserialize, Serialize};

use super::{
    copy, database, files,
    manifest::{self, JournalHead, Manifest, NewManifest},
    place::{DATABASE, KEYS, Place, SnapshotName},
    plan,
    problem::{BackupProblem, at_target, damaged},
    prove::{self, Depth},
    rotate, state,
    watch::{BackupPhase, BackupWatch},
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    clinic::lock_of,
    durable,
    error::{ClinicError, Result},
    journal::{Act, Outcome, Subject},
    store::Store,
};

/// Below the record's folder: the copy on its way, and the trial restore.
const WORK: &str = "backup-work";

/// A snapshot that was made and proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupDone {
    /// Bytes of the database and every file that the snapshot names.
    pub bytes: u64,
    /// Bytes that had to be written for it.
    pub written: u64,
    /// Files that it names.
    pub files: u64,
    /// Files that were new.
    pub new_files: u64,
    /// Old snapshots that were let go.
    pub removed: u64,
}

impl Clinic {
    /// Makes a backup now, because a person asked for it.
    ///
    /// # Errors
    /// [`ClinicError::Backup`]; [`ClinicError::WrongPermit`]; [`ClinicError::Locked`]; damage of the record.
    pub fn back_up(&self, permit: &Permit, watch: &BackupWatch) -> Result<BackupDone> {
        permit.needs(Permission::ManageBackups)?;
        self.run_backup(Some(permit.user()), watch)
    }

    /// Makes the backup that an administrator planned, by itself. It asks for nobody's leave: the plan was
    /// made with one, nobody is shown anything, and what is written opens only with the record's key.
    ///
    /// # Errors
    /// As [`Clinic::back_up`].
    pub fn back_up_as_planned(&self, watch: &BackupWatch) -> Result<BackupDone> {
        self.run_backup(None, watch)
    }

    fn run_backup(&self, user: Option<UserId>, watch: &BackupWatch) -> Result<BackupDone> {
        // It goes on after everybody locked: the key stays until it is done.
        let _hold = self.hold()?;
        let _one_at_a_time = self
            .inner
            .backing_up
            .try_lock()
            .map_err(|_| BackupProblem::Running)?;
        let store = self.store()?;
        let started = self.now();
        let name = SnapshotName::new(started);
        let run = Run {
            clinic: self,
            store: &store,
            watch,
            name,
            started,
        };
        let done = watch.beside_people(|| run.all());
        run.clear();
        let kept = done.is_ok().then_some(name);
        state::keep(self, &store, started, kept, &done, user)?;
        done
    }
}

/// One run.
struct Run<'a> {
    clinic: &'a Clinic,
    store: &'a Store,
    watch: &'a BackupWatch,
    name: SnapshotName,
    started: Timestamp,
}

impl Run<'_> {
    fn all(&self) -> Result<BackupDone> {
        let plan = plan::read(self.store.readers.borrow()?.db()?)?;
        let plan = plan.ok_or(BackupProblem::NoTarget)?;
        let clinic = lock_of(&self.clinic.inner.keys).clinic;
        let place = Place::open(&plan.target, clinic)?;
        let _alone = place.lock()?;
        place.sweep()?;
        let names = place.names()?;
        let root = &self.store.root;
        // The newest that can be read; a damaged one is told about in the list and takes nothing along.
        let before = names
            .iter()
            .find_map(|name| Some((*name, Manifest::read(&place, *name, root).ok()?)));
        if let Some((name, before)) = &before {
            self.follows(*name, before)?;
        }
        let written = self.write(&place, before.as_ref());
        if written.is_err() {
            // A full stick would stay full of half a snapshot.
            let _ = place.sweep();
        }
        let (manifest, new) = written?;
        let depth = Depth::Turn {
            new: &new.names,
            day: self.started,
        };
        let snapshot = prove::Snapshot {
            place: &place,
            name: self.name,
            root,
        };
        let proved = prove::prove(&snapshot, &self.work().join("trial"), depth, self.watch);
        if let Err(error) = proved {
            // One that does not come back is none.
            let _ = place.remove(self.name, self.watch);
            if let Some((_, before)) = &before {
                files::mend(&self.store.vault, &place, before, self.watch);
            }
            return Err(self.whose_fault(error));
        }
        manifest::set_verified(&place, self.name, root, self.clinic.now())?;
        state::remember_verified(&self.clinic.inner.dir, &place.snapshot(self.name))?;
        self.watch.begin(BackupPhase::Tidying, 0);
        let removed = rotate_in(&place, root, self.watch)?;
        Ok(BackupDone {
            bytes: manifest.bytes(),
            written: manifest.database.bytes + new.bytes,
            files: manifest.files.len() as u64,
            new_files: new.names.len() as u64,
            removed,
        })
    }

    /// A copy that was made well of a damaged record is no fault of the stick.
    fn whose_fault(&self, error: ClinicError) -> ClinicError {
        let database = BackupProblem::Damaged { part: "database" };
        if !matches!(&error, ClinicError::Backup(problem) if *problem == database) {
            return error;
        }
        let whole = || -> Result<bool> {
            let db = self.store.readers.source().connect()?;
            let found: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            Ok(found == "ok")
        };
        match whole() {
            Ok(true) => error,
            _ => ClinicError::Damaged { part: "database" },
        }
    }

    /// The journal must go on from where the last backup saw it: an older copy of the whole record, or a
    /// rewritten one, would otherwise look whole (decision 0011). The alarm is written into the journal; the
    /// backup is made all the same.
    fn follows(&self, name: SnapshotName, before: &Manifest) -> Result<()> {
        let reader = self.store.readers.borrow()?;
        let db = reader.db()?;
        let restored: Option<i64> =
            db.query_row("SELECT max(at) FROM backup_restores", [], |row| row.get(0))?;
        if restored.is_some_and(|at| at > name.at().as_millisecond()) {
            // That backup is of the time that was left when an older one was brought back.
            return Ok(());
        }
        let JournalHead { number, hash } = before.journal;
        let ours = db
            .prepare("SELECT hash FROM journal WHERE number = ?1")?
            .query_row([number], |row| row.get::<_, [u8; 32]>(0));
        match ours {
            Ok(ours) if ours == hash => Ok(()),
            Ok(_) | Err(rusqlite::Error::QueryReturnedNoRows) => {
                tracing::error!("the last backup knows another journal than this record has");
                let act = Act {
                    at: self.started,
                    user: None,
                    verb: "journal.alarm",
                    subjects: &[Subject::backup(name.id())],
                    outcome: Outcome::Failed,
                    code: Some("differs-from-backup"),
                };
                self.clinic.note_act(self.store, &act)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Writes the snapshot; it has its name when this returns.
    fn write(
        &self,
        place: &Place,
        before: Option<&(SnapshotName, Manifest)>,
    ) -> Result<(Manifest, New)> {
        let (work, watch) = (self.work(), self.watch);
        let _ = fs::remove_dir_all(&work);
        durable::create_private_dir(&work)?;
        let staged = work.join(DATABASE);
        let keys = || lock_of(&self.clinic.inner.keys).clone();
        let copy = database::copy(self.store, &staged, keys, watch)?;
        let vault = &self.store.vault;
        let bytes = fs::metadata(&staged)?.len();
        let needed = bytes + files::missing(vault, place, &copy.files)?;
        files::room_for(place, needed)?;

        let fresh = place.fresh(self.name);
        durable::create_private_dir(&fresh).map_err(at_target)?;
        watch.begin(BackupPhase::Database, bytes);
        let read = ClinicError::from;
        let database = copy::copy(&staged, &fresh.join(DATABASE), watch, read, at_target)?;
        copy::let_go(&staged, watch)?;
        // By the record's disk, too: what fails in the folder must be told of the folder.
        copy.keys.write(&work)?;
        let keys = copy::copy(&work.join(KEYS), &fresh.join(KEYS), watch, read, at_target)?;
        let brought = files::bring(
            vault,
            place,
            &copy.files,
            before.map(|(_, manifest)| manifest),
            watch,
        )?;
        let manifest = Manifest::new(NewManifest {
            clinic: copy.keys.clinic,
            workstation: copy.keys.workstation,
            made: self.started,
            sequence: before.map_or(0, |(_, before)| before.sequence) + 1,
            before: before.map(|(name, _)| *name),
            database,
            keys,
            journal: copy.journal,
            files: brought.files,
        });
        manifest.write(&fresh, self.name, &self.store.root)?;
        // From here on it has its name; a cut before leaves a leftover.
        let whole = place.snapshot(self.name);
        fs::rename(&fresh, &whole).map_err(at_target)?;
        durable::sync_parent(&whole).map_err(at_target)?;
        let new = New {
            names: brought.new,
            bytes: brought.new_bytes,
        };
        Ok((manifest, new))
    }

    fn work(&self) -> PathBuf {
        self.clinic.inner.dir.join(WORK)
    }

    /// What lies about after success, failure and cancelling.
    fn clear(&self) {
        let _ = fs::remove_dir_all(self.work());
    }
}

/// Files that were new in a run.
struct New {
    names: std::collections::BTreeSet<seal::ContentName>,
    bytes: u64,
}

/// Lets old snapshots go, and the files that only they named. Returns how many snapshots.
fn rotate_in(place: &Place, root: &seal::Key, watch: &BackupWatch) -> Result<u64> {
    let mut proved = Vec::new();
    let mut doubtful = Vec::new();
    for name in place.names()? {
        match manifest::verified(place, name, root) {
            Ok(Some(_)) => proved.push(name),
            Ok(None) => doubtful.push(name),
            Err(ClinicError::Backup(BackupProblem::Damaged { .. })) => doubtful.push(name),
            Err(error) => return Err(error),
        }
    }
    let Some(newest) = proved.first().copied() else {
        return Err(damaged("header"));
    };
    let kept = rotate::kept(proved.iter().map(|name| name.at()));
    let mut removed = 0;
    let old = proved.iter().filter(|name| !kept.contains(&name.at()));
    // One that was never proved, and is older than one that was, helps nobody.
    for name in old.chain(doubtful.iter().filter(|name| **name < newest)) {
        place.remove(*name, watch)?;
        removed += 1;
    }
    let mut manifests = Vec::new();
    for name in place.names()? {
        match Manifest::read(place, name, root) {
            Ok(manifest) => manifests.push(manifest),
            Err(error) => {
                tracing::warn!(%error, "a manifest cannot be read: no file is removed");
                return Ok(removed);
            }
        }
    }
    files::collect(place, &manifests)?;
    Ok(removed)
}
