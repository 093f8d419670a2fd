//! VOI: which values are black, which are white, and what lies between (PS3.3 C.11.2).

use serde::{Deserialize, Serialize};

use crate::{DisplayFrame, lut::Table};

/// The shape between black and white.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// C.11.2.1.2.1: the window covers `width` whole values.
    #[default]
    Linear,
    /// C.11.2.1.3.2: from `centre - width / 2` to `centre + width / 2`.
    LinearExact,
    /// C.11.2.1.3.1: 1 / (1 + exp(-4 (x - centre) / width)).
    Sigmoid,
}

/// A window over modality output.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// The value of middle grey.
    pub centre: f64,
    /// The distance from black to white; a width below the least that the function allows is a step.
    pub width: f64,
    /// The shape between.
    #[serde(default)]
    pub function: Function,
}

/// Modality output to brightness.
#[derive(Clone, Debug, PartialEq)]
pub enum Voi {
    /// Window Center and Width.
    Window(Window),
    /// VOI LUT Sequence.
    Table(Table),
}

impl Window {
    /// Brightness, 0 to 1.
    pub fn apply(&self, x: f64) -> f64 {
        let step = |edge: f64| if x > edge { 1.0 } else { 0.0 };
        let brightness = match self.function {
            // Below 1 the standard's equation has no meaning; fractional units (Gy, SUV) still want one.
            Function::Linear if self.width > 0.0 && self.width < 1.0 => {
                (x - self.centre) / self.width + 0.5
            }
            Function::Linear if self.width <= 1.0 => step(self.centre - 0.5),
            Function::Linear => (x - (self.centre - 0.5)) / (self.width - 1.0) + 0.5,
            _ if self.width <= 0.0 => step(self.centre),
            Function::LinearExact => (x - self.centre) / self.width + 0.5,
            Function::Sigmoid => 1.0 / (1.0 + (-4.0 * (x - self.centre) / self.width).exp()),
        };
        if brightness.is_nan() {
            0.0
        } else {
            brightness.clamp(0.0, 1.0)
        }
    }

    fn between(low: f64, high: f64) -> Self {
        let width = if high > low { high - low } else { 1.0 };
        Self {
            centre: (low + high) / 2.0,
            width,
            function: Function::LinearExact,
        }
    }
}

impl Voi {
    /// Brightness of a modality output, 0 to 1.
    pub fn apply(&self, x: f64) -> f64 {
        match self {
            Self::Window(window) => window.apply(x),
            Self::Table(table) => {
                let top = f64::from((1_u32 << table.bits) - 1);
                (f64::from(table.at(x.round() as i64)) / top).min(1.0)
            }
        }
    }

    /// The window, or the span of the table, e.g. to begin a drag from.
    pub fn window(&self) -> Window {
        match self {
            Self::Window(window) => *window,
            Self::Table(table) => {
                let first = f64::from(table.first);
                Window::between(first, first + table.values.len() as f64 - 1.0)
            }
        }
    }

    /// Every unsigned value of so many bits.
    pub(crate) fn full_range(bits: u32) -> Self {
        Self::Window(Window::between(0.0, f64::from((1_u32 << bits) - 1)))
    }

    /// For a grey frame without a VOI of its own: 1st to 99th percentile for projection radiographs,
    /// else smallest to largest; padding is left out.
    pub(crate) fn automatic(frame: &DisplayFrame, modality: Option<&str>) -> Self {
        if frame.format.samples != 1 {
            return Self::full_range(8);
        }
        let counts = frame.histogram();
        let total: u64 = counts.iter().map(|(_, count)| count).sum();
        let trim = if is_projection(modality) {
            total / 100
        } else {
            0
        };
        let (slope, intercept) = (frame.format.slope, frame.format.intercept);
        let unit = |value: i32| f64::from(value) * slope + intercept;
        let low = nth(counts.iter(), trim).map_or(0.0, unit);
        let high = nth(counts.iter().rev(), trim).map_or(0.0, unit);
        Self::Window(Window::between(low.min(high), low.max(high)))
    }
}

/// Modalities whose values have no unit: computed and digital radiography, mammography, dental.
pub(crate) fn is_projection(modality: Option<&str>) -> bool {
    matches!(
        modality,
        Some("CR" | "DX" | "DR" | "RG" | "MG" | "PX" | "IO")
    )
}

/// The value below which `skip` pixels lie.
fn nth<'a>(counts: impl Iterator<Item = &'a (i32, u64)>, skip: u64) -> Option<i32> {
    let mut seen = 0;
    for (value, count) in counts {
        seen += count;
        if seen > skip {
            return Some(*value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn window(centre: f64, width: f64, function: Function) -> Window {
        Window {
            centre,
            width,
            function,
        }
    }

    #[test]
    fn windows_follow_the_standards_equations() {
        // PS3.3 C.11.2.1.2.1, note: centre 2048, width 4096 over 12 bits is the identity.
        let identity = window(2048.0, 4096.0, Function::Linear);
        for x in [0.0, 1.0, 1000.0, 4095.0] {
            assert!((identity.apply(x) - x / 4095.0).abs() < 1e-12, "{x}");
        }
        // Centre 0, width 1: the step of the standard's example.
        let step = window(0.0, 1.0, Function::Linear);
        assert_eq!((step.apply(-1.0), step.apply(0.0)), (0.0, 1.0));
        let exact = window(0.0, 100.0, Function::LinearExact);
        assert_eq!(
            (exact.apply(-50.0), exact.apply(0.0), exact.apply(50.0)),
            (0.0, 0.5, 1.0)
        );
        let fraction = window(0.5, 0.5, Function::Linear);
        assert_eq!(
            (
                fraction.apply(0.25),
                fraction.apply(0.5),
                fraction.apply(0.75)
            ),
            (0.0, 0.5, 1.0)
        );
        let sigmoid = window(10.0, 20.0, Function::Sigmoid);
        assert!((sigmoid.apply(10.0) - 0.5).abs() < 1e-12);
        assert!((sigmoid.apply(20.0) - 0.880_797_077_977_882_3).abs() < 1e-12);
        let none = window(5.0, 0.0, Function::LinearExact);
        assert_eq!((none.apply(5.0), none.apply(5.1)), (0.0, 1.0));
    }

    proptest! {
        #[test]
        fn brighter_never_becomes_darker(
            centre in -3000.0..3000.0_f64, width in -10.0..5000.0_f64,
            a in -4000.0..4000.0_f64, b in -4000.0..4000.0_f64, which in 0..3,
        ) {
            let function = [Function::Linear, Function::LinearExact, Function::Sigmoid][which as usize];
            let window = window(centre, width, function);
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(window.apply(low) <= window.apply(high));
            prop_assert!((0.0..=1.0).contains(&window.apply(a)));
        }
    }
}
