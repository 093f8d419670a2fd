//! Errors at the edge: a code, the id of a sentence, and what fills its places.

use std::collections::BTreeMap;

use basics::{Code, Coded};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error as the user interface gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErrorView {
    /// What sort of failure it is.
    pub code: Code,
    /// Key of the sentence in the catalogue.
    pub message_id: String,
    /// What fills its places; never a person's data.
    pub args: BTreeMap<String, String>,
}

impl ErrorView {
    /// The view of any error of the house.
    pub fn of(error: &dyn Coded) -> Self {
        Self {
            code: error.code(),
            message_id: error.message_id().into(),
            args: error.args().into_iter().map(|(key, value)| (key.into(), value)).collect(),
        }
    }
}

impl<E: Coded> From<E> for ErrorView {
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}
