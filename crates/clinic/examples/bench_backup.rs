//! `cargo run --release -p clinic --example bench_backup`: backups of a gigabyte while people work, a JSON line each,
//! beside their budgets.
//!
//! `MEDIBRIDGE_BENCH_BACKUP_MB` (1,000) is how big the clinic is; half of it is database, half scans in the vault.
//! `MEDIBRIDGE_BENCH_BACKUP_TO` is where backups go (a temporary folder otherwise, mostly on the same disk).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use basics::{Phi, Secret, SystemClock};
use clinic::*;

const PASSWORD: &str = "a long enough password";

fn main() {
    let megabytes: u64 =
        std::env::var("MEDIBRIDGE_BENCH_BACKUP_MB").map_or(1_000, |mb| mb.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let target = std::env::var_os("MEDIBRIDGE_BENCH_BACKUP_TO")
        .map_or(dir.path().join("stick"), PathBuf::from);
    fs::create_dir_all(&target).unwrap();
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    let created =
        Clinic::create(&record, setup(), keychain.clone(), Arc::new(SystemClock)).unwrap();
    let phrase = created.phrase.words().join(" ");
    let clinic = created.clinic;
    let patient = fill(&clinic, &record, megabytes);
    plan(&clinic, &target);
    let bytes = size(&record);
    // Others on the machine are part of every figure below: say how many there were.
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        r#"{{"what":"the clinic","bytes":{bytes},"load":"{}"}}"#,
        load.trim()
    );

    let watch = BackupWatch::gentle();
    let idle = beside(&clinic, patient, &watch, || {
        std::thread::sleep(Duration::from_secs(10));
    });
    pauses("people work, nothing else runs", 0.0, &idle.1);
    let mut rows_before = 0;
    for what in ["first backup, all is new", "second backup, little is new"] {
        rows_before = journal_rows(&clinic);
        let begun = Instant::now();
        let watch = BackupWatch::gentle();
        let (done, pause) = beside(&clinic, patient, &watch, || {
            clinic.back_up_as_planned(&watch).unwrap()
        });
        let seconds = begun.elapsed().as_secs_f64();
        println!(
            r#"{{"what":"{what}, proved by a restore","bytes":{},"written":{},"seconds":{seconds:.1}}}"#,
            done.bytes, done.written
        );
        pauses(&format!("people work beside it: {what}"), seconds, &pause);
        std::thread::sleep(Duration::from_secs(1));
    }
    let found = Clinic::snapshots_in(&target).unwrap().remove(0);
    let begun = Instant::now();
    let proved = {
        let permit = permit(&clinic, "ada", Permission::ManageBackups);
        clinic
            .prove_snapshot(&permit, &found.folder, &BackupWatch::default())
            .unwrap()
    };
    println!(
        r#"{{"what":"whole check, every file read back","bytes":{},"seconds":{:.1}}}"#,
        proved.bytes,
        begun.elapsed().as_secs_f64()
    );
    let wanted = Restoration {
        folder: found.folder,
        key: SnapshotKey::Phrase(Secret::new(phrase)),
    };
    let begun = Instant::now();
    clinic
        .restore_over(&wanted, &BackupWatch::default())
        .unwrap();
    let restored = begun.elapsed().as_secs_f64();
    clinic
        .sign_in("dora", &Secret::new(PASSWORD.into()))
        .unwrap();
    println!(
        r#"{{"what":"restore until somebody is signed in","bytes":{},"seconds":{:.1},"swap_and_all_seconds":{restored:.1},"budget":"60 s"}}"#,
        proved.bytes,
        begun.elapsed().as_secs_f64()
    );
    // Nothing that was acknowledged before the last backup began is missing: each write has its row.
    let report = clinic
        .verify_journal(&permit(&clinic, "ada", Permission::ReadJournal))
        .unwrap();
    assert!(
        report.is_intact() && report.rows >= rows_before,
        "{report:?}"
    );
    println!(
        r#"{{"what":"no lost write","rows_before_the_last_backup":{rows_before},"rows_in_the_restored_journal":{}}}"#,
        report.rows
    );
}

fn journal_rows(clinic: &Clinic) -> u64 {
    let permit = permit(clinic, "ada", Permission::ReadJournal);
    clinic.verify_journal(&permit).unwrap().rows
}

/// Runs `act` while a person writes (a patient's mark on paper: a small transaction, durable) and another one
/// turns pages; how long each took, in milliseconds, and in which phase. Both pause a little between two
/// acts, as people do.
fn beside<T>(
    clinic: &Clinic,
    patient: basics::PatientId,
    watch: &BackupWatch,
    act: impl FnOnce() -> T,
) -> (T, Pauses) {
    let stop = AtomicBool::new(false);
    let write = permit(clinic, "dora", Permission::WritePatients);
    let read = permit(clinic, "dora", Permission::ReadScans);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            timed(&stop, watch, || {
                let allergies = Allergies::NoneKnown;
                clinic
                    .write::<_, ClinicError>(&write, "patients.set_allergies", |change| {
                        change.set_allergies(patient, &allergies)
                    })
                    .unwrap();
            })
        });
        let reader = scope.spawn(|| {
            let query = WorklistQuery {
                limit: 50,
                ..WorklistQuery::default()
            };
            timed(&stop, watch, || {
                drop(clinic.worklist(&read, &query).unwrap())
            })
        });
        let out = act();
        stop.store(true, Ordering::Release);
        let pauses = Pauses {
            writes: writer.join().unwrap(),
            reads: reader.join().unwrap(),
        };
        (out, pauses)
    })
}

