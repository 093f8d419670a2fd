//! An administrator keeps the clinic safe: a stick, a time, a restore; and nothing that goes wrong on the way costs
//! a record.

use std::{fs, path::Path};

use acceptance::{Clinic, Desk, PASSWORD, process::Process, sample};
use basics::Code;
use serde_json::{Value, json};

/// A clinic with a patient and a film, and an empty stick.
fn clinic() -> (Clinic, String) {
    let clinic = Clinic::new();
    clinic.sign_in("doctor");
    let patient = clinic.add_patient("Maria Silva", "1961-03-09");
    clinic.import(&[sample("nih-035075275b.jpg")], Some(&patient));
    let stick = stick(clinic.folder.path());
    (clinic, stick)
}

fn stick(folder: &Path) -> String {
    let stick = folder.join("stick");
    fs::create_dir(&stick).unwrap();
    stick.display().to_string()
}

fn plan(desk: &impl Desk, stick: &str, daily: bool) -> Value {
    let request = json!({ "folder": stick, "minute": 130, "daily": daily });
    desk.ok("backup.plan", request)
}

/// Asks for a backup and waits for its end; the screen then.
fn back_up(desk: &impl Desk) -> Value {
    let before = desk.ok("backup.view", json!(null))["runs"]
        .as_array()
        .unwrap()
        .len();
    desk.ok("backup.start", json!(null));
    desk.until(|| {
        let view = desk.ok("backup.view", json!(null));
        let done =
            view["state"]["running"].is_null() && view["runs"].as_array().unwrap().len() > before;
        done.then_some(view)
    })
}

/// Restores and waits for its end.
fn restore(desk: &impl Desk, folder: &Value, key: Value) -> Value {
    desk.ok("setup.restore", json!({ "folder": folder, "key": key }));
    desk.until(|| {
        let state = desk.ok("setup.restore_state", json!(null));
        state["running"].is_null().then_some(state)
    })
}

