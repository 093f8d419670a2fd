//! `cargo run --release -p clinic --example bench`: the record's figures, a JSON line each, beside their budgets.
//!
//! `MEDIBRIDGE_BENCH_ROWS` (1,000,000) is how many scans, journal rows and messages are made first; the
//! database is more than a gigabyte then. `MEDIBRIDGE_BENCH_REPORTS` (100,000) is how many reports.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    io::Cursor,
    sync::Arc,
    time::{Duration, Instant},
};

use basics::{ConsultationId, Phi, Secret, SystemClock};
use clinic::*;

fn main() {
    let rows: u64 =
        std::env::var("MEDIBRIDGE_BENCH_ROWS").map_or(1_000_000, |rows| rows.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
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
        // Opening is measured, not the guess at a password, which is slow on purpose.
        cost: Cost::for_tests(),
    };
    let clinic = Clinic::create(&record, setup, keychain.clone(), Arc::new(SystemClock)).unwrap();
    let clinic = clinic.clinic;
    let permit = |clinic: &Clinic, login: &str, permission| {
        let session = clinic.sign_in(login, &password).unwrap();
        authorize(&clinic.session(session.id).unwrap(), permission).unwrap()
    };

    let import = permit(&clinic, "dora", Permission::ImportScans);
    import_rate(&clinic, &import);
    let started = Instant::now();
    let file = clinic
        .store_file(&import, &mut Cursor::new(b"one film for all"))
        .unwrap();
    bulk::fill_scans(&clinic, &import, &file, rows).unwrap();
    bulk::fill_journal(
        &clinic,
        &permit(&clinic, "ada", Permission::ManageUsers),
        rows,
    )
    .unwrap();
    let visit = bulk::fill_messages(
        &clinic,
        &permit(&clinic, "dora", Permission::HostConsultations),
        rows,
    )
    .unwrap();
    let reports: u64 =
        std::env::var("MEDIBRIDGE_BENCH_REPORTS").map_or(100_000, |count| count.parse().unwrap());
    let sign = permit(&clinic, "dora", Permission::SignReports);
    bulk::fill_reports(&clinic, &sign, reports).unwrap();
    println!(
        r#"{{"what":"fill","rows":{rows},"seconds":{:.0}}}"#,
        started.elapsed().as_secs_f64()
    );

    drop(clinic);
    let bytes = std::fs::metadata(record.join("clinic.db")).unwrap().len();
    let mut opens = Vec::new();
    for _ in 0..7 {
        let started = Instant::now();
        let clinic = Clinic::open(&record, keychain.clone(), Arc::new(SystemClock)).unwrap();
        clinic.sign_in("dora", &password).unwrap();
        opens.push(started.elapsed());
    }
    report(
        "open and sign in",
        bytes,
        &mut opens,
        "p50 <= 150 ms at 1 GB",
    );

    let clinic = Clinic::open(&record, keychain, Arc::new(SystemClock)).unwrap();
    let read = permit(&clinic, "dora", Permission::ReadScans);
    pages(&clinic, &read, rows);
    let host = permit(&clinic, "dora", Permission::HostConsultations);
    messages(&clinic, &host, visit, rows);
    let send = permit(&clinic, "dora", Permission::SendReports);
    lists(&clinic, &send, reports);
    let admin = permit(&clinic, "ada", Permission::ReadJournal);
    let check = clinic.verify_journal(&admin).unwrap();
    assert!(check.is_intact(), "{check:?}");
    println!(
        r#"{{"what":"journal verify","rows":{},"ms":{:.0},"budget":"5000 ms at 1,000,000 rows"}}"#,
        check.rows, check.ms
    );
}

