//! The stick that backups go to: missing, full, full on the way, read-only. Each has its sentence, costs nothing
//! that was there, and the next backup after it is whole.

use std::{fs, path::Path, process::Command};

use clinic::*;

use super::*;

/// A disk of its own in memory, mounted at a folder, so that it can be filled and made read-only. It needs root,
/// or `sudo` that asks nothing, as machines of automated checks have.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None`, said aloud, where this user may not mount.
    fn at(folder: &Path, options: &str) -> Option<Self> {
        let options = format!("mode=0777,{options}");
        let mounted = root(&["mount", "-t", "tmpfs", "-o", &options, "tmpfs"], folder);
        if !mounted {
            eprintln!("not tested: this user may not mount a small disk ({options})");
        }
        mounted.then(|| Self(folder.into()))
    }

    fn again(&self, options: &str) {
        assert!(root(
            &["mount", "-o", &format!("remount,{options}")],
            &self.0
        ));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        root(&["umount", "-l"], &self.0);
    }
}

fn root(command: &[&str], folder: &Path) -> bool {
    [&["sudo", "-n"][..], &[]].iter().any(|before| {
        let words: Vec<_> = before.iter().chain(command).collect();
        let run = Command::new(words[0])
            .args(&words[1..])
            .arg(folder)
            .output();
        run.is_ok_and(|run| run.status.success())
    })
}

/// A clinic whose stick is a small disk with one proved backup on it.
fn on_a_small_disk(options: &str) -> Option<(House, PathBuf, SmallDisk)> {
    let (house, target) = house();
    let disk = SmallDisk::at(&target, options)?;
    plan(&house, &target).unwrap();
    back_up(&house).unwrap();
    house.wait(86_400);
    Some((house, target, disk))
}

/// The newest try failed with this sentence; the backup before is there, whole, and the record works.
fn nothing_lost(house: &House, target: &Path, good: &Path, sentence: &str) {
    let now = house.clock_now().to_zoned(jiff::tz::TimeZone::UTC);
    let state = house.clinic.backup_state(&now).unwrap();
    assert_eq!(state.problem.unwrap().message_id, sentence);
    assert!(state.last_verified.is_some());
    assert_eq!(newest(target), good);
    let permit = house.permit("ada", Permission::ManageBackups);
    let watch = BackupWatch::default();
    let proved = house.clinic.prove_snapshot(&permit, good, &watch).unwrap();
    assert_eq!(proved.files, 2);
    house.patient("dora", "Came while the stick was no good");
    // Half a snapshot would keep a full stick full.
    let stray = files(target)
        .into_iter()
        .find(|path| path.to_string_lossy().contains("/.new-"));
    assert_eq!(stray, None);
}

fn next_one_is_whole(house: &House, good: &Path, target: &Path) {
    house.wait(86_400);
    back_up(house).unwrap();
    assert_ne!(newest(target), good);
    let permit = house.permit("ada", Permission::ManageBackups);
    let watch = BackupWatch::default();
    house
        .clinic
        .prove_snapshot(&permit, &newest(target), &watch)
        .unwrap();
}

/// Found out before anything is written, with how much is missing.
#[test]
fn a_full_stick_is_told_before_anything_is_written() {
    let Some((house, target, disk)) = on_a_small_disk("size=64m") else {
        return;
    };
    let good = newest(&target);
    let filler = target.join("films of somebody else");
    fs::write(&filler, vec![1; 52 * 1024 * 1024]).unwrap();
    let error = back_up(&house).unwrap_err();
    let full = matches!(error, ClinicError::Backup(BackupProblem::TargetFull { needed, free }) if needed > free && free > 0);
    assert!(full, "{error:?}");
    nothing_lost(&house, &target, &good, "backup-target-full");
    fs::remove_file(&filler).unwrap();
    next_one_is_whole(&house, &good, &target);
    drop(disk);
}