struct Pauses {
    writes: Vec<(f64, BackupPhase)>,
    reads: Vec<(f64, BackupPhase)>,
}

fn timed(stop: &AtomicBool, watch: &BackupWatch, act: impl Fn()) -> Vec<(f64, BackupPhase)> {
    let mut times = Vec::new();
    while !stop.load(Ordering::Acquire) {
        let begun = Instant::now();
        act();
        times.push((begun.elapsed().as_secs_f64() * 1e3, watch.progress().phase));
        std::thread::sleep(Duration::from_millis(10));
    }
    times.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    times
}

fn pauses(what: &str, seconds: f64, pauses: &Pauses) {
    for (kind, times) in [("write", &pauses.writes), ("page", &pauses.reads)] {
        let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)].0;
        let over = times.iter().filter(|(ms, _)| *ms > 100.0).count();
        let (longest, phase) = times.last().unwrap();
        println!(
            r#"{{"what":"{what}","act":"{kind}","during_seconds":{seconds:.1},"acts":{},"p50_ms":{:.2},"p99_ms":{:.2},"longest_ms":{longest:.1},"longest_in":"{phase:?}","over_100_ms":{over},"budget":"longest <= 100 ms"}}"#,
            times.len(),
            at(0.5),
            at(0.99),
        );
    }
}

/// Scans of 2 MiB that nothing compresses until the vault has half, then rows until the database has half.
fn fill(clinic: &Clinic, record: &Path, megabytes: u64) -> basics::PatientId {
    let import = permit(clinic, "dora", Permission::ImportScans);
    let write = permit(clinic, "dora", Permission::WritePatients);
    let who = PatientDetails {
        name: Phi::new("Bench".into()),
        birth_date: None,
        sex: Sex::Unknown,
        external_id: None,
        issuer: None,
    };
    let patient = clinic
        .write::<_, ClinicError>(&write, "patients.create", |c| c.create_patient(&who, true))
        .unwrap()
        .id;
    let mut last = None;
    for number in 0..megabytes / 4 {
        let film = noise(number, 2 * 1024 * 1024);
        let file = clinic.store_file(&import, &mut Cursor::new(film)).unwrap();
        last = Some(file.clone());
        clinic
            .write::<_, ClinicError>(&import, "scan.import", |change| {
                let study = NewStudy {
                    modality: "DX".into(),
                    ..NewStudy::default()
                };
                let study_id = change.ensure_study(patient, &study)?;
                change.add_scan(&NewScan {
                    study_id,
                    file,
                    format: "dicom".into(),
                    modality: "DX".into(),
                    description: None,
                    series_uid: None,
                    instance_uid: None,
                    instance_number: None,
                    frames: 1,
                    header: serde_json::json!({}),
                    quality: vec![],
                })
            })
            .unwrap();
    }
    let (database, half) = (record.join("clinic.db"), megabytes * 500_000);
    let admin = permit(clinic, "ada", Permission::ManageUsers);
    let host = permit(clinic, "dora", Permission::HostConsultations);
    let full = || fs::metadata(&database).unwrap().len() >= half;
    while !full() {
        bulk::fill_scans(clinic, &import, last.as_ref().unwrap(), 20_000).unwrap();
        bulk::fill_journal(clinic, &admin, 20_000).unwrap();
        bulk::fill_messages(clinic, &host, 20_000).unwrap();
    }
    patient
}

/// Bytes that differ from file to file and that nothing compresses.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend(state.to_le_bytes());
    }
    bytes
}

fn plan(clinic: &Clinic, target: &Path) {
    let permit = permit(clinic, "ada", Permission::ManageBackups);
    let plan = BackupPlan {
        target: target.into(),
        minute: 130,
        daily: true,
    };
    clinic
        .write::<_, ClinicError>(&permit, "backup.plan", |change| change.plan_backups(&plan))
        .unwrap();
}

fn permit(clinic: &Clinic, login: &str, permission: Permission) -> Permit {
    let session = clinic
        .sign_in(login, &Secret::new(PASSWORD.into()))
        .unwrap();
    authorize(&clinic.session(session.id).unwrap(), permission).unwrap()
}

fn setup() -> Setup {
    let account = |login: &str| NewAccount {
        login: login.into(),
        name: Phi::new(login.into()),
        password: Secret::new(PASSWORD.into()),
    };
    Setup {
        clinic_name: "Bench".into(),
        administrator: account("ada"),
        doctor: Some(account("dora")),
        device_passphrase: None,
        phrase: PhraseLength::Twelve,
        demo: true,
        // Copying is measured, not the guess at a password, which is slow on purpose.
        cost: Cost::for_tests(),
    }
}

fn size(path: &Path) -> u64 {
    let about = path.symlink_metadata().unwrap();
    match about.is_dir() {
        false => about.len(),
        true => fs::read_dir(path)
            .unwrap()
            .map(|entry| size(&entry.unwrap().path()))
            .sum(),
    }
}
