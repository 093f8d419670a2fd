//! Ways in: a door at the relay and the secret that goes with it.

use basics::{InvitationId, Phi, Timestamp};
use protocol::{FromClient, StreamId};
use seal::live::{Greeting, HostKey, JoinLink, Psk, SpokenCode};

use super::{Invitation, Way};
use crate::{Error, Result, due::Due};

/// How long a link's door stands, seconds.
const LINK: i64 = 24 * 3600;
/// How long a spoken code's door stands, seconds.
const SPOKEN: i64 = 5 * 60;

pub(super) struct Door {
    pub(super) id: InvitationId,
    pub(super) lock: Lock,
    pub(super) until: Timestamp,
    made: Timestamp,
    /// Where knocks are told; none until the relay has opened it.
    pub(super) stream: Option<StreamId>,
    /// The last knock that was taken in.
    pub(super) cursor: u64,
    /// The relay will be asked again.
    pub(super) again: Option<Due>,
}

pub(super) enum Lock {
    Link(JoinLink),
    /// The code, until its one try came.
    Spoken(SpokenCode),
    /// A code that was tried.
    Tried(String),
}

impl Door {
    pub(super) fn link(key: &HostKey, now: Timestamp) -> Result<Self> {
        let link = JoinLink::generate(key).map_err(|_| Error::NoRandom)?;
        Ok(Self::new(Lock::Link(link), now, LINK))
    }

    pub(super) fn spoken(now: Timestamp) -> Result<Self> {
        let code = SpokenCode::generate().map_err(|_| Error::NoRandom)?;
        Ok(Self::new(Lock::Spoken(code), now, SPOKEN))
    }

    fn new(lock: Lock, now: Timestamp, seconds: i64) -> Self {
        let until = Timestamp::from_second(now.as_second() + seconds).unwrap_or(Timestamp::MAX);
        let id = InvitationId::new();
        Self {
            id,
            lock,
            until,
            made: now,
            stream: None,
            cursor: 0,
            again: None,
        }
    }

    /// A link's door as it was saved.
    pub(super) fn kept(id: InvitationId, link: JoinLink, until: Timestamp, cursor: u64) -> Self {
        let made = Timestamp::MIN;
        Self {
            id,
            lock: Lock::Link(link),
            until,
            made,
            stream: None,
            cursor,
            again: None,
        }
    }

    pub(super) fn code(&self) -> &str {
        match &self.lock {
            Lock::Link(link) => link.door(),
            Lock::Spoken(code) => code.door(),
            Lock::Tried(door) => door,
        }
    }

    /// Another code for a door that somebody else has. A link's has 128 random bits: nobody has it.
    pub(super) fn another_code(&mut self) -> Result<()> {
        if matches!(self.lock, Lock::Spoken(_)) {
            self.lock = Lock::Spoken(SpokenCode::generate().map_err(|_| Error::NoRandom)?);
        }
        Ok(())
    }

    /// A clock that was set back does not make a code last longer.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        let back = now.as_second() + 60 < self.made.as_second();
        now >= self.until || (back && matches!(self.lock, Lock::Spoken(_)))
    }

    pub(super) fn is_tried(&self) -> bool {
        matches!(self.lock, Lock::Tried(_))
    }

    /// What the hello of one who comes by it is made with, if that is known before the PAKE.
    pub(super) fn psk(&self) -> Option<Psk> {
        match &self.lock {
            Lock::Link(link) => Some(link.psk()),
            _ => None,
        }
    }

    /// Asks the relay for it.
    pub(super) fn open(&self, key: &HostKey, now: Timestamp) -> FromClient {
        let greeting = match &self.lock {
            Lock::Link(_) => Greeting::Link(key.public()),
            _ => Greeting::Spoken,
        };
        let left = self.until.as_second() - now.as_second();
        FromClient::OpenDoor {
            door: self.code().to_owned(),
            greeting: greeting.to_bytes().into(),
            lasts_s: u64::try_from(left).unwrap_or(0).max(1),
        }
    }

    pub(super) fn view(&self, spent: bool) -> Invitation {
        let way = match &self.lock {
            Lock::Link(link) => {
                let path = format!("/j/{}#{}", link.door(), link.to_fragment().expose());
                Way::Link(Phi::new(path))
            }
            Lock::Spoken(code) => Way::Spoken(Phi::new(code.to_say().expose().clone())),
            Lock::Tried(_) => Way::Spoken(Phi::new(String::new())),
        };
        let open = self.stream.is_some() && !self.is_tried();
        Invitation {
            id: self.id,
            way,
            open,
            until: self.until,
            spent: spent || self.is_tried(),
        }
    }
}
