//! The authenticator app, recovery codes, codes by e-mail.

use clinic::*;

use super::code_at;
use crate::support::*;

#[test]
fn with_an_app_the_password_alone_opens_nothing_and_a_code_opens_once() {
    let house = House::new().restart();
    let (app, _) = house.with_app("dora");
    let house = house.restart();
    let refused = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap_err();
    assert!(
        matches!(
            refused,
            ClinicError::CodeNeeded(SecondFactor::Authenticator)
        ),
        "{refused:?}"
    );
    assert!(
        !house.clinic.is_unlocked(),
        "the password alone leaves the record open"
    );
    let code = house.code_now(&app);
    house.try_code("dora", &code).unwrap();
    // The same code again, within its time: whoever looked over the shoulder gets nothing.
    assert!(matches!(
        house.try_code("dora", &code),
        Err(ClinicError::WrongCode)
    ));
    house.wait(30);
    house.try_code("dora", &house.code_now(&app)).unwrap();
    // One step late is taken, two are not.
    let now = house.clock_now().as_second();
    house.wait(60);
    assert!(matches!(
        house.try_code("dora", &code_at(&app, now)),
        Err(ClinicError::WrongCode)
    ));
    house
        .try_code("dora", &code_at(&app, house.clock_now().as_second() - 30))
        .unwrap();
    // Unlocking asks for the password alone.
    let session = house
        .try_code("dora", &code_at(&app, house.clock_now().as_second()))
        .unwrap();
    house.clinic.lock_session(session.id).unwrap();
    house
        .clinic
        .unlock_session(session.id, &secret(PASSWORD))
        .unwrap();
}

#[test]
fn a_clock_set_back_brings_no_old_code_to_life() {
    let house = House::new();
    let (app, codes) = house.with_app("dora");
    let seen = house.clock_now();
    // Seen over the shoulder, but never used …
    let code = house.code_now(&app);
    house.wait(3600);
    // … while the owner signed in later, with a recovery code, which moves no step.
    house.try_code("dora", &secret(&codes[0])).unwrap();
    let late = house.clock_now();
    house.clock.set(seen);
    let refused = house.try_code("dora", &code).unwrap_err();
    assert!(matches!(refused, ClinicError::ClockBehind), "{refused:?}");
    // A used one stays used at any time.
    house.clock.set(late);
    let used = house.code_now(&app);
    house.try_code("dora", &used).unwrap();
    house.clock.set(
        late.saturating_sub(std::time::Duration::from_secs(30))
            .unwrap(),
    );
    assert!(matches!(
        house.try_code("dora", &used),
        Err(ClinicError::WrongCode)
    ));
    // A clock that was wrong and is right again: a recovery code heals it.
    house.clock.set(seen);
    house.try_code("dora", &secret(&codes[1])).unwrap();
}

#[test]
fn a_wrong_code_counts_and_a_right_password_between_forgives_nothing() {
    let house = House::new();
    let (app, _) = house.with_app("dora");
    let wrong = || {
        let right = house.code_now(&app);
        secret(if right.expose() == "000000" {
            "000001"
        } else {
            "000000"
        })
    };
    for _ in 0..4 {
        assert!(matches!(
            house.try_code("dora", &wrong()),
            Err(ClinicError::WrongCode)
        ));
        let asked = house.clinic.sign_in("dora", &secret(PASSWORD));
        assert!(matches!(
            asked,
            Err(ClinicError::CodeNeeded(_) | ClinicError::TooManyTries { .. })
        ));
    }
    let waits = house.try_code("dora", &house.code_now(&app)).unwrap_err();
    assert!(
        matches!(waits, ClinicError::TooManyTries { seconds: 2 }),
        "{waits:?}"
    );
    house.wait(3);
    house.try_code("dora", &house.code_now(&app)).unwrap();
}

