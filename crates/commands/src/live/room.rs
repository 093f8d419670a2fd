//! A running consultation: the state machine, the record it writes to, the way to its relay.
//!
//! One mutex holds it together: whatever is said gets its number, goes to the record and to the
//! state machine in one order. Sounds and translation engines work outside of it and come back.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, Weak},
};

use ::clinic::{Clinic, ClinicError, Hold, ParticipantKind, Permit};
use ::live::{
    Host,
    client::{Event, Line, Pass, Relay, Socket},
    content::Person,
    host::{About, Effect, Told},
};
use basics::{
    Clock, Coded, ConsultationId, Language, MessageId, ParticipantId, PatientId, Secret, UserId,
};

use super::{
    Connection, ConsultationEvent, MessageEvent, blobs,
    hand_over::{HELD, Held},
    phase_two, sound, views,
};
use crate::{
    error::CommandError,
    relay::{Destination, Place},
    workstation::{Inner, lock},
};

/// Name of the state machine's state in the record.
const HOST: &str = "host";
/// Name of the relay's place in the record.
const PLACE: &str = "place";

/// One running consultation of this workstation.
pub(crate) struct Room {
    pub(crate) id: ConsultationId,
    pub(crate) patient: PatientId,
    pub(crate) doctor: UserId,
    pub(crate) permit: Permit,
    pub(crate) clinic: Clinic,
    clock: Arc<dyn Clock>,
    inner: Weak<Inner>,
    /// The record stays open for it, also while the doctor's window is locked.
    _hold: Hold,
    state: Mutex<State>,
}

/// What the mutex guards.
pub(crate) struct State {
    pub(crate) host: Host,
    pub(crate) connection: Connection,
    /// Translations that an engine works on.
    pub(crate) pending: HashSet<(MessageId, Language)>,
    pub(crate) recording: Option<sound::Running>,
    /// Who holds a report that was handed over.
    pub(super) held: Held,
    /// The relay that it goes over, once somebody was invited.
    place: Option<Place>,
    pub(super) way: Option<Way>,
    /// Everything was said; nothing more is written.
    over: bool,
}

/// The way to this consultation's relay.
pub(super) struct Way {
    pub(super) relay: Relay,
    pub(super) pass: Pass,
    place: Place,
    line: Option<Line>,
    /// Dropped with the room, so that phones see at once that the doctor is away.
    _socket: Socket,
}

impl Room {
    /// Opens a consultation of the record: a new one, or one that goes on.
    pub(super) fn open(
        inner: &Arc<Inner>,
        permit: &Permit,
        id: ConsultationId,
    ) -> Result<Arc<Self>, CommandError> {
        let clinic = inner.clinic()?;
        let hold = clinic.hold()?;
        let consultation = clinic.consultation(permit, id)?;
        let about = about(&clinic, permit, id)?;
        let kept = clinic.live_state(permit, id)?;
        let piece = |name| kept.iter().find(|(key, _)| key == name).map(|(_, v)| v);
        crate::language::refresh(inner, &clinic, permit)?;
        let host = match piece(HOST) {
            Some(saved) => Host::restore(about, saved, consultation.messages)?,
            None => Host::new(about)?,
        };
        let place: Option<Place> =
            piece(PLACE).and_then(|bytes| serde_json::from_slice(bytes.expose()).ok());
        let held = piece(HELD)
            .and_then(|bytes| serde_json::from_slice(bytes.expose()).ok())
            .unwrap_or_default();
        let room = Arc::new(Self {
            id,
            patient: consultation.patient.id,
            doctor: consultation.doctor,
            permit: permit.clone(),
            clinic,
            clock: inner.clock.clone(),
            inner: Arc::downgrade(inner),
            _hold: hold,
            state: Mutex::new(State {
                host,
                connection: Connection::NotNeeded,
                pending: HashSet::new(),
                recording: None,
                held,
                place,
                way: None,
                over: false,
            }),
        });
        inner.transcribing.serve(inner, permit)?;
        room.start_clock(inner)?;
        room.find_way()?;
        Ok(room)
    }

    /// Connects again to the relay that it went over, if it has no way and needs one.
    pub(super) fn find_way(self: &Arc<Self>) -> Result<(), CommandError> {
        let mut state = self.state();
        match state.place.clone() {
            Some(place) if state.way.is_none() && state.host.needs_relay() => {
                self.go_on(&self.inner()?, &mut state, &place)
            }
            _ => Ok(()),
        }
    }

    /// Its state; hold it no longer than a write to the record takes.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// The workstation, unless it is shutting down.
    pub(super) fn inner(&self) -> Result<Arc<Inner>, CommandError> {
        self.inner.upgrade().ok_or(CommandError::Defect)
    }

