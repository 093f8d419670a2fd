//! What the clinic uses beyond this machine: a relay, its engines, the room it opens on its own
//! network, and what carries its reports. Addresses and names only; what is secret lies in [`super::secrets`].

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    engines::{EngineService, SpeechModel, SpeechService},
    sql,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::Change,
};

/// A relay that this workstation is enrolled at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayService {
    /// `https://…`.
    pub address: String,
    /// The relay's own id.
    pub relay_id: String,
    /// This workstation's id there.
    pub workstation_id: String,
    /// SHA-256 of its certificate, where it was pinned at enrolment.
    pub fingerprint: Option<String>,
}

/// The room that this workstation opens on its own network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomService {
    /// Its port, the same at each opening, so that links stay good.
    pub port: u16,
}

/// How the line to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// STARTTLS, and nothing is said before it.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None: only to this machine.
    None,
}

/// The clinic's mail server; its password is [`crate::SecretName::SmtpPassword`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpService {
    /// Name or address: 1–200 characters, no white space.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is encrypted.
    pub security: SmtpSecurity,
    /// Name of the account; none where the server asks for none.
    pub user: Option<String>,
    /// The sender's address.
    pub from: String,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
    /// Whether what may have arrived is sent again, with the same Message-ID.
    pub resend_uncertain: bool,
}

/// A FHIR server; its token is [`crate::SecretName::FhirToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FhirService {
    /// `https://…`; `http://…` only on this machine.
    pub base_url: String,
}

/// A provider of WhatsApp messages; its token is [`crate::SecretName::WhatsAppToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatsAppService {
    /// `https://…`; `http://…` only on this machine.
    pub base_url: String,
    /// Id of the clinic's number there.
    pub sender_id: String,
}

/// What is set; none where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Services {
    /// The relay.
    pub relay: Option<RelayService>,
    /// The room on the clinic's own network.
    pub room: Option<RoomService>,
    /// The engine for texts.
    pub engine: Option<EngineService>,
    /// What writes down voice notes.
    pub speech: Option<SpeechService>,
    /// The speech model on this machine, also while something else writes.
    pub speech_model: Option<SpeechModel>,
    /// The mail server.
    pub smtp: Option<SmtpService>,
    /// The FHIR server.
    pub fhir: Option<FhirService>,
    /// The provider of WhatsApp messages.
    pub whatsapp: Option<WhatsAppService>,
}

const RELAY: &str = "relay";
const ROOM: &str = "room";
pub(super) const ENGINE: &str = "engine";
pub(super) const SPEECH: &str = "speech";
pub(super) const SPEECH_MODEL: &str = "speech-model";
const SMTP: &str = "smtp";
const FHIR: &str = "fhir";
const WHATSAPP: &str = "whatsapp";

impl Clinic {
    /// What the clinic uses beyond this machine, for whoever works here.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn services(&self, _permit: &Permit) -> Result<Services> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        Ok(Services {
            relay: read(db, RELAY)?,
            room: read(db, ROOM)?,
            engine: read(db, ENGINE)?,
            speech: read(db, SPEECH)?,
            speech_model: read(db, SPEECH_MODEL)?,
            smtp: read(db, SMTP)?,
            fhir: read(db, FHIR)?,
            whatsapp: read(db, WHATSAPP)?,
        })
    }
}

