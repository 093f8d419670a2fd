//! JPEG-LS (ISO/IEC 14495-1) by CharLS.

use charls::CharLS;

use super::{Samples, undone};
use crate::{Error, Layout, Result};

const CODEC: Error = Error::Codec { codec: "JPEG-LS" };

pub(super) fn decode(data: &[u8], layout: &Layout) -> Result<Samples> {
    let mut codec = CharLS::default();
    let info = codec.get_frame_info(data).map_err(|_| CODEC)?;
    let samples = u32::try_from(info.component_count).map_err(|_| CODEC)?;
    // Checked before the decoder takes memory for what its own header claims.
    if (info.height, info.width, samples) != (layout.rows, layout.columns, layout.samples) {
        return Err(Error::Damaged {
            format: "JPEG-LS",
            what: "another size than the header",
        });
    }
    let precision = u32::try_from(info.bits_per_sample).map_err(|_| CODEC)?;
    let bytes = codec.decode(data).map_err(|_| CODEC)?;
    let bits_allocated = if precision <= 8 { 8 } else { 16 };
    let expected =
        layout.rows as usize * layout.columns as usize * samples as usize * bits_allocated / 8;
    if bytes.len() != expected {
        return Err(CODEC);
    }
    Ok(Samples {
        rows: info.height,
        columns: info.width,
        samples,
        bits_allocated: bits_allocated as u32,
        precision,
        signed: false,
        photometric: undone(layout.photometric),
        bytes,
    })
}
