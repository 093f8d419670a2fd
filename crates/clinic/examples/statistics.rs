//! `cargo run --release -p clinic --example statistics`: the administrator's figures, a JSON line each, beside
//! their budget of 200 ms. `MEDIBRIDGE_BENCH_ROWS` (100,000) is how many scans are made first; with them come
//! readings, verdicts, reports and as many rows of the journal.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    io::Cursor,
    sync::Arc,
    time::{Duration, Instant},
};

use basics::{Clock, Phi, Secret, SystemClock, Timestamp};
use clinic::*;

const BUDGET_MS: f64 = 200.0;

fn main() {
    let rows: u64 =
        std::env::var("MEDIBRIDGE_BENCH_ROWS").map_or(100_000, |rows| rows.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let password = Secret::new("a long enough password".to_owned());
    let account = |login: &str| NewAccount {
        login: login.into(),
        name: Phi::new(login.into()),
        password: password.clone(),
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
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    let record = dir.path().join("record");
    let clinic = Clinic::create(&record, setup, keychain, Arc::new(SystemClock)).unwrap();
    let clinic = clinic.clinic;
    let permit = |login: &str, permission| {
        let session = clinic.sign_in(login, &password).unwrap();
        authorize(&clinic.session(session.id).unwrap(), permission).unwrap()
    };
    let import = permit("dora", Permission::ImportScans);
    let file = clinic
        .store_file(&import, &mut Cursor::new(b"one film for all"))
        .unwrap();
    bulk::fill_scans(&clinic, &import, &file, rows).unwrap();
    bulk::fill_journal(&clinic, &permit("ada", Permission::ManageUsers), rows).unwrap();
    bulk::fill_reports(&clinic, &permit("dora", Permission::SignReports), rows / 4).unwrap();

    let permit = permit("ada", Permission::ReadStatistics);
    let now = SystemClock.now();
    let edges: Vec<Timestamp> = (0..=90)
        .map(|day| now - jiff::SignedDuration::from_hours(24 * (89 - day)))
        .collect();
    let period = Period {
        from: edges[0],
        to: edges[90],
    };
    let classes = || clinic.reading_classes(&permit, period).unwrap();
    let readings = {
        let one = classes().remove(0);
        Counted::Readings {
            model_id: one.model_id,
            version: one.version,
            class: one.class,
        }
    };
    let page = |what: &Counted| clinic.counted(&permit, what, period, None, 200).unwrap();
    told("scans by day, 90 days", rows, || {
        clinic.happened(&permit, Happening::Scans, &edges).unwrap();
    });
    told("readings by class", rows, || drop(classes()));
    told("agreement by model version", rows, || {
        clinic.agreement(&permit).unwrap();
    });
    told("turnaround", rows, || {
        clinic.turnaround(&permit, period).unwrap();
    });
    told("scans that wait", rows, || {
        clinic.waiting_scans(&permit).unwrap();
    });
    told("refused and failed acts", rows, || {
        clinic.unsuccessful(&permit, period).unwrap();
    });
    told("200 rows behind scans", rows, || drop(page(&Counted::Scans)));
    told("200 rows behind what waits", rows, || {
        drop(page(&Counted::Waiting));
    });
    told("200 rows behind a class", rows, || drop(page(&readings)));
}

fn told(what: &str, rows: u64, mut act: impl FnMut()) {
    let mut times: Vec<Duration> = (0..11)
        .map(|_| {
            let started = Instant::now();
            act();
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let (p50, worst) = (ms(times[5]), ms(times[10]));
    println!(
        r#"{{"what":"{what}","scans":{rows},"p50_ms":{p50:.1},"worst_ms":{worst:.1},"budget_ms":{BUDGET_MS},"within":{}}}"#,
        worst <= BUDGET_MS
    );
}
