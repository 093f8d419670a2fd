//! The record's handle: made, opened, locked, unlocked, recovered. One process owns the folder.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use basics::{Clock, Secret, Timestamp, UserId};
use seal::Key;

use crate::{
    accounts::Mailed,
    backup::finish_swap,
    error::{ClinicError, Result},
    journal::{self, Act, Outcome},
    keys::{KeyStore, Keychain, RecoveryPhrase, backoff::Tries, device, file::KeyFile},
    record::{
        break_glass::{OpeningId, Run},
        deliveries,
    },
    session::Sessions,
    store::Store,
};

const LOCK: &str = "record.lock";

/// A clinic's record. Clones share it.
#[derive(Clone)]
pub struct Clinic {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) dir: PathBuf,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) keychain: Arc<dyn Keychain>,
    pub(crate) keys: Mutex<KeyFile>,
    pub(crate) tries: Mutex<Tries>,
    /// The device's secret, once it was had.
    pub(crate) device: Mutex<Option<Key>>,
    /// The open record; none while locked.
    pub(crate) store: RwLock<Option<Arc<Store>>>,
    pub(crate) sessions: Mutex<Sessions>,
    /// One password at a time is tried, so that guesses cannot run side by side.
    pub(crate) guess: Mutex<()>,
    /// Background jobs that keep the key after everybody locked.
    pub(crate) holds: Mutex<usize>,
    /// One backup or restore at a time.
    pub(crate) backing_up: Mutex<()>,
    /// How long emergency openings have lasted by this process's own time.
    pub(crate) openings: Mutex<HashMap<OpeningId, Run>>,
    /// Codes on their way by e-mail to whoever signs in.
    pub(crate) mailed: Mutex<HashMap<UserId, Mailed>>,
    /// The phrase until it was confirmed.
    pending_phrase: Mutex<Option<RecoveryPhrase>>,
    vfs: Option<String>,
    /// Held as long as the process owns the record.
    _lock: File,
}

/// What may be known before anybody signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClinicStatus {
    /// The clinic's name.
    pub clinic_name: String,
    /// Invented people only.
    pub demo: bool,
    /// The recovery phrase was confirmed.
    pub recovery_confirmed: bool,
    /// Where the device's secret is kept.
    pub key_store: KeyStore,
    /// Passwords cost what they should; false only in tests.
    pub sound_cost: bool,
}

impl Clinic {
    /// What may be known of the record in `dir` before anybody signs in; `None` where there is none.
    ///
    /// # Errors
    /// [`ClinicError::Damaged`] where `keys.json` cannot be read.
    pub fn status_of(dir: &Path) -> Result<Option<ClinicStatus>> {
        // A restore that was cut off while it took its place is finished first; not where another program
        // has the record, which has finished it then.
        if dir.is_dir()
            && let Ok(_owned) = own(dir)
        {
            finish_swap(dir)?;
        }
        Ok(KeyFile::read(dir)?.map(|keys| status(&keys)))
    }

    /// Opens the clinic in `dir`. It is locked until somebody signs in.
    ///
    /// # Errors
    /// [`ClinicError::NoClinic`]; [`ClinicError::Busy`] where another process has it.
    pub fn open(dir: &Path, keychain: Arc<dyn Keychain>, clock: Arc<dyn Clock>) -> Result<Self> {
        Self::open_with_vfs(dir, keychain, clock, None)
    }

    /// [`Clinic::open`] over another virtual file system of SQLite, for tests that inject faults.
    ///
    /// # Errors
    /// As [`Clinic::open`].
    #[doc(hidden)]
    pub fn open_with_vfs(
        dir: &Path,
        keychain: Arc<dyn Keychain>,
        clock: Arc<dyn Clock>,
        vfs: Option<String>,
    ) -> Result<Self> {
        if !dir.is_dir() {
            return Err(ClinicError::NoClinic);
        }
        let lock = own(dir)?;
        finish_swap(dir)?;
        let keys = KeyFile::read(dir)?.ok_or(ClinicError::NoClinic)?;
        Ok(Self::assemble(dir, keys, keychain, clock, lock, vfs))
    }

