//! A walk over the raw bytes of a data set, before anything is parsed or allocated.
//!
//! It proves that every length lies inside the file and that nesting is shallow, and finds the pixel
//! data, so that the parser that follows is handed only a header known to be bounded, and pixels are
//! never copied. PS3.5 sections 7.1 to 7.5 and A.4.

use std::{cell::Cell, ops::Range};

use dicom_core::{DataDictionary, Tag, VR};
use dicom_dictionary_std::{StandardDataDictionary, tags};

use crate::{Error, Result};

/// Sequences within sequences; real objects stay below ten.
const DEPTH: usize = 24;
const UNDEFINED: u32 = u32::MAX;

const ITEM: Tag = Tag(0xFFFE, 0xE000);
const ITEM_END: Tag = Tag(0xFFFE, 0xE00D);
const SEQUENCE_END: Tag = Tag(0xFFFE, 0xE0DD);

/// How elements are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Encoding {
    pub(super) explicit: bool,
    pub(super) big_endian: bool,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Scan {
    /// The elements before the pixel data that the parser may have: none that is private, a group
    /// length, an overlay or written in a way that it does not know.
    pub(super) header: Vec<Range<usize>>,
    /// The value of Specific Character Set, which is ours to apply.
    pub(super) charset: Range<usize>,
    pub(super) pixels: Option<PixelData>,
}

/// Where the pixels lie in the data set.
#[derive(Debug)]
pub(super) struct PixelData {
    pub(super) tag: Tag,
    /// The whole element, its tag first.
    pub(super) element: Range<usize>,
    pub(super) value: PixelValue,
    /// Whether the file ends before the value does.
    pub(super) cut: bool,
}

#[derive(Debug)]
pub(super) enum PixelValue {
    Native(Range<usize>),
    Encapsulated {
        offsets: Vec<u32>,
        fragments: Vec<Fragment>,
    },
}

#[derive(Debug)]
pub(super) struct Fragment {
    /// Position of its item tag, counted from the first fragment's.
    pub(super) offset: u64,
    pub(super) range: Range<usize>,
}

struct Element {
    tag: Tag,
    vr: Option<VR>,
    length: u32,
    value: usize,
}

struct Walker<'a> {
    data: &'a [u8],
    encoding: Encoding,
    /// Whether the element at hand holds something that the parser would trip over.
    odd: Cell<bool>,
}

/// Walks `data` from `start`.
pub(super) fn scan(data: &[u8], start: usize, encoding: Encoding) -> Result<Scan> {
    let walker = Walker {
        data,
        encoding,
        odd: Cell::new(false),
    };
    let mut header: Vec<Range<usize>> = Vec::new();
    let mut charset = 0..0;
    let mut at = start;
    // Some writers pad the end with zeros or an odd byte: no element begins in fewer than 8 bytes.
    while at + 8 <= data.len() {
        walker.odd.set(false);
        let element = walker.element(at, encoding.explicit)?;
        if is_pixels(element.tag) {
            return Ok(Scan {
                header,
                charset,
                pixels: Some(walker.pixels(&element, at)?),
            });
        }
        if element.tag == Tag(0, 0) && element.length == 0 {
            break;
        }
        let next = walker.skip(&element, data.len(), encoding.explicit, 0)?;
        let group = element.tag.group();
        let unwanted = group % 2 == 1 || element.tag.element() == 0 || group >> 8 == 0x60;
        if element.tag == tags::SPECIFIC_CHARACTER_SET {
            charset = element.value..next;
        } else if !unwanted && !walker.odd.get() {
            match header.last_mut() {
                Some(last) if last.end == at => last.end = next,
                _ => header.push(at..next),
            }
        }
        at = next;
    }
    Ok(Scan {
        header,
        charset,
        pixels: None,
    })
}

fn is_pixels(tag: Tag) -> bool {
    [
        tags::PIXEL_DATA,
        tags::FLOAT_PIXEL_DATA,
        tags::DOUBLE_FLOAT_PIXEL_DATA,
    ]
    .contains(&tag)
}

