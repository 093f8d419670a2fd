//! First start: a new clinic or a demo clinic, and the way back in by the recovery phrase.

mod create;
mod demo;
mod restore;
mod types;

pub(crate) use restore::Restoring;
pub use types::*;

use crate::{
    backup::SnapshotView,
    reading::{CardView, ModelRequest, ModelView},
    table::commands,
};

commands! {
    /// Tells where this workstation stands.
    "setup.status": create::status, (()) -> SetupStatus,
        Nobody, Quiet("setup.status"), provides [Setup], stales [];
    /// Lists the model packs that the wizard offers.
    "setup.models": create::models, (()) -> Vec<ModelView>,
        Nobody, Quiet("setup.models"), provides [Setup], stales [];
    /// Shows the card of a pack that the wizard offers.
    "setup.model_card": create::model_card, (ModelRequest) -> CardView,
        Nobody, Quiet("setup.model_card"), provides [Setup], stales [];
    /// Makes a clinic with its administrator and shows the recovery phrase, once.
    "setup.create": create::create, (CreateClinicRequest) -> RecoveryPhraseView,
        Nobody, Write("setup.create"), provides [], stales [Setup];
    /// Shows that the recovery phrase was written down.
    "setup.confirm_recovery": create::confirm_recovery, (ConfirmRecoveryRequest) -> (),
        Nobody, Write("setup.confirm_recovery"), provides [], stales [Setup];
    /// Makes a demo clinic: four accounts, invented patients, freely licensed scans.
    "setup.demo": demo::create, (()) -> SetupStatus,
        Nobody, Write("setup.demo"), provides [], stales [Setup];
    /// Opens the device's key file.
    "setup.passphrase": create::passphrase, (PassphraseRequest) -> (),
        Nobody, Quiet("setup.passphrase"), provides [], stales [Setup];
    /// Gives an administrator a new password by the recovery phrase.
    "setup.recover": create::recover, (RecoverRequest) -> (),
        Nobody, Write("setup.recover"), provides [], stales [Setup];
    /// Lists the backups in a folder.
    "setup.find_backups": restore::find, (FindBackupsRequest) -> Vec<SnapshotView>,
        Nobody, Quiet("setup.find_backups"), provides [], stales [];
    /// Brings a backup back, in the background; what was here is kept aside.
    "setup.restore": restore::start, (RestoreRequest) -> RestoreStateView,
        Nobody, Write("setup.restore"), provides [], stales [Setup];
    /// Shows how far a restore has come, or how it ended.
    "setup.restore_state": restore::state, (()) -> RestoreStateView,
        Nobody, Quiet("setup.restore_state"), provides [], stales [];
    /// Stops a restore; the record stays as it is.
    "setup.cancel_restore": restore::cancel, (()) -> RestoreStateView,
        Nobody, Quiet("setup.cancel_restore"), provides [], stales [];
}
