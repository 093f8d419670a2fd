//! A person's own access: invitation, second factor, recovery codes, PIN, and what an administrator does for those who
//! are locked out. Passwords themselves are in [`crate::keys`], sessions in `crate::session`.

mod codes;
mod factor;
mod invitation;
pub(crate) mod mail;
pub(crate) mod pin;
mod rotation;
mod state;
mod totp;

pub(crate) use codes::Mailed;
pub use codes::RECOVERY_CODES;
pub use factor::{Challenge, RecoveryCodes, SecondFactor, SignIn};
pub(crate) use factor::{NewFactor, clear as clear_factor};
pub(crate) use invitation::is_pending as invitation_is_pending;
pub use invitation::{Invitation, NewInvitation};
pub use mail::{Letter, MailWay};
pub use pin::PIN;
pub use rotation::Rotation;
pub(crate) use rotation::{before_device, drop_before, settle as settle_rotation};
pub use state::{AccountState, OwnAccount, OwnWindow};
pub use totp::NewAuthenticator;

/// Nothing of a removed person's access stays: invitation, second factor, recovery codes, PIN.
pub(crate) fn forget(db: &rusqlite::Connection, user: basics::UserId) -> crate::Result<()> {
    clear_factor(db, user)?;
    pin::remove(db, user)?;
    let sql = "DELETE FROM staff_invitations WHERE user = (SELECT key FROM users WHERE id = ?1)";
    db.execute(sql, [user.as_bytes()])?;
    Ok(())
}
