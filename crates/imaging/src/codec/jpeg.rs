//! JPEG (ISO/IEC 10918-1): baseline, extended, progressive and lossless processes.

use jpeg_decoder::{Decoder, PixelFormat};

use super::Samples;
use crate::{Error, Layout, Photometric, Result};

const CODEC: Error = Error::Codec { codec: "JPEG" };

pub(super) fn decode(data: &[u8], layout: &Layout) -> Result<Samples> {
    let mut decoder = Decoder::new(data);
    decoder.read_info().map_err(|error| name(&error))?;
    let info = decoder.info().ok_or(CODEC)?;
    if (u32::from(info.height), u32::from(info.width)) != (layout.rows, layout.columns) {
        return Err(Error::Damaged {
            format: "JPEG",
            what: "another size than the header",
        });
    }
    let bytes = decoder.decode().map_err(|error| name(&error))?;
    let (samples, bits_allocated, photometric, bytes) = match info.pixel_format {
        PixelFormat::L8 => (1, 8, layout.photometric, bytes),
        PixelFormat::L16 => {
            let words = bytes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|&w| u16::from_ne_bytes(w));
            (
                1,
                16,
                layout.photometric,
                words.flat_map(u16::to_le_bytes).collect(),
            )
        }
        PixelFormat::RGB24 => (3, 8, Photometric::Rgb, bytes),
        PixelFormat::CMYK32 => return Err(Error::unsupported("CMYK in DICOM")),
    };
    Ok(Samples {
        rows: layout.rows,
        columns: layout.columns,
        samples,
        bits_allocated,
        precision: bits_allocated.min(layout.bits_stored.max(8)),
        signed: false,
        photometric,
        bytes,
    })
}

fn name(error: &jpeg_decoder::Error) -> Error {
    match error {
        jpeg_decoder::Error::Unsupported(feature) => {
            Error::unsupported(format!("JPEG with {feature:?}"))
        }
        jpeg_decoder::Error::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => {
            Error::Truncated { part: "pixels" }
        }
        _ => CODEC,
    }
}
