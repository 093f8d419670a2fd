//! A relay inside the app, so that phones on the clinic's own network can join without one elsewhere.
//! It can open nothing of what passes through it, as any other relay.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Mutex, MutexGuard, PoisonError},
};

use commands::{Room, RoomError, RoomWanted};
use relay::{Config, RelayError, Running, Tls};
use tauri::async_runtime::block_on;

/// The room, where one is open.
#[derive(Default)]
pub(crate) struct Rooms(Mutex<Option<(Running, Room)>>);

impl Rooms {
    /// Opens it on every address of this machine; an open one stays as it is. Its certificate is its
    /// own, made once, so that a phone asks once.
    pub(crate) fn open(&self, wanted: &RoomWanted) -> Result<Room, RoomError> {
        let mut open = self.lock();
        if let Some((_, room)) = &*open {
            return Ok(room.clone());
        }
        let config = Config {
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, wanted.port.unwrap_or(0))),
            tls: Tls::SelfSigned { names: Vec::new() },
            ..Config::new(&wanted.folder)
        };
        let running = block_on(relay::start(config)).map_err(reason)?;
        let room = Room {
            url: running.url().to_owned(),
            fingerprint: running.fingerprint().ok_or(RoomError::Folder)?,
            port: running.address().port(),
            trusted: false,
            workstation: running.enrol_local(wanted.key.expose()).map_err(reason)?,
            relay: running.relay_id(),
        };
        // The relay names an address that others reach, and `localhost` where it has none.
        if room.url.starts_with("https://localhost") {
            return Err(RoomError::NoNetwork);
        }
        *open = Some((running, room.clone()));
        Ok(room)
    }

    /// Closes it in good order: what it acknowledged is on disk, and its port is free afterwards.
    pub(crate) fn close(&self) {
        let open = self.lock().take();
        if let Some((running, _)) = open {
            block_on(running.drain());
        }
    }

    /// The open one.
    pub(crate) fn room(&self) -> Option<Room> {
        self.lock().as_ref().map(|(_, room)| room.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Running, Room)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn reason(error: RelayError) -> RoomError {
    tracing::error!(%error, "the room did not open");
    match error {
        RelayError::Listen(..) => RoomError::Port,
        _ => RoomError::Folder,
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    /// A public key (RFC 8032, section 5.1: the base point); the relay takes no bytes that are none.
    const KEY: [u8; 32] = {
        let mut key = [0x66; 32];
        key[0] = 0x58;
        key
    };

    /// Whether nobody answers there soon. A port that the system hands out may also be drawn for the
    /// question itself, which then reaches its own end.
    fn falls_silent(here: SocketAddr) -> bool {
        (0..100).any(|_| match TcpStream::connect(here) {
            Err(_) => true,
            Ok(line) => {
                let own_end = line.local_addr().ok() == line.peer_addr().ok();
                std::thread::sleep(std::time::Duration::from_millis(50));
                own_end
            }
        })
    }

    #[test]
    fn a_room_opens_once_closes_and_opens_again_as_the_same() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let rooms = Rooms::default();
        let wanted = |port| RoomWanted {
            folder: folder.path().join("room"),
            port,
            key: KEY.into(),
        };
        let room = match rooms.open(&wanted(None)) {
            Err(RoomError::NoNetwork) => {
                eprintln!("not run: this machine is on no network");
                return Ok(());
            }
            room => room.map_err(std::io::Error::other)?,
        };
        assert_eq!(rooms.open(&wanted(None)), Ok(room.clone()));
        let taken = Rooms::default().open(&RoomWanted {
            folder: folder.path().join("other"),
            ..wanted(Some(room.port))
        });
        assert_eq!(taken, Err(RoomError::Port));
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, room.port));
        TcpStream::connect(here)?;
        rooms.close();
        assert!(rooms.room().is_none() && falls_silent(here));
        // Links of before stay good: address, certificate and ids are the same.
        assert_eq!(rooms.open(&wanted(Some(room.port))), Ok(room));
        Ok(())
    }
}