impl Change<'_> {
    /// Sets or forgets the relay.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for empty texts; the limits.
    pub fn set_relay(&mut self, relay: Option<&RelayService>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        if let Some(relay) = relay {
            limits::name("address", &relay.address)?;
            limits::name("relay_id", &relay.relay_id)?;
            limits::name("workstation_id", &relay.workstation_id)?;
            limits::optional("fingerprint", relay.fingerprint.as_ref())?;
        }
        self.set_service(RELAY, relay)
    }

    /// Sets or forgets the room; whoever may host a consultation may open one.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for port 0.
    pub fn set_room(&mut self, room: Option<&RoomService>) -> Result<()> {
        self.permit
            .needs_one_of(&[Permission::ManageSettings, Permission::HostConsultations])?;
        match room {
            Some(RoomService { port: 0 }) => Err(ClinicError::Invalid {
                field: "port",
                rule: "range",
            }),
            room => self.set_service(ROOM, room),
        }
    }

    /// Sets or forgets the mail server.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for empty texts, white space in a name, control characters, port 0, or a
    /// line that is not encrypted to another machine; the limits.
    pub fn set_smtp(&mut self, smtp: Option<&SmtpService>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        if let Some(smtp) = smtp {
            let invalid = |field, rule| Err(ClinicError::Invalid { field, rule });
            limits::name("host", &smtp.host)?;
            limits::name("from", &smtp.from)?;
            limits::optional("user", smtp.user.as_ref())?;
            limits::optional("reply_to", smtp.reply_to.as_ref())?;
            if smtp.host.contains(char::is_whitespace) {
                return invalid("host", "no-white-space");
            }
            if smtp.port == 0 {
                return invalid("port", "range");
            }
            if smtp.security == SmtpSecurity::None && !is_this_machine(&smtp.host) {
                return invalid("security", "encrypted");
            }
            // A line break would begin another header.
            let texts = [Some(&smtp.host), Some(&smtp.from), smtp.reply_to.as_ref()];
            if texts
                .into_iter()
                .flatten()
                .any(|text| text.contains(char::is_control))
            {
                return invalid("from", "no-control-characters");
            }
        }
        self.set_service(SMTP, smtp)
    }

    /// Sets or forgets the FHIR server.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for an address that is not `https://`, but on this machine; the limits.
    pub fn set_fhir(&mut self, fhir: Option<&FhirService>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        if let Some(fhir) = fhir {
            encrypted(&fhir.base_url)?;
        }
        self.set_service(FHIR, fhir)
    }

    /// Sets or forgets the provider of WhatsApp messages.
    ///
    /// # Errors
    /// As [`Change::set_fhir`].
    pub fn set_whatsapp(&mut self, whatsapp: Option<&WhatsAppService>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        if let Some(whatsapp) = whatsapp {
            encrypted(&whatsapp.base_url)?;
            limits::name("sender_id", &whatsapp.sender_id)?;
        }
        self.set_service(WHATSAPP, whatsapp)
    }

    pub(super) fn set_service(
        &mut self,
        name: &str,
        service: Option<&impl Serialize>,
    ) -> Result<()> {
        match service {
            None => self
                .db
                .prepare_cached("DELETE FROM services WHERE name = ?1")?
                .execute([name])?,
            Some(service) => self
                .db
                .prepare_cached("INSERT OR REPLACE INTO services VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![
                    name,
                    serde_json::to_string(service)?,
                    self.by(),
                    self.at()
                ])?,
        };
        Ok(())
    }
}

fn read<T: DeserializeOwned>(db: &rusqlite::Connection, name: &str) -> Result<Option<T>> {
    Ok(db
        .prepare_cached("SELECT settings FROM services WHERE name = ?1")?
        .query_row([name], |row| sql::json(row, 0))
        .optional()?)
}

/// The mail server, for the record's own letters.
pub(crate) fn smtp(db: &rusqlite::Connection) -> Result<Option<SmtpService>> {
    read(db, SMTP)
}

/// Whether the clinic set that what may have arrived is sent again.
pub(crate) fn resends_uncertain(db: &rusqlite::Connection) -> Result<bool> {
    let smtp: Option<SmtpService> = read(db, SMTP)?;
    Ok(smtp.is_some_and(|smtp| smtp.resend_uncertain))
}

/// `https://…`, or `http://…` on this machine.
fn encrypted(base_url: &str) -> Result<()> {
    limits::characters("base_url", base_url, 2_000)?;
    let rest = base_url.strip_prefix("http://");
    let plain = rest.is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = match authority.strip_prefix('[') {
            Some(six) => six.split(']').next(),
            None => authority.split(':').next(),
        };
        !authority.contains('@') && host.is_some_and(is_this_machine)
    });
    let named = base_url
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty());
    match plain || named {
        true => Ok(()),
        false => Err(ClinicError::Invalid {
            field: "base_url",
            rule: "encrypted",
        }),
    }
}

/// A name or address that never leaves this machine.
fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
