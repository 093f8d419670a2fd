#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(target_os = "linux")]
mod logind;

/// What happens to the machine or the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The machine is about to sleep; it waits until the callback has returned.
    Sleep,
    /// The person locked the desktop.
    Lock,
}

/// Where to listen.
#[derive(Clone, Debug)]
pub enum Bus {
    /// The system's own.
    System,
    /// Another, and the session there that is ours; for tests.
    At {
        /// D-Bus address.
        address: String,
        /// Id of the session.
        session: String,
    },
}

/// Listens until the program ends, in a thread of its own.
pub fn watch(bus: Bus, told: impl Fn(Sign) + Send + 'static) {
    let started = std::thread::Builder::new()
        .name("vigil".into())
        .spawn(move || listen(&bus, &told));
    if let Err(error) = started {
        tracing::warn!(%error, "nobody listens for sleep and lock");
    }
}

#[cfg(target_os = "linux")]
fn listen(bus: &Bus, told: &dyn Fn(Sign)) {
    logind::listen(bus, told);
}

#[cfg(not(target_os = "linux"))]
fn listen(_bus: &Bus, _told: &dyn Fn(Sign)) {
    tracing::info!("sleep and lock are not listened for on this system");
}
