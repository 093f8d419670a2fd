//! A letter with a code, ready to go. The record sends nothing itself: whoever holds the letter does.

use basics::{Phi, Secret};
use rusqlite::{Connection, OptionalExtension};

use crate::{
    Clinic,
    access::Permit,
    clinic::lock_of,
    error::{ClinicError, Result},
    record::{
        secrets::{self, SecretName},
        services::{self, SmtpService},
    },
};

/// How the clinic's mail goes out.
#[derive(Clone, Debug)]
pub struct MailWay {
    /// The server.
    pub smtp: SmtpService,
    /// Its password, where it asks for one.
    pub password: Option<Secret<String>>,
}

/// A code on its way to a person.
#[derive(Debug)]
pub struct Letter {
    /// Their address.
    pub to: Phi<String>,
    /// The code.
    pub code: Secret<String>,
    /// How it goes.
    pub way: MailWay,
}

impl Clinic {
    /// How mail goes out, for whoever invites.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::SecretUnavailable`].
    pub fn mail_way(&self, permit: &Permit) -> Result<Option<MailWay>> {
        permit.needs(crate::Permission::ManageUsers)?;
        self.way()
    }

    /// How mail goes out; none where no server is set.
    pub(crate) fn way(&self) -> Result<Option<MailWay>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let Some(smtp) = services::smtp(reader.db()?)? else {
            return Ok(None);
        };
        let password = self.mail_password(reader.db()?)?;
        Ok(Some(MailWay { smtp, password }))
    }

    fn mail_password(&self, db: &Connection) -> Result<Option<Secret<String>>> {
        let kept = secrets::read(
            db,
            &*self.inner.keychain,
            lock_of(&self.inner.keys).clinic,
            SecretName::SmtpPassword,
        )?;
        let text = kept.map(|bytes| String::from_utf8(bytes.expose().clone()));
        text.transpose()
            .map(|text| text.map(Secret::new))
            .map_err(|_| ClinicError::SecretUnavailable)
    }
}

/// Whether a mail server is set.
pub(crate) fn is_set(db: &Connection) -> Result<bool> {
    Ok(services::smtp(db)?.is_some())
}

/// One address without white space or control characters; the exact rules are the sender's.
pub(crate) fn check_address(email: &str) -> Result<()> {
    let invalid = ClinicError::Invalid {
        field: "email",
        rule: "address",
    };
    crate::limits::short("email", email)?;
    let plain = !email.contains(|c: char| c.is_whitespace() || c.is_control());
    match email.split_once('@') {
        Some((name, domain))
            if plain && !name.is_empty() && domain.len() > 2 && !domain.contains('@') =>
        {
            Ok(())
        }
        _ => Err(invalid),
    }
}

/// Where a person's codes go by e-mail.
pub(crate) fn address_of(db: &Connection, user: i64) -> Result<Option<String>> {
    let sql = "SELECT email FROM second_factors WHERE user = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([user], |row| row.get(0))
        .optional()?
        .flatten())
}
