//! The demo clinic: four accounts, invented patients, real scans from freely licensed sources.

use std::{fs, path::Path};

use ::clinic::{
    ActiveSession, Clinic, ClinicError, NewAccount, NewUser, PatientDetails, Permission,
    PhraseLength, Setup, authorize,
};
use basics::{PatientId, Phi, ScanId, Secret};
use serde::Deserialize;

use super::{DemoAccount, ModelChoice, SetupStatus, create};
use crate::{
    clinic::{Allergies, Sex},
    dispatch::Call,
    error::CommandError,
    imaging::Seed,
    reading::{after_import, models},
    reports,
    session::Role,
};

const PASSWORD: &str = "demo-clinic-2026";

#[derive(Deserialize)]
struct Samples {
    patients: Vec<Sample>,
}

#[derive(Deserialize)]
struct Sample {
    name: Phi<String>,
    birth_date: Phi<String>,
    sex: Sex,
    allergies: Allergies,
    scans: Vec<String>,
}

/// The accounts of every demo clinic; their password is shown on the sign-in screen.
pub(super) fn accounts() -> Vec<DemoAccount> {
    [
        ("doctor", Role::Doctor, "Dr Amara Diallo"),
        ("admin", Role::Administrator, "Ingrid Solberg"),
        ("pharmacist", Role::Pharmacist, "Chen Wei"),
        ("patient", Role::Patient, "Maria Aparecida Silva"),
    ]
    .map(|(login, role, name)| DemoAccount {
        login: login.into(),
        password: PASSWORD.into(),
        role,
        name: name.into(),
    })
    .into()
}

pub(super) fn create(call: &Call<'_>, (): ()) -> Result<SetupStatus, CommandError> {
    let inner = call.inner();
    let folder = inner.options.samples_dir.clone();
    let samples = read_samples(&folder)?;
    let account = |login: &str| {
        let account = accounts()
            .into_iter()
            .find(|account| account.login == login);
        account
            .ok_or(CommandError::Defect)
            .map(|account| NewAccount {
                login: account.login,
                name: Phi::new(account.name),
                password: Secret::new(account.password),
            })
    };
    let setup = Setup {
        clinic_name: "Demo clinic".into(),
        administrator: account("admin")?,
        doctor: Some(account("doctor")?),
        device_passphrase: None,
        phrase: PhraseLength::Twelve,
        demo: true,
        cost: inner.options.password_cost(),
    };
    let choices: Vec<ModelChoice> = models::offer(inner)?
        .into_iter()
        .filter(|model| model.default && !model.research_only)
        .map(|model| ModelChoice {
            id: model.id,
            accept_licence: false,
        })
        .collect();
    create::make(call, setup, &choices)?;
    let clinic = inner.clinic()?;
    pharmacist(&clinic)?;
    fill(call, &clinic, &folder, &samples)?;
    create::status(call, ())
}

fn pharmacist(clinic: &Clinic) -> Result<(), CommandError> {
    let password = Secret::new(PASSWORD.to_string());
    let session = clinic.sign_in("admin", &password)?;
    let permit = authorize(&clinic.session(session.id)?, Permission::ManageUsers)?;
    let new = NewUser {
        login: "pharmacist".into(),
        name: Phi::new("Chen Wei".into()),
        role: ::clinic::Role::Pharmacist,
        password,
    };
    clinic.write::<_, ClinicError>(&permit, "users.create", |change| change.create_user(&new))?;
    Ok(clinic.sign_out(session.id)?)
}

/// Patients and scans, as the doctor would have added them; readings follow in the background.
fn fill(
    call: &Call<'_>,
    clinic: &Clinic,
    folder: &Path,
    samples: &[Sample],
) -> Result<(), CommandError> {
    let session = clinic.sign_in("doctor", &Secret::new(PASSWORD.to_string()))?;
    let active = clinic.session(session.id)?;
    let packs = models::enabled(call.inner(), &active)?;
    let mut scans = Vec::new();
    for (place, sample) in samples.iter().enumerate() {
        let patient = add_patient(clinic, &active, sample, place == 0)?;
        for scan in &sample.scans {
            scans.push(add_scan(clinic, &active, patient, &folder.join(scan))?);
        }
    }
    if let [first, second, ..] = scans[..] {
        let password = Secret::new(PASSWORD.to_string());
        reports::demo::make(call.inner(), &active, [first, second], &password)?;
    }
    // The line keeps the key until it is empty, although nobody is signed in yet.
    for scan in scans {
        after_import(call.workstation, call.window, &active, &packs, scan);
    }
    Ok(clinic.sign_out(session.id)?)
}

fn add_patient(
    clinic: &Clinic,
    active: &ActiveSession,
    sample: &Sample,
    with_account: bool,
) -> Result<PatientId, CommandError> {
    let permit = authorize(active, Permission::WritePatients)?;
    let details = PatientDetails {
        name: sample.name.clone(),
        birth_date: Some(sample.birth_date.clone()),
        sex: sample.sex.into(),
        external_id: None,
        issuer: None,
    };
    let allergies = sample.allergies.clone().into();
    let patient = clinic.write::<_, ClinicError>(&permit, "patients.create", |change| {
        let patient = change.create_patient(&details, true)?;
        change.set_allergies(patient.id, &allergies)?;
        Ok(patient)
    })?;
    if with_account {
        let password = Secret::new(PASSWORD.to_string());
        clinic.write::<_, ClinicError>(&permit, "patients.create_account", |change| {
            change.create_patient_account(patient.id, "patient", &password)
        })?;
    }
    Ok(patient.id)
}

fn add_scan(
    clinic: &Clinic,
    active: &ActiveSession,
    patient: PatientId,
    path: &Path,
) -> Result<ScanId, CommandError> {
    let permit = authorize(active, Permission::ImportScans)?;
    let bytes = fs::read(path).map_err(|_| CommandError::SamplesMissing)?;
    let seed = Seed::of(&bytes)?;
    let file = clinic.store_file(&permit, &mut std::io::Cursor::new(bytes))?;
    let scan = clinic.write::<_, ClinicError>(&permit, "scan.import", |change| {
        let study_id = change.ensure_study(patient, &seed.study)?;
        change.add_scan(&seed.scan(study_id, file))
    })?;
    Ok(scan.id)
}

fn read_samples(folder: &Path) -> Result<Vec<Sample>, CommandError> {
    let text = fs::read_to_string(folder.join("samples.toml"))
        .map_err(|_| CommandError::SamplesMissing)?;
    let samples: Samples = toml::from_str(&text).map_err(|_| CommandError::SamplesMissing)?;
    Ok(samples.patients)
}
