//! DICOM files: PS3.10 with or without preamble and file meta information, or a bare data set.

mod attributes;
mod charset;
mod frames;
mod header;
mod layout;
pub(crate) mod palette;
mod scan;
mod syntax;
pub(crate) mod values;

use std::{io::Read, ops::Range};

use dicom_dictionary_std::{tags, uids};
use dicom_encoding::{TransferSyntax, text::SpecificCharacterSet};
use dicom_object::InMemDicomObject;
use dicom_transfer_syntax_registry::entries;

pub(crate) use attributes::Attributes;
pub(crate) use syntax::{Compression, DECODED, Syntax};

use crate::{Error, Header, Layout, Limits, Origin, Result, StoredFrame};
use charset::Charset;
use scan::PixelData;

/// This program as a maker of DICOM files (PS3.7 D.3.3.2).
pub const IMPLEMENTATION: &str = "2.25.219947064077218048349614527082445065228";

/// Transfer syntaxes whose pixels may have lost something: JPEG with DCT, JPEG-LS near-lossless,
/// JPEG 2000 and HTJ2K where they are not marked lossless.
const LOSSY: [&str; 6] = [
    uids::JPEG_BASELINE8_BIT,
    uids::JPEG_EXTENDED12_BIT,
    uids::JPEGLS_NEAR_LOSSLESS,
    uids::JPEG2000,
    uids::JPEG2000MC,
    uids::HTJ2K,
];

const PREAMBLE: usize = 128;
const MAGIC: &[u8] = b"DICM";

/// A file whose header is parsed and whose pixels are still as they lie in the file.
pub(crate) struct Dicom {
    /// The data set, inflated if it was deflated.
    data: Vec<u8>,
    object: InMemDicomObject,
    charset: Charset,
    /// Where the value of Specific Character Set lies in `data`.
    charset_value: Range<usize>,
    pixels: PixelData,
    syntax: Syntax,
    layout: Layout,
}

/// A file in its parts.
pub(crate) struct Raw<'a> {
    /// The attributes before the pixels, text as Latin 1; none that is private or an overlay.
    pub(crate) object: &'a InMemDicomObject,
    pub(crate) syntax: &'a Syntax,
    /// The value of Specific Character Set.
    pub(crate) charset: &'a [u8],
    /// The whole element, its tag first; `None` where the file ends before it does.
    pub(crate) pixels: Option<&'a [u8]>,
}

/// Whether the bytes look like DICOM: the magic word, or a first element of a group that begins one.
pub(crate) fn looks_like(bytes: &[u8]) -> bool {
    if bytes.get(PREAMBLE..PREAMBLE + 4) == Some(MAGIC) {
        return true;
    }
    let first = match bytes.first_chunk::<8>() {
        Some(&[a, 0, b, 0, ..]) => (a, b),
        Some(&[0, a, 0, b, ..]) => (a, b),
        _ => return false,
    };
    matches!(first, (2, 0..=3 | 16 | 18) | (8, 0..=0x60) | (4, 0))
}

impl Dicom {
    pub(crate) fn parse(bytes: Vec<u8>, limits: &Limits) -> Result<(Header, Self)> {
        let start = if bytes.get(PREAMBLE..PREAMBLE + 4) == Some(MAGIC) {
            PREAMBLE + MAGIC.len()
        } else {
            0
        };
        let (syntax, start) = file_meta(&bytes, start)?;
        let (data, start) = if syntax.deflated {
            (inflate(&bytes[start..], limits)?, 0)
        } else {
            (bytes, start)
        };
        if start >= data.len() {
            return Err(Error::Truncated { part: "header" });
        }
        let found = scan::scan(&data, start, syntax.encoding)?;
        let header: Vec<u8> = found
            .header
            .iter()
            .flat_map(|range| &data[range.clone()])
            .copied()
            .collect();
        let object = read(&header, &syntax)?;
        let charset = Charset::of(&String::from_utf8_lossy(&data[found.charset.clone()]));
        let attributes = Attributes::new(&object, charset, syntax.encoding.big_endian);
        if attributes.text(tags::SOP_CLASS_UID).as_deref()
            == Some(uids::MEDIA_STORAGE_DIRECTORY_STORAGE)
            || attributes.has(tags::DIRECTORY_RECORD_SEQUENCE)
        {
            return Err(Error::Directory);
        }
        let pixels = found.pixels.ok_or(Error::NoPixels)?;
        let layout = layout::layout(&attributes, &pixels, &syntax, limits)?;
        let header = header::header(&attributes, &syntax, layout);
        Ok((
            header,
            Self {
                data,
                object,
                charset,
                charset_value: found.charset,
                pixels,
                syntax,
                layout,
            },
        ))
    }

