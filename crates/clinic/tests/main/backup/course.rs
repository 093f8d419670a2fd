//! From the first backup to the restored record.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use clinic::*;

use super::*;

fn journal(house: &House) -> JournalReport {
    let permit = house.permit("ada", Permission::ReadJournal);
    house.clinic.verify_journal(&permit).unwrap()
}

fn verbs(house: &House) -> Vec<String> {
    let permit = house.permit("ada", Permission::ReadJournal);
    let query = JournalQuery {
        limit: 200,
        ..JournalQuery::default()
    };
    let page = house.clinic.journal_page(&permit, &query).unwrap();
    page.rows.into_iter().map(|row| row.verb).collect()
}

fn patients(house: &House) -> usize {
    let permit = house.permit("dora", Permission::ReadPatients);
    house
        .clinic
        .patients(&permit, "", None, 200)
        .unwrap()
        .rows
        .len()
}

#[test]
fn a_backup_is_proved_and_the_next_copies_only_what_is_new() {
    let (house, target) = house();
    let first = back_up(&house).unwrap();
    assert_eq!((first.files, first.new_files, first.removed), (2, 2, 0));
    let patient = house.patient("dora", "João Souza");
    house.scan("dora", &patient, &film(3));
    house.scan("dora", &patient, &film(1));
    house.wait(3600);
    let second = back_up(&house).unwrap();
    assert_eq!((second.files, second.new_files), (3, 1));
    assert!(second.written < second.bytes, "{second:?}");
    let found = Clinic::snapshots_in(&target).unwrap();
    // The earlier one of the same day goes.
    assert_eq!((found.len(), second.removed), (1, 1));
    assert!(found[0].verified);
    assert_eq!(found[0].clinic_name, "Clinic on the hill");
    let proved = {
        let permit = house.permit("ada", Permission::ManageBackups);
        let watch = BackupWatch::default();
        house
            .clinic
            .prove_snapshot(&permit, &found[0].folder, &watch)
            .unwrap()
    };
    assert_eq!((proved.files, proved.read_back), (3, 3));
    // Nothing of a person and no secret of the device lies there in the open.
    for path in files(&target) {
        let bytes = fs::read(&path).unwrap();
        for word in ["Maria", "Silva", "dora"] {
            let found = bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes());
            assert!(!found, "{word} in {}", path.display());
        }
        assert!(!path.to_string_lossy().contains("device"));
    }
    assert!(!house.clinic.dir().join("backup-work").exists());
}

#[test]
fn a_restored_record_is_the_one_of_that_moment_and_the_old_one_is_kept_aside() {
    let (house, target) = house();
    back_up(&house).unwrap();
    house.patient("dora", "Came later");
    assert_eq!(patients(&house), 2);
    for key in [phrase(&house), password("ada")] {
        let wanted = Restoration {
            folder: newest(&target),
            key,
        };
        house
            .clinic
            .restore_over(&wanted, &BackupWatch::default())
            .unwrap();
        assert!(!house.clinic.is_unlocked());
        assert_eq!(patients(&house), 1);
        assert_eq!(house.clinic.journal_alarm(), None);
        assert!(journal(&house).is_intact());
        assert!(verbs(&house).contains(&"backup.restore".to_string()));
        house.patient("dora", "Came later");
    }
    // Films open again, byte for byte.
    let permit = house.permit("dora", Permission::ReadScans);
    let query = WorklistQuery {
        limit: 10,
        ..WorklistQuery::default()
    };
    let rows = house.clinic.worklist(&permit, &query).unwrap().rows;
    let mut seen: Vec<_> = rows
        .iter()
        .map(|row| {
            house
                .clinic
                .read_file(&permit, row.scan_id)
                .unwrap()
                .to_vec()
        })
        .collect();
    seen.sort();
    let mut films = vec![film(1), film(2)];
    films.sort();
    assert_eq!(seen, films);
    let aside = fs::read_dir(house.clinic.dir())
        .unwrap()
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with("before-restore-")
        })
        .count();
    assert_eq!(aside, 2);
    // And a backup of what was brought back is no alarm, although the one before knew more.
    house.wait(86_400);
    back_up(&house).unwrap();
    assert!(!verbs(&house).contains(&"journal.alarm".to_string()));
}

