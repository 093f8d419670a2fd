//! What a series of known size must give.

use std::f64::consts::PI;

use imaging::Place;
use proptest::prelude::*;

use super::{
    Missing, Unit,
    card::{Measure, Part, Ratio},
    derive::{Derived, derive},
    stack::{Frame, Slices},
};

/// A card for three labels and every ratio.
pub(super) fn card() -> Measure {
    let ratios = vec![
        Ratio::LvEjectionFraction,
        Ratio::RvEjectionFraction,
        Ratio::RvToLv,
        Ratio::RvToLvEndSystole,
        Ratio::WallToLv,
        Ratio::WallToLvEndSystole,
        Ratio::ThickestWall,
        Ratio::ThickestWallEndSystole,
        Ratio::ThickeningSpread,
        Ratio::LeastThickening,
    ];
    let n = ratios.len();
    let row = |first: f64| (0..n).map(|i| if i == 0 { first } else { 0.0 }).collect();
    Measure {
        parts: Part::ALL.into(),
        ratios,
        centre: vec![0.5; n],
        scale: vec![0.1; n],
        weights: vec![row(1.0), row(0.0), row(-1.0)],
        bias: vec![0.0, 0.5, 0.0],
        intervals: vec![0.05; n],
        least_slices: 5,
    }
}

/// A heart of straight cylinders, whose radii in mm follow the beat.
#[derive(Clone, Copy, Debug)]
struct Heart {
    slices: usize,
    phases: usize,
    /// Between slices, mm.
    distance: f64,
    /// Of a pixel, mm.
    side: f64,
    /// Radius of the left ventricle at end-diastole and end-systole, mm.
    left: [f64; 2],
    /// The same of the right one.
    right: [f64; 2],
    /// Area of the muscle, mm²; it does not change, as muscle does not.
    muscle: f64,
    /// Whether headers give the size of a pixel.
    spaced: bool,
}

impl Heart {
    /// Areas in mm² at a phase: largest at the first, smallest in the middle.
    fn areas(&self, phase: usize) -> [f64; 3] {
        let way = (PI * phase as f64 / self.phases as f64).sin();
        let shrinks = |[from, to]: [f64; 2]| PI * (from + (to - from) * way).powi(2);
        [shrinks(self.right), self.muscle, shrinks(self.left)]
    }

    fn frames(&self) -> Vec<Frame> {
        let all =
            (0..self.slices).flat_map(|slice| (0..self.phases).map(move |phase| (slice, phase)));
        all.map(|(slice, phase)| Frame {
            place: Place {
                normal: Some([0.0, 0.6, 0.8]),
                along: Some(-40.0 + slice as f64 * self.distance),
                trigger_ms: Some(phase as f64 * 31.5),
                instance: Some((slice * self.phases + phase) as i64),
                pixel_mm2: self.spaced.then_some(self.side * self.side),
            },
            file: (format!("{slice}-{phase}"), 0),
            pixels: self.areas(phase).map(|area| area / (self.side * self.side)),
            far: false,
        })
        .collect()
    }

    /// Middle phase: only with an even number is it met exactly.
    fn at_end_systole(&self) -> [f64; 3] {
        self.areas(self.phases / 2)
    }
}

fn measured(frames: Vec<Frame>) -> Result<Derived, Missing> {
    let asked = frames[0].place;
    let stack = Slices::of(frames, &asked).stack(card().least_slices)?;
    derive(&card(), 1.5, &stack)
}

fn value(derived: &Derived, key: &str) -> f64 {
    let found = derived.values.iter().find(|value| value.key == key);
    found.unwrap_or_else(|| panic!("{key}")).value
}

