//! The clinic's settings.

mod act;
mod types;

pub use types::*;

use crate::{setup::RecoveryPhraseView, table::commands};

commands! {
    /// Shows the clinic's settings.
    "settings.read": act::read, (()) -> SettingsView,
        Permission(May::ManageSettings), Read("settings.read"), provides [Settings], stales [];
    /// Changes the clinic's settings.
    "settings.save": act::save, (SaveSettingsRequest) -> SettingsView,
        Permission(May::ManageSettings), Write("settings.save"),
        provides [], stales [Settings, Session];
    /// Makes a new recovery phrase and shows it, once; the old one opens nothing any more.
    "settings.renew_recovery": act::renew_recovery, (()) -> RecoveryPhraseView,
        Permission(May::ManageSettings), Write("settings.renew_recovery"),
        provides [], stales [Settings, Setup];
    /// Tries the keychain, the database, the vault, the disk's space and the journal.
    "settings.check_storage": act::check_storage, (()) -> Vec<StorageCheck>,
        Permission(May::ManageSettings), Read("settings.check_storage"),
        provides [Settings], stales [];
}
