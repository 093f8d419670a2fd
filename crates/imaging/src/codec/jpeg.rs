//! JPEG (ISO/IEC 10918-1): baseline, extended (8 and 12 bits), progressive and lossless (2–16 bits)
//! processes, by libjpeg-turbo.
//!
//! The only unsafe code of this crate: the library's safe Rust wrapper reads 8 bits alone.

use std::{
    borrow::Cow,
    ffi::{CStr, c_int},
};

use turbojpeg_sys as tj;

use super::Samples;
use crate::{Error, Layout, Photometric, Result};

const CODEC: Error = Error::Codec { codec: "JPEG" };
/// A progressive picture needs a few dozen; a bomb has thousands.
const SCANS: c_int = 500;

pub(crate) fn decode(data: &[u8], layout: &Layout) -> Result<Samples> {
    let data = &repaired(data)[..];
    let decoder = Decoder::new()?;
    decoder.read_header(data)?;
    let (rows, columns) = (
        decoder.get(tj::TJPARAM_TJPARAM_JPEGHEIGHT),
        decoder.get(tj::TJPARAM_TJPARAM_JPEGWIDTH),
    );
    // Checked before memory is taken for what the codestream claims.
    if (u32::try_from(rows), u32::try_from(columns)) != (Ok(layout.rows), Ok(layout.columns)) {
        return Err(Error::Damaged {
            format: "JPEG",
            what: "another size than the header",
        });
    }
    let (samples, photometric) = match decoder.get(tj::TJPARAM_TJPARAM_COLORSPACE) as tj::TJCS {
        tj::TJCS_TJCS_GRAY => (1, layout.photometric),
        tj::TJCS_TJCS_RGB | tj::TJCS_TJCS_YCbCr => (3, Photometric::Rgb),
        _ => return Err(Error::unsupported("JPEG in CMYK")),
    };
    let precision = u32::try_from(decoder.get(tj::TJPARAM_TJPARAM_PRECISION)).map_err(|_| CODEC)?;
    let bytes = decoder.pixels(data, layout, samples, precision)?;
    Ok(Samples {
        rows: layout.rows,
        columns: layout.columns,
        samples,
        bits_allocated: if precision <= 8 { 8 } else { 16 },
        precision,
        photometric,
        bytes,
    })
}

/// Some encoders of 12-bit pictures leave the spectral selection of a sequential scan at 0–0. There it
/// has one legal value, 0–63 (B.2.3), so nothing is guessed by writing it.
fn repaired(data: &[u8]) -> Cow<'_, [u8]> {
    let (mut at, mut sequential) = (2, false);
    while let Some(&[0xFF, marker, high, low]) = data.get(at..).and_then(|rest| rest.first_chunk())
    {
        let next = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        match marker {
            0xC0 | 0xC1 => sequential = true,
            0xDA => {
                let Some(selection) = next.checked_sub(3) else {
                    break;
                };
                if !sequential || data.get(selection..next) != Some(&[0, 0, 0]) {
                    break;
                }
                let mut copy = data.to_vec();
                copy[selection + 1] = 63;
                return Cow::Owned(copy);
            }
            _ => {}
        }
        at = next;
    }
    Cow::Borrowed(data)
}

struct Decoder(tj::tjhandle);

impl Decoder {
    #[allow(unsafe_code)]
    fn new() -> Result<Self> {
        // SAFETY: no preconditions; a null handle is refused below.
        let handle = unsafe { tj::tj3Init(tj::TJINIT_TJINIT_DECOMPRESS as c_int) };
        if handle.is_null() {
            return Err(CODEC);
        }
        let decoder = Self(handle);
        // SAFETY: the handle is valid for as long as `decoder` lives.
        unsafe { tj::tj3Set(decoder.0, tj::TJPARAM_TJPARAM_SCANLIMIT as c_int, SCANS) };
        Ok(decoder)
    }

    #[allow(unsafe_code)]
    fn read_header(&self, data: &[u8]) -> Result<()> {
        // SAFETY: the handle is valid; pointer and length are those of one slice.
        let status = unsafe { tj::tj3DecompressHeader(self.0, data.as_ptr(), data.len() as _) };
        self.check(status)
    }

    #[allow(unsafe_code)]
    fn get(&self, parameter: tj::TJPARAM) -> c_int {
        // SAFETY: the handle is valid; an unknown parameter gives -1.
        unsafe { tj::tj3Get(self.0, parameter as c_int) }
    }

    /// Little-endian samples in 1 byte up to 8 bits, else in 2.
    #[allow(unsafe_code)]
    fn pixels(
        &self,
        data: &[u8],
        layout: &Layout,
        samples: u32,
        precision: u32,
    ) -> Result<Vec<u8>> {
        let count = layout.rows as usize * layout.columns as usize * samples as usize;
        let format = if samples == 1 {
            tj::TJPF_TJPF_GRAY
        } else {
            tj::TJPF_TJPF_RGB
        } as c_int;
        let (source, length) = (data.as_ptr(), data.len() as _);
        // SAFETY (all three): the handle is valid and has read this data's header, whose rows and
        // columns are the layout's; pitch 0 means packed rows, so `count` samples are written.
        match precision {
            2..=8 => {
                let mut out = vec![0_u8; count];
                let status = unsafe {
                    tj::tj3Decompress8(self.0, source, length, out.as_mut_ptr(), 0, format)
                };
                self.check(status)?;
                Ok(out)
            }
            9..=12 => {
                let mut out = vec![0_i16; count];
                let status = unsafe {
                    tj::tj3Decompress12(self.0, source, length, out.as_mut_ptr(), 0, format)
                };
                self.check(status)?;
                Ok(out.into_iter().flat_map(i16::to_le_bytes).collect())
            }
            13..=16 => {
                let mut out = vec![0_u16; count];
                let status = unsafe {
                    tj::tj3Decompress16(self.0, source, length, out.as_mut_ptr(), 0, format)
                };
                self.check(status)?;
                Ok(out.into_iter().flat_map(u16::to_le_bytes).collect())
            }
            _ => Err(CODEC),
        }
    }

    /// A warning means that pixels were made up, but for stray bytes between segments.
    #[allow(unsafe_code)]
    fn check(&self, status: c_int) -> Result<()> {
        if status == 0 {
            return Ok(());
        }
        // SAFETY: the handle is valid, and the library's message lives as long as it, unchanged until
        // the next call.
        let message = unsafe { CStr::from_ptr(tj::tj3GetErrorStr(self.0)) }.to_string_lossy();
        // SAFETY: as above.
        let warning = unsafe { tj::tj3GetErrorCode(self.0) } == tj::TJERR_TJERR_WARNING as c_int;
        tracing::debug!(%message, "JPEG");
        match () {
            () if warning && message.contains("extraneous bytes") => Ok(()),
            () if message.contains("remature end") => Err(Error::Truncated { part: "pixels" }),
            () if message.contains("nsupported") => Err(Error::unsupported("this JPEG process")),
            () => Err(CODEC),
        }
    }
}

impl Drop for Decoder {
    #[allow(unsafe_code)]
    fn drop(&mut self) {
        // SAFETY: the handle came from tj3Init and is not used again.
        unsafe { tj::tj3Destroy(self.0) };
    }
}
