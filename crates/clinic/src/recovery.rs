//! The way back in when no administrator knows a password: the phrase that was written down at the start.

use basics::Secret;
use seal::Key;

use crate::{
    Clinic, accounts,
    clinic::lock_of,
    error::{ClinicError, Result},
    journal,
    keys::{KeyStore, PhraseLength, RecoveryPhrase, backoff::PHRASE, file::KeyFile, wrap::Sealed},
    record::users,
    signin::act,
    store::RECOVERY,
};

impl Clinic {
    /// Gives an administrator a new password by the recovery phrase, takes their second factor and PIN away, opens a
    /// locked-out account, and gives the device its secret back.
    /// The record is open afterwards; sign in next.
    ///
    /// # Errors
    /// [`ClinicError::WrongPhrase`]; [`ClinicError::TooManyTries`]; [`ClinicError::NotFound`] where
    /// the login is no administrator's; [`ClinicError::PassphraseNeeded`] where the device's secret has to be kept anew
    /// in a key file that had a passphrase, and none is given; [`ClinicError::PasswordRefused`].
    pub fn recover(
        &self,
        phrase: &Secret<String>,
        login: &str,
        new_password: &Secret<String>,
        device_passphrase: Option<&Secret<String>>,
    ) -> Result<()> {
        let _one_at_a_time = lock_of(&self.inner.guess);
        let now = self.now();
        // 128 bits cannot be guessed; waiting keeps an attacker from burning time, and is noticed.
        lock_of(&self.inner.tries).check(PHRASE, now)?;
        let Some(root) = self.try_phrase(phrase)? else {
            self.count_failure(PHRASE, "setup.recover")?;
            return Err(ClinicError::WrongPhrase);
        };
        let store = self.open_store(&root)?;
        let slot = KeyFile::slot(&store.device(), login);
        let user = users::find_by_slot(store.readers.borrow()?.db()?, &slot)?
            .filter(|user| user.role == crate::Role::Administrator)
            .ok_or(ClinicError::NotFound {
                what: "administrator",
            })?;
        let about = [user.login.expose(), user.name.expose()];
        self.check_new_password(new_password, &about.map(String::as_str))?;
        self.bring_device_back(&store.device(), device_passphrase)?;
        self.set_password(&store, &slot, new_password)?;
        store.transaction(|db| {
            users::set_enabled(db, user.id, true, None)?;
            // Whoever lost the password may have lost the telephone with it.
            accounts::forget(db, user.id)?;
            let head = journal::append(db, &store.signing, &act("setup.recover", user.id, now))?;
            Ok::<_, ClinicError>(((), head))
        })?;
        lock_of(&self.inner.sessions).end_all_of(user.id);
        let mut tries = lock_of(&self.inner.tries);
        tries.succeeded(PHRASE);
        tries.succeeded(&slot);
        tries.write(&self.inner.dir)
    }

    /// Makes a new recovery phrase; the old one opens nothing any more.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; disk errors.
    pub fn renew_recovery(
        &self,
        permit: &crate::Permit,
        length: PhraseLength,
    ) -> Result<RecoveryPhrase> {
        permit.needs(crate::Permission::ManageSettings)?;
        let store = self.store()?;
        let phrase = RecoveryPhrase::make(length)?;
        let recovery = Sealed::make(&phrase.key(), &store.root, RECOVERY)?;
        let shown = RecoveryPhrase::parse(&phrase.words().join(" "))?;
        self.change_keys(|keys| {
            keys.recovery = recovery;
            keys.recovery_confirmed = false;
        })?;
        self.set_pending_phrase(phrase);
        self.note_by(permit.user(), "settings.renew_recovery")?;
        Ok(shown)
    }

    /// The record's key, for a tool that has the phrase and no account.
    fn try_phrase(&self, phrase: &Secret<String>) -> Result<Option<Key>> {
        let phrase = match RecoveryPhrase::parse(phrase.expose()) {
            Err(ClinicError::WrongPhrase) => return Ok(None),
            phrase => phrase?,
        };
        Ok(lock_of(&self.inner.keys)
            .recovery
            .open(&phrase.key(), RECOVERY))
    }

    /// Checks the whole journal with the recovery phrase, for a tool without an account.
    ///
    /// # Errors
    /// [`ClinicError::WrongPhrase`]; what opening the record can fail with.
    pub fn verify_journal_by_phrase(
        &self,
        phrase: &Secret<String>,
    ) -> Result<journal::JournalReport> {
        let root = self.try_phrase(phrase)?.ok_or(ClinicError::WrongPhrase)?;
        let store = self.open_store(&root)?;
        let reader = store.readers.borrow()?;
        let key = store.signing.key.verifying_key();
        journal::verify::verify(reader.db()?, &key, &store.anchor)
    }

    /// Puts the device's secret back where it is missing. A key file that had a passphrase keeps one.
    fn bring_device_back(&self, secret: &Key, passphrase: Option<&Secret<String>>) -> Result<()> {
        let there = self.fetch_device(None);
        if there
            .as_ref()
            .is_ok_and(|there| there.expose() == secret.expose())
        {
            return Ok(());
        }
        let had_passphrase = self.status().key_store == KeyStore::PassphraseFile;
        if had_passphrase && passphrase.is_none() && !self.inner.keychain.answers() {
            return Err(ClinicError::PassphraseNeeded);
        }
        let passphrase = passphrase.map(|text| text.expose().as_str());
        self.keep_device(secret, passphrase)
    }
}
