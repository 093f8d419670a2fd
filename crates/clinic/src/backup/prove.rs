//! Does a backup bring the record back? A restore into a temporary place answers: every byte against the
//! manifest, the database opened and checked, the journal walked to the head that the manifest names, the
//! files of the vault there and authentic.

use std::{collections::BTreeSet, fs, io::BufReader, path::Path};

use basics::{Secret, Timestamp};
use jiff::tz::TimeZone;
use seal::{ContentName, Key};

use super::{
    copy::{self, Hash, Hashing},
    database,
    manifest::Manifest,
    place::{DATABASE, Place, SnapshotName},
    problem::{BackupProblem, at_target, damaged, of_part},
    restore::open_keys,
    watch::{BackupPhase, BackupWatch},
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    durable,
    error::{ClinicError, Result},
    journal,
    keys::{Keychain, file::KeyFile},
    store::Store,
};

/// Days after which every file was read back once.
const TURN: u8 = 7;

/// What opens a snapshot.
pub enum SnapshotKey {
    /// The recovery phrase.
    Phrase(Secret<String>),
    /// An administrator's password of that day, on the device it was made on.
    Password {
        /// Sign-in name.
        login: String,
        /// Password.
        password: Secret<String>,
        /// Opens the device's key file, where it is under one.
        device_passphrase: Option<Secret<String>>,
    },
}

/// What a check found to be whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proved {
    /// When the snapshot was made.
    pub made: Timestamp,
    /// Bytes of the database and every file it names.
    pub bytes: u64,
    /// Files it names.
    pub files: u64,
    /// Files that were read back.
    pub read_back: u64,
    /// Rows of the journal.
    pub journal_rows: u64,
}

/// A snapshot and what opens it.
pub(super) struct Snapshot<'a> {
    pub(super) place: &'a Place,
    pub(super) name: SnapshotName,
    pub(super) root: &'a Key,
}

/// How many files are read back.
pub(super) enum Depth<'a> {
    /// Every file.
    All,
    /// New files, and a seventh of the others, another one each day.
    Turn {
        new: &'a BTreeSet<ContentName>,
        day: Timestamp,
    },
}

impl Clinic {
    /// Checks a snapshot of this record whole, every file of it.
    ///
    /// # Errors
    /// [`ClinicError::Backup`] with what is damaged; [`ClinicError::WrongPermit`]; disk errors.
    pub fn prove_snapshot(
        &self,
        permit: &Permit,
        folder: &Path,
        watch: &BackupWatch,
    ) -> Result<Proved> {
        permit.needs(Permission::ManageBackups)?;
        let _hold = self.hold()?;
        let _one_at_a_time = self
            .inner
            .backing_up
            .try_lock()
            .map_err(|_| BackupProblem::Running)?;
        let store = self.store()?;
        let (place, name) = Place::of_snapshot(folder)?;
        let root = &store.root;
        let snapshot = Snapshot {
            place: &place,
            name,
            root,
        };
        let work = self.inner.dir.join("backup-work");
        let trial = work.join("trial");
        let proved = watch.beside_people(|| prove(&snapshot, &trial, Depth::All, watch));
        let _ = fs::remove_dir_all(work);
        proved
    }

    /// Checks a snapshot whole, with nothing but the snapshot and its key; `work` is for the trial restore.
    ///
    /// # Errors
    /// [`ClinicError::Backup`] with what is damaged; a wrong password or phrase; disk errors.
    pub fn prove_snapshot_in(
        folder: &Path,
        work: &Path,
        key: &SnapshotKey,
        keychain: &dyn Keychain,
        watch: &BackupWatch,
    ) -> Result<Proved> {
        let (place, name) = Place::of_snapshot(folder)?;
        let keys = KeyFile::read(folder)
            .map_err(|_| damaged("keys"))?
            .ok_or_else(|| damaged("keys"))?;
        let root = open_keys(&keys, key, None, keychain)?;
        let snapshot = Snapshot {
            place: &place,
            name,
            root: &root,
        };
        prove(&snapshot, &work.join("trial"), Depth::All, watch)
    }
}

/// Restores the database into `trial`, which is made and removed, and checks everything.
pub(super) fn prove(
    snapshot: &Snapshot<'_>,
    trial: &Path,
    depth: Depth<'_>,
    watch: &BackupWatch,
) -> Result<Proved> {
    let _ = fs::remove_dir_all(trial);
    durable::create_private_dir(trial)?;
    let proved = all(snapshot, trial, depth, watch);
    let _ = copy::let_go(&trial.join(DATABASE), watch);
    let _ = fs::remove_dir_all(trial);
    proved
}

