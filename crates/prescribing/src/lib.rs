#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod amount;
mod check;
mod error;
mod form;
mod frequency;
mod measure;
mod names;
mod order;
mod parse;
mod table;
mod writing;

pub use amount::Amount;
pub use check::{Allergic, Checked, Current, Known, Prescribed, Warning, WarningKind, check};
pub use error::{Error, Fault, Faults, Rule};
pub use form::{Form, FormView, Piece, Route};
pub use frequency::{Duration, DurationUnit, Frequency};
pub use measure::{Counted, Measure, Per, Strength, Unit};
pub use order::{AsNeeded, AsNeededForm, Order, OrderForm};
pub use table::{About, Level, Source, Suggestion, Table, table};
