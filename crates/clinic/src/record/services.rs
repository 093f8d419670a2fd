//! What the clinic uses beyond this machine: a relay, a translation engine, the room it opens on its own
//! network. Addresses and names only; what is secret lies in [`super::secrets`].

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::sql;
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

/// A translation engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineService {
    /// Key of the preset it was made from.
    pub preset: String,
    /// Where it answers.
    pub base_url: String,
    /// Its model.
    pub model: String,
    /// The model to ask where that one fails.
    pub fallback_model: Option<String>,
    /// Seconds until an answer counts as none: 1–600.
    pub timeout_s: u32,
}

/// What is set; none where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Services {
    /// The relay.
    pub relay: Option<RelayService>,
    /// The room on the clinic's own network.
    pub room: Option<RoomService>,
    /// The engine.
    pub engine: Option<EngineService>,
}

const RELAY: &str = "relay";
const ROOM: &str = "room";
const ENGINE: &str = "engine";

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

    /// Sets or forgets the engine.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for empty texts or seconds out of range; the limits.
    pub fn set_engine(&mut self, engine: Option<&EngineService>) -> Result<()> {
        self.needs(Permission::ManageSettings)?;
        if let Some(engine) = engine {
            limits::name("preset", &engine.preset)?;
            limits::characters("base_url", &engine.base_url, 2_000)?;
            limits::name("model", &engine.model)?;
            limits::optional("fallback_model", engine.fallback_model.as_ref())?;
            if engine.base_url.trim().is_empty() {
                return Err(ClinicError::Invalid {
                    field: "base_url",
                    rule: "required",
                });
            }
            if !(1..=600).contains(&engine.timeout_s) {
                return Err(ClinicError::Invalid {
                    field: "timeout_s",
                    rule: "range",
                });
            }
        }
        self.set_service(ENGINE, engine)
    }

    fn set_service(&mut self, name: &str, service: Option<&impl Serialize>) -> Result<()> {
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
