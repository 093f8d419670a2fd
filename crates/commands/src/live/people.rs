//! Handlers about people: ways in, the waiting room, the seat across the desk, languages.

use ::clinic::{ClinicError, InvitationWay, NewParticipant, ParticipantKind};
use ::live::host;
use basics::{ParticipantId, Phi};
use fast_qr::{QRBuilder, convert::svg::SvgBuilder};

use super::{
    ConsultationView, InvitationRequest, InvitationView, InviteRequest, PersonRequest, SeatRequest,
    SetLanguageRequest, Way,
    act::{room, shown as shown_consultation},
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn invite(
    call: &Call<'_>,
    request: InviteRequest,
) -> Result<ConsultationView, CommandError> {
    let id = request.consultation_id;
    let room = room(call, id)?;
    let mut state = room.state();
    room.connect(&mut state)?;
    let now = call.inner().clock.now();
    let (made, way) = match request.spoken {
        true => (state.host.invite_spoken(now)?, InvitationWay::Spoken),
        false => (state.host.invite_link(now)?, InvitationWay::Link),
    };
    let invitations = state.host.invitations();
    let until = invitations
        .iter()
        .find(|invitation| invitation.id == made)
        .map_or(now, |invitation| invitation.until);
    let kept = call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.add_invitation(id, made, way, until)
        });
    if let Err(error) = kept {
        // A way in that the record does not know must not open.
        state.host.withdraw(made);
        room.carry_out(&mut state);
        return Err(error.into());
    }
    room.carry_out(&mut state);
    drop(state);
    answer(call, id)
}

pub(super) fn withdraw(
    call: &Call<'_>,
    request: InvitationRequest,
) -> Result<ConsultationView, CommandError> {
    let id = request.consultation_id;
    let room = room(call, id)?;
    let mut state = room.state();
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.invitation_withdrawn(id, request.invitation_id)
        })?;
    state.host.withdraw(request.invitation_id);
    room.carry_out(&mut state);
    drop(state);
    answer(call, id)
}

pub(super) fn admit(
    call: &Call<'_>,
    request: PersonRequest,
) -> Result<ConsultationView, CommandError> {
    let (id, who) = (request.consultation_id, request.participant_id);
    let room = room(call, id)?;
    let mut state = room.state();
    let waiting = state.host.waiting();
    let guest = waiting
        .into_iter()
        .find(|waiting| waiting.id == who)
        .ok_or(::live::Error::NoSuchPerson)?;
    if guest.code.is_none() {
        return Err(::live::Error::NotComparedYet.into());
    }
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.add_participant(
                id,
                &NewParticipant {
                    id: who,
                    kind: ParticipantKind::Guest,
                    name: guest.name,
                    language: guest.language,
                    second_device: guest.second_device,
                },
            )
        })?;
    state.host.admit(who)?;
    room.carry_out(&mut state);
    drop(state);
    answer(call, id)
}

pub(super) fn decline(
    call: &Call<'_>,
    request: PersonRequest,
) -> Result<ConsultationView, CommandError> {
    let id = request.consultation_id;
    let room = room(call, id)?;
    let mut state = room.state();
    state.host.decline(request.participant_id)?;
    call.clinic()?.note(
        call.permit()?,
        call.verb(),
        &[room.patient.into(), id.into()],
    )?;
    room.carry_out(&mut state);
    drop(state);
    answer(call, id)
}

pub(super) fn remove(
    call: &Call<'_>,
    request: PersonRequest,
) -> Result<ConsultationView, CommandError> {
    let (id, who) = (request.consultation_id, request.participant_id);
    let room = room(call, id)?;
    let mut state = room.state();
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.participant_gone(id, who)
        })?;
    // Whoever sits across the desk is no guest of the relay.
    if state.host.guests().iter().any(|guest| guest.id == who) {
        state.host.remove(who)?;
    }
    room.people_changed(&mut state)?;
    room.carry_out(&mut state);
    drop(state);
    answer(call, id)
}

pub(super) fn seat(
    call: &Call<'_>,
    request: SeatRequest,
) -> Result<ConsultationView, CommandError> {
    let id = request.consultation_id;
    let room = room(call, id)?;
    let mut state = room.state();
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.add_participant(
                id,
                &NewParticipant {
                    id: ParticipantId::new(),
                    kind: ParticipantKind::AcrossTheDesk,
                    name: request.name,
                    language: request.language,
                    second_device: false,
                },
            )
        })?;
    room.people_changed(&mut state)?;
    room.carry_out(&mut state);
    drop(state);
    answer(call, id)
}

pub(super) fn set_language(
    call: &Call<'_>,
    request: SetLanguageRequest,
) -> Result<ConsultationView, CommandError> {
    let (id, who) = (request.consultation_id, request.participant_id);
    let room = room(call, id)?;
    let mut state = room.state();
    if state.host.guests().iter().any(|guest| guest.id == who) {
        // Guests choose on their own phone.
        return Err(CommandError::Invalid {
            field: "participant_id",
        });
    }
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.set_language(id, who, request.language)
        })?;
    room.people_changed(&mut state)?;
    room.carry_out(&mut state);
    drop(state);
    answer(call, id)
}

/// A way in as the doctor sees it. `address` is the relay's.
pub(super) fn shown(
    invitation: host::Invitation,
    address: &str,
) -> Result<InvitationView, CommandError> {
    let way = match invitation.way {
        host::Way::Link(path) => {
            let url = format!("{address}{}", path.expose());
            let qr = QRBuilder::new(url.as_str())
                .build()
                .map_err(|_| CommandError::Defect)?;
            Way::Link {
                qr: Phi::new(SvgBuilder::default().to_str(&qr)),
                url: Phi::new(url),
            }
        }
        host::Way::Spoken(code) => Way::Spoken {
            page: address.to_owned(),
            code,
        },
    };
    Ok(InvitationView {
        id: invitation.id,
        way,
        open: invitation.open,
        until: invitation.until,
        spent: invitation.spent,
    })
}

fn answer(call: &Call<'_>, id: basics::ConsultationId) -> Result<ConsultationView, CommandError> {
    let consultation = call.clinic()?.consultation(call.permit()?, id)?;
    shown_consultation(call, consultation)
}
