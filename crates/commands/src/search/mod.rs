//! Search: over what was said, signed notes and signed reports, by word and by meaning.

mod find;
mod keep;
mod types;
mod views;

pub(crate) use keep::{Keeper, rest, take_up};
pub use types::*;

use crate::table::commands;

commands! {
    /// Finds what holds all the words, newest first.
    "search.page": find::page, (SearchRequest) -> SearchPage,
        Permission(May::SearchRecords), Read("search.page"), provides [Messages, Reports, Chart], stales [];
    /// Finds what means much the same as the words, nearest first; the words go to the engine that is set.
    "search.meaning": find::meaning, (SearchMeaningRequest) -> Vec<SearchRow>,
        Permission(May::SearchRecords), Read("search.meaning"), provides [Messages, Reports, Chart], stales [];
    /// Tells how far the index has come, and whether there is a search by meaning.
    "search.state": find::state, (()) -> SearchStateView,
        Permission(May::SearchRecords), Quiet("search.state"), provides [Engine], stales [];
}
