//! The journal under attack: whoever has the decrypted rows, but not the signing key, leaves traces.

use std::{path::Path, sync::Arc};

use basics::{FixedClock, Phi, Secret};
use ed25519_dalek::SigningKey;
use rusqlite::{Connection, types::Value};

use super::{
    chain::{self, Entry, Hash, START},
    verify::{JournalReport, Problem, verify},
};
use crate::{Clinic, Cost, FileKeychain, NewAccount, PhraseLength, Setup, store::Store};

struct House {
    dir: tempfile::TempDir,
    clinic: Clinic,
}

impl House {
    /// A clinic whose journal has about sixty rows.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let account = |login: &str| NewAccount {
            login: login.into(),
            name: Phi::new(login.into()),
            password: Secret::new("a long enough password".into()),
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
        let record = dir.path().join("record");
        let clinic = Clinic::create(&record, setup, keychain, Arc::new(clock))
            .unwrap()
            .clinic;
        let house = Self { dir, clinic };
        for round in 0..20 {
            let login = if round % 2 == 0 { "ada" } else { "dora" };
            house.act(login);
        }
        house
    }

    /// Three rows: a sign-in, an act with a subject, a refusal.
    fn act(&self, login: &str) {
        let session = self
            .clinic
            .sign_in(login, &Secret::new("a long enough password".into()))
            .unwrap();
        let active = self.clinic.session(session.id).unwrap();
        let permission = if login == "ada" {
            crate::Permission::ManageUsers
        } else {
            crate::Permission::ReadPatients
        };
        let permit = crate::authorize(&active, permission).unwrap();
        self.clinic
            .note(&permit, "users.list", &[session.user_id.into()])
            .unwrap();
        let code = basics::Code::Forbidden;
        self.clinic
            .note_unsuccessful(Some(&active), "journal.page", &[], code)
            .unwrap();
    }

    fn store(&self) -> Arc<Store> {
        self.clinic.store().unwrap()
    }

    fn record(&self) -> std::path::PathBuf {
        self.dir.path().join("record")
    }

    fn report(&self) -> JournalReport {
        let store = self.store();
        let reader = store.readers.borrow().unwrap();
        verify(
            reader.db().unwrap(),
            &store.signing.key.verifying_key(),
            &store.anchor,
        )
        .unwrap()
    }

    fn problem(&self) -> Option<Problem> {
        self.report().problem
    }

    /// The decrypted database in an attacker's hands, without the triggers that protect from mistakes.
    fn attack<T>(&self, act: impl FnOnce(&Connection) -> T) -> T {
        let store = self.store();
        store.with_writer(|db| {
            db.execute_batch(
                "DROP TRIGGER IF EXISTS journal_stays; DROP TRIGGER IF EXISTS journal_is_kept;",
            )
            .unwrap();
            act(db)
        })
    }
}

/// Small and reproducible; the test needs no good randomness (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }

    /// The value, changed in some way.
    fn change(&mut self, value: &Value) -> Value {
        let mut bytes = |mut bytes: Vec<u8>| {
            let at = self.roll(bytes.len() as u64 + 1) as usize;
            match bytes.get_mut(at) {
                Some(byte) if byte.is_ascii_lowercase() => *byte = b'a' + (*byte - b'a' + 1) % 26,
                Some(byte) => *byte ^= 1,
                None => bytes.push(b'x'),
            }
            bytes
        };
        match value {
            Value::Null => Value::Text("x".into()),
            Value::Integer(number) => Value::Integer(number + 1 + self.roll(1000) as i64),
            Value::Real(number) => Value::Real(number + 1.0),
            Value::Text(text) => {
                Value::Text(String::from_utf8(bytes(text.clone().into_bytes())).unwrap())
            }
            Value::Blob(blob) => Value::Blob(bytes(blob.clone())),
        }
    }
}

const COLUMNS: [(&str, &str); 8] = [
    (
        "SELECT at FROM journal WHERE number = ?1",
        "UPDATE journal SET at = ?2 WHERE number = ?1",
    ),
    (
        "SELECT workstation FROM journal WHERE number = ?1",
        "UPDATE journal SET workstation = ?2 WHERE number = ?1",
    ),
    (
        "SELECT user FROM journal WHERE number = ?1",
        "UPDATE journal SET user = ?2 WHERE number = ?1",
    ),
    (
        "SELECT verb FROM journal WHERE number = ?1",
        "UPDATE journal SET verb = ?2 WHERE number = ?1",
    ),
    (
        "SELECT subjects FROM journal WHERE number = ?1",
        "UPDATE journal SET subjects = ?2 WHERE number = ?1",
    ),
    (
        "SELECT outcome FROM journal WHERE number = ?1",
        "UPDATE journal SET outcome = ?2 WHERE number = ?1",
    ),
    (
        "SELECT code FROM journal WHERE number = ?1",
        "UPDATE journal SET code = ?2 WHERE number = ?1",
    ),
    (
        "SELECT hash FROM journal WHERE number = ?1",
        "UPDATE journal SET hash = ?2 WHERE number = ?1",
    ),
];

