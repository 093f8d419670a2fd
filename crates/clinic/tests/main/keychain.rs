//! The operating system's own keychain, where one can be started: the Secret Service under a D-Bus of its own.

use std::{process::Command, sync::Arc};

use basics::SystemClock;
use clinic::*;

use crate::support::*;

const INSIDE: &str = "MEDIBRIDGE_TEST_KEYCHAIN";

#[test]
#[cfg(target_os = "linux")]
fn the_secret_service_keeps_the_devices_secret() {
    let script = "printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$0\" \
                  --exact keychain::inside_a_session --nocapture";
    let home = tempfile::tempdir().unwrap();
    let run = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", script])
        .arg(std::env::current_exe().unwrap())
        .env(INSIDE, "1")
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .output();
    match run {
        Ok(done) if done.status.success() => {
            let said = [done.stdout, done.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            assert!(
                said.contains("1 passed") && said.contains("kept in the keychain"),
                "{said}"
            );
        }
        Ok(done)
            if Command::new("gnome-keyring-daemon")
                .arg("--version")
                .output()
                .is_ok() =>
        {
            panic!(
                "{} {}",
                String::from_utf8_lossy(&done.stdout),
                String::from_utf8_lossy(&done.stderr)
            );
        }
        _ => eprintln!("not run: no D-Bus session or gnome-keyring here"),
    }
}

#[test]
fn inside_a_session() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    assert!(OsKeychain.answers());
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(SystemClock);
    let created = Clinic::create(dir.path(), setup(), Arc::new(OsKeychain), clock.clone()).unwrap();
    assert_eq!(created.clinic.status().key_store, KeyStore::Keychain);
    assert!(!dir.path().join("device.key").exists());
    drop(created);
    let clinic = Clinic::open(dir.path(), Arc::new(OsKeychain), clock).unwrap();
    clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    eprintln!("kept in the keychain");
}
