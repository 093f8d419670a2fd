//! What the record holds, one file for each kind of thing.

pub mod consultations;
pub mod deliveries;
pub mod engines;
pub mod macros;
pub mod marks;
pub mod notes;
pub mod patients;
pub mod phrases;
pub mod readings;
pub mod reports;
pub mod scans;
pub mod search;
pub mod secrets;
pub mod services;
pub mod settings;
pub(crate) mod sql;
pub mod users;
pub mod verdicts;
pub(crate) mod words;
pub mod worklist;
