//! Signing in and out, locking, preferences.

mod act;
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
    /// Unlocks this window.
    "session.unlock": act::unlock, (UnlockRequest) -> SessionView,
        Nobody, Write("session.unlock"), provides [], stales [Session];
    /// Signs the person out.
    "session.sign_out": act::sign_out, (()) -> (),
        SignedIn, Write("session.sign_out"), provides [], stales [Session];
    /// Changes one's own password.
    "session.change_password": act::change_password, (ChangePasswordRequest) -> (),
        SignedIn, Write("session.change_password"), provides [], stales [Session];
    /// Keeps one's own preferences.
    "session.save_preferences": act::save_preferences, (Preferences) -> (),
        SignedIn, Write("session.save_preferences"), provides [], stales [Session];
}
