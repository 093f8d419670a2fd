//! Passwords, phrases, the device's secret, locking, and one process at a time.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use basics::{Coded, SystemClock};
use clinic::{keys::KeychainError, *};
use zeroize::Zeroizing;

use crate::support::*;

/// A keychain that lets an entry be made and fails only when asked, as a locked Secret Service does.
struct Mute;

impl Keychain for Mute {
    fn read(&self, _: &str) -> std::result::Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Err(KeychainError::Unavailable)
    }
    fn write(&self, _: &str, _: &[u8]) -> std::result::Result<(), KeychainError> {
        Ok(())
    }
    fn delete(&self, _: &str) -> std::result::Result<(), KeychainError> {
        Ok(())
    }
}

#[test]
fn wrong_password_unknown_login_and_disabled_account_get_one_answer() {
    let house = House::new();
    let dirk = house.active("dirk").user();
    let permit = house.permit("ada", Permission::ManageUsers);
    house
        .clinic
        .write(&permit, "x", |change| change.set_user_enabled(dirk, false))
        .unwrap();
    for (login, password) in [
        ("dora", "wrong password"),
        ("nobody", PASSWORD),
        ("dirk", PASSWORD),
    ] {
        let error = house.clinic.sign_in(login, &secret(password)).unwrap_err();
        assert!(
            matches!(error, ClinicError::WrongPassword),
            "{login}: {error:?}"
        );
        assert_eq!(error.message_id(), "wrong-password");
    }
    house
        .clinic
        .write(&permit, "x", |change| change.set_user_enabled(dirk, true))
        .unwrap();
    house.sign_in("dirk");
    house.sign_in("DORA");
}

#[test]
fn an_unknown_login_takes_as_long_as_a_wrong_password() {
    let dir = tempfile::tempdir().unwrap();
    let keychain = Arc::new(FileKeychain::at(dir.path().join("keychain")));
    let setup = Setup {
        cost: Cost::interactive(),
        doctor: None,
        ..setup()
    };
    let record = dir.path().join("record");
    let clinic = Clinic::create(&record, setup, keychain, Arc::new(SystemClock))
        .unwrap()
        .clinic;
    assert!(clinic.status().sound_cost);
    let time = |login: &str| {
        let started = Instant::now();
        clinic
            .sign_in(login, &secret("wrong password"))
            .unwrap_err();
        started.elapsed()
    };
    // The shortest of three: anything else on the machine only lengthens.
    let shortest = |login: &str| (0..3).map(|_| time(login)).min().unwrap();
    let (known, unknown) = (shortest("ada"), shortest("nobody"));
    assert!(
        known > Duration::from_millis(20),
        "a guess costs too little: {known:?}"
    );
    assert!(
        unknown * 3 > known && known * 3 > unknown,
        "{known:?} {unknown:?}"
    );
}

#[test]
fn failures_make_one_wait_longer_each_time_also_after_a_restart() {
    let mut house = House::new();
    house.clinic.lock();
    let wrong = |house: &House| {
        house
            .clinic
            .sign_in("dora", &secret("wrong password"))
            .unwrap_err()
    };
    for _ in 0..4 {
        assert!(matches!(wrong(&house), ClinicError::WrongPassword));
    }
    for wait in [2, 4, 8, 16] {
        house = house.restart();
        let error = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap_err();
        assert!(
            matches!(error, ClinicError::TooManyTries { seconds } if seconds == wait),
            "{error:?}"
        );
        house.wait(wait - 1);
        assert!(matches!(
            wrong(&house),
            ClinicError::TooManyTries { seconds: 1 }
        ));
        house.wait(1);
        assert!(matches!(wrong(&house), ClinicError::WrongPassword));
    }
    house.wait(32);
    house.sign_in("dora");
    // Unknown logins wait, too; others are not held up.
    house.sign_in("ada");
    // What was tried while the record was closed is in the journal now, under dora's name.
    let permit = house.permit("ada", Permission::ReadJournal);
    let query = JournalQuery {
        outcome: Some(Outcome::Refused),
        verb: Some("session.".into()),
        limit: 50,
        ..JournalQuery::default()
    };
    let page = house.clinic.journal_page(&permit, &query).unwrap();
    assert_eq!(page.rows.len(), 8);
    assert!(
        page.rows
            .iter()
            .all(|row| row.code.as_deref() == Some("wrong_password"))
    );
    assert!(
        page.rows
            .iter()
            .all(|row| row.who.as_ref().unwrap().expose() == "Name of dora")
    );
}

