//! kill -9 while a backup or a restore runs: the record opens, the backups that were whole are whole, the next
//! run goes through.

use std::{
    io::Read,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use basics::SystemClock;
use clinic::*;

use super::*;

const DIR: &str = "MEDIBRIDGE_TEST_BACKUP_DIR";
const ACT: &str = "MEDIBRIDGE_TEST_BACKUP_ACT";
const PHRASE: &str = "MEDIBRIDGE_TEST_BACKUP_PHRASE";
const READY: u8 = b'!';

#[test]
fn killed_at_any_moment_of_a_backup_or_restore_nothing_is_lost() {
    let rounds = std::env::var("MEDIBRIDGE_KILL_ROUNDS").map_or(16, |kills| kills.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let stick = dir.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    let created =
        Clinic::create(&record, setup(), keychain.clone(), Arc::new(SystemClock)).unwrap();
    let words = created.phrase.words().join(" ");
    fill(&created.clinic, &stick);
    drop(created.clinic);
    let open = || Clinic::open(&record, keychain.clone(), Arc::new(SystemClock)).unwrap();
    {
        let clinic = open();
        clinic.sign_in("ada", &secret(PASSWORD)).unwrap();
        clinic.back_up_as_planned(&BackupWatch::default()).unwrap();
    }
    let mut seed = 0xbac_u64;
    let mut cut = 0;
    for round in 0..rounds {
        let act = if round % 2 == 0 { "backup" } else { "restore" };
        let mut worker = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "backup::killed::worker", "--nocapture"])
            .env(DIR, dir.path())
            .env(ACT, act)
            .env(PHRASE, &words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = worker.stdout.take().unwrap();
        let mut byte = [0];
        while byte[0] != READY {
            out.read_exact(&mut byte).unwrap();
        }
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((seed >> 33) % 250_000));
        worker.kill().unwrap();
        cut += usize::from(!worker.wait().unwrap().success());
        // The record opens, whole, with its patients and films.
        let clinic = open();
        let session = clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
        assert_eq!(clinic.journal_alarm(), None, "{act} {round}");
        let active = clinic.session(session.id).unwrap();
        let permit = authorize(&active, Permission::ReadScans).unwrap();
        let query = WorklistQuery {
            limit: 10,
            ..WorklistQuery::default()
        };
        let rows = clinic.worklist(&permit, &query).unwrap().rows;
        assert_eq!(rows.len(), 3, "{act} {round}");
        for row in rows {
            clinic.read_file(&permit, row.scan_id).unwrap();
        }
        let admin = clinic.sign_in("ada", &secret(PASSWORD)).unwrap();
        let admin = clinic.session(admin.id).unwrap();
        let journal = authorize(&admin, Permission::ReadJournal).unwrap();
        assert!(
            clinic.verify_journal(&journal).unwrap().is_intact(),
            "{act} {round}"
        );
        // Every snapshot that has a name is whole.
        let backups = authorize(&admin, Permission::ManageBackups).unwrap();
        for found in Clinic::snapshots_in(&stick).unwrap() {
            clinic
                .prove_snapshot(&backups, &found.folder, &BackupWatch::default())
                .unwrap_or_else(|error| panic!("{act} {round}: {error}"));
        }
        assert!(!record.join("swap.json").exists());
    }
    let clinic = open();
    clinic.sign_in("ada", &secret(PASSWORD)).unwrap();
    clinic.back_up_as_planned(&BackupWatch::default()).unwrap();
    eprintln!("{rounds} rounds, {cut} cut off in the middle");
    assert!(cut > 0, "every worker was done before it was killed");
}

fn fill(clinic: &Clinic, stick: &Path) {
    let doctor = clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    let doctor = clinic.session(doctor.id).unwrap();
    let write = authorize(&doctor, Permission::WritePatients).unwrap();
    let import = authorize(&doctor, Permission::ImportScans).unwrap();
    let who = who("Maria Silva");
    let patient = clinic
        .write(&write, "patients.create", |change| {
            change.create_patient(&who, false)
        })
        .unwrap();
    for number in 0..3 {
        let content = film(number).repeat(20);
        let file = clinic
            .store_file(&import, &mut std::io::Cursor::new(content))
            .unwrap();
        clinic
            .write(&import, "scan.import", |change| {
                let study = NewStudy {
                    modality: "DX".into(),
                    ..NewStudy::default()
                };
                let study_id = change.ensure_study(patient.id, &study)?;
                change.add_scan(&new_scan(study_id, file))
            })
            .unwrap();
    }
    let admin = clinic.sign_in("ada", &secret(PASSWORD)).unwrap();
    let permit = authorize(
        &clinic.session(admin.id).unwrap(),
        Permission::ManageBackups,
    )
    .unwrap();
    let plan = BackupPlan {
        target: stick.into(),
        minute: 0,
        daily: true,
    };
    clinic
        .write(&permit, "backup.plan", |change| change.plan_backups(&plan))
        .unwrap();
}

/// Backs up or restores; does nothing unless the test above starts it in a process of its own.
#[test]
fn worker() {
    let (Some(dir), Ok(act)) = (std::env::var_os(DIR), std::env::var(ACT)) else {
        return;
    };
    let dir = Path::new(&dir);
    let keychain = Arc::new(FileKeychain::at(dir.join("keychain")));
    let clinic = Clinic::open(&dir.join("record"), keychain, Arc::new(SystemClock)).unwrap();
    clinic.sign_in("ada", &secret(PASSWORD)).unwrap();
    {
        use std::io::Write;
        let mut out = std::io::stdout().lock();
        out.write_all(&[READY]).unwrap();
        out.flush().unwrap();
    }
    let watch = BackupWatch::default();
    match act.as_str() {
        "backup" => drop(clinic.back_up_as_planned(&watch).unwrap()),
        _ => {
            let wanted = Restoration {
                folder: newest(&dir.join("stick")),
                key: SnapshotKey::Phrase(secret(&std::env::var(PHRASE).unwrap())),
            };
            clinic.restore_over(&wanted, &watch).unwrap();
        }
    }
}
