#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod batch;
mod card;
mod error;
mod facts;
mod gate;
mod input;
mod measure;
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
pub use measure::{
    Area, Contour, Measure, Measured, Member, Missing, Part, Ratio, Series, Unit, Value,
};
pub use outcome::{
    Answer, Assessed, Band, Finding, GateVerdict, Grid, Kind, Millis, ModelRef, Outcome, Quality,
    Reason,
};
pub use queue::{AnyError, Job, Loaded, Progress, Queue};
pub use reader::Reader;
pub use shelf::{Shelf, Shelved, State};
