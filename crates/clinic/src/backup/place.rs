//! The folder of one clinic's backups: where things lie in it, what is in it, and what is left over.

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    str::FromStr,
};

use basics::Timestamp;
use jiff::tz::TimeZone;
use seal::ContentName;
use uuid::Uuid;

use super::{
    copy,
    problem::{BackupProblem, at_target},
    watch::BackupWatch,
};
use crate::{durable, error::Result, keys::file::KeyFile};

const FOLDER: &str = "medibridge-backup-";
const SNAPSHOTS: &str = "snapshots";
const FILES: &str = "files";
const FRESH: &str = ".new-";
const GONE: &str = ".old-";
const LOCK: &str = "backup.lock";
const README: &str = "README.txt";
const ABOUT: &str = "Backups of a clinic, made by Medibridge. Everything in here is encrypted.\n\
    Do not rename, move or delete single files. To bring a backup back, start Medibridge and choose\n\
    \"Restore from a backup\"; it asks for an administrator's password or the recovery phrase.\n";

pub(super) const DATABASE: &str = "clinic.db";
pub(super) const KEYS: &str = "keys.json";
pub(super) const MANIFEST: &str = "manifest.mbk";
pub(super) const VERIFIED: &str = "verified.mbk";

/// A snapshot's name: when it was begun, and an id. Names sort by time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SnapshotName {
    at: Timestamp,
    id: Uuid,
}

/// A snapshot as anybody may see it: nothing was proved yet.
#[derive(Clone, Debug)]
pub struct FoundSnapshot {
    /// Its name.
    pub name: SnapshotName,
    /// Its folder.
    pub folder: PathBuf,
    /// The clinic's name, as `keys.json` says.
    pub clinic_name: String,
    /// The clinic.
    pub clinic: Uuid,
    /// Invented people only.
    pub demo: bool,
    /// Bytes of its database.
    pub database_bytes: u64,
    /// It says that a restore of it succeeded.
    pub verified: bool,
}

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Place {
    root: PathBuf,
}

impl SnapshotName {
    /// A new name.
    pub(super) fn new(at: Timestamp) -> Self {
        let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
        Self {
            at,
            id: Uuid::now_v7(),
        }
    }

    /// When it was begun, to the second.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    pub(crate) fn id(&self) -> Uuid {
        self.id
    }
}

impl fmt::Display for SnapshotName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.to_zoned(TimeZone::UTC);
        write!(f, "{}-{}", at.strftime("%Y%m%dT%H%M%SZ"), self.id.simple())
    }
}

impl fmt::Debug for SnapshotName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SnapshotName({self})")
    }
}

impl FromStr for SnapshotName {
    type Err = BackupProblem;

    fn from_str(text: &str) -> Result<Self, BackupProblem> {
        let (at, id) = text.split_once('-').ok_or(BackupProblem::None)?;
        let at = at.strip_suffix('Z').ok_or(BackupProblem::None)?;
        let at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", at)
            .and_then(|at| at.to_zoned(TimeZone::UTC))
            .map_err(|_| BackupProblem::None)?;
        let name = Self {
            at: at.timestamp(),
            id: Uuid::parse_str(id).map_err(|_| BackupProblem::None)?,
        };
        // One spelling only: the name is bound into what is sealed.
        match name.to_string() == text {
            true => Ok(name),
            false => Err(BackupProblem::None),
        }
    }
}

impl Place {
    /// Makes the folder inside the one that was chosen.
    pub(super) fn make(target: &Path, clinic: Uuid) -> Result<Self> {
        if !target.is_dir() {
            return Err(BackupProblem::TargetMissing.into());
        }
        let place = Self::at(target, clinic);
        for folder in [place.snapshots(), place.files().join("tmp")] {
            durable::create_private_dir(&folder).map_err(at_target)?;
        }
        durable::replace(&place.root.join(README), ABOUT.as_bytes()).map_err(at_target)?;
        Ok(place)
    }

    /// The folder that was made before. Where it is missing the stick is, and the disk under it must not
    /// be written instead.
    pub(super) fn open(target: &Path, clinic: Uuid) -> Result<Self> {
        let place = Self::at(target, clinic);
        if !place.snapshots().is_dir() {
            return Err(BackupProblem::TargetMissing.into());
        }
        Ok(place)
    }

    /// The place of the snapshot in this folder, and its name.
    pub(super) fn of_snapshot(folder: &Path) -> Result<(Self, SnapshotName)> {
        let name = folder.file_name().and_then(|name| name.to_str());
        let name = name.ok_or(BackupProblem::None)?.parse()?;
        let root = folder.parent().and_then(Path::parent);
        let root = root.ok_or(BackupProblem::None)?.to_path_buf();
        Ok((Self { root }, name))
    }

    fn at(target: &Path, clinic: Uuid) -> Self {
        Self {
            root: target.join(format!("{FOLDER}{}", clinic.simple())),
        }
    }

