//! Is this the right kind of scan, and can it be read at all? Asked before any class probability.

use crate::{
    error::Result,
    input::{Film, squash},
    outcome::{GateVerdict, Kind, Quality, Reason},
    pack::Loaded,
};

/// Fewer pixels on the short side than this show no detail that the packs were trained on.
const SHORT_SIDE: u32 = 100;
/// A frontal chest film is nearly square; beyond this ratio it is a strip.
const RATIO: f32 = 2.5;
/// Standard deviation of the grey values below which nothing can be seen.
const CONTRAST: f32 = 0.04;
/// Share of plain black or white pixels worth a remark.
const EMPTY: f32 = 0.6;

/// What the gate says of a film, and why the film is refused if it is.
pub(crate) fn examine(gate: &mut Loaded, film: &Film<'_>) -> Result<(GateVerdict, Option<Reason>)> {
    let picture = squash(film, gate.pack.card.model.size)?;
    let mut quality = measure(film, &picture);
    if quality.contains(&Quality::LowContrast) {
        // A blank picture has no kind; the network's answer to it would be noise.
        let verdict = GateVerdict {
            kind: Kind::Other,
            confidence: 0.0,
            quality,
            model: Some(gate.pack.card.model_ref()),
        };
        return Ok((verdict, Some(Reason::LowContrast)));
    }
    let probabilities = gate.run(&picture)?.probabilities;
    let mut votes = [
        (Kind::ChestFilm, 0.0),
        (Kind::LungCt, 0.0),
        (Kind::CardiacMr, 0.0),
    ];
    let mut inverted = 0.0;
    for (label, &p) in gate.pack.card.labels.iter().zip(&probabilities) {
        if label.id == "chest_film_inverted" {
            inverted = p;
        }
        for (kind, vote) in &mut votes {
            if label.id.starts_with(kind.key()) {
                *vote += p;
            }
        }
    }
    let (kind, confidence) =
        votes
            .into_iter()
            .fold((Kind::Other, 0.0), |best: (Kind, f32), vote| {
                if vote.1 > best.1 { vote } else { best }
            });
    let (kind, confidence) = if confidence >= 0.5 {
        (kind, confidence)
    } else {
        (Kind::Other, 1.0 - confidence)
    };
    if kind == Kind::ChestFilm && inverted >= 0.5 {
        quality.push(Quality::Inverted);
    }
    let certain = gate
        .pack
        .card
        .certainty(kind)
        .is_some_and(|least| confidence >= least);
    let reason = if !certain {
        Some(Reason::WrongKind)
    } else {
        quality.iter().find_map(|remark| match remark {
            Quality::Inverted => Some(Reason::Inverted),
            Quality::TooSmall => Some(Reason::TooSmall),
            Quality::Cropped => Some(Reason::Cropped),
            Quality::LowContrast | Quality::LargelyEmpty => None,
        })
    };
    Ok((
        GateVerdict {
            kind,
            confidence,
            quality,
            model: Some(gate.pack.card.model_ref()),
        },
        reason,
    ))
}

/// Remarks that can be measured without a network, on the film and on its squashed copy.
fn measure(film: &Film<'_>, picture: &[f32]) -> Vec<Quality> {
    let mut remarks = Vec::new();
    let (short, long) = (
        film.rows().min(film.columns()),
        film.rows().max(film.columns()),
    );
    let n = picture.len() as f32;
    let mean = picture.iter().sum::<f32>() / n;
    let variance = picture.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / n;
    if variance.sqrt() < CONTRAST {
        remarks.push(Quality::LowContrast);
    }
    if short < SHORT_SIDE {
        remarks.push(Quality::TooSmall);
    }
    if long as f32 > RATIO * short as f32 {
        remarks.push(Quality::Cropped);
    }
    let plain = picture
        .iter()
        .filter(|&&v| !(0.02..=0.98).contains(&v))
        .count();
    if plain as f32 > EMPTY * n {
        remarks.push(Quality::LargelyEmpty);
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: u32, columns: u32, grey: impl Fn(usize) -> f32, expected: &[Quality]) {
        let values: Vec<f32> = (0..(rows * columns) as usize).map(grey).collect();
        let film = Film::new(rows, columns, &values).unwrap();
        assert_eq!(
            measure(&film, &squash(&film, 64).unwrap()),
            expected,
            "{rows}x{columns}"
        );
    }

    #[test]
    fn what_cannot_be_read_is_remarked_on() {
        let waves = |i: usize| 0.5 + 0.4 * ((i / 40) as f32).sin();
        check(256, 256, |_| 0.5, &[Quality::LowContrast]);
        check(
            64,
            64,
            |i| (i / 640) as f32 / 10.0 + 0.1,
            &[Quality::TooSmall],
        );
        check(
            600,
            128,
            |i| (i / 12_800) as f32 / 8.0 + 0.1,
            &[Quality::Cropped],
        );
        check(
            256,
            256,
            |i| if i < 50_000 { 0.0 } else { 0.6 },
            &[Quality::LargelyEmpty],
        );
        check(256, 256, waves, &[]);
    }
}