    /// The data set before the pixels.
    pub(crate) fn attributes(&self) -> Attributes<'_> {
        Attributes::new(&self.object, self.charset, self.syntax.encoding.big_endian)
    }

    /// The file as it was read, to be written anew.
    pub(crate) fn raw(&self) -> Raw<'_> {
        Raw {
            object: &self.object,
            syntax: &self.syntax,
            charset: &self.data[self.charset_value.clone()],
            pixels: (!self.pixels.cut).then(|| &self.data[self.pixels.element.clone()]),
        }
    }

    /// See [`Origin`].
    pub(crate) fn origin(&self) -> Option<Origin> {
        let lossy = LOSSY.contains(&self.syntax.named.uid.as_str());
        Origin::of(&self.attributes(), self.layout.frames, lossy)
    }

    /// Frame `n`, from 0, as stored.
    pub(crate) fn stored(&self, n: u32) -> Result<StoredFrame> {
        frames::stored(self, n)
    }
}

/// Reads file meta information (group 0002, always explicit little endian, PS3.10 7.1) if there is
/// any; gives the transfer syntax and where the data set begins.
fn file_meta(bytes: &[u8], start: usize) -> Result<(Syntax, usize)> {
    let mut at = start;
    let mut uid = None;
    while let Some(&[2, 0, low, high, v, r, a, b]) =
        bytes.get(at..).and_then(|rest| rest.first_chunk())
    {
        let (length, value) = if matches!(&[v, r], b"OB" | b"UN") {
            let length = bytes
                .get(at + 8..at + 12)
                .and_then(|l| l.first_chunk::<4>());
            (
                u32::from_le_bytes(*length.ok_or(Error::Truncated { part: "header" })?),
                at + 12,
            )
        } else {
            (u32::from(u16::from_le_bytes([a, b])), at + 8)
        };
        let end = value + length as usize;
        let content = bytes
            .get(value..end)
            .ok_or(Error::Truncated { part: "header" })?;
        if [low, high] == [0x10, 0] {
            uid = Some(String::from_utf8_lossy(content).into_owned());
        }
        at = end;
    }
    if at >= bytes.len() {
        return Err(Error::Truncated { part: "header" });
    }
    Ok((
        uid.map_or_else(|| Syntax::guess(&bytes[at..]), |uid| Syntax::of(&uid)),
        at,
    ))
}

/// PS3.5 A.5: everything after the file meta information is one deflate stream.
fn inflate(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>> {
    let mut data = Vec::new();
    let read = flate2::read::DeflateDecoder::new(bytes)
        .take(limits.file_bytes + 1)
        .read_to_end(&mut data);
    if data.len() as u64 > limits.file_bytes {
        return Err(Error::TooManyBytes {
            bytes: data.len() as u64,
            limit: limits.file_bytes,
        });
    }
    match read {
        Ok(_) => Ok(data),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Err(Error::Truncated { part: "pixels" })
        }
        Err(_) => Err(Error::Codec { codec: "deflate" }),
    }
}

/// As Latin 1, in which every byte is one character; [`Attributes`] decodes text properly.
fn read(header: &[u8], syntax: &Syntax) -> Result<InMemDicomObject> {
    InMemDicomObject::read_dataset_with_ts_cs(
        header,
        &encoding(syntax),
        SpecificCharacterSet::ISO_IR_100,
    )
    .map_err(|error| {
        tracing::debug!(%error, "data set refused");
        Error::Damaged {
            format: "DICOM",
            what: "an attribute cannot be read",
        }
    })
}

/// How the elements of a data set are written, whatever its pixels are compressed with.
pub(crate) fn encoding(syntax: &Syntax) -> TransferSyntax {
    match (syntax.encoding.explicit, syntax.encoding.big_endian) {
        (false, _) => entries::IMPLICIT_VR_LITTLE_ENDIAN.erased(),
        (true, false) => entries::EXPLICIT_VR_LITTLE_ENDIAN.erased(),
        (true, true) => entries::EXPLICIT_VR_BIG_ENDIAN.erased(),
    }
}