#[test]
fn ten_recovery_codes_each_open_once_and_new_ones_replace_them() {
    let house = House::new();
    let (app, codes) = house.with_app("dora");
    assert_eq!(codes.len(), RECOVERY_CODES);
    let mut unique = codes.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), RECOVERY_CODES);
    house.try_code("dora", &secret(&codes[0])).unwrap();
    assert!(matches!(
        house.try_code("dora", &secret(&codes[0])),
        Err(ClinicError::WrongCode)
    ));
    // As people type it.
    let session = house
        .try_code("dora", &secret(&codes[1].to_lowercase().replace('-', " ")))
        .unwrap();
    let active = house.clinic.session(session.id).unwrap();
    let account = house.clinic.own_account(&active).unwrap();
    assert_eq!(
        (account.factor, account.codes_left),
        (Some(SecondFactor::Authenticator), 8)
    );
    // Dirk's codes open nothing of Dora's.
    let (_, others) = house.with_app("dirk");
    assert!(matches!(
        house.try_code("dora", &secret(&others[0])),
        Err(ClinicError::WrongCode)
    ));
    let fresh = house
        .clinic
        .renew_codes(&active, house.proof(&active))
        .unwrap();
    let fresh: Vec<_> = fresh.shown().map(String::from).collect();
    assert!(matches!(
        house.try_code("dora", &secret(&codes[2])),
        Err(ClinicError::WrongCode)
    ));
    house.try_code("dora", &secret(&fresh[0])).unwrap();
    // Codes and secret are in no file in the open, and in no journal.
    house.clinic.lock();
    for name in ["clinic.db", "clinic.db-wal", "keys.json", "tries.json"] {
        let bytes = std::fs::read(house.clinic.dir().join(name)).unwrap_or_default();
        for text in [&codes[3], &fresh[1], &app] {
            assert!(
                !bytes
                    .windows(text.len())
                    .any(|window| window == text.as_bytes()),
                "{name}"
            );
        }
    }
}

#[test]
fn nothing_is_on_before_a_code_proves_it_and_the_password_is_needed_for_each_change() {
    let house = House::new();
    let session = house.active("dora");
    assert!(matches!(
        house.clinic.confirm_factor(&session, &secret("123456")),
        Err(ClinicError::Conflict { .. })
    ));
    let begun = house
        .clinic
        .begin_authenticator(&session, house.proof(&session))
        .unwrap();
    assert!(matches!(
        house.clinic.confirm_factor(&session, &secret("12")),
        Err(ClinicError::WrongCode)
    ));
    house.sign_in("dora");
    house
        .clinic
        .confirm_factor(&session, &house.code_now(begun.secret.expose()))
        .unwrap();
    assert!(house.clinic.sign_in("dora", &secret(PASSWORD)).is_err());
    // Another's proof, or a stale one, changes nothing.
    let dirk = house.active("dirk");
    let foreign = house.proof(&dirk);
    assert!(matches!(
        house.clinic.remove_factor(&session, foreign),
        Err(ClinicError::PasswordNeeded)
    ));
    let stale = house.proof(&session);
    house.wait(121);
    assert!(matches!(
        house.clinic.remove_factor(&session, stale),
        Err(ClinicError::PasswordNeeded)
    ));
    house
        .clinic
        .remove_factor(&session, house.proof(&session))
        .unwrap();
    house.sign_in("dora");
}

