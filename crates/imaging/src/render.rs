//! Pictures for a screen, a thumbnail or a model.
//!
//! The order is the standard's (PS3.3 C.11, PS3.4 N.2): modality LUT, VOI, then inversion
//! (MONOCHROME1, Presentation LUT Shape, the person's own).

use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer, images};
use image::ImageEncoder;
use rayon::prelude::*;

use crate::{DisplayFrame, Error, Photometric, PixelFormat, Result, Voi, Window};

/// The long side of a thumbnail.
const THUMBNAIL: u32 = 256;
/// Pixels a thread takes at a time.
const CHUNK: usize = 1 << 17;

/// How to draw a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RenderOptions {
    /// In place of the file's own VOI; without effect on colour.
    pub window: Option<Window>,
    /// Turns light and dark round.
    pub invert: bool,
    /// The longest side; smaller pictures are not enlarged. `None` keeps the size.
    pub size: Option<u32>,
}

/// A picture of 8 bits a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Height in pixels.
    pub rows: u32,
    /// Width in pixels.
    pub columns: u32,
    /// 1 (grey) or 3 (RGB).
    pub samples: u32,
    /// Row-major, interleaved.
    pub bytes: Vec<u8>,
}

/// Brightness as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// Height in pixels.
    pub rows: u32,
    /// Width in pixels.
    pub columns: u32,
    /// Row-major, 0 (black) to 1 (white).
    pub values: Vec<f32>,
}

/// A decoded frame and the VOI it is first shown with.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The frame.
    pub frame: DisplayFrame,
    /// Without effect on colour.
    pub voi: Voi,
}

impl Shown {
    /// As a picture.
    pub fn render(&self, options: &RenderOptions) -> Result<Rendered> {
        let PixelFormat {
            rows,
            columns,
            samples,
            ..
        } = self.frame.format;
        let own = options.window.map(Voi::Window);
        let bytes = if samples == 1 {
            let ramp = ramp(
                &self.frame,
                own.as_ref().unwrap_or(&self.voi),
                options.invert,
            );
            let ramp: Vec<u8> = ramp
                .into_iter()
                .map(|y| (y * 255.0).round() as u8)
                .collect();
            look_up(&self.frame, &ramp)
        } else if options.invert {
            self.frame.bytes.iter().map(|byte| !byte).collect()
        } else {
            self.frame.bytes.clone()
        };
        let whole = Rendered {
            rows,
            columns,
            samples,
            bytes,
        };
        match options.size {
            Some(size) => whole.fit(size),
            None => Ok(whole),
        }
    }

    /// As a PNG of at most 256 pixels on the long side.
    pub fn thumbnail(&self) -> Result<Vec<u8>> {
        self.render(&RenderOptions {
            size: Some(THUMBNAIL),
            ..Default::default()
        })?
        .png()
    }

    /// Brightness as a person sees it; colour by its luma (Rec. 601, as YBR_FULL has it).
    pub fn plane(&self) -> Plane {
        let PixelFormat {
            rows,
            columns,
            samples,
            ..
        } = self.frame.format;
        let values = if samples == 1 {
            look_up(&self.frame, &ramp(&self.frame, &self.voi, false))
        } else {
            let luma = |&[r, g, b]: &[u8; 3]| {
                let y = 0.299 * f32::from(r) + 0.587 * f32::from(g) + 0.114 * f32::from(b);
                (y / 255.0).clamp(0.0, 1.0)
            };
            self.frame
                .bytes
                .as_chunks::<3>()
                .0
                .par_iter()
                .with_min_len(CHUNK)
                .map(luma)
                .collect()
        };
        Plane {
            rows,
            columns,
            values,
        }
    }
}

/// Brightness of every bit pattern that a grey sample can have. Padding is black.
fn ramp(frame: &DisplayFrame, voi: &Voi, invert: bool) -> Vec<f32> {
    let format = &frame.format;
    let turned = invert ^ (format.photometric == Photometric::Monochrome1);
    (0..1_usize << format.bits)
        .map(|raw| {
            let value = format.value(raw);
            if format.is_padding(value) {
                return 0.0;
            }
            let y = voi.apply(f64::from(value) * format.slope + format.intercept) as f32;
            if turned { 1.0 - y } else { y }
        })
        .collect()
}

fn look_up<T: Copy + Send + Sync>(frame: &DisplayFrame, table: &[T]) -> Vec<T> {
    if frame.format.bits == 16 {
        let words = frame.bytes.as_chunks::<2>().0;
        words
            .par_iter()
            .with_min_len(CHUNK)
            .map(|&w| table[usize::from(u16::from_le_bytes(w))])
            .collect()
    } else {
        frame
            .bytes
            .par_iter()
            .with_min_len(CHUNK)
            .map(|&b| table[usize::from(b)])
            .collect()
    }
}

impl Rendered {
    /// The same picture with its longest side at most `size` pixels.
    pub fn fit(self, size: u32) -> Result<Self> {
        let long = self.rows.max(self.columns);
        if long <= size || size == 0 {
            return Ok(self);
        }
        let scale = f64::from(size) / f64::from(long);
        let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
        let (rows, columns) = (side(self.rows), side(self.columns));
        let kind = if self.samples == 1 {
            PixelType::U8
        } else {
            PixelType::U8x3
        };
        let bytes = resize(
            &self.bytes,
            kind,
            (self.columns, self.rows),
            (columns, rows),
        )?;
        Ok(Self {
            rows,
            columns,
            samples: self.samples,
            bytes,
        })
    }

    /// As a PNG file.
    pub fn png(&self) -> Result<Vec<u8>> {
        let colour = if self.samples == 1 {
            image::ExtendedColorType::L8
        } else {
            image::ExtendedColorType::Rgb8
        };
        let mut png = Vec::new();
        image::codecs::png::PngEncoder::new(&mut png)
            .write_image(&self.bytes, self.columns, self.rows, colour)
            .map_err(|_| Error::Codec { codec: "PNG" })?;
        Ok(png)
    }
}

impl Plane {
    /// The same plane at another size, by area-weighted (convolution) bilinear filtering.
    pub fn resized(&self, rows: u32, columns: u32) -> Result<Self> {
        if rows == 0 || columns == 0 {
            return Err(Error::attribute("Rows"));
        }
        let (from, to) = ((self.columns, self.rows), (columns, rows));
        let out = resize(bytemuck::cast_slice(&self.values), PixelType::F32, from, to)?;
        let values = bytemuck::pod_collect_to_vec(&out);
        Ok(Self {
            rows,
            columns,
            values,
        })
    }
}

/// `(width, height)` to `(width, height)`.
fn resize(bytes: &[u8], kind: PixelType, from: (u32, u32), to: (u32, u32)) -> Result<Vec<u8>> {
    let failed = Error::Damaged {
        format: "picture",
        what: "it cannot be resized",
    };
    let source = images::ImageRef::new(from.0, from.1, bytes, kind).map_err(|_| failed.clone())?;
    let mut target = images::Image::new(to.0, to.1, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
    Resizer::new()
        .resize(&source, &mut target, &options)
        .map_err(|_| failed)?;
    Ok(target.into_vec())
}
