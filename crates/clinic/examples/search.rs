//! `cargo run --release -p clinic --example search`: what the search costs, a JSON line each, beside its budget;
//! part of `cargo xtask bench language`.
//!
//! `MEDIBRIDGE_BENCH_SEARCHED` (100,000) is how many messages are in the index, `MEDIBRIDGE_BENCH_ROWS`
//! (1,000,000) how many there are when pages of a consultation are walked. Figures of a debug build count for nothing.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use basics::{Language, MessageId, PatientId, Phi, Secret, SystemClock};
use clinic::*;

/// One consultation each.
const PATIENTS: u64 = 100;
const DIMENSIONS: usize = 384;

fn main() {
    let searched = count("MEDIBRIDGE_BENCH_SEARCHED", 100_000);
    let rows = count("MEDIBRIDGE_BENCH_ROWS", 1_000_000);
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let clinic = make(&record, dir.path());
    let permit = |permission| {
        let session = clinic.sign_in("dora", &password()).unwrap();
        authorize(&clinic.session(session.id).unwrap(), permission).unwrap()
    };
    let host = permit(Permission::HostConsultations);
    let write = permit(Permission::WritePatients);
    let patients: Vec<PatientId> = (0..PATIENTS).map(|n| patient(&clinic, &write, n)).collect();
    for patient in &patients {
        let some = i64::try_from(searched / PATIENTS).unwrap();
        bulk::say_much(&clinic, &host, *patient, some).unwrap();
    }
    index(&clinic, searched);
    let search = permit(Permission::SearchRecords);
    words(&clinic, &search, &patients, searched);
    say(&clinic, &host, patients[0]);
    meaning(&clinic, &search, searched.min(u64::from(MEANING_SPAN)));
    let visit = bulk::fill_messages(&clinic, &host, rows - searched.min(rows)).unwrap();
    let (mut times, mut before) = (Vec::new(), None);
    clinic.messages(&host, visit, None, 50).unwrap();
    for _ in 0..2_000 {
        let started = Instant::now();
        let page = clinic.messages(&host, visit, before, 50).unwrap();
        times.push(started.elapsed());
        before = page.rows.last().filter(|_| page.more).map(|row| row.n);
    }
    report(
        "page of 50 messages",
        rows,
        &mut times,
        "p50 <= 0.2 ms, p99 <= 2 ms",
    );
}

/// Questions of every sort, the costly ones above all: a word that everybody says, one letter, words that seldom
/// meet, one patient's, old days, later pages.
fn words(clinic: &Clinic, permit: &Permit, patients: &[PatientId], size: u64) {
    let asked = |words: &str| SearchQuery {
        words: Phi::new(words.into()),
        ..SearchQuery::default()
    };
    let of = |words: &str, patient: usize| SearchQuery {
        patient_id: Some(patients[patient]),
        ..asked(words)
    };
    let questions = [
        asked("pain"),
        asked("p"),
        asked("w"),
        asked("wa"),
        asked("wab"),
        asked("wabc"),
        asked("pain wab wb"),
        asked("wabc wbcd wc"),
        asked("\"pain wa\""),
        asked("nothing holds this"),
        of("pain", 0),
        of("w", 50),
        of("wabc", 99),
        SearchQuery {
            kinds: vec![SearchKind::Report],
            ..asked("pain")
        },
        SearchQuery {
            to: Some("2020-01-01T00:00:00Z".parse().unwrap()),
            ..asked("pain")
        },
    ];
    let mut all = Vec::new();
    for question in &questions {
        let mut cursor = None;
        for _ in 0..40 {
            let started = Instant::now();
            let page = clinic
                .search(permit, question, cursor.as_deref(), 50)
                .unwrap();
            all.push(started.elapsed());
            cursor = page.next;
        }
    }
    report(
        "search by words, a page of 50",
        size,
        &mut all,
        "p99 <= 50 ms at 100,000 messages",
    );
}