    pub(crate) fn assemble(
        dir: &Path,
        keys: KeyFile,
        keychain: Arc<dyn Keychain>,
        clock: Arc<dyn Clock>,
        lock: File,
        vfs: Option<String>,
    ) -> Self {
        let inner = Inner {
            dir: dir.into(),
            clock,
            keychain,
            keys: Mutex::new(keys),
            tries: Mutex::new(Tries::read(dir)),
            device: Mutex::default(),
            store: RwLock::default(),
            sessions: Mutex::default(),
            guess: Mutex::default(),
            holds: Mutex::default(),
            backing_up: Mutex::default(),
            openings: Mutex::default(),
            mailed: Mutex::default(),
            pending_phrase: Mutex::default(),
            vfs,
            _lock: lock,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// What may be known before anybody signs in.
    pub fn status(&self) -> ClinicStatus {
        status(&lock_of(&self.inner.keys))
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }

    /// Gives the passphrase of the device's key file.
    ///
    /// # Errors
    /// [`ClinicError::WrongPassphrase`]; [`ClinicError::KeyUnavailable`].
    pub fn give_passphrase(&self, passphrase: &Secret<String>) -> Result<()> {
        self.fetch_device(Some(passphrase.expose())).map(|_| ())
    }

    /// Whether [`Clinic::give_passphrase`] is due before anybody can sign in.
    pub fn needs_passphrase(&self) -> bool {
        matches!(self.fetch_device(None), Err(ClinicError::PassphraseNeeded))
    }

    /// Compares words that a person typed with the phrase that was shown; positions count from 1.
    ///
    /// # Errors
    /// [`ClinicError::WrongPhrase`] where a word differs or fewer than three are given;
    /// [`ClinicError::Conflict`] where no phrase waits to be confirmed in this run of the program.
    pub fn confirm_recovery(&self, words: &[(usize, String)]) -> Result<()> {
        let mut pending = lock_of(&self.inner.pending_phrase);
        let phrase = pending.as_ref().ok_or(ClinicError::Conflict {
            reason: "phrase-gone",
        })?;
        let right = phrase.words();
        let differs = |(at, word): &(usize, String)| {
            right
                .get(at.wrapping_sub(1))
                .is_none_or(|right| *right != word.trim().to_lowercase())
        };
        let mut places: Vec<_> = words.iter().map(|(at, _)| at).collect();
        places.sort_unstable();
        places.dedup();
        if places.len() < 3 || words.iter().any(differs) {
            return Err(ClinicError::WrongPhrase);
        }
        self.change_keys(|keys| keys.recovery_confirmed = true)?;
        *pending = None;
        Ok(())
    }

    /// Whether a phrase was shown in this run of the program and waits to be confirmed.
    pub fn awaits_confirmation(&self) -> bool {
        lock_of(&self.inner.pending_phrase).is_some()
    }

    /// Drops the key and every connection; sessions stay, locked. Work in flight ends first.
    pub fn lock(&self) {
        lock_of(&self.inner.sessions).lock_all();
        self.set_store(None);
    }

    /// Whether the key is in memory.
    pub fn is_unlocked(&self) -> bool {
        self.store().is_ok()
    }

    /// What the check at unlocking found wrong with the journal's ends; none where they hold.
    pub fn journal_alarm(&self) -> Option<journal::Problem> {
        self.store().ok().and_then(|store| store.alarm)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// The open record.
    pub(crate) fn store(&self) -> Result<Arc<Store>> {
        let store = self
            .inner
            .store
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        store.clone().ok_or(ClinicError::Locked)
    }

    pub(crate) fn set_store(&self, store: Option<Arc<Store>>) {
        *self
            .inner
            .store
            .write()
            .unwrap_or_else(PoisonError::into_inner) = store;
    }

    /// The open record; opens it with `root` where it is locked.
    pub(crate) fn open_store(&self, root: &Key) -> Result<Arc<Store>> {
        if let Ok(store) = self.store() {
            return Ok(store);
        }
        let keys = lock_of(&self.inner.keys).clone();
        let store = Store::open(&self.inner.dir, root, &keys, self.inner.vfs.clone())?;
        let store = Arc::new(store);
        if let Some(problem) = store.alarm {
            let (at, code, outcome) = (self.now(), Some(problem.key()), Outcome::Failed);
            let verb = "journal.alarm";
            self.note_act(
                &store,
                &Act {
                    at,
                    user: None,
                    verb,
                    subjects: &[],
                    outcome,
                    code,
                },
            )?;
        }
        deliveries::settle(&store, self.now())?;
        self.set_store(Some(store.clone()));
        Ok(store)
    }

    /// The device's secret.
    pub(crate) fn fetch_device(&self, passphrase: Option<&str>) -> Result<Key> {
        let mut kept = lock_of(&self.inner.device);
        if let Some(secret) = &*kept {
            return Ok(secret.clone());
        }
        let keychain = &*self.inner.keychain;
        let (place, store) = self.device_place();
        let secret = device::fetch(&place, store, keychain, passphrase)?;
        *kept = Some(secret.clone());
        Ok(secret)
    }

    /// Where the device's secret is, and of what kind that place is.
    fn device_place(&self) -> (device::Place<'_>, KeyStore) {
        let keys = lock_of(&self.inner.keys);
        let place = device::Place {
            dir: &self.inner.dir,
            clinic: keys.clinic,
            generation: keys.generation,
        };
        (place, keys.key_store)
    }

    /// Changes `keys.json`, durably; where that fails nothing is changed.
    pub(crate) fn change_keys<T>(&self, change: impl FnOnce(&mut KeyFile) -> T) -> Result<T> {
        let mut keys = lock_of(&self.inner.keys);
        let mut changed = keys.clone();
        let out = change(&mut changed);
        changed.write(&self.inner.dir)?;
        *keys = changed;
        Ok(out)
    }

    /// Keeps the device's secret in the best place there is, and says where in `keys.json`.
    pub(crate) fn keep_device(&self, secret: &Key, passphrase: Option<&str>) -> Result<()> {
        let cost = lock_of(&self.inner.keys).cost;
        let keychain = &*self.inner.keychain;
        let (place, _) = self.device_place();
        let store = device::keep(&place, secret, keychain, passphrase, cost)?;
        self.change_keys(|keys| keys.key_store = store)?;
        *lock_of(&self.inner.device) = Some(secret.clone());
        Ok(())
    }

    /// Remembers a new phrase until it is confirmed.
    pub(crate) fn set_pending_phrase(&self, phrase: RecoveryPhrase) {
        *lock_of(&self.inner.pending_phrase) = Some(phrase);
    }
}

/// Locks a mutex; a panic elsewhere leaves its value as it was, which is whole.
pub(crate) fn lock_of<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn status(keys: &KeyFile) -> ClinicStatus {
    ClinicStatus {
        clinic_name: keys.clinic_name.clone(),
        demo: keys.demo,
        recovery_confirmed: keys.recovery_confirmed,
        key_store: keys.key_store,
        sound_cost: keys.cost.is_sound(),
    }
}

/// Takes the folder for this process.
pub(crate) fn own(dir: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(false)
        .open(dir.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ClinicError::Busy),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}
