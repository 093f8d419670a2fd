//! Transfer syntaxes: what is known of each, and which of our decoders takes it.

use dicom_transfer_syntax_registry::{TransferSyntaxIndex, TransferSyntaxRegistry};

use super::scan::Encoding;
use crate::header::TransferSyntax;

/// How a frame is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    /// Each frame deflated on its own (PS3.5 A.4.12).
    DeflatedFrame,
    Rle,
    Jpeg,
    JpegLs,
    Jpeg2000,
    /// Named, not decoded.
    Unsupported,
}

/// A transfer syntax as far as reading needs it.
#[derive(Clone, Debug)]
pub(crate) struct Syntax {
    pub(crate) named: TransferSyntax,
    pub(super) encoding: Encoding,
    pub(crate) deflated: bool,
    pub(crate) compression: Compression,
}

pub(crate) const IMPLICIT: &str = "1.2.840.10008.1.2";
pub(crate) const EXPLICIT: &str = "1.2.840.10008.1.2.1";
pub(crate) const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
const DEFLATED: &str = "1.2.840.10008.1.2.1.99";

/// Every syntax we decode. UID, compression, what is read.
pub(crate) const DECODED: &[(&str, Compression)] = &[
    (IMPLICIT, Compression::None),
    (EXPLICIT, Compression::None),
    (BIG_ENDIAN, Compression::None),
    (DEFLATED, Compression::None),
    ("1.2.840.10008.1.2.1.98", Compression::None),
    ("1.2.840.10008.1.2.8.1", Compression::DeflatedFrame),
    ("1.2.840.10008.1.2.5", Compression::Rle),
    ("1.2.840.10008.1.2.4.50", Compression::Jpeg),
    ("1.2.840.10008.1.2.4.51", Compression::Jpeg),
    ("1.2.840.10008.1.2.4.57", Compression::Jpeg),
    ("1.2.840.10008.1.2.4.70", Compression::Jpeg),
    ("1.2.840.10008.1.2.4.80", Compression::JpegLs),
    ("1.2.840.10008.1.2.4.81", Compression::JpegLs),
    ("1.2.840.10008.1.2.4.90", Compression::Jpeg2000),
    ("1.2.840.10008.1.2.4.91", Compression::Jpeg2000),
    ("1.2.840.10008.1.2.4.201", Compression::Jpeg2000),
    ("1.2.840.10008.1.2.4.202", Compression::Jpeg2000),
    ("1.2.840.10008.1.2.4.203", Compression::Jpeg2000),
];

impl Syntax {
    pub(crate) fn of(uid: &str) -> Self {
        let uid = uid.trim_end_matches(['\0', ' ']);
        let compression = DECODED
            .iter()
            .find(|(known, _)| *known == uid)
            .map_or(Compression::Unsupported, |&(_, compression)| compression);
        let name = TransferSyntaxRegistry
            .get(uid)
            .map_or("unknown", |syntax| syntax.name());
        Self {
            named: TransferSyntax {
                uid: uid.to_owned(),
                name,
            },
            encoding: Encoding {
                explicit: uid != IMPLICIT,
                big_endian: uid == BIG_ENDIAN,
            },
            deflated: uid == DEFLATED,
            compression,
        }
    }

    /// The element Specific Character Set with this value, of even length as it was read.
    pub(crate) fn character_set(&self, value: &[u8]) -> Vec<u8> {
        let length = u16::try_from(value.len()).unwrap_or(0);
        let (tag, length, long) = match self.encoding.big_endian {
            true => ([0, 8, 0, 5], length.to_be_bytes(), [0; 4]),
            false => (
                [8, 0, 5, 0],
                length.to_le_bytes(),
                [length.to_le_bytes(), [0; 2]]
                    .concat()
                    .try_into()
                    .unwrap_or_default(),
            ),
        };
        match self.encoding.explicit {
            true => [&tag[..], b"CS", &length, value].concat(),
            false => [&tag[..], &long, value].concat(),
        }
    }

    /// For a data set without file meta information: by the look of its first element.
    pub(super) fn guess(data: &[u8]) -> Self {
        let big_endian = data.first() == Some(&0);
        let explicit = data
            .get(4..6)
            .is_some_and(|vr| vr.iter().all(u8::is_ascii_uppercase));
        Self::of(match (explicit, big_endian) {
            (false, _) => IMPLICIT,
            (true, false) => EXPLICIT,
            (true, true) => BIG_ENDIAN,
        })
    }
}
