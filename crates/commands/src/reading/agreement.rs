//! How often clinicians agreed with a model: counts and an interval, never a name.

use super::AgreementRow;
use crate::{dispatch::Call, error::CommandError};

pub(super) fn agreement(call: &Call<'_>, (): ()) -> Result<Vec<AgreementRow>, CommandError> {
    let clinic = call.clinic()?;
    clinic.note_read(call.permit()?, call.verb(), None)?;
    let rows = clinic.agreement(call.permit()?)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (low, high) = wilson(row.agreed, row.verdicts);
            AgreementRow {
                model_id: row.model_id,
                version: row.version,
                sha256: row.sha256,
                verdicts: row.verdicts,
                agreed: row.agreed,
                low,
                high,
                readings: row.readings,
                not_assessed: row.not_assessed,
            }
        })
        .collect())
}

/// The 95 % score interval of a share (Wilson, J. Am. Stat. Assoc. 22, 1927); 0–1 of none.
fn wilson(hits: u32, of: u32) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, p, z) = (
        f64::from(of),
        f64::from(hits) / f64::from(of),
        1.959_963_985_f64,
    );
    let centre = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    (
        ((centre - half) / whole).max(0.0),
        ((centre + half) / whole).min(1.0),
    )
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
}
