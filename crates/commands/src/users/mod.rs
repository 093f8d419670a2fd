//! What an administrator does with accounts beside making them (`clinic`) and inviting people.

mod act;
mod types;

pub use types::*;

use crate::{clinic::UserView, table::commands};

commands! {
    /// Gives a member of staff another role.
    "users.set_role": act::set_role, (SetUserRoleRequest) -> UserView,
        Permission(May::ManageUsers), Write("users.set_role"), provides [], stales [Users];
    /// Takes an account away for good; what the person did keeps their name.
    "users.remove": act::remove, (UserRequest) -> UserView,
        Permission(May::ManageUsers), Write("users.remove"), provides [], stales [Users, Phrases];
    /// Ends every session of a person.
    "users.end_sessions": act::end_sessions, (UserRequest) -> (),
        Permission(May::ManageUsers), Write("users.end_sessions"), provides [], stales [Users];
    /// Tells who is signed in on this workstation, at which window.
    "users.signed_in": act::signed_in, (()) -> Vec<SignedInView>,
        Permission(May::ManageUsers), Quiet("users.signed_in"), provides [Users, Session], stales [];
    /// Tells what a person would leave behind.
    "users.duties": act::duties, (UserRequest) -> DutiesView,
        Permission(May::ManageUsers), Quiet("users.duties"), provides [Users], stales [];
}
