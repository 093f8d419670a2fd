//! What a reader finds on the pages, asked of Poppler: the text read back, the picture of each page
//! beside a golden one.

#![allow(clippy::unwrap_used)]

mod goldens;
mod reader;
mod text;
