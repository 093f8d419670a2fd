//! What a merge may never touch, asked of the open database itself.

use std::sync::Arc;

use basics::{FixedClock, Phi, Secret};

use crate::{Clinic, Cost, FileKeychain, NewAccount, PhraseLength, Setup};

/// Tables whose rows point at a patient, and what reads them as one after a merge. Whoever adds one says
/// here how: through the view `heads`, or by `patient IN (SELECT key FROM patients WHERE head = …)`.
const POINT_AT_A_PATIENT: &[&str] = &[
    "allergy_statements",
    "break_glass",
    "consultations",
    "patient_traits",
    "patient_versions",
    "prescriptions",
    "reports",
    "restrictions",
    "scans",
    "search_entries",
    "studies",
    "users",
    "worklist",
];

const FORGERIES: [&str; 9] = [
    "UPDATE merges SET gone = kept",
    "DELETE FROM merges",
    "INSERT OR REPLACE INTO merges SELECT * FROM merges",
    "UPDATE unmerges SET at = 0",
    "DELETE FROM unmerges",
    "INSERT OR REPLACE INTO unmerges SELECT * FROM unmerges",
    "UPDATE told_apart SET a_version = 9",
    "DELETE FROM told_apart",
    "INSERT OR REPLACE INTO told_apart SELECT * FROM told_apart",
];

fn clinic() -> (tempfile::TempDir, Clinic) {
    let dir = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    let clock = FixedClock::at("2026-11-21T08:00:00Z".parse().unwrap());
    let setup = Setup {
        clinic_name: "Clinic".into(),
        administrator: NewAccount {
            login: "ada".into(),
            name: Phi::new("Ada".into()),
            password: Secret::new("a long enough password".into()),
        },
        doctor: None,
        device_passphrase: None,
        phrase: PhraseLength::Twelve,
        demo: false,
        cost: Cost::for_tests(),
    };
    let record = dir.path().join("record");
    let clinic = Clinic::create(&record, setup, keychain, Arc::new(clock)).unwrap();
    (dir, clinic.clinic)
}

#[test]
fn every_table_that_points_at_a_patient_is_known() {
    let (_dir, clinic) = clinic();
    let store = clinic.store().unwrap();
    let found: Vec<String> = store.with_writer(|db| {
        db.prepare(
            "SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
             WHERE m.type = 'table' AND c.name = 'patient' ORDER BY m.name",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap()
    });
    for table in &found {
        assert!(
            POINT_AT_A_PATIENT.contains(&table.as_str()),
            "{table}: how is it read where records are merged?"
        );
    }
    assert!(found.len() > 8, "{found:?}");
}

#[test]
fn merges_stay_whoever_holds_the_database() {
    let (_dir, clinic) = clinic();
    let store = clinic.store().unwrap();
    store.with_writer(|db| {
        for patient in 1..=2 {
            db.execute(
                "INSERT INTO patients (id, version, sort_name, demo, created) VALUES (?1, 1, '', 0, 0)",
                [[patient; 16]],
            )
            .unwrap();
        }
        db.execute_batch(
            "INSERT INTO merges (id, kept, gone, after, reason, by, at)
                VALUES (x'01', 1, 2, 0, '', x'01', 0);
             INSERT INTO unmerges VALUES (1, '', x'01', 0);
             INSERT INTO told_apart (a, a_version, b, b_version, reason, by, at)
                VALUES (1, 1, 2, 1, '', x'01', 0);",
        )
        .unwrap();
        for forgery in FORGERIES {
            let error = db.execute_batch(forgery).expect_err(forgery).to_string();
            assert!(error.contains("append-only") || error.contains("CHECK"), "{forgery}: {error}");
        }
        let heads: Vec<(i64, i64)> = db
            .prepare("SELECT key, head FROM patients ORDER BY key")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        assert_eq!(heads, [(1, 1), (2, 2)]);
    });
}