impl Walker<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> Result<[u8; N]> {
        self.data
            .get(at..)
            .and_then(|rest| rest.first_chunk::<N>())
            .copied()
            .ok_or(Error::Truncated { part: "header" })
    }
    fn u16(&self, at: usize) -> Result<u16> {
        let bytes = self.bytes(at)?;
        Ok(if self.encoding.big_endian {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    }
    fn u32(&self, at: usize) -> Result<u32> {
        let bytes = self.bytes(at)?;
        Ok(if self.encoding.big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        })
    }

    fn element(&self, at: usize, explicit: bool) -> Result<Element> {
        let tag = Tag(self.u16(at)?, self.u16(at + 2)?);
        if tag.group() == 0xFFFE || !explicit {
            let vr = StandardDataDictionary
                .by_tag(tag)
                .map(|entry| entry.vr.relaxed());
            return Ok(Element {
                tag,
                vr,
                length: self.u32(at + 4)?,
                value: at + 8,
            });
        }
        let letters: [u8; 2] = self.bytes(at + 4)?;
        let Some(vr) = VR::from_binary(letters) else {
            // Letters that the standard does not know, or an element in implicit form: both are seen.
            self.odd.set(true);
            let invented = letters.iter().all(u8::is_ascii_uppercase);
            let length = if invented {
                u32::from(self.u16(at + 6)?)
            } else {
                self.u32(at + 4)?
            };
            return Ok(Element {
                tag,
                vr: None,
                length,
                value: at + 8,
            });
        };
        let long = matches!(
            vr,
            VR::OB
                | VR::OD
                | VR::OF
                | VR::OL
                | VR::OV
                | VR::OW
                | VR::SQ
                | VR::SV
                | VR::UC
                | VR::UN
                | VR::UR
                | VR::UT
                | VR::UV
        );
        let (length, value) = if long {
            (self.u32(at + 8)?, at + 12)
        } else {
            (u32::from(self.u16(at + 6)?), at + 8)
        };
        Ok(Element {
            tag,
            vr: Some(vr),
            length,
            value,
        })
    }

    /// The position after the element.
    fn skip(&self, element: &Element, end: usize, explicit: bool, depth: usize) -> Result<usize> {
        if element.length == UNDEFINED {
            // A value of unknown type and length is a sequence in implicit form (PS3.5 6.2.2).
            let unknown = explicit && element.vr == Some(VR::UN);
            self.odd.set(self.odd.get() || unknown);
            let explicit = explicit && !unknown;
            return self.items(element.value, end, true, explicit, depth + 1);
        }
        let after = element.value + element.length as usize;
        if after > end {
            return Err(Error::Truncated { part: "header" });
        }
        if element.vr == Some(VR::SQ) {
            self.items(element.value, after, false, explicit, depth + 1)?;
        }
        Ok(after)
    }

    fn items(
        &self,
        mut at: usize,
        end: usize,
        open: bool,
        explicit: bool,
        depth: usize,
    ) -> Result<usize> {
        if depth > DEPTH {
            return Err(Error::Damaged {
                format: "DICOM",
                what: "sequences nested too deeply",
            });
        }
        while at < end {
            let item = self.element(at, explicit)?;
            match item.tag {
                SEQUENCE_END if open => return Ok(item.value),
                ITEM if item.length == UNDEFINED => {
                    at = self.elements(item.value, end, true, explicit, depth)?;
                }
                ITEM => {
                    let after = item.value + item.length as usize;
                    if after > end {
                        return Err(Error::Truncated { part: "header" });
                    }
                    at = self.elements(item.value, after, false, explicit, depth)?;
                }
                _ => {
                    return Err(Error::Damaged {
                        format: "DICOM",
                        what: "a sequence without items",
                    });
                }
            }
        }
        if open {
            Err(Error::Truncated { part: "header" })
        } else {
            Ok(end)
        }
    }

    fn elements(
        &self,
        mut at: usize,
        end: usize,
        open: bool,
        explicit: bool,
        depth: usize,
    ) -> Result<usize> {
        while at < end {
            let element = self.element(at, explicit)?;
            if element.tag == ITEM_END && open {
                return Ok(element.value);
            }
            at = self.skip(&element, end, explicit, depth)?;
        }
        if open {
            Err(Error::Truncated { part: "header" })
        } else {
            Ok(end)
        }
    }

    fn pixels(&self, element: &Element, start: usize) -> Result<PixelData> {
        let tag = element.tag;
        if element.length != UNDEFINED {
            let after = element.value + element.length as usize;
            let value = PixelValue::Native(element.value..after.min(self.data.len()));
            return Ok(PixelData {
                tag,
                element: start..after.min(self.data.len()),
                value,
                cut: after > self.data.len(),
            });
        }
        let table = self.element(element.value, self.encoding.explicit)?;
        let first = table.value + table.length as usize;
        if table.tag != ITEM || table.length == UNDEFINED || first > self.data.len() {
            return Err(Error::Damaged {
                format: "DICOM",
                what: "no offset table before the fragments",
            });
        }
        let offsets = self.data[table.value..first]
            .as_chunks::<4>()
            .0
            .iter()
            .map(|&b| u32::from_le_bytes(b))
            .collect();
        let (mut fragments, mut at, mut cut) = (Vec::new(), first, true);
        while at + 8 <= self.data.len() {
            let item = self.element(at, self.encoding.explicit)?;
            if item.tag != ITEM {
                cut = item.tag != SEQUENCE_END;
                at = item.value;
                break;
            }
            let after = item.value + item.length as usize;
            if after > self.data.len() {
                break;
            }
            fragments.push(Fragment {
                offset: (at - first) as u64,
                range: item.value..after,
            });
            at = after;
        }
        Ok(PixelData {
            tag,
            element: start..at,
            value: PixelValue::Encapsulated { offsets, fragments },
            cut,
        })
    }
}