#[test]
fn sessions_lock_when_idle_end_after_twelve_hours_and_are_renewed_by_activity() {
    let house = House::new();
    let session = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    assert_eq!(session.idle_minutes, 5);
    for _ in 0..4 {
        house.wait(4 * 60);
        house.clinic.touch(session.id).unwrap();
    }
    house.wait(5 * 60);
    assert!(matches!(
        house.clinic.session(session.id),
        Err(ClinicError::SessionLocked)
    ));
    assert!(matches!(
        house.clinic.touch(session.id),
        Err(ClinicError::SessionLocked)
    ));
    assert!(house.clinic.session_view(session.id).unwrap().locked);
    // Everybody is idle: the key goes.
    house.clinic.lock_if_idle();
    assert!(!house.clinic.is_unlocked());
    assert!(
        house
            .clinic
            .unlock_session(session.id, &secret("wrong password"))
            .is_err()
    );
    house
        .clinic
        .unlock_session(session.id, &secret(PASSWORD))
        .unwrap();
    house.clinic.session(session.id).unwrap();
    house.wait(12 * 3600);
    assert!(matches!(
        house.clinic.session(session.id),
        Err(ClinicError::SessionEnded)
    ));
    assert!(matches!(
        house.clinic.unlock_session(session.id, &secret(PASSWORD)),
        Err(ClinicError::SessionEnded)
    ));
}

#[test]
fn locking_drops_the_key_unless_somebody_works_or_a_job_holds_it() {
    let house = House::new().restart();
    let (one, two) = (house.sign_in("dora"), house.sign_in("dirk"));
    let permit = authorize(
        &house.clinic.session(one).unwrap(),
        Permission::ReadPatients,
    )
    .unwrap();
    house.clinic.lock_session(one).unwrap();
    assert!(house.clinic.is_unlocked());
    let hold = house.clinic.hold().unwrap();
    house.clinic.sign_out(two).unwrap();
    assert!(house.clinic.is_unlocked());
    drop(hold);
    assert!(!house.clinic.is_unlocked());
    // A permit from before opens nothing.
    let refused = house.clinic.patients(&permit, "", None, 10);
    assert!(matches!(refused, Err(ClinicError::Locked)));
    assert!(matches!(house.clinic.hold(), Err(ClinicError::Locked)));
}

#[test]
fn a_changed_or_reset_password_replaces_the_old_one() {
    let house = House::new();
    let session = house.active("dora");
    let new = secret("another long password");
    let short = house
        .clinic
        .change_password(&session, &secret(PASSWORD), &secret("short"));
    assert!(matches!(
        short,
        Err(ClinicError::Invalid {
            field: "password",
            ..
        })
    ));
    house
        .clinic
        .change_password(&session, &secret(PASSWORD), &new)
        .unwrap();
    assert!(house.clinic.sign_in("dora", &secret(PASSWORD)).is_err());
    house.clinic.sign_in("dora", &new).unwrap();
    let permit = house.permit("ada", Permission::ManageUsers);
    let dora = session.user();
    house
        .clinic
        .write(&permit, "x", |change| {
            change.reset_password(dora, &secret(PASSWORD))
        })
        .unwrap();
    // A reset ends her sessions.
    assert!(matches!(
        house.clinic.session(session.id()),
        Err(ClinicError::SessionEnded)
    ));
    let house = house.restart();
    house.sign_in("dora");
    assert!(house.clinic.sign_in("dora", &new).is_err());
}

