//! Invitations.

use clinic::*;

use crate::support::*;

fn new(login: &str) -> NewInvitation {
    NewInvitation {
        login: login.into(),
        name: phi("Noor Haddad"),
        role: Role::Doctor,
        email: Some(phi("noor@clinic.example")),
    }
}

fn invite(house: &House, login: &str) -> Invitation {
    let permit = house.permit("ada", Permission::ManageUsers);
    house
        .clinic
        .write(&permit, "accounts.invite", |change| {
            change.invite(&new(login))
        })
        .unwrap()
}

const CHOSEN: &str = "eleven patient otters";

#[test]
fn an_invited_person_joins_once_with_a_password_of_their_own() {
    let house = House::new();
    let invitation = invite(&house, "noor");
    assert_eq!(invitation.code.expose().len(), 19);
    // Not before joining, and the code is no password.
    assert!(house.clinic.sign_in("noor", &secret(PASSWORD)).is_err());
    assert!(house.clinic.sign_in("noor", &invitation.code).is_err());
    let house = house.restart();
    let join =
        |code: &str, password: &str| house.clinic.join("noor", &secret(code), &secret(password));
    assert!(matches!(
        join("AAAA-BBBB-CCCC-DDDD", CHOSEN),
        Err(ClinicError::WrongInvitation)
    ));
    assert!(matches!(
        house
            .clinic
            .join("nobody", &invitation.code, &secret(CHOSEN)),
        Err(ClinicError::WrongInvitation)
    ));
    for weak in ["short", "aaaaaaaaaaaaaa", "NoorHaddad1", "Medibridge2026"] {
        assert!(join(invitation.code.expose(), weak).is_err(), "{weak}");
    }
    assert!(
        !house.clinic.is_unlocked(),
        "a join that failed leaves the record open"
    );
    join(
        &invitation.code.expose().to_lowercase().replace('-', ""),
        CHOSEN,
    )
    .unwrap();
    assert!(!house.clinic.is_unlocked());
    house.clinic.sign_in("noor", &secret(CHOSEN)).unwrap();
    assert!(matches!(
        join(invitation.code.expose(), "another fine phrase here"),
        Err(ClinicError::WrongInvitation)
    ));
    // She joined; who did it is in the journal.
    let permit = house.permit("ada", Permission::ReadJournal);
    let query = JournalQuery {
        verb: Some("accounts.join".into()),
        outcome: Some(Outcome::Done),
        limit: 10,
        ..JournalQuery::default()
    };
    let page = house.clinic.journal_page(&permit, &query).unwrap();
    assert_eq!(page.rows[0].who.as_ref().unwrap().expose(), "Noor Haddad");
}

#[test]
fn a_code_ends_after_three_days_or_with_a_clock_from_before_it_and_another_replaces_it() {
    let house = House::new();
    let invitation = invite(&house, "noor");
    let made = house.clock_now();
    house.clock.set(
        made.saturating_sub(std::time::Duration::from_secs(60))
            .unwrap(),
    );
    let early = house.clinic.join("noor", &invitation.code, &secret(CHOSEN));
    assert!(matches!(early, Err(ClinicError::ClockBehind)), "{early:?}");
    house.clock.set(made);
    house.wait(72 * 3600 + 1);
    let late = house.clinic.join("noor", &invitation.code, &secret(CHOSEN));
    assert!(matches!(late, Err(ClinicError::InvitationOver)), "{late:?}");
    let permit = house.permit("ada", Permission::ManageUsers);
    let again = house
        .clinic
        .write(&permit, "accounts.renew_invitation", |change| {
            change.renew_invitation(invitation.user)
        })
        .unwrap();
    assert_eq!(
        again.email.as_ref().unwrap().expose(),
        "noor@clinic.example"
    );
    assert!(matches!(
        house.clinic.join("noor", &invitation.code, &secret(CHOSEN)),
        Err(ClinicError::WrongInvitation)
    ));
    house
        .clinic
        .join("noor", &again.code, &secret(CHOSEN))
        .unwrap();
    let joined = house
        .clinic
        .write(&permit, "accounts.renew_invitation", |change| {
            change.renew_invitation(invitation.user)
        });
    assert!(matches!(
        joined,
        Err(ClinicError::Conflict {
            reason: "joined-already"
        })
    ));
}

#[test]
fn an_invitation_is_withdrawn_and_no_switch_gets_round_it() {
    let house = House::new();
    let invitation = invite(&house, "noor");
    let permit = house.permit("ada", Permission::ManageUsers);
    let on = house.clinic.write(&permit, "users.set_enabled", |change| {
        change.set_user_enabled(invitation.user, true)
    });
    assert!(matches!(
        on,
        Err(ClinicError::Conflict { reason: "invited" })
    ));
    let taken = house.clinic.write(&permit, "accounts.invite", |change| {
        change.invite(&new("NOOR"))
    });
    assert!(matches!(
        taken,
        Err(ClinicError::Conflict {
            reason: "login-taken"
        })
    ));
    let withdraw = || {
        house.clinic.write(&permit, "accounts.withdraw", |change| {
            change.withdraw_invitation(invitation.user)
        })
    };
    withdraw().unwrap();
    assert!(matches!(withdraw(), Err(ClinicError::NotFound { .. })));
    assert!(matches!(
        house.clinic.join("noor", &invitation.code, &secret(CHOSEN)),
        Err(ClinicError::WrongInvitation)
    ));
    let patient = NewInvitation {
        role: Role::Patient,
        ..new("other")
    };
    let refused = house
        .clinic
        .write(&permit, "accounts.invite", |change| change.invite(&patient));
    assert!(matches!(
        refused,
        Err(ClinicError::Invalid { field: "role", .. })
    ));
    let states = house.clinic.account_states(&permit).unwrap();
    assert!(states.iter().all(|state| state.invited_until.is_none()));
}
