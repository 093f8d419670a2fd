//! Where invitations lead: the open room, or else the relay that this workstation is enrolled at.

use ::clinic::{Clinic, Permit, SecretName};
use ::live::client::{Enrolment, Pass, Relay, Trust, WorkstationKey};
use basics::Secret;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    error::CommandError,
    host::{Room, RoomWanted},
    workstation::Inner,
};

/// Folder of the room's sealed envelopes, beside the record.
const ROOM_FOLDER: &str = "room";

/// A relay and this workstation's pass for it.
pub(crate) struct Destination {
    pub(crate) relay: Relay,
    pub(crate) pass: Pass,
    pub(crate) place: Place,
}

/// Which relay a consultation went over, as its state keeps it: it goes on over the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// What phones open: `https://host[:port]`.
    pub(crate) address: String,
    /// The relay's id.
    pub(crate) relay: Uuid,
    /// A room inside this app.
    #[serde(default)]
    pub(crate) room: bool,
}

impl Destination {
    /// Where new invitations lead; `None` where no relay is set.
    pub(crate) fn now(
        inner: &Inner,
        clinic: &Clinic,
        permit: &Permit,
    ) -> Result<Option<Self>, CommandError> {
        match Self::room(inner, clinic, permit)? {
            Some(room) => Ok(Some(room)),
            None => Self::elsewhere(clinic, permit),
        }
    }

    /// The relay of this place, if it is still one of ours; a room that was closed with the program
    /// opens again.
    pub(crate) fn of(
        place: &Place,
        inner: &Inner,
        clinic: &Clinic,
        permit: &Permit,
    ) -> Result<Option<Self>, CommandError> {
        if place.room && inner.host.room().is_none() {
            open_room(inner, clinic, permit)?;
        }
        let found = [
            Self::room(inner, clinic, permit)?,
            Self::elsewhere(clinic, permit)?,
        ];
        Ok(found
            .into_iter()
            .flatten()
            .find(|one| one.place.relay == place.relay))
    }

    /// The relay elsewhere, without looking at a room.
    pub(super) fn elsewhere(
        clinic: &Clinic,
        permit: &Permit,
    ) -> Result<Option<Self>, CommandError> {
        let Some(service) = clinic.services(permit)?.relay else {
            return Ok(None);
        };
        let key = key_of(clinic, permit, SecretName::RelayKey)?
            .ok_or(CommandError::Live(::live::Error::NotEnrolled))?;
        let damaged = |_| CommandError::Live(::live::Error::NotEnrolled);
        let enrolment = Enrolment {
            workstation: service.workstation_id.parse().map_err(damaged)?,
            relay: service.relay_id.parse().map_err(damaged)?,
        };
        let trust = match &service.fingerprint {
            None => Trust::Platform,
            Some(text) => Trust::Pinned(fingerprint(text)?),
        };
        let place = Place {
            address: service.address.clone(),
            relay: enrolment.relay,
            room: false,
        };
        Ok(Some(Self {
            relay: Relay::new(&service.address, trust)?,
            pass: Pass::Workstation(key, enrolment),
            place,
        }))
    }

    fn room(inner: &Inner, clinic: &Clinic, permit: &Permit) -> Result<Option<Self>, CommandError> {
        let Some(room) = inner.host.room() else {
            return Ok(None);
        };
        let Some(key) = key_of(clinic, permit, SecretName::RoomKey)? else {
            return Ok(None);
        };
        let enrolment = Enrolment {
            workstation: room.workstation,
            relay: room.relay,
        };
        Ok(Some(Self {
            relay: Relay::new(&room.url, Trust::Pinned(room.fingerprint))?,
            pass: Pass::Workstation(key, enrolment),
            place: Place {
                address: room.url,
                relay: room.relay,
                room: true,
            },
        }))
    }
}

/// Opens a room inside this app, at its place of last time. The second value is its key, where it is a
/// new one that the record does not have yet.
pub(super) fn open_room(
    inner: &Inner,
    clinic: &Clinic,
    permit: &Permit,
) -> Result<(Room, Option<WorkstationKey>), CommandError> {
    let known = key_of(clinic, permit, SecretName::RoomKey)?;
    let fresh = match &known {
        Some(_) => None,
        None => Some(WorkstationKey::generate()?),
    };
    let key = known
        .as_ref()
        .or(fresh.as_ref())
        .ok_or(CommandError::Defect)?;
    let room = inner.host.open_room(&RoomWanted {
        folder: inner.options.data_dir.join(ROOM_FOLDER),
        port: clinic.services(permit)?.room.map(|room| room.port),
        key: Secret::new(key.public()),
    })?;
    Ok((room, fresh))
}

/// This workstation's key for a relay, if it has one.
pub(super) fn key_of(
    clinic: &Clinic,
    permit: &Permit,
    name: SecretName,
) -> Result<Option<WorkstationKey>, CommandError> {
    let Some(seed) = clinic.secret(permit, name)? else {
        return Ok(None);
    };
    let seed: [u8; 32] = seed
        .expose()
        .as_slice()
        .try_into()
        .map_err(|_| CommandError::Defect)?;
    Ok(Some(WorkstationKey::from_bytes(Secret::new(seed))))
}

/// A certificate's fingerprint: 64 hexadecimal digits, with colons or spaces between or not.
pub(super) fn fingerprint(text: &str) -> Result<[u8; 32], CommandError> {
    const INVALID: CommandError = CommandError::Invalid {
        field: "fingerprint",
    };
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ':' | ' ' | '-'))
        .collect();
    let bytes = hex::decode(digits).map_err(|_| INVALID)?;
    bytes.try_into().map_err(|_| INVALID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_reads_with_and_without_colons() {
        let pairs = vec!["Ab"; 32];
        assert_eq!(fingerprint(&pairs.join(":")).unwrap(), [0xab; 32]);
        assert_eq!(fingerprint(&pairs.concat()).unwrap(), [0xab; 32]);
        for wrong in ["", "ab", &"zz".repeat(32), &"ab".repeat(33)] {
            assert!(fingerprint(wrong).is_err(), "{wrong}");
        }
    }
}
