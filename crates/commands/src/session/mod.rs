//! Signing in and out, locking, preferences.

mod act;
mod own;
mod types;

pub use types::*;

use crate::table::commands;

commands! {
    /// Signs a person in at this window.
    "session.sign_in": act::sign_in, (SignInRequest) -> SessionView,
        Nobody, Write("session.sign_in"), provides [], stales [Session];
    /// Tells who is signed in at this window.
    "session.current": act::current, (()) -> Option<SessionView>,
        Nobody, Quiet("session.current"), provides [Session], stales [];
    /// Says that the person is there, so that the session is renewed.
    "session.touch": act::touch, (()) -> (),
        SignedIn, Quiet("session.touch"), provides [], stales [];
    /// Locks this window.
    "session.lock": act::lock, (()) -> (),
        SignedIn, Write("session.lock"), provides [], stales [Session];
    /// Unlocks this window by the PIN, within a shift.
    "session.unlock_with_pin": act::unlock_with_pin, (PinRequest) -> SessionView,
        Nobody, Write("session.unlock_with_pin"), provides [], stales [Session];
    /// Joins by an invitation's code and chooses a password.
    "session.join": act::join, (JoinRequest) -> (),
        Nobody, Write("accounts.join"), provides [], stales [Users];
    /// Tells how good a password is, and what would make it better.
    "session.password_strength": act::strength, (PasswordStrengthRequest) -> PasswordStrengthView,
        Nobody, Quiet("session.password_strength"), provides [], stales [];
    /// Tells who else is signed in on this workstation, at windows behind this one.
    "session.people": act::people, (()) -> Vec<SomebodyHereView>,
        Nobody, Quiet("session.people"), provides [Session], stales [];
    /// Unlocks this window.
    "session.unlock": act::unlock, (UnlockRequest) -> SessionView,
        Nobody, Write("session.unlock"), provides [], stales [Session];
    /// Signs the person out.
    "session.sign_out": act::sign_out, (()) -> (),
        SignedIn, Write("session.sign_out"), provides [], stales [Session];
    /// Changes one's own password.
    "session.change_password": act::change_password, (ChangePasswordRequest) -> (),
        SignedIn, Write("session.change_password"), provides [], stales [Session];
    /// Shows one's own account: second factor, recovery codes, PIN, signed-in windows.
    "session.account": own::account, (()) -> OwnAccountView,
        SignedIn, Quiet("session.account"), provides [Session], stales [];
    /// Begins to set up an authenticator app.
    "session.begin_authenticator": own::begin_authenticator, (PasswordRequest) -> AuthenticatorView,
        SignedIn, Quiet("session.begin_authenticator"), provides [], stales [];
    /// Begins to set up codes by e-mail: sends the first.
    "session.begin_email_codes": own::begin_email_codes, (BeginEmailCodesRequest) -> (),
        SignedIn, Quiet("session.begin_email_codes"), provides [], stales [];
    /// Turns on the second factor that was begun, by a code, and shows the recovery codes, once.
    "session.confirm_factor": own::confirm_factor, (CodeRequest) -> RecoveryCodesView,
        SignedIn, Write("session.confirm_factor"), provides [], stales [Session, Users];
    /// Turns one's own second factor off.
    "session.remove_factor": own::remove_factor, (PasswordRequest) -> (),
        SignedIn, Write("session.remove_factor"), provides [], stales [Session, Users];
    /// Makes ten new recovery codes and shows them, once.
    "session.renew_codes": own::renew_codes, (PasswordRequest) -> RecoveryCodesView,
        SignedIn, Write("session.renew_codes"), provides [], stales [Session];
    /// Sets one's own PIN.
    "session.set_pin": own::set_pin, (SetPinRequest) -> (),
        SignedIn, Write("session.set_pin"), provides [], stales [Session];
    /// Takes one's own PIN away.
    "session.remove_pin": own::remove_pin, (()) -> (),
        SignedIn, Write("session.remove_pin"), provides [], stales [Session];
    /// Signs one's other window out.
    "session.end_window": own::end_window, (EndWindowRequest) -> (),
        SignedIn, Write("session.end_window"), provides [], stales [Session];
    /// Keeps one's own preferences.
    "session.save_preferences": act::save_preferences, (Preferences) -> (),
        SignedIn, Write("session.save_preferences"), provides [], stales [Session];
}
