//! A class map drawn over a picture, for files that leave the screen.

use crate::{Error, Rendered, Result};

/// Colours from weak to strong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// Dark blue to yellow.
    #[default]
    Viridis,
    /// Black to pale yellow.
    Inferno,
}

/// A grid of evidence, values ≥ 0, spread over the whole picture.
#[derive(Clone, Copy, Debug)]
pub struct Map<'a> {
    /// Rows of the grid.
    pub rows: usize,
    /// Columns of the grid.
    pub columns: usize,
    /// Row-major.
    pub values: &'a [f32],
}

impl Palette {
    /// The colour of a strength from 0 to 1.
    pub fn colour(self, strength: f32) -> [u8; 3] {
        let anchors: &[[u8; 3]; 9] = match self {
            Self::Viridis => &[
                [68, 1, 84],
                [71, 44, 122],
                [59, 81, 139],
                [44, 113, 142],
                [33, 144, 141],
                [39, 173, 129],
                [92, 200, 99],
                [170, 220, 50],
                [253, 231, 37],
            ],
            Self::Inferno => &[
                [0, 0, 4],
                [31, 12, 72],
                [85, 15, 109],
                [136, 34, 106],
                [186, 54, 85],
                [227, 89, 51],
                [249, 140, 10],
                [249, 201, 50],
                [252, 255, 164],
            ],
        };
        let at = strength.clamp(0.0, 1.0) * 8.0;
        let low = (at as usize).min(7);
        let part = at - low as f32;
        std::array::from_fn(|channel| {
            let (from, to) = (
                f32::from(anchors[low][channel]),
                f32::from(anchors[low + 1][channel]),
            );
            (from + (to - from) * part).round() as u8
        })
    }
}

/// A PNG of [`blend`].
pub fn overlay(
    picture: &Rendered,
    map: &Map<'_>,
    opacity: f32,
    palette: Palette,
) -> Result<Vec<u8>> {
    blend(picture, map, opacity, palette)?.png()
}

/// The picture with the map over it, scaled to its own maximum; where the map is zero nothing is drawn,
/// and stronger evidence covers more, up to `opacity` (0–1).
pub fn blend(
    picture: &Rendered,
    map: &Map<'_>,
    opacity: f32,
    palette: Palette,
) -> Result<Rendered> {
    let sound = map.rows > 0
        && map.columns > 0
        && map.rows.checked_mul(map.columns) == Some(map.values.len())
        && map
            .values
            .iter()
            .all(|value| value.is_finite() && *value >= 0.0);
    if !sound {
        return Err(Error::Damaged {
            format: "map",
            what: "its shape or values are impossible",
        });
    }
    let strongest = map.values.iter().copied().fold(0.0_f32, f32::max);
    let opacity = opacity.clamp(0.0, 1.0);
    let mut bytes = Vec::with_capacity(picture.rows as usize * picture.columns as usize * 3);
    let samples = picture.samples as usize;
    for (at, pixel) in picture.bytes.chunks_exact(samples).enumerate() {
        let under = if let &[r, g, b] = pixel {
            [r, g, b]
        } else {
            [pixel[0]; 3]
        };
        let (row, column) = (at / picture.columns as usize, at % picture.columns as usize);
        let evidence = map.at(
            (row as f32 + 0.5) / picture.rows as f32,
            (column as f32 + 0.5) / picture.columns as f32,
        );
        if strongest <= 0.0 || evidence <= 0.0 {
            bytes.extend_from_slice(&under);
            continue;
        }
        let strength = evidence / strongest;
        let (over, cover) = (palette.colour(strength), opacity * strength.sqrt());
        bytes.extend(under.iter().zip(over).map(|(&under, over)| {
            (f32::from(under) * (1.0 - cover) + f32::from(over) * cover).round() as u8
        }));
    }
    Ok(Rendered {
        rows: picture.rows,
        columns: picture.columns,
        samples: 3,
        bytes,
    })
}

impl Map<'_> {
    /// Bilinear between cell centres, at relative positions from 0 to 1.
    fn at(&self, row: f32, column: f32) -> f32 {
        let (top, below, down) = between(row, self.rows);
        let (left, beside, right) = between(column, self.columns);
        let cell = |row: usize, column: usize| self.values[row * self.columns + column];
        let upper = cell(top, left) * (1.0 - right) + cell(top, beside) * right;
        let lower = cell(below, left) * (1.0 - right) + cell(below, beside) * right;
        upper * (1.0 - down) + lower * down
    }
}

/// The two nearest cells and the weight of the second.
fn between(at: f32, cells: usize) -> (usize, usize, f32) {
    let position = (at * cells as f32 - 0.5).clamp(0.0, (cells - 1) as f32);
    let first = position as usize;
    (first, (first + 1).min(cells - 1), position - first as f32)
}