#[test]
fn a_thousand_random_changes_of_decrypted_rows_are_all_found() {
    let house = House::new();
    let rows = house.report().rows;
    assert!(rows > 60 && house.problem().is_none());
    let mut dice = Dice(2026);
    for round in 0..1000 {
        let number = 1 + dice.roll(rows) as i64;
        let (select, update) = COLUMNS[dice.roll(COLUMNS.len() as u64) as usize];
        let (old, new) = house.attack(|db| {
            let old: Value = db.query_row(select, [number], |row| row.get(0)).unwrap();
            let mut new = dice.change(&old);
            // A blob column takes no text.
            if matches!((&old, update.contains("user")), (Value::Null, true)) {
                new = Value::Blob(vec![7; 16]);
            }
            assert_ne!(old, new);
            db.execute(update, rusqlite::params![number, new]).unwrap();
            (old, new)
        });
        let report = house.report();
        assert_eq!(
            report.problem,
            Some(Problem::RowChanged),
            "{round}: {update} {old:?} {new:?}"
        );
        assert_eq!(report.first_bad, Some(number as u64), "{round}: {update}");
        house.attack(|db| db.execute(update, rusqlite::params![number, old]).unwrap());
    }
    assert_eq!(house.problem(), None);
}

#[test]
fn a_dropped_tail_is_found_with_and_without_its_head() {
    let house = House::new();
    let rows = house.report().rows as i64;
    let heads = house.attack(|db| {
        // The attacker kept the signed head of five rows ago: a copy from before.
        let hash: Hash = db
            .query_row(
                "SELECT hash FROM journal WHERE number = ?1",
                [rows - 5],
                |row| row.get(0),
            )
            .unwrap();
        let signature = {
            let store = house.store();
            let bytes = chain::head_bytes(store.signing.workstation.as_bytes(), rows - 5, &hash);
            ed25519_dalek::Signer::sign(&store.signing.key, &bytes).to_bytes()
        };
        db.execute("DELETE FROM journal_subjects WHERE number > ?1", [rows - 5])
            .unwrap();
        db.execute("DELETE FROM journal WHERE number > ?1", [rows - 5])
            .unwrap();
        (hash, signature)
    });
    assert_eq!(house.problem(), Some(Problem::HeadDiffers));
    house.attack(|db| {
        let sql = "UPDATE journal_head SET number = ?1, hash = ?2, signature = ?3";
        db.execute(sql, rusqlite::params![rows - 5, heads.0, heads.1])
            .unwrap();
    });
    assert_eq!(house.problem(), Some(Problem::RolledBack));
}

#[test]
fn an_older_copy_of_the_database_is_found_also_at_opening() {
    let house = House::new();
    let record = house.record();
    house.clinic.lock();
    let older = house.dir.path().join("older.db");
    std::fs::copy(record.join("clinic.db"), &older).unwrap();
    house.act("ada");
    house.clinic.lock();
    put_back(&older, &record);
    // Signing in writes a row: the alarm is from before that.
    house
        .clinic
        .sign_in("ada", &Secret::new("a long enough password".into()))
        .unwrap();
    assert_eq!(house.clinic.journal_alarm(), Some(Problem::RolledBack));
}

#[test]
fn an_older_copy_that_grew_again_is_found() {
    let house = House::new();
    let record = house.record();
    house.clinic.lock();
    let older = house.dir.path().join("older.db");
    std::fs::copy(record.join("clinic.db"), &older).unwrap();
    house.act("ada");
    let anchor = std::fs::read(record.join("journal.anchor")).unwrap();
    house.clinic.lock();
    put_back(&older, &record);
    house.act("dora");
    house.act("dora");
    // It is longer than the anchored one by now, but another; the evidence stays.
    assert_eq!(house.problem(), Some(Problem::AnchorDiffers));
    assert_eq!(
        std::fs::read(record.join("journal.anchor")).unwrap(),
        anchor
    );
    house.clinic.lock();
    house.act("ada");
    assert_eq!(house.clinic.journal_alarm(), Some(Problem::AnchorDiffers));
}

#[test]
fn reordered_rows_and_a_missing_row_are_found() {
    let house = House::new();
    house.attack(|db| {
        db.execute_batch(
            "UPDATE journal SET number = -1 WHERE number = 10;
             UPDATE journal SET number = 10 WHERE number = 11;
             UPDATE journal SET number = 11 WHERE number = -1;",
        )
        .unwrap();
    });
    assert_eq!(house.problem(), Some(Problem::RowChanged));
    let house = House::new();
    house.attack(|db| {
        db.execute("DELETE FROM journal WHERE number = 10", [])
            .unwrap()
    });
    assert_eq!(house.problem(), Some(Problem::Gap));
    assert_eq!(house.report().first_bad, Some(10));
}