#[test]
fn a_new_machine_needs_the_phrase_and_then_only_an_account() {
    let (house, target) = house();
    back_up(&house).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let dir = elsewhere.path().join("record");
    let keychain = FileKeychain::at(elsewhere.path().join("keychain"));
    let restore = |key| {
        let wanted = Restoration {
            folder: newest(&target),
            key,
        };
        Clinic::restore(
            &dir,
            &wanted,
            &keychain,
            &house.clock,
            &BackupWatch::default(),
        )
    };
    // The device's secret is not in the backup: a password alone opens nothing.
    let error = restore(password("ada")).unwrap_err();
    assert!(matches!(error, ClinicError::KeyUnavailable), "{error:?}");
    let wrong = "abandon ".repeat(11) + "about";
    let error = restore(SnapshotKey::Phrase(secret(&wrong))).unwrap_err();
    assert!(matches!(error, ClinicError::WrongPhrase), "{error:?}");
    assert!(Clinic::status_of(&dir).unwrap().is_none());
    restore(phrase(&house)).unwrap();
    let keychain = Arc::new(FileKeychain::at(elsewhere.path().join("keychain")));
    let clinic = Clinic::open(&dir, keychain, Arc::new(house.clock.clone())).unwrap();
    clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    assert_eq!(clinic.journal_alarm(), None);
}

#[test]
fn only_an_administrators_password_brings_a_backup_back_and_guesses_are_counted() {
    let (house, target) = house();
    back_up(&house).unwrap();
    let restore = |key| {
        let wanted = Restoration {
            folder: newest(&target),
            key,
        };
        house.clinic.restore_over(&wanted, &BackupWatch::default())
    };
    let error = restore(password("dora")).unwrap_err();
    assert!(matches!(error, ClinicError::Forbidden { .. }), "{error:?}");
    let wrong = || SnapshotKey::Password {
        login: "ada".into(),
        password: secret("not the right one"),
        device_passphrase: None,
    };
    let mut waits = false;
    for _ in 0..6 {
        waits |= matches!(restore(wrong()), Err(ClinicError::TooManyTries { .. }));
    }
    assert!(waits);
    // Nothing of it touched the record.
    assert_eq!(patients(&house), 1);
    assert_eq!(house.clinic.journal_alarm(), None);
}

#[test]
fn another_clinics_backup_does_not_take_this_ones_place() {
    let (house, _) = house();
    let (other, target) = super::house();
    back_up(&other).unwrap();
    let wanted = Restoration {
        folder: newest(&target),
        key: phrase(&other),
    };
    let error = house
        .clinic
        .restore_over(&wanted, &BackupWatch::default())
        .unwrap_err();
    assert!(
        matches!(error, ClinicError::Backup(BackupProblem::OtherClinic)),
        "{error:?}"
    );
    assert!(house.clinic.is_unlocked());
    assert_eq!(patients(&house), 1);
}

#[test]
fn thirty_days_leave_what_the_rotation_keeps_and_no_file_that_nobody_names() {
    let (house, target) = house();
    for _ in 0..30 {
        back_up(&house).unwrap();
        house.wait(86_400);
    }
    let found = Clinic::snapshots_in(&target).unwrap();
    // 7 days, and with weeks and months that do not fall on them at most 23.
    assert!((7..=12).contains(&found.len()), "{}", found.len());
    let kept = files(
        &target
            .read_dir()
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
            .join("files"),
    );
    assert_eq!(kept.len(), 2);
    let stray = kept[0].with_file_name(format!("{}.mbs", "ab".repeat(32)));
    fs::write(&stray, "nobody's").unwrap();
    back_up(&house).unwrap();
    assert!(!stray.exists() && kept[0].exists());
}