    /// Every place in or at a folder that a person chose: a stick, a place on it, or inside one.
    fn around(folder: &Path) -> Vec<Self> {
        let is_place = |folder: &Path| -> bool { folder.join(SNAPSHOTS).is_dir() };
        let above = folder.ancestors().take(3).find(|folder| is_place(folder));
        if let Some(root) = above {
            let root = root.to_path_buf();
            return vec![Self { root }];
        }
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| is_place(path))
            .map(|root| Self { root })
            .collect()
    }

    pub(super) fn snapshots(&self) -> PathBuf {
        self.root.join(SNAPSHOTS)
    }

    pub(super) fn snapshot(&self, name: SnapshotName) -> PathBuf {
        self.snapshots().join(name.to_string())
    }

    /// Where a snapshot is made before it gets its name.
    pub(super) fn fresh(&self, name: SnapshotName) -> PathBuf {
        self.snapshots().join(format!("{FRESH}{name}"))
    }

    pub(super) fn files(&self) -> PathBuf {
        self.root.join(FILES)
    }

    pub(super) fn file(&self, name: &ContentName) -> PathBuf {
        let name = name.to_string();
        self.files().join(&name[..2]).join(format!("{name}.mbs"))
    }

    /// Where a file is written before it gets its name.
    pub(super) fn fresh_file(&self, name: &ContentName) -> PathBuf {
        self.files().join("tmp").join(name.to_string())
    }

    /// One program at a time works here.
    pub(super) fn lock(&self) -> Result<File> {
        let mut options = OpenOptions::new();
        let file = options
            .write(true)
            .create(true)
            .truncate(false)
            .open(self.root.join(LOCK))
            .map_err(at_target)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(BackupProblem::Running.into()),
            // Some network folders know no locks.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(file)
            }
            Err(TryLockError::Error(error)) => Err(at_target(error)),
        }
    }

    /// Whole snapshots, newest first.
    pub(super) fn names(&self) -> Result<Vec<SnapshotName>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.snapshots()).map_err(at_target)? {
            let name = entry.map_err(at_target)?.file_name();
            names.extend(
                name.to_str()
                    .and_then(|name| name.parse::<SnapshotName>().ok()),
            );
        }
        names.sort_unstable_by(|a, b| b.cmp(a));
        Ok(names)
    }

    /// Removes what a cut left behind. Only the owner of the lock may call it.
    pub(super) fn sweep(&self) -> Result<()> {
        for entry in fs::read_dir(self.snapshots()).map_err(at_target)? {
            let entry = entry.map_err(at_target)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(FRESH) || name.starts_with(GONE) {
                fs::remove_dir_all(entry.path()).map_err(at_target)?;
            }
        }
        let fresh = self.files().join("tmp");
        durable::create_private_dir(&fresh).map_err(at_target)?;
        for entry in fs::read_dir(fresh).map_err(at_target)? {
            fs::remove_file(entry.map_err(at_target)?.path()).map_err(at_target)?;
        }
        Ok(())
    }

    /// Removes a snapshot; a cut leaves it whole or as a leftover.
    pub(super) fn remove(&self, name: SnapshotName, watch: &BackupWatch) -> Result<()> {
        let gone = self.snapshots().join(format!("{GONE}{name}"));
        fs::rename(self.snapshot(name), &gone).map_err(at_target)?;
        durable::sync_parent(&gone).map_err(at_target)?;
        let _ = copy::let_go(&gone.join(DATABASE), watch);
        fs::remove_dir_all(&gone).map_err(at_target)
    }
}

/// Snapshots in or at a folder, newest first; what is no snapshot is passed over.
pub(super) fn find(folder: &Path) -> Result<Vec<FoundSnapshot>> {
    if !folder.is_dir() {
        return Err(BackupProblem::TargetMissing.into());
    }
    let mut found = Vec::new();
    for place in Place::around(folder) {
        for name in place.names()? {
            let folder = place.snapshot(name);
            // A torn `keys.json` must not hide the snapshots beside it.
            let Ok(Some(keys)) = KeyFile::read(&folder) else {
                continue;
            };
            found.push(FoundSnapshot {
                name,
                clinic_name: keys.clinic_name.clone(),
                clinic: keys.clinic,
                demo: keys.demo,
                database_bytes: fs::metadata(folder.join(DATABASE)).map_or(0, |about| about.len()),
                verified: folder.join(VERIFIED).is_file(),
                folder,
            });
        }
    }
    found.sort_unstable_by_key(|one| std::cmp::Reverse(one.name));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_and_has_one_spelling() {
        let name = SnapshotName::new("2026-11-21T02:10:00.7Z".parse().unwrap());
        let text = name.to_string();
        assert!(text.starts_with("20261121T021000Z-"), "{text}");
        assert_eq!(text.parse::<SnapshotName>().unwrap(), name);
        for wrong in ["", "x", "20261121T021000Z-", "20261121T021000Z-zz", ".."] {
            assert!(wrong.parse::<SnapshotName>().is_err(), "{wrong}");
        }
        assert!(text.to_uppercase().parse::<SnapshotName>().is_err());
    }
}
