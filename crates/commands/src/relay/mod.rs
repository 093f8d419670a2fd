//! The relay that joins phones to this workstation: one elsewhere, or a room inside this app.

mod act;
mod destination;
mod types;

pub(crate) use destination::{Destination, Place};
pub use types::*;

use crate::table::commands;

commands! {
    /// Shows which relay joins phones to this workstation.
    "relay.view": act::view, (()) -> RelayView,
        SignedIn, Quiet("relay.view"), provides [Relay], stales [];
    /// Introduces this workstation to a relay.
    "relay.enrol": act::enrol, (EnrolRequest) -> RelayView,
        Permission(May::ManageSettings), Write("relay.enrol"), provides [], stales [Relay];
    /// Forgets the relay and this workstation's key for it.
    "relay.forget": act::forget, (()) -> RelayView,
        Permission(May::ManageSettings), Write("relay.forget"), provides [], stales [Relay];
    /// Goes the whole way to the relay and says what failed.
    "relay.test": act::test, (()) -> RelayTestView,
        Permission(May::ManageSettings), Quiet("relay.test"), provides [], stales [];
    /// Opens a room inside this app, for phones on this network.
    "relay.open_room": act::open_room, (()) -> RelayView,
        Permission(May::HostConsultations), Write("relay.open_room"), provides [], stales [Relay];
    /// Closes the room.
    "relay.close_room": act::close_room, (()) -> RelayView,
        Permission(May::HostConsultations), Write("relay.close_room"), provides [], stales [Relay];
}