fn all(
    snapshot: &Snapshot<'_>,
    trial: &Path,
    depth: Depth<'_>,
    watch: &BackupWatch,
) -> Result<Proved> {
    let Snapshot { place, name, root } = *snapshot;
    let manifest = Manifest::read(place, name, root)?;
    let keys = KeyFile::read(&place.snapshot(name))
        .ok()
        .flatten()
        .filter(|keys| keys.clinic == manifest.clinic)
        .ok_or_else(|| damaged("keys"))?;
    watch.begin(BackupPhase::Proving, manifest.bytes());
    bring_database(snapshot, &manifest, trial, watch)?;
    let store = open(trial, root, &keys, &manifest)?;
    let reader = store.readers.borrow()?;
    let db = reader.db()?;
    let found: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(damaged("database"));
    }
    let key = store.signing.key.verifying_key();
    let report = journal::verify::verify(db, &key, &store.anchor)?;
    if !report.is_intact() {
        return Err(damaged("journal"));
    }
    names_agree(&database::files_of(db)?, &manifest)?;
    let read_back = read_files(snapshot, &store, &manifest, depth, watch)?;
    Ok(Proved {
        made: manifest.made,
        bytes: manifest.bytes(),
        files: manifest.files.len() as u64,
        read_back,
        journal_rows: report.rows,
    })
}

/// Copies the database out of the snapshot, byte for byte as the manifest says.
pub(super) fn bring_database(
    snapshot: &Snapshot<'_>,
    manifest: &Manifest,
    to: &Path,
    watch: &BackupWatch,
) -> Result<()> {
    let from = snapshot.place.snapshot(snapshot.name).join(DATABASE);
    let read = of_part("database");
    let copied = copy::copy(&from, &to.join(DATABASE), watch, read, ClinicError::from)?;
    match (copied.bytes, copied.hash) == (manifest.database.bytes, manifest.database.hash) {
        true => Ok(()),
        false => Err(damaged("database")),
    }
}

/// Opens a restored database as a start of the program would, with the anchor that its own head gives.
pub(super) fn open(dir: &Path, root: &Key, keys: &KeyFile, manifest: &Manifest) -> Result<Store> {
    let found = |error| match error {
        ClinicError::Damaged { .. } | ClinicError::Database(_) => damaged("database"),
        other => other,
    };
    let store = Store::open_restored(dir, root, keys).map_err(found)?;
    let (number, hash) = journal::head(store.readers.borrow()?.db()?)?;
    if (number, hash) != (manifest.journal.number, manifest.journal.hash) || store.alarm.is_some() {
        return Err(damaged("journal"));
    }
    Ok(store)
}

/// The rows of the database and the manifest name the same files.
pub(super) fn names_agree(rows: &[ContentName], manifest: &Manifest) -> Result<()> {
    let named: Result<BTreeSet<_>> = manifest.files.iter().map(|file| file.name()).collect();
    match named? == rows.iter().copied().collect() {
        true => Ok(()),
        false => Err(damaged("vault")),
    }
}

/// Every file is there in its size; some or all are read back: hash, seal and name.
fn read_files(
    snapshot: &Snapshot<'_>,
    store: &Store,
    manifest: &Manifest,
    depth: Depth<'_>,
    watch: &BackupWatch,
) -> Result<u64> {
    let (mut read_back, mut bad) = (0, false);
    for file in &manifest.files {
        watch.breathe()?;
        let name = file.name()?;
        let path = snapshot.place.file(&name);
        let there = fs::metadata(&path).map_err(of_part("vault"))?;
        let in_turn = match &depth {
            Depth::All => true,
            Depth::Turn { new, day } => new.contains(&name) || turn_of(&name) == turn_on(*day),
        };
        if there.len() == file.bytes && !in_turn {
            watch.add(file.bytes);
            continue;
        }
        if read_one(store, &path, &name, file.bytes, &file.hash).is_err() {
            // What is bad goes and is copied anew: the record still has it.
            if matches!(depth, Depth::All) {
                return Err(damaged("vault"));
            }
            fs::remove_file(&path).map_err(at_target)?;
            bad = true;
        }
        read_back += 1;
        watch.add(file.bytes);
    }
    match bad {
        true => Err(damaged("vault")),
        false => Ok(read_back),
    }
}

fn read_one(store: &Store, path: &Path, name: &ContentName, bytes: u64, hash: &Hash) -> Result<()> {
    let file = fs::File::open(path).map_err(of_part("vault"))?;
    let mut hashing = Hashing::new(BufReader::with_capacity(256 * 1024, file));
    store.vault.authentic(name, &mut hashing)?;
    let read = hashing.finish();
    match read.bytes == bytes && read.hash == *hash {
        true => Ok(()),
        false => Err(damaged("vault")),
    }
}

/// On which day of seven a file has its turn.
fn turn_of(name: &ContentName) -> u8 {
    name.as_bytes()[0] % TURN
}

fn turn_on(at: Timestamp) -> u8 {
    let day = at.to_zoned(TimeZone::UTC).date();
    // Days since 1970 keep counting over weeks and years.
    let days = day.to_zoned(TimeZone::UTC).map_or(0, |day| {
        day.timestamp().as_second().div_euclid(24 * 60 * 60)
    });
    u8::try_from(days.rem_euclid(i64::from(TURN))).unwrap_or(0)
}
