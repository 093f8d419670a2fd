//! Clinical notes: drafted from a consultation, corrected and signed by its doctor.

mod compare;
mod content;
mod draft;
mod heard;
mod read;
mod types;
mod write;

pub(crate) use draft::Scribing;
pub use types::*;

use crate::{imaging::JobRequest, live::ConsultationRequest, table::commands};

commands! {
    /// Shows the note of a consultation, and what one could be drafted from.
    "notes.of": read::of, (ConsultationRequest) -> NoteDesk,
        Permission(May::HostConsultations), Read("note.open"), provides [Notes, Messages], stales [];
    /// Has a note drafted, by the engine or by rules from the conversation's own sentences.
    "notes.draft": draft::start, (DraftNoteRequest) -> NoteDesk,
        Permission(May::HostConsultations), Write("note.draft"), provides [], stales [Notes];
    /// Stops the engine; nothing of its draft is kept.
    "notes.cancel": draft::cancel, (JobRequest) -> (),
        Permission(May::HostConsultations), Quiet("note.cancel"), provides [], stales [];
    /// Keeps what the doctor wrote as a new version; older ones stay.
    "notes.save": write::save, (SaveNoteRequest) -> NoteDesk,
        Permission(May::HostConsultations), Write("note.save"), provides [], stales [Notes];
    /// Signs the newest version with the password.
    "notes.sign": write::sign, (SignNoteRequest) -> NoteDesk,
        Permission(May::HostConsultations), Write("note.sign"), provides [], stales [Notes];
    /// Shows how a note came to be, newest first.
    "notes.history": read::history, (NoteRequest) -> Vec<NoteStepView>,
        Permission(May::HostConsultations), Read("note.history"), provides [Notes], stales [];
    /// Shows one version of a note.
    "notes.version": read::version, (NoteVersionRequest) -> NoteVersionView,
        Permission(May::HostConsultations), Read("note.version"), provides [Notes], stales [];
    /// Shows what changed between two versions of a note, word by word.
    "notes.compare": compare::compare, (CompareNotesRequest) -> Vec<NoteChange>,
        Permission(May::HostConsultations), Read("note.compare"), provides [Notes], stales [];
}
