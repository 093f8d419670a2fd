//! How long a session lasts, and what a changed clock does to it.

use std::time::Duration;

use clinic::*;

use crate::support::*;

#[test]
fn whoever_works_is_renewed_in_silence_but_not_for_ever() {
    let house = House::new();
    let session = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    let mut renewed = 0;
    let mut minutes = 0;
    while house
        .clinic
        .touch(session.id)
        .map(|moved| renewed += u32::from(moved))
        .is_ok()
    {
        house.wait(4 * 60);
        minutes += 4;
        assert!(minutes <= 16 * 60 + 4, "it never ends");
    }
    assert!(
        minutes > 15 * 60,
        "it ended under somebody's hands after {minutes} minutes"
    );
    assert!((1..=100).contains(&renewed), "{renewed}");
    assert!(matches!(
        house.clinic.session_view(session.id),
        Err(ClinicError::SessionEnded)
    ));
}

#[test]
fn without_anybody_there_it_ends_after_twelve_hours() {
    let house = House::new();
    let session = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    assert_eq!(
        session.expires.duration_since(house.clock_now()),
        jiff_hours(12)
    );
    house.wait(12 * 3600 - 1);
    assert!(house.clinic.session_view(session.id).unwrap().locked);
    house.wait(1);
    assert!(matches!(
        house.clinic.session_view(session.id),
        Err(ClinicError::SessionEnded)
    ));
}

fn jiff_hours(hours: i64) -> jiff::SignedDuration {
    jiff::SignedDuration::from_hours(hours)
}

#[test]
fn a_clock_set_back_locks_and_a_small_step_does_not() {
    let house = House::new();
    let session = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap();
    let back = |seconds| {
        let now = house.clock_now();
        house
            .clock
            .set(now.saturating_sub(Duration::from_secs(seconds)).unwrap());
    };
    back(60);
    house.clinic.session(session.id).unwrap();
    back(120);
    assert!(matches!(
        house.clinic.session(session.id),
        Err(ClinicError::SessionLocked)
    ));
    house
        .clinic
        .unlock_session(session.id, &secret(PASSWORD))
        .unwrap();
    house.clinic.session(session.id).unwrap();
}

#[test]
fn a_changed_password_signs_the_other_windows_out() {
    let house = House::new();
    let (here, there) = (house.active("dora"), house.sign_in("dora"));
    let account = house.clinic.own_account(&here).unwrap();
    assert_eq!(
        account
            .windows
            .iter()
            .map(|window| window.here)
            .collect::<Vec<_>>()
            .len(),
        2
    );
    house
        .clinic
        .change_password(&here, &secret(PASSWORD), &secret("eleven patient otters"))
        .unwrap();
    house.clinic.session(here.id()).unwrap();
    assert!(matches!(
        house.clinic.session(there),
        Err(ClinicError::SessionEnded)
    ));
}

#[test]
fn one_ends_ones_own_other_windows_and_nobody_elses() {
    let house = House::new();
    let (here, there) = (house.active("dora"), house.sign_in("dora"));
    let dirk = house.sign_in("dirk");
    for (id, good) in [
        (dirk, false),
        (here.id(), false),
        (there, true),
        (there, false),
    ] {
        assert_eq!(house.clinic.end_own_session(&here, id).is_ok(), good);
    }
    house.clinic.session(dirk).unwrap();
}
