//! Where the images go: as few rows and columns as let every image be as near to its true size as can
//! be.

use super::{FOOT, FilmImage, HEAD, MARGIN};

/// Around each image in its cell, in mm: letters at the edges, the line that says its size.
const FRAME: f64 = 7.0;
const CAPTION: f64 = 10.0;
/// A distance between pixels above this, in mm, is a mistake in the file.
const COARSEST: f64 = 10.0;

/// An image on the sheet, in mm from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Printed size by true size; `None` where that is not known.
    pub(super) scale: Option<f64>,
}

/// Places every image.
pub(super) fn place([width, height]: [f64; 2], images: &[FilmImage]) -> Vec<Placed> {
    let room = [width - 2.0 * MARGIN, height - 2.0 * MARGIN - HEAD - FOOT];
    let grids = (1..=images.len()).map(|columns| {
        let rows = images.len().div_ceil(columns);
        let cell = [room[0] / columns as f64, room[1] / rows as f64];
        let all = images.iter().enumerate().map(|(n, image)| {
            let corner = [
                MARGIN + cell[0] * (n % columns) as f64,
                MARGIN + HEAD + cell[1] * (n / columns) as f64,
            ];
            in_cell(image, corner, cell)
        });
        all.collect::<Vec<_>>()
    });
    // The grid whose smallest image is the largest.
    let smallest = |placed: &Vec<Placed>| {
        let sizes = placed.iter().map(|p| p.scale.unwrap_or(p.width * p.height));
        sizes.fold(f64::INFINITY, f64::min)
    };
    grids
        .max_by(|one, other| smallest(one).total_cmp(&smallest(other)))
        .unwrap_or_default()
}

fn in_cell(image: &FilmImage, corner: [f64; 2], cell: [f64; 2]) -> Placed {
    let room = [cell[0] - 2.0 * FRAME, cell[1] - FRAME - CAPTION];
    let pixels = [
        f64::from(image.picture.width),
        f64::from(image.picture.height),
    ];
    let known = image.spacing_mm.filter(|spacing| {
        let sound = |mm: &f64| mm.is_finite() && *mm > 0.0 && *mm < COARSEST;
        spacing.iter().all(sound)
    });
    let [down, across] = known.unwrap_or([1.0, 1.0]);
    let size = [pixels[0] * across, pixels[1] * down];
    let fit = (room[0] / size[0]).min(room[1] / size[1]);
    let scale = if known.is_some() { fit.min(1.0) } else { fit };
    let [width, height] = size.map(|side| side * scale);
    Placed {
        x: corner[0] + (cell[0] - width) / 2.0,
        y: corner[1] + FRAME + (room[1] - height) / 2.0,
        width,
        height,
        scale: known.map(|_| scale),
    }
}