    /// The time, by the workstation's clock.
    pub(super) fn now(&self) -> basics::Timestamp {
        self.clock.now()
    }

    /// Where phones come to, once there is a way.
    pub(super) fn address(&self) -> Option<String> {
        self.state()
            .way
            .as_ref()
            .map(|way| way.place.address.clone())
    }

    /// Connects to the relay that is set now, unless there is a way already.
    pub(super) fn connect(self: &Arc<Self>, state: &mut State) -> Result<(), CommandError> {
        if state.way.is_some() {
            return Ok(());
        }
        let inner = self.inner()?;
        let found = Destination::now(&inner, &self.clinic, &self.permit)?;
        let destination = found.ok_or(CommandError::NoRelay)?;
        let place = serde_json::to_vec(&destination.place).map_err(|_| CommandError::Defect)?;
        self.clinic.upkeep::<_, ClinicError>(&self.permit, |keep| {
            keep.keep_live_state(self.id, PLACE, &Secret::new(place))
        })?;
        self.go(&inner, state, destination)
    }

    /// Connects again to the relay that it went over before the restart.
    fn go_on(
        self: &Arc<Self>,
        inner: &Arc<Inner>,
        state: &mut State,
        place: &Place,
    ) -> Result<(), CommandError> {
        let found = Destination::of(place, inner, &self.clinic, &self.permit);
        match found.and_then(|found| found.ok_or(CommandError::NoRelay)) {
            Ok(destination) => self.go(inner, state, destination),
            // What is said is kept, and the screen says why it waits.
            Err(error) => {
                let message_id = error.message_id().into();
                state.connection = Connection::Waiting { message_id };
                Ok(())
            }
        }
    }

    fn go(
        self: &Arc<Self>,
        inner: &Arc<Inner>,
        state: &mut State,
        to: Destination,
    ) -> Result<(), CommandError> {
        let runtime = inner.runtime()?;
        let entered = runtime.enter();
        let (socket, mut events) = Socket::open(to.relay.clone(), to.pass.clone());
        drop(entered);
        state.connection = Connection::Connecting;
        state.place = Some(to.place.clone());
        state.way = Some(Way {
            relay: to.relay,
            pass: to.pass,
            place: to.place,
            line: None,
            _socket: socket,
        });
        let room = Arc::downgrade(self);
        runtime.spawn(async move {
            while let Some(event) = events.recv().await {
                let Some(room) = room.upgrade() else { break };
                let goes_on = tokio::task::block_in_place(|| room.event(event));
                if !goes_on {
                    break;
                }
            }
        });
        Ok(())
    }

    /// Gives the state machine the time, once a second.
    fn start_clock(self: &Arc<Self>, inner: &Inner) -> Result<(), CommandError> {
        let room = Arc::downgrade(self);
        inner.runtime()?.spawn(async move {
            let mut second = tokio::time::interval(std::time::Duration::from_secs(1));
            loop {
                second.tick().await;
                let Some(room) = room.upgrade() else { break };
                let goes_on = tokio::task::block_in_place(|| {
                    let mut state = room.state();
                    state.host.tick(room.now());
                    room.carry_out(&mut state);
                    !state.over
                });
                if !goes_on {
                    break;
                }
            }
        });
        Ok(())
    }

    /// Something happened on the way; `false` when nothing more will.
    fn event(self: &Arc<Self>, event: Event) -> bool {
        let mut state = self.state();
        let now = self.now();
        match event {
            Event::Connected(line) => {
                state.connection = Connection::Connected;
                if let Some(way) = &mut state.way {
                    way.line = Some(line);
                }
                state.host.connected(now);
                self.changed();
            }
            Event::Frame(frame) => state.host.frame(&frame, now),
            Event::Disconnected(error) => {
                state.connection = Connection::Waiting {
                    message_id: error.message_id().into(),
                };
                if let Some(way) = &mut state.way {
                    way.line = None;
                }
                state.host.disconnected();
                self.changed();
            }
        }
        self.carry_out(&mut state);
        !state.over
    }

