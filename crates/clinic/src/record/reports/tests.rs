//! What was signed stays: even whoever has the open database changes nothing of it. And a record that
//! knew no reports yet gets them without losing anything.

use std::{io::Cursor, sync::Arc};

use basics::{DeliveryId, FixedClock, Language, Phi, Secret};
use rusqlite::{Connection, types::Value};
use tempfile::TempDir;

use crate::{
    Clinic, ClinicError, Cost, DeliveryChannel, DraftKind, DraftText, FileKeychain, FilePurpose,
    HandedOver, NewAccount, NewDelivery, NewReport, NewReportFile, NewScan, NewSigning, NewStudy,
    PatientDetails, Permission, Permit, PhraseLength, ReportState, Setup, Sex, authorize,
};

const PASSWORD: &str = "a long enough password";

/// Whoever holds the open database would have to begin so.
const FORGERIES: [&str; 47] = [
    "UPDATE reports SET title = 'another' WHERE revision > 0",
    "UPDATE reports SET signed = 0 WHERE revision > 0",
    "DELETE FROM report_key",
    "UPDATE report_key SET seed = x'00'",
    "INSERT OR REPLACE INTO report_key VALUES (1, x'00')",
    "DELETE FROM reports WHERE revision > 0",
    "UPDATE reports SET id = zeroblob(16) WHERE revision > 0",
    "UPDATE reports SET patient = patient",
    "UPDATE reports SET scan = scan",
    "UPDATE reports SET author = zeroblob(16)",
    "UPDATE reports SET created = 0",
    "UPDATE reports SET number = number + 1 WHERE number IS NOT NULL",
    "UPDATE reports SET number = NULL WHERE number IS NOT NULL",
    "UPDATE reports SET number = 99 WHERE number IS NULL",
    "UPDATE reports SET state = 'final' WHERE revision = 0",
    "UPDATE reports SET state = 'draft' WHERE revision > 0",
    "UPDATE reports SET revision = 0 WHERE revision > 0",
    "UPDATE reports SET state = 'final', revision = revision + 1",
    "INSERT OR REPLACE INTO reports (key, id, patient, scan, author, language, created)
     SELECT key, id, patient, scan, author, language, created FROM reports WHERE revision > 0",
    "INSERT OR REPLACE INTO reports (id, patient, scan, author, language, created)
     SELECT id, patient, scan, author, language, created FROM reports WHERE revision > 0",
    "INSERT INTO reports (id, patient, scan, author, language, state, revision, created)
     SELECT zeroblob(16), patient, scan, author, language, 'final', 1, created FROM reports LIMIT 1",
    "DELETE FROM signings",
    "UPDATE signings SET content = x'00'",
    "UPDATE signings SET signature = zeroblob(64)",
    "UPDATE OR REPLACE signings SET revision = 1",
    "UPDATE signings SET reason = 'another'",
    "INSERT OR REPLACE INTO signings SELECT * FROM signings LIMIT 1",
    "INSERT INTO signings SELECT report, revision + 5, state, sha256, signature, public_key, by, at,
                                 title, reason, content FROM signings LIMIT 1",
    "INSERT INTO signings SELECT r.key, r.revision + 1, 'final', g.sha256, g.signature, g.public_key,
                                 g.by, g.at, g.title, g.reason, g.content
     FROM reports AS r JOIN signings AS g ON g.report = r.key
     WHERE r.state = 'entered_in_error' LIMIT 1",
    "DELETE FROM report_files",
    "UPDATE report_files SET passphrase = 'another'",
    "INSERT OR REPLACE INTO report_files SELECT * FROM report_files LIMIT 1",
    "DELETE FROM deliveries",
    "UPDATE deliveries SET address = 'elsewhere'",
    "UPDATE deliveries SET message_id = 'another'",
    "UPDATE deliveries SET revision = 1",
    "UPDATE deliveries SET by = zeroblob(16)",
    "UPDATE deliveries SET state = 'waiting' WHERE state = 'delivered'",
    "INSERT OR REPLACE INTO deliveries SELECT * FROM deliveries LIMIT 1",
    "INSERT OR REPLACE INTO deliveries (id, report, revision, channel, recipient, address, language,
                                        message_id, by, created, state)
     SELECT zeroblob(16), report, revision, channel, recipient, address, language, message_id, by,
            created, state FROM deliveries LIMIT 1",
    "DELETE FROM delivery_events",
    "UPDATE delivery_events SET state = 'delivered'",
    "INSERT OR REPLACE INTO delivery_events SELECT * FROM delivery_events LIMIT 1",
    "DELETE FROM handed_over",
    "UPDATE handed_over SET file = file",
    "INSERT OR REPLACE INTO handed_over SELECT * FROM handed_over LIMIT 1",
    "UPDATE reports SET key = key + 1 WHERE revision = 0",
];

