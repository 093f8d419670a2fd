//! Consultations: across the desk, and with phones through a relay.

mod act;
mod blobs;
mod checking;
mod hand_over;
mod keep;
mod own;
mod people;
mod phase_two;
mod rest;
mod room;
mod say;
mod sound;
mod sound_types;
mod transcribing;
mod transcript;
mod transcripts;
mod types;
mod views;

pub(crate) use own::{
    consultation as own_consultation, messages as own_messages, page as own_page,
};
pub(crate) use rest::{reconnect, rest, take_up};
pub(crate) use room::Room;
pub use sound_types::*;
pub(crate) use transcribing::Transcribing;
pub use types::*;

use crate::table::commands;

commands! {
    /// Opens a consultation on a patient's chart.
    "live.start": act::start, (StartConsultationRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.start"),
        provides [], stales [Consultations, Chart];
    /// Lists consultations, newest first.
    "live.page": act::page, (ConsultationsRequest) -> ConsultationsPage,
        Permission(May::HostConsultations), Read("live.page"), provides [Consultations], stales [];
    /// Shows a consultation as it stands now.
    "live.view": act::view, (ConsultationRequest) -> ConsultationView,
        Permission(May::HostConsultations), Read("live.view"), provides [Consultations], stales [];
    /// Shows what was said, newest first.
    "live.messages": say::messages, (MessagesRequest) -> MessagesPage,
        Permission(May::HostConsultations), Read("live.messages"), provides [Messages], stales [];
    /// Makes a link or a code by which a guest comes.
    "live.invite": people::invite, (InviteRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.invite"),
        provides [], stales [Consultations];
    /// Closes a link or a code.
    "live.withdraw": people::withdraw, (InvitationRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.withdraw"),
        provides [], stales [Consultations];
    /// Lets a waiting guest in.
    "live.admit": people::admit, (PersonRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.admit"),
        provides [], stales [Consultations];
    /// Sends a waiting guest away.
    "live.decline": people::decline, (PersonRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.decline"),
        provides [], stales [Consultations];
    /// Removes somebody from a consultation.
    "live.remove": people::remove, (PersonRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.remove"),
        provides [], stales [Consultations];
    /// Seats the patient across the desk, on this screen.
    "live.seat": people::seat, (SeatRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.seat"),
        provides [], stales [Consultations];
    /// Changes what somebody at this workstation reads.
    "live.set_language": people::set_language, (SetLanguageRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.set_language"),
        provides [], stales [Consultations];
    /// Says something; translations follow by the event `live.message`.
    "live.say": say::say, (SayRequest) -> MessageView,
        Permission(May::HostConsultations), Write("live.say"), provides [], stales [Messages];
    /// Hands a signed and sealed report over to the phones; its passphrase is not in it.
    "live.hand_over": hand_over::hand_over, (HandOverRequest) -> MessageView,
        Permission(May::HostConsultations), Write("live.hand_over"),
        provides [], stales [Messages, Reports, Outbox];
    /// Has a message translated into one more language, or anew.
    "live.translate": say::translate, (TranslateRequest) -> MessageView,
        Permission(May::HostConsultations), Write("live.translate"), provides [], stales [Messages];
    /// Confirms a translation in which the guard found something: now the others read it, too.
    "live.confirm_translation": checking::confirm, (ConfirmTranslationRequest) -> MessageView,
        Permission(May::HostConsultations), Write("live.confirm_translation"),
        provides [], stales [Messages];
    /// Has a translation put back into the language of its message by the engine.
    "live.back_translate": checking::back, (TranslateRequest) -> BackTranslationView,
        Permission(May::HostConsultations), Quiet("live.back_translate"), provides [], stales [];
    /// Lists the microphones of this workstation.
    "live.microphones": sound::microphones, (()) -> Vec<MicrophoneView>,
        Permission(May::HostConsultations), Quiet("live.microphones"), provides [], stales [];
    /// Begins to record a voice note.
    "live.record": sound::record, (RecordRequest) -> (),
        Permission(May::HostConsultations), Quiet("live.record"), provides [], stales [];
    /// Pauses a recording, or goes on with it.
    "live.pause_recording": sound::pause, (PauseRecordingRequest) -> (),
        Permission(May::HostConsultations), Quiet("live.pause_recording"), provides [], stales [];
    /// Has a voice note written down by the engine, or asks a failed one again.
    "live.write_down": transcripts::write_down, (WriteDownRequest) -> MessageView,
        Permission(May::HostConsultations), Write("live.write_down"), provides [], stales [Messages];
    /// Corrects the words of a voice note, or writes them down by hand.
    "live.correct": transcripts::correct, (CorrectRequest) -> MessageView,
        Permission(May::HostConsultations), Write("live.correct"), provides [], stales [Messages];
    /// Ends a recording: it is said, or thrown away.
    "live.finish_recording": sound::finish, (FinishRecordingRequest) -> Option<MessageView>,
        Permission(May::HostConsultations), Write("live.finish_recording"),
        provides [], stales [Messages];
    /// Ends a consultation; it stays in the chart.
    "live.end": act::end, (ConsultationRequest) -> ConsultationView,
        Permission(May::HostConsultations), Write("live.end"),
        provides [], stales [Consultations, Chart];
    /// Makes the bilingual transcript.
    "live.transcript": transcript::show, (ConsultationRequest) -> TranscriptView,
        Permission(May::HostConsultations), Read("live.transcript"), provides [], stales [];
    /// Writes the bilingual transcript to a file.
    "live.save_transcript": transcript::save, (SaveTranscriptRequest) -> (),
        Permission(May::HostConsultations), Quiet("live.save_transcript"), provides [], stales [];
}
