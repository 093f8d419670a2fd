//! What can be wrong with a microphone or a sound, each by name; nothing here holds what was said.

use std::collections::BTreeMap;

use basics::{Code, Coded};

/// Why a sound cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no microphone, or not the one that was named.
    #[error("no microphone")]
    NoMicrophone,
    /// Another program has it.
    #[error("the microphone is in use")]
    Busy,
    /// The operating system does not let this program listen.
    #[error("this program may not use the microphone")]
    NotAllowed,
    /// It went away, or fell silent, while it was recording; what was said until then is kept.
    #[error("the microphone went away")]
    Unplugged,
    /// Eight minutes are full; they are kept.
    #[error("the recording reached its limit")]
    Full,
    /// The microphone speaks no format that is understood, or the sound system failed.
    #[error("the sound system failed: {0}")]
    Failed(&'static str),
    /// Nothing was said at all.
    #[error("the sound is empty")]
    Empty,
    /// The bytes are no WAV file.
    #[error("not a WAV file")]
    NotWav,
    /// A WAV file of another rate, width or number of channels.
    #[error("not 16 kHz, one channel, 16 bit: {what}")]
    WrongFormat {
        /// `rate`, `channels` or `bits`.
        what: &'static str,
    },
    /// Longer than eight minutes.
    #[error("the sound is longer than eight minutes")]
    TooLong,
    /// Speech cannot be told from noise: the runtime or the model does not work.
    #[error("speech cannot be found: {0}")]
    Detector(#[from] onnx::Error),
}

/// The crate's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::NoMicrophone | Self::Unplugged => Code::NotFound,
            Self::Busy => Code::Busy,
            Self::NotAllowed => Code::Forbidden,
            Self::Full | Self::TooLong => Code::TooLarge,
            Self::Empty => Code::Invalid,
            Self::NotWav | Self::WrongFormat { .. } => Code::Unreadable,
            Self::Failed(_) => Code::Internal,
            Self::Detector(_) => Code::ModelUnavailable,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::NoMicrophone => "voice-no-microphone",
            Self::Busy => "voice-busy",
            Self::NotAllowed => "voice-not-allowed",
            Self::Unplugged => "voice-unplugged",
            Self::Full => "voice-full",
            Self::Failed(_) => "voice-failed",
            Self::Empty => "voice-empty",
            Self::NotWav => "voice-not-wav",
            Self::WrongFormat { .. } => "voice-wrong-format",
            Self::TooLong => "voice-too-long",
            Self::Detector(_) => "voice-no-detector",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::WrongFormat { what } => BTreeMap::from([("what", (*what).into())]),
            Self::Full | Self::TooLong => BTreeMap::from([("minutes", "8".into())]),
            _ => BTreeMap::new(),
        }
    }
}

impl From<cpal::Error> for Error {
    fn from(error: cpal::Error) -> Self {
        use cpal::ErrorKind;
        match error.kind() {
            ErrorKind::DeviceBusy => Self::Busy,
            ErrorKind::PermissionDenied => Self::NotAllowed,
            ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => Self::NoMicrophone,
            ErrorKind::UnsupportedConfig | ErrorKind::UnsupportedOperation => {
                Self::Failed("no format in common")
            }
            ErrorKind::ResourceExhausted => Self::Failed("out of resources"),
            _ => Self::Failed("the driver"),
        }
    }
}
