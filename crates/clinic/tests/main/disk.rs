//! Disks that are full or read-only: a clear error, and nothing that was saved is lost.
//!
//! They need a mount of their own; where that is refused they say so and show nothing.

use std::{io::Cursor, path::Path, process::Command, sync::Arc};

use basics::{Code, Coded, SystemClock};
use clinic::*;

use crate::support::*;

/// A small disk in memory, gone when dropped.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(size: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        if mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], dir.path()) {
            return Some(Self(dir));
        }
        eprintln!("not run: mount refused");
        None
    }

    fn again(&self, options: &str) {
        assert!(mount(&["-o", &format!("remount,{options}")], self.0.path()));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

fn mount(arguments: &[&str], place: &Path) -> bool {
    let mount = Command::new("mount").args(arguments).arg(place).output();
    mount.is_ok_and(|done| done.status.success())
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let Some(disk) = Disk::new("6m") else { return };
    let place = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FileKeychain::at(place.path()));
    let record = disk.0.path().join("record");
    let clock = Arc::new(SystemClock);
    let clinic = Clinic::create(&record, setup(), keychain, clock)
        .unwrap()
        .clinic;
    let permit = |permission| {
        let session = clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
        authorize(&clinic.session(session.id).unwrap(), permission).unwrap()
    };
    let (import, judge) = (
        permit(Permission::ImportScans),
        permit(Permission::RecordVerdicts),
    );
    let patient = clinic
        .write(&import, "x", |c| c.create_patient(&who("Maria"), false))
        .unwrap();
    let mut kept = Vec::new();
    let full = loop {
        let film = (kept.len() as u64).to_le_bytes().repeat(25_000);
        let done = clinic
            .store_file(&import, &mut Cursor::new(film))
            .and_then(|file| {
                clinic.write(&import, "scan.import", |change| {
                    let study = NewStudy {
                        modality: "DX".into(),
                        ..NewStudy::default()
                    };
                    let study_id = change.ensure_study(patient.id, &study)?;
                    change.add_scan(&new_scan(study_id, file))
                })
            });
        match done {
            Ok(scan) => kept.push(scan.id),
            Err(error) => break error,
        }
    };
    assert_eq!(full.code(), Code::DiskFull, "{full:?}");
    assert!(kept.len() > 3);
    // Small rows until the database itself is full.
    let full = loop {
        let verdict = NewVerdict {
            scan_id: kept[0],
            reading_id: None,
            agrees: false,
            class: None,
            region: None,
            comment: phi(&"words ".repeat(2_000)),
        };
        if let Err(error) = clinic.write(&judge, "verdict", |c| c.record_verdict(&verdict)) {
            break error;
        }
    };
    assert_eq!(full.code(), Code::DiskFull, "{full:?}");
    let read = |clinic: &Clinic, permit: &Permit| {
        for (at, scan) in kept.iter().enumerate() {
            let film = clinic.read_file(permit, *scan).unwrap();
            assert_eq!(film[..8], (at as u64).to_le_bytes());
        }
    };
    disk.again("size=64m");
    let permit = permit(Permission::ReadScans);
    read(&clinic, &permit);
    clinic
        .store_file(&import, &mut Cursor::new(vec![1; 100_000]))
        .unwrap();
    let session = clinic.sign_in("ada", &secret(PASSWORD)).unwrap();
    let permit = authorize(
        &clinic.session(session.id).unwrap(),
        Permission::ReadJournal,
    )
    .unwrap();
    assert!(clinic.verify_journal(&permit).unwrap().is_intact());
    drop(clinic);
}

#[test]
fn a_read_only_disk_is_named_and_loses_nothing() {
    let Some(disk) = Disk::new("16m") else { return };
    let place = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FileKeychain::at(place.path()));
    let record = disk.0.path().join("record");
    let clock = Arc::new(SystemClock);
    drop(Clinic::create(&record, setup(), keychain.clone(), clock.clone()).unwrap());
    disk.again("ro");
    let error = Clinic::open(&record, keychain.clone(), clock.clone())
        .map(|_| ())
        .unwrap_err();
    assert_eq!(error.code(), Code::ReadOnly, "{error:?}");
    let other = disk.0.path().join("other");
    let error = Clinic::create(&other, setup(), keychain.clone(), clock.clone()).map(|_| ());
    assert_eq!(error.unwrap_err().code(), Code::ReadOnly);
    disk.again("rw");
    let clinic = Clinic::open(&record, keychain, clock).unwrap();
    clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
}
