//! The assistant: answers that rest on passages, or none.
//!
//! - [`Guide`]: the user guide, inside the program, and which of its passages a question is about;
//! - [`Index`]: the same for any other texts, such as the records of one patient;
//! - [`Ask`]: question and passages as a request to an engine. The engine gets nothing else and can ask
//!   for nothing: there are no tools that it could call;
//! - [`Reader`]: reads the engine's words as they come and lets through only statements that say which
//!   passage they rest on, and whose numbers, drugs, sides and negations stand there;
//! - [`asks_for_judgement`]: questions of patients that only a doctor answers.
//!
//! Without an engine the passages themselves are the answer, word for word.

mod answer;
mod ask;
mod guide;
mod judgement;
mod rank;
mod support;
mod words;

pub use answer::{Doubt, Reader, Statement};
pub use ask::{About, Ask, Given, NOT_FOUND, addresses_a_machine};
pub use guide::{Block, Guide, Kind, Page, Passage, Span, Style};
pub use judgement::{Judgement, asks_for_judgement};
pub use rank::{Hit, Index};
