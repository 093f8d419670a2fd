//! What a person can do, one file per story. One binary, because linking is what takes the time.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod bad_input;
mod consultation;
mod consultation_engine;
mod consultation_faults;
mod consultation_report;
mod consultation_voice;
mod delivery;
mod delivery_faults;
mod demo_clinic;
mod first_reading;
mod hostile_text;
mod identity;
mod phrases;
mod privacy;
mod reports;
mod reports_fhir;
mod reports_seen;
mod reports_states;
mod roles;
mod screening;
mod session;
