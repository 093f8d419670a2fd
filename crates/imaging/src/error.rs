//! What can be wrong with a picture, each by name; nothing here holds a person's data.

use std::collections::BTreeMap;

use basics::{Code, Coded};

/// Why a picture cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refuses to read the file.
    #[error("cannot read the file: {0}")]
    Io(std::io::ErrorKind),
    /// Zero bytes.
    #[error("the file is empty")]
    Empty,
    /// Neither DICOM, PNG, JPEG nor TIFF by its content.
    #[error("not a DICOM, PNG, JPEG or TIFF file")]
    UnknownFormat,
    /// The file ends before what its header announces.
    #[error("the file ends inside its {part}")]
    Truncated {
        /// `header` or `pixels`.
        part: &'static str,
    },
    /// The structure contradicts the standard.
    #[error("damaged {format}: {what}")]
    Damaged {
        /// The file format.
        format: &'static str,
        /// What contradicts.
        what: &'static str,
    },
    /// A DICOMDIR lists files and holds no picture.
    #[error("a DICOM directory, which holds no picture")]
    Directory,
    /// A DICOM object without pixels (report, plan, structure set, …).
    #[error("the DICOM object holds no picture")]
    NoPixels,
    /// A DICOM attribute that decoding needs is missing or impossible.
    #[error("attribute {attribute} is missing or impossible")]
    Attribute {
        /// Its keyword.
        attribute: &'static str,
    },
    /// A transfer syntax, photometric interpretation or variant that is not supported.
    #[error("not supported: {what}")]
    Unsupported {
        /// Its name or UID.
        what: String,
    },
    /// The compressed data does not decode.
    #[error("the {codec} data does not decode")]
    Codec {
        /// The codec.
        codec: &'static str,
    },
    /// The file has fewer frames.
    #[error("no frame {frame}: the file has {frames}")]
    NoFrame {
        /// Asked for, from 0.
        frame: u32,
        /// How many there are.
        frames: u32,
    },
    /// A frame is larger than the limit.
    #[error("{pixels} pixels, more than {limit}")]
    TooManyPixels {
        /// Rows × columns.
        pixels: u64,
        /// The limit.
        limit: u64,
    },
    /// All frames together are larger than the limit.
    #[error("{bytes} bytes when decoded, more than {limit}")]
    TooManyBytes {
        /// Bytes of all frames, decoded.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The file is larger than the limit.
    #[error("a file of {bytes} bytes, more than {limit}")]
    FileTooLarge {
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// More frames than the limit.
    #[error("{frames} frames, more than {limit}")]
    TooManyFrames {
        /// Number of Frames.
        frames: u64,
        /// The limit.
        limit: u64,
    },
    /// Decoding took longer than the limit.
    #[error("decoding took longer than {seconds} s")]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// A decoder failed in a way it should not; it was contained.
    #[error("the decoder failed and was stopped")]
    Contained,
    /// The ZIP archive is damaged.
    #[error("damaged ZIP archive")]
    ZipDamaged,
    /// The ZIP entry is sealed with a password.
    #[error("the ZIP entry is sealed with a password")]
    ZipSealed,
    /// The ZIP archive unpacks to more than the limits (a decompression bomb).
    #[error("the ZIP archive exceeds its limit of {limit}")]
    ZipBomb {
        /// `entries`, `ratio`, `bytes` or `nesting`.
        limit: &'static str,
    },
    /// A name may be burned into the pixels, and nobody has looked.
    #[error("identity may be burned into the pixels")]
    MayShowIdentity,
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
}

/// The result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn attribute(attribute: &'static str) -> Self {
        Self::Attribute { attribute }
    }
    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported { what: what.into() }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error.kind())
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        use std::io::ErrorKind;
        match self {
            Self::Io(ErrorKind::NotFound) | Self::NoFrame { .. } => Code::NotFound,
            Self::TooManyPixels { .. }
            | Self::TooManyBytes { .. }
            | Self::FileTooLarge { .. }
            | Self::TooManyFrames { .. }
            | Self::TooSlow { .. }
            | Self::ZipBomb { .. } => Code::TooLarge,
            Self::Cancelled => Code::Cancelled,
            Self::MayShowIdentity => Code::Invalid,
            _ => Code::Unreadable,
        }
    }

    fn message_id(&self) -> &'static str {
        use std::io::ErrorKind;
        match self {
            Self::Io(ErrorKind::NotFound) => "file-not-found",
            Self::Io(ErrorKind::PermissionDenied) => "file-not-permitted",
            Self::Io(_) => "file-not-readable",
            Self::Empty => "image-empty",
            Self::UnknownFormat => "image-unknown-format",
            Self::Truncated { .. } => "image-truncated",
            Self::Damaged { .. } => "image-damaged",
            Self::Directory => "dicom-directory",
            Self::NoPixels => "dicom-no-pixels",
            Self::Attribute { .. } => "dicom-attribute",
            Self::Unsupported { .. } => "image-unsupported",
            Self::Codec { .. } => "image-codec-failed",
            Self::NoFrame { .. } => "image-no-such-frame",
            Self::TooManyPixels { .. } => "image-too-many-pixels",
            Self::TooManyBytes { .. } => "image-too-many-bytes",
            Self::FileTooLarge { .. } => "image-file-too-large",
            Self::TooManyFrames { .. } => "image-too-many-frames",
            Self::TooSlow { .. } => "image-too-slow",
            Self::Contained => "image-decoder-stopped",
            Self::ZipDamaged => "zip-damaged",
            Self::ZipSealed => "zip-sealed",
            Self::ZipBomb { .. } => "zip-over-limit",
            Self::MayShowIdentity => "image-may-show-identity",
            Self::Cancelled => "import-cancelled",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        let mut args = BTreeMap::new();
        match self {
            Self::Truncated { part } => _ = args.insert("part", (*part).into()),
            Self::Damaged { format, what } => {
                args.insert("format", (*format).into());
                args.insert("what", (*what).into());
            }
            Self::Attribute { attribute } => _ = args.insert("attribute", (*attribute).into()),
            Self::Unsupported { what } => _ = args.insert("what", what.clone()),
            Self::Codec { codec } => _ = args.insert("codec", (*codec).into()),
            Self::NoFrame { frame, frames } => {
                args.insert("frame", (u64::from(*frame) + 1).to_string());
                args.insert("frames", frames.to_string());
            }
            Self::TooManyPixels {
                pixels: found,
                limit,
            }
            | Self::TooManyBytes {
                bytes: found,
                limit,
            }
            | Self::FileTooLarge {
                bytes: found,
                limit,
            }
            | Self::TooManyFrames {
                frames: found,
                limit,
            } => {
                args.insert("found", found.to_string());
                args.insert("limit", limit.to_string());
            }
            Self::MayShowIdentity => _ = args.insert("field", "pixels_looked_at".into()),
            Self::TooSlow { seconds } => _ = args.insert("limit", seconds.to_string()),
            Self::ZipBomb { limit } => _ = args.insert("limit", (*limit).into()),
            _ => {}
        }
        args
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, io::ErrorKind};

    use super::*;

    #[test]
    fn every_error_has_a_sentence_whose_places_are_filled() {
        let catalogue: BTreeMap<String, BTreeMap<String, String>> =
            serde_json::from_str(include_str!("../../../assets/i18n/en/errors.imaging.json"))
                .unwrap();
        let all = [
            Error::Io(ErrorKind::NotFound),
            Error::Io(ErrorKind::PermissionDenied),
            Error::Io(ErrorKind::Other),
            Error::Empty,
            Error::UnknownFormat,
            Error::Truncated { part: "pixels" },
            Error::Damaged {
                format: "DICOM",
                what: "it",
            },
            Error::Directory,
            Error::NoPixels,
            Error::attribute("Rows"),
            Error::unsupported("it"),
            Error::Codec { codec: "RLE" },
            Error::NoFrame {
                frame: 1,
                frames: 1,
            },
            Error::TooManyPixels {
                pixels: 2,
                limit: 1,
            },
            Error::TooManyBytes { bytes: 2, limit: 1 },
            Error::FileTooLarge { bytes: 2, limit: 1 },
            Error::TooManyFrames {
                frames: 2,
                limit: 1,
            },
            Error::TooSlow { seconds: 1 },
            Error::Contained,
            Error::ZipDamaged,
            Error::ZipSealed,
            Error::ZipBomb { limit: "ratio" },
            Error::MayShowIdentity,
            Error::Cancelled,
        ];
        for error in &all {
            let sentence = &catalogue[error.message_id()];
            let text = format!("{} {}", sentence["title"], sentence["advice"]);
            let places: BTreeSet<&str> = text
                .split("{{")
                .skip(1)
                .filter_map(|rest| rest.split("}}").next())
                .collect();
            let args = error.args();
            assert!(
                places.iter().all(|place| args.contains_key(place)),
                "{error}: {places:?}"
            );
        }
        let used: BTreeSet<&str> = all.iter().map(Error::message_id).collect();
        assert_eq!(used, catalogue.keys().map(String::as_str).collect());
    }
}
