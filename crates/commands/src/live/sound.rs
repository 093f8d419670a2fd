//! Voice notes: recorded here into the record as they are spoken, fetched from the relay.

use std::{
    io::Cursor,
    sync::{Arc, Weak},
};

use ::clinic::{NewMessage, NewSound, ParticipantKind, Recording, Relayed};
use ::live::{
    client::{Pass, Relay},
    content::{NotKept, Sound},
    host::{Incoming, Kept},
};
use basics::{ParticipantId, Phi, Secret};

use super::{
    FinishRecordingRequest, LevelView, MessageView, MicrophoneView, PauseRecordingRequest,
    RecordRequest, Room, act::room, views,
};
use crate::{dispatch::Call, error::CommandError};

/// A recording in progress.
pub(crate) struct Running {
    speaker: ParticipantId,
    recorder: voice::Recorder,
}

/// Whom the recorder speaks to.
struct Listening {
    room: Weak<Room>,
    speaker: ParticipantId,
}

pub(super) fn microphones(_: &Call<'_>, (): ()) -> Result<Vec<MicrophoneView>, CommandError> {
    let devices = voice::devices()?;
    Ok(devices
        .into_iter()
        .map(|device| MicrophoneView {
            name: device.name,
            default: device.default,
        })
        .collect())
}

pub(super) fn record(call: &Call<'_>, request: RecordRequest) -> Result<(), CommandError> {
    let room = room(call, request.consultation_id)?;
    // What a crash cut off is said or thrown away by a person, not by the next recording.
    if room.state().recording.is_some() || unfinished(&room)?.is_some() {
        return Err(CommandError::NotRecording);
    }
    let speaker = request.participant_id;
    call.clinic()?
        .participants(call.permit()?, room.id)?
        .into_iter()
        .find(|person| person.id == speaker && person.kind != ParticipantKind::Guest)
        .ok_or(CommandError::NotFound {
            what: "participant",
        })?;
    let listening = Listening {
        room: Arc::downgrade(&room),
        speaker,
    };
    // Opening a microphone takes its time, and nobody waits for it.
    let recorder = voice::Recorder::start(request.device.as_deref(), listening)?;
    let mut state = room.state();
    if state.recording.is_some() {
        return Err(CommandError::NotRecording);
    }
    state.recording = Some(Running { speaker, recorder });
    Ok(())
}

pub(super) fn pause(call: &Call<'_>, request: PauseRecordingRequest) -> Result<(), CommandError> {
    let room = room(call, request.consultation_id)?;
    let state = room.state();
    let running = state.recording.as_ref().ok_or(CommandError::NotRecording)?;
    running.recorder.pause(request.paused);
    Ok(())
}

pub(super) fn finish(
    call: &Call<'_>,
    request: FinishRecordingRequest,
) -> Result<Option<MessageView>, CommandError> {
    let room = room(call, request.consultation_id)?;
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    let running = room.state().recording.take();
    let (speaker, sound) = match running {
        Some(running) => (
            running.speaker,
            running.recorder.finish().map(|done| done.sound),
        ),
        None => {
            let left = unfinished(&room)?.ok_or(CommandError::NotRecording)?;
            (left.participant_id, voice::wav::from_pcm(&left.sound))
        }
    };
    if request.discard {
        drop_recording(&room, speaker)?;
        let subjects = [room.patient.into(), room.id.into()];
        clinic.note(permit, call.verb(), &subjects)?;
        return Ok(None);
    }
    let sound = sound?;
    let language = clinic
        .participants(permit, room.id)?
        .into_iter()
        .find(|person| person.id == speaker)
        .map(|person| person.language)
        .ok_or(CommandError::NotFound {
            what: "participant",
        })?;
    let new = NewMessage {
        id: request.message_id,
        consultation_id: room.id,
        participant_id: speaker,
        language,
        text: Phi::new(String::new()),
        phrase: None,
        sound: Some(NewSound {
            file: clinic.store_file(permit, &mut Cursor::new(&sound.wav))?,
            ms: sound.ms,
            peaks: sound.peaks,
            relayed: None,
        }),
    };
    let mut state = room.state();
    let (said, fresh) = room.say(&mut state, call.verb(), &new, None)?;
    if fresh {
        state.host.deliver(said);
        room.carry_out(&mut state);
    }
    let message = clinic.message(permit, request.message_id)?;
    Ok(Some(views::message(message, &state.pending, &state.held)))
}

