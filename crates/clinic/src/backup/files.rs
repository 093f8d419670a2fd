//! Files of the vault in a backup: copied once, shared by every snapshot, removed when none names them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::Path,
};

use seal::ContentName;

use super::{
    copy::{self, Copied},
    manifest::{Filed, Manifest},
    place::Place,
    problem::{BackupProblem, at_target},
    watch::{BackupPhase, BackupWatch},
};
use crate::{
    durable,
    error::{ClinicError, Result},
    vault::Vault,
};

/// What copying did.
pub(super) struct FilesDone {
    pub(super) files: Vec<Filed>,
    /// Those that were not there before.
    pub(super) new: BTreeSet<ContentName>,
    pub(super) new_bytes: u64,
}

/// What is missing there, in bytes: what the folder must have room for.
pub(super) fn missing(vault: &Vault, place: &Place, names: &[ContentName]) -> Result<u64> {
    let mut bytes = 0;
    for name in names {
        if !place.file(name).try_exists().map_err(at_target)? {
            bytes += size(&vault.sealed(name))?;
        }
    }
    Ok(bytes)
}

/// Copies what is not there yet. A file that the manifest before names is taken to be whole: it was read
/// back then, and is again in its turn.
pub(super) fn bring(
    vault: &Vault,
    place: &Place,
    names: &[ContentName],
    before: Option<&Manifest>,
    watch: &BackupWatch,
) -> Result<FilesDone> {
    let mut known = BTreeMap::new();
    for file in before.iter().flat_map(|before| &before.files) {
        known.insert(file.name()?, *file);
    }
    watch.begin(BackupPhase::Files, missing(vault, place, names)?);
    let mut done = FilesDone {
        files: Vec::with_capacity(names.len()),
        new: BTreeSet::new(),
        new_bytes: 0,
    };
    for name in names {
        let there = match fs::metadata(place.file(name)) {
            Ok(about) => Some(about.len()),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(at_target(error)),
        };
        if let Some(file) = known.get(name)
            && there == Some(file.bytes)
        {
            done.files.push(*file);
            continue;
        }
        let copied = bring_one(vault, place, name, watch)?;
        done.files.push(Filed::new(name, copied));
        done.new.insert(*name);
        done.new_bytes += copied.bytes;
    }
    Ok(done)
}

/// Copies anew what a check took away because it had gone bad there, so that older snapshots are whole again
/// at once. What cannot be copied now is by the next run.
pub(super) fn mend(vault: &Vault, place: &Place, before: &Manifest, watch: &BackupWatch) {
    for file in &before.files {
        let Ok(name) = file.name() else { continue };
        if matches!(place.file(&name).try_exists(), Ok(false))
            && let Err(error) = bring_one(vault, place, &name, watch)
        {
            tracing::warn!(%error, "a file of the backup was not mended");
            return;
        }
    }
}

fn bring_one(
    vault: &Vault,
    place: &Place,
    name: &ContentName,
    watch: &BackupWatch,
) -> Result<Copied> {
    watch.breathe()?;
    let (fresh, path) = (place.fresh_file(name), place.file(name));
    let copied = copy::copy(&vault.sealed(name), &fresh, watch, of_vault, at_target)?;
    if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
        durable::create_private_dir(parent).map_err(at_target)?;
        durable::sync_parent(parent).map_err(at_target)?;
    }
    fs::rename(&fresh, &path).map_err(at_target)?;
    durable::sync_parent(&path).map_err(at_target)?;
    Ok(copied)
}

/// Removes files that no snapshot names. Returns how many.
///
/// Every manifest must have been read: one that cannot be might name any file.
pub(super) fn collect(place: &Place, manifests: &[Manifest]) -> Result<usize> {
    let mut named = BTreeSet::new();
    for file in manifests.iter().flat_map(|manifest| &manifest.files) {
        named.insert(file.name()?);
    }
    let mut gone = 0;
    for folder in fs::read_dir(place.files()).map_err(at_target)? {
        let folder = folder.map_err(at_target)?.path();
        if !folder.is_dir() || folder.ends_with("tmp") {
            continue;
        }
        for entry in fs::read_dir(folder).map_err(at_target)? {
            let path = entry.map_err(at_target)?.path();
            if name_of(&path).is_some_and(|name| !named.contains(&name)) {
                fs::remove_file(&path).map_err(at_target)?;
                gone += 1;
            }
        }
    }
    Ok(gone)
}

fn name_of(path: &Path) -> Option<ContentName> {
    path.extension().filter(|ending| *ending == "mbs")?;
    ContentName::from_slice(&hex::decode(path.file_stem()?.to_str()?).ok()?)
}

fn size(path: &Path) -> Result<u64> {
    Ok(fs::metadata(path).map_err(of_vault)?.len())
}

/// A file that a row names and the vault lacks: the record itself is damaged.
fn of_vault(error: std::io::Error) -> ClinicError {
    match error.kind() {
        ErrorKind::NotFound => ClinicError::Damaged { part: "vault" },
        _ => error.into(),
    }
}

/// Refuses where the folder has too little room, before anything is written.
pub(super) fn room_for(place: &Place, needed: u64) -> Result<()> {
    // A little more, for the manifest and what the file system itself needs.
    let needed = needed + needed / 100 + 16 * 1024 * 1024;
    let free = fs4::available_space(place.snapshots()).map_err(at_target)?;
    match free < needed {
        true => Err(BackupProblem::TargetFull { needed, free }.into()),
        false => Ok(()),
    }
}
