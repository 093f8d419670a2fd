//! Handlers: start, list, show, end.

use std::sync::Arc;

use ::clinic::{ClinicError, Consultation, ConsultationFilter, ParticipantKind, Permit};
use basics::{Coded, ConsultationId};

use super::{
    ConsultationRequest, ConsultationRow, ConsultationView, ConsultationsPage,
    ConsultationsRequest, EngineState, PersonKind, Room, StartConsultationRequest, UnfinishedView,
    people, sound, views,
};
use crate::{
    dispatch::Call,
    error::CommandError,
    workstation::{Inner, lock},
};

pub(super) fn start(
    call: &Call<'_>,
    request: StartConsultationRequest,
) -> Result<ConsultationView, CommandError> {
    let consultation =
        call.clinic()?
            .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
                change.start_consultation(request.patient_id, request.language)
            })?;
    room(call, consultation.id)?;
    shown(call, consultation)
}

pub(super) fn page(
    call: &Call<'_>,
    request: ConsultationsRequest,
) -> Result<ConsultationsPage, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), request.patient_id)?;
    if request.running {
        let rows = clinic.open_consultations(permit)?;
        let of = |one: &Consultation| request.patient_id.is_none_or(|id| one.patient.id == id);
        let rows = rows.into_iter().filter(of).map(ConsultationRow::from);
        return Ok(ConsultationsPage {
            rows: rows.collect(),
            next: None,
        });
    }
    let filter = ConsultationFilter {
        patient_id: request.patient_id,
        only_mine: false,
        only_running: false,
    };
    let page = clinic.consultations(permit, filter, request.cursor.as_deref(), request.limit)?;
    Ok(page.into())
}

pub(super) fn view(
    call: &Call<'_>,
    request: ConsultationRequest,
) -> Result<ConsultationView, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let consultation = clinic.consultation(permit, request.consultation_id)?;
    clinic.note_read(permit, call.verb(), Some(consultation.patient.id))?;
    shown(call, consultation)
}

pub(super) fn end(
    call: &Call<'_>,
    request: ConsultationRequest,
) -> Result<ConsultationView, CommandError> {
    let id = request.consultation_id;
    let room = room(call, id)?;
    let mut state = room.state();
    state.recording = None;
    let consultation =
        call.clinic()?
            .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
                change.end_consultation(id)
            })?;
    state.host.end();
    room.carry_out(&mut state);
    drop(state);
    shown(call, consultation)
}

/// The running consultation; taken up from the record where this program was started again since.
pub(super) fn room(call: &Call<'_>, id: ConsultationId) -> Result<Arc<Room>, CommandError> {
    let inner = call.inner_arc();
    if let Some(room) = lock(&inner.rooms).get(&id) {
        return match room.doctor == call.permit()?.user() {
            true => Ok(room.clone()),
            false => Err(CommandError::NotFound {
                what: "consultation",
            }),
        };
    }
    let consultation = call.clinic()?.consultation(call.permit()?, id)?;
    if consultation.ended.is_some() {
        return Err(ClinicError::Conflict {
            reason: "consultation-ended",
        }
        .into());
    }
    open(inner, call.permit()?, id)
}

/// Opens a room once, however many ask.
pub(super) fn open(
    inner: &Arc<Inner>,
    permit: &Permit,
    id: ConsultationId,
) -> Result<Arc<Room>, CommandError> {
    let mut rooms = lock(&inner.rooms);
    if let Some(room) = rooms.get(&id) {
        return Ok(room.clone());
    }
    let room = Room::open(inner, permit, id)?;
    rooms.insert(id, room.clone());
    Ok(room)
}

/// A consultation as it stands now: the record's part and, while it runs, the room's.
pub(super) fn shown(
    call: &Call<'_>,
    consultation: Consultation,
) -> Result<ConsultationView, CommandError> {
    let permit = call.permit()?;
    let mine = consultation.doctor == permit.user();
    let room = match (mine, consultation.ended) {
        (true, None) => Some(room(call, consultation.id)?),
        _ => None,
    };
    let people = call.clinic()?.participants(permit, consultation.id)?;
    let newest = consultation.messages;
    let mut view = views::consultation(consultation, people);
    view.mine = mine;
    view.writer = call.inner().transcribing.state(call.inner());
    let Some(room) = room else {
        return Ok(view);
    };
    view.engine = call.inner().translator()?.state().into();
    let address = room.address();
    let state = room.state();
    if state.recording.is_none() {
        view.unfinished = sound::unfinished(&room)?.map(|left| UnfinishedView {
            participant_id: left.participant_id,
            ms: left.sound.len() as u64 * 1000 / (2 * u64::from(voice::RATE)),
        });
    }
    view.connection = state.connection.clone();
    view.unsent = u32::try_from(state.host.unsent()).unwrap_or(u32::MAX);
    view.waiting = state
        .host
        .waiting()
        .into_iter()
        .map(views::waiting)
        .collect();
    let address = address.unwrap_or_default();
    view.invitations = state
        .host
        .invitations()
        .into_iter()
        .map(|invitation| people::shown(invitation, &address))
        .collect::<Result<_, _>>()?;
    for guest in state.host.guests() {
        if let Some(person) = view.people.iter_mut().find(|person| person.id == guest.id) {
            person.here = guest.here;
            person.seen = person.seen.max(guest.seen);
        }
    }
    for person in &mut view.people {
        // Whoever is at this screen sees what is on it.
        if person.kind != PersonKind::Guest && person.gone.is_none() {
            person.seen = newest;
        }
    }
    Ok(view)
}

impl From<ParticipantKind> for PersonKind {
    fn from(kind: ParticipantKind) -> Self {
        match kind {
            ParticipantKind::Doctor => Self::Doctor,
            ParticipantKind::Guest => Self::Guest,
            ParticipantKind::AcrossTheDesk => Self::AcrossTheDesk,
        }
    }
}

impl From<::language::State> for EngineState {
    fn from(state: ::language::State) -> Self {
        match state {
            ::language::State::None => Self::None,
            ::language::State::Ready { name } => Self::Ready { name },
            ::language::State::Failing { name, error } => Self::Failing {
                name,
                message_id: error.message_id().into(),
            },
        }
    }
}
