//! kill -9 at any moment: the clinic opens, the journal holds, and nothing acknowledged is lost.
//!
//! `MEDIBRIDGE_KILL_ROUNDS=500 cargo test -p clinic --test main killed -- --nocapture` does it 500 times.

use std::{
    io::Read,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use basics::SystemClock;
use clinic::*;
use std::sync::Arc;

use crate::support::*;

#[test]
fn nothing_acknowledged_is_lost_when_killed() {
    let kills = std::env::var("MEDIBRIDGE_KILL_ROUNDS").map_or(12, |kills| kills.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    drop(Clinic::create(&record, setup(), keychain.clone(), Arc::new(SystemClock)).unwrap());

    let mut seed = 0x5eed_u64;
    let (mut acknowledged, mut swept) = (0, 0);
    for round in 0..kills {
        let said = run_and_kill(dir.path(), round, &mut seed);
        let left = files(&record.join("vault"));
        let clinic = Clinic::open(&record, keychain.clone(), Arc::new(SystemClock)).unwrap();
        let session = clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
        assert_eq!(clinic.journal_alarm(), None, "round {round}");
        let session = clinic.session(session.id).unwrap();
        let permit = authorize(&session, Permission::ReadScans).unwrap();
        for line in said.lines() {
            let words: Vec<_> = line.split(' ').collect();
            match words[..] {
                ["scan", id] => {
                    let id = id.parse().unwrap();
                    let scan = clinic.scan(&permit, id).unwrap();
                    let film = clinic.read_file(&permit, id).unwrap();
                    assert_eq!(film.len() as u64, scan.bytes);
                    assert_eq!(film[..8], round.to_le_bytes());
                }
                ["reading", id] => {
                    clinic.reading(&permit, id.parse().unwrap()).unwrap();
                }
                ["verdict", id, scan] => {
                    let verdicts = clinic.verdicts(&permit, scan.parse().unwrap()).unwrap();
                    assert!(verdicts.iter().any(|verdict| verdict.id.to_string() == id));
                }
                _ => panic!("round {round}: {line:?}"),
            }
            acknowledged += 1;
        }
        swept += left - files(&record.join("vault"));
        let admin = clinic.sign_in("ada", &secret(PASSWORD)).unwrap();
        let permit =
            authorize(&clinic.session(admin.id).unwrap(), Permission::ReadJournal).unwrap();
        let report = clinic.verify_journal(&permit).unwrap();
        assert!(report.is_intact(), "round {round}: {report:?}");
    }
    assert!(
        acknowledged > kills,
        "killed too early to show anything: {acknowledged}"
    );
    eprintln!(
        "{kills} kills, {acknowledged} acknowledged rows all present, {swept} leftovers swept"
    );
}

/// Runs the worker for a random while and kills it; what it said up to then, whole lines only.
fn run_and_kill(dir: &std::path::Path, round: u64, seed: &mut u64) -> String {
    let mut worker = Command::new(worker())
        .arg(dir)
        .arg(round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = worker.stdout.take().unwrap();
    // The moment counts from its first word, so that a slow machine kills in the middle of work, too.
    let mut said = vec![0];
    out.read_exact(&mut said).unwrap();
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    let pause = Duration::from_micros((*seed >> 33) % 120_000);
    let started = Instant::now();
    while started.elapsed() < pause {
        std::thread::sleep(Duration::from_micros(200));
    }
    // SIGKILL on Unix, TerminateProcess on Windows.
    worker.kill().unwrap();
    worker.wait().unwrap();
    out.read_to_end(&mut said).unwrap();
    let whole = said
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    said.truncate(whole);
    String::from_utf8(said).unwrap()
}

/// cargo builds examples before it runs tests, into the folder beside this program's.
fn worker() -> std::path::PathBuf {
    let deps = std::env::current_exe().unwrap();
    let target = deps.parent().and_then(std::path::Path::parent).unwrap();
    let name = format!("worker{}", std::env::consts::EXE_SUFFIX);
    let worker = target.join("examples").join(name);
    assert!(
        worker.exists(),
        "run `cargo build -p clinic --example worker` first"
    );
    worker
}

fn files(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}