fn hearts() -> impl Strategy<Value = Heart> {
    let radii = (18.0..35.0_f64, 0.4..0.95_f64).prop_map(|(radius, kept)| [radius, radius * kept]);
    (
        5..14_usize,
        1..15_usize,
        4.0..12.0_f64,
        0.5..2.5_f64,
        (radii.clone(), radii),
        800.0..2500.0_f64,
        any::<bool>(),
    )
        .prop_map(
            |(slices, half, distance, side, (left, right), muscle, spaced)| Heart {
                slices,
                phases: half * 2,
                distance,
                side,
                left,
                right,
                muscle,
                spaced,
            },
        )
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

proptest! {
    #[test]
    fn cylinders_have_the_volumes_of_cylinders(heart in hearts(), seed in any::<u64>()) {
        let heart = Heart { spaced: true, ..heart };
        let mut frames = heart.frames();
        shuffle(&mut frames, seed);
        let found = measured(frames).unwrap();
        let ([rv, wall, lv], [rv_es, wall_es, lv_es]) = (heart.areas(0), heart.at_end_systole());
        let ml = |area: f64| area * heart.distance * heart.slices as f64 / 1000.0;
        prop_assert!(near(value(&found, "lv_end_diastolic_volume"), ml(lv)));
        prop_assert!(near(value(&found, "lv_end_systolic_volume"), ml(lv_es)));
        prop_assert!(near(value(&found, "rv_end_diastolic_volume"), ml(rv)));
        prop_assert!(near(value(&found, "rv_end_systolic_volume"), ml(rv_es)));
        prop_assert!(near(value(&found, "lv_mass"), ml(wall) * 1.05));
        prop_assert!(near(value(&found, "lv_ejection_fraction"), (lv - lv_es) / lv));
        prop_assert!(near(value(&found, "rv_ejection_fraction"), (rv - rv_es) / rv));
        prop_assert!(near(value(&found, "wall_to_lv_end_systole"), wall_es / lv_es));
        let thick = |wall: f64, lv: f64| ((wall + lv) / PI).sqrt() - (lv / PI).sqrt();
        prop_assert!(near(value(&found, "thickest_wall"), thick(wall, lv) / (wall + lv).sqrt()));
        prop_assert!(near(value(&found, "thickest_wall_end_systole"), thick(wall_es, lv_es) / (wall + lv).sqrt()));
        prop_assert!(near(value(&found, "least_thickening"), thick(wall_es, lv_es) / thick(wall, lv)));
        prop_assert!(value(&found, "thickening_spread").abs() < 1e-9);
        prop_assert!((found.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn no_ratio_knows_how_large_a_pixel_is(heart in hearts(), larger in 0.2..5.0_f64) {
        let other = Heart { spaced: !heart.spaced, distance: heart.distance * larger, ..heart };
        let zoomed = other.frames().into_iter().map(|frame| Frame {
            pixels: frame.pixels.map(|pixels| pixels * larger),
            ..frame
        });
        let (one, two) = (measured(heart.frames()).unwrap(), measured(zoomed.collect()).unwrap());
        let ratios = |derived: &Derived| derived.values.iter().filter(|value| value.unit == Unit::Ratio).cloned().collect::<Vec<_>>();
        for (a, b) in ratios(&one).iter().zip(&ratios(&two)) {
            prop_assert!(near(a.value, b.value), "{a:?} {b:?}");
            prop_assert_eq!(a.low.map(|low| near(a.value - low, 0.05)), Some(true));
        }
        prop_assert_eq!(ratios(&one).len(), 10);
        for (a, b) in one.probabilities.iter().zip(&two.probabilities) {
            prop_assert!((a - b).abs() < 1e-5);
        }
        // Volumes only where lengths are known.
        let volumes = |derived: &Derived| derived.values.len() - 10;
        prop_assert_eq!((volumes(&one), volumes(&two)), if heart.spaced { (5, 0) } else { (0, 5) });
    }

    #[test]
    fn the_order_of_the_files_makes_no_difference(heart in hearts(), seed in any::<u64>(), timed in any::<bool>()) {
        let mut frames = heart.frames();
        if !timed {
            frames.iter_mut().for_each(|frame| frame.place.trigger_ms = None);
        }
        let first = measured(frames.clone());
        shuffle(&mut frames, seed);
        prop_assert_eq!(measured(frames), first);
    }
}

/// Fisher and Yates with a generator that needs no crate.
fn shuffle<T>(list: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for last in (1..list.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        list.swap(last, (state % (last as u64 + 1)) as usize);
    }
}

const HEART: Heart = Heart {
    slices: 9,
    phases: 10,
    distance: 8.0,
    side: 1.4,
    left: [25.0, 15.0],
    right: [28.0, 20.0],
    muscle: 1500.0,
    spaced: true,
};

/// A heart whose frames were changed, and why it is then not measured.
fn refused(change: impl Fn(&mut Vec<Frame>), expected: Missing) {
    let mut frames = HEART.frames();
    assert!(measured(frames.clone()).is_ok());
    change(&mut frames);
    assert_eq!(measured(frames), Err(expected));
}

fn slice(frame: &Frame) -> usize {
    ((frame.place.along.unwrap() + 40.0) / HEART.distance).round() as usize
}

#[test]
fn nothing_is_told_of_a_series_that_is_not_whole() {
    refused(
        |frames| frames.retain(|frame| slice(frame) < 4),
        Missing::TooFewSlices,
    );
    refused(
        |frames| frames.retain(|frame| slice(frame) != 4),
        Missing::UnevenSlices,
    );
    refused(
        |frames| frames.retain(|frame| frame.place.trigger_ms == Some(0.0)),
        Missing::OnePhase,
    );
    refused(
        |frames| {
            frames
                .iter_mut()
                .take(20)
                .for_each(|frame| frame.far = true)
        },
        Missing::Unlike,
    );
    refused(
        |frames| frames.iter_mut().for_each(|frame| frame.pixels[2] = 0.0),
        Missing::TooFewSlices,
    );
    refused(
        |frames| frames.iter_mut().for_each(|frame| frame.pixels[0] = 0.0),
        Missing::NoRatio,
    );
    refused(
        |frames| frames.iter_mut().for_each(|frame| frame.pixels[1] = 0.0),
        Missing::NoRatio,
    );
    // Four slices show a left ventricle, and five are wanted.
    let basal = |frames: &mut Vec<Frame>| {
        let beyond = frames.iter_mut().filter(|frame| slice(frame) >= 4);
        beyond.for_each(|frame| frame.pixels = [0.0; 3]);
    };
    refused(basal, Missing::TooFewSlices);
}

#[test]
fn other_planes_and_repeated_moments_do_not_count() {
    let plain = measured(HEART.frames()).unwrap();
    let mut frames = HEART.frames();
    let long_axis = Place {
        normal: Some([1.0, 0.0, 0.0]),
        along: Some(-20.0),
        ..frames[0].place
    };
    frames.push(Frame {
        place: long_axis,
        pixels: [9e9; 3],
        ..frames[0].clone()
    });
    // A slice that was taken twice gives each moment once.
    let twice: Vec<Frame> = frames
        .iter()
        .filter(|frame| slice(frame) == 3)
        .cloned()
        .collect();
    let later = twice.into_iter().map(|frame| Frame {
        file: (format!("{} again", frame.file.0), 0),
        ..frame
    });
    frames.extend(later);
    assert_eq!(measured(frames).unwrap(), plain);
}

#[test]
fn what_the_card_says_becomes_probabilities() {
    let found = measured(HEART.frames()).unwrap();
    let fraction = value(&found, "lv_ejection_fraction");
    let logits = [(fraction - 0.5) / 0.1, 0.5, -(fraction - 0.5) / 0.1];
    let powers = logits.map(|logit| (logit / 1.5).exp());
    for (found, power) in found.probabilities.iter().zip(powers) {
        let expected = power / powers.iter().sum::<f64>();
        assert!((f64::from(*found) - expected).abs() < 1e-6);
    }
}