    /// Carries out what the state machine wants, in its order.
    pub(super) fn carry_out(self: &Arc<Self>, state: &mut State) {
        while let Some(effect) = state.host.next_effect() {
            match effect {
                Effect::Save(bytes) => self.save(&bytes),
                Effect::Send(frame) => {
                    if let Some(line) = state.way.as_ref().and_then(|way| way.line.as_ref()) {
                        line.send(frame);
                    }
                }
                Effect::Keep(incoming) => self.keep(state, *incoming),
                Effect::NeedHistory {
                    to, after, limit, ..
                } => {
                    let page = self
                        .clinic
                        .messages_after(&self.permit, self.id, after, limit);
                    // Nothing is an answer too: it is asked for again by the clock.
                    let rows = page.map(|page| page.rows).unwrap_or_else(|error| {
                        tracing::error!(%error, "history could not be read");
                        Vec::new()
                    });
                    state
                        .host
                        .history(to, rows.into_iter().map(views::said).collect());
                }
                Effect::PutBlob {
                    to,
                    stream,
                    message,
                } => {
                    if let Some(way) = &state.way {
                        blobs::put(self, &way.relay, &way.pass, to, stream, message);
                    }
                }
                Effect::Tell(told) => self.told(state, told),
            }
        }
    }

    fn save(&self, bytes: &Secret<Vec<u8>>) {
        let saved = self.clinic.upkeep::<_, ClinicError>(&self.permit, |keep| {
            keep.keep_live_state(self.id, HOST, bytes)
        });
        match saved {
            // After the end there is nothing left to go on with.
            Ok(()) | Err(ClinicError::Conflict { .. }) => {}
            Err(error) => tracing::error!(%error, "a consultation's state could not be kept"),
        }
    }

    fn told(self: &Arc<Self>, state: &mut State, told: Told) {
        let id = self.id;
        let outcome = match told {
            // The doctor's own act has kept whoever joined.
            Told::Changed | Told::RelayFull | Told::Joined(_) => Ok(()),
            Told::LanguageChanged { who, language } => {
                self.clinic
                    .write::<_, ClinicError>(&self.permit, "live.guest_language", |change| {
                        change.set_language(id, who, language)
                    })
            }
            Told::TranslateAsked { id, language, .. } => {
                phase_two::asked(self, state, id, language);
                Ok(())
            }
            Told::Has { who, id } => self.has(state, who, id),
            Told::Seen { who, n } => self
                .clinic
                .upkeep::<_, ClinicError>(&self.permit, |keep| keep.note_seen(id, who, n)),
            Told::Gone(who) => self.gone(who),
            Told::Over => {
                state.over = true;
                state.way = None;
                state.connection = Connection::NotNeeded;
                if let Ok(inner) = self.inner() {
                    lock(&inner.rooms).remove(&id);
                }
                Ok(())
            }
        };
        match outcome {
            Ok(()) | Err(ClinicError::Conflict { .. }) => {}
            Err(error) => tracing::error!(%error, "news of a consultation could not be kept"),
        }
        self.changed();
    }

    /// A guest left; one whom the doctor removed is gone in the record already.
    fn gone(&self, who: ParticipantId) -> Result<(), ClinicError> {
        let people = self.clinic.participants(&self.permit, self.id)?;
        if people.iter().any(|one| one.id == who && one.gone.is_some()) {
            return Ok(());
        }
        self.clinic
            .write(&self.permit, "live.guest_gone", |change| {
                change.participant_gone(self.id, who)
            })
    }

    /// Tells the doctor's windows to ask again.
    pub(super) fn changed(&self) {
        if let Ok(inner) = self.inner() {
            let event = ConsultationEvent {
                consultation_id: self.id,
            };
            inner.tell_user(self.doctor, "live.changed", &event);
        }
    }

    /// Tells the doctor's windows a message as it stands now.
    pub(super) fn tell_message(&self, state: &State, id: MessageId) {
        let Ok(inner) = self.inner() else { return };
        match self.clinic.message(&self.permit, id) {
            Ok(message) => {
                let event = MessageEvent {
                    consultation_id: self.id,
                    message: views::message(message, &state.pending, &state.held),
                };
                inner.tell_user(self.doctor, "live.message", &event);
            }
            Err(error) => tracing::error!(%error, "a message could not be shown"),
        }
    }

    /// The people at this workstation changed.
    pub(super) fn people_changed(&self, state: &mut State) -> Result<(), CommandError> {
        let about = about(&self.clinic, &self.permit, self.id)?;
        state.host.set_here(about.here);
        Ok(())
    }
}

/// What guests are told of the place.
fn about(clinic: &Clinic, permit: &Permit, id: ConsultationId) -> Result<About, CommandError> {
    let here = clinic
        .participants(permit, id)?
        .into_iter()
        .filter(|person| person.kind != ParticipantKind::Guest && person.gone.is_none())
        .map(|person| Person {
            id: person.id,
            name: person.name.expose().clone(),
            doctor: person.kind == ParticipantKind::Doctor,
            language: person.language,
            here: true,
        })
        .collect();
    Ok(About {
        clinic: clinic.status().clinic_name,
        here,
    })
}
