//! Where, and when in the heartbeat, a frame was taken: what puts the frames of a series into order.

use dicom_dictionary_std::tags;

use crate::{
    Header,
    dicom::{Attributes, values},
    header::SpacingSource,
};

/// Where and when a frame was taken, as far as its header says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Unit normal of the slice.
    pub normal: Option<[f64; 3]>,
    /// Along that normal, mm; Slice Location where the header gives no plane.
    pub along: Option<f64>,
    /// After the R wave, ms.
    pub trigger_ms: Option<f64>,
    /// Instance Number.
    pub instance: Option<i64>,
    /// What a pixel covers in the patient.
    pub pixel_mm2: Option<f64>,
}

impl Place {
    /// Frame `n`, from 0: its own functional groups, else what the header says of all frames.
    pub(crate) fn of(a: &Attributes<'_>, header: &Header, n: u32) -> Self {
        let group = |tag| values::group(a, n, tag).unwrap_or(*a);
        let plane = group(tags::PLANE_ORIENTATION_SEQUENCE)
            .decimals_of(tags::IMAGE_ORIENTATION_PATIENT)
            .and_then(normal);
        let position =
            group(tags::PLANE_POSITION_SEQUENCE).decimals_of(tags::IMAGE_POSITION_PATIENT);
        let trigger = values::group(a, n, tags::CARDIAC_SYNCHRONIZATION_SEQUENCE)
            .and_then(|cycle| cycle.decimal(tags::NOMINAL_CARDIAC_TRIGGER_DELAY_TIME));
        let spacing = header
            .spacing
            .filter(|spacing| spacing.source == SpacingSource::Calibrated);
        Self {
            normal: plane,
            along: plane
                .zip(position)
                .map(|(normal, at)| dot(normal, at))
                .or(header.slice_position),
            trigger_ms: trigger.or_else(|| a.decimal(tags::TRIGGER_TIME)),
            instance: header.instance_number,
            pixel_mm2: spacing.map(|spacing| spacing.row * spacing.column),
        }
    }
}

/// The normal of a plane that is spanned by the directions of its rows and columns; none where they span none.
fn normal([a, b, c, d, e, f]: [f64; 6]) -> Option<[f64; 3]> {
    let across = [b * f - c * e, c * d - a * f, a * e - b * d];
    let length = dot(across, across).sqrt();
    (length > 0.5).then(|| across.map(|side| side / length))
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_has_a_unit_normal() {
        assert_eq!(
            normal([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
            Some([0.0, 0.0, 1.0])
        );
        let tilted = normal([0.6, 0.8, 0.0, 0.0, 0.0, 2.0]).unwrap();
        assert!((dot(tilted, tilted) - 1.0).abs() < 1e-12);
        assert_eq!(normal([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]), None);
    }
}
