//! The clinic's settings.

mod act;
mod types;

pub use types::*;

use crate::table::commands;

commands! {
    /// Shows the clinic's settings.
    "settings.read": act::read, (()) -> SettingsView,
        Permission(May::ManageSettings), Read("settings.read"), provides [Settings], stales [];
    /// Changes the clinic's settings.
    "settings.save": act::save, (SaveSettingsRequest) -> SettingsView,
        Permission(May::ManageSettings), Write("settings.save"),
        provides [], stales [Settings, Session];
    /// Tries the keychain, the database, the vault, the disk's space and the journal.
    "settings.check_storage": act::check_storage, (()) -> Vec<StorageCheck>,
        Permission(May::ManageSettings), Read("settings.check_storage"),
        provides [Settings], stales [];
}
