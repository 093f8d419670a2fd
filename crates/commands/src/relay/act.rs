//! Handlers: show, enrol, forget, test; a room on this network.

use std::time::Instant;

use ::clinic::{ClinicError, Permission, RelayService, RoomService, SecretName, authorize};
use ::live::client::{Relay, Trust, WorkstationKey};
use basics::{Coded, Secret};

use super::{
    EnrolRequest, LanRoomView, RelayMode, RelayTestView, RelayView,
    destination::{Destination, fingerprint, open_room as open},
};
use crate::{dispatch::Call, error::CommandError, live};

pub(super) fn view(call: &Call<'_>, (): ()) -> Result<RelayView, CommandError> {
    let session = call.active()?;
    let permit = authorize(&session, Permission::HostConsultations)
        .or_else(|_| authorize(&session, Permission::ManageSettings))?;
    let service = call.clinic()?.services(&permit)?.relay;
    let room = call.inner().host.room();
    Ok(RelayView {
        mode: match (&room, &service) {
            (Some(_), _) => RelayMode::Lan,
            (None, Some(_)) => RelayMode::Elsewhere,
            (None, None) => RelayMode::None,
        },
        enrolled: service.is_some(),
        address: service.map(|service| service.address),
        lan: room.map(|room| LanRoomView {
            fingerprint: room.fingerprint.map(|byte| format!("{byte:02X}")).join(":"),
            url: room.url,
            port: room.port,
            trusted: room.trusted,
        }),
    })
}

pub(super) fn enrol(call: &Call<'_>, request: EnrolRequest) -> Result<RelayView, CommandError> {
    let clinic = call.clinic()?;
    let pinned = request.fingerprint.filter(|text| !text.trim().is_empty());
    let trust = match &pinned {
        None => Trust::Platform,
        Some(text) => Trust::Pinned(fingerprint(text)?),
    };
    let address = request.address.trim().trim_end_matches('/').to_owned();
    let relay = Relay::new(&address, trust)?;
    let key = WorkstationKey::generate()?;
    let name = clinic.status().clinic_name;
    let code = request.code.expose().trim();
    let enrolment = call
        .inner()
        .runtime()?
        .block_on(relay.enrol(code, &key, &name))?;
    clinic.write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
        change.keep_secret(
            SecretName::RelayKey,
            &Secret::new(key.to_bytes().expose().to_vec()),
        )?;
        change.set_relay(Some(&RelayService {
            address,
            relay_id: enrolment.relay.to_string(),
            workstation_id: enrolment.workstation.to_string(),
            fingerprint: pinned,
        }))
    })?;
    view(call, ())
}

pub(super) fn forget(call: &Call<'_>, (): ()) -> Result<RelayView, CommandError> {
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.set_relay(None)?;
            change.forget_secret(SecretName::RelayKey)
        })?;
    view(call, ())
}

pub(super) fn test(call: &Call<'_>, (): ()) -> Result<RelayTestView, CommandError> {
    let started = Instant::now();
    let outcome = Destination::elsewhere(&call.clinic()?, call.permit()?).and_then(|found| {
        let found = found.ok_or(CommandError::NoRelay)?;
        let way = found.relay.test(&found.pass);
        Ok(call.inner().runtime()?.block_on(way)?)
    });
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(match outcome {
        Ok(took) => RelayTestView {
            ok: true,
            message_id: None,
            args: Default::default(),
            ms: u64::try_from(took.as_millis()).unwrap_or(ms),
        },
        Err(error) => RelayTestView {
            ok: false,
            message_id: Some(error.message_id().into()),
            args: error
                .args()
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
            ms,
        },
    })
}

pub(super) fn open_room(call: &Call<'_>, (): ()) -> Result<RelayView, CommandError> {
    let (clinic, permit, inner) = (call.clinic()?, call.permit()?, call.inner());
    let (room, fresh) = open(inner, &clinic, permit)?;
    clinic.write::<_, ClinicError>(permit, call.verb(), |change| {
        if let Some(key) = &fresh {
            let seed = Secret::new(key.to_bytes().expose().to_vec());
            change.keep_secret(SecretName::RoomKey, &seed)?;
        }
        change.set_room(Some(&RoomService { port: room.port }))
    })?;
    live::reconnect(inner);
    view(call, ())
}

pub(super) fn close_room(call: &Call<'_>, (): ()) -> Result<RelayView, CommandError> {
    call.clinic()?
        .note(call.permit()?, call.verb(), &[])
        .map_err(CommandError::from)?;
    call.inner().host.close_room();
    view(call, ())
}
