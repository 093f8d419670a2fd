//! `cargo xtask bench statistics`: the administrator's figures and the rows behind them, a JSON line each, beside
//! their budget of 200 ms. `MEDIBRIDGE_BENCH_ROWS` (100,000) is how many readings are made first; with them
//! come scans, verdicts, reports, consultations and as many rows of the journal.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{hint::black_box, io::Cursor, sync::Arc, time::Instant};

use basics::{Clock, Phi, Secret, SystemClock, Timestamp};
use clinic::*;

const BUDGET_MS: f64 = 200.0;
/// Times that each is asked for.
const ROUNDS: usize = 200;

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
    let permit_of = |login: &str, permission| {
        let session = clinic.sign_in(login, &password).unwrap();
        authorize(&clinic.session(session.id).unwrap(), permission).unwrap()
    };
    let import = permit_of("dora", Permission::ImportScans);
    let file = clinic
        .store_file(&import, &mut Cursor::new(b"one film for all"))
        .unwrap();
    // Four of five scans are read.
    bulk::fill_scans(&clinic, &import, &file, rows + rows / 4).unwrap();
    let host = permit_of("dora", Permission::HostConsultations);
    bulk::fill_consultations(&clinic, &host, rows / 4).unwrap();
    bulk::fill_journal(&clinic, &permit_of("ada", Permission::ManageUsers), rows).unwrap();
    bulk::fill_reports(
        &clinic,
        &permit_of("dora", Permission::SignReports),
        rows / 4,
    )
    .unwrap();

    let permit = permit_of("ada", Permission::ReadStatistics);
    let now = SystemClock.now();
    let edges: Vec<Timestamp> = (0..=90)
        .map(|day| now - jiff::SignedDuration::from_hours(24 * (89 - day)))
        .collect();
    let period = Period {
        from: edges[0],
        to: edges[90],
    };
    let classes = || clinic.reading_classes(&permit, period).unwrap();
    let one = classes().remove(0);
    let of = |agrees| Counted::Verdicts {
        model_id: one.model_id.clone(),
        version: one.version.clone(),
        agrees,
    };
    let (agreeing, others) = (of(true), of(false));
    let readings = Counted::Readings {
        model_id: one.model_id.clone(),
        version: one.version.clone(),
        class: one.class.clone(),
    };
    let reports = Counted::Reports {
        over_ms: None,
        up_to_ms: None,
    };
    // Nothing took a thousand years: every report is looked at, and none is one.
    let none = Counted::Reports {
        over_ms: Some(31_536_000_000_000),
        up_to_ms: None,
    };
    let export = permit_of("dora", Permission::ExportFeedback);
    let happened = |what| clinic.happened(&permit, what, &edges).unwrap();
    let page = |what: &Counted| clinic.counted(&permit, what, period, None, 200).unwrap();
    let waits = Counted::Waiting;

    told("agreement by model version", rows, || {
        clinic.agreement(&permit).unwrap()
    });
    told("agreement by class and modality", rows, || {
        clinic.judged(&permit).unwrap()
    });
    told("scores for drift", rows, || clinic.scores(&permit).unwrap());
    told("readings by class", rows, classes);
    told("turnaround", rows, || {
        clinic.turnaround(&permit, period).unwrap()
    });
    told("scans by day, 90 days", rows, || happened(Happening::Scans));
    told("consultations by day, 90 days", rows, || {
        happened(Happening::Consultations)
    });
    told("reports by day, 90 days", rows, || {
        happened(Happening::Reports)
    });
    told("scans that wait", rows, || {
        clinic.waiting_scans(&permit).unwrap()
    });
    told("refused and failed acts", rows, || {
        clinic.unsuccessful(&permit, period).unwrap()
    });
    told("accounts by role", rows, || {
        clinic.account_counts(&permit).unwrap()
    });
    told("200 rows behind scans", rows, || page(&Counted::Scans));
    told("200 rows behind what waits", rows, || page(&waits));
    told("200 rows behind a class", rows, || page(&readings));
    told("200 rows behind verdicts that agree", rows, || {
        page(&agreeing)
    });
    told("200 rows behind verdicts that do not", rows, || {
        page(&others)
    });
    told("200 rows behind consultations", rows, || {
        page(&Counted::Consultations)
    });
    told("200 rows behind reports", rows, || page(&reports));
    told("no rows behind reports", rows, || page(&none));
    told("5,000 scans to give away", rows, || {
        clinic.feedback(&export).unwrap()
    });
}

/// The first time counts, too: nothing of what is asked for was read before.
fn told<T>(what: &str, rows: u64, mut act: impl FnMut() -> T) {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            black_box(act());
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let first = times[0];
    times.sort_unstable_by(f64::total_cmp);
    let (p50, p99, worst) = (
        times[ROUNDS.div_ceil(2) - 1],
        times[(ROUNDS * 99).div_ceil(100) - 1],
        times[ROUNDS - 1],
    );
    println!(
        r#"{{"what":"{what}","readings":{rows},"p50_ms":{p50:.1},"p99_ms":{p99:.1},"first_ms":{first:.1},"worst_ms":{worst:.1},"budget_ms":{BUDGET_MS},"within":{}}}"#,
        p99 <= BUDGET_MS
    );
}
