//! Handlers about people: ways in, the waiting room, the seat across the desk, languages.

use std::sync::Arc;

use ::clinic::{Change, ClinicError, InvitationWay, NewParticipant, Participant, ParticipantKind};
use ::live::host;
use basics::{ConsultationId, ParticipantId, Phi};
use fast_qr::{QRBuilder, convert::svg::SvgBuilder};

use super::{
    ConsultationView, InvitationRequest, InvitationView, InviteRequest, PersonRequest, Room,
    SeatRequest, SetLanguageRequest, Way,
    act::{room, shown as shown_consultation},
    room::State,
};
use crate::{dispatch::Call, error::CommandError};

pub(super) fn invite(
    call: &Call<'_>,
    request: InviteRequest,
) -> Result<ConsultationView, CommandError> {
    let id = request.consultation_id;
    act(call, id, |room, state| {
        room.connect(state)?;
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
        let kept = write(call, |change| change.add_invitation(id, made, way, until));
        if kept.is_err() {
            // A way in that the record does not know must not open.
            state.host.withdraw(made);
        }
        kept
    })
}

pub(super) fn withdraw(
    call: &Call<'_>,
    request: InvitationRequest,
) -> Result<ConsultationView, CommandError> {
    let (id, invitation) = (request.consultation_id, request.invitation_id);
    act(call, id, |_, state| {
        write(call, |change| change.invitation_withdrawn(id, invitation))?;
        state.host.withdraw(invitation);
        Ok(())
    })
}

pub(super) fn admit(
    call: &Call<'_>,
    request: PersonRequest,
) -> Result<ConsultationView, CommandError> {
    let (id, who) = (request.consultation_id, request.participant_id);
    act(call, id, |_, state| {
        let waiting = state.host.waiting();
        let guest = waiting
            .into_iter()
            .find(|waiting| waiting.id == who)
            .ok_or(::live::Error::NoSuchPerson)?;
        if guest.code.is_none() {
            return Err(::live::Error::NotComparedYet.into());
        }
        let new = NewParticipant {
            id: who,
            kind: ParticipantKind::Guest,
            name: guest.name,
            language: guest.language,
            second_device: guest.second_device,
        };
        write(call, |change| {
            change.add_participant(id, &new)?;
            change.invitation_spent(id, guest.invitation)
        })?;
        Ok(state.host.admit(who)?)
    })
}

pub(super) fn decline(
    call: &Call<'_>,
    request: PersonRequest,
) -> Result<ConsultationView, CommandError> {
    act(call, request.consultation_id, |room, state| {
        state.host.decline(request.participant_id)?;
        let subjects = [room.patient.into(), room.id.into()];
        Ok(call
            .clinic()?
            .note(call.permit()?, call.verb(), &subjects)?)
    })
}

pub(super) fn remove(
    call: &Call<'_>,
    request: PersonRequest,
) -> Result<ConsultationView, CommandError> {
    let (id, who) = (request.consultation_id, request.participant_id);
    act(call, id, |room, state| {
        let people = room.clinic.participants(call.permit()?, id)?;
        let doctor = |one: &Participant| one.kind == ParticipantKind::Doctor;
        if people.iter().any(|one| one.id == who && doctor(one)) {
            // A consultation without its doctor is ended instead.
            return Err(CommandError::Invalid {
                field: "participant_id",
            });
        }
        write(call, |change| change.participant_gone(id, who))?;
        // Whoever sits across the desk is no guest of the relay.
        if state.host.guests().iter().any(|guest| guest.id == who) {
            state.host.remove(who)?;
        }
        room.people_changed(state)
    })
}

pub(super) fn seat(
    call: &Call<'_>,
    request: SeatRequest,
) -> Result<ConsultationView, CommandError> {
    let id = request.consultation_id;
    let new = NewParticipant {
        id: ParticipantId::new(),
        kind: ParticipantKind::AcrossTheDesk,
        name: request.name,
        language: request.language,
        second_device: false,
    };
    act(call, id, |room, state| {
        write(call, |change| change.add_participant(id, &new))?;
        room.people_changed(state)
    })
}

pub(super) fn set_language(
    call: &Call<'_>,
    request: SetLanguageRequest,
) -> Result<ConsultationView, CommandError> {
    let (id, who) = (request.consultation_id, request.participant_id);
    act(call, id, |room, state| {
        if state.host.guests().iter().any(|guest| guest.id == who) {
            // Guests choose on their own phone.
            return Err(CommandError::Invalid {
                field: "participant_id",
            });
        }
        write(call, |change| {
            change.set_language(id, who, request.language)
        })?;
        room.people_changed(state)
    })
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

/// Acts in a room under its lock, does what follows from it, and shows the consultation then.
fn act(
    call: &Call<'_>,
    id: ConsultationId,
    act: impl FnOnce(&Arc<Room>, &mut State) -> Result<(), CommandError>,
) -> Result<ConsultationView, CommandError> {
    let room = room(call, id)?;
    let mut state = room.state();
    let done = act(&room, &mut state);
    room.carry_out(&mut state);
    drop(state);
    done?;
    let consultation = call.clinic()?.consultation(call.permit()?, id)?;
    shown_consultation(call, consultation)
}

/// Changes the record under the row's own verb.
fn write(
    call: &Call<'_>,
    change: impl FnOnce(&mut Change<'_>) -> Result<(), ClinicError>,
) -> Result<(), CommandError> {
    Ok(call.clinic()?.write(call.permit()?, call.verb(), change)?)
}
