//! PNG, JPEG and TIFF files.

use std::io::Cursor;

use image::{
    ColorType, DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, RgbImage,
    metadata::Orientation,
};

use crate::{
    Error, Limits, Photometric, Result, StoredFrame, codec,
    header::{Format, Header, Layout},
};

/// A file that is still compressed.
pub(crate) struct Raster {
    bytes: Vec<u8>,
    format: ImageFormat,
    layout: Layout,
    limits: Limits,
}

impl Raster {
    /// Reads the header only.
    pub(crate) fn parse(bytes: Vec<u8>, format: Format, limits: &Limits) -> Result<(Header, Self)> {
        let image_format = match format {
            Format::Png => ImageFormat::Png,
            Format::Jpeg => ImageFormat::Jpeg,
            _ => ImageFormat::Tiff,
        };
        let mut decoder = decoder(&bytes, image_format, limits)?;
        let (mut columns, mut rows) = decoder.dimensions();
        if let Ok(orientation) = decoder.orientation()
            && turns(orientation)
        {
            (columns, rows) = (rows, columns);
        }
        if rows == 0 || columns == 0 {
            return Err(Error::Damaged {
                format: "picture",
                what: "it has no pixels",
            });
        }
        let (samples, bits) = match decoder.color_type() {
            ColorType::L8 | ColorType::La8 => (1, 8),
            ColorType::L16 | ColorType::La16 => (1, 16),
            ColorType::Rgb8 | ColorType::Rgba8 => (3, 8),
            ColorType::Rgb16 | ColorType::Rgba16 => (3, 16),
            other => return Err(Error::unsupported(format!("{other:?} samples"))),
        };
        drop(decoder);
        limits.check(rows, columns, samples, bits / 8, 1)?;
        let layout = Layout {
            rows,
            columns,
            frames: 1,
            samples,
            bits_allocated: bits,
            bits_stored: bits,
            signed: false,
            photometric: if samples == 1 {
                Photometric::Monochrome2
            } else {
                Photometric::Rgb
            },
        };
        let raster = Self {
            bytes,
            format: image_format,
            layout,
            limits: *limits,
        };
        Ok((Header::bare(format, layout), raster))
    }

    /// The file.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How its Exif block says that it is turned.
    pub(crate) fn orientation(&self) -> Orientation {
        decoder(&self.bytes, self.format, &self.limits)
            .and_then(|mut decoder| {
                decoder
                    .orientation()
                    .map_err(|error| name(&error, self.format))
            })
            .unwrap_or(Orientation::NoTransforms)
    }

    /// Decodes it, upright as its EXIF orientation says, any transparency laid over black.
    pub(crate) fn stored(&self) -> Result<StoredFrame> {
        let decoder = decoder(&self.bytes, self.format, &self.limits)?;
        let orientation = self.orientation();
        let mut image = match self.strict_jpeg(orientation) {
            Some(image) => image?,
            None => {
                DynamicImage::from_decoder(decoder).map_err(|error| name(&error, self.format))?
            }
        };
        image.apply_orientation(orientation);
        let bytes = match image {
            DynamicImage::ImageLuma8(image) => image.into_raw(),
            DynamicImage::ImageRgb8(image) => image.into_raw(),
            DynamicImage::ImageLuma16(image) => little_endian(image.into_raw()),
            DynamicImage::ImageRgb16(image) => little_endian(image.into_raw()),
            DynamicImage::ImageLumaA8(image) => flatten::<u8, 2>(&image, u64::from(u8::MAX)),
            DynamicImage::ImageRgba8(image) => flatten::<u8, 4>(&image, u64::from(u8::MAX)),
            DynamicImage::ImageLumaA16(image) => {
                little_endian(flatten::<u16, 2>(&image, u64::from(u16::MAX)))
            }
            DynamicImage::ImageRgba16(image) => {
                little_endian(flatten::<u16, 4>(&image, u64::from(u16::MAX)))
            }
            _ => return Err(Error::unsupported("floating-point samples")),
        };
        let Layout {
            rows,
            columns,
            samples,
            bits_allocated,
            bits_stored,
            photometric,
            ..
        } = self.layout;
        Ok(StoredFrame {
            rows,
            columns,
            samples,
            bits_allocated,
            bits_stored,
            signed: false,
            float: false,
            photometric,
            bytes,
        })
    }

    /// JPEG by the decoder of DICOM, which refuses a cut-off file; the other one paints the missing
    /// part grey. None for other formats and for CMYK.
    fn strict_jpeg(&self, orientation: Orientation) -> Option<Result<DynamicImage>> {
        if self.format != ImageFormat::Jpeg {
            return None;
        }
        let mut layout = self.layout;
        if turns(orientation) {
            (layout.rows, layout.columns) = (layout.columns, layout.rows);
        }
        let decoded = match codec::jpeg::decode(&self.bytes, &layout) {
            Err(Error::Unsupported { .. }) => return None,
            Err(error) => return Some(Err(error)),
            Ok(decoded) => decoded,
        };
        let image = match (decoded.samples, decoded.bits_allocated) {
            (1, 8) => {
                GrayImage::from_raw(layout.columns, layout.rows, decoded.bytes).map(Into::into)
            }
            (3, 8) => {
                RgbImage::from_raw(layout.columns, layout.rows, decoded.bytes).map(Into::into)
            }
            _ => return None,
        };
        Some(image.ok_or(Error::Codec { codec: "JPEG" }))
    }
}

fn decoder<'a>(
    bytes: &'a [u8],
    format: ImageFormat,
    limits: &Limits,
) -> Result<impl ImageDecoder + 'a> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allowed = image::Limits::no_limits();
    // The decoder's own working memory; the picture itself is checked against `Limits` first.
    allowed.max_alloc = Some(limits.decoded_bytes.saturating_mul(2));
    reader.limits(allowed);
    reader.into_decoder().map_err(|error| name(&error, format))
}

fn turns(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(
        orientation,
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH
    )
}

fn little_endian(words: Vec<u16>) -> Vec<u8> {
    words.into_iter().flat_map(u16::to_le_bytes).collect()
}

/// Drops the last of `N` samples, having multiplied the others by it.
fn flatten<T: Copy + Into<u64> + TryFrom<u64>, const N: usize>(samples: &[T], full: u64) -> Vec<T> {
    let (pixels, _) = samples.as_chunks::<N>();
    let mut out = Vec::with_capacity(pixels.len() * (N - 1));
    for pixel in pixels {
        let alpha: u64 = pixel[N - 1].into();
        for &sample in &pixel[..N - 1] {
            let shown = (sample.into() * alpha + full / 2) / full;
            out.push(T::try_from(shown).unwrap_or(sample));
        }
    }
    out
}

fn name(error: &image::ImageError, format: ImageFormat) -> Error {
    let format = match format {
        ImageFormat::Png => "PNG",
        ImageFormat::Jpeg => "JPEG",
        _ => "TIFF",
    };
    match error {
        image::ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Error::Truncated { part: "pixels" }
        }
        image::ImageError::Unsupported(_) => Error::unsupported(format!("this kind of {format}")),
        image::ImageError::Limits(_) => Error::Damaged {
            format,
            what: "it asks for more memory than its size explains",
        },
        _ => Error::Damaged {
            format,
            what: "it does not decode",
        },
    }
}
