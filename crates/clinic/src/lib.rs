//! The record: encrypted SQLite and vault, access policy, journal.
