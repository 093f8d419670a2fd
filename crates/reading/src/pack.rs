//! A pack's files, checked, and a session on them.

use std::{path::Path, sync::Arc};

use onnx::{Input, Session};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    card::{Card, Role},
    error::{Error, Result},
    outcome::Grid,
};

/// A pack whose model file is the one that its card describes. The bytes stay in memory, so that
/// what was hashed is what every session runs.
pub(crate) struct Verified {
    pub(crate) card: Card,
    model: Vec<u8>,
    golden_input: Vec<f32>,
    golden: GoldenOutput,
}

/// The stored answer to the stored input.
#[derive(Deserialize)]
struct GoldenOutput {
    probabilities: Vec<f32>,
    maps: Vec<Vec<f32>>,
    outlier: Option<f32>,
}

/// What one run says.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Calibrated, in the card's order; of a measuring pack the mean of each part over the picture.
    pub(crate) probabilities: Vec<f32>,
    /// One a class; only a classifier has them.
    pub(crate) maps: Vec<Grid>,
    /// Probability of each part at each pixel, one part after another; only a measuring pack has them.
    pub(crate) parts: Vec<f32>,
    /// Distance from the training data; none for a gate.
    pub(crate) outlier: Option<f32>,
}

/// A session on a verified pack.
pub(crate) struct Loaded {
    pub(crate) pack: Arc<Verified>,
    session: Session,
}

impl Verified {
    /// Reads and hashes the files in the pack's folder.
    pub(crate) fn read(folder: &Path, card: &Card) -> Result<Self> {
        let file = |name: &str| {
            std::fs::read(folder.join(name)).map_err(|_| Error::FileMissing {
                id: card.id.clone(),
                file: name.to_owned(),
            })
        };
        let model = file(&card.model.file)?;
        if hex::encode(Sha256::digest(&model)) != card.model.sha256 {
            return Err(Error::Altered {
                id: card.id.clone(),
            });
        }
        let failed = || Error::SelfTest {
            id: card.id.clone(),
        };
        let golden_input = file(&card.golden.input)?;
        if golden_input.len() as u64 != u64::from(card.model.size).pow(2) {
            return Err(failed());
        }
        let golden_input = golden_input
            .iter()
            .map(|&byte| f32::from(byte) / 255.0)
            .collect();
        let golden = serde_json::from_slice(&file(&card.golden.output)?).map_err(|_| failed())?;
        Ok(Self {
            card: card.clone(),
            model,
            golden_input,
            golden,
        })
    }
}

impl Loaded {
    /// A new session, which first must answer the stored input as stored.
    pub(crate) fn open(pack: &Arc<Verified>, threads: usize) -> Result<Self> {
        let session = Session::from_bytes(&pack.model, threads)?;
        let mut loaded = Self {
            pack: Arc::clone(pack),
            session,
        };
        let run = loaded.run(&pack.golden_input)?;
        if pack.golden.agrees(&run, pack.card.golden.tolerance) {
            Ok(loaded)
        } else {
            Err(Error::SelfTest {
                id: pack.card.id.clone(),
            })
        }
    }

    /// One picture, `size * size` values in 0..=1.
    pub(crate) fn run(&mut self, picture: &[f32]) -> Result<Run> {
        let card = &self.pack.card;
        let size = card.model.size as usize;
        let shape = [1, 1, size, size];
        let outputs = self
            .session
            .run(&[("input", Input::F32(&shape, picture))])?;
        let mut run = Run {
            probabilities: Vec::new(),
            maps: Vec::new(),
            parts: Vec::new(),
            outlier: None,
        };
        for (name, tensor) in self.session.outputs().iter().zip(outputs) {
            match name.as_str() {
                "logits" => {
                    run.probabilities = softmax(&tensor.values, card.calibration.temperature);
                }
                "maps" => run.maps = grids(&tensor.values, card.model.grid),
                "parts" if card.role == Role::Measure => {
                    run.probabilities = means(&tensor.values, size * size);
                    run.parts = tensor.values;
                }
                "outlier" => run.outlier = tensor.values.first().copied(),
                _ => {}
            }
        }
        let (answers, maps) = match (card.role, &card.measure) {
            (Role::Gate, _) => (card.labels.len(), 0),
            (Role::Classifier, _) => (card.labels.len(), card.labels.len()),
            (Role::Measure, measure) => (measure.as_ref().map_or(0, |m| m.parts.len()), 0),
        };
        // A mean is finite only where every value that it is made of is.
        let whole = run.probabilities.len() == answers
            && run.probabilities.iter().all(|p| p.is_finite())
            && run.maps.len() == maps
            && (card.role == Role::Gate || run.outlier.is_some_and(f32::is_finite));
        if whole {
            Ok(run)
        } else {
            Err(Error::SelfTest {
                id: card.id.clone(),
            })
        }
    }
}

impl GoldenOutput {
    fn agrees(&self, run: &Run, tolerance: f32) -> bool {
        let near = |a: &f32, b: &f32, scale: f32| (a - b).abs() <= tolerance * scale;
        let alike = |stored: &[f32], found: &[f32], scale: f32| {
            stored.len() == found.len() && stored.iter().zip(found).all(|(a, b)| near(a, b, scale))
        };
        let maps = self.maps.len() == run.maps.len()
            && self.maps.iter().zip(&run.maps).all(|(stored, found)| {
                let peak = stored.iter().fold(1e-3_f32, |peak, &value| peak.max(value));
                alike(stored, &found.values, peak)
            });
        let outlier = match (self.outlier, run.outlier) {
            (Some(stored), Some(found)) => near(&stored, &found, stored.abs().max(1.0)),
            (None, None) => true,
            _ => false,
        };
        alike(&self.probabilities, &run.probabilities, 1.0) && maps && outlier
    }
}

/// Probabilities that sum to 1, of logits divided by the temperature (Guo et al. 2017).
pub(crate) fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let peak = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits
        .iter()
        .map(|&l| ((l - peak) / temperature).exp())
        .collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// The mean of each part, in double precision: it holds the self-test within its tolerance.
fn means(values: &[f32], cells: usize) -> Vec<f32> {
    let parts = values.chunks_exact(cells);
    parts
        .map(|part| (part.iter().map(|&p| f64::from(p)).sum::<f64>() / cells as f64) as f32)
        .collect()
}

fn grids(values: &[f32], [rows, columns]: [u32; 2]) -> Vec<Grid> {
    let cells = rows as usize * columns as usize;
    if cells == 0 {
        return Vec::new();
    }
    values
        .chunks_exact(cells)
        .map(|map| Grid {
            rows,
            columns,
            values: map.to_vec(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn probabilities_sum_to_one(
            logits in proptest::collection::vec(-200.0_f32..200.0, 2..8),
            temperature in 0.05_f32..20.0,
        ) {
            let p = softmax(&logits, temperature);
            prop_assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)));
        }
    }

    #[test]
    fn an_empty_map_is_kept_as_such() {
        let maps = grids(&[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0], [2, 2]);
        assert_eq!(maps.len(), 2);
        assert!(maps[0].is_empty() && !maps[1].is_empty());
        assert_eq!(maps[0].values, [0.0; 4]);
    }
}
