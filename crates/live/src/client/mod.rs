//! The way to a relay: HTTP for enrolment, sounds and files, one socket for everything else.
//!
//! ```no_run
//! # async fn example(address: &str, code: &str) -> live::Result<()> {
//! use live::client::{Event, Pass, Relay, Socket, Trust, WorkstationKey};
//!
//! let relay = Relay::new(address, Trust::Platform)?;
//! let key = WorkstationKey::generate()?;
//! let enrolment = relay.enrol(code, &key, "Consulting room 2").await?;
//! let (socket, mut events) = Socket::open(relay, Pass::Workstation(key, enrolment));
//! while let Some(event) = events.recv().await {
//!     match event {
//!         Event::Connected(line) => { /* host.connected(now), then its effects go out on the line */ }
//!         Event::Frame(frame) => { /* host.frame(&frame, now) */ }
//!         Event::Disconnected(error) => { /* host.disconnected() */ }
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod blobs;
mod http;
mod pass;
mod socket;
mod tls;

pub use blobs::Progress;
pub use http::Relay;
pub use pass::{Enrolment, Pass, WorkstationKey};
pub use socket::{Event, Line, Socket};
pub use tls::Trust;
