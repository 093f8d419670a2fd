//! Planes, chrominance and colour tables (PS3.3 C.7.6.3.1.2).

use rayon::prelude::*;

/// Below this a second thread costs more than it gives.
const CHUNK: usize = 3 << 16;

/// RRR…GGG…BBB… to RGBRGB…; `width` is the bytes of one sample.
pub(crate) fn interleave(planes: &[u8], width: usize) -> Vec<u8> {
    let plane = planes.len() / 3;
    let (first, rest) = planes.split_at(plane);
    let (second, third) = rest.split_at(plane);
    let mut out = Vec::with_capacity(planes.len());
    for ((a, b), c) in first
        .chunks_exact(width)
        .zip(second.chunks_exact(width))
        .zip(third.chunks_exact(width))
    {
        out.extend_from_slice(a);
        out.extend_from_slice(b);
        out.extend_from_slice(c);
    }
    out
}

/// Y1 Y2 Cb Cr to Y1 Cb Cr Y2 Cb Cr: the chrominance of a pair is repeated.
pub(crate) fn upsample_422(bytes: &[u8]) -> Vec<u8> {
    let (pairs, _) = bytes.as_chunks::<4>();
    pairs
        .iter()
        .flat_map(|&[y1, y2, cb, cr]| [y1, cb, cr, y2, cb, cr])
        .collect()
}

/// YBR_FULL to RGB in place, 8 bits a sample (the inverse of the equations of PS3.3 C.7.6.3.1.2).
pub(crate) fn ybr_to_rgb(samples: &mut [u8]) {
    samples.par_chunks_mut(CHUNK).for_each(|chunk| {
        for [y, cb, cr] in chunk.as_chunks_mut::<3>().0 {
            let (luma, blue, red) = (
                f32::from(*y),
                f32::from(*cb) - 128.0,
                f32::from(*cr) - 128.0,
            );
            // `as` saturates.
            *y = (luma + 1.402 * red).round() as u8;
            let green = luma - (0.114 * 1.772 / 0.587) * blue - (0.299 * 1.402 / 0.587) * red;
            *cb = green.round() as u8;
            *cr = (luma + 1.772 * blue).round() as u8;
        }
    });
}
