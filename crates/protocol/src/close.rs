//! Codes with which the relay closes a socket (RFC 6455, section 7.4).

/// The relay stops or restarts: connect again in a moment.
pub const GOING_AWAY: u16 = 1001;
/// A frame that cannot be read.
pub const UNREADABLE: u16 = 1007;
/// A frame beyond [`crate::limits::FRAME`].
pub const TOO_BIG: u16 = 1009;
/// The token is wrong, expired, revoked, or its stream was closed.
pub const TOKEN: u16 = 4001;
/// This version is not spoken here.
pub const VERSION: u16 = 4002;
/// The client did not read what waited for it: connect again and go on from the cursor.
pub const SLOW: u16 = 4003;
/// Neither a first frame in time nor an answer to a ping.
pub const SILENT: u16 = 4004;
/// This token has too many sockets.
pub const CROWDED: u16 = 4005;
