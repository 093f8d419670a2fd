//! A pack that measures: it outlines parts on a picture, and where the picture belongs to a whole series, it
//! tells volumes, ratios and from those what kind of heart it may be.
//!
//! A number is told only where everything that it rests on is there. A picture alone has outlines and areas;
//! a series with a hole, without moments or unlike the training data has [`Missing`] instead of values.

mod card;
mod derive;
mod outline;
mod series;
mod stack;

use serde::{Deserialize, Serialize};

use crate::{error::Result, facts::Facts, input::Film, pack::Loaded};

pub use card::{Measure, Part, Ratio};
pub(crate) use series::Cache;
pub use series::{Member, Series};

/// Outlines, areas, and what the series measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Outlines on the picture.
    pub contours: Vec<Contour>,
    /// Areas on the picture, one a part.
    pub areas: Vec<Area>,
    /// Ratios in the card's order, then volumes; empty where the series was not measured.
    pub values: Vec<Value>,
    /// Places that the series has; 0 where it was not looked at.
    pub slices: u32,
    /// Moments of the heartbeat that each place has.
    pub phases: u32,
    /// The headers do not give the size of a pixel: no volumes.
    pub relative: bool,
    /// Why the series was not measured.
    pub missing: Option<Missing>,
}

/// One closed outline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contour {
    /// Of what.
    pub part: Part,
    /// `[column, row]` in pixels of the stored picture, whose top left pixel covers 0 to 1; the last point
    /// joins the first. A part with a hole has two, which run opposite ways round.
    pub points: Vec<[f32; 2]>,
}

/// How large a part is on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Of what.
    pub part: Part,
    /// Pixels of the stored picture.
    pub pixels: f64,
    /// Where the header gives the size of a pixel.
    pub square_mm: Option<f64>,
}

/// One value of the series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Which: the key of a [`Ratio`], or a volume or mass.
    pub key: String,
    /// How much.
    pub value: f64,
    /// Lower end of the 90 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// In which unit.
    pub unit: Unit,
}

/// Unit of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// None.
    Ratio,
    /// Millilitres.
    Ml,
    /// Grams.
    G,
}

/// Why a series was not measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The header names no series, or no place in one.
    SinglePicture,
    /// Only one moment of the heartbeat.
    OnePhase,
    /// Too few slices, or too few that show a left ventricle.
    TooFewSlices,
    /// A slice is missing between two.
    UnevenSlices,
    /// Too many frames are unlike what the model was trained on.
    Unlike,
    /// More frames than are measured.
    TooMany,
    /// A value that the others rest on would be divided by 0.
    NoRatio,
    /// A file of the series cannot be read.
    Unreadable,
}

impl Missing {
    /// The stable word for it, the end of the catalogue key `not-measured.<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::SinglePicture => "single-picture",
            Self::OnePhase => "one-phase",
            Self::TooFewSlices => "too-few-slices",
            Self::UnevenSlices => "uneven-slices",
            Self::Unlike => "unlike",
            Self::TooMany => "too-many",
            Self::NoRatio => "no-ratio",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What a measuring pack says of a picture.
pub(crate) enum Told {
    /// Nothing: the picture is unlike what the model was trained on.
    Far,
    /// Outlines, and one probability a label where the series was measured.
    Measured(Measured, Vec<f32>),
}

/// Outlines the picture and measures its series; none where somebody cancelled.
pub(crate) fn measure(
    model: &mut Loaded,
    cache: &mut Cache,
    (film, facts): (&Film<'_>, &Facts),
    mut series: Option<&mut dyn Series>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<Told>> {
    let asked = series.as_ref().map(|series| series.asked());
    let own = series::picture(model, cache, film, facts.place, asked)?;
    if own.far {
        return Ok(Some(Told::Far));
    }
    let pixel = own.place.pixel_mm2;
    let mut measured = Measured {
        contours: own.outline.contours.clone(),
        areas: Part::ALL
            .map(|part| area(part, own.outline.area(part), pixel))
            .into(),
        values: Vec::new(),
        slices: 0,
        phases: 0,
        relative: pixel.is_none(),
        missing: Some(Missing::SinglePicture),
    };
    let placed = series.take().filter(|_| own.place.along.is_some());
    let Some(series) = placed else {
        return Ok(Some(Told::Measured(measured, Vec::new())));
    };
    let frames = match series::frames(model, cache, series, cancelled)? {
        None => return Ok(None),
        Some(Err(missing)) => {
            measured.missing = Some(missing);
            return Ok(Some(Told::Measured(measured, Vec::new())));
        }
        Some(Ok(frames)) => frames,
    };
    let card = &model.pack.card;
    let Some(rules) = &card.measure else {
        return Ok(Some(Told::Measured(measured, Vec::new())));
    };
    let slices = stack::Slices::of(frames, &own.place);
    measured.slices = u32::try_from(slices.count()).unwrap_or(u32::MAX);
    measured.phases = u32::try_from(slices.phases()).unwrap_or(u32::MAX);
    let derived = slices.stack(rules.least_slices).and_then(|stack| {
        measured.relative = stack.millimetres.is_none();
        derive::derive(rules, card.calibration.temperature, &stack)
    });
    let probabilities = match derived {
        Ok(derived) => {
            measured.missing = None;
            measured.values = derived.values;
            derived.probabilities
        }
        Err(missing) => {
            measured.missing = Some(missing);
            Vec::new()
        }
    };
    Ok(Some(Told::Measured(measured, probabilities)))
}

fn area(part: Part, pixels: f64, pixel_mm2: Option<f64>) -> Area {
    Area {
        part,
        pixels,
        square_mm: pixel_mm2.map(|pixel| pixels * pixel),
    }
}

#[cfg(test)]
mod tests;