#[test]
fn an_administrator_takes_a_lost_factor_away_and_opens_a_locked_out_account() {
    let house = House::new();
    house.with_app("dora");
    let permit = house.permit("ada", Permission::ManageUsers);
    let dora = house
        .clinic
        .users(&permit)
        .unwrap()
        .into_iter()
        .find(|user| user.login.expose() == "dora")
        .unwrap()
        .id;
    house
        .clinic
        .write(&permit, "accounts.remove_factor", |change| {
            change.remove_factor_of(dora)
        })
        .unwrap();
    let gone = house
        .clinic
        .write(&permit, "accounts.remove_factor", |change| {
            change.remove_factor_of(dora)
        });
    assert!(matches!(gone, Err(ClinicError::NotFound { .. })));
    house.sign_in("dora");
    // Twenty wrong passwords, with every wait waited for.
    for _ in 0..20 {
        match house
            .clinic
            .sign_in("dora", &secret("wrong password"))
            .unwrap_err()
        {
            ClinicError::WrongPassword => house.wait(901),
            other => panic!("{other:?}"),
        }
    }
    let house = house.restart();
    house.wait(30 * 24 * 3600);
    assert!(matches!(
        house.clinic.sign_in("dora", &secret(PASSWORD)),
        Err(ClinicError::LockedOut)
    ));
    let permit = house.permit("ada", Permission::ManageUsers);
    let states = house.clinic.account_states(&permit).unwrap();
    assert_eq!(
        states
            .iter()
            .filter(|state| state.locked_out)
            .map(|state| state.user)
            .collect::<Vec<_>>(),
        [dora]
    );
    house
        .clinic
        .write(&permit, "accounts.unlock", |change| {
            change.unlock_account(dora)
        })
        .unwrap();
    house.sign_in("dora");
}

#[test]
fn codes_by_mail_prove_the_address_first_and_are_sent_once_a_minute() {
    let house = House::new();
    let session = house.active("pia");
    let none =
        house
            .clinic
            .begin_email_codes(&session, house.proof(&session), "pia@clinic.example");
    assert!(matches!(none, Err(ClinicError::NoMailServer)));
    let permit = house.permit("ada", Permission::ManageSettings);
    let smtp = SmtpService {
        host: "mail.clinic.example".into(),
        port: 587,
        security: SmtpSecurity::StartTls,
        user: Some("clinic".into()),
        from: "clinic@clinic.example".into(),
        reply_to: None,
        resend_uncertain: false,
    };
    house
        .clinic
        .write::<_, ClinicError>(&permit, "delivery.set_smtp", |change| {
            change.set_smtp(Some(&smtp))?;
            change.keep_secret(
                SecretName::SmtpPassword,
                &basics::Secret::new(b"smtp secret".to_vec()),
            )
        })
        .unwrap();
    let wrong = house
        .clinic
        .begin_email_codes(&session, house.proof(&session), "no address");
    assert!(matches!(
        wrong,
        Err(ClinicError::Invalid { field: "email", .. })
    ));
    let letter = house
        .clinic
        .begin_email_codes(&session, house.proof(&session), "pia@clinic.example")
        .unwrap();
    assert_eq!(
        letter.way.password.as_ref().unwrap().expose(),
        "smtp secret"
    );
    assert_eq!(letter.to.expose(), "pia@clinic.example");
    let recovery = house.clinic.confirm_factor(&session, &letter.code).unwrap();
    let SignIn::CodeNeeded(challenge) = house
        .clinic
        .sign_in_with("pia", &secret(PASSWORD), None)
        .unwrap()
    else {
        panic!("no code was asked for");
    };
    let letter = house.clinic.letter_for(&challenge).unwrap().unwrap();
    assert!(
        house.clinic.letter_for(&challenge).unwrap().is_none(),
        "a second one within a minute"
    );
    house.wait(61);
    let second = house.clinic.letter_for(&challenge).unwrap().unwrap();
    drop(challenge);
    if letter.code.expose() != second.code.expose() {
        assert!(matches!(
            house.try_code("pia", &letter.code),
            Err(ClinicError::WrongCode)
        ));
    }
    house.try_code("pia", &second.code).unwrap();
    assert!(
        matches!(
            house.try_code("pia", &second.code),
            Err(ClinicError::WrongCode)
        ),
        "once"
    );
    // With the network gone a recovery code still opens.
    house
        .try_code("pia", &secret(recovery.shown().next().unwrap()))
        .unwrap();
}