#[test]
fn a_rewrite_without_the_signing_key_is_found() {
    let house = House::new();
    let forged = house.attack(|db| rewrite(db, 10, "users.nothing_happened"));
    assert_eq!(
        house.problem(),
        Some(Problem::HeadUnsigned),
        "rewritten, head as it was changed"
    );
    // Signed with a key of the attacker's own.
    let key = SigningKey::from_bytes(&[3; 32]);
    let workstation = house.store().signing.workstation;
    let bytes = chain::head_bytes(workstation.as_bytes(), forged.0, &forged.1);
    let signature = ed25519_dalek::Signer::sign(&key, &bytes).to_bytes();
    house.attack(|db| {
        db.execute("UPDATE journal_head SET signature = ?1", [signature])
            .unwrap();
    });
    assert_eq!(house.problem(), Some(Problem::HeadUnsigned));
}

#[test]
fn an_anchor_that_is_missing_torn_or_forged_is_found_or_harmless() {
    let house = House::new();
    let anchor = house.record().join("journal.anchor");
    let whole = std::fs::read(&anchor).unwrap();
    // One of the two places torn: the other still serves, and is no more than one act behind.
    for place in [0, 128] {
        let mut torn = whole.clone();
        torn[place + 40] ^= 1;
        std::fs::write(&anchor, &torn).unwrap();
        assert_eq!(house.problem(), None);
    }
    std::fs::write(&anchor, vec![0; 256]).unwrap();
    assert_eq!(house.problem(), Some(Problem::AnchorMissing));
    std::fs::remove_file(&anchor).unwrap();
    assert_eq!(house.problem(), Some(Problem::AnchorMissing));
}

#[test]
fn an_altered_list_of_subjects_is_found() {
    let house = House::new();
    house.attack(|db| {
        db.execute("DELETE FROM journal_subjects WHERE number = (SELECT max(number) FROM journal_subjects)", [])
            .unwrap();
    });
    assert_eq!(house.problem(), Some(Problem::SubjectsDiffer));
}

#[test]
fn a_row_means_the_same_bytes_forever() {
    let entry = Entry {
        number: 1,
        at: 1_764_000_000_000,
        workstation: &[1; 16],
        user: Some(&[2; 16]),
        verb: "scan.open",
        subjects: "patient:00000000-0000-0000-0000-000000000001",
        outcome: 0,
        code: None,
    };
    let hash = entry.hash(&START);
    assert_eq!(
        hex::encode(hash),
        "9a2fd51f96a6c957eb635dae65544b2adb28662c2902467ff7c1a11fd81d1c05"
    );
    // A missing code is not an empty one.
    assert_ne!(
        Entry {
            code: Some(""),
            ..entry
        }
        .hash(&START),
        hash
    );
}

/// Changes a row's verb and recomputes every hash from there, as an attacker with the rows can.
fn rewrite(db: &Connection, from: i64, verb: &str) -> (i64, Hash) {
    db.execute(
        "UPDATE journal SET verb = ?2 WHERE number = ?1",
        rusqlite::params![from, verb],
    )
    .unwrap();
    let mut before: Hash = db
        .query_row(
            "SELECT hash FROM journal WHERE number = ?1",
            [from - 1],
            |row| row.get(0),
        )
        .unwrap();
    let last: i64 = db
        .query_row("SELECT max(number) FROM journal", [], |row| row.get(0))
        .unwrap();
    for number in from..=last {
        before = db
            .query_row(
                "SELECT at, workstation, user, verb, subjects, outcome, code FROM journal
                 WHERE number = ?1",
                [number],
                |row| {
                    let (workstation, user): (Vec<u8>, Option<Vec<u8>>) =
                        (row.get(1)?, row.get(2)?);
                    let (verb, subjects): (String, String) = (row.get(3)?, row.get(4)?);
                    let code: Option<String> = row.get(6)?;
                    let entry = Entry {
                        number,
                        at: row.get(0)?,
                        workstation: &workstation,
                        user: user.as_deref(),
                        verb: &verb,
                        subjects: &subjects,
                        outcome: row.get(5)?,
                        code: code.as_deref(),
                    };
                    Ok(entry.hash(&before))
                },
            )
            .unwrap();
        db.execute(
            "UPDATE journal SET hash = ?2 WHERE number = ?1",
            rusqlite::params![number, before],
        )
        .unwrap();
    }
    db.execute("UPDATE journal_head SET hash = ?1", [before])
        .unwrap();
    (last, before)
}

fn put_back(older: &Path, record: &Path) {
    for name in ["clinic.db-wal", "clinic.db-shm"] {
        let _ = std::fs::remove_file(record.join(name));
    }
    std::fs::copy(older, record.join("clinic.db")).unwrap();
}
