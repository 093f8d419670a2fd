//! The engines: what translates, writes, places by meaning, and writes down voice notes.

mod act;
mod engines;
mod make;
mod speech;
mod types;

pub(crate) use engines::Engines;
pub(crate) use make::{refresh, take_up};
pub use types::*;

use crate::table::commands;

commands! {
    /// Shows which engines are set.
    "language.engine": act::view, (()) -> EngineSettingsView,
        Permission(May::ManageSettings), Read("language.engine"), provides [Engine], stales [];
    /// Sets the engine for texts, or none.
    "language.set_engine": act::set, (SetEngineRequest) -> EngineSettingsView,
        Permission(May::ManageSettings), Write("language.set_engine"),
        provides [], stales [Engine, Consultations];
    /// Sets what writes down voice notes, or that nothing does.
    "language.set_speech": speech::set, (SetSpeechRequest) -> EngineSettingsView,
        Permission(May::ManageSettings), Write("language.set_speech"),
        provides [], stales [Engine, Consultations];
    /// Copies a speech model to this machine; tells how far it has come, and ends when it is there.
    "language.install_speech_model": speech::install, (InstallSpeechModelRequest) -> EngineSettingsView,
        Permission(May::ManageSettings), Write("language.install_speech_model"),
        provides [], stales [Engine, Consultations];
    /// Stops the copying; nothing of it is kept.
    "language.stop_installing": speech::stop, (()) -> (),
        Permission(May::ManageSettings), Quiet("language.stop_installing"), provides [], stales [];
    /// Removes the speech model from this machine.
    "language.remove_speech_model": speech::remove, (()) -> EngineSettingsView,
        Permission(May::ManageSettings), Write("language.remove_speech_model"),
        provides [], stales [Engine, Consultations];
    /// Has one part of an engine do something small of its own and says what failed.
    "language.test_engine": act::test, (TestEngineRequest) -> EngineTestView,
        Permission(May::ManageSettings), Quiet("language.test_engine"), provides [], stales [];
}