#[test]
fn a_failed_change_of_accounts_leaves_keys_as_they_were() {
    let house = House::new();
    let permit = house.permit("ada", Permission::ManageUsers);
    let keys = fs::read(house.clinic.dir().join("keys.json")).unwrap();
    let new = account("late");
    let new = NewUser {
        login: new.login,
        name: new.name,
        role: Role::Doctor,
        password: new.password,
    };
    let failed: Result<()> = house.clinic.write(&permit, "x", |change| {
        change.create_user(&new)?;
        Err(ClinicError::Conflict {
            reason: "on-purpose",
        })
    });
    assert!(matches!(
        failed,
        Err(ClinicError::Conflict {
            reason: "on-purpose"
        })
    ));
    assert_eq!(
        fs::read(house.clinic.dir().join("keys.json")).unwrap(),
        keys
    );
    assert!(house.clinic.sign_in("late", &secret(PASSWORD)).is_err());
    let taken = NewUser {
        login: "DORA".into(),
        ..new
    };
    let refused = house
        .clinic
        .write(&permit, "x", |change| change.create_user(&taken));
    assert!(matches!(
        refused,
        Err(ClinicError::Conflict {
            reason: "login-taken"
        })
    ));
    let ada = permit.user();
    let last = house
        .clinic
        .write(&permit, "x", |change| change.set_user_enabled(ada, false));
    assert!(matches!(
        last,
        Err(ClinicError::Conflict {
            reason: "last-administrator"
        })
    ));
}

#[test]
fn the_phrase_brings_an_administrator_back_on_a_device_without_its_secret() {
    let house = House::new();
    let patient = house.patient("dora", "Maria Silva");
    let words: Vec<_> = [1, 5, 12]
        .map(|at| (at, house.phrase[at - 1].to_uppercase()))
        .into_iter()
        .collect();
    assert!(house.clinic.confirm_recovery(&words[..2]).is_err());
    assert!(
        house
            .clinic
            .confirm_recovery(&[(1, "x".into()), (2, "y".into()), (3, "z".into())])
            .is_err()
    );
    house.clinic.confirm_recovery(&words).unwrap();
    assert!(house.clinic.status().recovery_confirmed);
    fs::remove_dir_all(house.dir.path().join("keychain")).unwrap();
    let house = house.restart();
    let gone = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap_err();
    assert!(matches!(gone, ClinicError::KeyUnavailable), "{gone:?}");
    let phrase = secret(&house.phrase.join("  "));
    let new = secret("a brand new password");
    let mut wrong = house.phrase.clone();
    wrong.swap(0, 1);
    let refused = house
        .clinic
        .recover(&secret(&wrong.join(" ")), "ada", &new, None)
        .unwrap_err();
    assert!(matches!(refused, ClinicError::WrongPhrase));
    let refused = house
        .clinic
        .recover(&phrase, "dora", &new, None)
        .unwrap_err();
    assert!(matches!(refused, ClinicError::NotFound { .. }));
    house.clinic.recover(&phrase, "ada", &new, None).unwrap();
    house.clinic.sign_in("ada", &new).unwrap();
    // The device has its secret again, so everybody else's password works as before.
    let house = house.restart();
    let permit = house.permit("dora", Permission::ReadPatients);
    assert_eq!(
        house.clinic.patient(&permit, patient.id).unwrap().number,
        "MB-000001"
    );
    let report = house.clinic.verify_journal_by_phrase(&phrase).unwrap();
    assert!(report.is_intact());
}

