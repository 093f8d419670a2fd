//! The translation engine.

mod act;
mod types;

pub(crate) use act::refresh;
pub use types::*;

use crate::table::commands;

commands! {
    /// Shows which engine translates.
    "language.engine": act::view, (()) -> EngineSettingsView,
        Permission(May::ManageSettings), Read("language.engine"), provides [Engine], stales [];
    /// Sets the engine that translates, or none.
    "language.set_engine": act::set, (SetEngineRequest) -> EngineSettingsView,
        Permission(May::ManageSettings), Write("language.set_engine"),
        provides [], stales [Engine, Consultations];
    /// Has the engine translate a sentence of its own and says what failed.
    "language.test_engine": act::test, (()) -> EngineTestView,
        Permission(May::ManageSettings), Quiet("language.test_engine"), provides [], stales [];
}
