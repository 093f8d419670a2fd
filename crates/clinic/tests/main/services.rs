//! What the clinic uses beyond this machine: settings without secrets, secrets in the keychain or the record.

use std::sync::Arc;

use basics::{Secret, SystemClock};
use clinic::{keys::KeychainError, *};
use zeroize::Zeroizing;

use crate::support::*;

const KEY: &[u8] = b"plantedapikey";

fn api_key() -> Secret<Vec<u8>> {
    Secret::new(KEY.to_vec())
}

fn keep(clinic: &Clinic, permit: &Permit, name: SecretName) -> Result<()> {
    clinic.write(permit, "language.set_engine", |change| {
        change.keep_secret(name, &api_key())
    })
}

fn exposed(clinic: &Clinic, permit: &Permit, name: SecretName) -> Option<Vec<u8>> {
    clinic
        .secret(permit, name)
        .unwrap()
        .map(|secret| secret.expose().clone())
}

#[test]
fn a_secret_lies_in_the_keychain_where_one_answers_and_is_forgotten_on_demand() {
    let house = House::new();
    let admin = house.permit("ada", Permission::ManageSettings);
    assert_eq!(exposed(&house.clinic, &admin, SecretName::EngineKey), None);
    keep(&house.clinic, &admin, SecretName::EngineKey).unwrap();
    let house = house.restart();
    let doctor = house.permit("dora", Permission::HostConsultations);
    assert_eq!(
        exposed(&house.clinic, &doctor, SecretName::EngineKey).as_deref(),
        Some(KEY)
    );
    let entries = |house: &House| {
        let files = std::fs::read_dir(house.dir.path().join("keychain")).unwrap();
        files
            .filter(|file| std::fs::read(file.as_ref().unwrap().path()).unwrap() == KEY)
            .count()
    };
    assert_eq!(entries(&house), 1);
    let admin = house.permit("ada", Permission::ManageSettings);
    house
        .clinic
        .write(&admin, "x", |change| {
            change.forget_secret(SecretName::EngineKey)
        })
        .unwrap();
    assert_eq!(
        (
            entries(&house),
            exposed(&house.clinic, &doctor, SecretName::EngineKey)
        ),
        (0, None)
    );
}

/// A keychain that is locked.
struct Deaf;

impl Keychain for Deaf {
    fn read(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Err(KeychainError::Unavailable)
    }
    fn write(&self, _: &str, _: &[u8]) -> Result<(), KeychainError> {
        Err(KeychainError::Unavailable)
    }
    fn delete(&self, _: &str) -> Result<(), KeychainError> {
        Err(KeychainError::Unavailable)
    }
}

#[test]
fn where_no_keychain_answers_the_encrypted_record_keeps_it_and_a_silent_one_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let clock = Arc::new(SystemClock);
    let clinic = Clinic::create(&record, setup(), Arc::new(Deaf), clock.clone())
        .unwrap()
        .clinic;
    let permit = |clinic: &Clinic, login: &str, permission| {
        let session = clinic.sign_in(login, &secret(PASSWORD)).unwrap().id;
        authorize(&clinic.session(session).unwrap(), permission).unwrap()
    };
    let doctor = permit(&clinic, "dora", Permission::HostConsultations);
    // A doctor may open a room, and may not set what the clinic is known by.
    keep(&clinic, &doctor, SecretName::RoomKey).unwrap();
    for name in [
        SecretName::EngineKey,
        SecretName::SpeechKey,
        SecretName::RelayKey,
    ] {
        let refused = keep(&clinic, &doctor, name);
        assert!(
            matches!(refused, Err(ClinicError::WrongPermit { .. })),
            "{refused:?}"
        );
    }
    assert_eq!(
        exposed(&clinic, &doctor, SecretName::RoomKey).as_deref(),
        Some(KEY)
    );
    drop(clinic);
    for file in ["clinic.db", "clinic.db-wal"] {
        let bytes = std::fs::read(record.join(file)).unwrap_or_default();
        assert!(
            !bytes.windows(KEY.len()).any(|window| window == KEY),
            "{file}"
        );
    }

    let house = House::new();
    let admin = house.permit("ada", Permission::ManageSettings);
    keep(&house.clinic, &admin, SecretName::RelayKey).unwrap();
    let (path, House { dir, clinic, .. }) = (house.dir.path().join("record"), house);
    drop(clinic);
    let keys = std::fs::read(path.join("keys.json")).unwrap();
    let clinic = Clinic::open(&path, Arc::new(Deaf), clock).unwrap();
    // The device's own secret is in that keychain, too: nobody signs in without it.
    assert!(matches!(
        clinic.sign_in("ada", &secret(PASSWORD)),
        Err(ClinicError::KeyUnavailable)
    ));
    assert_eq!(std::fs::read(path.join("keys.json")).unwrap(), keys);
    drop((clinic, dir));
}

