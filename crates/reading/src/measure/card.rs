//! The `[measure]` section of a card: which parts are outlined, and what follows from their areas.
//!
//! An unknown part or ratio, a row of weights that does not fit, a scale of 0 – each is an error when the
//! card is read, so that nothing that uses a card has to ask again.

use serde::{Deserialize, Serialize};

/// What a measuring pack outlines and derives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The channels of the output `parts`, in order.
    pub parts: Vec<Part>,
    /// What `weights` takes, in order.
    pub ratios: Vec<Ratio>,
    /// One a ratio: `(ratio - centre) / scale` goes in.
    pub centre: Vec<f64>,
    /// One a ratio.
    pub scale: Vec<f64>,
    /// A row a label, a column a ratio.
    pub weights: Vec<Vec<f64>>,
    /// One a label.
    pub bias: Vec<f64>,
    /// One a ratio: half of the width of the 90 % interval of its error against reference outlines.
    pub intervals: Vec<f64>,
    /// With fewer slices that show a left ventricle nothing is derived.
    pub least_slices: u32,
}

/// A part of the heart on a short-axis slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The cavity of the right ventricle.
    RightVentricle,
    /// The wall of the left ventricle.
    Myocardium,
    /// The cavity of the left ventricle.
    LeftVentricle,
}

/// A value without a unit, of the areas of a whole series. None depends on the size of a pixel or on the
/// distance of the slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ratio {
    /// What the left ventricle throws out, of what it held.
    LvEjectionFraction,
    /// The same of the right one.
    RvEjectionFraction,
    /// Right to left ventricle at end-diastole.
    RvToLv,
    /// The same at end-systole.
    RvToLvEndSystole,
    /// Wall to cavity of the left ventricle at end-diastole.
    WallToLv,
    /// The same at end-systole.
    WallToLvEndSystole,
    /// The thickest slice's wall at end-diastole, to the size of the left ventricle.
    ThickestWall,
    /// The same at end-systole.
    ThickestWallEndSystole,
    /// How differently the slices' walls thicken.
    ThickeningSpread,
    /// How much the wall thickens where it does so least.
    LeastThickening,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::RightVentricle, Self::Myocardium, Self::LeftVentricle];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::RightVentricle => "right_ventricle",
            Self::Myocardium => "myocardium",
            Self::LeftVentricle => "left_ventricle",
        }
    }
}

impl Ratio {
    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::LvEjectionFraction => "lv_ejection_fraction",
            Self::RvEjectionFraction => "rv_ejection_fraction",
            Self::RvToLv => "rv_to_lv",
            Self::RvToLvEndSystole => "rv_to_lv_end_systole",
            Self::WallToLv => "wall_to_lv",
            Self::WallToLvEndSystole => "wall_to_lv_end_systole",
            Self::ThickestWall => "thickest_wall",
            Self::ThickestWallEndSystole => "thickest_wall_end_systole",
            Self::ThickeningSpread => "thickening_spread",
            Self::LeastThickening => "least_thickening",
        }
    }
}

impl Measure {
    /// The first rule that the section breaks, for a card of so many labels.
    pub(crate) fn fault(&self, labels: usize) -> Option<&'static str> {
        let ratios = self.ratios.len();
        let lists = [&self.centre, &self.scale, &self.intervals];
        let finite = |list: &Vec<f64>| list.iter().all(|value| value.is_finite());
        let rules = [
            (
                distinct(&self.parts) && self.parts.len() == Part::ALL.len(),
                "measure.parts are not the three parts",
            ),
            (
                ratios > 0 && distinct(&self.ratios),
                "measure.ratios are not distinct",
            ),
            (
                lists.iter().all(|list| list.len() == ratios),
                "measure: one centre, scale and interval a ratio",
            ),
            (
                self.weights.len() == labels
                    && self.bias.len() == labels
                    && self.weights.iter().all(|row| row.len() == ratios),
                "measure.weights and bias are not labels by ratios",
            ),
            (
                lists.into_iter().chain(&self.weights).all(finite) && finite(&self.bias),
                "measure: a number is not finite",
            ),
            (
                self.scale.iter().all(|&scale| scale > 0.0),
                "measure.scale is not positive",
            ),
            (
                self.intervals.iter().all(|&half| half >= 0.0),
                "measure.intervals are negative",
            ),
            (self.least_slices > 0, "measure.least_slices is 0"),
        ];
        rules
            .into_iter()
            .find(|(kept, _)| !kept)
            .map(|(_, rule)| rule)
    }
}

fn distinct<T: Ord + Copy>(list: &[T]) -> bool {
    let mut sorted = list.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        parts = ["right_ventricle", "myocardium", "left_ventricle"]
        ratios = ["lv_ejection_fraction", "wall_to_lv"]
        centre = [0.5, 1.0]
        scale = [0.1, 0.2]
        weights = [[1.0, 0.0], [0.0, 1.0]]
        bias = [0.0, 0.1]
        intervals = [0.05, 0.1]
        least_slices = 5
    "#;

    fn check(from: &str, to: &str, expected: Option<&str>) {
        let text = GOOD.replace(from, to);
        assert!(from.is_empty() || text != GOOD, "{from}");
        let measure: Measure = toml::from_str(&text).unwrap();
        assert_eq!(measure.fault(2), expected, "{to}");
    }

    #[test]
    fn every_rule_of_the_section_is_looked_at() {
        check("", "", None);
        let twice = "\"right_ventricle\", \"myocardium\", \"myocardium\"";
        let parts = "\"right_ventricle\", \"myocardium\", \"left_ventricle\"";
        check(parts, twice, Some("measure.parts are not the three parts"));
        check(
            ", \"left_ventricle\"",
            "",
            Some("measure.parts are not the three parts"),
        );
        check(
            "wall_to_lv",
            "lv_ejection_fraction",
            Some("measure.ratios are not distinct"),
        );
        let one = Some("measure: one centre, scale and interval a ratio");
        check("[0.5, 1.0]", "[0.5]", one);
        check("[0.05, 0.1]", "[0.05, 0.1, 0.1]", one);
        let shape = Some("measure.weights and bias are not labels by ratios");
        check("[[1.0, 0.0], [0.0, 1.0]]", "[[1.0, 0.0]]", shape);
        check("[0.0, 1.0]]", "[0.0]]", shape);
        check("[0.0, 0.1]", "[0.0]", shape);
        check(
            "[0.5, 1.0]",
            "[0.5, inf]",
            Some("measure: a number is not finite"),
        );
        check("[[1.0,", "[[nan,", Some("measure: a number is not finite"));
        check(
            "[0.1, 0.2]",
            "[0.1, 0.0]",
            Some("measure.scale is not positive"),
        );
        check(
            "[0.05, 0.1]",
            "[0.05, -0.1]",
            Some("measure.intervals are negative"),
        );
        check("= 5", "= 0", Some("measure.least_slices is 0"));
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        for (from, to) in [
            ("wall_to_lv", "tail_to_nose"),
            ("myocardium", "atrium"),
            ("bias", "bios"),
        ] {
            assert!(
                toml::from_str::<Measure>(&GOOD.replace(from, to)).is_err(),
                "{to}"
            );
        }
        for ratio in [
            "lv_ejection_fraction",
            "thickening_spread",
            "least_thickening",
        ] {
            let parsed: Ratio = toml::from_str::<Measure>(&GOOD.replace("wall_to_lv", ratio))
                .unwrap()
                .ratios[1];
            assert_eq!(parsed.key(), ratio);
        }
    }
}