/// Files of 2 MiB, each sealed, durable, and in a transaction of its own.
fn import_rate(clinic: &Clinic, permit: &Permit) {
    let who = PatientDetails {
        name: Phi::new("Bench".into()),
        birth_date: None,
        sex: Sex::Unknown,
        external_id: None,
        issuer: None,
    };
    let patient = clinic
        .write(permit, "x", |c| c.create_patient(&who, true))
        .unwrap();
    let started = Instant::now();
    let count = 100u64;
    for number in 0..count {
        let film = number.to_le_bytes().repeat(2 * 1024 * 1024 / 8);
        let file = clinic.store_file(permit, &mut Cursor::new(film)).unwrap();
        clinic
            .write(permit, "scan.import", |change| {
                let study = NewStudy {
                    modality: "DX".into(),
                    ..NewStudy::default()
                };
                let study_id = change.ensure_study(patient.id, &study)?;
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
    let seconds = started.elapsed().as_secs_f64();
    println!(
        r#"{{"what":"import of 2 MiB files","per_second":{:.0}}}"#,
        count as f64 / seconds
    );
}

/// Pages of 50, walked from the first: all, one status, one modality, a name.
fn pages(clinic: &Clinic, permit: &Permit, rows: u64) {
    let all = WorklistQuery {
        limit: 50,
        ..WorklistQuery::default()
    };
    let queries = [
        ("page of 50, all", all.clone()),
        (
            "page of 50, one status",
            WorklistQuery {
                status: Some(Status::Read),
                ..all.clone()
            },
        ),
        (
            "page of 50, one modality",
            WorklistQuery {
                modality: Some("CT".into()),
                ..all.clone()
            },
        ),
        (
            "page of 50, a number",
            WorklistQuery {
                text: "MB-000077".into(),
                ..all.clone()
            },
        ),
    ];
    for (what, mut query) in queries {
        let mut times = Vec::new();
        clinic.worklist(permit, &query).unwrap();
        for _ in 0..200 {
            let started = Instant::now();
            let page = clinic.worklist(permit, &query).unwrap();
            times.push(started.elapsed());
            query.cursor = page.next;
        }
        report(
            what,
            rows,
            &mut times,
            "p50 <= 0.2 ms, p99 <= 2 ms (messages by cursor, warm)",
        );
    }
}

/// Pages of 50 messages with their translations, walked from the newest.
fn messages(clinic: &Clinic, permit: &Permit, visit: ConsultationId, rows: u64) {
    let (mut times, mut before) = (Vec::new(), None);
    clinic.messages(permit, visit, None, 50).unwrap();
    for _ in 0..400 {
        let started = Instant::now();
        let page = clinic.messages(permit, visit, before, 50).unwrap();
        times.push(started.elapsed());
        before = page.rows.last().filter(|_| page.more).map(|row| row.n);
    }
    report(
        "page of 50 messages",
        rows,
        &mut times,
        "p50 <= 0.2 ms, p99 <= 2 ms (messages by cursor, warm)",
    );
}

/// Pages of 50 reports and deliveries, walked from the newest.
fn lists(clinic: &Clinic, permit: &Permit, rows: u64) {
    let all = ReportFilter::default();
    let filters = [
        ("page of 50 reports, all", all.clone()),
        (
            "page of 50 reports, my drafts",
            ReportFilter {
                author_me: true,
                states: vec![ReportState::Draft],
                ..all.clone()
            },
        ),
        (
            "page of 50 reports, a patient's number",
            ReportFilter {
                text: "MB-000077".into(),
                ..all.clone()
            },
        ),
        (
            "page of 50 reports, a report's number",
            ReportFilter {
                text: "R-000077".into(),
                ..all
            },
        ),
    ];
    let budget = "p50 <= 1 ms, p99 <= 5 ms";
    for (what, filter) in filters {
        walk(what, rows, budget, |cursor| {
            clinic.reports(permit, &filter, cursor, 50).unwrap().next
        });
    }
    let filter = DeliveryFilter::default();
    walk("page of 50 deliveries", rows, budget, |cursor| {
        clinic.deliveries(permit, &filter, cursor, 50).unwrap().next
    });
    walk("what is due, and the outbox in short", rows, budget, |_| {
        clinic
            .due_deliveries(permit, DeliveryChannel::Email, 50)
            .unwrap();
        clinic.outbox(permit).unwrap();
        None
    });
}

fn walk(what: &str, rows: u64, budget: &str, page: impl Fn(Option<&str>) -> Option<String>) {
    let (mut times, mut cursor) = (Vec::new(), page(None));
    for _ in 0..200 {
        let started = Instant::now();
        cursor = page(cursor.as_deref());
        times.push(started.elapsed());
    }
    report(what, rows, &mut times, budget);
}

fn report(what: &str, size: u64, times: &mut [Duration], budget: &str) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 * share) as usize).min(times.len() - 1);
        times[place].as_secs_f64() * 1000.0
    };
    println!(
        r#"{{"what":"{what}","size":{size},"p50_ms":{:.3},"p99_ms":{:.3},"budget":"{budget}"}}"#,
        at(0.5),
        at(0.99)
    );
}
