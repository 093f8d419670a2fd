//! First start: a new clinic with its first people and its recovery phrase.

use std::{path::Path, sync::Arc};

use basics::{Clock, Phi, Secret, Timestamp, UserId};
use rusqlite::{Connection, params};
use seal::Key;
use uuid::Uuid;

use crate::{
    Clinic,
    access::Role,
    clinic::{lock_of, own},
    durable,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome, Subject},
    keys::{
        Cost, Keychain, PhraseLength, RecoveryPhrase, device,
        file::{KeyFile, NewKeyFile},
        password,
        wrap::{PasswordWrap, Sealed},
    },
    limits,
    record::{
        settings::Settings,
        users::{self, NewUser},
    },
    store::{RECOVERY, Store},
};

/// What a new clinic is made from.
pub struct Setup {
    /// The clinic's name.
    pub clinic_name: String,
    /// The first administrator; the role is set here.
    pub administrator: NewAccount,
    /// A first doctor: administrators do not read scans.
    pub doctor: Option<NewAccount>,
    /// Where no keychain answers: seals the device's key file.
    pub device_passphrase: Option<Secret<String>>,
    /// How many words the recovery phrase has.
    pub phrase: PhraseLength,
    /// Invented people only.
    pub demo: bool,
    /// What one guess at a password costs.
    pub cost: Cost,
}

/// A person to make an account for at setup.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Sign-in name.
    pub login: String,
    /// Shown name.
    pub name: Phi<String>,
    /// Password.
    pub password: Secret<String>,
}

/// A new clinic.
pub struct Created {
    /// Its record, unlocked; nobody is signed in.
    pub clinic: Clinic,
    /// To be written down; shown once.
    pub phrase: RecoveryPhrase,
}

impl Clinic {
    /// Makes a clinic in `dir`, which is made where it is missing. It is left unlocked.
    ///
    /// # Errors
    /// [`ClinicError::ClinicExists`]; [`ClinicError::Busy`]; [`ClinicError::Invalid`] and
    /// [`ClinicError::TooLong`] for the fields; disk errors.
    pub fn create(
        dir: &Path,
        setup: Setup,
        keychain: Arc<dyn Keychain>,
        clock: Arc<dyn Clock>,
    ) -> Result<Created> {
        limits::name("clinic_name", &setup.clinic_name)?;
        let people = people(&setup)?;
        durable::create_private_dir(dir)?;
        let lock = own(dir)?;
        if KeyFile::read(dir)?.is_some() {
            return Err(ClinicError::ClinicExists);
        }
        // Without keys.json the rest of an interrupted set-up opens for nobody.
        remove_leftovers(dir)?;

        let (root, secret) = (Key::make()?, Key::make()?);
        let phrase = RecoveryPhrase::make(setup.phrase)?;
        let clinic = Uuid::now_v7();
        let passphrase = setup
            .device_passphrase
            .as_ref()
            .map(|phrase| phrase.expose().as_str());
        let place = device::Place {
            dir,
            clinic,
            generation: 0,
        };
        let key_store = device::keep(&place, &secret, &*keychain, passphrase, setup.cost)?;
        let mut keys = KeyFile::new(NewKeyFile {
            clinic,
            clinic_name: &setup.clinic_name,
            demo: setup.demo,
            key_store,
            cost: setup.cost,
            recovery: Sealed::make(&phrase.key(), &root, RECOVERY)?,
        });
        let store = Store::create(dir, &root, &secret, &keys, &setup, clock.now())?;
        store.transaction(|db| add_people(db, &store, &mut keys, &people, clock.now()))?;
        // Last: from here on there is a clinic.
        keys.write(dir)?;
        let shown = RecoveryPhrase::parse(&phrase.words().join(" "))?;
        let clinic = Self::assemble(dir, keys, keychain, clock, lock, None);
        *lock_of(&clinic.inner.device) = Some(secret);
        clinic.set_pending_phrase(phrase);
        clinic.set_store(Some(Arc::new(store)));
        Ok(Created {
            clinic,
            phrase: shown,
        })
    }
}

fn remove_leftovers(dir: &Path) -> Result<()> {
    for name in [
        "clinic.db",
        "clinic.db-wal",
        "clinic.db-shm",
        "journal.anchor",
        "tries.json",
    ] {
        match std::fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

fn people(setup: &Setup) -> Result<Vec<NewUser>> {
    let person = |account: &NewAccount, role| NewUser {
        login: account.login.clone(),
        name: account.name.clone(),
        role,
        password: account.password.clone(),
    };
    let mut people = vec![person(&setup.administrator, Role::Administrator)];
    people.extend(
        setup
            .doctor
            .as_ref()
            .map(|doctor| person(doctor, Role::Doctor)),
    );
    people.iter().try_for_each(users::check)?;
    // A demo clinic's passwords are on its sign-in screen.
    for person in people.iter().filter(|_| !setup.demo) {
        let about = [&person.login, person.name.expose(), &setup.clinic_name];
        password::check(person.password.expose(), &about.map(String::as_str))?;
    }
    if let [one, two] = &people[..]
        && one.login.to_lowercase() == two.login.to_lowercase()
    {
        return Err(ClinicError::Conflict {
            reason: "login-taken",
        });
    }
    Ok(people)
}

/// The first accounts and the first row of the journal.
fn add_people(
    db: &Connection,
    store: &Store,
    keys: &mut KeyFile,
    people: &[NewUser],
    at: Timestamp,
) -> Result<((), journal::anchor::Head)> {
    let mut subjects: Vec<Subject> = Vec::new();
    let mut first: Option<UserId> = None;
    for person in people {
        let slot = KeyFile::slot(&store.device(), &person.login);
        let password = person.password.expose();
        let wrap = PasswordWrap::make(
            &store.root,
            password,
            &store.device(),
            keys.cost,
            &keys.bound(&slot),
        )?;
        let id = users::insert(db, person, &slot, None, at)?;
        keys.accounts.insert(slot, wrap);
        subjects.push(id.into());
        first.get_or_insert(id);
    }
    let (verb, outcome) = ("setup.create", Outcome::Done);
    let act = Act {
        at,
        user: first,
        verb,
        subjects: &subjects,
        outcome,
        code: None,
    };
    let head = journal::append(db, &store.signing, &act)?;
    Ok(((), head))
}

/// The settings row of a new clinic.
pub(crate) fn insert_clinic(
    db: &Connection,
    setup: &Setup,
    device: &Key,
    seed: &Sealed,
    at: Timestamp,
) -> Result<()> {
    let settings = serde_json::to_string(&Settings::new(&setup.clinic_name))?;
    db.execute(
        "INSERT INTO clinic VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            settings,
            setup.demo,
            at.as_millisecond(),
            device.expose(),
            seed.as_bytes()
        ],
    )?;
    Ok(())
}
