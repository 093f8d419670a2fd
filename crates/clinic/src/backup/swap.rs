//! A restored record takes the place of the present one, all of it or nothing.
//!
//! `swap.json` is the moment: before it is durable nothing has happened; after it the next start finishes
//! what was begun, however often it is cut off. Each thing is moved by a rename inside the record's folder,
//! and its place says whether that was done: what lies in the restored folder still has to go.

use std::{
    fs,
    path::{Path, PathBuf},
};

use basics::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    durable,
    error::{ClinicError, Result},
};

const FILE: &str = "swap.json";
const FRESH: &str = "restored-";
const ASIDE: &str = "before-restore-";
const WORK: &str = "backup-work";

/// What a record is made of, beside the device's key file, whose name changes. Anything else in the folder
/// stays where it is.
const PARTS: [&str; 7] = [
    // The last of the old to go and of the new to come is `keys.json`: without it there is no clinic.
    "clinic.db-wal",
    "clinic.db-shm",
    "clinic.db",
    "journal.anchor",
    "tries.json",
    "vault",
    "keys.json",
];

#[derive(Serialize, Deserialize)]
struct Swap {
    fresh: String,
    aside: String,
}

/// Where a restored record is made.
pub(super) fn fresh(dir: &Path, id: Uuid) -> PathBuf {
    dir.join(format!("{FRESH}{}", id.simple()))
}

/// Puts the record in `fresh` in the place of the present one, which is kept aside.
pub(super) fn commit(dir: &Path, fresh: &Path, now: Timestamp) -> Result<()> {
    let fresh = fresh.file_name().and_then(|name| name.to_str());
    let fresh = fresh.ok_or(ClinicError::Internal("swap"))?;
    let at = now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ");
    // The id keeps two restores of one second apart.
    let id = fresh.trim_start_matches(FRESH);
    let swap = Swap {
        aside: format!("{ASIDE}{at}-{id}"),
        fresh: fresh.into(),
    };
    let json = serde_json::to_vec(&swap).map_err(|_| ClinicError::Internal("swap"))?;
    durable::replace(&dir.join(FILE), &json)?;
    finish(dir)
}

/// Finishes a swap that was begun, and removes what else a cut left behind. Only the owner of the record's
/// folder may call it, while nothing has the record open.
pub(crate) fn finish(dir: &Path) -> Result<()> {
    let path = dir.join(FILE);
    if path.try_exists()? {
        let swap: Swap = serde_json::from_slice(&fs::read(&path)?)
            .map_err(|_| ClinicError::Damaged { part: "keys" })?;
        let plain = |name: &str| !name.contains(['/', '\\']) && !name.contains("..");
        if !swap.fresh.starts_with(FRESH) || !plain(&swap.fresh) || !plain(&swap.aside) {
            return Err(ClinicError::Damaged { part: "keys" });
        }
        let (fresh, aside) = (dir.join(&swap.fresh), dir.join(&swap.aside));
        durable::create_private_dir(&aside)?;
        for part in others(&fresh)?.iter().map(String::as_str).chain(PARTS) {
            move_part(&dir.join(part), &fresh.join(part), &aside.join(part))?;
        }
        durable::sync_parent(&path)?;
        fs::remove_file(&path)?;
        durable::sync_parent(&path)?;
    }
    clear(dir)
}

