//! Signing in, back-off, locking, recovery, two windows.

use std::time::Duration;

use acceptance::{Clinic, Desk, PASSWORD, sample};
use basics::Code;
use serde_json::json;

#[test]
fn a_wrong_password_is_told_slowed_down_and_forgiven() {
    let clinic = Clinic::new();
    let wrong = json!({ "login": "doctor", "password": "not the password" });
    let mut waits = 0;
    for _ in 0..12 {
        match clinic.error("session.sign_in", wrong.clone()) {
            error if error.code == Code::TooManyTries => {
                waits += 1;
                let seconds: u64 = error.args["seconds"].parse().unwrap();
                clinic.clock.advance(Duration::from_secs(seconds + 1));
            }
            error => assert_eq!(error.code, Code::WrongPassword),
        }
    }
    assert!(waits >= 3, "{waits}");
    // Nobody can tell an unknown name from a wrong password.
    let unknown = clinic.error(
        "session.sign_in",
        json!({ "login": "nobody", "password": PASSWORD }),
    );
    assert_eq!(unknown.code, Code::WrongPassword);
    clinic.clock.advance(Duration::from_secs(3600));
    clinic.sign_in("doctor");
}

#[test]
fn an_idle_window_locks_and_the_password_brings_it_back() {
    let clinic = Clinic::new();
    let session = clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    let minutes = session["idle_minutes"].as_u64().unwrap();
    clinic.clock.advance(Duration::from_secs(minutes * 60 - 5));
    clinic.ok("session.touch", json!(null));
    clinic.clock.advance(Duration::from_secs(minutes * 60 + 1));
    assert_eq!(
        clinic.error("patients.open", json!({ "id": patient })).code,
        Code::Locked
    );
    let locked = clinic.ok("session.current", json!(null));
    assert_eq!(
        (&locked["locked"], &locked["grant"]),
        (&json!(true), &json!(""))
    );
    assert_eq!(
        clinic
            .error("session.unlock", json!({ "password": "wrong wrong" }))
            .code,
        Code::WrongPassword
    );
    clinic.ok("session.unlock", json!({ "password": PASSWORD }));
    clinic.ok("patients.open", json!({ "id": patient }));
}

#[test]
fn one_windows_grant_shows_nothing_at_another() {
    let clinic = Clinic::new();
    let session = clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    let import = clinic.import(&[sample("nih-03623a5462.jpg")], Some(&patient));
    let scan = import["items"][0]["outcome"]["scan_id"].as_str().unwrap();
    let path = format!("frame/{}/{scan}/0", session["grant"].as_str().unwrap());
    assert!(clinic.workstation.serve("main", &path).is_ok());
    assert!(clinic.workstation.serve("second", &path).is_err());
    assert!(
        clinic
            .workstation
            .serve("main", &format!("frame/guess/{scan}/0"))
            .is_err()
    );
    clinic.ok("session.lock", json!(null));
    assert!(clinic.workstation.serve("main", &path).is_err());
    clinic.ok("session.unlock", json!({ "password": PASSWORD }));
    assert!(
        clinic.workstation.serve("main", &path).is_err(),
        "an address from before the lock"
    );
}

#[test]
fn the_recovery_phrase_gives_an_administrator_a_new_password() {
    let clinic = Clinic::blank();
    let words = clinic.set_up();
    let recover = |phrase: String| {
        clinic.call(
            "setup.recover",
            json!({ "phrase": phrase, "login": "admin", "new_password": "a quite new password" }),
        )
    };
    let mut wrong = words.clone();
    wrong.swap(0, 1);
    assert!(recover(wrong.join(" ")).is_err());
    clinic.clock.advance(Duration::from_secs(3600));
    recover(words.join("  ").to_uppercase()).unwrap();
    let sign_in = |password: &str| {
        clinic.call(
            "session.sign_in",
            json!({ "login": "admin", "password": password }),
        )
    };
    assert!(sign_in(PASSWORD).is_err());
    clinic.clock.advance(Duration::from_secs(3600));
    sign_in("a quite new password").unwrap();
}

#[test]
fn a_second_program_on_the_same_record_is_told_so() {
    let clinic = Clinic::new();
    let options = acceptance::options(clinic.folder.path());
    let second = commands::Workstation::open(
        options,
        clinic.heard.clone(),
        std::sync::Arc::new(clinic.clock.clone()),
    );
    let error = second.err().unwrap();
    assert_eq!(basics::Coded::code(&error), Code::Busy);
}

#[test]
fn when_everybody_has_gone_the_key_is_dropped_with_no_window_saying_so() {
    let clinic = Clinic::new();
    let session = clinic.sign_in("doctor");
    let minutes = session["idle_minutes"].as_u64().unwrap();
    let wal = clinic.folder.path().join("record/clinic.db-wal");
    assert!(wal.exists(), "the record is open");
    clinic.clock.advance(Duration::from_secs(minutes * 60 + 1));
    // The last connection takes the write-ahead log with it.
    clinic.until(|| (!wal.exists()).then_some(()));
}
