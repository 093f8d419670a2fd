//! What the screens ask and get about voice notes.

use basics::{ConsultationId, Language, MessageId, ParticipantId, Phi, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A recording that a crash cut off.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UnfinishedView {
    /// Who spoke.
    pub participant_id: ParticipantId,
    /// How long it plays, milliseconds.
    pub ms: u64,
}

/// A voice note.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SoundView {
    /// How long it plays, milliseconds.
    pub ms: u64,
    /// Loudness from 0 to 100 in 64 equal parts, to draw it.
    pub peaks: Vec<u8>,
    /// How it stands with its words, which are the message's text; none where no engine was asked.
    pub written: Option<WrittenView>,
}

/// How a voice note was written down.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WrittenView {
    /// How it stands.
    pub state: WrittenState,
    /// What an engine heard, by its time in the sound.
    pub segments: Vec<SegmentView>,
    /// Name of the engine.
    pub engine: Option<String>,
    /// The sound did not leave this machine for it.
    pub on_device: bool,
    /// The language that the engine heard, where it is not the speaker's.
    pub heard: Option<Language>,
    /// Sentence of why it failed, from the catalogue.
    pub problem: Option<String>,
    /// Who corrected it.
    pub by: Option<Phi<String>>,
    /// Since when it stands so.
    pub at: Timestamp,
}

/// How a voice note stands with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WrittenState {
    /// It waits for an engine.
    Waiting,
    /// An engine wrote it down: it needs a person's eye.
    Written,
    /// Nobody speaks in it; it went to no engine.
    NoSpeech,
    /// The engine could not.
    Failed,
    /// A doctor corrected it, or wrote it.
    Corrected,
}

/// A part of what was heard.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SegmentView {
    /// Where it begins in the sound, milliseconds.
    pub from_ms: u64,
    /// Where it ends.
    pub to_ms: u64,
    /// The words.
    pub text: Phi<String>,
    /// The engine is not sure of them.
    pub doubtful: bool,
}

/// Begins to record a voice note.
#[derive(Debug, Deserialize, TS)]
pub struct RecordRequest {
    /// For which consultation.
    pub consultation_id: ConsultationId,
    /// Who speaks.
    pub participant_id: ParticipantId,
    /// The microphone; none for the system's own choice.
    pub device: Option<String>,
}

/// Ends a recording.
#[derive(Debug, Deserialize, TS)]
pub struct FinishRecordingRequest {
    /// For which consultation.
    pub consultation_id: ConsultationId,
    /// Made by the screen, as in saying.
    pub message_id: MessageId,
    /// Throw it away instead.
    pub discard: bool,
}

/// Keeps nothing of what is said until it goes on.
#[derive(Debug, Deserialize, TS)]
pub struct PauseRecordingRequest {
    /// For which consultation.
    pub consultation_id: ConsultationId,
    /// Or goes on.
    pub paused: bool,
}

/// Has a voice note written down.
#[derive(Debug, Deserialize, TS)]
pub struct WriteDownRequest {
    /// In which consultation.
    pub consultation_id: ConsultationId,
    /// Which message.
    pub message_id: MessageId,
}

/// Says what was said in a voice note.
#[derive(Debug, Deserialize, TS)]
pub struct CorrectRequest {
    /// In which consultation.
    pub consultation_id: ConsultationId,
    /// Which message.
    pub message_id: MessageId,
    /// The words, in the language in which it was spoken.
    pub text: Phi<String>,
}

/// A microphone.
#[derive(Debug, Serialize, TS)]
pub struct MicrophoneView {
    /// What the system calls it.
    pub name: String,
    /// The one taken where none is named.
    pub default: bool,
}

/// How loud it is while recording: the event `live.level`, ten times a second.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LevelView {
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// From 0 to 100.
    pub level: u8,
    /// Recorded so far, milliseconds.
    pub ms: u64,
}
