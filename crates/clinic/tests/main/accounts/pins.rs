//! The PIN of a shift.

use clinic::*;

use crate::support::*;

const PIN: &str = "407159";

fn with_pin() -> (House, basics::SessionId) {
    let house = House::new();
    let session = house.active("dora");
    house
        .clinic
        .set_pin(&session, house.proof(&session), &secret(PIN))
        .unwrap();
    let id = session.id();
    // Nobody else works, so that locking drops the key.
    let other = house.sign_in("ada");
    house.clinic.sign_out(other).unwrap();
    house.clinic.lock();
    (house, id)
}

#[test]
fn it_unlocks_the_window_and_brings_the_dropped_key_back() {
    let (house, id) = with_pin();
    assert!(!house.clinic.is_unlocked());
    assert!(house.clinic.session_view(id).unwrap().pin);
    let session = house.clinic.unlock_with_pin(id, &secret(PIN)).unwrap();
    assert!(!session.locked && house.clinic.is_unlocked());
    house.clinic.session(id).unwrap();
    // And again, in the same shift.
    house.clinic.lock();
    house.clinic.unlock_with_pin(id, &secret(PIN)).unwrap();
}

#[test]
fn five_wrong_tries_and_the_password_is_due() {
    let (house, id) = with_pin();
    for left in [4, 3, 2, 1, 0] {
        let wrong = house
            .clinic
            .unlock_with_pin(id, &secret("111222"))
            .unwrap_err();
        assert!(
            matches!(wrong, ClinicError::WrongPin { left: now } if now == left),
            "{wrong:?}"
        );
        assert!(!house.clinic.is_unlocked());
    }
    let right = house.clinic.unlock_with_pin(id, &secret(PIN)).unwrap_err();
    assert!(
        matches!(right, ClinicError::WrongPin { left: 0 }),
        "{right:?}"
    );
    assert!(!house.clinic.session_view(id).unwrap().pin);
    house.clinic.unlock_session(id, &secret(PASSWORD)).unwrap();
    house.clinic.lock();
    house.clinic.unlock_with_pin(id, &secret(PIN)).unwrap();
    // The wrong ones are in the journal, though the record was closed.
    let permit = house.permit("ada", Permission::ReadJournal);
    let query = JournalQuery {
        outcome: Some(Outcome::Refused),
        limit: 20,
        ..JournalQuery::default()
    };
    let page = house.clinic.journal_page(&permit, &query).unwrap();
    assert_eq!(
        page.rows
            .iter()
            .filter(|row| row.verb.starts_with("session."))
            .count(),
        5
    );
}

#[test]
fn it_opens_nothing_after_a_restart_at_the_end_of_the_shift_or_with_the_clock_set_back() {
    let (house, id) = with_pin();
    let before = house.clock_now();
    house.clock.set(
        before
            .saturating_sub(std::time::Duration::from_secs(3600))
            .unwrap(),
    );
    assert!(house.clinic.session_view(id).unwrap().locked);
    assert!(matches!(
        house.clinic.unlock_with_pin(id, &secret(PIN)),
        Err(ClinicError::WrongPin { left: 0 })
    ));
    house.clock.set(before);
    let (house, id) = with_pin();
    house.wait(12 * 3600);
    assert!(matches!(
        house.clinic.unlock_with_pin(id, &secret(PIN)),
        Err(ClinicError::SessionEnded)
    ));
    let (house, id) = with_pin();
    let house = house.restart();
    assert!(matches!(
        house.clinic.unlock_with_pin(id, &secret(PIN)),
        Err(ClinicError::SessionEnded)
    ));
    // No PIN signs anybody in, and none opens another's window.
    assert!(house.clinic.sign_in("dora", &secret(PIN)).is_err());
    let dirk = house.sign_in("dirk");
    house.clinic.lock();
    assert!(matches!(
        house.clinic.unlock_with_pin(dirk, &secret(PIN)),
        Err(ClinicError::WrongPin { left: 0 })
    ));
    // A sign-in by password arms it again.
    let dora = house.sign_in("dora");
    house.clinic.lock();
    house.clinic.unlock_with_pin(dora, &secret(PIN)).unwrap();
}

#[test]
fn a_disabled_account_and_a_removed_pin_open_nothing() {
    let (house, id) = with_pin();
    house.clinic.unlock_with_pin(id, &secret(PIN)).unwrap();
    let session = house.clinic.session(id).unwrap();
    house.clinic.remove_pin(&session).unwrap();
    house.clinic.lock();
    assert!(matches!(
        house.clinic.unlock_with_pin(id, &secret(PIN)),
        Err(ClinicError::WrongPin { left: 0 })
    ));
    let (house, id) = with_pin();
    let permit = house.permit("ada", Permission::ManageUsers);
    let dora = house.clinic.session_view(id).unwrap().user_id;
    house
        .clinic
        .write(&permit, "x", |change| change.set_user_enabled(dora, false))
        .unwrap();
    assert!(matches!(
        house.clinic.unlock_with_pin(id, &secret(PIN)),
        Err(ClinicError::SessionEnded)
    ));
}

#[test]
fn setting_it_needs_the_password_and_a_pin_that_nobody_tries_first() {
    let house = House::new();
    let session = house.active("dora");
    for weak in ["1234", "0000", "12", "abcd"] {
        let refused = house
            .clinic
            .set_pin(&session, house.proof(&session), &secret(weak));
        assert!(
            matches!(refused, Err(ClinicError::Invalid { field: "pin", .. })),
            "{weak}"
        );
    }
    let dirk = house.active("dirk");
    let foreign = house
        .clinic
        .set_pin(&session, house.proof(&dirk), &secret(PIN));
    assert!(matches!(foreign, Err(ClinicError::PasswordNeeded)));
}
