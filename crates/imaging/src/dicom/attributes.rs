//! Attribute values in the types that the standard gives them, however the file wrote them.
//!
//! A value stored as VR UN arrives as raw bytes; the caller knows what the attribute is, so it is
//! read as that (PS3.5 6.2.2). Nothing here fails: what cannot be read is absent.

use super::charset::Charset;
use dicom_core::{DicomValue, PrimitiveValue, Tag, header::HasLength};
use dicom_object::{InMemDicomObject, mem::InMemElement};

/// A view over a data set or an item of a sequence.
#[derive(Clone, Copy)]
pub(crate) struct Attributes<'a> {
    object: &'a InMemDicomObject,
    charset: Charset,
    big_endian: bool,
}

impl<'a> Attributes<'a> {
    /// `object` was read as Latin 1, where every byte is one character.
    pub(crate) fn new(object: &'a InMemDicomObject, charset: Charset, big_endian: bool) -> Self {
        Self {
            object,
            charset,
            big_endian,
        }
    }

    fn element(&self, tag: Tag) -> Option<&'a InMemElement> {
        self.object.element_opt(tag).ok().flatten()
    }

    fn primitive(&self, tag: Tag) -> Option<&'a PrimitiveValue> {
        match self.element(tag)?.value() {
            DicomValue::Primitive(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn has(&self, tag: Tag) -> bool {
        self.element(tag).is_some_and(|element| !element.is_empty())
    }

    /// All values of a text attribute, trimmed of padding.
    pub(crate) fn texts(&self, tag: Tag) -> Vec<String> {
        let raw: Vec<u8> = match self.primitive(tag) {
            Some(PrimitiveValue::U8(bytes)) => bytes.to_vec(),
            Some(PrimitiveValue::Strs(values)) => values.join("\\").chars().map(latin1).collect(),
            Some(PrimitiveValue::Str(value)) => value.chars().map(latin1).collect(),
            Some(other) => other.to_str().chars().map(latin1).collect(),
            None => return Vec::new(),
        };
        let whole = self.charset.decode(&raw);
        whole
            .split('\\')
            .map(|text| text.trim_matches(['\0', ' ']).to_owned())
            .collect()
    }

    /// The first value of a text attribute, if it is not empty.
    pub(crate) fn text(&self, tag: Tag) -> Option<String> {
        self.texts(tag)
            .into_iter()
            .next()
            .filter(|text| !text.is_empty())
    }

    /// All values of a decimal attribute (DS, FL, FD), if every one is a finite number.
    pub(crate) fn decimals(&self, tag: Tag) -> Option<Vec<f64>> {
        let values: Vec<f64> = match self.primitive(tag)? {
            PrimitiveValue::F32(values) => values.iter().map(|&v| f64::from(v)).collect(),
            PrimitiveValue::F64(values) => values.to_vec(),
            _ => self
                .texts(tag)
                .iter()
                .map(|text| text.parse().ok())
                .collect::<Option<_>>()?,
        };
        (!values.is_empty() && values.iter().all(|value| value.is_finite())).then_some(values)
    }

    /// The first value of a decimal attribute.
    pub(crate) fn decimal(&self, tag: Tag) -> Option<f64> {
        self.decimals(tag)?.first().copied()
    }

    /// `N` decimals, neither more nor fewer.
    pub(crate) fn decimals_of<const N: usize>(&self, tag: Tag) -> Option<[f64; N]> {
        self.decimals(tag)?.try_into().ok()
    }

    /// All values of an integer attribute (US, SS, UL, SL, IS).
    pub(crate) fn integers(&self, tag: Tag) -> Option<Vec<i64>> {
        match self.primitive(tag)? {
            PrimitiveValue::U8(bytes) => {
                // Unknown VR: numbers of 16 bits, or digits.
                if bytes
                    .iter()
                    .all(|b| b.is_ascii_digit() || b" -+\\\0".contains(b))
                    && bytes.len() != 2
                {
                    return self
                        .texts(tag)
                        .iter()
                        .map(|text| text.parse().ok())
                        .collect();
                }
                Some(
                    bytes
                        .as_chunks::<2>()
                        .0
                        .iter()
                        .map(|&pair| {
                            i64::from(if self.big_endian {
                                u16::from_be_bytes(pair)
                            } else {
                                u16::from_le_bytes(pair)
                            })
                        })
                        .collect(),
                )
            }
            value => value.to_multi_int::<i64>().ok(),
        }
    }

    /// The first value of an integer attribute.
    pub(crate) fn integer(&self, tag: Tag) -> Option<i64> {
        self.integers(tag)?.first().copied()
    }

    /// 16-bit words of a look-up table, whether written as US, SS, OW or OB.
    pub(crate) fn words(&self, tag: Tag) -> Option<Vec<u16>> {
        match self.primitive(tag)? {
            PrimitiveValue::U16(words) => Some(words.to_vec()),
            PrimitiveValue::I16(words) => {
                Some(words.iter().map(|&word| word.cast_unsigned()).collect())
            }
            PrimitiveValue::U8(bytes) => Some(
                bytes
                    .as_chunks::<2>()
                    .0
                    .iter()
                    .map(|&b| {
                        if self.big_endian {
                            u16::from_be_bytes(b)
                        } else {
                            u16::from_le_bytes(b)
                        }
                    })
                    .collect(),
            ),
            _ => None,
        }
    }

    /// 64-bit offsets (OV), whether the parser knew the type or not.
    pub(crate) fn longs(&self, tag: Tag) -> Option<Vec<u64>> {
        match self.primitive(tag)? {
            PrimitiveValue::U64(values) => Some(values.to_vec()),
            PrimitiveValue::U8(bytes) => Some(
                bytes
                    .as_chunks::<8>()
                    .0
                    .iter()
                    .map(|&b| u64::from_le_bytes(b))
                    .collect(),
            ),
            _ => None,
        }
    }

    /// The items of a sequence.
    pub(crate) fn items(&self, tag: Tag) -> impl Iterator<Item = Attributes<'a>> + use<'a> {
        let Self {
            charset,
            big_endian,
            ..
        } = *self;
        let items = self
            .element(tag)
            .and_then(|element| element.items())
            .unwrap_or_default();
        items.iter().map(move |object| Attributes {
            object,
            charset,
            big_endian,
        })
    }

    /// The `n`th item of a sequence.
    pub(crate) fn item(&self, tag: Tag, n: usize) -> Option<Attributes<'a>> {
        self.items(tag).nth(n)
    }
}

/// The byte that a character of Latin 1 was read from.
fn latin1(character: char) -> u8 {
    u8::try_from(u32::from(character)).unwrap_or(b'?')
}
