//! A backup that is not what was written is never taken for one, and a record that is not is offered help.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clinic::*;

use super::*;

/// One byte flipped, cut, dropped, swapped or written over at a random place, 200 times: each is found.
#[test]
fn two_hundred_random_corruptions_are_all_found() {
    let (house, target) = house();
    back_up(&house).unwrap();
    let whole = house.dir.path().join("whole");
    copy_tree(&target, &whole);
    let permit = house.permit("ada", Permission::ManageBackups);
    let mut seed = 0x00c0_ffee_u64;
    let mut random = move |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let parts: Vec<_> = files(&target)
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // What says nothing of the record, or only claims that it was proved.
            !["README.txt", "backup.lock", "verified.mbk"].contains(&name.as_str())
        })
        .collect();
    // The database, keys.json, the manifest, two files.
    assert_eq!(parts.len(), 5, "{parts:?}");
    let mut hit = std::collections::BTreeMap::new();
    for round in 0..200 {
        let path = &parts[random(parts.len() as u64) as usize];
        let good = fs::read(path).unwrap();
        let mut bad = good.clone();
        let at = random(good.len() as u64) as usize;
        let kind = random(6);
        match kind {
            0 => bad[at] ^= 1 << random(8),
            1 => bad.truncate(at),
            2 => bad.extend_from_slice(b"more"),
            3 => {
                bad.remove(at);
            }
            4 => {
                let to = (at + 512).min(bad.len());
                bad[at..to].iter_mut().for_each(|byte| *byte = !*byte);
            }
            _ => bad.clear(),
        }
        fs::write(path, &bad).unwrap();
        let folder = target_snapshot(&whole, &target);
        let watch = BackupWatch::default();
        let proved = house.clinic.prove_snapshot(&permit, &folder, &watch);
        assert!(
            proved.is_err(),
            "round {round}: {kind} at {at} of {}",
            path.display()
        );
        // A restore refuses it as well and leaves the record alone.
        let wanted = Restoration {
            folder,
            key: phrase(&house),
        };
        let elsewhere = tempfile::tempdir().unwrap();
        let keychain = FileKeychain::at(elsewhere.path().join("keychain"));
        let record = elsewhere.path().join("record");
        let restored = Clinic::restore(&record, &wanted, &keychain, &house.clock, &watch);
        assert!(
            restored.is_err(),
            "round {round}: {kind} at {at} of {}",
            path.display()
        );
        assert!(Clinic::status_of(&record).unwrap().is_none());
        *hit.entry(path.extension().unwrap().to_os_string())
            .or_insert(0) += 1;
        fs::write(path, good).unwrap();
    }
    eprintln!("200 corruptions, all found: {hit:?}");
    let watch = BackupWatch::default();
    house
        .clinic
        .prove_snapshot(&permit, &newest(&target), &watch)
        .unwrap();
}

/// The snapshot's folder, also while its `keys.json` cannot be read and no list shows it.
fn target_snapshot(whole: &Path, target: &Path) -> PathBuf {
    let folder = newest(whole);
    target.join(folder.strip_prefix(whole).unwrap())
}

#[test]
fn parts_of_another_day_do_not_pass() {
    let (house, target) = house();
    back_up(&house).unwrap();
    let first = newest(&target);
    house.patient("dora", "Came later");
    house.wait(2 * 86_400);
    back_up(&house).unwrap();
    let second = newest(&target);
    assert_ne!(first, second);
    let permit = house.permit("ada", Permission::ManageBackups);
    let prove = |folder: &Path| {
        let watch = BackupWatch::default();
        house.clinic.prove_snapshot(&permit, folder, &watch)
    };
    for part in ["clinic.db", "manifest.mbk"] {
        let good = fs::read(second.join(part)).unwrap();
        fs::copy(first.join(part), second.join(part)).unwrap();
        assert!(prove(&second).is_err(), "{part}");
        fs::write(second.join(part), good).unwrap();
    }
    prove(&second).unwrap();
    // A whole old snapshot under a new name is none.
    let forged = second.with_file_name("20300101T000000Z-0190a0a0a0a070008000000000000000");
    copy_tree(&first, &forged);
    assert!(prove(&forged).is_err());
}

