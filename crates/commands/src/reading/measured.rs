//! What a measuring model told, for a screen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Outlines on the picture that was read, and what its series measures. All of it needs review by a clinician.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MeasuredView {
    /// Outlines on the picture that was read.
    pub contours: Vec<ContourView>,
    /// Areas on that picture, one a part.
    pub areas: Vec<AreaView>,
    /// What the series measures (`measured.<key>`); empty where it was not measured.
    pub values: Vec<MeasuredValueView>,
    /// Places that the series has; 0 where it was not looked at.
    pub slices: u32,
    /// Moments of the heartbeat that the series has.
    pub phases: u32,
    /// Without spacing in the headers: ratios only, no volumes.
    pub relative: bool,
    /// Why the series was not measured (`not-measured.<key>`).
    pub missing: Option<String>,
}

/// One closed outline of a part.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ContourView {
    /// Key of the part: `right_ventricle`, `myocardium`, `left_ventricle`.
    pub part: String,
    /// `[column, row]` in pixels of the stored picture; the last joins the first.
    pub points: Vec<[f32; 2]>,
}

/// How large a part is on the picture.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AreaView {
    /// Key of the part.
    pub part: String,
    /// In pixels of the stored picture.
    pub pixels: f64,
    /// In square millimetres, where the header gives the spacing.
    pub square_mm: Option<f64>,
}

/// One value of the series.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MeasuredValueView {
    /// Which: `lv_ejection_fraction`, `lv_end_diastolic_volume`, …
    pub key: String,
    /// How much.
    pub value: f64,
    /// Lower end of the 90 % interval against reference outlines; none for volumes.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// In which unit.
    pub unit: MeasuredUnit,
}

/// Unit of a measured value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MeasuredUnit {
    /// None; a fraction of one.
    Ratio,
    /// Millilitres.
    Ml,
    /// Grams.
    G,
}

/// What was measured, in short.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MeasuredSummary {
    /// The first value of the model's card; none where the series was not measured.
    pub first: Option<MeasuredValueView>,
    /// Why the series was not measured (`not-measured.<key>`).
    pub missing: Option<String>,
}

impl From<::clinic::Measured> for MeasuredView {
    fn from(measured: ::clinic::Measured) -> Self {
        let contours = measured.contours.into_iter().map(|one| ContourView {
            part: one.part,
            points: one.points,
        });
        let areas = measured.areas.into_iter().map(|one| AreaView {
            part: one.part,
            pixels: one.pixels,
            square_mm: one.square_mm,
        });
        Self {
            contours: contours.collect(),
            areas: areas.collect(),
            values: measured.values.into_iter().map(Into::into).collect(),
            slices: measured.slices,
            phases: measured.phases,
            relative: measured.relative,
            missing: measured.missing,
        }
    }
}

impl From<::clinic::MeasuredValue> for MeasuredValueView {
    fn from(one: ::clinic::MeasuredValue) -> Self {
        Self {
            key: one.key,
            value: one.value,
            low: one.low,
            high: one.high,
            unit: match one.unit {
                ::clinic::MeasuredUnit::Ratio => MeasuredUnit::Ratio,
                ::clinic::MeasuredUnit::Ml => MeasuredUnit::Ml,
                ::clinic::MeasuredUnit::G => MeasuredUnit::G,
            },
        }
    }
}

impl From<::clinic::Measured> for MeasuredSummary {
    fn from(measured: ::clinic::Measured) -> Self {
        Self {
            first: measured.values.into_iter().next().map(Into::into),
            missing: measured.missing,
        }
    }
}

/// What the record keeps of it.
pub(super) fn kept(measured: ::reading::Measured) -> ::clinic::Measured {
    let contours = measured.contours.into_iter().map(|one| ::clinic::Contour {
        part: one.part.key().into(),
        points: one.points,
    });
    let areas = measured.areas.into_iter().map(|one| ::clinic::Area {
        part: one.part.key().into(),
        pixels: one.pixels,
        square_mm: one.square_mm,
    });
    let values = measured
        .values
        .into_iter()
        .map(|one| ::clinic::MeasuredValue {
            key: one.key,
            value: one.value,
            low: one.low,
            high: one.high,
            unit: match one.unit {
                ::reading::Unit::Ratio => ::clinic::MeasuredUnit::Ratio,
                ::reading::Unit::Ml => ::clinic::MeasuredUnit::Ml,
                ::reading::Unit::G => ::clinic::MeasuredUnit::G,
            },
        });
    ::clinic::Measured {
        contours: contours.collect(),
        areas: areas.collect(),
        values: values.collect(),
        slices: measured.slices,
        phases: measured.phases,
        relative: measured.relative,
        missing: measured.missing.map(|why| why.key().into()),
    }
}