/// A recording that a crash cut off; a running one is none.
pub(super) fn unfinished(room: &Room) -> Result<Option<Recording>, CommandError> {
    Ok(room.clinic.recordings(&room.permit, room.id)?.pop())
}

impl voice::Ears for Listening {
    fn level(&mut self, level: voice::Level) {
        if let Some(room) = self.room.upgrade()
            && let Ok(inner) = room.inner()
        {
            let event = LevelView {
                consultation_id: room.id,
                level: level.level,
                ms: level.ms,
            };
            inner.tell_user(room.doctor, "live.level", &event);
        }
    }

    // Each piece is durable before the next comes: a crash keeps what was said.
    fn sound(&mut self, piece: &[u8]) {
        let Some(room) = self.room.upgrade() else {
            return;
        };
        let kept = room
            .clinic
            .upkeep::<_, ::clinic::ClinicError>(&room.permit, |upkeep| {
                upkeep.keep_recorded(room.id, self.speaker, piece)
            });
        if let Err(error) = kept {
            tracing::error!(%error, "a piece of a recording could not be kept");
        }
    }

    fn ended(&mut self, _why: &voice::Error) {
        // The screen asks again and finds what was recorded so far.
        if let Some(room) = self.room.upgrade() {
            room.changed();
        }
    }
}

/// Fetches a guest's sound and puts it into the vault, without the lock; then it is said.
pub(super) fn fetch(room: &Arc<Room>, relay: &Relay, pass: &Pass, incoming: Incoming) {
    let (relay, pass, weak) = (relay.clone(), pass.clone(), Arc::downgrade(room));
    let Ok(inner) = room.inner() else { return };
    let Ok(runtime) = inner.runtime() else { return };
    runtime.spawn(async move {
        let Some(sound) = incoming.sound.clone() else {
            return;
        };
        let fetched = relay
            .fetch_blob(&pass, incoming.stream, &sound.blob(), Arc::new(|_, _| {}))
            .await;
        let Some(room) = weak.upgrade() else { return };
        tokio::task::block_in_place(|| {
            let kept = match fetched {
                Ok(wav) => store(&room, &wav, &sound),
                Err(error) if error.may_pass() => Err(Kept::Failed),
                Err(_) => Err(Kept::Refused(NotKept::BadSound)),
            };
            room.fetched(incoming, kept);
        });
    });
}

/// A phone's recording, checked and sealed in the vault.
fn store(room: &Room, wav: &[u8], sound: &Sound) -> Result<NewSound, Kept> {
    let read = voice::wav::read(wav).map_err(|_| Kept::Refused(NotKept::BadSound))?;
    let file = room
        .clinic
        .store_file(&room.permit, &mut Cursor::new(&read.wav))
        .map_err(|_| Kept::Failed)?;
    Ok(NewSound {
        file,
        ms: read.ms,
        peaks: read.peaks,
        relayed: Some(Relayed {
            sha256: sound.sha256.clone(),
            key: Secret::new(sound.key.0.clone()),
        }),
    })
}

fn drop_recording(room: &Room, speaker: ParticipantId) -> Result<(), CommandError> {
    Ok(room
        .clinic
        .upkeep::<_, ::clinic::ClinicError>(&room.permit, |upkeep| {
            upkeep.drop_recording(room.id, speaker)
        })?)
}
