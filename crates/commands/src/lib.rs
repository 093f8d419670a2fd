#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod accounts;
pub mod assist;
pub mod backup;
pub mod bindings;
pub mod break_glass;
pub mod clinic;
pub mod delivery;
mod describe;
mod dispatch;
mod error;
pub mod export;
pub mod feedback;
pub mod home;
mod host;
pub mod imaging;
pub mod journal;
mod keychain;
pub mod language;
pub mod live;
pub mod notes;
mod outside;
pub mod own;
pub mod phrases;
mod pictures;
pub mod prescriptions;
pub mod reading;
pub mod relay;
pub mod reports;
pub mod search;
mod serve;
pub mod session;
pub mod settings;
pub mod setup;
pub mod statistics;
pub mod table;
pub mod tools;
pub mod users;
mod views;
mod workstation;

pub use describe::{RowView, TagsView, describe};
pub use error::{CommandError, ErrorView};
pub use host::{Host, Options, Room, RoomError, RoomWanted, Silent};
pub use serve::Served;
pub use workstation::Workstation;

/// File name of the ONNX Runtime library on this system.
pub fn onnx_library_name() -> &'static str {
    onnx::file_name()
}

/// Call it first thing in `main`, before any thread: it sees to it that no library reports its use.
pub fn prepare_process() {
    onnx::forbid_telemetry();
}
