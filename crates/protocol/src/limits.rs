//! Sizes, counts and lifetimes that both ends keep.

use std::time::Duration;

/// Bytes of one envelope.
pub const ENVELOPE: usize = 64 * 1024;
/// Bytes of one text frame: an envelope in base64url and its wrapping.
pub const FRAME: usize = 96 * 1024;
/// Bytes of one blob.
pub const BLOB: usize = 16 * 1024 * 1024;
/// Bytes of a door's greeting.
pub const GREETING: usize = 256;
/// Envelopes that a guest may leave before being admitted.
pub const KNOCK_ENVELOPES: u32 = 64;
/// Guests that may stand at one door at once.
pub const KNOCKS: u32 = 16;
/// Characters of a door's code.
pub const DOOR: std::ops::RangeInclusive<usize> = 4..=32;
/// How long a door or an idle stream lasts at most.
pub const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long a workstation's token lasts at most.
pub const TOKEN: Duration = Duration::from_secs(5 * 60);
/// How long a guest's token lasts without being renewed.
pub const GUEST_TOKEN: Duration = Duration::from_secs(2 * 3600);
/// How long a connection may stay silent before its first frame.
pub const HELLO: Duration = Duration::from_secs(10);
