//! A new device secret, and the way back of a lost administrator.

use std::fs;

use clinic::*;

use crate::support::*;

fn rotate(house: &House) -> Result<Rotation> {
    let session = house.active("ada");
    let permit = authorize(&session, Permission::ManageSettings).unwrap();
    house
        .clinic
        .rotate_device(&permit, &session, &secret(PASSWORD), None)
}

fn waiting(house: &House) -> u32 {
    house
        .clinic
        .rotation(&house.permit("ada", Permission::ManageSettings))
        .unwrap()
        .waiting
}

#[test]
fn after_a_rotation_everybody_signs_in_and_the_old_secret_opens_nothing() {
    let house = House::new();
    let dirk = house.active("dirk").user();
    let permit = house.permit("ada", Permission::ManageUsers);
    house
        .clinic
        .write(&permit, "x", |change| change.set_user_enabled(dirk, false))
        .unwrap();
    let old_keys = fs::read(house.clinic.dir().join("keys.json")).unwrap();
    let old_keychain: Vec<_> = fs::read_dir(house.dir.path().join("keychain"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let old_secret = fs::read(&old_keychain[0]).unwrap();
    // Ada's own is new at once; Dora, Pia and the switched-off Dirk wait.
    assert_eq!(
        rotate(&house).unwrap(),
        Rotation {
            generation: 1,
            waiting: 3
        }
    );
    let house = house.restart();
    house.sign_in("dora");
    house.sign_in("pia");
    assert_eq!(waiting(&house), 1);
    let again = rotate(&house);
    assert!(
        matches!(
            again,
            Err(ClinicError::Conflict {
                reason: "rotation-waits"
            })
        ),
        "{again:?}"
    );
    let permit = house.permit("ada", Permission::ManageUsers);
    house
        .clinic
        .write(&permit, "x", |change| change.set_user_enabled(dirk, true))
        .unwrap();
    house.sign_in("dirk");
    assert_eq!(waiting(&house), 0);
    let keys = fs::read_to_string(house.clinic.dir().join("keys.json")).unwrap();
    assert!(
        !keys.contains("\"before\"") && !keys.contains("rests_on"),
        "the old secret is still there"
    );
    // The keychain holds one secret, and another.
    let now: Vec<_> = fs::read_dir(house.dir.path().join("keychain"))
        .unwrap()
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect();
    assert!(now.len() == 1 && now[0] != old_secret);
    assert_eq!(rotate(&house).unwrap().generation, 2);
    // The phrase still does what it did.
    let phrase = secret(&house.phrase.join(" "));
    fs::remove_dir_all(house.dir.path().join("keychain")).unwrap();
    let house = house.restart();
    house
        .clinic
        .recover(&phrase, "ada", &secret("a brand new password"), None)
        .unwrap();
    let house = house.restart();
    house.sign_in("dora");
    // Yesterday's keys.json with yesterday's secret opens yesterday's database only: its slots are unknown now.
    fs::write(house.clinic.dir().join("keys.json"), old_keys).unwrap();
    let house = house.restart();
    let refused = house.clinic.sign_in("dora", &secret(PASSWORD)).unwrap_err();
    assert!(
        matches!(refused, ClinicError::KeyUnavailable),
        "{refused:?}"
    );
}

#[test]
fn a_wrong_password_rotates_nothing() {
    let house = House::new();
    let before = fs::read(house.clinic.dir().join("keys.json")).unwrap();
    let session = house.active("ada");
    let permit = authorize(&session, Permission::ManageSettings).unwrap();
    let refused = house
        .clinic
        .rotate_device(&permit, &session, &secret("wrong password"), None);
    assert!(matches!(refused, Err(ClinicError::WrongPassword)));
    assert_eq!(
        fs::read(house.clinic.dir().join("keys.json")).unwrap(),
        before
    );
}

#[test]
fn a_crash_between_the_two_files_is_finished_at_the_next_sign_in() {
    let house = House::new();
    house.clinic.lock();
    let dir = house.clinic.dir().to_owned();
    let copy = |name: &str| fs::read(dir.join(name)).unwrap_or_default();
    let (database, anchor) = (copy("clinic.db"), copy("journal.anchor"));
    rotate(&house).unwrap();
    house.clinic.lock();
    // keys.json is the new one, the record the old one.
    let house = {
        let House {
            dir: folder,
            keychain,
            clock,
            clinic,
            phrase,
        } = house;
        drop(clinic);
        for name in ["clinic.db-wal", "clinic.db-shm"] {
            fs::remove_file(dir.join(name)).ok();
        }
        fs::write(dir.join("clinic.db"), database).unwrap();
        fs::write(dir.join("journal.anchor"), anchor).unwrap();
        let clinic =
            Clinic::open(&dir, keychain.clone(), std::sync::Arc::new(clock.clone())).unwrap();
        House {
            dir: folder,
            keychain,
            clock,
            clinic,
            phrase,
        }
    };
    house.sign_in("dora");
    house.sign_in("ada");
    house.sign_in("pia");
    house.sign_in("dirk");
    assert_eq!(waiting(&house), 0);
    let permit = house.permit("ada", Permission::ReadJournal);
    assert!(house.clinic.verify_journal(&permit).unwrap().is_intact());
}

#[test]
fn an_invitation_outlives_a_rotation() {
    let house = House::new();
    let permit = house.permit("ada", Permission::ManageUsers);
    let new = NewInvitation {
        login: "noor".into(),
        name: phi("Noor"),
        role: Role::Doctor,
        email: None,
    };
    let invitation = house
        .clinic
        .write(&permit, "accounts.invite", |change| change.invite(&new))
        .unwrap();
    rotate(&house).unwrap();
    let house = house.restart();
    house
        .clinic
        .join("noor", &invitation.code, &secret("eleven patient otters"))
        .unwrap();
    house
        .clinic
        .sign_in("noor", &secret("eleven patient otters"))
        .unwrap();
}

#[test]
fn the_phrase_opens_a_locked_out_administrator_who_lost_the_app_too() {
    let house = House::new();
    house.with_app("ada");
    for _ in 0..20 {
        house
            .clinic
            .sign_in("ada", &secret("wrong password"))
            .unwrap_err();
        house.wait(901);
    }
    assert!(matches!(
        house.clinic.sign_in("ada", &secret(PASSWORD)),
        Err(ClinicError::LockedOut)
    ));
    let phrase = secret(&house.phrase.join(" "));
    let weak = house
        .clinic
        .recover(&phrase, "ada", &secret("password1234"), None);
    assert!(
        matches!(weak, Err(ClinicError::PasswordRefused { .. })),
        "{weak:?}"
    );
    house
        .clinic
        .recover(&phrase, "ada", &secret("eleven patient otters"), None)
        .unwrap();
    house
        .clinic
        .sign_in("ada", &secret("eleven patient otters"))
        .unwrap();
}