/// Room enough by the figures, and then it is full all the same: here it has no entry left for another file.
#[test]
fn a_stick_that_fills_up_on_the_way_is_told() {
    let Some((house, target, disk)) = on_a_small_disk("size=64m,nr_inodes=200") else {
        return;
    };
    let good = newest(&target);
    let mut fillers = Vec::new();
    for number in 0.. {
        let filler = target.join(format!("filler {number}"));
        if fs::write(&filler, "").is_err() {
            break;
        }
        fillers.push(filler);
    }
    // For the folder of the snapshot and its database, and not for all the rest.
    for filler in fillers.drain(..2) {
        fs::remove_file(filler).unwrap();
    }
    let error = back_up(&house).unwrap_err();
    let filled = matches!(
        error,
        ClinicError::Backup(BackupProblem::TargetFull { needed: 0, .. })
    );
    assert!(filled, "{error:?}");
    nothing_lost(&house, &target, &good, "backup-target-filled");
    fillers
        .iter()
        .for_each(|filler| fs::remove_file(filler).unwrap());
    next_one_is_whole(&house, &good, &target);
    drop(disk);
}

#[test]
fn a_stick_with_its_lock_pushed_is_told() {
    let Some((house, target, disk)) = on_a_small_disk("size=64m") else {
        return;
    };
    let good = newest(&target);
    disk.again("ro");
    let error = back_up(&house).unwrap_err();
    assert!(
        matches!(error, ClinicError::Backup(BackupProblem::TargetReadOnly)),
        "{error:?}"
    );
    nothing_lost(&house, &target, &good, "backup-target-read-only");
    disk.again("rw");
    next_one_is_whole(&house, &good, &target);
}

/// For whoever may not mount: a folder that one may not write. Root may write anything, and says so.
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let (house, target) = house();
    back_up(&house).unwrap();
    house.wait(86_400);
    let good = newest(&target);
    let snapshots = good.parent().unwrap();
    let allow = |mode| fs::set_permissions(snapshots, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o500);
    if fs::write(snapshots.join("probe"), "").is_ok() {
        fs::remove_file(snapshots.join("probe")).unwrap();
        eprintln!("not tested: this user may write a folder that nobody may write (root)");
        allow(0o700);
        return;
    }
    let error = back_up(&house).unwrap_err();
    assert!(
        matches!(error, ClinicError::Backup(BackupProblem::TargetReadOnly)),
        "{error:?}"
    );
    nothing_lost(&house, &target, &good, "backup-target-read-only");
    allow(0o700);
    next_one_is_whole(&house, &good, &target);
}

#[test]
fn a_missing_stick_is_told_and_nothing_is_written_beneath_it() {
    let (house, target) = house();
    fs::rename(&target, house.dir.path().join("drawer")).unwrap();
    let error = back_up(&house).unwrap_err();
    assert!(
        matches!(error, ClinicError::Backup(BackupProblem::TargetMissing)),
        "{error:?}"
    );
    // The mount's empty folder is there, the stick is not: nothing is written beneath it.
    fs::create_dir(&target).unwrap();
    let error = back_up(&house).unwrap_err();
    assert!(
        matches!(error, ClinicError::Backup(BackupProblem::TargetMissing)),
        "{error:?}"
    );
    assert_eq!(fs::read_dir(&target).unwrap().count(), 0);
    fs::remove_dir(&target).unwrap();
    fs::rename(house.dir.path().join("drawer"), &target).unwrap();
    let now = house.clock_now().to_zoned(jiff::tz::TimeZone::UTC);
    let state = house.clinic.backup_state(&now).unwrap();
    assert_eq!(state.problem.unwrap().message_id, "backup-target-missing");
    assert!(state.last_verified.is_none());
    back_up(&house).unwrap();
    let state = house.clinic.backup_state(&now).unwrap();
    assert!(state.problem.is_none() && state.last_verified.is_some() && !state.overdue);
    // Inside the record's own folder it would go with it.
    let inside = house.clinic.dir().join("inside");
    fs::create_dir(&inside).unwrap();
    let error = plan(&house, &inside).unwrap_err();
    assert!(
        matches!(error, ClinicError::Backup(BackupProblem::TargetInside)),
        "{error:?}"
    );
}