fn patients(desk: &impl Desk) -> usize {
    let request = json!({ "query": "", "cursor": null, "limit": 50 });
    desk.ok("patients.page", request)["rows"]
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn an_administrator_backs_the_clinic_up_and_brings_it_back() {
    let (clinic, stick) = clinic();
    clinic.sign_in("admin");
    let empty = clinic.ok("backup.state", json!(null));
    assert_eq!(empty["planned"], false);
    let refused = clinic.error("backup.start", json!(null));
    assert_eq!(refused.message_id, "backup-no-target");
    plan(&clinic, &stick, false);
    let view = back_up(&clinic);
    assert_eq!(view["runs"][0]["outcome"], "verified", "{view}");
    assert_eq!(view["snapshots"][0]["verified"], true);
    assert_eq!(view["snapshots"][0]["clinic_name"], "Clínica do Vale");
    // Whole, every file read back.
    let name = &view["snapshots"][0]["name"];
    clinic.ok("backup.check", json!({ "name": name }));
    let checked = clinic.until(|| {
        let checked = clinic.ok("backup.view", json!(null))["checked"].clone();
        (!checked.is_null()).then_some(checked)
    });
    assert!(
        checked["problem"].is_null() && checked["whole"]["files"] == 1,
        "{checked}"
    );

    // Everybody sees in the bottom bar that it happened.
    clinic.sign_in("doctor");
    assert!(clinic.ok("backup.state", json!(null))["last_verified"].is_string());
    clinic.add_patient("Came later", "1990-01-01");
    assert_eq!(patients(&clinic), 2);
    clinic.ok("session.sign_out", json!(null));

    // On the sign-in screen, with nobody signed in.
    let found = clinic.ok("setup.find_backups", json!({ "folder": stick }));
    let folder = &found[0]["folder"];
    let wrong = json!({ "kind": "password", "login": "admin", "password": "not this one", "device_passphrase": null });
    let state = restore(&clinic, folder, wrong);
    assert_eq!(state["problem"]["code"], "wrong_password", "{state}");
    let doctor = json!({ "kind": "password", "login": "doctor", "password": PASSWORD, "device_passphrase": null });
    let state = restore(&clinic, folder, doctor);
    assert_eq!(state["problem"]["code"], "forbidden", "{state}");
    clinic.sign_in("doctor");
    assert_eq!(patients(&clinic), 2);
    let admin = json!({ "kind": "password", "login": "admin", "password": PASSWORD, "device_passphrase": null });
    let state = restore(&clinic, folder, admin);
    assert_eq!(state["restored"], true, "{state}");
    // Whoever was signed in is not any more.
    assert_eq!(
        clinic
            .error(
                "patients.page",
                json!({ "query": "", "cursor": null, "limit": 50 })
            )
            .code,
        Code::SignInNeeded
    );
    clinic.sign_in("doctor");
    assert_eq!(patients(&clinic), 1);
    let scans = clinic.worklist(json!({}));
    assert_eq!(scans["rows"].as_array().unwrap().len(), 1);

    // The journal of the restored record says what happened, and holds.
    clinic.sign_in("admin");
    let report = clinic.ok("journal.verify", json!(null));
    assert_eq!(report["intact"], true, "{report}");
}

#[test]
fn a_new_computer_takes_the_clinic_over_with_the_phrase() {
    let clinic = Clinic::blank();
    let words = clinic.set_up();
    clinic.sign_in("doctor");
    clinic.add_patient("Maria Silva", "1961-03-09");
    let stick = stick(clinic.folder.path());
    clinic.sign_in("admin");
    plan(&clinic, &stick, false);
    back_up(&clinic);

    let other = Clinic::blank();
    let none = other.error(
        "setup.find_backups",
        json!({ "folder": other.folder.path() }),
    );
    assert_eq!(none.message_id, "backup-none");
    let found = other.ok("setup.find_backups", json!({ "folder": stick }));
    let password = json!({ "kind": "password", "login": "admin", "password": PASSWORD, "device_passphrase": null });
    let state = restore(&other, &found[0]["folder"], password);
    assert_eq!(state["problem"]["message_id"], "key-unavailable", "{state}");
    let phrase = json!({ "kind": "phrase", "phrase": words.join(" ") });
    let state = restore(&other, &found[0]["folder"], phrase);
    assert_eq!(state["restored"], true, "{state}");
    let status = other.ok("setup.status", json!(null));
    assert_eq!(
        (&status["state"], &status["clinic_name"]),
        (&json!("ready"), &json!("Clínica do Vale"))
    );
    other.sign_in("doctor");
    assert_eq!(patients(&other), 1);
}

#[test]
fn it_happens_by_itself_as_soon_as_somebody_is_signed_in() {
    let (clinic, stick) = clinic();
    clinic.sign_in("admin");
    // No backup ever was made, so one is due at once.
    plan(&clinic, &stick, true);
    let state = clinic.until(|| {
        let state = clinic.ok("backup.state", json!(null));
        state["last_verified"].is_string().then_some(state)
    });
    assert!(
        state["problem"].is_null() && state["next"].is_string(),
        "{state}"
    );
    // The stick is pulled out, the next day comes: it fails, says so, and mends itself when the stick is back.
    let drawer = format!("{stick}-in-a-drawer");
    fs::rename(&stick, &drawer).unwrap();
    clinic
        .clock
        .advance(std::time::Duration::from_secs(24 * 3600));
    clinic.sign_in("doctor");
    let state = clinic.until(|| {
        let state = clinic.ok("backup.state", json!(null));
        (!state["problem"].is_null()).then_some(state)
    });
    assert_eq!(
        state["problem"]["message_id"], "backup-target-missing",
        "{state}"
    );
    fs::rename(&drawer, &stick).unwrap();
    clinic
        .clock
        .advance(std::time::Duration::from_secs(16 * 60));
    clinic.sign_in("doctor");
    clinic.until(|| {
        clinic.ok("backup.state", json!(null))["problem"]
            .is_null()
            .then_some(())
    });
}

#[test]
fn a_damaged_record_does_not_open_and_its_last_backup_is_offered() {
    let (clinic, stick) = clinic();
    clinic.sign_in("admin");
    plan(&clinic, &stick, false);
    back_up(&clinic);
    clinic.workstation.shutdown();
    let database = clinic.folder.path().join("record/clinic.db");
    let mut bytes = fs::read(&database).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    fs::write(&database, bytes).unwrap();
    let _ = fs::remove_file(database.with_extension("db-wal"));
    let clinic = clinic.restarted();
    let error = clinic.error(
        "session.sign_in",
        json!({ "login": "admin", "password": PASSWORD }),
    );
    assert_eq!(error.code, Code::Damaged, "{error:?}");
    let last = clinic.ok("setup.status", json!(null))["last_backup"].clone();
    assert_eq!(last["there"], true, "{last}");
    let admin = json!({ "kind": "password", "login": "admin", "password": PASSWORD, "device_passphrase": null });
    let state = restore(&clinic, &last["folder"], admin);
    assert_eq!(state["restored"], true, "{state}");
    clinic.sign_in("doctor");
    assert_eq!(patients(&clinic), 1);
}

/// The program is killed while it backs up and while it restores.
#[test]
fn the_program_is_killed_in_the_middle_of_a_backup_and_of_a_restore() {
    let mut desk = Process::start();
    let stick = stick(desk.folder());
    desk.sign_in("doctor");
    desk.add_patient("Maria Silva", "1961-03-09");
    desk.sign_in("admin");
    plan(&desk, &stick, false);
    back_up(&desk);
    for round in 0..6u64 {
        desk.ok("backup.start", json!(null));
        std::thread::sleep(std::time::Duration::from_millis(round * 40));
        desk = desk.kill();
        let found = desk.ok("setup.find_backups", json!({ "folder": stick }));
        let key = json!({ "kind": "password", "login": "admin", "password": PASSWORD, "device_passphrase": null });
        desk.ok(
            "setup.restore",
            json!({ "folder": found[0]["folder"], "key": key }),
        );
        std::thread::sleep(std::time::Duration::from_millis(round * 40));
        desk = desk.kill();
        desk.sign_in("doctor");
        assert_eq!(patients(&desk), 1, "round {round}");
        desk.sign_in("admin");
        let report = desk.ok("journal.verify", json!(null));
        assert_eq!(report["intact"], true, "round {round}: {report}");
    }
    let view = back_up(&desk);
    assert_eq!(view["runs"][0]["outcome"], "verified", "{view}");
}
