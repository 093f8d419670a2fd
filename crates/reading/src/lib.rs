//! Model cards, the gate, one ONNX run for probabilities and maps, calibration, abstention.
//!
//! A model is a folder with a card ([`Card`]); the [`Shelf`] lists the folders and says which can be
//! used. A [`Reader`] asks the gate what kind of scan it sees and only then the pack that reads that
//! kind; its [`Outcome`] is either probabilities with the map of every class, or *not assessed* with
//! a [`Reason`], and then no probability is in it at all. A [`Queue`] does this behind a screen,
//! [`batch`] for a folder of files. All of it is decision support, not for diagnosis without review
//! by a clinician.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod batch;
mod card;
mod error;
mod facts;
mod gate;
mod input;
mod outcome;
mod pack;
mod queue;
mod reader;
mod shelf;

pub use batch::{BatchOptions, Screened, batch, screen};
pub use card::{
    Calibration, Card, Golden, Label, Metric, ModelFile, Outlier, Role, Source, Training,
};
pub use error::{Error, Result};
pub use facts::Facts;
pub use input::{Film, squash};
pub use outcome::{
    Answer, Assessed, Band, Finding, GateVerdict, Grid, Kind, Millis, ModelRef, Outcome, Quality,
    Reason,
};
pub use queue::{AnyError, Job, Loaded, Progress, Queue};
pub use reader::Reader;
pub use shelf::{Shelf, Shelved, State};
