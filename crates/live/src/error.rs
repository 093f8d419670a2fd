//! What can go wrong on the way to a relay and in a consultation; no person's data, no key.

use std::collections::BTreeMap;

use basics::{Code, Coded};

/// The result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address is none, or plain HTTP to another machine.
    #[error("not an address of a relay")]
    Address,
    /// Nobody answers there.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// The certificate is not one that this machine trusts.
    #[error("the relay's certificate is not trusted")]
    CertificateNotTrusted,
    /// The certificate is not the one that was pinned.
    #[error("the relay's certificate is not the pinned one")]
    CertificateChanged,
    /// The certificate has ended or not begun, or this machine's clock is wrong.
    #[error("the relay's certificate is out of date, or the clock is wrong")]
    CertificateOutOfDate,
    /// Something answers that is no relay.
    #[error("no relay answers at this address")]
    NotARelay,
    /// The enrolment code is wrong or was used.
    #[error("the enrolment code does not work")]
    WrongCode,
    /// This workstation is not, or no longer, enrolled there; or a guest's token ended.
    #[error("the relay does not accept the token")]
    NotEnrolled,
    /// The relay speaks another version.
    #[error("the relay speaks another version")]
    Version,
    /// The relay is stopping or starting again.
    #[error("the relay is stopping")]
    Draining,
    /// The relay's disk is full or failing.
    #[error("the relay cannot store anything")]
    RelayFull,
    /// Too many requests.
    #[error("too many requests")]
    TooMany {
        /// Wait so long.
        seconds: u64,
    },
    /// A sound or message beyond the limit.
    #[error("too large")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The door, stream or sound is not there, or not any more.
    #[error("not at the relay")]
    NotFound,
    /// A sound does not open: other bytes than were sealed.
    #[error("the sound does not open")]
    Unopenable,
    /// Nobody of this id waits or takes part.
    #[error("no such person here")]
    NoSuchPerson,
    /// The phone has not answered yet, so there is nothing to compare.
    #[error("the code was not compared yet")]
    NotComparedYet,
    /// The consultation is over.
    #[error("the consultation is over")]
    Over,
    /// Too many ways in at once.
    #[error("too many invitations")]
    TooManyInvitations {
        /// How many may stand.
        limit: usize,
    },
    /// A saved state that cannot be read.
    #[error("the saved state cannot be read")]
    State,
    /// The operating system gives no random numbers.
    #[error("no random numbers")]
    NoRandom,
}

impl Error {
    /// Whether another try may well succeed: the way was bad, not what was sent.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Draining | Self::RelayFull | Self::TooMany { .. }
        )
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Address | Self::NotARelay => Code::Invalid,
            Self::Unreachable | Self::Draining | Self::RelayFull => Code::Busy,
            Self::CertificateNotTrusted
            | Self::CertificateChanged
            | Self::CertificateOutOfDate
            | Self::WrongCode
            | Self::NotEnrolled
            | Self::Version => Code::Forbidden,
            Self::TooMany { .. } => Code::TooManyTries,
            Self::TooLarge { .. } | Self::TooManyInvitations { .. } => Code::TooLarge,
            Self::NotFound | Self::NoSuchPerson => Code::NotFound,
            Self::Unopenable => Code::Unreadable,
            Self::NotComparedYet | Self::Over => Code::Conflict,
            Self::State => Code::Damaged,
            Self::NoRandom => Code::Internal,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Address => "live-address",
            Self::Unreachable => "live-unreachable",
            Self::CertificateNotTrusted => "live-certificate-not-trusted",
            Self::CertificateChanged => "live-certificate-changed",
            Self::CertificateOutOfDate => "live-certificate-out-of-date",
            Self::NotARelay => "live-not-a-relay",
            Self::WrongCode => "live-wrong-code",
            Self::NotEnrolled => "live-not-enrolled",
            Self::Version => "live-version",
            Self::Draining => "live-draining",
            Self::RelayFull => "live-relay-full",
            Self::TooMany { .. } => "live-too-many",
            Self::TooLarge { .. } => "live-too-large",
            Self::NotFound => "live-not-found",
            Self::Unopenable => "live-unopenable",
            Self::NoSuchPerson => "live-no-such-person",
            Self::NotComparedYet => "live-not-compared-yet",
            Self::Over => "live-over",
            Self::TooManyInvitations { .. } => "live-too-many-invitations",
            Self::State => "live-state",
            Self::NoRandom => "live-no-random",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::TooMany { seconds } => BTreeMap::from([("seconds", seconds.to_string())]),
            Self::TooLarge { limit } => BTreeMap::from([("limit", limit.to_string())]),
            Self::TooManyInvitations { limit } => BTreeMap::from([("limit", limit.to_string())]),
            _ => BTreeMap::new(),
        }
    }
}