/// A record with a draft, and a report with everything that a report can have.
struct Desk {
    dir: TempDir,
    keychain: Arc<FileKeychain>,
    clock: FixedClock,
    clinic: Clinic,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let account = |login: &str| NewAccount {
            login: login.into(),
            name: Phi::new(login.into()),
            password: Secret::new(PASSWORD.into()),
        };
        let setup = Setup {
            clinic_name: "Clinic".into(),
            administrator: account("ada"),
            doctor: Some(account("dora")),
            device_passphrase: None,
            phrase: PhraseLength::Twelve,
            demo: false,
            cost: Cost::for_tests(),
        };
        let clock = FixedClock::at("2026-11-21T08:00:00Z".parse().unwrap());
        let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
        let (record, shared) = (dir.path().join("record"), Arc::new(clock.clone()));
        let created = Clinic::create(&record, setup, keychain.clone(), shared).unwrap();
        Self {
            dir,
            keychain,
            clock,
            clinic: created.clinic,
        }
    }

    fn permit(&self, permission: Permission) -> Permit {
        let password = Secret::new(PASSWORD.into());
        let session = self.clinic.sign_in("dora", &password).unwrap();
        authorize(&self.clinic.session(session.id).unwrap(), permission).unwrap()
    }

    fn scan(&self) -> crate::Scan {
        let import = self.permit(Permission::ImportScans);
        let file = self
            .clinic
            .store_file(&import, &mut Cursor::new(b"film"))
            .unwrap();
        self.clinic
            .write::<_, ClinicError>(&import, "x", |change| {
                let who = PatientDetails {
                    name: Phi::new("Ana".into()),
                    birth_date: None,
                    sex: Sex::Female,
                    external_id: None,
                    issuer: None,
                };
                let patient = change.create_patient(&who, false)?;
                let study = NewStudy {
                    modality: "DX".into(),
                    ..NewStudy::default()
                };
                let study_id = change.ensure_study(patient.id, &study)?;
                change.add_scan(&NewScan {
                    study_id,
                    file: file.clone(),
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
            .unwrap()
    }

    fn start(&self, scan: &crate::Scan) -> basics::ReportId {
        let new = NewReport {
            scan_id: scan.id,
            language: Language::En,
            draft: text(),
        };
        let write = self.permit(Permission::WriteReports);
        self.clinic
            .write(&write, "x", |change| change.start_report(&new))
            .unwrap()
    }

    fn sign(&self, id: basics::ReportId, becomes: ReportState, edit: Option<u32>) {
        let session = self
            .clinic
            .sign_in("dora", &Secret::new(PASSWORD.into()))
            .unwrap();
        let session = self.clinic.session(session.id).unwrap();
        let proof = self
            .clinic
            .check_password(&session, &Secret::new(PASSWORD.into()))
            .unwrap();
        let sign = authorize(&session, Permission::SignReports).unwrap();
        self.clinic
            .write::<_, ClinicError>(&sign, "x", |change| {
                let leave = change.begin_signing(proof, id, becomes, edit)?;
                change.sign_report(
                    leave,
                    &NewSigning {
                        title: Phi::new("Chest".into()),
                        content: Phi::new(b"{}".to_vec()),
                        message: Phi::new(b"v1{}".to_vec()),
                        reason: Phi::new("why".into()),
                    },
                )
            })
            .unwrap();
    }

    fn full() -> Self {
        let desk = Self::new();
        let scan = desk.scan();
        desk.start(&scan);
        let withdrawn = desk.start(&scan);
        desk.sign(withdrawn, ReportState::Final, Some(1));
        desk.sign(withdrawn, ReportState::EnteredInError, None);
        let id = desk.start(&scan);
        desk.sign(id, ReportState::Final, Some(1));
        let send = desk.permit(Permission::SendReports);
        let passphrase = Secret::new("six words".into());
        desk.clinic
            .write::<_, ClinicError>(&send, "x", |change| {
                let file = change.keep_report_file(&NewReportFile {
                    report_id: id,
                    revision: 1,
                    purpose: FilePurpose::Original,
                    bytes: b"%PDF",
                    passphrase: Some(&passphrase),
                })?;
                change.send_report(&NewDelivery {
                    id: DeliveryId::new(),
                    report_id: id,
                    revision: 1,
                    file_id: file.id,
                    channel: DeliveryChannel::Email,
                    recipient: Phi::new("Ana".into()),
                    address: Phi::new("ana@example.org".into()),
                    language: Language::Es,
                    message_id: "one@clinic.example".into(),
                })?;
                change.hand_over(&HandedOver {
                    id: DeliveryId::new(),
                    report_id: id,
                    revision: 1,
                    file_id: None,
                    channel: DeliveryChannel::Print,
                    recipient: Phi::new(String::new()),
                    language: Language::Es,
                })
            })
            .unwrap();
        let host = desk.permit(Permission::HostConsultations);
        desk.clinic
            .write::<_, ClinicError>(&host, "x", |change| {
                change.start_consultation(scan.patient_id, Language::En)?;
                // The row that a message with a report has.
                change.db.execute_batch(
                    "INSERT INTO messages SELECT 1, 1, zeroblob(16), min(key), 0, 'en', '', NULL
                     FROM participants;
                     INSERT INTO handed_over SELECT 1, 1, min(key) FROM report_files;",
                )?;
                Ok(())
            })
            .unwrap();
        desk
    }
}

fn text() -> DraftText {
    DraftText {
        title: Phi::new("Chest".into()),
        value: serde_json::json!({"findings": "clear"}),
    }
}

/// Every row of every table, as text; statistics and full-text tables aside.
fn everything(db: &Connection, tables: &[String]) -> Vec<String> {
    let mut rows = Vec::new();
    for table in tables {
        let mut statement = db.prepare(&["SELECT * FROM ", table].concat()).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let row: Vec<Value> = (0..columns).map(|at| row.get(at).unwrap()).collect();
            rows.push(format!("{table} {row:?}"));
        }
    }
    rows.sort();
    rows
}

fn tables(db: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
               AND name NOT LIKE 'patient_words%' ORDER BY name";
    let mut statement = db.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

/// Turns a record into one that the second migration left: the old tables with the rows they had.
fn as_written_before_reports(db: &Connection) {
    db.execute_batch("PRAGMA foreign_keys = OFF; ATTACH ':memory:' AS kept KEY '';")
        .unwrap();
    for table in tables(db) {
        let copy = [
            "CREATE TABLE kept.",
            &table,
            " AS SELECT * FROM main.",
            &table,
        ];
        db.execute(&copy.concat(), []).unwrap();
    }
    let named = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).unwrap();
        let names = statement.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    };
    // What full-text tables are made of goes with them.
    const DROPS: &str = "SELECT 'DROP ' || type || ' IF EXISTS main.' || name FROM sqlite_master
         WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite_%'
           AND name NOT LIKE '%!_words!__%' ESCAPE '!'
         ORDER BY type = 'table', type = 'view'";
    for drop in named(DROPS) {
        db.execute(&drop, []).unwrap();
    }
    db.execute_batch(include_str!("../../../migrations/0001_record.sql"))
        .unwrap();
    db.execute_batch(include_str!("../../../migrations/0002_consultations.sql"))
        .unwrap();
    let triggers = named("SELECT sql FROM sqlite_master WHERE type = 'trigger'");
    for drop in named("SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'") {
        db.execute(&drop, []).unwrap();
    }
    for table in tables(db) {
        let columns = ["SELECT name FROM pragma_table_info('", &table, "')"].concat();
        let columns = named(&columns).join(", ");
        let empty = ["DELETE FROM main.", &table].concat();
        db.execute(&empty, []).unwrap();
        let fill = [
            "INSERT INTO main.",
            &table,
            " (",
            &columns,
            ") SELECT ",
            &columns,
            " FROM kept.",
            &table,
        ];
        db.execute(&fill.concat(), []).unwrap();
    }
    db.execute_batch(&triggers.join(";")).unwrap();
    db.execute_batch("DETACH kept; PRAGMA foreign_keys = ON; PRAGMA user_version = 2;")
        .unwrap();
}

#[test]
fn what_was_signed_is_neither_changed_nor_deleted() {
    let desk = Desk::full();
    desk.clinic.store().unwrap().with_writer(|db| {
        let before = everything(db, &tables(db));
        for sql in FORGERIES {
            let error = db.execute(sql, []).expect_err(sql).to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
        assert_eq!(everything(db, &tables(db)), before);
        for table in [
            "signings",
            "report_files",
            "deliveries",
            "handed_over",
            "drafts",
        ] {
            assert!(
                before.iter().any(|row| row.starts_with(table)),
                "{table} is empty"
            );
        }
    });
}

#[test]
fn a_draft_of_which_nothing_was_signed_may_go_whole() {
    let desk = Desk::full();
    desk.clinic.store().unwrap().with_writer(|db| {
        let gone = db.execute_batch("DELETE FROM drafts; DELETE FROM reports WHERE revision = 0;");
        gone.unwrap();
    });
}

#[test]
fn a_record_without_reports_gets_them_and_loses_nothing() {
    let desk = Desk::new();
    let scan = desk.scan();
    let before = desk.clinic.store().unwrap().with_writer(|db| {
        as_written_before_reports(db);
        db.execute(
            "UPDATE clinic SET settings = json_remove(settings, '$.letterhead')",
            [],
        )
        .unwrap();
        everything(db, &tables(db))
    });
    let Desk {
        dir,
        keychain,
        clock,
        clinic,
    } = desk;
    drop(clinic);
    let clinic = Clinic::open(
        &dir.path().join("record"),
        keychain.clone(),
        Arc::new(clock.clone()),
    );
    let desk = Desk {
        dir,
        keychain,
        clock,
        clinic: clinic.unwrap(),
    };
    let read = desk.permit(Permission::ReadReports);
    let key = desk.clinic.report_key(&read).unwrap();
    desk.clinic.store().unwrap().with_writer(|db| {
        let after = everything(db, &tables(db));
        // A later migration may have given a row more columns, at its end.
        let kept = |row: &str| {
            let begun = row.trim_end_matches(']');
            after.iter().any(|now| now.starts_with(begun))
        };
        // Signing in writes the account's row and the journal; everything else is as it was.
        let signed_in = |row: &&String| !row.starts_with("users") && !row.starts_with("journal");
        for row in before.iter().filter(signed_in) {
            assert!(kept(row), "lost: {row}");
        }
        let journal = before
            .iter()
            .filter(|row| row.starts_with("journal "))
            .count();
        assert!(journal > 0 && before.len() > 10);
        for row in before.iter().filter(|row| row.starts_with("journal ")) {
            assert!(kept(row), "lost: {row}");
        }
        let broken: i64 = db
            .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(broken, 0);
    });
    assert_eq!(desk.clinic.journal_alarm(), None);
    let id = desk.start(&scan);
    desk.sign(id, ReportState::Preliminary, Some(1));
    let report = desk.clinic.report(&read, id).unwrap();
    assert_eq!(
        (report.signings[0].key, report.number.as_deref()),
        (key, Some("R-000001"))
    );
    let write = desk.permit(Permission::WriteReports);
    desk.clinic
        .write(&write, "x", |change| {
            change.reopen_report(id, DraftKind::Text, &text())
        })
        .unwrap();
}