#[test]
fn services_are_set_and_forgotten_one_by_one() {
    let house = House::new();
    let admin = house.permit("ada", Permission::ManageSettings);
    let doctor = house.permit("dora", Permission::HostConsultations);
    let relay = RelayService {
        address: "https://relay.example.org".into(),
        relay_id: "r".into(),
        workstation_id: "w".into(),
        fingerprint: None,
    };
    let engine = EngineService {
        preset: "own".into(),
        base_url: "http://localhost:8080/v1".into(),
        model: "m".into(),
        fallback_model: None,
        timeout_s: 30,
        writing_model: Some("w".into()),
        meaning_model: None,
    };
    let speech = SpeechService::Server {
        base_url: "https://speech.example.org/v1".into(),
        model: "s".into(),
    };
    let model = SpeechModel {
        name: "ggml-small.bin".into(),
        sha256: "ab".repeat(32),
        bytes: 1,
    };
    let room = RoomService { port: 8443 };
    assert_eq!(house.clinic.services(&doctor).unwrap(), Services::default());
    house
        .clinic
        .write::<_, ClinicError>(&admin, "x", |change| {
            change.set_relay(Some(&relay))?;
            change.set_speech(Some(&speech))?;
            change.set_speech_model(Some(&model))?;
            change.set_engine(Some(&engine))
        })
        .unwrap();
    house
        .clinic
        .write(&doctor, "x", |change| change.set_room(Some(&room)))
        .unwrap();
    let refused = house
        .clinic
        .write(&doctor, "x", |change| change.set_relay(None));
    assert!(
        matches!(refused, Err(ClinicError::WrongPermit { .. })),
        "{refused:?}"
    );
    let idle = EngineService {
        timeout_s: 0,
        ..engine.clone()
    };
    let invalid = house
        .clinic
        .write(&admin, "x", |change| change.set_engine(Some(&idle)));
    assert!(matches!(
        invalid,
        Err(ClinicError::Invalid {
            field: "timeout_s",
            ..
        })
    ));
    let unknown = SpeechModel {
        sha256: "../../elsewhere".into(),
        ..model.clone()
    };
    let invalid = house.clinic.write(&admin, "x", |change| {
        change.set_speech_model(Some(&unknown))
    });
    assert!(matches!(
        invalid,
        Err(ClinicError::Invalid {
            field: "sha256",
            ..
        })
    ));
    let all = Services {
        relay: Some(relay),
        room: Some(room),
        engine: Some(engine),
        speech: Some(speech),
        speech_model: Some(model.clone()),
        ..Services::default()
    };
    assert_eq!(house.clinic.services(&doctor).unwrap(), all);
    house
        .clinic
        .write(&admin, "x", |change| change.set_relay(None))
        .unwrap();
    assert_eq!(
        house.clinic.services(&doctor).unwrap(),
        Services { relay: None, ..all }
    );
}
