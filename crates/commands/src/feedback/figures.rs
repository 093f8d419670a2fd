//! The three figures of the dashboard, each as its authors gave it.

/// 97.5 % of the normal distribution.
const Z: f64 = 1.959_963_985;

/// The 95 % score interval of a share (Wilson, J. Am. Stat. Assoc. 22, 1927); 0–1 of none.
pub(crate) fn wilson(hits: u32, of: u32) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (f64::from(of), f64::from(hits) / f64::from(of));
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (
        ((centre - half) / whole).max(0.0),
        ((centre + half) / whole).min(1.0),
    )
}

/// Kappa and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Kappa {
    pub(super) kappa: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Agreement beyond chance (Cohen 1960) of a square table of counts, with the large-sample interval of
/// Fleiss, Cohen and Everitt (Psychol. Bull. 72, 1969). None where it is not defined: no count, or both
/// said one class only.
pub(super) fn kappa(table: &[Vec<u32>]) -> Option<Kappa> {
    let n: f64 = table.iter().flatten().map(|count| f64::from(*count)).sum();
    let classes = table.len();
    let p = |row: usize, column: usize| {
        let count = table.get(row).and_then(|row| row.get(column));
        f64::from(count.copied().unwrap_or(0)) / n
    };
    let rows: Vec<f64> = (0..classes)
        .map(|i| (0..classes).map(|j| p(i, j)).sum())
        .collect();
    let columns: Vec<f64> = (0..classes)
        .map(|j| (0..classes).map(|i| p(i, j)).sum())
        .collect();
    let observed: f64 = (0..classes).map(|i| p(i, i)).sum();
    let chance: f64 = rows.iter().zip(&columns).map(|(a, b)| a * b).sum();
    let left = 1.0 - chance;
    if n < 1.0 || left.abs() < 1e-12 {
        return None;
    }
    let kappa = (observed - chance) / left;
    let mut sum = -(kappa - chance * (1.0 - kappa)).powi(2);
    for (i, row) in rows.iter().enumerate() {
        for (j, column) in columns.iter().enumerate() {
            sum += match i == j {
                true => p(i, i) * (1.0 - (row + column) * (1.0 - kappa)).powi(2),
                // Marginals crosswise: the column of i, the row of j.
                false => {
                    let crosswise = columns.get(i).unwrap_or(&0.0) + rows.get(j).unwrap_or(&0.0);
                    (1.0 - kappa).powi(2) * p(i, j) * crosswise.powi(2)
                }
            };
        }
    }
    let half = Z * (sum.max(0.0) / n).sqrt() / left;
    Some(Kappa {
        kappa,
        low: (kappa - half).max(-1.0),
        high: (kappa + half).min(1.0),
    })
}

/// Bins of the index: fifths of the first scores.
pub(super) const BINS: usize = 5;

/// Population stability index of `now` against `first` over fifths of `first`. Half a count stands in every
/// bin beforehand, so that an empty one is not infinitely far. Where nothing moved it is still about
/// (bins − 1)(1/n + 1/m): 0.04 for 200 and 200, and below 0.1 in 19 of 20.
pub(super) fn psi(first: &[f64], now: &[f64]) -> f64 {
    let cuts = cuts(first);
    let shares = |scores: &[f64]| {
        let mut bins = vec![0.5_f64; cuts.len() + 1];
        for score in scores {
            let bin = cuts.iter().filter(|cut| cut.is_passed(*score)).count();
            if let Some(count) = bins.get_mut(bin) {
                *count += 1.0;
            }
        }
        let all: f64 = bins.iter().sum();
        bins.into_iter().map(move |count| count / all)
    };
    shares(first)
        .zip(shares(now))
        .map(|(was, is)| (is - was) * (is / was).ln())
        .sum()
}

/// A line between two bins.
struct Cut {
    at: f64,
    /// A score right on it lies above it.
    on_it: bool,
}

impl Cut {
    fn is_passed(&self, score: f64) -> bool {
        score > self.at || (self.on_it && score >= self.at)
    }
}

/// The lines between fifths. Where many scores are one value, that value is a bin of its own: what goes up
/// from it and what goes down from it are both seen.
fn cuts(first: &[f64]) -> Vec<Cut> {
    let mut sorted = first.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut cuts: Vec<Cut> = Vec::with_capacity(BINS);
    for at in (1..BINS).filter_map(|bin| sorted.get(bin * sorted.len() / BINS).copied()) {
        let same = cuts.iter().filter(|cut| cut.at >= at).count();
        match same {
            0 => cuts.push(Cut { at, on_it: true }),
            1 => cuts.push(Cut { at, on_it: false }),
            _ => {}
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // Newcombe, Stat. Med. 17 (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
        let (low, high) = wilson(81, 263);
        assert!(
            (low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5,
            "{low} {high}"
        );
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert!(wilson(5, 5).1 > 0.999 && wilson(0, 5).0 == 0.0);
    }

    #[test]
    fn kappa_is_cohens_and_its_interval_fleiss_cohen_and_everitts() {
        // Their own example (1969): 200 people, kappa .429, standard error .0538 after rounding.
        let table = [vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
        let found = kappa(&table).unwrap();
        assert!((found.kappa - 0.429).abs() < 5e-4, "{found:?}");
        let error = (found.high - found.low) / (2.0 * Z);
        assert!((error - 0.0538).abs() < 1e-3, "{error}");
        assert_eq!(kappa(&[vec![0, 0], vec![0, 0]]), None);
        assert_eq!(kappa(&[vec![7, 0], vec![0, 0]]), None);
        let full = kappa(&[vec![7, 0], vec![0, 3]]).unwrap();
        assert_eq!((full.kappa, full.low, full.high), (1.0, 1.0, 1.0));
    }

    /// A sequence without a seed from outside (xorshift), in 0..1.
    fn scores(n: usize, mut state: u64) -> Vec<f64> {
        (0..n)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 11) as f64 / (1_u64 << 53) as f64
            })
            .collect()
    }

    #[test]
    fn the_same_scores_are_stable_and_others_are_not() {
        let first = scores(200, 7);
        let calm: Vec<f64> = (0..100)
            .map(|n| psi(&first, &scores(200, 1_000 + n)))
            .collect();
        let below = calm.iter().filter(|psi| **psi < 0.1).count();
        assert!(below >= 88, "{below} of 100 below 0.1");
        assert!(calm.iter().all(|psi| *psi < 0.25));
        let moved: Vec<f64> = scores(200, 99).iter().map(|score| score.sqrt()).collect();
        assert!(psi(&first, &moved) > 0.25);
        assert!(psi(&first, &first).abs() < 1e-12);
        // By hand: fifths of 10 against all in the last, with half a count in each bin.
        let ten: Vec<f64> = (0..10).map(f64::from).collect();
        let last = vec![9.0; 10];
        let by_hand = 4.0 * (0.5 / 12.5 - 0.2) * (0.5_f64 / 12.5 / 0.2).ln()
            + (10.5 / 12.5 - 0.2) * (10.5_f64 / 12.5 / 0.2).ln();
        assert!((psi(&ten, &last) - by_hand).abs() < 1e-12);
        // Of scores that are all one value it sees both ways.
        for other in [0.1, 0.9] {
            assert!(psi(&[0.5; 200], &[other; 200]) > 0.25);
        }
        assert!(psi(&[], &[]).is_finite() && psi(&[0.5; 200], &[0.5; 200]).abs() < 1e-12);
    }
}
