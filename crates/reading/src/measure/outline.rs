//! One picture's parts: the line around each, and how large it is.
//!
//! A cell of the model's grid belongs to what is likeliest there, the background among it; that is what is
//! counted. The line runs where a part's probability is one half, so both tell of the same place.

use contour::ContourBuilder;

use super::{
    Contour,
    card::{Measure, Part},
};

/// One picture, outlined.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outline {
    /// In pixels of the stored picture; a part with a hole has two, which run opposite ways round.
    pub(crate) contours: Vec<Contour>,
    /// Pixels of the stored picture, in the order of [`Part::ALL`].
    pub(crate) pixels: [f64; 3],
}

/// Where a part's line runs.
const HALF: f64 = 0.5;

impl Outline {
    /// Of the parts' probabilities on a grid of `size` × `size`, one part after another as the card names
    /// them, for a picture of so many rows and columns.
    pub(crate) fn of(
        measure: &Measure,
        probabilities: &[f32],
        size: usize,
        [rows, columns]: [u32; 2],
    ) -> Self {
        let steps = [rows, columns].map(|side| f64::from(side) / size as f64);
        let grids: Vec<(Part, &[f32])> = measure
            .parts
            .iter()
            .copied()
            .zip(probabilities.chunks_exact(size * size))
            .collect();
        let cell = steps[0] * steps[1];
        let pixels = counts(&grids).map(|cells| cells as f64 * cell);
        let lines = ContourBuilder::new(size, size, true)
            .x_step(steps[1])
            .y_step(steps[0]);
        let contours = grids
            .iter()
            .flat_map(|(part, grid)| around(&lines, *part, grid))
            .collect();
        Self { contours, pixels }
    }

    /// How much of the picture a part takes, in pixels.
    pub(crate) fn area(&self, part: Part) -> f64 {
        let at = Part::ALL.iter().position(|one| *one == part);
        at.map_or(0.0, |at| self.pixels[at])
    }
}

/// Cells of each part; of equals the first wins, the background before all.
fn counts(grids: &[(Part, &[f32])]) -> [usize; 3] {
    let cells = grids.first().map_or(0, |(_, grid)| grid.len());
    let mut counts = [0; 3];
    for cell in 0..cells {
        let background = 1.0 - grids.iter().map(|(_, grid)| grid[cell]).sum::<f32>();
        let mut best = (None, background);
        for (part, grid) in grids {
            if grid[cell] > best.1 {
                best = (Some(*part), grid[cell]);
            }
        }
        for (count, part) in counts.iter_mut().zip(Part::ALL) {
            *count += usize::from(best.0 == Some(part));
        }
    }
    counts
}

/// The lines around a part. A grid that cannot be outlined – none that a model gives – has none.
fn around(lines: &ContourBuilder, part: Part, grid: &[f32]) -> Vec<Contour> {
    let grid: Vec<f64> = grid.iter().map(|&p| f64::from(p)).collect();
    let found = lines.lines(&grid, &[HALF]).unwrap_or_default();
    let rings = found.into_iter().flat_map(|line| line.into_inner().0.0);
    rings
        .map(|ring| {
            let mut points: Vec<[f32; 2]> = ring
                .0
                .iter()
                .map(|at| [rounded(at.x), rounded(at.y)])
                .collect();
            // The last joins the first without being said twice.
            if points.len() > 1 && points.first() == points.last() {
                points.pop();
            }
            Contour { part, points }
        })
        .filter(|contour| contour.points.len() > 2)
        .collect()
}

/// To a hundredth of a pixel: nothing finer can be seen, and a reading stays small.
fn rounded(value: f64) -> f32 {
    ((value * 100.0).round() / 100.0) as f32
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use proptest::prelude::*;

    use super::*;
    use crate::measure::tests::card;

    const SIZE: usize = 64;

    /// A ring of myocardium around a left ventricle, and nothing of the right one; `soft` blurs the edges.
    fn heart(x: f64, y: f64, inner: f64, outer: f64) -> Vec<f32> {
        let at = |i: usize| {
            let (row, column) = ((i / SIZE) as f64 + 0.5, (i % SIZE) as f64 + 0.5);
            (row - y).hypot(column - x)
        };
        let within = |i: usize, radius: f64| (radius - at(i) + 0.5).clamp(0.0, 1.0) as f32;
        let cells = 0..SIZE * SIZE;
        let none = cells.clone().map(|_| 0.0);
        let wall = cells.clone().map(|i| within(i, outer) - within(i, inner));
        none.chain(wall)
            .chain(cells.map(|i| within(i, inner)))
            .collect()
    }

    /// Shoelace; positive one way round, negative the other.
    fn inside(points: &[[f32; 2]]) -> f64 {
        let next = points.iter().cycle().skip(1);
        let twice: f64 = points
            .iter()
            .zip(next)
            .map(|([a, b], [c, d])| f64::from(*a) * f64::from(*d) - f64::from(*c) * f64::from(*b))
            .sum();
        twice / 2.0
    }

    proptest! {
        #[test]
        fn lines_and_counts_tell_the_size_that_was_drawn(
            x in 28.0..36.0_f64, y in 28.0..36.0_f64, inner in 6.0..12.0_f64, wall in 4.0..8.0_f64,
            rows in 64..512_u32, columns in 64..512_u32,
        ) {
            let outer = inner + wall;
            let outline = Outline::of(&card(), &heart(x, y, inner, outer), SIZE, [rows, columns]);
            let cell = f64::from(rows) * f64::from(columns) / (SIZE * SIZE) as f64;
            let near = |found: f64, radii: f64| (found / cell - PI * radii).abs() < 0.06 * PI * radii + 4.0;
            let [right, muscle, left] = Part::ALL.map(|part| outline.area(part));
            prop_assert_eq!(right, 0.0);
            prop_assert!(near(left, inner * inner), "{left}");
            prop_assert!(near(muscle, outer * outer - inner * inner), "{muscle}");
            let of = |part| outline.contours.iter().filter(move |one| one.part == part);
            prop_assert_eq!(of(Part::RightVentricle).count(), 0);
            prop_assert_eq!(of(Part::LeftVentricle).count(), 1);
            // The ring's two lines run opposite ways, so that their areas together are the ring's.
            prop_assert_eq!(of(Part::Myocardium).count(), 2);
            let sum: f64 = of(Part::Myocardium).map(|one| inside(&one.points)).sum();
            prop_assert!(near(sum.abs(), outer * outer - inner * inner), "{sum}");
            let within = |[c, r]: &[f32; 2]| (0.0..=columns as f32).contains(c) && (0.0..=rows as f32).contains(r);
            prop_assert!(outline.contours.iter().flat_map(|one| &one.points).all(within));
        }
    }

    #[test]
    fn what_touches_the_border_is_closed_there_and_nothing_is_nothing() {
        let full = [vec![0.0; 2 * SIZE * SIZE], vec![1.0; SIZE * SIZE]].concat();
        let outline = Outline::of(&card(), &full, SIZE, [128, 64]);
        assert_eq!(outline.area(Part::LeftVentricle), 128.0 * 64.0);
        assert!((inside(&outline.contours[0].points).abs() - 128.0 * 64.0).abs() < 4.0);
        let nothing = Outline::of(&card(), &vec![0.0; 3 * SIZE * SIZE], SIZE, [128, 64]);
        assert_eq!(nothing, Outline::default());
    }
}