#[test]
fn where_no_keychain_answers_a_passphrase_or_an_open_file_serves_and_says_so() {
    for (passphrase, store) in [
        (Some("device passphrase"), KeyStore::PassphraseFile),
        (None, KeyStore::PlainFile),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let setup = Setup {
            device_passphrase: passphrase.map(secret),
            ..setup()
        };
        let clock = Arc::new(SystemClock);
        let created = Clinic::create(dir.path(), setup, Arc::new(Mute), clock.clone()).unwrap();
        assert_eq!(created.clinic.status().key_store, store);
        drop(created);
        let clinic = Clinic::open(dir.path(), Arc::new(Mute), clock).unwrap();
        assert_eq!(clinic.needs_passphrase(), passphrase.is_some());
        if passphrase.is_some() {
            let refused = clinic.sign_in("dora", &secret(PASSWORD)).unwrap_err();
            assert!(matches!(refused, ClinicError::PassphraseNeeded));
            let refused = clinic.give_passphrase(&secret("another")).unwrap_err();
            assert!(matches!(refused, ClinicError::WrongPassphrase));
            clinic
                .give_passphrase(&secret("device passphrase"))
                .unwrap();
        }
        clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    }
}

#[test]
fn a_second_owner_is_refused_and_a_second_clinic_is_not_made() {
    let house = House::new();
    let open = || {
        Clinic::open(
            house.clinic.dir(),
            house.keychain.clone(),
            Arc::new(SystemClock),
        )
    };
    assert!(matches!(open(), Err(ClinicError::Busy)));
    let dir = house.clinic.dir().to_owned();
    let create = |dir: &std::path::Path| {
        Clinic::create(dir, setup(), house.keychain.clone(), Arc::new(SystemClock)).map(|_| ())
    };
    assert!(matches!(create(&dir), Err(ClinicError::Busy)));
    let other = tempfile::tempdir().unwrap();
    let nothing = Clinic::open(other.path(), house.keychain.clone(), Arc::new(SystemClock));
    assert!(matches!(nothing, Err(ClinicError::NoClinic)));
    create(other.path()).unwrap();
    assert!(matches!(
        create(other.path()),
        Err(ClinicError::ClinicExists)
    ));
}

#[test]
fn a_torn_replacement_of_keys_leaves_the_old_file_and_a_damaged_one_is_named() {
    let house = House::new();
    // What a crash in the middle of a replacement leaves: half a new file beside the whole old one.
    fs::write(house.clinic.dir().join("keys.new"), b"{\"version\":1,\"cli").unwrap();
    let house = house.restart();
    house.sign_in("dora");
    let path = house.clinic.dir().join("keys.json");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let damaged = Clinic::status_of(house.clinic.dir()).unwrap_err();
    assert!(matches!(damaged, ClinicError::Damaged { part: "keys" }));
    fs::write(
        &path,
        String::from_utf8(whole)
            .unwrap()
            .replace("\"version\": 1", "\"version\": 9"),
    )
    .unwrap();
    let newer = Clinic::status_of(house.clinic.dir()).unwrap_err();
    assert!(
        matches!(newer, ClinicError::NewerSchema { found: 9, known: 1 }),
        "{newer:?}"
    );
}

#[test]
fn a_damaged_database_or_vault_file_is_named() {
    let house = House::new();
    let patient = house.patient("dora", "Maria Silva");
    let scan = house.scan("dora", &patient, &[7; 100_000]);
    let permit = house.permit("dora", Permission::ReadScans);
    let vault = house.clinic.dir().join("vault");
    let folder = fs::read_dir(vault)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| !path.ends_with("tmp"))
        .unwrap();
    let file = fs::read_dir(folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut bytes = fs::read(&file).unwrap();
    bytes[70_000] ^= 1;
    fs::write(&file, bytes).unwrap();
    let damaged = house.clinic.read_file(&permit, scan.id).unwrap_err();
    assert!(matches!(damaged, ClinicError::Damaged { part: "vault" }));
    fs::remove_file(&file).unwrap();
    let damaged = house.clinic.read_file(&permit, scan.id).unwrap_err();
    assert!(matches!(damaged, ClinicError::Damaged { part: "vault" }));
    house.clinic.lock();
    let database = house.clinic.dir().join("clinic.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[..4096].fill(0x5a);
    fs::write(&database, bytes).unwrap();
    let damaged = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap_err();
    assert!(
        matches!(damaged, ClinicError::Damaged { part: "database" }),
        "{damaged:?}"
    );
}
