//! Secrets for what the clinic uses beyond this machine: in the operating system's keychain where one
//! answers, else in the encrypted record. Never in settings, never serialised.

use basics::Secret;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::{
    Clinic,
    access::{Permission, Permit},
    clinic::lock_of,
    error::{ClinicError, Result},
    keys::Keychain,
    limits,
    write::Change,
};

/// What is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretName {
    /// Key of the engine for texts.
    EngineKey,
    /// Key of the server that writes down voice notes, where it is another.
    SpeechKey,
    /// Seed of the Ed25519 key by which the relay knows this workstation.
    RelayKey,
    /// Seed of the Ed25519 key for the room on the clinic's own network.
    RoomKey,
    /// Password of the mail server.
    SmtpPassword,
    /// Token of the FHIR server.
    FhirToken,
    /// Token of the WhatsApp provider.
    WhatsAppToken,
}

impl SecretName {
    fn key(self) -> &'static str {
        match self {
            Self::EngineKey => "engine-key",
            Self::SpeechKey => "speech-key",
            Self::RelayKey => "relay-key",
            Self::RoomKey => "room-key",
            Self::SmtpPassword => "smtp-password",
            Self::FhirToken => "fhir-token",
            Self::WhatsAppToken => "whatsapp-token",
        }
    }

    /// Who may put it there or take it away.
    fn keepers(self) -> &'static [Permission] {
        match self {
            Self::EngineKey
            | Self::SpeechKey
            | Self::RelayKey
            | Self::SmtpPassword
            | Self::FhirToken
            | Self::WhatsAppToken => &[Permission::ManageSettings],
            // Whoever may host a consultation may open a room.
            Self::RoomKey => &[Permission::ManageSettings, Permission::HostConsultations],
        }
    }

    /// Who may use it.
    fn users(self) -> &'static [Permission] {
        match self {
            Self::RelayKey | Self::RoomKey => {
                &[Permission::ManageSettings, Permission::HostConsultations]
            }
            // Whoever signs in brings the engines up, for the assistant that every role may ask.
            Self::EngineKey | Self::SpeechKey => &[
                Permission::ManageSettings,
                Permission::HostConsultations,
                Permission::AskAssistant,
            ],
            Self::SmtpPassword | Self::FhirToken | Self::WhatsAppToken => {
                &[Permission::ManageSettings, Permission::SendReports]
            }
        }
    }
}

impl Clinic {
    /// A secret, if it was kept and is still there.
    ///
    /// # Errors
    /// [`ClinicError::SecretUnavailable`] where the keychain that has it does not answer;
    /// [`ClinicError::WrongPermit`].
    pub fn secret(&self, permit: &Permit, name: SecretName) -> Result<Option<Secret<Vec<u8>>>> {
        permit.needs_one_of(name.users())?;
        let store = self.store()?;
        let clinic = lock_of(&self.inner.keys).clinic;
        read(
            store.readers.borrow()?.db()?,
            &*self.inner.keychain,
            clinic,
            name,
        )
    }

    /// The keychain's entry: one machine may hold more than one clinic.
    fn entry(&self, name: SecretName) -> String {
        entry(lock_of(&self.inner.keys).clinic, name)
    }
}

/// A secret, for the record's own use.
pub(crate) fn read(
    db: &Connection,
    keychain: &dyn Keychain,
    clinic: Uuid,
    name: SecretName,
) -> Result<Option<Secret<Vec<u8>>>> {
    let kept: Option<Option<Vec<u8>>> = db
        .prepare_cached("SELECT value FROM secrets WHERE name = ?1")?
        .query_row([name.key()], |row| row.get(0))
        .optional()?;
    match kept {
        None => Ok(None),
        Some(Some(value)) => Ok(Some(Secret::new(value))),
        Some(None) => {
            let read = keychain.read(&entry(clinic, name));
            let read = read.map_err(|_| ClinicError::SecretUnavailable)?;
            Ok(read.map(|value| Secret::new(value.to_vec())))
        }
    }
}

fn entry(clinic: Uuid, name: SecretName) -> String {
    format!("{clinic}-{}", name.key())
}

impl Change<'_> {
    /// Keeps a secret in place of an older one.
    ///
    /// # Errors
    /// [`ClinicError::TooLong`] over 1 MiB; [`ClinicError::Invalid`] for an empty one;
    /// [`ClinicError::WrongPermit`].
    pub fn keep_secret(&mut self, name: SecretName, secret: &Secret<Vec<u8>>) -> Result<()> {
        self.permit.needs_one_of(name.keepers())?;
        let value = secret.expose();
        if value.is_empty() {
            return Err(ClinicError::Invalid {
                field: "secret",
                rule: "required",
            });
        }
        if value.len() > limits::TEXT {
            return Err(ClinicError::TooLong {
                field: "secret",
                limit: limits::TEXT as u64,
            });
        }
        let in_record = match self.ask_keychain_to_keep(name, value) {
            true => None,
            false => Some(value),
        };
        self.db
            .prepare_cached("INSERT OR REPLACE INTO secrets VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![name.key(), in_record, self.by(), self.at()])?;
        Ok(())
    }

    /// Forgets a secret. Where the keychain does not answer, its entry stays behind and is not read again.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`].
    pub fn forget_secret(&mut self, name: SecretName) -> Result<()> {
        self.permit.needs_one_of(name.keepers())?;
        self.db
            .prepare_cached("DELETE FROM secrets WHERE name = ?1")?
            .execute([name.key()])?;
        if self
            .clinic
            .inner
            .keychain
            .delete(&self.clinic.entry(name))
            .is_err()
        {
            tracing::warn!(
                name = name.key(),
                "the keychain kept a secret that was to be forgotten"
            );
        }
        Ok(())
    }

    /// Whether the keychain truly has it now: a locked one may take an entry and not give it back.
    fn ask_keychain_to_keep(&self, name: SecretName, value: &[u8]) -> bool {
        let (keychain, entry) = (&self.clinic.inner.keychain, self.clinic.entry(name));
        keychain.write(&entry, value).is_ok()
            && matches!(keychain.read(&entry), Ok(Some(read)) if read.as_slice() == value)
    }
}
