//! From areas to volumes, ratios and class probabilities.
//!
//! Volumes are sums of areas times the distance of the slices (Simpson's rule as the Society for
//! Cardiovascular Magnetic Resonance recommends it, Schulz-Menger et al. 2013 and 2020). The wall's thickness
//! on a slice is the difference of the radii of two circles of the same areas. The same rules are in
//! `models/training/cardiac.py`, which fits the weights.

use super::{
    Missing, Unit, Value,
    card::{Measure, Ratio},
    stack::Stack,
};
use crate::pack::softmax;

/// What a whole series tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Derived {
    /// Ratios in the card's order, then volumes where lengths are known.
    pub(crate) values: Vec<Value>,
    /// One a label.
    pub(crate) probabilities: Vec<f32>,
}

/// Areas of right ventricle, myocardium, left ventricle on each slice of one phase.
type Phase = [[f64; 3]];

/// Grams of a millilitre of heart muscle.
const DENSITY: f64 = 1.05;

/// Everything that the card wants, or why there is nothing: half an answer is none.
pub(crate) fn derive(
    measure: &Measure,
    temperature: f32,
    stack: &Stack,
) -> Result<Derived, Missing> {
    let sizes = stack.phases.iter().map(|phase| volume(phase)[2]);
    let (mut largest, mut smallest) = (None, None);
    for (at, size) in sizes.enumerate() {
        if largest.is_none_or(|(_, most)| size > most) {
            largest = Some((at, size));
        }
        if smallest.is_none_or(|(_, least)| size < least) {
            smallest = Some((at, size));
        }
    }
    let (Some((ed, _)), Some((es, _))) = (largest, smallest) else {
        return Err(Missing::OnePhase);
    };
    let (ed, es) = (&stack.phases[ed], &stack.phases[es]);
    let shown = ed.iter().filter(|slice| slice[2] > 0.0).count();
    if (shown as u64) < u64::from(measure.least_slices) {
        return Err(Missing::TooFewSlices);
    }
    let ratios: Vec<f64> = measure
        .ratios
        .iter()
        .map(|which| ratio(*which, ed, es).filter(|value| value.is_finite()))
        .collect::<Option<_>>()
        .ok_or(Missing::NoRatio)?;
    let named = measure.ratios.iter().zip(&ratios).zip(&measure.intervals);
    let mut values: Vec<Value> = named
        .map(|((which, &value), half)| Value {
            key: which.key().into(),
            value,
            low: Some(value - half),
            high: Some(value + half),
            unit: Unit::Ratio,
        })
        .collect();
    if let Some(distance) = stack.millimetres {
        values.extend(volumes(volume(ed), volume(es), distance));
    }
    Ok(Derived {
        values,
        probabilities: probabilities(measure, temperature, &ratios),
    })
}

/// Millilitres and grams, of sums of square millimetres on slices so far apart.
fn volumes(ed: [f64; 3], es: [f64; 3], distance: f64) -> [Value; 5] {
    let told = |key: &str, area: f64, unit: Unit, factor: f64| Value {
        key: key.into(),
        value: area * distance / 1000.0 * factor,
        low: None,
        high: None,
        unit,
    };
    [
        told("lv_end_diastolic_volume", ed[2], Unit::Ml, 1.0),
        told("lv_end_systolic_volume", es[2], Unit::Ml, 1.0),
        told("rv_end_diastolic_volume", ed[0], Unit::Ml, 1.0),
        told("rv_end_systolic_volume", es[0], Unit::Ml, 1.0),
        told("lv_mass", ed[1], Unit::G, DENSITY),
    ]
}

fn probabilities(measure: &Measure, temperature: f32, ratios: &[f64]) -> Vec<f32> {
    let scaled: Vec<f64> = ratios
        .iter()
        .zip(&measure.centre)
        .zip(&measure.scale)
        .map(|((ratio, centre), scale)| (ratio - centre) / scale)
        .collect();
    let logits: Vec<f32> = measure
        .weights
        .iter()
        .zip(&measure.bias)
        .map(|(row, bias)| (bias + row.iter().zip(&scaled).map(|(w, x)| w * x).sum::<f64>()) as f32)
        .collect();
    softmax(&logits, temperature)
}

/// None where there is nothing to divide by.
fn ratio(which: Ratio, ed: &Phase, es: &Phase) -> Option<f64> {
    let ([rv, wall, lv], [rv_es, wall_es, lv_es]) = (volume(ed), volume(es));
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    // The size that walls are told against: that of the left ventricle with its wall, where there is a ring.
    let size = || {
        let rings: Vec<f64> = ed
            .iter()
            .filter(|slice| thickness(slice).is_some())
            .map(|slice| slice[1] + slice[2])
            .collect();
        mean(&rings).map(f64::sqrt)
    };
    let thickest = |phase: &Phase| phase.iter().filter_map(thickness).reduce(f64::max);
    let thickening = || -> Vec<f64> {
        let both = ed.iter().zip(es);
        both.filter_map(|(ed, es)| share(thickness(es)?, thickness(ed)?))
            .collect()
    };
    match which {
        Ratio::LvEjectionFraction => share(lv - lv_es, lv),
        Ratio::RvEjectionFraction => share(rv - rv_es, rv),
        Ratio::RvToLv => share(rv, lv),
        Ratio::RvToLvEndSystole => share(rv_es, lv_es),
        Ratio::WallToLv => share(wall, lv),
        Ratio::WallToLvEndSystole => share(wall_es, lv_es),
        Ratio::ThickestWall => share(thickest(ed)?, size()?),
        Ratio::ThickestWallEndSystole => share(thickest(es)?, size()?),
        Ratio::ThickeningSpread => spread(&thickening()),
        Ratio::LeastThickening => thickening().into_iter().reduce(f64::min),
    }
}

/// Sums of the areas over the slices.
fn volume(phase: &Phase) -> [f64; 3] {
    phase.iter().fold([0.0; 3], |sum, slice| {
        std::array::from_fn(|part| sum[part] + slice[part])
    })
}

/// Mean thickness of the wall of a slice; none where there is no ring.
fn thickness([_, wall, lv]: &[f64; 3]) -> Option<f64> {
    let radius = |area: f64| (area / std::f64::consts::PI).sqrt();
    (*wall > 0.0 && *lv > 0.0).then(|| radius(wall + lv) - radius(*lv))
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard deviation.
fn spread(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    let squares: Vec<f64> = values
        .iter()
        .map(|value| (value - centre).powi(2))
        .collect();
    mean(&squares).map(f64::sqrt)
}
