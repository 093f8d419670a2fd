//! A JPEG with the segments that the picture is made of, and no other (ISO/IEC 10918-1, Annex B).

use image::metadata::Orientation;

use crate::{Error, Result};

const CUT: Error = Error::Truncated { part: "pixels" };
const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
/// Adobe's segment says how colours are to be read.
const ADOBE: u8 = 0xEE;
/// Application segments (JFIF with its thumbnail, Exif, XMP, profiles) and comments.
const REMARKS: [std::ops::RangeInclusive<u8>; 2] = [0xE0..=0xEF, 0xFE..=0xFE];

pub(super) fn copy(bytes: &[u8], orientation: Orientation) -> Result<Vec<u8>> {
    let mut out = vec![0xFF, START];
    if let Some(block) = super::exif(orientation) {
        let length = u16::try_from(block.len() + 8).unwrap_or(u16::MAX);
        out.extend([0xFF, 0xE1]);
        out.extend(length.to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(block);
    }
    let mut at = 2;
    loop {
        // Before a marker there may be any number of fill bytes (B.1.1.2).
        while bytes.get(at..at + 2) == Some(&[0xFF, 0xFF]) {
            at += 1;
        }
        let &[0xFF, marker] = bytes.get(at..at + 2).ok_or(CUT)? else {
            return Err(Error::Damaged {
                format: "JPEG",
                what: "no marker where one must be",
            });
        };
        if marker == END {
            // What follows the end (further pictures of a telephone, say) is none of it.
            out.extend([0xFF, END]);
            return Ok(out);
        }
        let end = match stands_alone(marker) {
            true => at + 2,
            false => {
                let length = bytes.get(at + 2..at + 4).ok_or(CUT)?;
                at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]))
            }
        };
        let segment = bytes.get(at..end).ok_or(CUT)?;
        let remark = REMARKS.iter().any(|remarks| remarks.contains(&marker));
        if !remark || marker == ADOBE && segment.get(4..9) == Some(b"Adobe") {
            out.extend(segment);
        }
        at = end;
        if marker == SCAN {
            let next = end_of_scan(bytes, at);
            out.extend(bytes.get(at..next).ok_or(CUT)?);
            at = next;
        }
    }
}

fn stands_alone(marker: u8) -> bool {
    matches!(marker, 0x01 | 0xD0..=START)
}

/// The next marker that is neither a stuffed zero nor a restart.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let pairs = bytes.get(from..).unwrap_or_default().windows(2);
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
    pairs
        .enumerate()
        .find(|(_, pair)| ends(pair))
        .map_or(bytes.len(), |(at, _)| from + at)
}
