//! What a measuring model told of a picture and of the series that it belongs to.
//!
//! It is kept inside a reading's answer, so that a figure never stands without its model, its scan and
//! its moment. Nothing here is a finding: a clinician reviews every outline and every value.

use serde::{Deserialize, Serialize};

use crate::{
    error::{ClinicError, Result},
    limits,
};

/// Outlines on the picture, and what they and the whole series measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Outlines on the picture that was read.
    pub contours: Vec<Contour>,
    /// Areas on that picture, one a part.
    pub areas: Vec<Area>,
    /// What the series measures; empty where it was not measured.
    pub values: Vec<MeasuredValue>,
    /// Places that the series has; 0 where it was not looked at.
    pub slices: u32,
    /// Moments of the heartbeat that the series has.
    pub phases: u32,
    /// Without spacing in the headers: ratios only, no volumes.
    pub relative: bool,
    /// Key of why the series was not measured.
    pub missing: Option<String>,
}

/// One closed outline of a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contour {
    /// Key of the part.
    pub part: String,
    /// `[column, row]` in pixels of the stored picture; the last joins the first.
    pub points: Vec<[f32; 2]>,
}

/// How large a part is on the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Key of the part.
    pub part: String,
    /// In pixels of the stored picture.
    pub pixels: f64,
    /// In square millimetres, where the header gives the spacing.
    pub square_mm: Option<f64>,
}

/// One value of the series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeasuredValue {
    /// Which.
    pub key: String,
    /// How much.
    pub value: f64,
    /// Lower end of the 90 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// In which unit.
    pub unit: MeasuredUnit,
}

/// Unit of a measured value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasuredUnit {
    /// None.
    Ratio,
    /// Millilitres.
    Ml,
    /// Grams.
    G,
}

impl Measured {
    /// Figures are figures, names are names; a series that was not measured has no values.
    pub(super) fn check(&self) -> Result<()> {
        let numbers = self
            .contours
            .iter()
            .flat_map(|one| one.points.iter().flatten());
        let mut finite = numbers.map(|value| f64::from(*value)).chain(
            self.areas
                .iter()
                .flat_map(|one| [Some(one.pixels), one.square_mm])
                .chain(
                    self.values
                        .iter()
                        .flat_map(|one| [Some(one.value), one.low, one.high]),
                )
                .flatten(),
        );
        let parts = self.contours.iter().map(|one| &one.part);
        let mut names = parts
            .chain(self.areas.iter().map(|one| &one.part))
            .chain(self.values.iter().map(|one| &one.key))
            .chain(self.missing.as_ref());
        names.try_for_each(|name| limits::name("measured", name))?;
        let told = self.missing.is_none() || self.values.is_empty();
        match finite.all(f64::is_finite) && told {
            true => Ok(()),
            false => Err(ClinicError::Invalid {
                field: "measured",
                rule: "range",
            }),
        }
    }
}
