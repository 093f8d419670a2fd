//! Bringing a snapshot back. The record is made whole in a new folder beside the present one, checked there,
//! and only then takes its place; what was there is kept aside. Before that moment nothing has happened.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use basics::{Clock, Timestamp, UserId};
use rusqlite::params;
use seal::Key;
use uuid::Uuid;

use super::{
    copy, database,
    manifest::{self, Manifest},
    place::{Place, SnapshotName},
    problem::{BackupProblem, damaged, of_part},
    prove::{self, Snapshot, SnapshotKey},
    swap,
    watch::{BackupPhase, BackupWatch},
};
use crate::{
    Clinic,
    access::{Permission, Role},
    clinic::{lock_of, own},
    durable,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome, Subject},
    keys::{
        KeyStore, Keychain, RecoveryPhrase,
        backoff::{PHRASE, Tries},
        device,
        file::KeyFile,
    },
    record::users,
    store::{RECOVERY, Store},
};

/// How long work in flight may take to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which snapshot is brought back, and what opens it.
pub struct Restoration {
    /// The snapshot's folder.
    pub folder: PathBuf,
    /// An administrator's password of that day, or the recovery phrase.
    pub key: SnapshotKey,
}

impl Clinic {
    /// Brings a snapshot back where no clinic is open, e.g. on a new machine; then open it.
    ///
    /// # Errors
    /// [`ClinicError::Backup`]; [`ClinicError::Busy`] where a program has the record open;
    /// [`ClinicError::WrongPhrase`], [`ClinicError::WrongPassword`], [`ClinicError::TooManyTries`];
    /// [`ClinicError::KeyUnavailable`] where the device's secret is not here: use the phrase;
    /// [`ClinicError::Forbidden`] where the password is no administrator's; disk errors.
    pub fn restore(
        dir: &Path,
        wanted: &Restoration,
        keychain: &dyn Keychain,
        clock: &dyn Clock,
        watch: &BackupWatch,
    ) -> Result<()> {
        durable::create_private_dir(dir)?;
        let _owned = own(dir)?;
        swap::finish(dir)?;
        let mut tries = Tries::read(dir);
        let present = KeyFile::read(dir).ok().flatten();
        let back = Back {
            dir,
            keychain,
            now: clock.now(),
            watch,
        };
        let opened = back.open(wanted, present.as_ref(), &mut tries)?;
        let fresh = back.prepare(wanted, opened)?;
        swap::commit(dir, &fresh, clock.now())
    }

