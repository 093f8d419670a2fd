//! A series in order: its places from one end of the heart to the other, and at each the moments of a beat.
//!
//! Places come from the position along the slices' normal, moments from the time after the R wave, else from
//! instance and frame numbers. In which order the files came makes no difference.

use std::cmp::Ordering;

use imaging::Place;

use super::Missing;

/// One outlined frame of a series.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame {
    /// Where and when.
    pub(crate) place: Place,
    /// Which file, and which frame of it, from 0.
    pub(crate) file: (String, u32),
    /// Pixels of right ventricle, myocardium, left ventricle.
    pub(crate) pixels: [f64; 3],
    /// Unlike what the model was trained on.
    pub(crate) far: bool,
}

/// The frames of one stack of parallel slices.
pub(crate) struct Slices(Vec<Vec<Frame>>);

/// Areas in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stack {
    /// Of each phase the slices, of each slice the areas of right ventricle, myocardium, left ventricle: in
    /// square millimetres, or in pixels where those are not known.
    pub(crate) phases: Vec<Vec<[f64; 3]>>,
    /// The distance of the slices, where areas are in square millimetres.
    pub(crate) millimetres: Option<f64>,
}

/// Slices whose normals have a larger angle than 8° between them are of different stacks.
const PARALLEL: f64 = 0.99;
/// Nearer than this, in mm, two frames are at one place.
const SAME: f64 = 0.5;
/// By so much of the usual distance may the distances of slices differ; beyond, one is missing between them.
const UNEVEN: f64 = 0.25;
/// With more than this share of frames that are unlike the training data, the series is.
const UNLIKE: f64 = 0.2;

impl Slices {
    /// The frames that are parallel to the asked one, by place and moment.
    pub(crate) fn of(frames: Vec<Frame>, asked: &Place) -> Self {
        let mut placed: Vec<(f64, Frame)> = frames
            .into_iter()
            .filter(|frame| parallel(&frame.place, asked))
            .filter_map(|frame| Some((frame.place.along?, frame)))
            .collect();
        placed.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| earlier(one, other)));
        let mut slices: Vec<(f64, Vec<Frame>)> = Vec::new();
        for (along, frame) in placed {
            match slices.last_mut() {
                Some((at, slice)) if along - *at < SAME => slice.push(frame),
                _ => slices.push((along, vec![frame])),
            }
        }
        let mut slices: Vec<Vec<Frame>> = slices.into_iter().map(|(_, slice)| slice).collect();
        for slice in &mut slices {
            slice.sort_by(earlier);
        }
        Self(slices)
    }

    /// How many places there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// How many moments every place has.
    pub(crate) fn phases(&self) -> usize {
        self.0.iter().map(Vec::len).min().unwrap_or(0)
    }

    /// The stack, if it is whole.
    pub(crate) fn stack(&self, least_slices: u32) -> Result<Stack, Missing> {
        let phases = self.phases();
        if (self.count() as u64) < u64::from(least_slices).max(2) {
            return Err(Missing::TooFewSlices);
        }
        if phases < 2 {
            return Err(Missing::OnePhase);
        }
        let distance = self.distance().ok_or(Missing::UnevenSlices)?;
        let frames = || self.0.iter().flatten();
        let far = frames().filter(|frame| frame.far).count();
        if far as f64 > UNLIKE * frames().count() as f64 {
            return Err(Missing::Unlike);
        }
        let known = frames().all(|frame| frame.place.pixel_mm2.is_some());
        let area = |frame: &Frame| {
            let unit = frame.place.pixel_mm2.filter(|_| known).unwrap_or(1.0);
            frame.pixels.map(|pixels| pixels * unit)
        };
        // A place with more moments than the others gives those that lie nearest in the beat.
        let at = |slice: &Vec<Frame>, phase: usize| area(&slice[phase * slice.len() / phases]);
        let phase = |phase| self.0.iter().map(|slice| at(slice, phase)).collect();
        Ok(Stack {
            phases: (0..phases).map(phase).collect(),
            millimetres: known.then_some(distance),
        })
    }

    /// The usual distance between neighbours, mm; none where a slice is missing between two.
    fn distance(&self) -> Option<f64> {
        let along: Vec<f64> = self
            .0
            .iter()
            .filter_map(|slice| slice.first()?.place.along)
            .collect();
        let gaps: Vec<f64> = along.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut sorted = gaps.clone();
        sorted.sort_by(f64::total_cmp);
        let usual = *sorted.get(sorted.len() / 2)?;
        let even = gaps.iter().all(|gap| (gap - usual).abs() <= UNEVEN * usual);
        even.then_some(usual)
    }
}

fn parallel(one: &Place, other: &Place) -> bool {
    match (one.normal, other.normal) {
        (Some(a), Some(b)) => a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() > PARALLEL,
        (None, None) => true,
        _ => false,
    }
}

/// Which of two frames at one place comes first in the beat.
fn earlier(one: &Frame, other: &Frame) -> Ordering {
    let after = |frame: &Frame| frame.place.trigger_ms.unwrap_or(f64::NEG_INFINITY);
    after(one)
        .total_cmp(&after(other))
        .then_with(|| one.place.instance.cmp(&other.place.instance))
        .then_with(|| one.file.1.cmp(&other.file.1))
        .then_with(|| one.file.0.cmp(&other.file.0))
}
