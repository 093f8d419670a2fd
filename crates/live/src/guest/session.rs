//! What a tab keeps while it lives: enough to go on after a reload, and nothing that was said.

use basics::{Phi, Secret};
use protocol::{Bytes, StreamId};
use seal::{
    Key,
    live::{HostPublic, Psk, PskId},
};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// A guest's session. Its keys are secrets of the tab.
#[derive(Clone, Debug)]
pub struct Session {
    pub(super) stream: StreamId,
    pub(super) name: Phi<String>,
    pub(super) epoch: u32,
    pub(super) trusted: Option<Trusted>,
}

/// Whom to trust, and the secret shared with them.
#[derive(Clone, Debug)]
pub(super) struct Trusted {
    pub(super) host: HostPublic,
    pub(super) psk: Psk,
}

#[derive(Serialize, Deserialize)]
struct Written {
    stream: StreamId,
    name: String,
    epoch: u32,
    host: Bytes,
    psk_id: u8,
    psk: Bytes,
}

impl Session {
    pub(super) fn new(stream: StreamId, name: &str, trusted: Option<Trusted>) -> Self {
        Self {
            stream,
            name: Phi::new(name.to_owned()),
            epoch: 0,
            trusted,
        }
    }

    /// As text, to be kept where only the tab reads it; none before there is anything to resume.
    pub fn to_text(&self) -> Option<Secret<String>> {
        let trusted = self.trusted.as_ref()?;
        let written = Written {
            stream: self.stream,
            name: self.name.expose().clone(),
            epoch: self.epoch,
            host: trusted.host.to_bytes().to_vec().into(),
            psk_id: trusted.psk.id as u8,
            psk: trusted.psk.key.expose().to_vec().into(),
        };
        serde_json::to_string(&written).ok().map(Secret::new)
    }

    /// The session that was kept.
    ///
    /// # Errors
    /// [`Error::State`].
    pub fn from_text(text: &str) -> Result<Self> {
        let written: Written = serde_json::from_str(text).map_err(|_| Error::State)?;
        let host = written.host.0.try_into().map_err(|_| Error::State)?;
        let key = Key::from_slice(&written.psk.0).ok_or(Error::State)?;
        let id = match written.psk_id {
            1 => PskId::Link,
            2 => PskId::Spoken,
            3 => PskId::Resume,
            _ => return Err(Error::State),
        };
        let trusted = Trusted {
            host: HostPublic::kept(host),
            psk: Psk { id, key },
        };
        Ok(Self {
            stream: written.stream,
            name: Phi::new(written.name),
            epoch: written.epoch,
            trusted: Some(trusted),
        })
    }
}
