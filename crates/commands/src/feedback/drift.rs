//! Whether a model's scores have moved since its first readings here. It tells that something changed – the
//! patients, the machine that makes the pictures, who orders them – and not whether the model got worse.

use super::{Drift, DriftWindow, VersionDrift, figures::psi};
use crate::{dispatch::Call, error::CommandError};

/// So many of the first readings are compared with, and each window holds as many.
const FIRST: usize = 200;
/// Windows that are shown, newest last.
const WINDOWS: usize = 24;

pub(super) fn drift(call: &Call<'_>, (): ()) -> Result<Vec<VersionDrift>, CommandError> {
    let (clinic, permit) = (call.clinic()?, call.permit()?);
    clinic.note_read(permit, call.verb(), None)?;
    let versions = clinic.scores(permit)?;
    Ok(versions
        .into_iter()
        .map(|(version, scores)| {
            let windows = windows(&scores);
            VersionDrift {
                model_id: version.id,
                version: version.version,
                sha256: version.sha256,
                readings: count(scores.len()),
                first: count(FIRST),
                first_mean: scores.get(..FIRST).map(mean),
                drift: band(windows.last().map(|window| window.psi)),
                windows,
            }
        })
        .collect())
}

/// The scores after the first ones, cut from the newest backwards, so that the newest window is whole.
fn windows(scores: &[f64]) -> Vec<DriftWindow> {
    let Some((first, rest)) = scores.split_at_checked(FIRST) else {
        return Vec::new();
    };
    let mut windows: Vec<DriftWindow> = rest
        .rchunks_exact(FIRST)
        .take(WINDOWS)
        .enumerate()
        .map(|(back, window)| {
            let to = scores.len() - back * FIRST;
            DriftWindow {
                from: count(to - FIRST + 1),
                to: count(to),
                psi: psi(first, window),
                mean: mean(window),
            }
        })
        .collect();
    windows.reverse();
    windows
}

fn band(psi: Option<f64>) -> Drift {
    match psi {
        None => Drift::TooFew,
        Some(psi) if psi < 0.1 => Drift::Stable,
        Some(psi) if psi <= 0.25 => Drift::Watch,
        Some(_) => Drift::Moved,
    }
}

fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_whole_and_end_with_the_newest() {
        assert!(windows(&[0.5; 199]).is_empty());
        assert!(windows(&[0.5; 399]).is_empty());
        let mut scores = vec![0.1; 200];
        scores.extend(vec![0.1; 250]);
        scores.extend(vec![0.9; 200]);
        let found = windows(&scores);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].from, found[1].to), (451, 650));
        assert_eq!((found[0].from, found[0].to), (251, 450));
        assert!(found[0].psi < 0.1 && band(Some(found[0].psi)) == Drift::Stable);
        assert!(band(found.last().map(|one| one.psi)) == Drift::Moved);
        assert_eq!(band(None), Drift::TooFew);
    }
}
