//! Why an envelope, link, code or blob is refused. The page knows the same refusals by the same names.

/// A refusal. It tells nothing of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Longer than an envelope or blob may be.
    #[error("too large")]
    TooLarge,
    /// Ends before it is complete.
    #[error("truncated")]
    Truncated,
    /// Of a version that this program does not know.
    #[error("unknown version")]
    UnknownVersion,
    /// Of a kind that this version does not have.
    #[error("unknown kind")]
    UnknownKind,
    /// A kind that does not belong here.
    #[error("wrong kind")]
    WrongKind,
    /// Fields that contradict each other, or padding that is none.
    #[error("malformed")]
    Malformed,
    /// Sealed for another epoch than the channel's.
    #[error("wrong epoch")]
    WrongEpoch,
    /// A hello whose epoch is not higher than every one before.
    #[error("stale epoch")]
    StaleEpoch,
    /// Further behind than the replay window reaches.
    #[error("too old")]
    TooOld,
    /// Opened before.
    #[error("replayed")]
    Replayed,
    /// Wrong key, stream or direction, or changed bytes: they cannot be told apart.
    #[error("does not open")]
    Broken,
    /// No secret is held for what the hello names.
    #[error("unknown secret")]
    UnknownPsk,
    /// Not a point of the curve.
    #[error("not a key")]
    BadKey,
    /// The greeting's key is not the one that the link names.
    #[error("another host than the link names")]
    WrongHost,
    /// Not the rest of a join link.
    #[error("not a join link")]
    BadLink,
    /// Not a greeting that this program knows.
    #[error("not a greeting")]
    BadGreeting,
    /// Not ten digits.
    #[error("not a spoken code")]
    BadCode,
    /// The other side knows another code, or was somebody else.
    #[error("wrong spoken code")]
    WrongCode,
    /// Every counter of the key is used: say hello again.
    #[error("counters used up")]
    Exhausted,
    /// The operating system gives no random numbers.
    #[error("no random numbers")]
    NoRandom,
}

impl Error {
    /// The name shared with the page and the test vectors.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Truncated => "truncated",
            Self::UnknownVersion => "unknown-version",
            Self::UnknownKind => "unknown-kind",
            Self::WrongKind => "wrong-kind",
            Self::Malformed => "malformed",
            Self::WrongEpoch => "wrong-epoch",
            Self::StaleEpoch => "stale-epoch",
            Self::TooOld => "too-old",
            Self::Replayed => "replayed",
            Self::Broken => "broken",
            Self::UnknownPsk => "unknown-psk",
            Self::BadKey => "bad-key",
            Self::WrongHost => "wrong-host",
            Self::BadLink => "bad-link",
            Self::BadGreeting => "bad-greeting",
            Self::BadCode => "bad-code",
            Self::WrongCode => "wrong-code",
            Self::Exhausted => "exhausted",
            Self::NoRandom => "no-random",
        }
    }
}
