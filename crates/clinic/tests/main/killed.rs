//! kill -9 at any moment: the clinic opens, the journal holds, and nothing acknowledged is lost.
//!
//! `MEDIBRIDGE_KILL_ROUNDS=500 cargo test -p clinic --test main killed -- --nocapture` does it 500 times.

use std::{
    io::{Cursor, Read, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use basics::{Language, MessageId, ParticipantId, Phi, SystemClock};
use clinic::*;

use crate::support::*;

const DIR: &str = "MEDIBRIDGE_TEST_WORKER_DIR";
const ROUND: &str = "MEDIBRIDGE_TEST_WORKER_ROUND";
const ACK: &str = "durable: ";

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
        let host = authorize(&session, Permission::HostConsultations).unwrap();
        for visit in clinic.open_consultations(&host).unwrap() {
            let page = clinic.messages(&host, visit.id, None, 200).unwrap();
            // Acknowledged or not: without gaps, and as many as are counted.
            let numbers = page.rows.iter().map(|message| message.n);
            let newest = (visit.messages.saturating_sub(199)..=visit.messages).rev();
            assert!(numbers.eq(newest.filter(|n| *n > 0)), "round {round}");
        }
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
                ["message", id, n] => {
                    let message = clinic.message(&host, id.parse().unwrap()).unwrap();
                    assert_eq!(message.n, n.parse::<u64>().unwrap());
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

/// Runs the worker for a random while and kills it; what it acknowledged up to then, whole lines only.
fn run_and_kill(dir: &Path, round: u64, seed: &mut u64) -> String {
    let mut worker = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::worker", "--nocapture"])
        .env(DIR, dir)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = worker.stdout.take().unwrap();
    // Every other round the moment counts from the first acknowledgement, so that a slow machine kills
    // in the middle of work; the others may be killed while the record opens.
    let mut said = Vec::new();
    let enough = |said: &[u8]| {
        if round.is_multiple_of(2) {
            String::from_utf8_lossy(said).contains(ACK)
        } else {
            !said.is_empty()
        }
    };
    while !enough(&said) {
        let mut byte = [0];
        out.read_exact(&mut byte).unwrap();
        said.push(byte[0]);
    }
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
    // The test harness says things of its own, also on the same line.
    let acknowledged = |line: &str| Some(line.split_once(ACK)?.1.to_owned() + "\n");
    String::from_utf8(said)
        .unwrap()
        .lines()
        .filter_map(acknowledged)
        .collect()
}

/// Imports, reads and judges scans as fast as it can and says what is durable, one line each. Does nothing
/// unless the test above starts it in a process of its own.
#[test]
fn worker() {
    let (Some(dir), Ok(round)) = (std::env::var_os(DIR), std::env::var(ROUND)) else {
        return;
    };
    let (dir, round): (&Path, u64) = (Path::new(&dir), round.parse().unwrap());
    let keychain = Arc::new(FileKeychain::at(dir.join("keychain")));
    let clinic = Clinic::open(&dir.join("record"), keychain, Arc::new(SystemClock)).unwrap();
    let session = clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    let session = clinic.session(session.id).unwrap();
    let permit = |permission| authorize(&session, permission).unwrap();
    let (import, run, judge, host) = (
        permit(Permission::ImportScans),
        permit(Permission::RunReadings),
        permit(Permission::RecordVerdicts),
        permit(Permission::HostConsultations),
    );
    let mut visit = None;
    // Not println: a killed process loses what sits in a buffer, and the test must see each line.
    let say = |kind: &str, id: String| {
        let mut out = std::io::stdout().lock();
        out.write_all(format!("{ACK}{kind} {id}\n").as_bytes())
            .unwrap();
        out.flush().unwrap();
    };
    for number in 0u64.. {
        // 200 KiB, different each time, so that the vault has work to do.
        let film: Vec<u8> = [round.to_le_bytes(), number.to_le_bytes()]
            .concat()
            .repeat(12_800);
        let file = clinic.store_file(&import, &mut Cursor::new(film)).unwrap();
        let scan = clinic
            .write(&import, "scan.import", |change| {
                let who = PatientDetails {
                    name: Phi::new(format!("Patient {round} {number}")),
                    birth_date: None,
                    sex: Sex::Unknown,
                    external_id: None,
                    issuer: None,
                };
                let patient = change.create_patient(&who, true)?;
                let study = NewStudy {
                    modality: "DX".into(),
                    ..NewStudy::default()
                };
                let study_id = change.ensure_study(patient.id, &study)?;
                change.add_scan(&NewScan {
                    study_id,
                    file,
                    format: "png".into(),
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
        say("scan", scan.id.to_string());
        let answer = Answer::NotAssessed {
            reason: "a-trial".into(),
        };
        let new = NewReading {
            scan_id: scan.id,
            frame: 0,
            model: ModelRef {
                id: "m".into(),
                name: "M".into(),
                version: "1".into(),
                sha256: "00".repeat(32),
                research_only: false,
            },
            gate: Gate {
                kind: "other".into(),
                confidence: 0.5,
                quality: vec![],
            },
            answer,
            maps: None,
            ms: Millis::default(),
        };
        let reading = clinic
            .write(&run, "reading.run", |change| change.add_reading(&new))
            .unwrap();
        say("reading", reading.id.to_string());
        let new = NewVerdict {
            scan_id: scan.id,
            reading_id: Some(reading.id),
            agrees: false,
            class: None,
            region: None,
            comment: phi("seen"),
        };
        let verdict = clinic
            .write(&judge, "verdict.record", |change| {
                change.record_verdict(&new)
            })
            .unwrap();
        say("verdict", format!("{} {}", verdict.id, scan.id));
        let kept = clinic
            .write::<_, ClinicError>(&host, "live.say", |change| {
                let (id, participant_id) = match visit {
                    Some(visit) => visit,
                    None => {
                        let id = change.start_consultation(scan.patient_id, Language::En)?.id;
                        let guest = NewParticipant {
                            id: ParticipantId::new(),
                            kind: ParticipantKind::AcrossTheDesk,
                            name: phi("Somebody"),
                            language: Language::En,
                            second_device: false,
                        };
                        change.add_participant(id, &guest)?;
                        *visit.insert((id, guest.id))
                    }
                };
                change.say(&NewMessage {
                    id: MessageId::new(),
                    consultation_id: id,
                    participant_id,
                    language: Language::En,
                    text: phi(&format!("message {number}")),
                    phrase: None,
                    sound: None,
                })
            })
            .unwrap()
            .message;
        say("message", format!("{} {}", kept.id, kept.n));
    }
}

fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}
