//! Model packs: what is on the shelf, what its card says, what is switched on.

use super::{CardView, EnableModelRequest, ModelRequest, ModelView};
use crate::table::commands;

commands! {
    /// Lists the model packs.
    "models.list": list, (()) -> Vec<ModelView>,
        SignedIn, Quiet("models.list"), provides [Models], stales [];
    /// Shows a pack's card.
    "models.card": card, (ModelRequest) -> CardView,
        SignedIn, Quiet("models.card"), provides [Models], stales [];
    /// Switches a pack on or off; a research licence must be accepted.
    "models.enable": enable, (EnableModelRequest) -> ModelView,
        Permission(May::ManageSettings), Write("models.enable"),
        provides [], stales [Models, Setup, Scan];
}
