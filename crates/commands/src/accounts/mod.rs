//! People's access: invitations, locked-out accounts, lost second factors, the record's keys.

mod act;
pub(crate) mod letters;
mod types;

pub use types::*;

use crate::table::commands;

commands! {
    /// Shows how everybody's access stands: invited, locked out, second factor.
    "accounts.states": act::states, (()) -> Vec<AccountStateView>,
        Permission(May::ManageUsers), Read("accounts.states"), provides [Users], stales [];
    /// Invites a member of staff by a one-time code, shown once and sent where a mail server is set.
    "accounts.invite": act::invite, (InviteStaffRequest) -> StaffInvitationView,
        Permission(May::ManageUsers), Write("accounts.invite"), provides [], stales [Users];
    /// Gives somebody who has not joined another code.
    "accounts.renew_invitation": act::renew, (RenewInvitationRequest) -> StaffInvitationView,
        Permission(May::ManageUsers), Write("accounts.renew_invitation"), provides [], stales [Users];
    /// Takes an invitation back.
    "accounts.withdraw_invitation": act::withdraw, (AccountRequest) -> (),
        Permission(May::ManageUsers), Write("accounts.withdraw_invitation"), provides [], stales [Users];
    /// Lets somebody who was locked out try again.
    "accounts.unlock": act::unlock, (AccountRequest) -> (),
        Permission(May::ManageUsers), Write("accounts.unlock"), provides [], stales [Users];
    /// Takes away the second factor of somebody who lost it.
    "accounts.remove_second_factor": act::remove_factor, (AccountRequest) -> (),
        Permission(May::ManageUsers), Write("accounts.remove_second_factor"), provides [], stales [Users];
    /// Shows where the rotation of the record's keys stands.
    "accounts.key_rotation": act::rotation, (()) -> KeyRotationView,
        Permission(May::ManageSettings), Read("accounts.key_rotation"), provides [Settings], stales [];
    /// Makes this computer's secret anew, and with it everybody's wrapped key.
    "accounts.rotate_keys": act::rotate, (RotateKeysRequest) -> KeyRotationView,
        Permission(May::ManageSettings), Write("settings.rotate_keys"), provides [], stales [Settings];
}
