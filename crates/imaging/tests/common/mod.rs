//! Small DICOM files made in memory: explicit VR little endian, elements in the order given.
#![allow(dead_code, clippy::unwrap_used)]

use imaging::{Limits, Picture, Result};

/// Rows × columns of grey, 16 bits unsigned, MONOCHROME2, unless elements say otherwise.
pub(crate) struct Film {
    syntax: &'static str,
    elements: Vec<(u32, &'static [u8; 2], Vec<u8>)>,
}

impl Film {
    pub(crate) fn new(rows: u16, columns: u16) -> Self {
        Self {
            syntax: "1.2.840.10008.1.2.1",
            elements: Vec::new(),
        }
        .us(0x0028_0002, 1)
        .text(0x0028_0004, b"CS", "MONOCHROME2")
        .us(0x0028_0010, rows)
        .us(0x0028_0011, columns)
        .us(0x0028_0100, 16)
        .us(0x0028_0101, 16)
        .us(0x0028_0103, 0)
    }

    /// Puts an element in, in place of an earlier one with the same tag.
    pub(crate) fn with(mut self, tag: u32, vr: &'static [u8; 2], mut value: Vec<u8>) -> Self {
        if value.len() % 2 == 1 {
            value.push(if vr == b"UI" || vr == b"OB" { 0 } else { b' ' });
        }
        self.elements.retain(|(known, ..)| *known != tag);
        self.elements.push((tag, vr, value));
        self.elements.sort_by_key(|(tag, ..)| *tag);
        self
    }
    pub(crate) fn syntax(mut self, uid: &'static str) -> Self {
        self.syntax = uid;
        self
    }
    pub(crate) fn us(self, tag: u32, value: u16) -> Self {
        self.with(tag, b"US", value.to_le_bytes().to_vec())
    }
    pub(crate) fn text(self, tag: u32, vr: &'static [u8; 2], value: &str) -> Self {
        self.with(tag, vr, value.as_bytes().to_vec())
    }
    pub(crate) fn pixels16(self, values: &[u16]) -> Self {
        self.with(
            0x7FE0_0010,
            b"OW",
            values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
        )
    }
    pub(crate) fn pixels8(self, values: &[u8]) -> Self {
        self.us(0x0028_0100, 8)
            .us(0x0028_0101, 8)
            .with(0x7FE0_0010, b"OB", values.to_vec())
    }
    /// A sequence of one item.
    pub(crate) fn sequence(self, tag: u32, item: &Film) -> Self {
        self.items(tag, std::slice::from_ref(item))
    }
    pub(crate) fn items(self, tag: u32, items: &[Film]) -> Self {
        let mut value = Vec::new();
        for item in items {
            let body = item.body();
            value.extend([0xFE, 0xFF, 0x00, 0xE0]);
            value.extend((body.len() as u32).to_le_bytes());
            value.extend(body);
        }
        self.with(tag, b"SQ", value)
    }
    /// An item without elements.
    pub(crate) fn item() -> Self {
        Self {
            syntax: "",
            elements: Vec::new(),
        }
    }

    /// The data set alone.
    pub(crate) fn body(&self) -> Vec<u8> {
        self.elements
            .iter()
            .flat_map(|(tag, vr, value)| element(*tag, vr, value))
            .collect()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut syntax = self.syntax.as_bytes().to_vec();
        syntax.resize(syntax.len().next_multiple_of(2), 0);
        let mut file = vec![0; 128];
        file.extend(b"DICM");
        file.extend(element(0x0002_0010, b"UI", &syntax));
        file.extend(self.body());
        file
    }

    pub(crate) fn open(&self) -> Result<Picture> {
        Picture::from_bytes(self.bytes(), &Limits::default())
    }
}

fn element(tag: u32, vr: &[u8; 2], value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(((tag >> 16) as u16).to_le_bytes());
    out.extend((tag as u16).to_le_bytes());
    out.extend(vr);
    if [b"OB", b"OW", b"SQ", b"UN"].contains(&vr) {
        out.extend([0, 0]);
        out.extend((value.len() as u32).to_le_bytes());
    } else {
        out.extend((value.len() as u16).to_le_bytes());
    }
    out.extend(value);
    out
}