#[test]
fn a_cancelled_backup_leaves_nothing_and_the_next_one_is_whole() {
    let (house, target) = house();
    let permit = house.permit("ada", Permission::ManageBackups);
    let watch = BackupWatch::default();
    watch.cancel();
    let error = house.clinic.back_up(&permit, &watch).unwrap_err();
    assert!(
        matches!(error, ClinicError::Backup(BackupProblem::Cancelled)),
        "{error:?}"
    );
    assert!(Clinic::snapshots_in(&target).unwrap().is_empty());
    let runs = house.clinic.backup_runs(&permit, 10).unwrap();
    assert_eq!(runs[0].outcome, BackupOutcome::Cancelled);
    back_up(&house).unwrap();
}

#[test]
fn a_record_put_back_behind_the_backups_back_raises_an_alarm() {
    let (house, target) = house();
    let record = house.clinic.dir().to_path_buf();
    let house = house.restart();
    let older = house.dir.path().join("older");
    copy_tree(&record, &older);
    house.patient("dora", "Will be gone");
    back_up(&house).unwrap();
    let House {
        dir,
        keychain,
        clock,
        clinic,
        phrase,
    } = house;
    drop(clinic);
    // The whole folder, anchor included: it looks whole to itself.
    fs::remove_dir_all(&record).unwrap();
    fs::rename(&older, &record).unwrap();
    let clinic = Clinic::open(&record, keychain.clone(), Arc::new(clock.clone())).unwrap();
    let house = House {
        dir,
        keychain,
        clock,
        clinic,
        phrase,
    };
    house.sign_in("dora");
    assert_eq!(house.clinic.journal_alarm(), None);
    house.wait(86_400);
    back_up(&house).unwrap();
    assert!(verbs(&house).contains(&"journal.alarm".to_string()));
    assert_eq!(Clinic::snapshots_in(&target).unwrap().len(), 2);
}

/// Somebody writes all the while. Nothing acknowledged before the backup began is missing from it, and
/// nobody waited for it. (`cargo xtask bench backup` measures the pause with a gigabyte.)
#[test]
fn people_write_while_a_backup_runs() {
    let (house, target) = house();
    let stop = AtomicBool::new(false);
    let written = AtomicU64::new(0);
    let permit = house.permit("dora", Permission::WritePatients);
    let (before, longest) = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut longest = Duration::ZERO;
            while !stop.load(Ordering::Acquire) {
                let who = who(&format!("Patient {}", written.load(Ordering::Acquire)));
                let begun = Instant::now();
                house
                    .clinic
                    .write(&permit, "patients.create", |change| {
                        change.create_patient(&who, false)
                    })
                    .unwrap();
                longest = longest.max(begun.elapsed());
                written.fetch_add(1, Ordering::AcqRel);
            }
            longest
        });
        while written.load(Ordering::Acquire) < 20 {
            std::thread::yield_now();
        }
        let before = written.load(Ordering::Acquire);
        back_up(&house).unwrap();
        stop.store(true, Ordering::Release);
        (before, writer.join().unwrap())
    });
    eprintln!(
        "{before} before, {} at the end, longest write {longest:?}",
        written.load(Ordering::Acquire)
    );
    assert!(written.load(Ordering::Acquire) > before);
    let wanted = Restoration {
        folder: newest(&target),
        key: phrase(&house),
    };
    house
        .clinic
        .restore_over(&wanted, &BackupWatch::default())
        .unwrap();
    let permit = house.permit("dora", Permission::ReadPatients);
    let (mut all, mut cursor) = (0, None);
    loop {
        let page = house
            .clinic
            .patients(&permit, "", cursor.as_deref(), 200)
            .unwrap();
        all += page.rows.len() as u64;
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert!(
        (before + 1..=written.load(Ordering::Acquire) + 1).contains(&all),
        "{all}"
    );
}

#[test]
fn a_locked_clinic_makes_no_backup_and_a_hold_outlives_everybody() {
    let (house, _) = house();
    let permit = house.permit("ada", Permission::ManageBackups);
    house.clinic.lock();
    let error = house
        .clinic
        .back_up(&permit, &BackupWatch::default())
        .unwrap_err();
    assert!(matches!(error, ClinicError::Locked), "{error:?}");
    house.sign_in("dora");
    // Nobody asks for leave: the plan was made with one.
    house
        .clinic
        .back_up_as_planned(&BackupWatch::default())
        .unwrap();
}
