//! Backups: made while people work, proved, rotated, brought back; damaged and cut off anywhere.

mod broken;
mod course;
mod killed;
#[cfg(target_os = "linux")]
mod stick;

use std::{
    fs,
    path::{Path, PathBuf},
};

use clinic::*;

use crate::support::*;

/// Chooses a folder for backups, daily at ten past two.
pub(super) fn plan(house: &House, target: &Path) -> Result<()> {
    let permit = house.permit("ada", Permission::ManageBackups);
    let plan = BackupPlan {
        target: target.into(),
        minute: 130,
        daily: true,
    };
    house
        .clinic
        .write(&permit, "backup.plan", |change| change.plan_backups(&plan))
}

/// A clinic with a patient and two scans, and a folder for its backups.
pub(super) fn house() -> (House, PathBuf) {
    let house = House::new();
    let patient = house.patient("dora", "Maria Silva");
    house.scan("dora", &patient, &film(1));
    house.scan("dora", &patient, &film(2));
    let target = house.dir.path().join("stick");
    fs::create_dir(&target).unwrap();
    plan(&house, &target).unwrap();
    (house, target)
}

pub(super) fn film(number: u8) -> Vec<u8> {
    (0..150_000u32)
        .map(|at| (at as u8).wrapping_mul(31).wrapping_add(number))
        .collect()
}

pub(super) fn back_up(house: &House) -> Result<BackupDone> {
    let permit = house.permit("ada", Permission::ManageBackups);
    house.clinic.back_up(&permit, &BackupWatch::default())
}

pub(super) fn phrase(house: &House) -> SnapshotKey {
    SnapshotKey::Phrase(secret(&house.phrase.join(" ")))
}

pub(super) fn password(login: &str) -> SnapshotKey {
    SnapshotKey::Password {
        login: login.into(),
        password: secret(PASSWORD),
        device_passphrase: None,
    }
}

/// The newest snapshot's folder.
pub(super) fn newest(target: &Path) -> PathBuf {
    Clinic::snapshots_in(target).unwrap()[0].folder.clone()
}

/// Every file below a folder, sorted.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(files(&path)),
            false => all.push(path),
        }
    }
    all.sort();
    all
}

pub(super) fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy_tree(&path, &to),
            false => drop(fs::copy(&path, &to).unwrap()),
        }
    }
}