/// What a message costs with its row in the index, durable.
fn say(clinic: &Clinic, permit: &Permit, patient: PatientId) {
    let id = clinic
        .write(permit, "x", |change| {
            change.start_consultation(patient, Language::En)
        })
        .unwrap()
        .id;
    let doctor = clinic.participants(permit, id).unwrap()[0].id;
    let mut times = Vec::new();
    for n in 0..200 {
        let new = NewMessage {
            id: MessageId::new(),
            consultation_id: id,
            participant_id: doctor,
            language: Language::En,
            text: Phi::new(format!(
                "{n}: it hurts here, above all at night, and I cannot sleep"
            )),
            phrase: None,
            sound: None,
        };
        let started = Instant::now();
        clinic
            .write(permit, "live.say", |change| change.say(&new))
            .unwrap();
        times.push(started.elapsed());
    }
    report(
        "say, with the index",
        200,
        &mut times,
        "none: beside the disk's own time",
    );
}

fn meaning(clinic: &Clinic, permit: &Permit, size: u64) {
    let mut seed = 1_u64;
    let mut numbers = || {
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..DIMENSIONS).map(|_| next()).collect::<Vec<_>>()
    };
    loop {
        let waiting = clinic.to_embed(permit, "bench", 2_000).unwrap();
        if waiting.is_empty() {
            break;
        }
        let vectors: Vec<_> = waiting
            .into_iter()
            .map(|of| Vector {
                of,
                numbers: numbers(),
            })
            .collect();
        clinic.keep_vectors(permit, "bench", &vectors).unwrap();
    }
    let query = SearchQuery::default();
    let mut times = Vec::new();
    for _ in 0..60 {
        let asked = numbers();
        let started = Instant::now();
        clinic
            .search_meaning(permit, &query, "bench", &asked, 20)
            .unwrap();
        times.push(started.elapsed());
    }
    report(
        "search by meaning, 384 numbers",
        size,
        &mut times,
        "none set; the engine's own time comes on top",
    );
}

fn index(clinic: &Clinic, searched: u64) {
    let started = Instant::now();
    let mut longest = Duration::ZERO;
    loop {
        let step = Instant::now();
        let more = clinic.index_older(50).unwrap();
        longest = longest.max(step.elapsed());
        if !more {
            break;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        r#"{{"what":"older texts into the index","size":{searched},"per_second":{:.0},"longest_step_ms":{:.1}}}"#,
        searched as f64 / seconds,
        longest.as_secs_f64() * 1000.0
    );
}

fn make(record: &std::path::Path, dir: &std::path::Path) -> Clinic {
    let account = |login: &str| NewAccount {
        login: login.into(),
        name: Phi::new(login.into()),
        password: password(),
    };
    let setup = Setup {
        clinic_name: "Bench".into(),
        administrator: account("ada"),
        doctor: Some(account("dora")),
        device_passphrase: None,
        phrase: PhraseLength::Twelve,
        demo: true,
        cost: Cost::for_tests(),
    };
    let keychain = Arc::new(FileKeychain::at(dir.join("keychain")));
    Clinic::create(record, setup, keychain, Arc::new(SystemClock))
        .unwrap()
        .clinic
}

fn patient(clinic: &Clinic, permit: &Permit, n: u64) -> PatientId {
    let who = PatientDetails {
        name: Phi::new(format!("Bench {n}")),
        birth_date: None,
        sex: Sex::Unknown,
        external_id: None,
        issuer: None,
    };
    clinic
        .write(permit, "x", |change| change.create_patient(&who, true))
        .unwrap()
        .id
}

fn password() -> Secret<String> {
    Secret::new("a long enough password".to_owned())
}

fn count(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |count| count.parse().unwrap())
}

fn report(what: &str, size: u64, times: &mut [Duration], budget: &str) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 * share) as usize).min(times.len() - 1);
        times[place].as_secs_f64() * 1000.0
    };
    println!(
        r#"{{"what":"{what}","size":{size},"p50_ms":{:.3},"p99_ms":{:.3},"max_ms":{:.3},"budget":"{budget}"}}"#,
        at(0.5),
        at(0.99),
        at(1.0)
    );
}