/// The daily proof does not read old files each time; in a week it reads all of them, and what went bad is
/// copied anew from the record at once: also where it is found on the last day, every backup that is there is whole.
#[test]
fn a_file_that_went_bad_on_the_stick_is_found_within_a_week_and_mended() {
    let (house, target) = house();
    back_up(&house).unwrap();
    let old = files(&target)
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "mbs"))
        .unwrap();
    let mut bytes = fs::read(&old).unwrap();
    bytes[1000] ^= 1;
    fs::write(&old, &bytes).unwrap();
    let mut found = 0;
    for _ in 0..7 {
        house.wait(86_400);
        let bad = back_up(&house).is_err();
        found += usize::from(bad);
        if bad {
            let permit = house.permit("ada", Permission::ManageBackups);
            let watch = BackupWatch::default();
            for snapshot in Clinic::snapshots_in(&target).unwrap() {
                house
                    .clinic
                    .prove_snapshot(&permit, &snapshot.folder, &watch)
                    .unwrap();
            }
        }
    }
    assert_eq!(found, 1);
}

#[test]
fn a_manifest_that_cannot_be_read_keeps_every_file() {
    let (house, target) = house();
    back_up(&house).unwrap();
    let kept = files(&target);
    let first = newest(&target);
    fs::write(first.join("manifest.mbk"), "torn").unwrap();
    house.wait(86_400);
    back_up(&house).unwrap();
    let kept_after: Vec<_> = files(&target)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "mbs"))
        .collect();
    assert!(kept_after.iter().all(|path| kept.contains(path)) && kept_after.len() == 2);
}

/// A record whose pages are torn or gone does not open as if it were whole; the last verified backup is
/// known without it, and brings it back.
#[test]
fn torn_and_missing_pages_are_found_and_the_last_verified_backup_is_offered() {
    for damage in ["first page", "cut", "empty", "gone", "noise"] {
        let (house, _) = house();
        back_up(&house).unwrap();
        let record = house.clinic.dir().to_path_buf();
        let House {
            dir,
            keychain,
            clock,
            clinic,
            phrase: _,
        } = house;
        drop(clinic);
        let path = record.join("clinic.db");
        let mut bytes = fs::read(&path).unwrap();
        match damage {
            "first page" => bytes[100..200].fill(0),
            "cut" => bytes.truncate(bytes.len() / 2),
            "empty" => bytes.clear(),
            "noise" => bytes
                .iter_mut()
                .skip(4096)
                .step_by(4096)
                .for_each(|byte| *byte ^= 255),
            _ => {}
        }
        match damage {
            "gone" => fs::remove_file(&path).unwrap(),
            _ => fs::write(&path, bytes).unwrap(),
        }
        let clinic = Clinic::open(&record, keychain.clone(), std::sync::Arc::new(clock)).unwrap();
        let error = clinic.sign_in("ada", &secret(PASSWORD)).unwrap_err();
        assert!(
            matches!(error, ClinicError::Damaged { part: "database" }),
            "{damage}: {error:?}"
        );
        let last = Clinic::last_backup_of(&record).unwrap();
        assert!(last.there, "{damage}");
        let wanted = Restoration {
            folder: last.folder,
            key: password("ada"),
        };
        clinic
            .restore_over(&wanted, &BackupWatch::default())
            .unwrap();
        let session = clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
        let permit = authorize(
            &clinic.session(session.id).unwrap(),
            Permission::ReadPatients,
        );
        let page = clinic.patients(&permit.unwrap(), "", None, 10).unwrap();
        assert_eq!(page.rows.len(), 1, "{damage}");
        drop(dir);
    }
}

/// Damage that shows only when a page is read stops the backup, which would otherwise hand it on.
#[test]
fn a_backup_of_a_damaged_record_fails_and_the_good_one_stays() {
    let (house, target) = house();
    for number in 0..300 {
        house.patient("dora", &format!("Patient {number}"));
    }
    back_up(&house).unwrap();
    let good = newest(&target);
    let house = house.restart();
    let path = house.clinic.dir().join("clinic.db");
    let mut bytes = fs::read(&path).unwrap();
    // The last page that is written is no page that opening reads.
    let last = bytes.len() - 2048;
    bytes[last] ^= 1;
    fs::write(&path, bytes).unwrap();
    house.wait(86_400);
    let error = back_up(&house).unwrap_err();
    assert!(
        matches!(error, ClinicError::Damaged { part: "database" }),
        "{error:?}"
    );
    assert!(newest(&target) == good);
}
