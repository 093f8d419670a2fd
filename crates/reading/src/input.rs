//! The picture as the models take it.

use fast_image_resize::{
    FilterType, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::F32,
};

use crate::error::{Error, Result};

/// A grey picture as a person sees it: 0 is black, 1 is white, row-major.
#[derive(Clone, Copy, Debug)]
pub struct Film<'a> {
    rows: u32,
    columns: u32,
    values: &'a [f32],
}

impl<'a> Film<'a> {
    /// A film of `rows * columns` values.
    pub fn new(rows: u32, columns: u32, values: &'a [f32]) -> Result<Self> {
        let pixels = u64::from(rows) * u64::from(columns);
        if pixels == 0 || pixels != values.len() as u64 {
            return Err(Error::Pixels);
        }
        Ok(Self {
            rows,
            columns,
            values,
        })
    }

    /// Rows.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Columns.
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// Values, row-major.
    pub fn values(&self) -> &'a [f32] {
        self.values
    }
}

/// The film at `size` × `size`, aspect not kept, in 0..=1; anything that is no number becomes 0.
///
/// The one resize of this project: bilinear (triangle) convolution, widened when shrinking, in
/// single precision – the same as `squash` in `models/training/data.py`.
pub fn squash(film: &Film<'_>, size: u32) -> Result<Vec<f32>> {
    let bytes = bytemuck::cast_slice(film.values);
    let source = TypedImageRef::<F32>::from_buffer(film.columns, film.rows, bytes)
        .map_err(|_| Error::Pixels)?;
    let mut target = TypedImage::<F32>::new(size, size);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Bilinear))
        .use_alpha(false);
    Resizer::new()
        .resize_typed(&source, &mut target, &options)
        .map_err(|_| Error::Pixels)?;
    let small = target.pixels();
    // Looked for in the small copy: one such value spoils every pixel that it adds to.
    if !small.iter().all(|pixel| pixel.0.is_finite()) {
        let tame = |&v: &f32| {
            if v.is_finite() {
                v.clamp(0.0, 1.0)
            } else {
                0.0
            }
        };
        let clean: Vec<f32> = film.values.iter().map(tame).collect();
        return squash(
            &Film {
                values: &clean,
                ..*film
            },
            size,
        );
    }
    Ok(small.iter().map(|pixel| pixel.0.clamp(0.0, 1.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_must_fit_its_size() {
        assert_eq!(Film::new(2, 3, &[0.0; 5]).err(), Some(Error::Pixels));
        assert_eq!(Film::new(0, 3, &[]).err(), Some(Error::Pixels));
        assert_eq!(
            Film::new(u32::MAX, u32::MAX, &[0.0]).err(),
            Some(Error::Pixels)
        );
    }

    #[test]
    fn shrinking_averages_and_keeps_range() {
        let stripes: Vec<f32> = (0..64 * 64).map(|i| (i % 2) as f32).collect();
        let film = Film::new(64, 64, &stripes).unwrap();
        let small = squash(&film, 16).unwrap();
        assert!(small.iter().all(|v| (v - 0.5).abs() < 0.1), "{small:?}");
    }

    #[test]
    fn what_is_no_number_becomes_black() {
        let huge = [f32::MAX; 9];
        let small = squash(&Film::new(3, 3, &huge).unwrap(), 2).unwrap();
        assert_eq!(small, [1.0; 4]);
        let values = [f32::NAN, f32::INFINITY, 2.0, -1.0];
        let small = squash(&Film::new(2, 2, &values).unwrap(), 2).unwrap();
        assert_eq!(small, [0.0, 0.0, 1.0, 0.0]);
    }
}