/// What still lies in the restored folder and is not in the list.
fn others(fresh: &Path) -> Result<Vec<String>> {
    if !fresh.try_exists()? {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(fresh)? {
        let name = entry?.file_name();
        let name = name.to_str().filter(|name| !PARTS.contains(name));
        names.extend(name.map(String::from));
    }
    Ok(names)
}

/// Removes restored folders that never came into place, and the backup's work.
pub(super) fn clear(dir: &Path) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(FRESH) || name == WORK {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// The old part goes aside, once; the new one comes in its place, where there is one.
fn move_part(place: &Path, fresh: &Path, aside: &Path) -> Result<()> {
    let comes = fresh.try_exists()?;
    let gone = aside.try_exists()?;
    // Where nothing comes any more the part in place may be the new one; only parts that the new record
    // does not have are moved then, and only as long as nobody opened it.
    let old_in_place = place.try_exists()? && !gone && (comes || is_never_new(place));
    if old_in_place {
        fs::rename(place, aside)?;
        durable::sync_parent(aside)?;
    }
    if comes {
        fs::rename(fresh, place)?;
        durable::sync_parent(place)?;
    }
    Ok(())
}

/// Parts that a restored record never has before it is first opened.
fn is_never_new(place: &Path) -> bool {
    let name = place.file_name().and_then(|name| name.to_str());
    matches!(name, Some("clinic.db-wal" | "clinic.db-shm" | "tries.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(dir: &Path, word: &str, device: bool) {
        durable::create_private_dir(&dir.join("vault")).unwrap();
        fs::write(dir.join("vault").join("file"), word).unwrap();
        for part in ["clinic.db", "journal.anchor", "keys.json"] {
            fs::write(dir.join(part), word).unwrap();
        }
        if device {
            fs::write(dir.join("device.key"), word).unwrap();
        }
    }

    /// Cut after any number of moves, and finished by the next start, it is always the whole new record, and
    /// the whole old one is aside.
    #[test]
    fn cut_anywhere_it_is_finished_by_the_next_start() {
        for old_device in [false, true] {
            for new_device in [false, true] {
                for cut in 0..=PARTS.len() * 2 {
                    let dir = tempfile::tempdir().unwrap();
                    let dir = dir.path();
                    parts(dir, "old", old_device);
                    fs::write(dir.join("clinic.db-wal"), "old").unwrap();
                    fs::write(dir.join("tries.json"), "old").unwrap();
                    let fresh = fresh(dir, Uuid::now_v7());
                    parts(&fresh, "new", new_device);
                    cut_off(dir, &fresh, cut);
                    finish(dir).unwrap();
                    finish(dir).unwrap();
                    let read = |path: PathBuf| fs::read_to_string(path).ok();
                    let aside = dir.join("aside");
                    for (place, word) in [(dir, "new"), (&aside, "old")] {
                        for part in ["clinic.db", "journal.anchor", "keys.json", "vault/file"] {
                            assert_eq!(
                                read(place.join(part)).as_deref(),
                                Some(word),
                                "{cut} {part}"
                            );
                        }
                    }
                    assert!(
                        !dir.join("clinic.db-wal").exists() && !dir.join("tries.json").exists()
                    );
                    assert_eq!(read(aside.join("clinic.db-wal")).as_deref(), Some("old"));
                    let device = read(dir.join("device.key"));
                    match new_device {
                        true => assert_eq!(device.as_deref(), Some("new")),
                        // The restored record has its secret in the keychain; the old file matters no more.
                        false => assert_eq!(device, old_device.then(|| "old".into())),
                    }
                    assert!(!dir.join(FILE).exists() && !fresh.exists());
                }
            }
        }
    }

    /// The intent is durable, and `cut` of its moves were made.
    fn cut_off(dir: &Path, fresh: &Path, cut: usize) {
        let swap = Swap {
            fresh: fresh.file_name().unwrap().to_str().unwrap().into(),
            aside: "aside".into(),
        };
        fs::write(dir.join(FILE), serde_json::to_vec(&swap).unwrap()).unwrap();
        let aside = dir.join("aside");
        fs::create_dir(&aside).unwrap();
        let mut left = cut;
        let mut one_move = |from: &Path, to: &Path| {
            if left > 0 && from.exists() {
                left -= 1;
                fs::rename(from, to).unwrap();
            }
        };
        for part in ["device.key"].into_iter().chain(PARTS) {
            let comes = fresh.join(part).exists();
            if comes || is_never_new(&dir.join(part)) {
                one_move(&dir.join(part), &aside.join(part));
            }
            if comes && !dir.join(part).exists() {
                one_move(&fresh.join(part), &dir.join(part));
            }
        }
    }

    #[test]
    fn a_swap_that_names_another_folder_moves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        parts(dir.path(), "old", false);
        for fresh in ["../elsewhere", "restored-/../..", "other"] {
            let swap = Swap {
                fresh: fresh.into(),
                aside: "aside".into(),
            };
            fs::write(dir.path().join(FILE), serde_json::to_vec(&swap).unwrap()).unwrap();
            assert!(finish(dir.path()).is_err(), "{fresh}");
            assert!(dir.path().join("keys.json").exists());
        }
    }
}
