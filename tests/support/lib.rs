//! What every story shares.