    /// Brings a snapshot back over the record that is open here. Everybody is signed out; the record is locked
    /// afterwards.
    ///
    /// # Errors
    /// As [`Clinic::restore`]; [`ClinicError::Backup`] (`InUse`) where work on the record does not end.
    pub fn restore_over(&self, wanted: &Restoration, watch: &BackupWatch) -> Result<()> {
        let _one_at_a_time = self
            .inner
            .backing_up
            .try_lock()
            .map_err(|_| BackupProblem::Running)?;
        // Nobody signs in meanwhile: what they wrote would not be in the record afterwards.
        let _nobody_signs_in = lock_of(&self.inner.guess);
        let dir = &self.inner.dir;
        let present = lock_of(&self.inner.keys).clone();
        let back = Back {
            dir,
            keychain: &*self.inner.keychain,
            now: self.now(),
            watch,
        };
        let mut tries = lock_of(&self.inner.tries);
        let opened = back.open(wanted, Some(&present), &mut tries)?;
        // A wrong password sends nobody away; a right one does, before anything is copied.
        let open = self.store().ok().map(|store| Arc::downgrade(&store));
        self.lock();
        let fresh = back.prepare(wanted, opened)?;
        let begun = Instant::now();
        while open.as_ref().is_some_and(|open| open.strong_count() > 0) {
            if begun.elapsed() > PATIENCE {
                let _ = fs::remove_dir_all(&fresh);
                return Err(BackupProblem::InUse.into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        swap::commit(dir, &fresh, self.now())?;
        *lock_of(&self.inner.keys) = KeyFile::read(dir)?.ok_or(ClinicError::NoClinic)?;
        *tries = Tries::read(dir);
        *lock_of(&self.inner.device) = None;
        lock_of(&self.inner.sessions).end_all();
        Ok(())
    }
}

/// A restore on its way.
struct Back<'a> {
    dir: &'a Path,
    keychain: &'a dyn Keychain,
    now: Timestamp,
    watch: &'a BackupWatch,
}

impl Back<'_> {
    /// The snapshot's keys, opened by what was given.
    fn open(
        &self,
        wanted: &Restoration,
        present: Option<&KeyFile>,
        tries: &mut Tries,
    ) -> Result<(KeyFile, Key)> {
        let keys = KeyFile::read(&wanted.folder)
            .map_err(|_| damaged("keys"))?
            .ok_or(BackupProblem::None)?;
        // Whoever has a clinic of their own must not put it over this one; only invented people give way.
        if present.is_some_and(|present| present.clinic != keys.clinic && !present.demo) {
            return Err(BackupProblem::OtherClinic.into());
        }
        let root = self.open_counted(&keys, &wanted.key, present, tries)?;
        Ok((keys, root))
    }

    /// Makes the restored record whole in a folder of its own and returns that.
    fn prepare(&self, wanted: &Restoration, (keys, root): (KeyFile, Key)) -> Result<PathBuf> {
        swap::clear(self.dir)?;
        let (place, name) = Place::of_snapshot(&wanted.folder)?;
        let fresh = swap::fresh(self.dir, Uuid::now_v7());
        let snapshot = Snapshot {
            place: &place,
            name,
            root: &root,
        };
        let made = self.make(&snapshot, keys, wanted, &fresh);
        if made.is_err() {
            let _ = fs::remove_dir_all(&fresh);
        }
        made.map(|()| fresh)
    }

    /// Opens the keys, and counts where they do not open.
    fn open_counted(
        &self,
        keys: &KeyFile,
        key: &SnapshotKey,
        present: Option<&KeyFile>,
        tries: &mut Tries,
    ) -> Result<Key> {
        tries.check(PHRASE, self.now)?;
        let here = present.map(|present| (self.dir, present));
        let opened = open_keys(keys, key, here, self.keychain);
        match &opened {
            Ok(_) => {
                if tries.succeeded(PHRASE) {
                    tries.write(self.dir)?;
                }
            }
            Err(ClinicError::WrongPassword | ClinicError::WrongPhrase) => {
                tries.failed(PHRASE, self.now);
                tries.write(self.dir)?;
            }
            Err(_) => {}
        }
        opened
    }

    fn make(
        &self,
        snapshot: &Snapshot<'_>,
        mut keys: KeyFile,
        wanted: &Restoration,
        fresh: &Path,
    ) -> Result<()> {
        let Snapshot { place, name, root } = *snapshot;
        let manifest = Manifest::read(place, name, root)?;
        let proved = manifest::verified(place, name, root)?.is_some();
        self.watch.begin(BackupPhase::Database, manifest.bytes());
        durable::create_private_dir(&fresh.join("vault").join("tmp"))?;
        prove::bring_database(snapshot, &manifest, fresh, self.watch)?;
        self.bring_files(snapshot, &manifest, fresh)?;
        self.watch.begin(BackupPhase::Proving, 0);
        let store = prove::open(fresh, root, &keys, &manifest)?;
        prove::names_agree(
            &database::files_of(store.readers.borrow()?.db()?)?,
            &manifest,
        )?;
        // One that was proved has the very bytes that were checked then.
        if !proved {
            check(&store)?;
        }
        let user = self.administrator(&store, &wanted.key)?;
        let passphrase = match &wanted.key {
            SnapshotKey::Password {
                device_passphrase, ..
            } => device_passphrase.as_ref(),
            SnapshotKey::Phrase(_) => None,
        };
        let passphrase = passphrase.map(|passphrase| passphrase.expose().as_str());
        let device = device::Place {
            dir: fresh,
            clinic: keys.clinic,
            generation: keys.generation,
        };
        keys.key_store = device::keep(
            &device,
            &store.device(),
            self.keychain,
            passphrase,
            keys.cost,
        )?;
        keys.write(fresh)?;
        self.write_down(&store, name, user)?;
        drop(store);
        self.watch.breathe()?;
        sync_folders(fresh)
    }

    fn bring_files(
        &self,
        snapshot: &Snapshot<'_>,
        manifest: &Manifest,
        fresh: &Path,
    ) -> Result<()> {
        self.watch.begin(
            BackupPhase::Files,
            manifest.files.iter().map(|file| file.bytes).sum(),
        );
        let vault = fresh.join("vault");
        for file in &manifest.files {
            let name = file.name()?;
            let from = snapshot.place.file(&name);
            let to = vault.join(&name.to_string()[..2]);
            durable::create_private_dir(&to)?;
            let to = to.join(format!("{name}.mbs"));
            let read = of_part("vault");
            let copied = copy::copy(&from, &to, self.watch, read, ClinicError::from)?;
            if (copied.bytes, copied.hash) != (file.bytes, file.hash) {
                return Err(damaged("vault"));
            }
        }
        Ok(())
    }

    /// Only an administrator's password brings a backup back; whoever has the phrase may anyway.
    fn administrator(&self, store: &Store, key: &SnapshotKey) -> Result<Option<UserId>> {
        let SnapshotKey::Password { login, .. } = key else {
            return Ok(None);
        };
        let slot = KeyFile::slot(&store.device(), login);
        let user = users::find_by_slot(store.readers.borrow()?.db()?, &slot)?;
        let permission = Permission::ManageBackups;
        user.filter(|user| user.enabled && user.role == Role::Administrator)
            .map(|user| Some(user.id))
            .ok_or(ClinicError::Forbidden { permission })
    }

    /// The restored record's own journal says what it is.
    fn write_down(&self, store: &Store, name: SnapshotName, user: Option<UserId>) -> Result<()> {
        store.transaction(|db| {
            db.execute(
                "INSERT INTO backup_restores (snapshot, by, at) VALUES (?1, ?2, ?3)",
                params![
                    name.to_string(),
                    user.map(|user| *user.as_bytes()),
                    self.now.as_millisecond()
                ],
            )?;
            let act = Act {
                at: self.now,
                user,
                verb: "backup.restore",
                subjects: &[Subject::backup(name.id())],
                outcome: Outcome::Done,
                code: None,
            };
            Ok::<_, ClinicError>(((), journal::append(db, &store.signing, &act)?))
        })
    }
}

/// The record's key, by password or phrase. `present` is the record that is here now.
pub(super) fn open_keys(
    keys: &KeyFile,
    key: &SnapshotKey,
    present: Option<(&Path, &KeyFile)>,
    keychain: &dyn Keychain,
) -> Result<Key> {
    match key {
        SnapshotKey::Phrase(phrase) => {
            let phrase = RecoveryPhrase::parse(phrase.expose())?;
            let root = keys.recovery.open(&phrase.key(), RECOVERY);
            root.ok_or(ClinicError::WrongPhrase)
        }
        SnapshotKey::Password {
            login,
            password,
            device_passphrase,
        } => {
            let passphrase = device_passphrase.as_ref();
            let passphrase = passphrase.map(|passphrase| passphrase.expose().as_str());
            // A key file is never in a backup; the keychain of this device may still know the secret.
            let here = present.filter(|(_, present)| present.clinic == keys.clinic);
            let (dir, store) = match here {
                Some((dir, present)) => (dir, present.key_store),
                None => (Path::new(""), KeyStore::Keychain),
            };
            let place = device::Place {
                dir,
                clinic: keys.clinic,
                generation: keys.generation,
            };
            let device = device::fetch(&place, store, keychain, passphrase)?;
            let slot = KeyFile::slot(&device, login);
            let wrap = keys.accounts.get(&slot).ok_or(ClinicError::WrongPassword)?;
            let root = keys.open_wrap(wrap, &slot, password.expose(), &device)?;
            root.ok_or(ClinicError::WrongPassword)
        }
    }
}

/// The structure of a database whose snapshot was never proved.
fn check(store: &Store) -> Result<()> {
    let reader = store.readers.borrow()?;
    let db = reader.db()?;
    let found: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(damaged("database"));
    }
    let key = store.signing.key.verifying_key();
    match journal::verify::verify(db, &key, &store.anchor)?.is_intact() {
        true => Ok(()),
        false => Err(damaged("journal")),
    }
}

/// Makes the names of everything below durable.
fn sync_folders(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    // The names in it, through any name in it.
    Ok(durable::sync_parent(&folder.join("x"))?)
}
