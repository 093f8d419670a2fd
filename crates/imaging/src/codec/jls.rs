//! JPEG-LS (ISO/IEC 14495-1) by CharLS.

use charls::CharLS;

use super::{Samples, undone};
use crate::{Error, Layout, Result, colour};

const CODEC: Error = Error::Codec { codec: "JPEG-LS" };

pub(super) fn decode(data: &[u8], layout: &Layout) -> Result<Samples> {
    let info = CharLS::default().get_frame_info(data).map_err(|_| CODEC)?;
    let samples = u32::try_from(info.component_count).map_err(|_| CODEC)?;
    // Checked before the decoder takes memory for what its own header claims.
    if (info.height, info.width, samples) != (layout.rows, layout.columns, layout.samples) {
        return Err(Error::Damaged {
            format: "JPEG-LS",
            what: "another size than the header",
        });
    }
    let precision = u32::try_from(info.bits_per_sample).map_err(|_| CODEC)?;
    // A decoder that has read a header cannot read it again.
    let mut bytes = CharLS::default()
        .decode(data)
        .or_else(|error| match without_padding(data) {
            Some(data) => CharLS::default().decode(&data),
            None => Err(error),
        })
        .map_err(|_| CODEC)?;
    let width = if precision <= 8 { 1 } else { 2 };
    if bytes.len() != layout.rows as usize * layout.columns as usize * samples as usize * width {
        return Err(CODEC);
    }
    if samples > 1 && first_scan_components(data) == Some(1) {
        bytes = colour::interleave(&bytes, width);
    }
    if cfg!(target_endian = "big") && width == 2 {
        bytes
            .as_chunks_mut::<2>()
            .0
            .iter_mut()
            .for_each(|pair| pair.reverse());
    }
    Ok(Samples {
        rows: info.height,
        columns: info.width,
        samples,
        bits_allocated: 8 * width as u32,
        precision,
        photometric: undone(layout.photometric),
        bytes,
    })
}

/// Some encoders put zeros before the EOI marker, which CharLS takes for a missing marker.
fn without_padding(data: &[u8]) -> Option<Vec<u8>> {
    let end = data.windows(2).rposition(|pair| pair == [0xFF, 0xD9])?;
    let sound = data[..end].iter().rposition(|byte| *byte != 0)? + 1;
    (sound < end).then(|| [&data[..sound], &[0xFF, 0xD9]].concat())
}

/// How many components the first scan holds (C.2.3); with one, they follow one another as planes.
fn first_scan_components(data: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let &[mark, marker, high, low] = data.get(at..)?.first_chunk::<4>()?;
        match (mark, marker) {
            (0xFF, 0xDA) => return data.get(at + 4).copied(),
            (0xFF, _) => at += 2 + usize::from(u16::from_be_bytes([high, low])),
            _ => return None,
        }
    }
}
