//! People's access, as an administrator sees and changes it.

use basics::{Secret, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    error::ErrorView,
    session::{Role, SecondFactor},
};

/// How a person's access stands, beside what `users.list` says.
#[derive(Debug, Serialize, TS)]
pub struct AccountStateView {
    /// Who.
    pub user_id: UserId,
    /// Invited until then, and not joined yet.
    pub invited_until: Option<Timestamp>,
    /// Where the invitation can be sent.
    pub invited_email: Option<String>,
    /// Locked out after too many wrong passwords or codes.
    pub locked_out: bool,
    /// What they show beside the password.
    pub second_factor: Option<SecondFactor>,
}

/// Invites a member of staff.
#[derive(Debug, Deserialize, TS)]
pub struct InviteStaffRequest {
    /// Shown name.
    pub name: String,
    /// Sign-in name: 2–64 characters, no white space.
    pub login: String,
    /// Role; a patient's account is made from their chart.
    pub role: Role,
    /// Where the code may be sent.
    pub email: Option<String>,
    /// Sends it there now.
    pub send: bool,
}

/// Gives somebody who has not joined another code.
#[derive(Debug, Deserialize, TS)]
pub struct RenewInvitationRequest {
    /// Who.
    pub id: UserId,
    /// Sends it to the address that the invitation names.
    pub send: bool,
}

/// Names an account.
#[derive(Debug, Deserialize, TS)]
pub struct AccountRequest {
    /// Whose.
    pub id: UserId,
}

/// An invitation with its code, which is shown once.
#[derive(Debug, Serialize, TS)]
pub struct StaffInvitationView {
    /// The account.
    pub user_id: UserId,
    /// Its sign-in name.
    pub login: String,
    /// The code, in four groups.
    pub code: String,
    /// Until when it is good.
    pub expires: Timestamp,
    /// The address that the code was sent to, where the mail server took it.
    pub sent_to: Option<String>,
    /// Why it was not sent.
    pub problem: Option<ErrorView>,
}

/// Where the rotation of the record's keys stands.
#[derive(Debug, Serialize, TS)]
pub struct KeyRotationView {
    /// How often this computer's secret was made anew.
    pub generation: u32,
    /// Accounts whose wrapped key is made anew when their owner next signs in.
    pub waiting: u32,
}

/// Makes this computer's secret anew.
#[derive(Debug, Deserialize, TS)]
pub struct RotateKeysRequest {
    /// The administrator's own password.
    pub password: Secret<String>,
    /// Where the secret lies in a key file under a passphrase: that passphrase, or another.
    pub passphrase: Option<Secret<String>>,
}
