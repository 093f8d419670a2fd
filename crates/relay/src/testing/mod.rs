//! For tests: a small client, and the contract that every log keeps.
